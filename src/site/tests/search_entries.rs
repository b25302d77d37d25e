//! Tests of the search entries of pages, line by line.

use super::with;
use crate::model::Report;
use crate::search;
use crate::site::{ViewBuilder, plan};
use crate::theme::{Theme, ThemeFile};

const SHEET: (&str, &str) = (
    "a/policies/1/2019.md",
    r##"+++
department = "観光課"
[judgement]
status = { mark = "◎", note = "概数" }
[indicator.visitors]
actual.H29 = "10"
actual.R1 = { value = "12", note = "概数", sic = true }
target.R1 = "15以上"
note = "調査の方法は毎年同じ。"
[money]
settlement.R1 = "1,234"
[staff]
actual.R1 = "0.5"
[total]
settlement.R1 = "2,000"
[[remark]]
text = "合計は印刷のとおり。"
+++
# 現状
観光客は**増えた**。[^1]

[^1]: 速報による。

## 内訳

| 月 | 人数 |
|---|---|
| 4月 | 3 |
"##,
);

/// Lines of the search entry of the page at `path`, with headings as `#anchor heading`.
fn indexed_lines(report: &Report, path: &str, theme: &[ThemeFile]) -> Vec<String> {
    let theme = Theme::load(&report.site, theme).unwrap();
    let page = plan(report).into_iter().find(|page| page.url.path() == path).unwrap();
    let entry =
        search::entry(report, &page, &ViewBuilder::new(report, theme.texts()).view(&page), theme.texts()).unwrap();
    let sections = entry.sections.into_iter().flat_map(|section| {
        let heading = section.heading.map(|heading| format!("#{} {heading}", section.anchor.unwrap_or_default()));
        heading.into_iter().chain(section.lines)
    });
    sections.collect()
}

#[test]
fn indexes_figures_marks_and_texts_as_sentences() {
    let report = with(&[SHEET]);
    let expected = [
        "進み具合：◎ 二重丸 順調 概数",
        "「令和元年度」の記載によります。",
        "担当：観光課",
        "#indicator-visitors 観光客数",
        "単位：千人",
        "平成29年度（2017年度）の実績値（基準値）は10千人",
        "令和元年度（2019年度）の実績値は12千人（原文のまま、概数）、目標値は15千人以上",
        "調査の方法は毎年同じ。",
        "出典：令和元年度",
        "#programs 事務事業",
        "道路",
        "公園（掲載された年度：令和元年度（2019年度））",
        "計（資料の記載）：令和元年度（2019年度）の決算額は2,000千円（200万円）",
        "#words 令和元年度の記載内容",
        "#現状 現状",
        "観光客は増えた。",
        "速報による。",
        "#内訳 内訳",
        "月 人数",
        "4月 3",
        "#costs 費用・人員",
        "事業費：令和元年度（2019年度）の決算額は1,234千円（123万4千円）",
        "従事人工：令和元年度（2019年度）の実績は0.5人工",
        "#remarks 資料に関する注記",
        "合計は印刷のとおり。",
    ];
    assert_eq!(indexed_lines(&report, "a/policies/1/2019.html", &[]), expected);
    assert_eq!(indexed_lines(&report, "a/policies/1.html", &[]), expected);
    let strategy_page = [
        "#branch-1 基本目標 1 目標の一",
        "施策 1-1 施策の一",
        "観光客数：令和元年度の実績値は12千人（原文のまま、概数）、目標値は15千人以上",
        "#scale-status 進み具合",
        "#sources 令和元年度",
        "対象年度：令和元年度（2019年度）",
        "#sources 平成30年度",
        "対象年度：平成30年度（2018年度）",
    ];
    assert_eq!(indexed_lines(&report, "a/index.html", &[]), strategy_page);
}

#[test]
fn words_sentences_with_texts_of_the_theme() {
    let report = with(&[SHEET]);
    let texts = "actual = \"実績\"\nvalue_is_in = \"{what}（{year}）＝{value}\"\n";
    let custom_texts = ThemeFile { path: "texts/ja.toml".to_owned(), bytes: texts.as_bytes().to_vec(), source: None };
    let lines = indexed_lines(&report, "a/policies/1.html", &[custom_texts]);
    let line = "実績（令和元年度（2019年度））＝12千人（原文のまま、概数）、目標値は15千人以上";
    assert!(lines.iter().any(|other| other == line), "{lines:#?}");
}

#[test]
fn corrections_are_found_by_their_place_former_text_and_reason() {
    let sheet = "+++
[indicator.visitors]
actual.R1 = \"12\"
[[correction]]
date = 2020-12-01
about = \"indicator.visitors.actual.R1\"
was = \"21\"
kind = \"transcription\"
reason = \"桁の誤り\"
[[correction]]
date = 2020-12-02
about = \"section:現状\"
was = \"観光客は減った。\"
kind = \"publisher\"
reason = \"増減の誤り\"
+++
## 現状
観光客は増えた。
";
    let report = with(&[("a/policies/1/2019.md", sheet)]);
    let corrections: Vec<String> =
        indexed_lines(&report, "a/policies/1.html", &[]).into_iter().filter(|line| line.starts_with("訂正 ")).collect();
    let expected = [
        "訂正 「現状」の本文：資料の訂正 増減の誤り、公表資料 令和元年度、訂正日 令和2年12月2日",
        "訂正 観光客数 実績値 令和元年度（2019年度）：訂正前 21、訂正後 12、転記の訂正 桁の誤り、公表資料 令和元年度、訂正日 令和2年12月1日",
    ];
    assert_eq!(corrections, expected);
}
