//! Tests of printed values in all notations.

use super::{load, rules};
use crate::model::{Value, ValueContent};

/// The value of `actual.R1 = written` for an indicator of this `kind`, or the rule codes of the errors.
fn read(kind: &str, written: &str) -> Result<Value, Vec<String>> {
    let node = format!("+++\nname = \"x\"\n[[indicator]]\nid = \"i\"\nname = \"x\"\nkind = \"{kind}\"\n+++\n");
    let sheet = format!("+++\n[indicator.i]\nactual.R1 = {written}\n+++\n");
    let strategy = "title = \"x\"\npublisher = \"x\"\nmissing = [\"-\", \"—\", \"該当なし\"]\n\
                    [[edition]]\nid = \"e\"\nlabel = \"x\"\n[[program]]\nid = \"p\"\n";
    let loaded =
        load(&[("s/strategy.toml", strategy), ("s/programs/p/program.md", &node), ("s/programs/p/e.md", &sheet)]);
    if !loaded.diagnostics.is_empty() {
        return Err(rules(&loaded).iter().map(|rule| rule.rsplit(' ').next().unwrap().to_owned()).collect());
    }
    let figures = super::sheet(&loaded, "p").figures[&0].clone();
    Ok(figures.actual.into_values().next().unwrap())
}

/// One-line description of a value: the printed text, its content and its annotations.
fn describe(value: &Value) -> String {
    let mut line = format!("{} → ", value.printed);
    line += &match &value.content {
        ValueContent::Number(number) => {
            let unit = number.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
            format!("{} {}{unit}", number.bound.key(), number.decimal)
        }
        ValueContent::Range(from, to) => format!("{from} to {to}"),
        ValueContent::Text => "words".to_owned(),
        ValueContent::State(index) => format!("state {index}"),
        ValueContent::Missing => "missing".to_owned(),
    };
    line += &value
        .measured
        .map(|period| format!(", measured {}/{}", period.from.short(), period.to.short()))
        .unwrap_or_default();
    line += &value.note.as_ref().map(|note| format!(", note {note}")).unwrap_or_default();
    line += &value.as_of.as_ref().map(|day| format!(", as of {day}")).unwrap_or_default();
    line += if value.estimated.is_some() { ", estimated" } else { "" };
    line += if value.sic { ", sic" } else { "" };
    for part in &value.parts {
        line += &format!(", part {} ({})", part.name, describe(&part.value));
    }
    line
}

fn check(written: &str, expected: &str) {
    assert_eq!(read("number", written).map(|value| describe(&value)), Ok(expected.to_owned()), "{written}");
}

fn check_words(written: &str, expected: &str) {
    assert_eq!(read("words", written).map(|value| describe(&value)), Ok(expected.to_owned()), "{written}");
}

fn reject(written: &str) {
    assert_eq!(read("number", written).map(|value| describe(&value)), Err(vec!["not-a-value".to_owned()]), "{written}");
}

/// Japanese help text for a value that cannot be parsed.
fn advice(written: &str) -> String {
    let sheet = format!("+++\n[indicator.i]\nactual.R1 = {written}\n+++\n");
    let node = "+++\nname = \"x\"\n[[indicator]]\nid = \"i\"\nname = \"x\"\n+++\n";
    let strategy =
        "title = \"x\"\npublisher = \"x\"\n[[edition]]\nid = \"e\"\nlabel = \"x\"\n[[program]]\nid = \"p\"\n";
    let loaded =
        load(&[("s/strategy.toml", strategy), ("s/programs/p/program.md", node), ("s/programs/p/e.md", &sheet)]);
    let [mistake] = &loaded.diagnostics[..] else { panic!("{written}: {:#?}", loaded.diagnostics) };
    mistake.help.as_ref().unwrap().ja.clone()
}

/// Checks that the help for `printed` proposes `proposed`, and that this is parsed with the same printed text.
fn check_advice(printed: &str, proposed: &str, meaning: &str) {
    let help = advice(&format!("'{printed}'"));
    assert!(help.contains(&format!("`{proposed}`")), "{printed}: {help}");
    check(proposed, &format!("{printed} → {meaning}"));
}

#[test]
fn proposes_the_number_within_other_text() {
    check_advice("SNS5件（※）", r#"{ value = 5, printed = "SNS5件（※）" }"#, "exact 5");
    check_advice("PR5回(計)", r#"{ value = 5, printed = "PR5回(計)" }"#, "exact 5");
    check_advice("全国16位", r#"{ value = 16, printed = "全国16位" }"#, "exact 16");
    check_advice("10,000 (累計)", r#"{ value = "10,000", printed = "10,000 (累計)" }"#, "exact 10000");
    check_advice("▲12.5（速報）", r#"{ value = "▲12.5", printed = "▲12.5（速報）" }"#, "exact -12.5");
    check_advice("第１６回", r#"{ value = "１６", printed = "第１６回" }"#, "exact 16");
    check_advice("-5.0（※）", r#"{ value = -5.0, printed = "-5.0（※）" }"#, "exact -5.0");
    check_advice("5（見込）", r#"{ value = 5, printed = "5（見込）", estimated = true }"#, "exact 5, estimated");
    check_advice("007（※）", r#"{ value = "007", printed = "007（※）" }"#, "exact 7");
    check_advice("16 \"位\"（※）", r#"{ value = 16, printed = "16 \"位\"（※）" }"#, "exact 16");
    // Keeps text that changes the number: a bound, a unit with a multiplier, a monetary unit.
    check_advice("90%以上（努力目標）", r#"{ value = "90%以上", printed = "90%以上（努力目標）" }"#, "at-least 90 %");
    check_advice(
        "約 3千人（推計）",
        r#"{ value = "約 3千人", printed = "約 3千人（推計）", estimated = "推計" }"#,
        "about 3 千人, estimated",
    );
    check_advice(
        "予算16,000千円（税込）",
        r#"{ value = "16,000千円", printed = "予算16,000千円（税込）" }"#,
        "exact 16000 千円",
    );
    // Years are not values.
    check_advice("令和5年度末 (R6) 12 (※)", r#"{ value = 12, printed = "令和5年度末 (R6) 12 (※)" }"#, "exact 12");
    check_advice("3名から4名", r#"{ from = 3, to = 4, printed = "3名から4名" }"#, "3 to 4");
    check_advice("7組、14名", r#"{ value = 7, printed = "7組、14名" }"#, "exact 7");
    assert!(advice("'7組、14名'").contains("値となる数を選んで"));
}

#[test]
fn proposes_no_number_if_none_is_the_value() {
    for printed in ["前年度比10%増（※）", "2割増（※）", "未定（※）", "R5（※）", "12,04（※）", "10月（※）"]
    {
        let help = advice(&format!("'{printed}'"));
        assert!(!help.contains("value ="), "{printed}: {help}");
        assert!(help.contains(&format!(r#"`{{ printed = "{printed}" }}`"#)), "{printed}: {help}");
        assert!(help.contains(&format!(r#"`{{ missing = "{printed}" }}`"#)), "{printed}: {help}");
    }
}

#[test]
fn keeps_digits_as_printed() {
    check(r#""1,234""#, "1,234 → exact 1234");
    check(r#""1234""#, "1234 → exact 1234");
    check(r#""12.50""#, "12.50 → exact 12.50");
    check(r#""１，２３４．５０""#, "１，２３４．５０ → exact 1234.50");
    check(r#""0""#, "0 → exact 0");
    check(r#""12,345,678,901.000""#, "12,345,678,901.000 → exact 12345678901.000");
}

#[test]
fn reads_toml_numbers_from_their_source_text() {
    check("23", "23 → exact 23");
    check("9463", "9,463 → exact 9463");
    check("16.0", "16.0 → exact 16.0");
    check("0.1000000000000000055", "0.1000000000000000055 → exact 0.1000000000000000055");
    check("-124", "-124 → exact -124");
    check("+3", "3 → exact 3");
    check("1_000_000", "1,000,000 → exact 1000000");
}

#[test]
fn accepts_all_signs_in_use() {
    for sign in ["-", "－", "−", "▲", "△"] {
        check(&format!("\"{sign}124\""), &format!("{sign}124 → exact -124"));
    }
    check(r#""▲ 124""#, "▲ 124 → exact -124");
    check(r#""△0.17％""#, "△0.17％ → exact -0.17 ％");
    check(r#""+0.11％""#, "+0.11％ → exact 0.11 ％");
    check(r#""＋3""#, "＋3 → exact 3");
    check(r#""▲0""#, "▲0 → exact 0");
}

#[test]
fn accepts_a_unit() {
    check(r#""16.0%""#, "16.0% → exact 16.0 %");
    check(r#""17 団体""#, "17 団体 → exact 17 団体");
    check(r#""5 ツアー""#, "5 ツアー → exact 5 ツアー");
    check(r#""２億円""#, "２億円 → exact 2 億円");
}

#[test]
fn accepts_a_bound() {
    check(r#""90%以上""#, "90%以上 → at-least 90 %");
    check(r#""3件以下""#, "3件以下 → at-most 3 件");
    check(r#""100 超""#, "100 超 → above 100");
    check(r#""50未満""#, "50未満 → below 50");
    check(r#""約1,300万円""#, "約1,300万円 → about 1300 万円");
    check(r#""20人程度""#, "20人程度 → about 20 人");
    check(r#""▲5%以上""#, "▲5%以上 → at-least -5 %");
}

#[test]
fn accepts_a_year_of_measurement_in_any_bracket() {
    for (open, close) in [("(", ")"), ("（", "）"), ("[", "]"), ("［", "］"), ("【", "】"), ("〔", "〕")] {
        check(&format!("\"88.1 {open}H30{close}\""), &format!("88.1 {open}H30{close} → exact 88.1, measured H30/H30"));
    }
    check(r#""18,590(H32)""#, "18,590(H32) → exact 18590, measured R2/R2");
    check(r#""90%以上（R6）""#, "90%以上（R6） → at-least 90 %, measured R6/R6");
}

#[test]
fn accepts_a_period_of_measurement() {
    check(r#""▲124 (H25～29)""#, "▲124 (H25～29) → exact -124, measured H25/H29");
    check(r#""623 (H27 -R1)""#, "623 (H27 -R1) → exact 623, measured H27/R1");
    check(r#""865 (H22 ～26)""#, "865 (H22 ～26) → exact 865, measured H22/H26");
}

#[test]
fn reads_declared_spellings_as_missing() {
    check(r#""-""#, "- → missing");
    check(r#"" — ""#, "— → missing");
    check(r#""該当なし""#, "該当なし → missing");
    check(r#"{ missing = "H28 開始" }"#, "H28 開始 → missing");
    check(r#"{ missing = "-", note = "廃止" }"#, "- → missing, note 廃止");
    check(r#"{ value = "-", note = "廃止" }"#, "- → missing, note 廃止");
    reject(r#""－""#);
}

#[test]
fn reads_values_in_table_form() {
    check(r#"{ value = 7, note = "相談件数 73件" }"#, "7 → exact 7, note 相談件数 73件");
    check(r#"{ value = "7 (H29)", measured = "H28" }"#, "7 (H29) → exact 7, measured H28/H28");
    check(r#"{ value = 7, measured = "H22/H26" }"#, "7 → exact 7, measured H22/H26");
    check(r#"{ value = 1, bound = "at-least", printed = "1以上のアカウント" }"#, "1以上のアカウント → at-least 1");
    check(r#"{ value = 32, estimated = true, as_of = "2017-09-30" }"#, "32 → exact 32, as of 2017-09-30, estimated");
    check(r#"{ value = 4871, sic = true }"#, "4,871 → exact 4871, sic");
    check(r#"{ from = 3, to = "4名", printed = "３名から４名" }"#, "３名から４名 → 3 to 4");
    check(r#"{ from = "1,000", to = "1,000" }"#, "1,000～1,000 → 1000 to 1000");
    check(r#"{ printed = "前年度比10%増" }"#, "前年度比10%増 → words");
    check(
        r#"{ value = 3674, parts = [{ name = "西", value = 3000 }, { name = "東", value = "-", note = "繰越" }] }"#,
        "3,674 → exact 3674, part 西 (3,000 → exact 3000), part 東 (- → missing, note 繰越)",
    );
}

#[test]
fn reads_dotted_keys_as_a_table() {
    check("0\nactual.H30.value = 7\nactual.H30.note = \"速報\"", "7 → exact 7, note 速報");
}

#[test]
fn reads_text_for_indicators_of_kind_words() {
    check_words(r#""採用希望者11名に説明した""#, "採用希望者11名に説明した → words");
    check_words(r#""12""#, "12 → words");
    check_words(r#""—""#, "— → missing");
    check_words(r#"{ value = "方針を策定", note = "年度末" }"#, "方針を策定 → words, note 年度末");
}

#[test]
fn rejects_text_outside_the_grammar() {
    for written in [
        "12,34",
        "1234,567",
        "1,2345",
        ",123",
        "1,",
        "1.2.3",
        "1.",
        ".5",
        "abc",
        "▲",
        "%",
        "--1",
        "7組、14名",
        "2/3",
        "10~20",
        "10～",
        "3名から4名",
        "1以上のアカウント",
        "前年度比10%増",
        "8人（学生7人）",
        "1,234 (速報)",
        "1,234 (6)",
        "(H27)",
        "H28 開始",
        "1e5",
        "99999999999999999999999999999",
    ] {
        reject(&format!("\"{written}\""));
    }
    for written in ["0x10", "0b1", "1e5", "inf", "nan", "99999999999999999999999999999"] {
        reject(written);
    }
}

/// The time for a text with many numbers grew with its third power: hours for this one.
#[test]
fn advises_on_a_long_text_with_many_numbers() {
    let long = "約9以".repeat(3_000);
    assert!(advice(&format!("\"{long}\"")).contains("数"));
}
