//! Views of one strategy over four editions, one of them an interim report: merged series, pages of single editions,
//! and the changes of each edition.
//!
//! In `fixtures/editions` a figure is revised, a target is changed, a program is renamed, one is split in two, and one
//! ends.

use shirube::internals::{
    AnalysisOptions, ChangesView, DiskSource, EditionPageView, FigureChange, InterfaceTexts, NodeView, PageKind,
    RefView, Report, Severity, Theme, ValueView, View, ViewBuilder, analyze, plan,
};
use std::path::Path;
use std::sync::LazyLock;

static REPORT: LazyLock<Report> = LazyLock::new(|| {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/editions");
    let loaded = analyze(&DiskSource::new(&content), &[], &AnalysisOptions::default()).unwrap();
    let errors = loaded.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
    assert_eq!(errors.map(|diagnostic| &diagnostic.message.en).collect::<Vec<_>>(), Vec::<&String>::new());
    loaded.report
});

fn with_view<T>(path: &str, check: impl FnOnce(View<'_>) -> T) -> T {
    let pages = plan(&REPORT);
    let page = pages.iter().find(|page| page.url.path() == path).unwrap_or_else(|| panic!("no page {path}"));
    check(ViewBuilder::new(&REPORT, &InterfaceTexts::for_site(&REPORT.site)).view(page))
}

fn edition<T>(id: &str, check: impl FnOnce(EditionPageView<'_>) -> T) -> T {
    with_view(&format!("sato/editions/{id}.html"), |view| match view {
        View::Edition(page) => check(page),
        _ => panic!("{id} is not an edition"),
    })
}

fn changes<T>(id: &str, check: impl FnOnce(ChangesView<'_>) -> T) -> T {
    edition(id, |page| check(page.changes.unwrap()))
}

fn current<T>(path: &str, check: impl FnOnce(NodeView<'_>) -> T) -> T {
    with_view(path, |view| if let View::Node(page) = view { check(page) } else { panic!("{path} is not a node") })
}

fn rendered(path: &str) -> String {
    let theme = Theme::load(&REPORT.site, &[]).unwrap();
    with_view(path, |view| String::from_utf8(theme.render_page(&view, &mut Vec::new()).unwrap().into_owned()).unwrap())
}

fn transition(before: &ValueView<'_>, after: &ValueView<'_>) -> String {
    format!("{} → {}", before.printed, after.printed)
}

fn transitions(changes: &[FigureChange<'_>]) -> Vec<String> {
    changes.iter().map(|change| transition(&change.before, &change.after)).collect()
}

fn names<'a>(refs: &[RefView<'a>]) -> Vec<&'a str> {
    refs.iter().filter_map(|r| r.name).collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn current_page_shows_newest_values_and_revisions() {
    current("sato/policies/iju.html", |page| {
        let indicator = &page.sheet_content.indicators[0];
        let actual = indicator.lines.iter().filter_map(|line| line.actual.as_ref());
        let expected = [("40", false), ("49", false), ("61", false), ("73", false)];
        assert_eq!(actual.map(|value| (value.printed, value.qualifiers.interim)).collect::<Vec<_>>(), expected);
        assert_eq!(indicator.key_figures.as_ref().unwrap().target.as_ref().unwrap().value.printed, "100");
        let revised = indicator.revisions.iter().map(|revision| transition(&revision.before, &revision.after));
        assert_eq!(revised.collect::<Vec<_>>(), ["52 → 49", "80 → 100", "30 → 73"]);
        let sheets: Vec<_> = page.sheets.iter().map(|sheet| sheet.href.as_str()).collect();
        assert_eq!(sheets, ["iju/2022.html", "iju/2022-interim.html", "iju/2021.html", "iju/2020.html"]);
    });
}

#[test]
fn interim_sheet_keeps_its_page_and_figure() {
    with_view("sato/policies/iju/2022-interim.html", |view| {
        let View::Sheet(page) = view else { panic!("not a sheet") };
        let value = page.sheet_content.indicators[0].lines[0].actual.as_ref().unwrap();
        assert_eq!(
            (value.printed, value.qualifiers.interim, value.qualifiers.as_of.as_deref()),
            ("30", true, Some("9月末"))
        );
        assert!(page.sheet_content.indicators[0].revisions.is_empty());
    });
    with_view("sato/policies/iju/2020.html", |view| {
        let View::Sheet(page) = view else { panic!("not a sheet") };
        assert_eq!(
            page.sheet_content.indicators[0].key_figures.as_ref().unwrap().latest.as_ref().unwrap().value.printed,
            "52"
        );
    });
}

#[test]
fn changes_separate_figures_targets_and_completed_values() {
    changes("2021", |changes| {
        assert_eq!(
            (changes.before, transitions(&changes.figures)),
            ("令和2年度 検証シート", vec!["52 → 49".to_owned()])
        );
        assert_eq!((transitions(&changes.targets), transitions(&changes.completed)), (vec![], vec![]));
    });
    changes("2022-interim", |changes| {
        assert_eq!(transitions(&changes.targets), ["80 → 100"]);
        assert_eq!(transitions(&changes.figures), NOTHING);
    });
    changes("2022", |changes| {
        assert_eq!(
            (changes.before, transitions(&changes.completed)),
            ("令和4年度 中間報告", vec!["30 → 73".to_owned()])
        );
        assert_eq!((transitions(&changes.figures), transitions(&changes.targets)), (vec![], vec![]));
    });
}

#[test]
fn changed_marks_are_listed_with_the_previous_mark() {
    changes("2021", |changes| {
        let [change] = &changes.marks[..] else { panic!("{:#?}", changes.marks) };
        let marks = (change.before.marks[0].mark, change.after.marks[0].mark);
        assert_eq!(
            (change.of.name, &*change.column.scale, marks),
            (Some("移住フェア出展"), "今後の方向性", ("継続", "終了"))
        );
    });
}

#[test]
fn lists_new_ended_split_and_renamed_programs() {
    changes("2022", |changes| {
        assert_eq!(changes.compared, Some("令和3年度 検証シート"), "the interim report covers no programs");
        let new = changes.new.iter().map(|new| (new.program.name.unwrap(), names(&new.succeeds)));
        let expected = [("移住相談窓口事業", vec!["移住相談事業"]), ("お試し居住事業", vec!["移住相談事業"])];
        assert_eq!(new.collect::<Vec<_>>(), expected);
        let gone = changes.gone.iter().map(|gone| (gone.program.name.unwrap(), names(&gone.succeeded_by)));
        let expected = [("移住相談事業", vec!["お試し居住事業", "移住相談窓口事業"]), ("移住フェア出展", vec![])];
        assert_eq!(gone.collect::<Vec<_>>(), expected);
        let renamed = changes.renamed.iter().map(|renamed| (renamed.before, renamed.after));
        assert_eq!(renamed.collect::<Vec<_>>(), [("空き家バンク事業", "空き家活用事業")]);
    });
    changes("2021", |changes| assert!(changes.new.is_empty() && changes.gone.is_empty() && changes.renamed.is_empty()));
    changes("2022-interim", |changes| {
        assert!(changes.compared.is_none() && changes.new.is_empty() && changes.gone.is_empty());
    });
}

#[test]
fn edition_page_counts_marks_and_links_sheets() {
    edition("2021", |page| {
        let [spread] = &page.distributions[..] else { panic!("{:#?}", page.distributions) };
        let counted = spread.parts.iter().map(|part| &part.group);
        let counted = counted.map(|group| (group.mark.as_ref().map(|mark| mark.mark), group.members.len()));
        assert_eq!(counted.collect::<Vec<_>>(), [(Some("継続"), 2), (Some("終了"), 1)]);
        assert_eq!((spread.label, spread.total, spread.has_multiple_marks), (Some("事務事業"), 3, false));
        let sheets = page.sheets.iter().map(|sheets| (sheets.label, sheets.lines.len()));
        assert_eq!(sheets.collect::<Vec<_>>(), [("施策", 1), ("事務事業", 3)]);
        assert_eq!(page.sheets[0].lines[0].node.href.as_deref(), Some("../policies/iju/2021.html"));
    });
    assert!(edition("2020", |page| page.changes.is_none()), "the first edition has no changes");
}

#[test]
fn strategy_and_sheets_link_to_editions() {
    assert!(rendered("sato/index.html").contains("href=\"editions/2022-interim.html\""));
    assert!(rendered("sato/programs/fair/2021.html").contains("href=\"../../editions/2021.html\""));
    let html = rendered("sato/editions/2022.html");
    for part in ["空き家バンク事業", "確定した値（前回は途中経過）", "令和3年度 検証シート</a>"]
    {
        assert!(html.contains(part), "{part}");
    }
}

#[test]
fn former_id_redirects_for_the_program_and_its_sheets() {
    let redirects = plan(&REPORT).into_iter().filter_map(|page| match page.kind {
        PageKind::Redirect { to, .. } => Some(format!("{} → {to}", page.url)),
        _ => None,
    });
    let sheet =
        |edition| format!("sato/programs/akiya-bank/{edition}.html → sato/programs/akiya-katsuyo/{edition}.html");
    let mut expected = vec!["sato/programs/akiya-bank.html → sato/programs/akiya-katsuyo.html".to_owned()];
    expected.extend(["2020", "2021", "2022-interim", "2022"].map(sheet));
    assert_eq!(redirects.collect::<Vec<_>>(), expected);
}
