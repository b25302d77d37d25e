//! Texts of cells: line breaks and blanks at the ends.

/// The text of a cell with `\n` as the only line break and without blanks, including no-break and full-width ones, at
/// its ends. Blanks within the text stay.
pub(super) fn trimmed(text: &str) -> String {
    let text = text.trim();
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_are_line_feeds_and_ends_have_no_blanks() {
        for (text, expect) in [
            ("a\r\nb\rc\nd", "a\nb\nc\nd"),
            ("\u{3000}福祉課\u{a0} \r\n", "福祉課"),
            ("一　\n　二", "一　\n　二"),
            (" \u{3000}\u{a0}\t\n", ""),
        ] {
            assert_eq!(trimmed(text), expect, "{text:?}");
        }
    }
}
