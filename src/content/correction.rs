//! Parsing of corrections: `[[correction]]` of a sheet.

use super::href::href;
use super::item::Item;
use super::sheet::SheetContext;
use super::table::TomlTable;
use crate::correction::cell;
use crate::diagnostic::{Diagnostic, Rule, say};
use crate::model::{
    AmountCell, AmountKey, AmountKindIx, AmountTable, CellKey, Column, Correction, CorrectionKind, Day, FieldIx,
    FigureKey, Figures, FiscalYear, JudgeIx, JudgedSubject, Judgement, JudgementKey, Kind, PhaseKind, ScaleIx, Scheme,
    SeriesKind, Sheet, SurveyIx, SurveyPart, grouped,
};
use toml::de::DeValue;

impl SheetContext<'_> {
    /// The `[[correction]]` tables of a sheet, in the order of the file.
    pub(super) fn corrections(self, table: &TomlTable<'_>, sheet: &Sheet) -> Vec<Correction> {
        let tables = table.tables("correction");
        tables.into_iter().filter_map(|table| self.correction(&table, sheet)).collect()
    }

    fn correction(self, table: &TomlTable<'_>, sheet: &Sheet) -> Option<Correction> {
        let date = table.required_item("date").and_then(Item::day);
        let about = table.required_item("about");
        let was = table.required_item("was").and_then(before);
        let kind = table.choice("kind", &CorrectionKind::ALL, CorrectionKind::key);
        if table.get("kind").is_none() {
            table.record_missing("kind");
        }
        let reason = table.required("reason");
        let url = table.get("url").and_then(|item| href(item, &[Scheme::Web]));
        let about = about?;
        let (written, span) = (about.text()?, about.span());
        let Some(key) = self.cell_key(&written) else {
            self.report_unknown_cell(about, &written, sheet);
            return None;
        };
        Some(Correction { date: date?, about: key, was: was?, kind: kind?, reason: reason?, url, span })
    }

    fn report_unknown_cell(self, about: Item<'_>, written: &str, sheet: &Sheet) {
        let keys = cell::keys(self.node, sheet);
        let headings = self.headings(|_| true).into_iter().map(|title| format!("section:{title}"));
        let keys = keys.iter().map(|key| key.dotted(self.strategy, self.node));
        let keys: Vec<String> = keys.chain(headings).collect();
        let message = say!(
            ja: "`{written}` に当たる欄は、この調書にありません",
            en: "the sheet has no cell `{written}`"
        );
        let help = say!(
            ja: "`indicator.<id>.actual.R5`、`money.settlement.R5`、`judgement.<id>`、`name`、`section:見出し` のように書いてください",
            en: "write it like `indicator.<id>.actual.R5`, `money.settlement.R5`, `judgement.<id>`, `name` or `section:<heading>`"
        );
        let diagnostic = Diagnostic::new(Rule::CorrectionUnknownKey, about.span(), message).help(help);
        about.file.report(diagnostic.suggest_first(written, keys.iter().map(String::as_str)));
    }

    /// Reports corrections of `sheet`, read completely, that change nothing or precede the publication of its edition.
    pub(super) fn check_corrections(self, sheet: &Sheet, diagnostics: &mut Vec<Diagnostic>) {
        let edition = self.strategy.editions.get(sheet.edition.0);
        let published = edition.and_then(|edition| edition.document.as_ref()?.published.as_ref()?.day);
        for correction in &sheet.corrections {
            diagnostics.extend(self.unknown_heading(sheet, correction).or_else(|| self.unchanged(sheet, correction)));
            if let Some(published) = published.filter(|published| correction.date < *published) {
                let date = correction.date;
                let message = say!(
                    ja: "訂正の日付 {date} が、この版の公表日 {published} より前です",
                    en: "the correction of {date} precedes the publication of the edition on {published}"
                );
                let diagnostic = Diagnostic::new(Rule::CorrectionBeforePublished, correction.span, message);
                diagnostics.push(diagnostic.rule_help());
            }
        }
    }

    /// The error if a correction is about a heading that the sheet does not have, and no others are declared.
    fn unknown_heading(self, sheet: &Sheet, correction: &Correction) -> Option<Diagnostic> {
        let CellKey::Section(title) = &correction.about else { return None };
        let is_known = sheet.sections.iter().any(|section| section.title == *title);
        if is_known || !self.headings(|_| true).is_empty() {
            return None;
        }
        let titles = sheet.sections.iter().map(|section| section.title.as_str());
        let message = say!(
            ja: "見出し「{title}」は、この調書にありません",
            en: "the sheet has no heading `{title}`"
        );
        let diagnostic = Diagnostic::new(Rule::CorrectionUnknownKey, correction.span, message).rule_help();
        Some(diagnostic.suggest_first(title, titles))
    }

    /// The error if the text before a correction is the text after it.
    fn unchanged(self, sheet: &Sheet, correction: &Correction) -> Option<Diagnostic> {
        let later = crate::correction::next(sheet, correction);
        let is_same = match later {
            Some(later) => later.was == correction.was,
            None => match cell::text(self.strategy, self.node, sheet, &correction.about) {
                Some(now) => now.is(&correction.was),
                None => correction.was.is_empty(),
            },
        };
        let was = &correction.was;
        let message = match was.as_str() {
            "" => say!(
                ja: "訂正の前にも後にも、記載がありません",
                en: "there is no text, neither before nor after the correction"
            ),
            _ => say!(
                ja: "訂正前の「{was}」が、訂正後と同じです",
                en: "the text before the correction, `{was}`, is the same as after it"
            ),
        };
        is_same.then(|| Diagnostic::new(Rule::CorrectionSameValue, correction.span, message).rule_help())
    }

    /// The cell that `written` names, whether or not the sheet has it: a correction may have removed it.
    fn cell_key(self, written: &str) -> Option<CellKey> {
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

/// Records the former text in each corrected value and judgement, which is shown wherever they are.
pub(super) fn mark_corrected_cells(sheet: &mut Sheet) {
    let mut corrections = std::mem::take(&mut sheet.corrections);
    let is_last = |it: &&Correction| {
        !corrections
            .iter()
            .any(|other| other.about == it.about && (other.date, other.span.start) > (it.date, it.span.start))
    };
    for correction in corrections.iter().filter(is_last) {
        let was = Some(correction.was.clone().into_boxed_str());
        match &correction.about {
            CellKey::Figure(key) => {
                let value = sheet.figures.get_mut(&key.indicator).and_then(|it| it.value_mut(key.series, key.column));
                value.into_iter().for_each(|value| value.corrected_from.clone_from(&was));
            }
            CellKey::Amount(cell) => {
                let amounts = match (cell.item, cell.table) {
                    (Some(index), _) => sheet.items.get_mut(&index),
                    (None, AmountTable::Money) => Some(&mut sheet.money),
                    (None, AmountTable::Staff) => Some(&mut sheet.staff),
                    (None, AmountTable::Total) => Some(&mut sheet.total),
                };
                let Some(value) = amounts.and_then(|it| it.get_mut(cell.key, cell.year)) else { continue };
                let shares = value.funding.iter_mut().map(|share| (Some(share.funding.0), &mut share.value));
                let share = shares.into_iter().find(|(index, _)| cell.funding == *index);
                match share {
                    Some((_, share)) => share.corrected_from = was,
                    None if cell.funding.is_none() => value.corrected_from = was,
                    None => {}
                }
            }
            CellKey::Judgement(key) => {
                let given = match &key.subject {
                    JudgedSubject::Node => Some(&mut sheet.judgements),
                    JudgedSubject::Indicator(index) => sheet.figures.get_mut(index).map(|it| &mut it.judgements),
                    JudgedSubject::Row(program) => sheet.row_judgements.get_mut(program),
                };
                let is_it = |it: &&mut Judgement| (it.scale, it.judge, it.year) == (key.scale, key.judge, key.year);
                let given = given.and_then(|given| given.iter_mut().find(is_it));
                given.into_iter().for_each(|given| given.corrected_from.clone_from(&was));
            }
            _ => {}
        }
    }
    std::mem::swap(&mut sheet.corrections, &mut corrections);
}

impl Item<'_> {
    /// The value as a day: a TOML date, or a text such as `2026-12-01`.
    fn day(self) -> Option<Day> {
        let written = match self.raw() {
            DeValue::Datetime(date) => date.to_string(),
            _ => self.text()?,
        };
        let day = Day::parse(&written);
        if day.is_none() {
            self.report(
                Rule::NotADay,
                say!(ja: "「{written}」は日付として読めません", en: "`{written}` is not a date"),
                say!(ja: "`2026-12-01` のように、年月日を書いてください", en: "write year, month and day, like `2026-12-01`"),
            );
        }
        day
    }
}

/// The text before a correction, which may be empty.
fn before(item: Item<'_>) -> Option<String> {
    match item.raw() {
        DeValue::String(text) => Some(text.trim().to_owned()),
        DeValue::Integer(number) if number.radix() == 10 => Some(grouped(number.as_str().replace('_', ""))),
        DeValue::Float(number) => Some(grouped(number.as_str().replace('_', ""))),
        _ => item.text(),
    }
}

#[cfg(test)]
mod tests {
    use crate::content::DiskSource;
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
                    let context = super::SheetContext {
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
