//! JSON Schema of the TOML files, for editors.
