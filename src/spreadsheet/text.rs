//! Texts of cells: line breaks, blanks at the ends and control characters.

use super::CellProblem;

/// The text of a cell with `\n` as the only line break and without blanks, including no-break and full-width ones, at
/// its ends. Blanks within the text stay.
pub(super) fn trimmed(text: &str) -> String {
    let text = text.trim();
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

/// The text, which must not contain control characters other than line breaks and tabs: they cannot be displayed, and
/// U+0000 would damage the content.
///
/// # Errors
/// Fails with the first control character.
pub(super) fn without_controls(text: String) -> Result<String, CellProblem> {
    let is_control = |c: &char| c.is_control() && !matches!(c, '\n' | '\t');
    match text.chars().find(is_control) {
        None => Ok(text),
        Some(first) => Err(CellProblem::Control {
            character: format!("U+{:04X}", u32::from(first)),
            text: text.chars().filter(|c| !is_control(c)).collect(),
        }),
    }
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

    #[test]
    fn control_characters_are_refused() {
        assert_eq!(without_controls("一\n\t二".to_owned()), Ok("一\n\t二".to_owned()));
        for (text, character, rest) in
            [("一\0二", "U+0000", "一二"), ("\u{b}\0", "U+000B", ""), ("\u{85}", "U+0085", "")]
        {
            let problem = CellProblem::Control { character: character.to_owned(), text: rest.to_owned() };
            assert_eq!(without_controls(text.to_owned()), Err(problem));
        }
    }
}
