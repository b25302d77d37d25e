//! Tests of judgements in all notations, and of headings that are marks.

use super::{load_clean, sheet};
use crate::model::{Judgement, Strategy, Verdict};

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
        Verdict::Missing(printed) => format!("missing {printed}"),
        Verdict::Lost => "lost".to_owned(),
    };
    let year = judgement.year.map(|year| format!(" {}", year.short())).unwrap_or_default();
    let note = judgement.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
    format!("{}{year}: {verdict}{note}", scale.id)
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
