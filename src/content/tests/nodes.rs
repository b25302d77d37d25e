//! Tests of goals, policies and programs: keys, indicators and rows.

use super::{load_clean, node};
use crate::model::{AccountStep, Direction, FiscalYear, IndicatorKind, Row};
use crate::workspace::Analysis;

const STRATEGY: &str = "title = \"x\"\npublisher = \"x\"\n";
const PROGRAM: &str = "+++\nname = \"x\"\n+++\n";

/// A policy `p` with this front matter, and the programs a, b and c. The strategy itself has rows
/// of the programs in `homes`.
fn policy(front_matter: &str, homes: &[&str]) -> Analysis {
    let homes: String = homes.iter().map(|id| format!("[[program]]\nid = \"{id}\"\n")).collect();
    load_clean(&[
        ("s/strategy.toml", &format!("{STRATEGY}number_rows = true\n{homes}")),
        ("s/policies/p/policy.md", &format!("+++\nname = \"施策\"\n{front_matter}+++\n")),
        ("s/programs/a/program.md", PROGRAM),
        ("s/programs/b/program.md", PROGRAM),
        ("s/programs/c/program.md", PROGRAM),
    ])
}

fn years(row: Option<&Vec<FiscalYear>>) -> Vec<i32> {
    row.map(|years| years.iter().map(|year| year.0).collect()).unwrap_or_default()
}

#[test]
fn parses_the_keys_of_a_node() {
    let loaded = load_clean(&[
        ("s/strategy.toml", &format!("{STRATEGY}[[program]]\nid = \"a\"\n")),
        (
            "s/programs/a/program.md",
            r#"+++
number = "①"
name = "上山型温泉クアオルト事業費"
reading = "かみのやまがたおんせん"
department = ["市政戦略課", "観光課"]
account = "01一般会計・07商工費"
category = "交流"
marker = "重点施策"
links_none = "該当なし"
formerly = ["kuaoruto"]
[printed.R5]
name = "クアオルト"
sic = true
[[remark]]
text = "番号は①が二つある"
+++
言葉
"#,
        ),
    ]);
    let program = node(&loaded, "a");
    assert_eq!(program.number.as_deref(), Some("①"));
    assert_eq!(program.name, "上山型温泉クアオルト事業費");
    assert_eq!(program.departments, ["市政戦略課", "観光課"]);
    assert_eq!(program.accounts[0].steps[1], AccountStep { code: "07".to_owned(), name: "商工費".to_owned() });
    assert_eq!(program.category.as_deref(), Some("交流"));
    assert_eq!(program.markers, ["重点施策"]);
    assert_eq!(program.links_none.as_deref(), Some("該当なし"));
    assert_eq!(program.formerly.iter().map(|former| former.id.as_str()).collect::<Vec<_>>(), ["kuaoruto"]);
    let (year, printed) = &program.printed[0];
    assert_eq!((year.0, printed.name.as_str(), printed.sic), (2023, "クアオルト", true));
    assert_eq!(program.remarks[0].text, "番号は①が二つある");
    assert_eq!(program.body.markdown, "言葉\n");
}

#[test]
fn parses_the_keys_of_an_indicator() {
    let loaded = policy(
        r#"
[[indicator]]
id = "shugyosha"
name = "女性の就業者数"
role = "数値目標"
definition = "生産年齢人口に占める女性の就業者数"
source = "国勢調査"
unit = "人"
better = "higher"
baseline = "H26"
interval = 5
[[indicator]]
id = "state"
name = "目指す姿"
kind = "words"
"#,
        &["a", "b", "c"],
    );
    let [number, words] = node(&loaded, "p").indicators.as_slice() else { panic!("expected two indicators") };
    assert_eq!((number.kind, words.kind), (IndicatorKind::Number, IndicatorKind::Text));
    assert_eq!((number.unit.as_deref(), number.better), (Some("人"), Some(Direction::Higher)));
    assert_eq!((number.baseline, number.interval), (Some(crate::model::Baseline::Year(FiscalYear(2014))), Some(5)));
}

#[test]
fn keeps_the_order_of_rows_and_numbers_across_groups() {
    let loaded = policy(
        r#"
[[program]]
id = "b"
[[group]]
title = "産業の担い手"
programs = ["c", { id = "a", number = "10", note = "令和2年度新規事業" }]
"#,
        &[],
    );
    let policy = node(&loaded, "p");
    let row = |row: &Row| (row.program.id.clone(), row.number.clone().unwrap(), row.group);
    let expected = [("b", "1", None), ("c", "2", Some(0)), ("a", "10", Some(0))];
    let expected = expected.map(|(id, number, group)| (id.to_owned(), number.to_owned(), group));
    assert_eq!(policy.rows.iter().map(row).collect::<Vec<_>>(), expected);
    assert_eq!(policy.groups[0].title, "産業の担い手");
    assert_eq!(policy.rows[2].note.as_deref(), Some("令和2年度新規事業"));
}

#[test]
fn parses_repeats_years_and_markers_of_rows() {
    let loaded = policy(
        r#"
[[program]]
id = "a"
repeat = true
repeat_printed = ["R5"]
[[program]]
id = "b"
years = ["R6", "令和7年度"]
marker.R6 = "新規"
[[program]]
id = "c"
marker = ["新規", "重点"]
category = "交流"
"#,
        &["a"],
    );
    let [a, b, c] = node(&loaded, "p").rows.as_slice() else { panic!("expected three rows") };
    assert_eq!((a.repeat, years(a.repeat_printed.as_ref())), (true, vec![2023]));
    assert_eq!(years(b.years.as_ref()), [2024, 2025]);
    assert_eq!((b.applies_in(FiscalYear(2023)), b.applies_in(FiscalYear(2024))), (false, true));
    assert_eq!(b.markers, [(Some(FiscalYear(2024)), "新規".to_owned())]);
    assert_eq!(c.markers, [(None, "新規".to_owned()), (None, "重点".to_owned())]);
    assert_eq!((c.years.is_none(), c.applies_in(FiscalYear(1990)), c.category.as_deref()), (true, true, Some("交流")));
}

#[test]
fn reads_lost_rows_with_their_position() {
    let loaded = load_clean(&[
        (
            "s/strategy.toml",
            &format!(
                "{STRATEGY}number_rows = true\n[[program]]\nid = \"a\"\n[[program]]\nlost = \"欠落\"\n[[program]]\nid = \"b\"\n"
            ),
        ),
        ("s/programs/a/program.md", PROGRAM),
        ("s/programs/b/program.md", PROGRAM),
    ]);
    let strategy = &loaded.report.strategies[0];
    let numbers: Vec<_> = strategy.rows.iter().map(|row| row.number.as_deref()).collect();
    assert_eq!(numbers, [Some("1"), Some("3")]);
    let [lost] = strategy.lost_rows.as_slice() else { panic!("one lost row") };
    assert_eq!((lost.number.as_deref(), lost.name.as_deref(), lost.text.as_str()), (Some("2"), None, "欠落"));
}

#[test]
fn a_node_with_a_number_needs_no_name() {
    let loaded = load_clean(&[
        ("s/strategy.toml", STRATEGY),
        ("s/policies/3/policy.md", "+++\nnumber = \"3\"\nlost = \"資料が欠けている\"\n+++\n"),
    ]);
    let policy = node(&loaded, "3");
    assert_eq!((policy.name.as_str(), policy.lost.as_deref()), ("3", Some("資料が欠けている")));
}
