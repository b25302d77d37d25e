//! Kinds of TOML syntax errors. The `toml` crate distinguishes them by its messages alone, which are matched here and
//! nowhere else; it is pinned, and a test parses one sample of each.

/// What the parser stumbled over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text without quotation marks, or no value at all.
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
    /// A key that was written before.
    DuplicateKey,
    /// A key below one that has a value.
    BelowValue,
    /// The heading of a table without its bracket.
    UnclosedHeading,
    /// A `[` that is never closed.
    UnclosedList,
    /// A `{` that is never closed.
    UnclosedTable,
    /// Two elements without a comma.
    MissingComma,
    /// A `\` sequence that does not exist.
    Escape,
    /// Anything else.
    Other,
}

/// Beginnings of messages. The first that fits decides.
const MESSAGES: [(&str, Kind); 28] = [
    ("string values must be quoted", Kind::Unquoted),
    ("invalid basic string, expected `\"`", Kind::UnclosedText),
    ("invalid literal string, expected `'`", Kind::UnclosedText),
    ("invalid multi-line", Kind::UnclosedLongText),
    ("key with no value", Kind::NoEquals),
    ("invalid unquoted key", Kind::BadKey),
    ("unquoted keys cannot be empty", Kind::BadKey),
    ("unexpected key or value", Kind::AfterValue),
    ("invalid float", Kind::Number),
    ("invalid integer", Kind::Number),
    ("invalid date", Kind::Number),
    ("invalid time", Kind::Number),
    ("invalid boolean", Kind::Number),
    ("invalid mantissa", Kind::Number),
    ("invalid fraction", Kind::Number),
    ("invalid exponent", Kind::Number),
    ("unexpected leading zero", Kind::Number),
    ("redundant", Kind::Number),
    ("radix", Kind::Number),
    ("integers with", Kind::Number),
    ("`_` may only", Kind::Number),
    ("duplicate key", Kind::DuplicateKey),
    ("cannot extend value", Kind::BelowValue),
    ("unclosed table", Kind::UnclosedHeading),
    ("unclosed array table", Kind::UnclosedHeading),
    ("unclosed array", Kind::UnclosedList),
    ("unclosed inline table", Kind::UnclosedTable),
    ("missing comma", Kind::MissingComma),
];

impl Kind {
    /// The kind of the error with this message.
    pub(super) fn of(message: &str) -> Self {
        let known = MESSAGES.iter().find(|(start, _)| message.starts_with(start)).map(|(_, kind)| *kind);
        let is_escape = || message.contains("escape") || message.contains("unicode");
        known.unwrap_or_else(|| if is_escape() { Self::Escape } else { Self::Other })
    }
}

/// Whether the error lies within brackets.
pub(super) fn is_within_brackets(message: &str) -> bool {
    ["array", "inline table", "key-value pairs"].iter().any(|word| message.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml::de::DeTable;

    #[test]
    fn the_messages_of_the_pinned_crate_are_known() {
        for (toml, expect) in [
            ("a =", Kind::Unquoted),
            ("a = 乗合バス", Kind::Unquoted),
            ("a = \"b", Kind::UnclosedText),
            ("a = 'b", Kind::UnclosedText),
            ("a = \"\"\"b", Kind::UnclosedLongText),
            ("a = '''b", Kind::UnclosedLongText),
            ("a", Kind::NoEquals),
            ("名前 = 1", Kind::BadKey),
            ("= 1", Kind::BadKey),
            ("a = 1,234", Kind::AfterValue),
            ("a = 1.", Kind::Number),
            ("a = 1.5e", Kind::Number),
            ("a = 012", Kind::Number),
            ("a = 2024-13-01x", Kind::Number),
            ("a = 1_", Kind::Number),
            ("a = 0X1", Kind::Number),
            ("a = +0x1", Kind::Number),
            ("a = 1\na = 2", Kind::DuplicateKey),
            ("a = 1\na.b = 2", Kind::BelowValue),
            ("[a", Kind::UnclosedHeading),
            ("[[a]", Kind::UnclosedHeading),
            ("a = [1", Kind::UnclosedList),
            ("a = { b = 1", Kind::UnclosedTable),
            ("a = [\"x\" \"y\"]", Kind::MissingComma),
            ("a = \"\\q\"", Kind::Escape),
            ("a = \"\\ud800\"", Kind::Escape),
        ] {
            let messages: Vec<_> = DeTable::parse_recoverable(toml).1.iter().map(|e| e.message().to_owned()).collect();
            assert!(messages.iter().any(|message| Kind::of(message.trim()) == expect), "{toml}: {messages:?}");
        }
        let brackets = ["a = [\"x\" \"y\"]", "a = { b 1 }", "a = [1"];
        for toml in brackets {
            let found = DeTable::parse_recoverable(toml).1;
            assert!(found.iter().any(|error| is_within_brackets(error.message())), "{toml}: {found:?}");
        }
    }
}
