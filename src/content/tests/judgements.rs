//! Tests of judgements in all notations, and of headings that are marks.

use super::{load, load_clean, sheet};
use crate::model::{Judgement, Strategy, Verdict, decisive};

const SCALES: &str = r#"
title = "x"
publisher = "x"
missing = ["-"]
[[edition]]
id = "e"
label = "x"
[[scale]]
id = "status"
title = "進捗"
of = ["program"]
marks = [{ mark = "実施" }, { mark = "未実施" }, { mark = "予定" }]
[[scale]]
id = "grade"
title = "評価"
of = ["program", "indicator"]
marks = [{ mark = "A" }, { mark = "B" }]
[[program]]
id = "p"
"#;

/// One-line description of a judgement.
fn describe(strategy: &Strategy, judgement: &Judgement) -> String {
    let scale = &strategy.scales[judgement.scale.0];
    let verdict = match &judgement.verdict {
        Verdict::Marks(marks) => {
            marks.iter().map(|index| scale.marks[*index].printed.as_str()).collect::<Vec<_>>().join("+")
        }
        Verdict::Points(points) => points.printed.clone(),
        Verdict::Missing(printed) => format!("missing {printed}"),
        Verdict::Lost => "lost".to_owned(),
    };
    let judge = judgement.judge.map(|judge| format!(" {}", strategy.judges[judge.0].id)).unwrap_or_default();
    let year = judgement.year.map(|year| format!(" {}", year.short())).unwrap_or_default();
    let note = judgement.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
    format!("{}{year}{judge}: {verdict}{note}", scale.id)
}

/// Judgements of a sheet for the program and for its indicator. `strategy` is appended to [`SCALES`].
fn read(strategy: &str, sheet_text: &str) -> (Vec<String>, Vec<String>) {
    let loaded = load_clean(&[
        ("s/strategy.toml", &format!("{SCALES}{strategy}")),
        ("s/programs/p/program.md", "+++\nname = \"x\"\n[[indicator]]\nid = \"i\"\nname = \"x\"\n+++\n"),
        ("s/programs/p/e.md", sheet_text),
    ]);
    let strategy = &loaded.report.strategies[0];
    let all = |judgements: &[Judgement]| judgements.iter().map(|judgement| describe(strategy, judgement)).collect();
    let sheet = sheet(&loaded, "p");
    (all(&sheet.judgements), sheet.figures.get(&0).map(|figures| all(&figures.judgements)).unwrap_or_default())
}

fn check(judgement: &str, expected: &[&str]) {
    let (judgements, _) = read("", &format!("+++\n[judgement]\n{judgement}\n+++\n"));
    assert_eq!(judgements, expected, "{judgement}");
}

#[test]
fn reads_marks_under_the_id_of_their_scale() {
    check(r#"status = "実施""#, &["status: 実施"]);
    check(r#"status = ["実施", "予定"]"#, &["status: 実施+予定"]);
    check("status = \"予定\"\ngrade = \"A\"", &["status: 予定", "grade: A"]);
}

#[test]
fn reads_marks_by_year() {
    check("grade.R5 = \"A\"\ngrade.\"令和6年度\" = \"B\"", &["grade R5: A", "grade R6: B"]);
    check("grade.R5 = { mark = \"A\", note = \"暫定\" }", &["grade R5: A (暫定)"]);
}

#[test]
fn reads_marks_with_notes() {
    check(r#"grade = { mark = "B", note = "委員会" }"#, &["grade: B (委員会)"]);
    check(r#"status = { mark = ["実施", "予定"], note = "一部" }"#, &["status: 実施+予定 (一部)"]);
}

#[test]
fn keeps_the_printed_text_of_a_missing_mark() {
    check(r#"status = "-""#, &["status: missing -"]);
    check(r#"status = { missing = "評価なし", note = "終了" }"#, &["status: missing 評価なし (終了)"]);
    check(r#"status = { mark = "-" }"#, &["status: missing -"]);
}

#[test]
fn reads_lost_marks() {
    check("grade = { lost = true }", &["grade: lost"]);
}

#[test]
fn reads_judgements_among_the_figures_of_an_indicator() {
    let (_, judgements) = read("", "+++\n[indicator.i]\nactual.R5 = 1\ngrade = \"A\"\n+++\n");
    assert_eq!(judgements, ["grade: A"]);
    let (_, judgements) = read("", "+++\n[indicator.i]\ngrade.R5 = \"A\"\ngrade.R6 = \"-\"\n+++\n");
    assert_eq!(judgements, ["grade R5: A", "grade R6: missing -"]);
}

#[test]
fn derives_marks_from_headings_unless_given() {
    let section = "[[section]]\nof = [\"program\"]\nscale = \"status\"\n";
    assert_eq!(read(section, "## 予定\n来年\n## 実施\n今年\n").0, ["status: 実施+予定"]);
    assert_eq!(read(section, "言葉だけ\n").0, Vec::<String>::new());
    let given = "+++\n[judgement]\nstatus = { mark = \"未実施\", note = \"町の説明\" }\n+++\n## 実施\n今年\n";
    assert_eq!(read(section, given).0, ["status: 未実施 (町の説明)"], "the front matter takes precedence");
}

#[test]
fn adds_lost_marks_to_every_sheet_of_the_scale() {
    let lost = "[[scale]]\nid = \"progress\"\ntitle = \"進捗度\"\nof = [\"program\"]\nlost = \"読み取れない\"\n";
    assert_eq!(read(lost, "言葉\n").0, ["progress: lost"]);
    let policy_only = lost.replace("program", "policy");
    assert_eq!(read(&policy_only, "言葉\n").0, Vec::<String>::new(), "only for the kinds of the scale");
}

const JUDGES: &str = r#"
[[judge]]
id = "primary"
title = "一次評価"
[[judge]]
id = "council"
title = "外部評価"
[[scale]]
id = "result"
title = "総合"
of = ["program"]
marks = [{ mark = "A" }, { mark = "B" }]
judges = ["council", "primary"]
[[scale]]
id = "points"
title = "点数"
of = ["program", "indicator"]
kind = "points"
max = 20
judges = ["primary", "council"]
[[scale]]
id = "validity"
title = "妥当性"
of = ["program"]
kind = "points"
"#;

#[test]
fn reads_marks_and_points_by_judge() {
    let check = |judgement: &str, expected: &[&str]| {
        let (judgements, _) = read(JUDGES, &format!("+++\n[judgement]\n{judgement}\n+++\n"));
        assert_eq!(judgements, expected, "{judgement}");
    };
    check("result = { primary = 'A', council = 'B' }", &["result primary: A", "result council: B"]);
    check(
        "result.R7 = { primary = 'A', council = { mark = 'B', note = 'x' } }",
        &["result R7 primary: A", "result R7 council: B (x)"],
    );
    check("result.R7.council.missing = '評価対象外'", &["result R7 council: missing 評価対象外"]);
    check("points = { primary = 18, council = '-' }", &["points primary: 18", "points council: missing -"]);
    check("points.council = { mark = '4.5点', note = 'x' }", &["points council: 4.5点 (x)"]);
    check("validity = 5", &["validity: 5"]);
    check("validity.R7 = '4.5'", &["validity R7: 4.5"]);
    let (_, of_indicator) = read(JUDGES, "+++\n[indicator.i]\npoints.primary = 3\n+++\n");
    assert_eq!(of_indicator, ["points primary: 3"]);
}

#[test]
fn reports_judgements_without_or_with_another_judge() {
    let rules = |judgement: &str| {
        let strategy = format!("{SCALES}{JUDGES}");
        let loaded = load(&[
            ("s/strategy.toml", &strategy),
            ("s/programs/p/program.md", "+++\nname = \"x\"\n+++\n"),
            ("s/programs/p/e.md", &format!("+++\n[judgement]\n{judgement}\n+++\n")),
        ]);
        assert!(loaded.diagnostics.iter().all(|diagnostic| diagnostic.help.is_some()), "{judgement}");
        loaded.diagnostics.iter().map(|diagnostic| diagnostic.rule.code()).collect::<Vec<_>>()
    };
    assert_eq!(rules("result = 'A'"), ["not-a-judgement"]);
    assert_eq!(rules("result = { mark = 'A' }"), ["not-a-judgement"]);
    assert_eq!(rules("result.R7 = 'A'"), ["not-a-judgement"]);
    assert_eq!(rules("result = { concil = 'A' }"), ["unknown-key"]);
    assert_eq!(rules("result = { council = 'C' }"), ["unknown-mark"]);
    assert_eq!(rules("validity = { council = 5 }"), ["not-a-judgement"]);
    assert_eq!(rules("points = { council = '良い' }"), ["not-a-value"]);
    assert_eq!(rules("points = { council = { value = 3 } }"), ["unknown-key"]);
}

#[test]
fn the_last_judge_who_gave_a_mark_is_decisive() {
    let decisive_of = |judgement: &str| {
        let loaded = load_clean(&[
            ("s/strategy.toml", &format!("{SCALES}{JUDGES}")),
            ("s/programs/p/program.md", "+++\nname = \"x\"\n+++\n"),
            ("s/programs/p/e.md", &format!("+++\n[judgement]\n{judgement}\n+++\n")),
        ]);
        let sheet = sheet(&loaded, "p");
        let strategy = &loaded.report.strategies[0];
        decisive(&sheet.judgements).map(|judgement| describe(strategy, judgement)).collect::<Vec<_>>()
    };
    assert_eq!(decisive_of("result = { council = 'B', primary = 'A' }"), ["result council: B"]);
    assert_eq!(decisive_of("result = { council = '-', primary = 'A' }"), ["result primary: A"]);
    assert_eq!(decisive_of("result = { council = '-', primary = '-' }"), ["result council: missing -"]);
    assert_eq!(
        decisive_of("result.R5.primary = 'A'\nresult.R6 = { primary = 'A', council = 'B' }\ngrade = 'A'"),
        ["result R5 primary: A", "result R6 council: B", "grade: A"]
    );
}
