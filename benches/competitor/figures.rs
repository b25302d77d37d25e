//! Template data of indicators and money: printed figures, and numbers for charts.

use crate::corpus::{GRADES, Indicator, Money};
use serde_json::{Value, json};
use shirube::internals::{Decimal, FiscalYear, InterfaceTexts, grouped};

pub fn indicator(indicator: &Indicator) -> Value {
    let line = |(year, printed): &(FiscalYear, String), of: &str| {
        let mut line = year_of(*year);
        line[of] = printed.as_str().into();
        line["value"] = printed.replace(',', "").parse::<f64>().unwrap_or_default().into();
        line
    };
    let actual = indicator.actual.iter().map(|cell| line(cell, "actual"));
    let mut data = json!({
        "id": indicator.id, "name": indicator.name, "definition": indicator.definition, "unit": indicator.unit,
        // Unit and decimal places of differences.
        "gap_unit": if indicator.unit == "%" { "ポイント" } else { indicator.unit },
        "decimals": usize::from(indicator.target.1.contains('.')),
        "lines": actual.chain([line(&indicator.target, "target")]).collect::<Vec<_>>(),
    });
    if let Some((mark, tone)) = indicator.grade.and_then(|mark| GRADES.iter().find(|(grade, _)| *grade == mark)) {
        data["grade"] = json!({ "mark": mark, "tone": tone });
    }
    data
}

pub fn money(texts: &InterfaceTexts, money: &Money) -> Value {
    let mut line = year_of(money.year);
    for (kind, amount) in [("budget", money.budget), ("settlement", money.settlement)] {
        line[kind] = grouped(amount).into();
        line[format!("{kind}_value")] = amount.into();
        line[format!("{kind}_yen")] = texts.yen(Decimal::from(amount), "千円").into();
    }
    line
}

fn year_of(year: FiscalYear) -> Value {
    json!({ "year": year.japanese_in_full(), "name": year.japanese(), "short": year.short(), "western": year.0 })
}
