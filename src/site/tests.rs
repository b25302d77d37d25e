//! Tests of the page list and of the views of pages, with small inline content.

mod changes;
mod computed;
mod corrected;
mod disabled;
mod downloads;
mod fields;
mod fragments;
mod home;
mod images;
mod lists;
mod money;
mod nodes;
mod search_entries;
mod share;
mod strategy_page;

use super::{Page, PageKind, Url, ViewBuilder, address, plan};
use crate::content::DiskSource;
use crate::diagnostic::Severity;
use crate::model::Report;
use crate::site::view::{KeyFigure, NodeView, SheetView, StrategyView, View};
use crate::texts::InterfaceTexts;
use crate::theme::Theme;
use crate::workspace::{self, AnalysisOptions};

/// Report of a content folder with these files; panics on errors in the content.
fn report(files: &[(&str, &str)]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let loaded = workspace::analyze(&DiskSource::new(folder.path()), &[], &AnalysisOptions::default()).unwrap();
    let errors = loaded.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
    let errors: Vec<_> = errors.map(|error| &error.message.en).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    loaded.report
}

const STRATEGY: (&str, &str) = (
    "a/strategy.toml",
    r#"
title = "甲市総合戦略"
publisher = "甲市"
missing = ["-"]
[[edition]]
id = "2018"
label = "平成30年度"
year = "H30"
[[edition]]
id = "2019"
label = "令和元年度"
year = "R1"
[[scale]]
id = "status"
title = "進み具合"
of = ["policy", "program"]
marks = [{ mark = "◎", spoken = "二重丸", meaning = "順調", tone = "good" }, { mark = "×", tone = "poor" }]
"#,
);
const GOAL: (&str, &str) = ("a/goals/1/goal.md", "+++\nname = \"目標の一\"\nnumber = \"1\"\n+++\n");
const POLICY: (&str, &str) = (
    "a/policies/1/policy.md",
    r#"+++
name = "施策の一"
number = "1-1"
goal = "1"
department = "企画課"
[[indicator]]
id = "visitors"
name = "観光客数"
unit = "千人"
baseline = "H29"
[[program]]
id = "road"
[[program]]
id = "park"
years = ["R1"]
+++
"#,
);
const ROAD: (&str, &str) = ("a/programs/road/program.md", "+++\nname = \"道路\"\n+++\n");
const PARK: (&str, &str) = ("a/programs/park/program.md", "+++\nname = \"公園\"\n+++\n");

/// Report of a small strategy with additional or replaced files.
fn with(files: &[(&str, &str)]) -> Report {
    let mut all = vec![STRATEGY, GOAL, POLICY, ROAD, PARK];
    all.retain(|(path, _)| files.iter().all(|(other, _)| other != path));
    all.extend(files);
    report(&all)
}

fn paths(report: &Report) -> Vec<String> {
    plan(report).iter().map(|page| page.url.path().to_owned()).collect()
}

/// Passes the view of the page at `path` to `check`.
fn with_view<T>(report: &Report, path: &str, check: impl FnOnce(View<'_>) -> T) -> T {
    let pages = plan(report);
    let page = pages.iter().find(|page| page.url.path() == path).unwrap();
    check(ViewBuilder::new(report, &InterfaceTexts::for_site(&report.site)).view(page))
}

fn node<T>(report: &Report, path: &str, check: impl FnOnce(NodeView<'_>) -> T) -> T {
    with_view(report, path, |view| if let View::Node(view) = view { check(view) } else { panic!("{path}: not a node") })
}

fn sheet<T>(report: &Report, path: &str, check: impl FnOnce(SheetView<'_>) -> T) -> T {
    with_view(
        report,
        path,
        |view| if let View::Sheet(view) = view { check(view) } else { panic!("{path}: not a sheet") },
    )
}

fn strategy<T>(report: &Report, path: &str, check: impl FnOnce(StrategyView<'_>) -> T) -> T {
    with_view(
        report,
        path,
        |view| if let View::Strategy(view) = view { check(view) } else { panic!("{path}: no strategy") },
    )
}

/// HTML of the page at `path`.
fn rendered(report: &Report, path: &str) -> String {
    let theme = Theme::load(&report.site, &[]).unwrap();
    with_view(report, path, |view| {
        String::from_utf8(theme.render_page(&view, &mut Vec::new()).unwrap().into_owned()).unwrap()
    })
}

#[test]
fn plans_pages_of_nodes_and_permalink_pages_of_sheets() {
    let report = with(&[("a/policies/1/2019.md", "+++\n+++\n"), ("a/programs/road/2018.md", "+++\n+++\n")]);
    let expected = [
        "index.html",
        "search.html",
        "404.html",
        "a/index.html",
        "a/goals/1.html",
        "a/policies/1.html",
        "a/policies/1/2019.html",
        "a/programs/park.html",
        "a/programs/road.html",
        "a/programs/road/2018.html",
        "a/editions/2018.html",
        "a/editions/2019.html",
        "a/indicators.html",
        "a/programs.html",
        "a/departments.html",
        "a/data.html",
        "a/print.html",
    ];
    assert_eq!(paths(&report), expected);
}

#[test]
fn redirects_current_and_permalink_pages_of_former_ids() {
    let road = ("a/programs/road/program.md", "+++\nname = \"道路\"\nformerly = [\"street\"]\n+++\n");
    let report = with(&[road, ("a/programs/road/2018.md", "+++\n+++\n")]);
    let redirects: Vec<(String, String)> = plan(&report)
        .into_iter()
        .filter_map(|Page { url, kind }| match kind {
            PageKind::Redirect { to, .. } => Some((url.path().to_owned(), to.path().to_owned())),
            _ => None,
        })
        .collect();
    let expected = [
        ("a/programs/street.html", "a/programs/road.html"),
        ("a/programs/street/2018.html", "a/programs/road/2018.html"),
    ];
    assert_eq!(redirects, expected.map(|(from, to)| (from.to_owned(), to.to_owned())));
    assert!(rendered(&report, "a/programs/street.html").contains("content=\"0; url=road.html\""));
}

#[test]
fn omits_drafts_from_all_pages() {
    let strategy = STRATEGY.1.replace("label = \"令和元年度\"", "label = \"下書きの版\"\ndraft = true");
    let sheet = "+++\n[indicator.visitors]\nactual.R1 = 987\n+++\n## 実績\nまだ秘密\n";
    let report = with(&[(STRATEGY.0, &strategy), ("a/policies/1/2019.md", sheet)]);
    for page in plan(&report) {
        let html = rendered(&report, page.url.path());
        for secret in ["987", "秘密", "下書きの版", "2019.html"] {
            assert!(!html.contains(secret), "{secret} on {}", page.url);
        }
    }
}

#[test]
fn outline_has_pages_but_no_sheets() {
    let outline = "title = \"概要\"\npublisher = \"甲市\"\noutline = true\n[[goal]]\nid = \"x\"\nname = \"目標\"\n";
    let report = report(&[("b/strategy.toml", outline)]);
    assert_eq!(paths(&report), ["index.html", "search.html", "404.html", "b/index.html", "b/goals/x.html"]);
    assert!(strategy(&report, "b/index.html", |page| page.outline));
}

#[test]
fn current_page_merges_editions_and_permalink_page_does_not() {
    let before = "+++\n[indicator.visitors]\nactual.H29 = \"10\"\nactual.H30 = \"12\"\n+++\n## 実績\n前の言葉\n";
    let after = "+++\n[indicator.visitors]\nactual.H30 = \"13\"\nactual.R1 = \"14\"\n+++\n## 実績\n後の言葉\n";
    let report = with(&[("a/policies/1/2018.md", before), ("a/policies/1/2019.md", after)]);
    let values = |page: &crate::site::view::SheetContentView<'_>| -> Vec<String> {
        let actual = page.indicators[0].lines.iter().filter_map(|line| line.actual.as_ref());
        actual.map(|value| value.printed.to_owned()).collect()
    };
    node(&report, "a/policies/1.html", |page| {
        assert_eq!(values(&page.sheet_content), ["10", "13", "14"]);
        assert_eq!(page.sheet_content.indicators[0].revisions.len(), 1);
        assert_eq!(page.sheet_content.prose.unwrap().edition, "令和元年度");
        assert_eq!(page.sheets.iter().map(|sheet| sheet.edition).collect::<Vec<_>>(), ["令和元年度", "平成30年度"]);
    });
    sheet(&report, "a/policies/1/2018.html", |page| {
        assert_eq!(values(&page.sheet_content), ["10", "12"]);
        assert!(page.sheet_content.indicators[0].revisions.is_empty());
        assert_eq!(page.address, "a/policies/1/2018.html");
        assert_eq!(page.current_page, "../1.html");
    });
    let html = rendered(&report, "a/policies/1/2018.html");
    assert!(html.contains("前の言葉") && !html.contains("後の言葉"));
}

#[test]
fn shows_values_as_printed_with_notes_and_years() {
    let sheet = r#"+++
[indicator.visitors]
actual.H29 = { value = "17,453 (H22)", note = "国勢調査の年" }
actual.H30 = "-"
actual.R1 = "▲12.50"
target.end = "90%以上"
unplaced = ["88.1 [H30]"]
+++
"#;
    let report = with(&[("a/policies/1/2019.md", sheet)]);
    node(&report, "a/policies/1.html", |page| {
        let indicator = &page.sheet_content.indicators[0];
        let [first, second, third, end] = &indicator.lines[..] else { panic!("{:#?}", indicator.lines) };
        let value = first.actual.as_ref().unwrap();
        assert!(first.baseline);
        assert_eq!((value.printed, value.qualifiers.note), ("17,453 (H22)", Some("国勢調査の年")));
        assert_eq!(value.qualifiers.measured.as_deref(), Some("平成22年度"));
        assert!(second.actual.as_ref().is_some_and(|value| value.missing && value.printed == "-"));
        assert_eq!(third.actual.as_ref().unwrap().printed, "▲12.50");
        assert_eq!((&end.year, end.target.as_ref().unwrap().printed), (&None, "90%以上"));
        assert_eq!(indicator.unplaced[0].printed, "88.1 [H30]");
    });
}

/// Text content of the part of a page from `opening` to `end`.
fn text_content(html: &str, opening: &str, end: &str) -> Option<String> {
    let part = html.split(opening).nth(1)?.split(end).next()?;
    Some(part.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text.trim()).collect())
}

/// Title of the chart and the text on differences next to it.
fn chart_texts(declared: &str, figures: &str, lang: &str) -> [Option<String>; 2] {
    let policy = POLICY.1.replace("unit = \"千人\"", declared);
    let sheet = format!("+++\n[indicator.visitors]\n{figures}\n+++\n");
    let site = format!("title = \"しるべ\"\nlang = \"{lang}\"\n");
    let report = with(&[("site.toml", &site), (POLICY.0, &policy), ("a/policies/1/2019.md", &sheet)]);
    let html = rendered(&report, "a/policies/1.html");
    let title = text_content(&html, "<span class=\"chart-title\"", "</figure>").map(|visible| {
        let title = text_content(&html, "<title id=", "<desc").unwrap();
        // Texts of the report within an English sentence are wrapped in separate elements.
        assert!(visible.replace(' ', "").starts_with(&title.replace(' ', "")), "{title} | {visible}");
        title
    });
    let permalink = rendered(&report, "a/policies/1/2019.html");
    assert!(!permalink.contains("class=\"differences\""), "a permalink page shows only printed values");
    [title, text_content(&html, "<div class=\"differences\"", "</div>")]
}

#[test]
fn chart_title_and_text_on_differences_do_not_overlap() {
    let check = |declared: &str, figures: &str, title: &str, text: &str| {
        let [found_title, differences] = chart_texts(declared, figures, "ja");
        assert_eq!(found_title.as_deref().unwrap_or("no chart"), title, "{declared} | {figures}");
        assert_eq!(differences.as_deref().unwrap_or_default(), text, "{declared} | {figures}");
    };
    let higher = "unit = \"千人\"\nbetter = \"higher\"";
    check(
        higher,
        "actual.H29 = \"1,394\"\nactual.R1 = \"1,806\"\ntarget.end = \"1,960 (R2)\"",
        "令和元年度は1,806千人、令和2年度の目標の1,960千人まであと154千人",
        "基準値（平成29年度）の1,394千人を412千人上回っています。",
    );
    check(
        higher,
        "actual.H29 = 10\nactual.R1 = 12",
        "no chart",
        "令和元年度は12千人です。基準値（平成29年度）の10千人を2千人上回っています。",
    );
    check(higher, "target.R2 = 12", "no chart", "");
    check(
        higher,
        "actual.H29 = 10\nactual.H30 = 11\nactual.R1 = 12",
        "令和元年度は12千人、平成29年度の基準値の10千人を2千人上回る",
        "前回（平成30年度）の11千人を1千人上回っています。",
    );
    check(
        "unit = \"%\"",
        "actual.R1 = \"83.3%\"\ntarget.R1 = 100",
        "令和元年度は83.3%、目標の100%を16.7ポイント下回る",
        "",
    );
    check(
        "unit = \"件\"\nbetter = \"lower\"",
        "actual.R1 = 581\ntarget.R3 = 580",
        "令和元年度は581件、令和3年度の目標の580件まであと1件の減",
        "",
    );
    check(
        "unit = \"件\"\nbetter = \"lower\"",
        "actual.R1 = \"581 件\"\ntarget.R1 = \"580 件\"",
        "令和元年度は581件、目標の580件を1件上回る",
        "",
    );
    check("unit = \"回\"", "actual.R1 = 15\ntarget.R1 = \"12以上\"", "令和元年度は15回、目標の12回以上を満たす", "");
    check("unit = \"回\"", "actual.R1 = 12\ntarget.R1 = \"12超\"", "令和元年度は12回、目標は12回超", "");
    check(
        higher,
        "actual.R1 = \"5 (H29/R1)\"\ntarget.end = \"9 (H30/R2)\"",
        "平成29年度～令和元年度は5千人、平成30年度～令和2年度の目標の9千人まであと4千人",
        "比較した値は、対象期間がそれぞれ異なります。",
    );
    check(
        higher,
        "actual.R1 = \"5 (H30)\"\ntarget.R1 = 9",
        "平成30年度は5千人、令和元年度の目標の9千人まであと4千人",
        "令和元年度の欄には、平成30年度の値が記載されています。",
    );
    check(higher, "actual.R1 = \"5 (H27/R1)\"\ntarget.end = 9", "no chart", "");
    check(
        higher,
        "actual.R1 = 22\ntarget.end = { value = 400, note = \"累計かもしれない\" }",
        "令和元年度は22千人、目標（計画期間末）は400千人",
        "",
    );
    check(higher, "actual.R1 = 22\ntarget.R1 = \"約30\"", "令和元年度は22千人、目標は約30千人", "");
    check(
        higher,
        "actual.R1 = { value = 22, estimated = \"推計\" }\ntarget.R2 = \"約30\"",
        "令和元年度は22千人（推計）、目標（令和2年度）は約30千人",
        "",
    );
    let [english, _] = chart_texts(higher, "actual.R1 = \"1,806\"\ntarget.end = \"1,960 (R2)\"", "en");
    assert_eq!(english.unwrap(), "1,806千人 in FY2019; still 154 千人 short of the target for FY2020, 1,960千人");
}

#[test]
fn shows_formula_of_declared_method_and_published_mark() {
    let method = r#"
[[scale]]
id = "grade"
title = "達成度"
of = ["indicator"]
marks = [{ mark = "A" }, { mark = "B" }]
[[method]]
id = "ratio"
kind = "ratio"
default = true
scale = "grade"
bands = [{ from = 100, mark = "A" }, { mark = "B" }]
note = "評価要領による"
"#;
    let strategy = format!("{}{method}", STRATEGY.1);
    let shown = |figures: &str| {
        let sheet = format!("+++\n[indicator.visitors]\n{figures}\n+++\n");
        let report = with(&[(STRATEGY.0, &strategy), ("a/policies/1/2019.md", &sheet)]);
        ["a/policies/1.html", "a/policies/1/2019.html"].map(|page| rendered(&report, page))
    };
    for html in shown("actual.R1 = 97\ntarget.R1 = 100\ngrade = \"A\"") {
        let parts = [
            "当サイト算出",
            "達成率 = 実績値 ÷ 目標値 = 97 ÷ 100 = 97.0%",
            "計算による区分は「B」、公表された評価は「A」で、異なります。",
            "評価要領による",
            "甲市が定めた方法により当サイトで算出したもの",
        ];
        parts.iter().for_each(|part| assert!(html.contains(part), "{part}"));
    }
    for html in shown("actual.R1 = 97\ntarget.R1 = 0") {
        assert!(html.contains("目標値が0のため、率を算出できません。"));
    }
}

#[test]
fn shows_interim_figures_with_their_date() {
    let strategy = STRATEGY.1.replace(
        "year = \"R1\"",
        "year = \"R1\"\nstage = \"interim\"\nas_of = { value = \"2019-09-30\", estimated = true, note = \"文中から\" }",
    );
    let sheet = "+++\n[indicator.visitors]\nactual.H30 = 5\nactual.R1 = 7\n+++\n";
    let report = with(&[(STRATEGY.0, &strategy), ("a/policies/1/2019.md", sheet)]);
    node(&report, "a/policies/1.html", |page| {
        let lines = &page.sheet_content.indicators[0].lines;
        let interim: Vec<bool> = lines.iter().map(|line| line.actual.as_ref().unwrap().qualifiers.interim).collect();
        assert_eq!(interim, [false, true], "the previous year has ended");
        let value = lines[1].actual.as_ref().unwrap();
        assert_eq!(
            (value.qualifiers.as_of.as_deref(), value.qualifiers.as_of_inferred),
            (Some("令和元年9月30日"), true)
        );
    });
}

#[test]
fn shows_marks_with_meaning_and_spoken_form() {
    let report = with(&[("a/policies/1/2019.md", "+++\n[judgement]\nstatus = \"◎\"\n+++\n")]);
    let html = rendered(&report, "a/policies/1.html");
    for part in ["tone-good", "◎", "二重丸", "順調", "index.html#scale-status", "進み具合"] {
        assert!(html.contains(part), "{part}");
    }
}

#[test]
fn places_a_mark_among_those_of_its_scale() {
    let html = |mark: &str, marks: &str| {
        let declared = STRATEGY.1.lines().find(|line| line.starts_with("marks")).unwrap();
        let strategy = STRATEGY.1.replace(declared, marks);
        let sheet = format!("+++\n[judgement]\nstatus = {mark}\n+++\n");
        rendered(&with(&[(STRATEGY.0, &strategy), ("a/policies/1/2019.md", &sheet)]), "a/policies/1.html")
    };
    let letters = r#"marks = [{ mark = "A" }, { mark = "B" }, { mark = "C" }]"#;
    let graded = html("\"B\"", letters);
    let order: Vec<_> = ["<span data-mark=\"A\"></span>", "</svg>B", "<span data-mark=\"C\"></span>"]
        .map(|part| graded.find(part))
        .to_vec();
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{order:?}");
    assert!(!graded.contains("data-mark=\"B\""));
    for (mark, marks) in [
        ("[\"A\", \"B\"]", letters),
        ("\"単独\"", r#"marks = [{ mark = "単独" }, { mark = "補助" }]"#),
        (
            "\"おおむね計画どおりに進んでいる\"",
            r#"marks = [{ mark = "おおむね計画どおりに進んでいる", tone = "good" }, { mark = "遅れ", tone = "poor" }]"#,
        ),
    ] {
        assert!(!html(mark, marks).contains("data-mark"), "{marks}");
    }
    let toned = html("\"D\"", r#"marks = [{ mark = "C", tone = "fair" }, { mark = "D", tone = "poor" }]"#);
    assert!(toned.contains("D<span class=\"visually-hidden\">（不十分）</span>"));
}

#[test]
fn reports_lost_marks_on_every_sheet_of_the_scale() {
    let strategy = STRATEGY.1.replace("title = \"進み具合\"", "title = \"進み具合\"\nlost = \"印が読めない\"");
    let report = with(&[(STRATEGY.0, &strategy), ("a/programs/road/2019.md", "+++\n+++\n")]);
    let lost = node(&report, "a/programs/road.html", |page| {
        page.sheet_content.judgements[0].judgements[0].given[0].lost.map(str::to_owned)
    });
    assert_eq!(lost.as_deref(), Some("印が読めない"));
    assert!(node(&report, "a/programs/park.html", |page| page.sheet_content.judgements.is_empty()), "no sheet");
}

#[test]
fn key_figures_pair_latest_value_with_target_of_its_year() {
    let policy = "+++\nname = \"施策\"\ngoal = \"1\"\n[[indicator]]\nid = \"a\"\nname = \"回数\"\nunit = \"回\"\n\
                  [[indicator]]\nid = \"b\"\nname = \"満足度\"\nunit = \"%\"\n\
                  [[indicator]]\nid = \"c\"\nname = \"状態\"\nkind = \"words\"\n+++\n";
    let sheet = "+++\n[indicator.a]\nactual.R1 = 3\ntarget.R1 = 5\ntarget.R3 = 9\n\
                 [indicator.b]\nactual.H30 = \"88.1% (H29)\"\ntarget.end = \"90以上\"\n\
                 [indicator.c]\nactual.R1 = \"よい\"\n+++\n";
    let report = with(&[("a/policies/3/policy.md", policy), ("a/policies/3/2019.md", sheet)]);
    let text =
        |key: &KeyFigure<'_>| format!("{}{} {:?}", key.figure, key.unit.as_deref().unwrap_or_default(), key.when);
    node(&report, "a/policies/3.html", |page| {
        let keys: Vec<Vec<String>> = (page.sheet_content.indicators.iter())
            .map(|i| i.key_figures.iter().flat_map(|key| [&key.latest, &key.target]).flatten().map(text).collect())
            .collect();
        let expected: [&[&str]; 3] = [
            &["3回 Some(\"令和元年度\")", "5回 Some(\"令和元年度\")"],
            &["88.1% Some(\"平成29年度\")", "90%以上 None"],
            &[],
        ];
        assert_eq!(keys, expected);
        assert!(page.sheet_content.key_money.is_none());
    });
}

#[test]
fn previous_and_next_pages_follow_the_tree() {
    let report = with(&[]);
    node(&report, "a/programs/road.html", |page| {
        assert_eq!(page.layout.previous, None);
        assert_eq!(page.layout.next.unwrap().href.as_deref(), Some("park.html"));
        let breadcrumb: Vec<_> = page.layout.breadcrumb.iter().filter_map(|step| step.href.as_deref()).collect();
        assert_eq!(breadcrumb, ["../index.html", "../goals/1.html", "../policies/1.html"]);
    });
}

#[test]
fn names_unpublished_nodes_without_a_link() {
    let outside = format!("{}\n[[outside]]\nid = \"policy:9-9\"\nname = \"よその施策\"\n", STRATEGY.1);
    let road = "+++\nname = \"道路\"\nlinks = [\"policy:9-9\"]\n+++\n";
    let report = with(&[(STRATEGY.0, &outside), ("a/programs/road/program.md", road)]);
    node(&report, "a/programs/road.html", |page| {
        let link = &page.relations.unwrap().links[0];
        assert_eq!((link.href.as_ref(), link.number, link.name), (None, Some("9-9"), Some("よその施策")));
    });
    assert!(rendered(&report, "a/programs/road.html").contains("この資料に掲載なし"));
}

#[test]
fn shows_links_between_nodes_at_both_ends() {
    let road = "+++\nname = \"道路\"\n+++\n[公園](program:park)も見る。\n";
    let report = with(&[("a/programs/road/program.md", road)]);
    let html = rendered(&report, "a/programs/road.html");
    assert!(html.contains("<a href=\"park.html\""), "{html}");
    node(&report, "a/programs/park.html", |page| {
        assert_eq!(page.relations.unwrap().mentioned_by[0].name, Some("道路"));
    });
}

#[test]
fn links_glossary_terms_once_per_page() {
    let glossary = "[[term]]\nterm = \"協働\"\nmeaning = \"ともに働くこと。\"\n[[term]]\nterm = \"決算額\"\nmeaning = \"使った額。\"\n";
    let road = "+++\nname = \"協働の道路\"\n+++\n協働と協働。\n";
    let money = "+++\n[money]\nsettlement.R1 = 5\n+++\n";
    let report =
        with(&[("glossary.toml", glossary), ("a/programs/road/program.md", road), ("a/programs/road/2019.md", money)]);
    let html = rendered(&report, "a/programs/road.html");
    let anchors = address::term_anchors(&report.glossary);
    let link = |word: &str| format!("<a class=\"term\" href=\"../../{}\">{word}</a>", address::term(&anchors, word));
    assert!(html.contains(&format!("{}と協働。", link("協働"))), "{html}");
    assert!(html.contains(">決算額<") && !html.contains(&link("決算額")), "labels of the theme contain no links");
    for page in ["glossary.html", "a/print.html"] {
        assert!(!rendered(&report, page).contains("class=\"term\""), "{page}");
    }
}

#[test]
fn terms_with_similar_names_have_distinct_anchors() {
    let term = |name: &str| format!("[[term]]\nterm = \"{name}\"\nmeaning = \"意味\"\n");
    let glossary = ["A B", "A-B", "A-B-2", "A  B"].map(term).concat();
    let road = "+++\nname = \"道路\"\n+++\nA-B とする。\n";
    let report = with(&[("glossary.toml", &glossary), ("a/programs/road/program.md", road)]);
    with_view(&report, "glossary.html", |view| {
        let View::Glossary(page) = view else { panic!("not the glossary") };
        let anchors: Vec<_> = page.terms.iter().map(|term| (term.term, term.anchor.as_str())).collect();
        let expected = [("A B", "term-A-B"), ("A-B", "term-A-B-3"), ("A-B-2", "term-A-B-2"), ("A  B", "term-A-B-4")];
        assert_eq!(anchors, expected);
    });
    let html = rendered(&report, "a/programs/road.html");
    assert!(html.contains("href=\"../../glossary.html#term-A-B-3\">A-B</a>"), "{html}");
    let indexed: Vec<_> = crate::search::terms(&report).map(|entry| entry.url.to_string()).collect();
    assert_eq!(indexed, ["A-B", "A-B-3", "A-B-2", "A-B-4"].map(|anchor| format!("glossary.html#term-{anchor}")));
}

#[test]
fn sheets_link_only_to_departments_on_the_overview() {
    let report = with(&[
        ("a/policies/1/2018.md", "+++\ndepartment = \"振興課\"\n+++\n"),
        ("a/policies/1/2019.md", "+++\ndepartment = \"観光課\"\n+++\n"),
    ]);
    let link = |path: &str| sheet(&report, path, |page| page.head.departments[0].href.clone());
    assert!(link("a/policies/1/2019.html").contains("departments.html#department-"));
    assert!(link("a/policies/1/2018.html").ends_with("departments.html"), "no node is assigned to 振興課 any more");
}

#[test]
fn separates_municipalities_of_the_same_name_on_the_home_page() {
    let strategy = |title: &str| format!("title = \"{title}\"\npublisher = \"府中市\"\n");
    let (first, second, third) = (strategy("総合計画"), strategy("環境計画"), strategy("総合戦略"));
    let files = [
        ("fuchu-hiroshima/a/strategy.toml", first.as_str()),
        ("fuchu-hiroshima/b/strategy.toml", &second),
        ("fuchu-tokyo/strategy.toml", &third),
    ];
    with_view(&report(&files), "index.html", |view| {
        let View::Home(page) = view else { panic!("not the home page") };
        let titles = page.publishers.iter().map(|publisher| publisher.strategies.iter().map(|s| s.title).collect());
        let titles: Vec<Vec<&str>> = titles.collect();
        assert_eq!(titles, [vec!["総合計画", "環境計画"], vec!["総合戦略"]]);
    });
}

#[test]
fn revised_targets_are_shown_alike_in_indicators_and_changes() {
    let figures = |target: &str| format!("+++\n[indicator.visitors]\ntarget.R1 = \"{target}\"\n+++\n");
    let (before, after) = (figures("10 (R1)"), figures("12 (R1)"));
    let report = with(&[("a/policies/1/2018.md", &before), ("a/policies/1/2019.md", &after)]);
    node(&report, "a/policies/1.html", |page| {
        let revision = &page.sheet_content.indicators[0].revisions[0];
        let change = &page.changes.as_ref().unwrap().targets[0];
        assert_eq!((&revision.before, &revision.after), (&change.before, &change.after));
        assert_eq!(revision.after.qualifiers.measured, None, "the year of its column");
    });
}

#[test]
fn departments_with_similar_names_have_distinct_anchors() {
    let declared = format!("{}\n[[department]]\nname = \"こども 課\"\n", STRATEGY.1);
    let road = "+++\nname = \"道路\"\ndepartment = \"こども-課\"\n+++\n";
    let park = "+++\nname = \"公園\"\ndepartment = \"こども 課\"\n+++\n";
    let report = with(&[(STRATEGY.0, &declared), (ROAD.0, road), (PARK.0, park)]);
    with_view(&report, "a/departments.html", |view| {
        let View::Departments(page) = view else { panic!("not the overview of departments") };
        let anchors: Vec<_> = page.departments.iter().map(|d| (d.name, d.anchor.as_str())).collect();
        let expected = [
            ("こども 課", "department-こども-課"),
            ("企画課", "department-企画課"),
            ("こども-課", "department-こども-課-2"),
        ];
        assert_eq!(anchors, expected);
    });
    let link = |path: &str| node(&report, path, |page| page.head.departments[0].href.clone());
    let hrefs = [link("a/programs/road.html"), link("a/programs/park.html")];
    let on_page = |anchor: &str| Url::new("a/departments.html").with_fragment(anchor);
    let expected = ["department-こども-課-2", "department-こども-課"].map(on_page);
    assert_eq!(hrefs, expected.map(|url| url.relative_to(&Url::new("a/programs/x.html"))));
}

#[test]
fn escapes_markup_in_names_and_texts() {
    let road = "+++\nname = \"<b>道路</b> & \\\"橋\\\"\"\n+++\n<script>alert(1)</script>\n";
    let report = with(&[("a/programs/road/program.md", road)]);
    for page in plan(&report) {
        let html = rendered(&report, page.url.path());
        assert!(!html.contains("<b>") && !html.contains("<script>"), "{}", page.url);
    }
}
