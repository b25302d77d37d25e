//! `odd-character`: characters in exported data that machines read differently from people.
//!
//! What is downloaded is joined with other tables: by units and account titles. Full-width letters
//! and digits, half-width kana, and characters that stand for several (`①`, `㈱`, `㌔`, `㎡`) keep
//! equal things apart. Words and names are left as they are printed.
//!
//! ```toml
//! unit = "㎡"
//! actual.R3 = "12％"
//! ```
//! Write: `m2`, `12%`. Where the printed form matters, `{ value = "12%", printed = "12％" }`.

use super::walk::{indicators, nodes, of_node, sheets, strategies};
use super::{Findings, Rule};
use crate::diagnostic::Span;
use crate::model::{Report, half_width};
use crate::say;
use std::fmt::Display;
use unicode_normalization::UnicodeNormalization;

pub(super) const RULE: Rule = Rule {
    name: "odd-character",
    ja: "単位や予算科目に、全角の英数字や機種依存文字がある",
    en: "full-width or compatibility characters in units and account titles",
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (_, strategy) in strategies(report) {
        look(&strategy.money_unit, strategy.money_unit_span.unwrap_or(strategy.span), "money_unit", findings);
    }
    for (_, _, node) in nodes(report) {
        if let Some(account) = &node.account {
            look(&account.printed, account.span, "account", findings);
        }
    }
    for (strategy, node, _, indicator) in indicators(report) {
        if let Some(unit) = &indicator.unit {
            let key = of_node(strategy, node, &format!("indicator.{}.unit", indicator.id));
            look(unit, indicator.unit_span.unwrap_or(indicator.span), key, findings);
        }
    }
    for at in sheets(report) {
        for (key, value) in at.values() {
            if let Some(unit) = value.number().and_then(|number| number.unit.as_deref()) {
                look(unit, value.span, key, findings);
            }
        }
    }
}

fn look(text: &str, span: Span, key: impl Display, findings: &mut Findings) {
    let Some(odd) = text.chars().find(|char| is_odd(*char)) else { return };
    let plain: String = text.chars().map(|char| if is_odd(char) { plain(char) } else { char.to_string() }).collect();
    let message = say!(
        ja: "「{text}」に、データには使わない文字「{odd}」があります",
        en: "`{text}` has the character `{odd}`, which does not belong in data"
    );
    let help = say!(ja: "「{plain}」と書いてください", en: "write `{plain}`");
    findings.add(span, key, message, help);
}

/// Whether another character stands for it in data. Japanese brackets and punctuation are
/// written full-width and stay so.
fn is_odd(char: char) -> bool {
    let ascii = half_width(char);
    let punctuation = ascii != char && !ascii.is_ascii_alphanumeric() && ascii != '%';
    !punctuation && !char.nfkc().eq([char])
}

fn plain(char: char) -> String {
    char.nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Content, program};
    use super::is_odd;

    #[test]
    fn characters_that_keep_equal_things_apart() {
        for char in "％ＫＡ１①㈱㌔㎡ｱ".chars() {
            assert!(is_odd(char), "{char}");
        }
        for char in "%kA1千円人（）・～件ヵ所ー々".chars() {
            assert!(!is_odd(char), "{char}");
        }
    }

    #[test]
    fn in_units_and_accounts_but_not_in_names() {
        let content = |unit: &str, account: &str, value: &str| {
            let node = format!(
                "+++\nname = '①１㈱'\naccount = '{account}'\n[[indicator]]\nid = 'x'\nname = 'Ａ'\nunit = '{unit}'\n+++\n"
            );
            let sheet = format!("[indicator.x]\nactual.R5 = '{value}'");
            Content::new().with(program("a", &sheet)).file("programs/a/program.md", &node)
        };
        content("%", "01一般会計・02総務費", "12%").finds("odd-character", &[]);
        content("㎡", "01一般会計・02総務費", "12").finds("odd-character", &["programs/a/program.md:7"]);
        content("%", "01一般会計・02総務費", "12％").finds("odd-character", &["programs/a/2023.md:3"]);
        content("%", "01一般会計・02㈱総務費", "12").finds("odd-character", &["programs/a/program.md:3"]);
    }
}
