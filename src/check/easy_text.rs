//! What the rules for texts in easy Japanese share: the texts and the numbers in them.

use super::visit::nodes;
use crate::diagnostic::Span;
use crate::markdown::ReadingRun;
use crate::model::{EasyText, NodeId, Report, StrategyIx, half_width};

/// All texts in easy Japanese, each with its strategy and, unless it is about the strategy itself, its node.
pub(super) fn easy_texts(report: &Report) -> Vec<(StrategyIx, Option<NodeId>, &EasyText)> {
    let of_strategies = report.strategies().filter_map(|(ix, strategy)| Some((ix, None, strategy.easy.as_ref()?)));
    let of_nodes = nodes(report).filter_map(|(_, id, node)| Some((id.strategy, Some(id), node.easy.as_ref()?)));
    of_strategies.chain(of_nodes).collect()
}

/// Characters of a block with their offsets in the source, and whether they have a reading.
pub(super) fn characters(block: &[ReadingRun]) -> Vec<(char, usize, bool)> {
    let run = |run: &ReadingRun| {
        let at = |offset: usize| if run.has_reading { run.offset } else { run.offset + offset };
        let all = run.text.char_indices().map(|(offset, char)| (char, at(offset), run.has_reading));
        all.collect::<Vec<_>>()
    };
    block.iter().flat_map(run).collect()
}

/// Span of a part of a text, from an offset on.
pub(super) fn span_at(easy: &EasyText, offset: usize) -> Span {
    let start = easy.prose.span.start as usize + offset;
    Span::new(easy.prose.span.source, start..start)
}

/// A number in a text, with its separators removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NumberInText {
    /// Digits and the decimal point, half-width.
    pub(super) digits: String,
    /// Index of its first character.
    pub(super) start: usize,
    /// Index after its last character.
    pub(super) end: usize,
}

/// All numbers in a text: `1,806`, `８３．３`.
pub(super) fn numbers(text: &[char]) -> Vec<NumberInText> {
    let at = |index: usize| text.get(index).copied().map(half_width);
    let is_digit = |index: usize| at(index).is_some_and(|char| char.is_ascii_digit());
    let mut numbers = Vec::new();
    let mut index = 0;
    while index < text.len() {
        if !is_digit(index) {
            index += 1;
            continue;
        }
        let (start, mut digits, mut has_point) = (index, String::new(), false);
        loop {
            match at(index) {
                Some(digit) if digit.is_ascii_digit() => digits.push(digit),
                Some(',') if !has_point && (1..=3).all(|next| is_digit(index + next)) => {}
                Some('.') if !has_point && is_digit(index + 1) => {
                    has_point = true;
                    digits.push('.');
                }
                _ => break,
            }
            index += 1;
        }
        numbers.push(NumberInText { digits, start, end: index });
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_without_separators_and_width() {
        let found = |text: &str| -> Vec<String> {
            numbers(&text.chars().collect::<Vec<_>>()).into_iter().map(|number| number.digits).collect()
        };
        assert_eq!(found("1,806千人、８３．３％、3,4、12."), ["1806", "83.3", "3", "4", "12"]);
        assert_eq!(found("なし"), [""; 0]);
    }
}
