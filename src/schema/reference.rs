//! The content format as Markdown, for docs/reference.md and docs/reference.ja.md.
