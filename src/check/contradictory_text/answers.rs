//! Answers to remarks that their state contradicts: 令和8年度までに見直す with the state 対応済み.

use super::Contradiction;
use crate::check::visit::SheetRef;
use crate::check::words::contains_any;
use crate::diagnostic::say;
use crate::model::{FiscalYear, half_width};

/// Answers that announce work of a later year although they are finished.
pub(super) fn contradictions(item: SheetRef<'_>) -> Vec<Contradiction<'_>> {
    let Some(year) = item.edition.year else { return Vec::new() };
    let mut found = Vec::new();
    for response in &item.sheet.responses {
        let (Some(answer), Some(status)) = (&response.answer, &response.status) else { continue };
        let is_done = contains_any(status, &["対応済", "完了", "実施済", "反映済"]) && !status.contains('未');
        if let Some(later) = announced(answer).filter(|later| is_done && *later > year) {
            let later = later.short();
            let message = say!(
                ja: "状況は「{status}」ですが、対応は{later}に行うとされています",
                en: "the state is `{status}`, but the answer announces work for {later}"
            );
            found.push(Contradiction { span: response.answer_span, about: "response", message });
        }
    }
    found
}

/// The year for which the last clause of an answer announces work: 令和8年度までに見直す.
fn announced(answer: &str) -> Option<FiscalYear> {
    let plain: String = answer.chars().map(half_width).filter(|char| !char.is_whitespace()).collect();
    let last = plain.trim_end_matches('。').rsplit(['。', '、']).next()?;
    let (before, after) = last.split_once("年度")?;
    let at = ["令和", "平成"].iter().find_map(|era| before.rfind(era))?;
    let is_deadline = ["までに", "に", "末までに", "から"].iter().any(|word| after.starts_with(word));
    let is_planned = !after.ends_with('た') && !after.contains("した");
    FiscalYear::parse(before.get(at..)?).filter(|_| is_deadline && is_planned)
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{Fixture, program};

    #[test]
    fn finished_answers_announce_nothing() {
        let check = |answer: &str, status: &str, found: &[&str]| {
            let sheet = format!("[[response]]\npoint = '見直すこと。'\nanswer = '{answer}'\nstatus = '{status}'");
            Fixture::new().with(program("a", &sheet)).assert_finds("contradictory-text", found);
        };
        check("検討会を設け、令和８年度までに見直す。", "対応中", &[]);
        check("検討会を設け、令和８年度までに見直す。", "対応済み", &["programs/a/2023.md:4"]);
        check("検討会を設け、令和５年度に見直した。", "対応済み", &[]);
        check("検討会を設け、令和５年度までに見直す。", "対応済み", &[]);
        check("令和６年度に配る様式を見直した。", "対応済み", &[]);
        check("令和８年度までの計画を見直した。", "対応済み", &[]);
    }
}
