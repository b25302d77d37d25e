//! Dotted keys in Japanese words, for papers and notices.

use super::snapshot::{NodeState, Snapshot};
use crate::model::FiscalYear;

/// The cell `path` of a node in words: `空き家バンクの登録件数 実績値 令和5年度`. Titles that nothing declares are keys.
pub(super) fn words(path: &str, node: &NodeState, report: &Snapshot) -> String {
    if let Some(heading) = path.strip_prefix("section:") {
        return if heading.is_empty() { "本文".to_owned() } else { format!("「{heading}」") };
    }
    let declared = |list: &str, id: &str| {
        let title = report.others.get(&format!("{list}.{id}.title"));
        title.cloned().unwrap_or_else(|| id.to_owned())
    };
    let mut steps = path.split('.');
    let mut parts: Vec<String> = Vec::new();
    let mut list = "scales";
    match (steps.next().unwrap_or_default(), path) {
        ("number", _) => parts.push("番号".to_owned()),
        ("name", _) => parts.push("名称".to_owned()),
        ("account", _) => parts.push("予算科目".to_owned()),
        ("page", _) => parts.push("資料のページ".to_owned()),
        ("department", _) => parts.push("担当".to_owned()),
        ("period", _) => parts.push("事業期間".to_owned()),
        ("field", _) => parts.extend(steps.by_ref().next().map(|id| declared("fields", id))),
        ("indicator", _) => {
            let id = steps.next().unwrap_or_default();
            let name = node.common.cells.get(&format!("indicator.{id}.name"));
            parts.push(name.map_or_else(|| id.to_owned(), |name| name.printed.clone()));
        }
        ("item", _) => {
            let id = steps.next().unwrap_or_default();
            let name = node.common.others.get(&format!("items.{id}.name"));
            parts.push(name.cloned().unwrap_or_else(|| id.to_owned()));
            list = "money_kinds";
        }
        ("survey", _) => {
            parts.extend(steps.by_ref().next().map(|id| declared("surveys", id)));
            list = "";
        }
        ("program", _) => parts.extend(steps.by_ref().next().map(str::to_owned)),
        ("money", _) => list = "money_kinds",
        ("total", _) => {
            parts.push("計".to_owned());
            list = "money_kinds";
        }
        ("staff", _) => {
            parts.push("人工".to_owned());
            list = "staff_kinds";
        }
        _ => {}
    }
    parts.extend(
        steps.filter(|step| !["money", "funding"].contains(step)).map(|step| word(step, list, &declared, report)),
    );
    parts.join(" ")
}

fn word(step: &str, list: &str, declared: &dyn Fn(&str, &str) -> String, report: &Snapshot) -> String {
    if let Some(year) = FiscalYear::parse(step) {
        return year.japanese();
    }
    let title = |list: &str| report.others.get(&format!("{list}.{step}.title")).cloned();
    if let Some(title) = title("phases").filter(|_| list != "scales") {
        return title;
    }
    let known = match step {
        "actual" if list == "scales" => "実績値",
        "actual" => "実績",
        "target" => "目標値",
        "forecast" => "見込み",
        "interim" => "年度途中の値",
        "rate" => "達成率",
        "rank" => "順位",
        "comparison" => "比較",
        "breakdown" => "区分別",
        "unplaced" => "欄外の値",
        "start" => "年度の記載なし",
        "end" => "計画期間末",
        "all" => "全期間",
        "name" => "名称",
        "unit" => "単位",
        "budget" => "予算額",
        "settlement" => "決算額",
        "plan" => "計画額",
        "x" => "横軸",
        "y" => "縦軸",
        "quadrant" => "領域",
        _ => return title("funding").or_else(|| title("judges")).unwrap_or_else(|| declared(list, step)),
    };
    known.to_owned()
}
