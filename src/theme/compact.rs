//! Style sheets of the default theme without comments and spare white space, as they are published.

/// Removes what browsers ignore: comments, line breaks, indentation, spaces around braces, semicolons and commas and after
/// colons, and the last semicolon of a rule. Strings stay as they are.
pub(super) fn compact(css: &str) -> String {
    let mut compact = String::with_capacity(css.len());
    let mut spaced = false;
    let mut rest = css.chars().peekable();
    while let Some(char) = rest.next() {
        if char.is_ascii_whitespace() {
            spaced = true;
            continue;
        }
        if char == '/' && rest.next_if_eq(&'*').is_some() {
            let mut before = ' ';
            while let Some(next) = rest.next().filter(|next| (before, *next) != ('*', '/')) {
                before = next;
            }
            spaced = true;
            continue;
        }
        let separates = |char: char| matches!(char, '{' | '}' | ';' | ',');
        let follows = compact.ends_with(|last| separates(last) || last == ':') || compact.is_empty();
        if spaced && !follows && !separates(char) {
            compact.push(' ');
        }
        spaced = false;
        if char == '}' && compact.ends_with(';') {
            compact.pop();
        }
        compact.push(char);
        if matches!(char, '"' | '\'') {
            while let Some(next) = rest.next() {
                compact.push(next);
                match next {
                    '\\' => compact.extend(rest.next()),
                    next if next == char => break,
                    _ => {}
                }
            }
        }
    }
    compact
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn removes_comments_and_spare_white_space() {
        let css = "/* Head */\n\na :hover,\nb > c {\n  margin: 0 1px;\n  width: calc(1px + 2px);\n}\n";
        assert_eq!(compact(css), "a :hover,b > c{margin:0 1px;width:calc(1px + 2px)}");
        assert_eq!(compact("@media (width > 40em) { p { top: 0 } }"), "@media (width > 40em){p{top:0}}");
    }

    #[test]
    fn keeps_spaces_that_separate_selectors_and_values() {
        assert_eq!(compact("a /* and */ b { font: 1px  x }"), "a b{font:1px x}");
        assert_eq!(compact(".a :is(b, c) .d {}"), ".a :is(b,c) .d{}");
    }

    #[test]
    fn keeps_strings() {
        let css = "p::after{content:\" /* ; \\\" } \" / \"\"}";
        assert_eq!(compact(css), css);
        assert_eq!(compact("p { quotes: ' { ' ' } ' }"), "p{quotes:' { ' ' } '}");
    }

    #[test]
    fn an_open_comment_or_string_ends_with_the_sheet() {
        assert_eq!(compact("p { top: 0; } /* open *"), "p{top:0}");
        assert_eq!(compact("p { content: \"open"), "p{content:\"open");
    }
}
