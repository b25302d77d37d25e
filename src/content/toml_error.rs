//! Kinds of TOML syntax errors.
//!
//! The `toml` crate distinguishes them only by its messages, which are matched here and nowhere else. Its version is
//! pinned, and a test parses a sample of each kind.

/// Kind of a TOML syntax error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SyntaxErrorKind {
    /// A string without quotation marks, or a missing value.
    Unquoted,
    /// A string without its closing quotation mark.
    UnclosedString,
    /// A `"""` string that is never closed.
    UnclosedMultilineString,
    /// A key without `=`.
    NoEquals,
    /// A key with characters that need quotation marks.
    BadKey,
    /// Something after a value.
    AfterValue,
    /// A number, date or boolean that cannot be read.
    InvalidScalar,
    /// A repeated key.
    DuplicateKey,
    /// A dotted key that extends a key with a value.
    ExtendsValue,
    /// A table header without its closing bracket.
    UnclosedHeader,
    /// A `[` that is never closed.
    UnclosedList,
    /// A `{` that is never closed.
    UnclosedTable,
    /// Two elements without a comma between them.
    MissingComma,
    /// A `\` sequence that does not exist.
    Escape,
    /// Anything else.
    Other,
}

/// Prefixes of messages. The first match determines the kind.
const MESSAGES: [(&str, SyntaxErrorKind); 28] = [
    ("string values must be quoted", SyntaxErrorKind::Unquoted),
    ("invalid basic string, expected `\"`", SyntaxErrorKind::UnclosedString),
    ("invalid literal string, expected `'`", SyntaxErrorKind::UnclosedString),
    ("invalid multi-line", SyntaxErrorKind::UnclosedMultilineString),
    ("key with no value", SyntaxErrorKind::NoEquals),
    ("invalid unquoted key", SyntaxErrorKind::BadKey),
    ("unquoted keys cannot be empty", SyntaxErrorKind::BadKey),
    ("unexpected key or value", SyntaxErrorKind::AfterValue),
    ("invalid float", SyntaxErrorKind::InvalidScalar),
    ("invalid integer", SyntaxErrorKind::InvalidScalar),
    ("invalid date", SyntaxErrorKind::InvalidScalar),
    ("invalid time", SyntaxErrorKind::InvalidScalar),
    ("invalid boolean", SyntaxErrorKind::InvalidScalar),
    ("invalid mantissa", SyntaxErrorKind::InvalidScalar),
    ("invalid fraction", SyntaxErrorKind::InvalidScalar),
    ("invalid exponent", SyntaxErrorKind::InvalidScalar),
    ("unexpected leading zero", SyntaxErrorKind::InvalidScalar),
    ("redundant", SyntaxErrorKind::InvalidScalar),
    ("radix", SyntaxErrorKind::InvalidScalar),
    ("integers with", SyntaxErrorKind::InvalidScalar),
    ("`_` may only", SyntaxErrorKind::InvalidScalar),
    ("duplicate key", SyntaxErrorKind::DuplicateKey),
    ("cannot extend value", SyntaxErrorKind::ExtendsValue),
    ("unclosed table", SyntaxErrorKind::UnclosedHeader),
    ("unclosed array table", SyntaxErrorKind::UnclosedHeader),
    ("unclosed array", SyntaxErrorKind::UnclosedList),
    ("unclosed inline table", SyntaxErrorKind::UnclosedTable),
    ("missing comma", SyntaxErrorKind::MissingComma),
];

impl SyntaxErrorKind {
    /// The kind of the error with this message.
    pub(super) fn from_message(message: &str) -> Self {
        let known = MESSAGES.iter().find(|(start, _)| message.starts_with(start)).map(|(_, kind)| *kind);
        let is_escape = || message.contains("escape") || message.contains("unicode");
        known.unwrap_or_else(|| if is_escape() { Self::Escape } else { Self::Other })
    }
}

/// Returns true if the error with this message is within a list or an inline table.
pub(super) fn is_within_brackets(message: &str) -> bool {
    ["array", "inline table", "key-value pairs"].iter().any(|word| message.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml::de::DeTable;

    #[test]
    fn recognizes_the_messages_of_the_pinned_crate() {
        for (toml, expected) in [
            ("a =", SyntaxErrorKind::Unquoted),
            ("a = 乗合バス", SyntaxErrorKind::Unquoted),
            ("a = \"b", SyntaxErrorKind::UnclosedString),
            ("a = 'b", SyntaxErrorKind::UnclosedString),
            ("a = \"\"\"b", SyntaxErrorKind::UnclosedMultilineString),
            ("a = '''b", SyntaxErrorKind::UnclosedMultilineString),
            ("a", SyntaxErrorKind::NoEquals),
            ("名前 = 1", SyntaxErrorKind::BadKey),
            ("= 1", SyntaxErrorKind::BadKey),
            ("a = 1,234", SyntaxErrorKind::AfterValue),
            ("a = 1.", SyntaxErrorKind::InvalidScalar),
            ("a = 1.5e", SyntaxErrorKind::InvalidScalar),
            ("a = 012", SyntaxErrorKind::InvalidScalar),
            ("a = 2024-13-01x", SyntaxErrorKind::InvalidScalar),
            ("a = 1_", SyntaxErrorKind::InvalidScalar),
            ("a = 0X1", SyntaxErrorKind::InvalidScalar),
            ("a = +0x1", SyntaxErrorKind::InvalidScalar),
            ("a = 1\na = 2", SyntaxErrorKind::DuplicateKey),
            ("a = 1\na.b = 2", SyntaxErrorKind::ExtendsValue),
            ("[a", SyntaxErrorKind::UnclosedHeader),
            ("[[a]", SyntaxErrorKind::UnclosedHeader),
            ("a = [1", SyntaxErrorKind::UnclosedList),
            ("a = { b = 1", SyntaxErrorKind::UnclosedTable),
            ("a = [\"x\" \"y\"]", SyntaxErrorKind::MissingComma),
            ("a = \"\\q\"", SyntaxErrorKind::Escape),
            ("a = \"\\ud800\"", SyntaxErrorKind::Escape),
        ] {
            let messages: Vec<_> = DeTable::parse_recoverable(toml).1.iter().map(|e| e.message().to_owned()).collect();
            assert!(
                messages.iter().any(|message| SyntaxErrorKind::from_message(message.trim()) == expected),
                "{toml}: {messages:?}"
            );
        }
        let brackets = ["a = [\"x\" \"y\"]", "a = { b 1 }", "a = [1"];
        for toml in brackets {
            let errors = DeTable::parse_recoverable(toml).1;
            assert!(errors.iter().any(|error| is_within_brackets(error.message())), "{toml}: {errors:?}");
        }
    }
}
