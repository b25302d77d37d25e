//! States of answers to earlier remarks that the answers contradict: 対応済み beside 令和7年度から示す予定である, 未対応 beside 導入した.

use super::Contradiction;
use crate::check::visit::SheetRef;
use crate::check::words::{contains_any, sentences};
use crate::diagnostic::say;
use crate::model::half_width;

const DONE: [&str; 9] = ["対応済", "実施済", "措置済", "改善済", "反映済", "対応完了", "措置完了", "完了", "済"];
const NOT_DONE: [&str; 4] = ["未対応", "未実施", "未着手", "未措置"];

/// Answers of a sheet whose state says the opposite.
pub(super) fn contradictions(item: SheetRef<'_>) -> Vec<Contradiction<'_>> {
    let mut found = Vec::new();
    for response in &item.sheet.responses {
        let (Some(answer), Some(status)) = (&response.answer, &response.status) else { continue };
        let status: String = status.chars().map(half_width).filter(|char| !char.is_whitespace()).collect();
        let is_done = DONE.iter().any(|word| status.starts_with(word)) && !status.contains('未');
        let is_open = NOT_DONE.iter().any(|word| status.starts_with(word));
        let sentences = sentences(answer);
        let Some(last) = sentences.last() else { continue };
        let is_wrong =
            is_done && is_ahead(last.text) || is_open && sentences.iter().all(|sentence| is_past(sentence.text));
        if is_wrong {
            let said = last.text;
            let message = say!(
                ja: "対応状況が「{status}」ですが、対応には「{said}」とあります",
                en: "the state is `{status}`, but the answer says `{said}`"
            );
            found.push(Contradiction { span: response.answer_span, about: "response", message });
        }
    }
    found
}

/// Returns true for a sentence about what is still to be done.
fn is_ahead(sentence: &str) -> bool {
    const ENDS: [&str; 22] = [
        "予定である",
        "予定です",
        "予定",
        "予定している",
        "予定しています",
        "検討する",
        "検討します",
        "検討している",
        "検討しています",
        "検討中",
        "検討中である",
        "検討中です",
        "検討していく",
        "検討を進める",
        "協議している",
        "協議中",
        "協議中である",
        "調整中",
        "調整中である",
        "調整している",
        "準備中である",
        "準備を進めている",
    ];
    let plain = sentence.trim_end_matches(['）', ')', ' ']);
    let is_plan = ENDS.iter().any(|end| plain.ends_with(end));
    // 令和8年度までに見直す, 今後公表する.
    let is_later = contains_any(plain, &["までに", "今後", "来年度", "次年度", "翌年度"])
        && ["する", "します", "していく", "見直す", "設ける", "示す", "定める", "改める", "める", "進める"]
            .iter()
            .any(|end| plain.ends_with(end));
    is_plan || is_later
}

fn is_past(sentence: &str) -> bool {
    ["した", "しました", "った", "めた", "けた", "いた"].iter().any(|end| sentence.ends_with(end))
        && !contains_any(sentence, &["なかった", "検討した", "予定であった", "協議した", "できな", "要望した"])
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{Fixture, program};

    #[test]
    fn compares_states_with_answers() {
        let check = |status: &str, answer: &str, expected: bool| {
            let front = format!("[[response]]\npoint = '示すこと。'\nanswer = '{answer}'\nstatus = '{status}'");
            let found: &[&str] = if expected { &["programs/a/2023.md:4"] } else { &[] };
            Fixture::new().with(program("a", &front)).assert_finds("contradictory-text", found);
        };
        check("対応済み", "令和5年10月に導入した。", false);
        check("対応済み", "県と協議しており、令和7年度から示す予定である。", true);
        check("対応済み", "専門家の会議を設け、令和8年度までに見直す。", true);
        check("対応中", "令和7年度から示す予定である。", false);
        check("未対応", "令和5年10月に導入した。", true);
        check("未対応", "実施できなかった。", false);
    }
}
