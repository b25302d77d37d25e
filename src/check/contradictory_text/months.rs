//! Months to which something was moved, against the direction and the distance that a text states: ６月から５月に早めた beside
//! ２か月早め, and ４月から６月に早めた.

use super::Contradiction;
use crate::check::visit::SheetRef;
use crate::check::words::{Quantity, contains_any, pairs, quantities, sentences, span_in};
use crate::diagnostic::{Span, say};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

const EARLIER: [&str; 4] = ["早め", "前倒し", "繰り上げ", "繰上げ"];
const LATER: [&str; 7] = ["遅ら", "遅く", "延期", "繰り下げ", "繰下げ", "後ろ倒し", "延ば"];

/// A sentence about a change of months.
struct Moved<'r> {
    sentence: &'r str,
    span: Span,
    about: &'r str,
    is_earlier: bool,
    /// Both months: 6 and 5.
    months: Option<(u32, u32)>,
    /// Distance in months.
    distance: Option<u32>,
}

/// Sentences of a sheet about changes of months that contradict themselves or each other.
pub(super) fn contradictions(item: SheetRef<'_>) -> Vec<Contradiction<'_>> {
    let mut moved = Vec::new();
    for section in &item.sheet.sections {
        for sentence in sentences(&section.prose.markdown) {
            let span = span_in(&section.prose, sentence.start..sentence.start + sentence.text.len());
            moved.extend(read(sentence.text, span, &section.title));
        }
    }
    for response in &item.sheet.responses {
        let Some(answer) = &response.answer else { continue };
        moved.extend(sentences(answer).into_iter().filter_map(|of| read(of.text, response.answer_span, "response")));
    }
    let mut found = Vec::new();
    for one in &moved {
        let Some((from, to)) = one.months else { continue };
        // 12月から1月に遅らせた passes the end of the year.
        let steps = if one.is_earlier { (12 + from - to) % 12 } else { (12 + to - from) % 12 };
        if !(1..7).contains(&steps) {
            let message = say!(
                ja: "「{from}月」から「{to}月」への変更が、早めたか遅らせたかの言葉と逆です",
                en: "the words contradict the change from month {from} to month {to}"
            );
            found.push(Contradiction { span: one.span, about: one.about, message });
            continue;
        }
        let words = pairs(one.sentence);
        let is_same = |other: &&Moved<'_>| {
            other.is_earlier == one.is_earlier
                && (std::ptr::eq(*other, one) || pairs(other.sentence).intersection(&words).next().is_some())
        };
        let stated = moved.iter().filter(is_same).find_map(|other| other.distance.filter(|months| *months != steps));
        if let Some(stated) = stated {
            let message = say!(
                ja: "「{from}月」から「{to}月」への変更は{steps}か月で、ほかの記載の「{stated}か月」と合いません",
                en: "from month {from} to month {to} are {steps} months, but a text says {stated} months"
            );
            found.push(Contradiction { span: one.span, about: one.about, message });
        }
    }
    found
}

fn read<'r>(sentence: &'r str, span: Span, about: &'r str) -> Option<Moved<'r>> {
    let (is_earlier, is_later) = (contains_any(sentence, &EARLIER), contains_any(sentence, &LATER));
    if is_earlier == is_later {
        return None;
    }
    let words: &[&str] = if is_earlier { &EARLIER } else { &LATER };
    let quantities = quantities(sentence);
    let number = |quantity: &Quantity<'_>| (quantity.number <= Decimal::from(12)).then(|| quantity.number.to_u32())?;
    let months = quantities.windows(2).find_map(|pair| {
        let [one, other] = pair else { return None };
        let is_between = ["月から", "月末から", "月開始から", "月より"].iter().any(|word| one.after.starts_with(word));
        let rest = other.after.strip_prefix('月')?.trim_start_matches(['末', '上', '中', '下', '旬', '開', '始']);
        let rest = rest.strip_prefix(['に', 'へ'])?;
        let follows = words.iter().any(|word| rest.find(word).is_some_and(|at| at < 20));
        (is_between && other.range.start - one.range.end < 20 && follows).then_some((number(one)?, number(other)?))
    });
    let distance = quantities.iter().find_map(|quantity| {
        let rest = ["か月", "カ月", "ヶ月", "ケ月", "箇月", "ヵ月"]
            .iter()
            .find_map(|word| quantity.after.strip_prefix(word))?;
        let rest = rest.trim_start_matches(['間', 'ほ', 'ど', '程', '度', '、']);
        words.iter().any(|word| rest.starts_with(word)).then(|| number(quantity))?
    });
    (months.is_some() || distance.is_some()).then_some(Moved { sentence, span, about, is_earlier, months, distance })
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{Fixture, program};

    fn check(text: &str, expected: bool) {
        let [node, (path, sheet)] = program("a", "");
        let content = Fixture::new().with([node, (path, format!("{sheet}## 実績\n{text}\n"))]);
        let found: &[&str] = if expected { &["programs/a/2023.md:5"] } else { &[] };
        content.assert_finds("contradictory-text", found);
    }

    #[test]
    fn months_move_in_the_stated_direction() {
        check("交付決定を６月から４月に早めた。", false);
        check("交付決定を４月から６月に早めた。", true);
        check("募集を12月から１月に遅らせた。", false);
        check("募集を１月から12月に延期した。", true);
    }

    #[test]
    fn months_move_by_the_stated_distance() {
        check("交付決定を６月から４月に早めた。交付決定を２か月早め、繰越しが減った。", false);
        check("交付決定を６月から５月に早めた。交付決定を２か月早め、繰越しが減った。", true);
        check("交付決定を６月から５月に早めた。発注を２か月早めた。", false);
        check("交付決定を６月から５月に早めた。交付決定の通知を２か月遅らせた。", false);
    }
}
