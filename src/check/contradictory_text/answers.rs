//! Answers to remarks that their state contradicts: 令和8年度までに見直す with the state 対応済み, and 導入した with 未対応.

use super::Contradiction;
use crate::check::visit::SheetRef;
use crate::check::words::{contains_any, sentences};
use crate::diagnostic::say;
use crate::model::{FiscalYear, half_width};

const DONE: [&str; 7] = ["対応済", "実施済", "措置済", "改善済", "反映済", "対応完了", "完了"];
const NOT_DONE: [&str; 4] = ["未対応", "未実施", "未着手", "未措置"];

/// Answers of a sheet whose state says the opposite.
pub(super) fn contradictions(item: SheetRef<'_>) -> Vec<Contradiction<'_>> {
    let mut found = Vec::new();
    for response in &item.sheet.responses {
        let (Some(answer), Some(status)) = (&response.answer, &response.status) else { continue };
        let is_done = contains_any(status, &DONE) && !status.contains('未');
        let is_open = contains_any(status, &NOT_DONE);
        let sentences = sentences(answer);
        let Some(last) = sentences.last() else { continue };
        let later = item.edition.year.and_then(|year| announced(last.text).filter(|later| *later > year));
        let message = if let Some(later) = later.filter(|_| is_done) {
            let later = later.short();
            say!(
                ja: "状況は「{status}」ですが、対応は{later}に行うとされています",
                en: "the state is `{status}`, but the answer announces work for {later}"
            )
        } else if is_done && is_ahead(last.text) || is_open && sentences.iter().all(|sentence| is_past(sentence.text)) {
            let said = last.text;
            say!(
                ja: "状況は「{status}」ですが、対応には「{said}」とあります",
                en: "the state is `{status}`, but the answer says `{said}`"
            )
        } else {
            continue;
        };
        found.push(Contradiction { span: response.answer_span, about: "response", message });
    }
    found
}

/// The year for which the last clause of a sentence announces work: 令和8年度までに見直す.
fn announced(sentence: &str) -> Option<FiscalYear> {
    let plain: String = sentence.chars().map(half_width).filter(|char| !char.is_whitespace()).collect();
    let last = plain.rsplit('、').next()?;
    let (before, after) = last.split_once("年度")?;
    let at = ["令和", "平成"].iter().find_map(|era| before.rfind(era))?;
    let is_deadline = ["までに", "に", "末までに", "から"].iter().any(|word| after.starts_with(word));
    let is_planned = !after.ends_with('た') && !after.contains("した");
    FiscalYear::parse(before.get(at..)?).filter(|_| is_deadline && is_planned)
}

/// Returns true for a sentence about what is still to be done: 示す予定である, 今後公表する.
fn is_ahead(sentence: &str) -> bool {
    const STEMS: [&str; 7] = ["予定", "検討", "検討中", "協議中", "調整中", "準備中", "検討を進め"];
    const ENDS: [&str; 10] =
        ["", "する", "します", "である", "です", "している", "しています", "していく", "る", "ている"];
    let plain = sentence.trim_end_matches(['）', ')', ' ']);
    let is_plan = STEMS.iter().any(|stem| {
        plain.rfind(stem).is_some_and(|at| plain.get(at + stem.len()..).is_some_and(|end| ENDS.contains(&end)))
    });
    let is_later = contains_any(plain, &["今後", "来年度", "次年度", "翌年度"])
        && ["する", "します", "いく", "す", "ける", "める"].iter().any(|end| plain.ends_with(end));
    is_plan || is_later
}

fn is_past(sentence: &str) -> bool {
    ["した", "しました", "った", "めた", "けた", "いた"].iter().any(|end| sentence.ends_with(end))
        && !contains_any(sentence, &["なかった", "検討した", "予定であった", "協議した", "できな", "要望した"])
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{Fixture, program};

    fn check(answer: &str, status: &str, expected: bool) {
        let sheet = format!("[[response]]\npoint = '見直すこと。'\nanswer = '{answer}'\nstatus = '{status}'");
        let found: &[&str] = if expected { &["programs/a/2023.md:4"] } else { &[] };
        Fixture::new().with(program("a", &sheet)).assert_finds("contradictory-text", found);
    }

    #[test]
    fn finished_answers_announce_nothing() {
        check("検討会を設け、令和８年度までに見直す。", "対応中", false);
        check("検討会を設け、令和８年度までに見直す。", "対応済み", true);
        check("検討会を設け、令和５年度に見直した。", "対応済み", false);
        check("検討会を設け、令和５年度までに見直す。", "対応済み", false);
        check("令和６年度に配る様式を見直した。", "対応済み", false);
        check("令和８年度までの計画を見直した。", "対応済み", false);
    }

    #[test]
    fn finished_answers_plan_nothing() {
        check("令和5年10月に導入した。", "対応済み", false);
        check("県と協議しており、令和7年度から示す予定である。", "対応済み", true);
        check("様式を検討している。", "対応済み", true);
        check("様式の見直しを予定していたが、取りやめた。", "対応済み", false);
        check("公表の方法は、今後定める。", "対応済み", true);
        check("様式を検討している。", "対応中", false);
    }

    #[test]
    fn open_answers_report_nothing() {
        check("令和5年10月に導入した。", "未対応", true);
        check("実施できなかった。", "未対応", false);
        check("様式を検討した。", "未対応", false);
        check("様式を定めた。公表する。", "未対応", false);
    }
}
