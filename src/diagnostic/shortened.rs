//! Excerpts of texts for messages.

/// Maximum number of characters of a shortened text.
const MAX_CHARS: usize = 40;

/// The text on one line, shortened to 40 characters and an ellipsis.
pub fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_shortened_to_one_line() {
        let check = |text: &str, expect: &str| assert_eq!(shortened(text), expect);
        check("延べ\n利用者数", "延べ 利用者数");
        check(&"あ".repeat(40), &"あ".repeat(40));
        check(&"あ".repeat(41), &format!("{}…", "あ".repeat(40)));
    }
}
