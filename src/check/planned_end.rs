//! Marks that announce a planned end, for the rule `direction-after-end`: 予定通り終了 of a program without an end, or with money for
//! the years after it.

use super::mark_meaning::key_of;
use super::visit::{SheetRef, single_mark};
use super::words::contains_any;
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{FiscalYear, decisive};

/// Marks of a sheet that announce an end that neither the period nor the money shows.
pub(super) fn contradictions(item: SheetRef<'_>) -> Vec<(Span, String, Bilingual)> {
    let Some(year) = item.edition.year else { return Vec::new() };
    let announced = decisive(&item.sheet.judgements).filter(|judgement| judgement.year.is_none_or(|of| of == year));
    let found = announced.filter_map(|judgement| {
        let (scale, mark) = single_mark(item.strategy, judgement)?;
        let text = &mark.printed;
        let announces = contains_any(
            text,
            &["予定通り終了", "予定どおり終了", "終了予定", "予定通り完了", "予定どおり完了", "期間満了"],
        );
        if !announces {
            return None;
        }
        let period = item.node.period_in(Some(item.sheet))?;
        let next = FiscalYear(year.0.saturating_add(1));
        if period.to.is_some_and(|to| to <= next) {
            return None;
        }
        let later = item.sheet.money.of_years().filter(|(key, of, _)| !key.is_result() && *of > next);
        let (_, of, amount) = later
            .filter(|(.., value)| value.decimal().is_some_and(|number| !number.is_zero()))
            .max_by_key(|(_, of, _)| *of)?;
        let (of, amount) = (of.short(), &amount.printed);
        let message = match period.to {
            Some(to) => {
                let to = to.short();
                say!(
                    ja: "「{text}」とされていますが、事業期間は{to}まで続き、{of}の金額「{amount}」があります",
                    en: "the mark is `{text}`, but the period continues up to {to}, and {of} has an amount `{amount}`"
                )
            }
            None => say!(
                ja: "「{text}」とされていますが、事業期間に終わりはなく、{of}の金額「{amount}」があります",
                en: "the mark is `{text}`, but the period has no end, and {of} has an amount `{amount}`"
            ),
        };
        Some((judgement.span, key_of(item, scale, judgement, "judgement"), message))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn planned_ends_are_those_of_the_period() {
        const SCALE: &str = "[[scale]]\nid = 'd'\ntitle = '反映状況'\nof = ['program']\nmarks = [\
            { mark = '廃止', ends = true }, { mark = '予定通り終了' }, { mark = '現状通り' }]";
        let check = |period: &str, mark: &str, amount: u32, expected: bool| {
            let front = format!("period = '{period}'\n[money]\nplan.R7 = {amount}\n[judgement]\nd = '{mark}'");
            let found: &[&str] = if expected { &["programs/a/2023.md:6"] } else { &[] };
            Fixture::new()
                .append_to_strategy(SCALE)
                .with(program("a", &front))
                .assert_finds("direction-after-end", found);
        };
        check("H13/", "予定通り終了", 94, true);
        check("H13/R9", "予定通り終了", 94, true);
        check("H13/R6", "予定通り終了", 94, false);
        check("H13/", "予定通り終了", 0, false);
        check("H13/", "現状通り", 94, false);
    }
}
