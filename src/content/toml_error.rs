//! Kinds of TOML syntax errors.
//!
//! The `toml` crate distinguishes them only by its messages, which are matched here and nowhere else. Its version is
//! pinned, and a test parses a sample of each kind.

/// Kind of a TOML syntax error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SyntaxError {
    /// A text without quotation marks, or a missing value.
    Unquoted,
    /// A text without its closing quotation mark.
    UnclosedText,
    /// A `"""` text that is never closed.
    UnclosedLongText,
    /// A key without `=`.
    NoEquals,
    /// A key with characters that need quotation marks.
    BadKey,
    /// Something after a value.
    AfterValue,
    /// A number, date or boolean that cannot be read.
    Number,
    /// A repeated key.
    DuplicateKey,
    /// A dotted key below a key that has a value.
    BelowValue,
    /// A table header without its closing bracket.
    UnclosedHeading,
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
const MESSAGES: [(&str, SyntaxError); 28] = [
    ("string values must be quoted", SyntaxError::Unquoted),
    ("invalid basic string, expected `\"`", SyntaxError::UnclosedText),
    ("invalid literal string, expected `'`", SyntaxError::UnclosedText),
    ("invalid multi-line", SyntaxError::UnclosedLongText),
    ("key with no value", SyntaxError::NoEquals),
    ("invalid unquoted key", SyntaxError::BadKey),
    ("unquoted keys cannot be empty", SyntaxError::BadKey),
    ("unexpected key or value", SyntaxError::AfterValue),
    ("invalid float", SyntaxError::Number),
    ("invalid integer", SyntaxError::Number),
    ("invalid date", SyntaxError::Number),
    ("invalid time", SyntaxError::Number),
    ("invalid boolean", SyntaxError::Number),
    ("invalid mantissa", SyntaxError::Number),
    ("invalid fraction", SyntaxError::Number),
    ("invalid exponent", SyntaxError::Number),
    ("unexpected leading zero", SyntaxError::Number),
    ("redundant", SyntaxError::Number),
    ("radix", SyntaxError::Number),
    ("integers with", SyntaxError::Number),
    ("`_` may only", SyntaxError::Number),
    ("duplicate key", SyntaxError::DuplicateKey),
    ("cannot extend value", SyntaxError::BelowValue),
    ("unclosed table", SyntaxError::UnclosedHeading),
    ("unclosed array table", SyntaxError::UnclosedHeading),
    ("unclosed array", SyntaxError::UnclosedList),
    ("unclosed inline table", SyntaxError::UnclosedTable),
    ("missing comma", SyntaxError::MissingComma),
];

impl SyntaxError {
    /// The kind of the error with this message.
    pub(super) fn of(message: &str) -> Self {
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
        for (toml, expect) in [
            ("a =", SyntaxError::Unquoted),
            ("a = 乗合バス", SyntaxError::Unquoted),
            ("a = \"b", SyntaxError::UnclosedText),
            ("a = 'b", SyntaxError::UnclosedText),
            ("a = \"\"\"b", SyntaxError::UnclosedLongText),
            ("a = '''b", SyntaxError::UnclosedLongText),
            ("a", SyntaxError::NoEquals),
            ("名前 = 1", SyntaxError::BadKey),
            ("= 1", SyntaxError::BadKey),
            ("a = 1,234", SyntaxError::AfterValue),
            ("a = 1.", SyntaxError::Number),
            ("a = 1.5e", SyntaxError::Number),
            ("a = 012", SyntaxError::Number),
            ("a = 2024-13-01x", SyntaxError::Number),
            ("a = 1_", SyntaxError::Number),
            ("a = 0X1", SyntaxError::Number),
            ("a = +0x1", SyntaxError::Number),
            ("a = 1\na = 2", SyntaxError::DuplicateKey),
            ("a = 1\na.b = 2", SyntaxError::BelowValue),
            ("[a", SyntaxError::UnclosedHeading),
            ("[[a]", SyntaxError::UnclosedHeading),
            ("a = [1", SyntaxError::UnclosedList),
            ("a = { b = 1", SyntaxError::UnclosedTable),
            ("a = [\"x\" \"y\"]", SyntaxError::MissingComma),
            ("a = \"\\q\"", SyntaxError::Escape),
            ("a = \"\\ud800\"", SyntaxError::Escape),
        ] {
            let messages: Vec<_> = DeTable::parse_recoverable(toml).1.iter().map(|e| e.message().to_owned()).collect();
            assert!(messages.iter().any(|message| SyntaxError::of(message.trim()) == expect), "{toml}: {messages:?}");
        }
        let brackets = ["a = [\"x\" \"y\"]", "a = { b 1 }", "a = [1"];
        for toml in brackets {
            let found = DeTable::parse_recoverable(toml).1;
            assert!(found.iter().any(|error| is_within_brackets(error.message())), "{toml}: {found:?}");
        }
    }
}
