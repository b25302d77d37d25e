//! Answers to two different remarks that are the same text, for the rule `copied-text`.

use super::visit::SheetRef;
use super::words::pairs;
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{Response, half_width};

/// Number of characters of the shortest answer that is compared: 検討する answers many remarks.
const MINIMUM: usize = 12;

/// Answers of a sheet that are those to another remark: their place and the message.
pub(super) fn copies(item: SheetRef<'_>) -> Vec<(Span, Bilingual)> {
    let answered: Vec<(&Response, &str)> =
        item.sheet.responses.iter().filter_map(|response| Some((response, response.answer.as_deref()?))).collect();
    let mut found = Vec::new();
    for (position, (one, answer)) in answered.iter().enumerate() {
        let mut others = answered.iter().skip(position + 1);
        let Some((other, _)) = others.find(|(other, again)| is_same(answer, again) && other.point != one.point) else {
            continue;
        };
        let fits = |response: &Response| pairs(answer).intersection(&pairs(&response.point)).count();
        let copy = if fits(one) < fits(other) { one } else { other };
        let message = say!(
            ja: "この対応は、同じ調書の別の指摘への対応と同じ文章です",
            en: "this answer is that to another remark of the sheet"
        );
        found.push((copy.answer_span, message));
    }
    found
}

fn is_same(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.chars().map(half_width).filter(|char| !char.is_whitespace()).collect::<String>();
    let one = plain(one);
    one.chars().count() >= MINIMUM && one == plain(other)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn reports_the_answer_that_does_not_fit_its_remark() {
        let check = |answer: &str, found: &[&str]| {
            let sheet = format!(
                "[[response]]\npoint = '漂着の抑制を重視すること。'\nanswer = '{answer}'\n\
                 [[response]]\npoint = '交付決定を早めること。'\nanswer = '交付決定を6月から4月に早めた。'"
            );
            Fixture::new().with(program("a", &sheet)).assert_finds("copied-text", found);
        };
        check("交付決定を６月から４月に早めた。", &["programs/a/2023.md:4"]);
        check("漂着したごみの量を指標とした。", &[]);
    }
}
