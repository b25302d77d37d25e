//! Cells of a sheet without an earlier one: everything that the strategy and the node declare.

use super::cell::CellTemplate;
use super::context::EditionContext;
use crate::model::{
    AmountKey, AmountKindIx, AmountTable, Baseline, FiscalYear, Funding, Indicator, IndicatorKind, PhaseKind,
};

impl EditionContext<'_> {
    /// Cells of an indicator: its baseline, and the value and target of the year of the edition.
    pub(super) fn first_figures(&self, indicator: &Indicator) -> Vec<CellTemplate> {
        let Some(year) = self.year else { return Vec::new() };
        let baseline = match indicator.baseline {
            Some(Baseline::Start) => Some("actual.start".to_owned()),
            Some(Baseline::Year(baseline)) if baseline < year => Some(format!("actual.{}", baseline.short())),
            Some(Baseline::Year(_)) | None => None,
        };
        let of_year = |series: &str| format!("{series}.{}", year.short());
        let mut keys: Vec<String> = baseline.into_iter().chain([of_year("actual")]).collect();
        if indicator.kind != IndicatorKind::Text {
            keys.push(of_year("target"));
        }
        if self.strategy.period.is_some_and(|period| period.to > year) {
            keys.push("target.end".to_owned());
        }
        keys.extend(indicator.comparisons.iter().map(|other| of_year(&format!("comparison.{}", other.id))));
        keys.extend(indicator.breakdowns.iter().map(|group| of_year(&format!("breakdown.{}", group.id))));
        keys.into_iter().map(CellTemplate::empty).collect()
    }

    /// Tables of the amounts of a program: its budget and settlement in the year of the edition, of each declared kind
    /// and phase, and staff if any kind of it is declared.
    pub(super) fn first_amounts(&self) -> String {
        let Some(year) = self.year else { return String::new() };
        let declared = &self.strategy.amounts;
        let asks_for_staff = declared.staff.iter().any(|kind| kind.title.is_some());
        let tables = [AmountTable::Money, AmountTable::Staff];
        let tables = tables.into_iter().filter(|table| *table == AmountTable::Money || asks_for_staff);
        tables.map(|table| format!("\n[{}]\n{}", table.key(), self.first_cells(table, year))).collect()
    }

    fn first_cells(&self, table: AmountTable, year: FiscalYear) -> String {
        let declared = &self.strategy.amounts;
        let mut phases: Vec<_> = declared.phases.iter().map(|declared| declared.phase).collect();
        phases.retain(|phase| phase.kind != PhaseKind::Plan || !phase.is_built_in());
        phases.sort();
        let kinds = (0..declared.kinds(table).len()).map(AmountKindIx);
        let keys = kinds.flat_map(|kind| phases.iter().map(move |phase| AmountKey { kind, phase: *phase }));
        let cell = |key: AmountKey| {
            let funding = empty_funding(&declared.funding).filter(|_| table == AmountTable::Money && key.is_base());
            CellTemplate::empty(format!("{}.{}", declared.key(table, key), year.short())).with_value(funding).line()
        };
        keys.map(cell).collect()
    }
}

/// TOML of an empty amount with these sources of funding. `None` without any.
pub(super) fn empty_funding<'f>(sources: impl IntoIterator<Item = &'f Funding>) -> Option<String> {
    let sources: Vec<String> = sources.into_iter().map(|source| format!("{} = \"\"", source.id)).collect();
    (!sources.is_empty()).then(|| format!("{{ value = \"\", funding = {{ {} }} }}", sources.join(", ")))
}
