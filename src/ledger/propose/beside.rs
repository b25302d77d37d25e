//! What stands beside the name of a program: department, period and account.

use super::column::Column;
use super::draft::{Draft, Part};
use super::levels::agreement;
use super::words::{ends, has, plain};
use super::{joint, private};

/// True if a column contains departments.
pub fn is_department(column: &Column) -> bool {
    const WORDS: [&str; 13] = [
        "部課",
        "所管",
        "所属",
        "担当課",
        "担当部",
        "部局",
        "実施課",
        "主管",
        "課名",
        "部名",
        "局名",
        "府省庁",
        "担当組織",
    ];
    let heading = plain(&column.heading);
    let is_named = has(&heading, &WORDS)
        || ends(&heading, &["部", "課", "局", "室", "局・庁", "府省庁"]) && heading.chars().count() <= 4;
    is_named
        && !has(
            &heading,
            &[
                "理由", "意見", "評価", "コード", "番号", "予定", "建制順", "課題", "所見", "コメント", "関係", "関連",
                "連携", "協力",
            ],
        )
        && !column.is_numeric()
        // A line break between the department and the section is no prose; a sentence is.
        && column.distinct.iter().all(|(text, _)| {
            !text.contains('。') && text.lines().all(|line| line.chars().count() <= 20)
        })
}

/// Writes department, period and account of the programs.
pub fn propose(draft: &mut Draft<'_>, key: Option<&Column>) {
    let departments: Vec<&Column> = draft
        .open()
        .into_iter()
        .filter(|c| c.filled > 0 && is_department(c) && private::finding(c).is_none())
        .collect();
    // A unit below the department, right beside it.
    let mut departments = departments;
    if let Some(unit) = departments.last().and_then(|last| draft.column(last.index + 1))
        && draft.is_open(unit.index)
        && private::is_small_unit(unit)
        && private::is_named_as_unit(unit)
    {
        departments.push(unit);
    }
    // A program of several rows has one department.
    let departments: Vec<&Column> =
        departments.into_iter().filter(|c| key.is_none_or(|key| key.is_key() || agreement(&[key], c) >= 1.0)).collect();
    if !departments.is_empty() {
        let reason = format!("{} 種類の表記", departments.iter().map(|c| c.distinct.len()).max().unwrap_or_default());
        draft.map_list(Part::Node, "program.department", &departments, &reason);
    }
    let find = |words: &[&str], below: &[&str]| {
        let heading = |c: &Column| plain(&c.heading).trim_end_matches(')').to_owned();
        let is_below = |c: &Column| is_below_period(c) && below.contains(&heading(c).as_str());
        // Notes may follow the heading: `終了年度（※未定は－）`.
        let is_named = |c: &Column| {
            let heading = heading(c);
            let own = heading.split_once('(').map_or("", |(own, _)| own);
            ends(&heading, words) || ends(own, words) || below.contains(&own) && is_below_period(c)
        };
        draft.open().into_iter().find(|c| (is_named(c) || is_below(c)) && !c.is_prose() && c.filled > 0)
    };
    let from = find(
        &["始期", "開始年度", "開始年", "事業開始", "着手年度", "期間(自", "期間(開始", "期間開始"],
        &["開始", "始", "自", "着手", "から"],
    );
    let to = find(
        &["終期", "終了年度", "終了年", "事業終了", "完了年度", "終了(予定)年度", "期間(至", "期間(終了", "期間終了"],
        &["終了", "終", "至", "完了", "まで", "終了予定"],
    );
    if let (Some(from), Some(to)) = (from, to) {
        draft.map(Part::Node, "program.period.from", from, "見出しによる。年度でない表記は、そのまま掲載されます");
        draft.map(Part::Node, "program.period.to", to, "");
    } else if let Some(period) = joint::period(draft) {
        let reason = "開始と終了が一つの列にある。年度でない表記は、そのまま掲載されます";
        draft.map(Part::Node, "program.period", period, reason);
    }
    account(draft);
}

fn is_below_period(column: &Column) -> bool {
    column.above.last().is_some_and(|label| has(&plain(label), &["期間", "年度"]))
}

/// 会計, 款, 項, 目: two or more of them side by side.
fn account(draft: &mut Draft<'_>) {
    let name = |column: &Column| {
        let heading = plain(&column.heading);
        ["予算科目", "科目"].into_iter().find_map(|group| heading.strip_prefix(group)).unwrap_or(&heading).to_owned()
    };
    let is_step = |column: &Column| {
        let heading = name(column);
        let heading = heading.trim_end_matches("コード").trim_end_matches("番号").trim_end_matches('名');
        ends(heading, &["会計", "款", "項", "目", "節", "細目", "細々目", "会計区分"])
            && heading.chars().count() <= 8
            && !column.is_prose()
            && !has(heading, &["項目", "科目"])
            && !has(heading, &["種目"])
            || matches!(heading, "款項目" | "款・項・目" | "款項目節" | "款-項-目" | "科目")
    };
    let open = draft.open();
    let Some(first) = open.iter().position(|column| is_step(column) && column.filled > 0) else { return };
    let mut steps: Vec<&Column> = Vec::new();
    for column in open.iter().skip(first) {
        let is_next = steps.last().is_none_or(|last| last.index + 1 == column.index);
        let is_program =
            steps.len() > 1 && matches!(name(column).as_str(), "事業" | "大事業" | "中事業" | "小事業" | "細事業");
        if !is_next || !(is_step(column) || is_program) {
            break;
        }
        steps.push(column);
    }
    let is_account = |column: &&Column| ends(&name(column), &["会計", "会計名", "会計区分"]);
    if steps.len() > 1 || steps.iter().all(is_account) && !steps.is_empty() {
        draft.map_list(Part::Node, "program.account", &steps, "会計・款・項・目の並び");
    }
}
