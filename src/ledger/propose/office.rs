//! Columns that serve the city hall and not readers: whether a row may be published, who entered it, what was examined.

use super::column::Column;
use super::draft::{Draft, plain_reference};
use super::levels::agreement;
use super::words::{ends, has, plain};

/// Words in headings of such columns.
const WORDS: [&str; 44] = [
    "公開区分",
    "公開可否",
    "公開の可否",
    "公開フラグ",
    "公開対象",
    "公開設定",
    "公表区分",
    "公表可否",
    "公表の可否",
    "公表対象",
    "掲載区分",
    "掲載可否",
    "掲載の可否",
    "掲載対象",
    "非公開",
    "非公表",
    "非掲載",
    "確認状況",
    "確認欄",
    "確認済",
    "確認日",
    "確認用",
    "入力担当",
    "入力状況",
    "入力区分",
    "入力欄",
    "管理用",
    "管理欄",
    "作業用",
    "集計用",
    "整理用",
    "事務局",
    "内部用",
    "庁内用",
    "使用欄",
    "処理状況",
    "処理区分",
    "提出状況",
    "回答状況",
    "決裁",
    "差戻",
    "フラグ",
    "ステータス",
    "取扱注意",
];

/// Headings that are such a word as a whole.
const HEADINGS: [&str; 8] = ["公開", "公表", "掲載", "確認", "入力", "チェック", "提出", "承認"];

/// Texts by which such a column is recognized below any heading.
const STATES: [&str; 10] =
    ["非公開", "非公表", "非掲載", "公開不可", "公表不可", "掲載不可", "未確認", "確認済", "確認済み", "入力済"];

/// Leaves out codes of what another column says in words, such as `総合評価CD` beside `総合評価`.
fn codes(draft: &mut Draft<'_>) {
    const SUFFIXES: [&str; 6] = ["コード", "CD", "cd", "code", "CODE", "番号"];
    for column in draft.open() {
        let heading = plain(&column.heading);
        let Some(stem) = SUFFIXES.into_iter().find_map(|suffix| heading.strip_suffix(suffix)) else { continue };
        let is_in_words = |other: &&Column| {
            let other_heading = plain(&other.heading);
            let name = other_heading.strip_suffix("名称").or_else(|| other_heading.strip_suffix('名'));
            other.index != column.index && name.unwrap_or(&other_heading) == stem.trim_end_matches('_')
        };
        let words = draft.open().into_iter().find(is_in_words);
        if let Some(words) = words.filter(|words| !stem.is_empty() && agreement(&[column], words) >= 1.0) {
            draft.ignore(column, format!("「{}」の列のコード", words.title()));
        }
    }
}

/// Asks about such columns, and leaves out codes.
pub fn propose(draft: &mut Draft<'_>) {
    codes(draft);
    for column in draft.open().into_iter().filter(|column| column.filled > 0) {
        let heading = plain(&column.heading);
        // A formula that verifies something is left out with its own reason.
        if column.formulas * 2 > column.filled {
            continue;
        }
        if is_publication(&heading, column) {
            let reference = plain_reference(column);
            let why = format!(
                "公開するかどうかの列のようです。公開しない行を除くには、where.\"{reference}\" に公開する行の値を書いてください。使わないなら「?」を理由に替えてください"
            );
            draft.ask(column, &why);
        } else if is_office(&heading, column) {
            let why = "事務処理のための列のようです。使わないなら「?」を理由に、掲載するなら [[table.field]] などに書いてください";
            draft.ask(column, why);
        }
    }
}

fn is_publication(heading: &str, column: &Column) -> bool {
    let is_state = |(text, _): &(String, usize)| ["公開", "公表", "掲載"].iter().any(|word| text.contains(word));
    let is_named = has(heading, &WORDS) || HEADINGS.contains(&heading);
    is_named && has(heading, &["公開", "公表", "掲載"]) || has_states(column) && column.distinct.iter().any(is_state)
}

fn is_office(heading: &str, column: &Column) -> bool {
    let mut above = column.above.iter().map(|label| plain(label));
    let is_of_office =
        above.any(|above| ends(&above, &["使用欄", "確認欄", "管理欄", "事務局欄", "管理用", "作業用", "内部用"]));
    has(heading, &WORDS) || HEADINGS.contains(&heading) || is_of_office || has_states(column)
}

/// True for a column of a few short texts, one of which is the state of a row.
fn has_states(column: &Column) -> bool {
    column.distinct.len() <= 4 && column.distinct.iter().any(|(text, _)| STATES.contains(&plain(text).as_str()))
}
