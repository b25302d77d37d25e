//! Tests of the lists of programs and indicators: reasons, rows on narrow screens, statements on failure.

use super::{PARK, POLICY, STRATEGY, rendered, with, with_view};
use crate::model::Report;
use crate::site::view::{IndicatorsView, ProgramsView, View};

fn programs<T>(report: &Report, check: impl FnOnce(ProgramsView<'_>) -> T) -> T {
    with_view(report, "a/programs.html", |view| match view {
        View::Programs(view) => check(view),
        _ => panic!("not the list of programs"),
    })
}

fn indicators<T>(report: &Report, check: impl FnOnce(IndicatorsView<'_>) -> T) -> T {
    with_view(report, "a/indicators.html", |view| match view {
        View::Indicators(view) => check(view),
        _ => panic!("not the list of indicators"),
    })
}

/// Heading and first sentence that the list quotes for the road, whose sheet has this mark and text.
fn reason_of_road(sections: &str, mark: &str, text: &str) -> Option<(String, String)> {
    let strategy = format!("{}{sections}", STRATEGY.1);
    let road = format!("+++\n[judgement]\nstatus = \"{mark}\"\n+++\n{text}");
    let report = with(&[(STRATEGY.0, &strategy), ("a/programs/road/2019.md", &road)]);
    programs(&report, |page| {
        let reason = page.programs[0].reason.as_ref();
        reason.map(|reason| (reason.title.to_owned(), reason.sentence.clone()))
    })
}

#[test]
fn quotes_the_section_that_explains_a_poor_mark() {
    let section = |title: &str, key: &str| format!("[[section]]\nof = [\"program\"]\ntitle = \"{title}\"\n{key}\n");
    let sections = section("実績", "required = \"always\"") + &section("差の理由", "required = \"on-gap\"");
    let declared = format!("{sections}{}", section("分析", "explains = \"status\""));
    let text = "## 実績\n\n3回。\n\n## 差の理由\n\n雨天。\n\n## 分析\n\n人手が足りない。来年は増やす。\n";
    let quoted = |title: &str, text: &str| Some((title.to_owned(), text.to_owned()));
    assert_eq!(reason_of_road(&declared, "×", text), quoted("分析", "人手が足りない。"), "the declared section");
    let without = text.split("## 分析").next().unwrap();
    assert_eq!(reason_of_road(&declared, "×", without), quoted("差の理由", "雨天。"), "else the one about a gap");
    assert_eq!(reason_of_road(&declared, "◎", text), None, "a good mark needs no reason");
    let results = section("実績", "required = \"always\"");
    assert_eq!(reason_of_road(&results, "×", "## 実績\n\n3回。\n"), None, "results are no reason");
}

#[test]
fn quotes_the_text_under_a_heading_that_is_the_mark() {
    let strategy = format!("{}[[section]]\nof = [\"program\"]\nscale = \"status\"\n", STRATEGY.1);
    let road = "+++\n+++\n## ◎\n\n終えた。\n\n## ×\n\n雪で遅れた。\n";
    let report = with(&[(STRATEGY.0, &strategy), ("a/programs/road/2019.md", road)]);
    programs(&report, |page| {
        let reason = page.programs[0].reason.as_ref().unwrap();
        assert_eq!((reason.title, reason.sentence.as_str()), ("×", "雪で遅れた。"));
    });
}

/// Strategy whose programs have the directions `directions`, each for two years; `-` is no direction.
fn directed(directions: &[(&str, &str)]) -> Report {
    let strategy = format!(
        "{}[[scale]]\nid = \"direction\"\ntitle = \"方向性\"\nof = [\"program\"]\nmarks = [{{ mark = \"拡充\" }}, {{ mark = \"維持\" }}]\n",
        STRATEGY.1.split("[[scale]]").next().unwrap()
    );
    let mut files = vec![(STRATEGY.0.to_owned(), strategy), (POLICY.0.to_owned(), POLICY.1.to_owned())];
    for (at, (first, second)) in directions.iter().enumerate() {
        let mark = |year: &str, mark: &str| match mark {
            "-" => String::new(),
            _ => format!("direction.{year} = \"{mark}\"\n"),
        };
        let sheet = format!("+++\n[judgement]\n{}{}+++\n", mark("R2", first), mark("R3", second));
        let name = format!("p{at:02}");
        files.push((format!("a/programs/{name}/program.md"), format!("+++\nname = \"{name}\"\n+++\n")));
        files.push((format!("a/programs/{name}/2019.md"), sheet));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    with(&files)
}

/// How narrow screens show the marks of the program `id`.
fn narrow(page: &ProgramsView<'_>, id: &str) -> String {
    let line = page.programs.iter().find(|line| line.id == id).unwrap();
    let cells = line.narrow.given.iter().map(|cell| format!("{cell:?}").to_lowercase());
    cells.collect::<Vec<_>>().join(",")
}

#[test]
fn states_once_what_nearly_all_rows_share() {
    // Two programs without sheets of their own are also rows.
    let mut directions = vec![("維持", "維持"); 60];
    directions.extend([("拡充", "拡充"), ("拡充", "維持"), ("-", "-")]);
    programs(&directed(&directions), |page| {
        let usual: Vec<_> = page.usual.iter().map(|usual| (&*usual.title, &*usual.value)).collect();
        assert_eq!(usual, [("方向性", "維持")], "the same in both years");
        assert_eq!(narrow(&page, "p00"), "usual,usual");
        assert_eq!(narrow(&page, "p60"), "once,again", "equal marks of two years are shown once");
        assert_eq!(narrow(&page, "p61"), "plain,usual");
        assert_eq!(narrow(&page, "p62"), "empty,empty", "no mark differs from the usual one");
    });
}

#[test]
fn states_nothing_once_if_a_tenth_of_the_rows_differ() {
    // With road and park, 16 rows of 20.
    let mut directions = vec![("維持", "維持"); 16];
    directions.extend([("拡充", "-"), ("-", "拡充")]);
    programs(&directed(&directions), |page| {
        assert_eq!(page.usual, []);
        assert_eq!(narrow(&page, "p00"), "once,again");
        assert_eq!(narrow(&page, "p16"), "plain,plain");
    });
    // A mark with a tone is never stated above the list only.
    let road = "+++\n[judgement]\nstatus = \"×\"\n+++\n";
    programs(&with(&[("a/programs/road/2019.md", road)]), |page| assert_eq!(page.usual, []));
}

#[test]
fn says_that_no_mark_names_a_failure_only_if_none_might() {
    let statement = |scales: &str| {
        let strategy = format!("{}{scales}", STRATEGY.1.split("[[scale]]").next().unwrap());
        programs(&with(&[(STRATEGY.0, &strategy)]), |page| page.without_failure.is_some())
    };
    let scale = |of: &str, more: &str| format!("[[scale]]\nid = \"x\"\ntitle = \"x\"\nof = [\"{of}\"]\n{more}\n");
    assert!(statement(""));
    assert!(statement(&scale("program", "marks = [{ mark = \"拡充\" }, { mark = \"維持\" }]")));
    assert!(statement(&scale(
        "policy",
        "marks = [{ mark = \"良\", tone = \"good\" }, { mark = \"悪\", tone = \"poor\" }]"
    )));
    for might in [
        "marks = [{ mark = \"良\", tone = \"good\" }, { mark = \"悪\", tone = \"poor\" }]",
        "marks = [{ mark = \"達成\", tone = \"good\" }, { mark = \"その他\" }]",
        "marks = [{ mark = \"A\" }, { mark = \"B\" }]",
        "kind = \"points\"",
        "marks = [{ mark = \"拡充\" }, { mark = \"維持\" }]\nlost = \"読み取れない\"",
    ] {
        assert!(!statement(&scale("program", might)), "{might}");
    }
    indicators(&with(&[]), |page| assert!(page.without_failure.is_some(), "the scale judges policies and programs"));
}

#[test]
fn options_of_filters_follow_the_scale_and_name_what_has_no_mark() {
    let report = with(&[
        ("a/programs/road/2019.md", "+++\n[judgement]\nstatus = \"×\"\n+++\n"),
        (PARK.0, PARK.1),
        ("a/programs/park/2019.md", "+++\n+++\n"),
    ]);
    let html = rendered(&report, "a/programs.html");
    let options: Vec<&str> =
        html.split("data-option=\"").skip(1).filter_map(|part| part.split("\"></span>").next()).collect();
    let expected = ["◎\" data-key=\"0", "×\" data-key=\"1", "評価なし\" data-key=\"missing"];
    assert_eq!(options[..3], expected, "{options:?}");
    assert!(html.contains("data-value=\"記載なし\""), "a program of the edition without a mark can be selected");
    assert!(html.contains("<h4 id=\"group-status-1\">"), "without scripts the address leads to a section");
}
