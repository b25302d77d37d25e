//! Phases of amounts: what the heading of a column states, else the nearest label above it that states one.

use super::column::Column;
use super::words::{has, plain};

/// A phase beside the built-in ones.
pub struct Declared {
    /// Its id.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The built-in phase that it resembles.
    pub like: &'static str,
}

/// The phase of amounts that are expected before the accounts are settled.
const EXPECTED: &str = "mikomi";

/// Phases beside the built-in ones: word in headings, declaration.
const DECLARED: [(&str, Declared); 9] = [
    ("補正後", Declared { id: "hoseigo", title: "補正後予算", like: "budget" }),
    ("補正", Declared { id: "hosei", title: "補正予算", like: "budget" }),
    ("最終", Declared { id: "saishu", title: "最終予算", like: "budget" }),
    ("現額", Declared { id: "gengaku", title: "予算現額", like: "budget" }),
    ("現計", Declared { id: "genkei", title: "現計予算", like: "budget" }),
    ("要求", Declared { id: "yokyu", title: "予算要求", like: "budget" }),
    ("査定", Declared { id: "satei", title: "予算査定", like: "budget" }),
    ("繰越予算", Declared { id: "kurikoshi", title: "繰越予算", like: "budget" }),
    ("決算見込", Declared { id: EXPECTED, title: "決算見込", like: "settlement" }),
];

/// The declaration of a phase that is not built in.
pub fn declared(id: &str) -> Option<&'static Declared> {
    DECLARED.iter().map(|(_, declared)| declared).find(|declared| declared.id == id)
}

/// The phase of a column: a built-in one, or one of [`DECLARED`]; `Some("?")` if it is none of them.
pub fn phase_of(column: &Column) -> Option<&'static str> {
    let labels = std::iter::once(&column.heading).chain(column.above.iter().rev());
    labels.map(|label| plain(label)).find_map(|label| phase_in(&label))
}

/// The phase that a heading states.
fn phase_in(label: &str) -> Option<&'static str> {
    const SETTLED: [&str; 4] = ["決算", "実績", "執行", "支出済"];
    if label.contains("見込") {
        // `決算（見込）` is a settlement in some years.
        return Some(if has(label, &["決算見込", "実績見込", "執行見込"]) { EXPECTED } else { "?" });
    }
    let is_settled = has(label, &SETTLED);
    // A label of both states neither.
    if is_settled && label.contains("予算") {
        return None;
    }
    let word = DECLARED.iter().find(|(word, _)| !is_settled && label.contains(word));
    let built_in = || {
        let is_plan = label.contains("計画") && !has(label, &["計画名", "実施計画", "総合計画", "基本計画"]);
        let is_budget = label.contains("予算") && !label.contains("予算科目");
        match () {
            () if is_settled => Some("settlement"),
            () if is_budget => Some("budget"),
            () if is_plan => Some("plan"),
            () => None,
        }
    };
    word.map(|(_, declared)| declared.id).or_else(built_in)
}
