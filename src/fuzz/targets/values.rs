//! Cells of figures and amounts: what is printed stays as it is, and a number is read exactly or not at all.

use super::{Features, check_diagnostics, read, toml_string};
use crate::diagnostic::{SourceId, Span};
use crate::fuzz::Target;
use crate::model::{Value, ValueContent};

pub(in crate::fuzz) const TARGET: Target = Target {
    name: "values",
    pieces: &[
        "1",
        "12",
        "1,234",
        ",",
        ".",
        "０",
        "９",
        "％",
        "%",
        "人",
        "千円",
        "以上",
        "以下",
        "超",
        "未満",
        "約",
        "程度",
        "▲",
        "△",
        "-",
        "－",
        "―",
        "(R5)",
        "（令和５年度）",
        "(H29～R1)",
        "(",
        ")",
        "[",
        "]",
        "～",
        "から",
        "〜",
        " ",
        "　",
        "+",
        "±",
        "*",
        "※",
        "R5",
        "H31",
        "令和元年",
        "2023年度",
        "4月",
        "延べ",
        "億",
        "万",
        "/",
        "分の",
        "'",
        "件",
        "見込",
        "実績なし",
    ],
    inputs: 400,
    run,
};

fn run(input: &[u8]) -> Features {
    let Ok(text) = std::str::from_utf8(input) else { return Features::from(["not UTF-8".to_owned()]) };
    let mut features = Features::new();
    if let Some(value) = Value::parse(text, Span::new(SourceId(0), 0..0)) {
        assert_eq!(value.printed, text.trim());
        assert!(value.prints_same(&value));
        let (figure, bracket) = Value::split_period_bracket(text);
        assert_eq!(format!("{figure}{bracket}"), text);
        assert!(text.contains(value.printed_without_period()));
        features.insert(shape(&value));
    }
    let literal = toml_string(text);
    let sheet = format!("+++\nindicator.hashi.actual.R5 = {literal}\nindicator.hashi.target.end = {literal}\n+++\n");
    let amounts = format!("+++\nmoney.budget.R5 = {literal}\nmoney.settlement.R5 = 7\n+++\n");
    // As a bare value too, which TOML reads as a number, a date or an error.
    let bare = format!("+++\nindicator.hashi.actual.R4 = {text}\n+++\n");
    let (analysis, rules) =
        read(&[("mura/policies/1/2023.md", sheet.as_bytes()), ("mura/programs/tenken/2023.md", amounts.as_bytes())]);
    features.extend(rules);
    for (_, node) in analysis.report.strategies().flat_map(|(ix, _)| analysis.report.nodes(ix)) {
        let values =
            node.sheets.iter().flat_map(|sheet| sheet.figures.values()).flat_map(|figures| figures.actual.values());
        for value in values.filter(|value| value.printed != "12") {
            assert_eq!(value.printed.trim(), text.trim(), "a figure is printed as it is written");
            features.insert(shape(value));
        }
    }
    let (analysis, rules) = read(&[("mura/policies/1/2022.md", bare.as_bytes())]);
    features.extend(rules);
    features.extend(check_diagnostics(&analysis.diagnostics, &analysis.sources));
    features
}

/// Kind of a value, without its digits.
fn shape(value: &Value) -> String {
    let content = match &value.content {
        ValueContent::Number(number) => format!(
            "number {:?}, {}, scale {}, {}",
            number.bound,
            if number.unit.is_some() { "unit" } else { "no unit" },
            number.decimal.scale().min(3),
            if number.decimal.is_sign_negative() { "negative" } else { "positive" },
        ),
        ValueContent::Range(..) => "range".to_owned(),
        ValueContent::Text => "text".to_owned(),
        ValueContent::State(_) => "state".to_owned(),
        ValueContent::Missing => "missing".to_owned(),
    };
    format!("{content}, {}", if value.measured.is_some() { "measured" } else { "no period" })
}
