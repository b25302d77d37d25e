//! Figures of indicators and money as templates need them: printed, and as numbers to draw with.

use crate::corpus::{GRADES, Indicator, Money, Section, Year, grouped};
use serde_json::{Value, json};

pub fn indicator(indicator: &Indicator) -> Value {
    let line = |(year, printed): &(Year, String), of: &str| {
        let mut line = year_of(*year);
        line[of] = printed.as_str().into();
        line["value"] = number(printed).into();
        line
    };
    let actual = indicator.actual.iter().map(|cell| line(cell, "actual"));
    let mut data = json!({
        "id": indicator.id, "name": indicator.name, "definition": indicator.definition, "unit": indicator.unit,
        // What a difference is counted in, and with how many decimal places.
        "gap_unit": if indicator.unit == "%" { "ポイント" } else { indicator.unit },
        "decimals": usize::from(indicator.target.1.contains('.')),
        "lines": actual.chain([line(&indicator.target, "target")]).collect::<Vec<_>>(),
    });
    if let Some((mark, tone)) = indicator.grade.and_then(|mark| GRADES.iter().find(|(grade, _)| *grade == mark)) {
        data["grade"] = json!({ "mark": mark, "tone": tone });
    }
    data
}

pub fn money(money: &Money) -> Value {
    let mut line = year_of(money.year);
    for (kind, amount) in [("budget", money.budget), ("settlement", money.settlement)] {
        line[kind] = grouped(amount).into();
        line[format!("{kind}_value")] = amount.into();
        line[format!("{kind}_yen")] = in_words(amount).into();
    }
    line
}

fn year_of(year: Year) -> Value {
    let label = year.japanese();
    let name = label.split('（').next().unwrap_or_default();
    json!({ "year": label, "name": name, "short": year.short(), "western": year.western() })
}

fn number(printed: &str) -> f64 {
    printed.replace(',', "").parse().unwrap_or_default()
}

/// An amount in 千円 as it is spoken: 4,214万7千円.
fn in_words(amount: u64) -> String {
    let (great, small) = match (amount / 100_000, amount / 10 % 10_000) {
        (0, small) => (String::new(), small),
        (great, small) => (format!("{great}億"), small),
    };
    let small = if small == 0 { String::new() } else { format!("{}万", grouped(small)) };
    match amount % 10 {
        0 => format!("{great}{small}円"),
        rest => format!("{great}{small}{rest}千円"),
    }
}

/// The first words, cut as Shirube cuts them.
pub fn description(sections: &[Section]) -> Value {
    let text = sections.first().map(|section| section.markdown.replace("**", "")).unwrap_or_default();
    let lines: Vec<&str> =
        text.lines().map(|line| line.trim_start_matches("- ")).filter(|line| !line.is_empty()).collect();
    format!("{}…", lines.join(" ").chars().take(110).collect::<String>()).into()
}
