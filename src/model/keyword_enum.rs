//! Macro for enums whose variants have keys in content files.

/// Declares an enum with the key of each variant in content files: `Budget = "budget"`.
macro_rules! keyword_enum {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident { $($(#[$variant_attribute:meta])* $variant:ident = $key:literal,)+ }
    ) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_attribute])* $variant,)+ }

        impl $name {
            /// All variants, in order of declaration.
            pub const ALL: [Self; [$($key),+].len()] = [$(Self::$variant),+];

            /// Keys of all variants, in order of declaration.
            pub const KEYS: [&'static str; Self::ALL.len()] = [$($key),+];

            /// Key in content files.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }
        }
    };
}
pub(super) use keyword_enum;
