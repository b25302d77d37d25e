//! Prose of cells as Markdown that displays exactly the same text.

/// Markdown that displays `text`: each line of the cell remains a line, blank lines separate paragraphs, and characters
/// with a meaning in Markdown are escaped.
pub fn markdown(text: &str, drops_indent: bool) -> String {
    let mut markdown = String::new();
    let mut is_in_paragraph = false;
    for line in text.lines() {
        let line = if drops_indent { line.trim() } else { line.trim_matches([' ', '\t']) };
        if line.trim().is_empty() {
            is_in_paragraph = false;
            continue;
        }
        markdown.push_str(match (markdown.is_empty(), is_in_paragraph) {
            (true, _) => "",
            (false, true) => "\\\n",
            (false, false) => "\n\n",
        });
        escape_into(&mut markdown, line);
        is_in_paragraph = true;
    }
    markdown
}

/// Text on one line with the characters escaped that have a meaning in Markdown.
pub fn escaped(line: &str) -> String {
    let mut escaped = String::new();
    escape_into(&mut escaped, line);
    escaped
}

fn escape_into(markdown: &mut String, line: &str) {
    let mut is_number = true;
    for (at, c) in line.char_indices() {
        let begins_block = at == 0 && matches!(c, '#' | '+' | '-' | '=' | '~');
        let is_list_number = is_number && at > 0 && matches!(c, '.' | ')');
        if begins_block || is_list_number || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|') {
            markdown.push('\\');
        }
        is_number &= c.is_ascii_digit();
        markdown.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::excerpt;
    use proptest::prelude::*;

    /// The text that readers see, with all blanks alike.
    fn shown(markdown: &str) -> String {
        excerpt(markdown, usize::MAX)
    }

    fn words(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn lines_and_paragraphs_are_kept() {
        assert_eq!(markdown("　一行目\n・二行目\n\n三行目", true), "一行目\\\n・二行目\n\n三行目");
        assert_eq!(markdown("　一行目", false), "　一行目");
        assert_eq!(markdown("1. *重要*\n- [1]\n# 見出し", false), "1\\. \\*重要\\*\\\n\\- \\[1\\]\\\n\\# 見出し");
    }

    proptest! {
        #[test]
        fn readers_see_the_text_of_the_cell(text in "[ 　\\n*_#<>&`~|=+.)(!\\[\\]\\\\:/@0-9a-z一二。（）-]{0,60}") {
            prop_assert_eq!(shown(&markdown(&text, false)), words(&text));
            prop_assert_eq!(shown(&markdown(&text, true)), words(&text));
        }
    }
}
