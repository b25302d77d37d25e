//! Reading of the dotted keys that name the cells of a sheet: `indicator.akiya.actual.R5`, `section:成果`.

use crate::content::sheet::SheetContext;
use crate::model::{
    AmountCell, AmountKey, AmountKindIx, AmountTable, CellKey, Column, FieldIx, FigureKey, Figures, FiscalYear,
    JudgeIx, JudgedSubject, JudgementKey, Kind, PhaseKind, ScaleIx, SeriesKind, SurveyIx, SurveyPart,
};

impl SheetContext<'_> {
    /// The cell that `written` names, whether or not the sheet has it: a correction may have removed it.
    pub(super) fn cell_key(self, written: &str) -> Option<CellKey> {
        if let Some(title) = written.strip_prefix("section:") {
            let (title, headings) = (title.trim(), self.headings(|_| true));
            let is_allowed = headings.is_empty() || title.is_empty() || headings.contains(&title);
            return is_allowed.then(|| CellKey::Section(title.to_owned()));
        }
        let steps: Vec<&str> = written.split('.').map(str::trim).collect();
        match steps.as_slice() {
            ["number"] => Some(CellKey::Number),
            ["name"] => Some(CellKey::Name),
            ["account"] if self.kind == Kind::Program => Some(CellKey::Account),
            ["page"] => Some(CellKey::Page),
            ["department"] => Some(CellKey::Department),
            ["period"] => Some(CellKey::Period),
            ["field", id] => {
                let index = self.strategy.fields.iter().position(|field| field.id == *id)?;
                Some(CellKey::Field(FieldIx(index)))
            }
            ["indicator", id, rest @ ..] => {
                let index = self.indicators.iter().position(|indicator| indicator.id == *id)?;
                self.indicator_key(index, rest)
            }
            ["item", id, "money", rest @ ..] => {
                let index = self.items.iter().position(|item| item.id == *id)?;
                self.amount_key(AmountTable::Money, Some(index), rest)
            }
            ["money", rest @ ..] => self.amount_key(AmountTable::Money, None, rest),
            ["staff", rest @ ..] => self.amount_key(AmountTable::Staff, None, rest),
            ["total", rest @ ..] => self.amount_key(AmountTable::Total, None, rest),
            ["judgement", scale, rest @ ..] => self.judgement_key(JudgedSubject::Node, self.kind.key(), scale, rest),
            ["program", id, scale, rest @ ..] => {
                let is_row = self.rows.iter().any(|row| row.program.id == *id);
                let subject = JudgedSubject::Row((*id).to_owned());
                self.judgement_key(subject, "row", scale, rest).filter(|_| is_row)
            }
            ["survey", id, part] => {
                let index = self.strategy.surveys.iter().position(|survey| survey.id == *id)?;
                let part = SurveyPart::ALL.into_iter().find(|known| known.key() == *part)?;
                Some(CellKey::Survey(SurveyIx(index), part))
            }
            _ => None,
        }
    }

    fn indicator_key(self, index: usize, steps: &[&str]) -> Option<CellKey> {
        let indicator = self.indicators.get(index)?;
        let figure = |series, column| Some(CellKey::Figure(FigureKey { indicator: index, series, column }));
        let year = |step: &str| FiscalYear::parse(step).map(Column::Year);
        match steps {
            ["name"] => Some(CellKey::IndicatorName(index)),
            ["unit"] => Some(CellKey::IndicatorUnit(index)),
            ["unplaced"] => Some(CellKey::Unplaced(index)),
            ["actual", "start"] => figure(SeriesKind::Actual, Column::Start),
            ["target", "end"] => figure(SeriesKind::Target, Column::End),
            ["actual", step] => figure(SeriesKind::Actual, year(step)?),
            ["target", step] => figure(SeriesKind::Target, year(step)?),
            [key, rest @ ..] if !Figures::LATER_KEYS.contains(key) || self.is_scale_of_indicators(key) => {
                self.judgement_key(JudgedSubject::Indicator(index), "indicator", key, rest)
            }
            ["forecast", step] => figure(SeriesKind::Forecast, year(step)?),
            ["interim", step] => figure(SeriesKind::Interim, year(step)?),
            ["rate", step] => figure(SeriesKind::Rate, year(step)?),
            ["rank", step] => figure(SeriesKind::Rank, year(step)?),
            ["comparison", id, step] => {
                let comparison = indicator.comparisons.iter().position(|comparison| comparison.id == *id)?;
                figure(SeriesKind::Comparison(comparison), year(step)?)
            }
            ["breakdown", id, step] => {
                let group = indicator.breakdowns.iter().position(|group| group.id == *id)?;
                figure(SeriesKind::Breakdown(group), year(step)?)
            }
            _ => None,
        }
    }

    fn amount_key(self, table: AmountTable, item: Option<usize>, steps: &[&str]) -> Option<CellKey> {
        let declared = &self.strategy.amounts;
        let (steps, funding) = match steps {
            [steps @ .., "funding", id] => (steps, Some(declared.funding.iter().position(|source| source.id == *id)?)),
            _ => (steps, None),
        };
        let (kind, phase, column) = match steps {
            [phase, column] => (AmountKindIx::BASE, phase, column),
            [kind, phase, column] => {
                let index = declared.kinds(table).iter().position(|declared| declared.id == *kind)?;
                (AmountKindIx(index), phase, column)
            }
            _ => return None,
        };
        let mut phases = declared.phases.iter().map(|declaration| declaration.phase);
        let phase = phases.find(|known| declared.phase_key(table, *known) == *phase)?;
        let year = match *column {
            "all" if phase.kind == PhaseKind::Plan => None,
            year => Some(FiscalYear::parse(year)?),
        };
        let key = AmountKey { kind, phase };
        Some(CellKey::Amount(AmountCell { table, item, key, year, funding }))
    }

    fn judgement_key(self, subject: JudgedSubject, of: &str, scale: &str, steps: &[&str]) -> Option<CellKey> {
        let mut scales = self.strategy.scales.iter();
        let index = scales.position(|known| known.id == scale && known.applies_to.iter().any(|kind| kind == of))?;
        let judges = &self.strategy.scales.get(index)?.judges;
        let judge = |step: &str| {
            let has_id = |ix: &&JudgeIx| self.strategy.judges.get(ix.0).is_some_and(|it| it.id == step);
            judges.iter().find(has_id).copied()
        };
        let (year, judge) = match (steps, judges.is_empty()) {
            ([], true) => (None, None),
            ([step], true) => (Some(FiscalYear::parse(step)?), None),
            ([step], false) => (None, Some(judge(step)?)),
            ([year, step], false) => (Some(FiscalYear::parse(year)?), Some(judge(step)?)),
            _ => return None,
        };
        Some(CellKey::Judgement(JudgementKey { subject, scale: ScaleIx(index), judge, year }))
    }
}

#[cfg(test)]
mod tests {
    use crate::content::DiskSource;
    use crate::content::sheet::SheetContext;
    use crate::correction::cell;
    use crate::model::CellKey;
    use crate::workspace::{self, AnalysisOptions};
    use std::path::Path;

    /// Every cell of a report can be corrected: its dotted key is read as the same cell.
    #[test]
    fn reads_the_keys_of_all_cells() {
        let mut count = 0;
        for content in ["content", "tests/fixtures/keys", "tests/fixtures/cities", "tests/golden/years/content"] {
            let source = DiskSource::new(&Path::new(env!("CARGO_MANIFEST_DIR")).join(content));
            let report = workspace::analyze(&source, &[], &AnalysisOptions::default()).unwrap().report;
            for (ix, strategy) in report.strategies() {
                for node in report.nodes(ix).map(|(_, node)| node) {
                    let context = SheetContext {
                        strategy,
                        kind: node.kind,
                        node,
                        indicators: &node.indicators,
                        items: &node.items,
                        rows: &node.rows,
                        fields: &node.fields,
                    };
                    for sheet in &node.sheets {
                        for key in cell::keys(node, sheet) {
                            let dotted = key.dotted(strategy, node);
                            assert_eq!(context.cell_key(&dotted).as_ref(), Some(&key), "{}: {dotted}", node.id);
                            let text = cell::text(strategy, node, sheet, &key);
                            assert!(text.is_some() || matches!(key, CellKey::Section(_)), "{}: {dotted}", node.id);
                            count += 1;
                        }
                    }
                }
            }
        }
        assert!(count > 1000, "{count} cells");
    }
}
