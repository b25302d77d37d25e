//! Notes of authors to each other, and particles or punctuation marks that were typed twice, for the rule `placeholder`: both are
//! searched in one pass over each text.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::ops::Range;
use std::sync::LazyLock;

/// Words of authors to each other that no published report contains.
const NOTES: &[&str] = &[
    "要確認",
    "要修正",
    "要調整",
    "要追記",
    "要差替",
    "要差し替え",
    "照会中",
    "確認中です",
    "担当課に確認",
    "担当に確認",
    "後日差し替え",
    "後日差替",
    "後日追記",
    "後日記入",
    "後で記入",
    "あとで記入",
    "差し替え予定",
    "差替予定",
    "差替え予定",
    "追記予定",
    "記入予定",
    "未定稿",
    "数値未確定のため仮",
    "仮置き",
    "（仮）",
    "(仮)",
    "【仮】",
    "ここに記入",
    "ここに入力",
    "ダミー",
    "TODO",
    "FIXME",
    "作業用メモ",
    "記入してください",
    "入力してください",
    "記載してください",
    "記載例）",
    "記載例】",
    "記入例）",
    "記入例】",
    "（記載要領",
    "（記入要領",
    "字以内で記",
    "字以内で入",
    "字程度で記",
    "該当するものに○",
    "不要な方を削除",
    "前年度コピー",
    "昨年度コピー",
    "コピペ",
    "前年度のまま",
    "昨年度のまま",
    "ここ直す",
    "要直し",
    "担当課確認",
    "担当者確認",
    "数字は別途",
    "数値は別途",
    "←",
    "要精査",
    "後ほど記載",
    "後ほど記入",
    "後ほど追記",
    "後日記載",
    "TBD",
    "において記入",
    "にて記入",
    "記入欄",
    "年度の文案",
    "を簡潔に記",
    "具体的に記述",
    "確定後記載",
    "確定後に記載",
    "調整後記載",
    "調整後に記載",
    "数字は仮",
    "数値は仮",
    "金額は仮",
    "仮の数字",
    "仮の数値",
    "（差替）",
    "（差替え）",
    "（差し替え）",
    "（Ｐ）",
    "（P）",
    "(P)",
    "【P】",
    "（空白）",
    "ここに写真",
    "ここに図",
    "ここに表",
    "写真を挿入",
    "図を挿入",
    "前年度の記載",
    "昨年度の記載",
    "前年度の文章",
    "昨年度の文章",
    "指摘により修正",
    "指摘により削除",
    "見え消し",
    "赤字修正",
    "文言調整",
    "あああ",
    "テキストテキスト",
    "サンプルテキスト",
    "Lorem ipsum",
    "#REF!",
    "#N/A",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "_x000D_",
];

/// Particles and punctuation marks that were typed twice.
const DOUBLED: &[&str] = &["をを", "。。", "、、", "、。", "。、", "にに、"];

/// Searcher of all [`NOTES`] and [`DOUBLED`] in one pass; `None` if it cannot be built.
static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    // A prefilter stops at most characters of Japanese texts, which share their first bytes with the notes.
    let mut builder = AhoCorasick::builder();
    builder.match_kind(MatchKind::LeftmostFirst).kind(Some(AhoCorasickKind::DFA)).prefilter(false);
    builder.build(NOTES.iter().chain(DOUBLED)).ok()
});

/// The first note in a text, and the first doubled particle or punctuation mark before it.
pub(super) fn find(text: &str) -> (Option<Range<usize>>, Option<Range<usize>>) {
    let mut doubled = None;
    let mut found = FINDER.iter().flat_map(|finder| finder.find_iter(text));
    let note = found.find(|found| {
        let is_note = found.pattern().as_usize() < NOTES.len();
        if !is_note {
            doubled.get_or_insert_with(|| found.range());
        }
        is_note
    });
    (note.map(|found| found.range()), doubled)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn finds_notes_and_what_was_typed_twice() {
        assert_eq!(find("支援をを行う。"), (None, Some(6..12)));
        assert_eq!(find("行った。。要確認、、"), (Some(15..24), Some(9..15)));
        assert_eq!(find("要確認"), (Some(0..9), None));
        assert_eq!(find("支援を行う。"), (None, None));
    }
}
