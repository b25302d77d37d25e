//! Template of one sheet: its cells, empty, and its headings.

use super::cell::CellTemplate;
use super::context::EditionContext;
use super::first_sheet::empty_funding;
use super::in_comment;
use crate::content::quoted;
use crate::model::{
    AmountTable, Amounts, ByYear, Column, FieldEntry, Figures, FiscalYear, Indicator, Judgement, Kind, Node, Scale,
    ScaleIx, SectionRule, SeriesKind, Sheet, Value, Verdict,
};
use std::collections::BTreeSet;

/// Template of the sheet of one node in a new edition.
pub(super) struct SheetTemplate<'a> {
    pub(super) context: &'a EditionContext<'a>,
    pub(super) node: &'a Node,
}

impl SheetTemplate<'_> {
    /// Text of the file.
    pub(super) fn text(&self) -> String {
        let tables = self.tables();
        let mut text = format!("+++\n# {}　{}\n", in_comment(&self.node.name), in_comment(&self.context.label));
        if !tables.is_empty() {
            text.push_str("# \"\" の中に、資料の表記どおりに記入します。欄がない場合は、その行を削除してください。\n");
            if let Some((_, edition)) = self.context.model {
                let label = in_comment(&edition.label);
                if self.context.carries() {
                    text.push_str(&format!(
                        "# 過年度の値は、前の版「{label}」のとおりです。改められた値は書き直してください。\n"
                    ));
                }
                text.push_str(&format!("# 右の注釈は、前の版「{label}」の値です。\n"));
            }
        }
        if let Some(page) = self.previous_sheet().and_then(|sheet| sheet.page.as_ref()) {
            text.push_str(&format!("# page = \"\"    # 資料のページ（前の版: {}）\n", in_comment(page)));
        }
        text.push_str(&self.comments_on_choice_headings());
        text.push_str(&tables);
        text.push_str("+++\n");
        for heading in self.headings() {
            text.push_str(&format!("## {heading}\n\n"));
        }
        text
    }

    /// Returns true if the sheet has neither cells nor headings.
    pub(super) fn is_empty(&self) -> bool {
        self.tables().is_empty() && self.headings().is_empty() && self.comments_on_choice_headings().is_empty()
    }

    fn tables(&self) -> String {
        let surveys = self.context.survey_tables(self.node);
        [self.fields(), self.indicators(), self.amount_tables(), surveys, self.judgements(), self.row_judgements()]
            .concat()
    }

    /// Sheet of the model edition; if the node has none there, its newest sheet.
    fn previous_sheet(&self) -> Option<&Sheet> {
        let (edition, _) = self.context.model?;
        self.node.sheet(edition).or(self.node.sheets.last())
    }

    /// Fields that the previous sheet printed itself.
    fn fields(&self) -> String {
        let entries = self.previous_sheet().map_or(&[][..], |sheet| &sheet.fields);
        let cells = entries.iter().filter_map(|entry| {
            let field = self.context.strategy.fields.get(entry.field.0)?;
            Some(CellTemplate::empty(&field.id).with_comment(Some(quoted(&entry.values.join("、")))).line())
        });
        let cells: String = cells.collect();
        if cells.is_empty() { cells } else { format!("\n[field]\n{cells}") }
    }

    fn indicators(&self) -> String {
        let indicators = self.node.indicators.iter().enumerate();
        indicators.map(|(index, indicator)| self.indicator(index, indicator)).collect()
    }

    fn indicator(&self, index: usize, indicator: &Indicator) -> String {
        let unit = indicator.unit.as_ref().map(|unit| format!("（{unit}）")).unwrap_or_default();
        let mut text =
            format!("\n[indicator.{}]    # {}\n", indicator.id, in_comment(&(indicator.name.clone() + &unit)));
        let previous = self.previous_sheet().and_then(|sheet| sheet.figures.get(&index));
        let mut cells = Vec::new();
        if let Some(figures) = previous {
            cells.extend(figures.start.iter().map(|value| self.cell("actual.start", value, true)));
            let baseline = indicator.baseline.and_then(|baseline| year_of(baseline.column()));
            cells.extend(self.years("actual", &figures.actual, baseline));
            for (key, values) in printed_beside(indicator, figures) {
                cells.extend(self.years(&key, values, None));
            }
            let targets = figures.target.iter();
            let by_year: ByYear<Value> =
                targets.filter_map(|(column, value)| Some((year_of(*column)?, value.clone()))).collect();
            cells.extend(self.targets(&by_year));
            cells.extend(figures.target.get(&Column::End).map(|value| self.cell("target.end", value, false)));
            text.extend(cells.iter().map(CellTemplate::line));
            for value in &figures.unplaced {
                text.push_str(&format!("# unplaced = \"\"    # {}\n", in_comment(&printed(value))));
            }
        } else if self.context.year.is_some() {
            text.extend(self.context.first_figures(indicator).iter().map(CellTemplate::line));
        } else {
            text.push_str("# actual.R6 = \"\"\n");
        }
        let judgements = previous.map(|figures| figures.judgements.as_slice());
        text.extend(self.marks("indicator", judgements).iter().map(CellTemplate::line));
        text
    }

    fn amount_tables(&self) -> String {
        let Some(sheet) = self.previous_sheet() else {
            return if self.node.kind == Kind::Program { self.context.first_amounts() } else { String::new() };
        };
        let tables = sheet.amount_tables().map(|(table, amounts)| self.amounts(table.key(), table, amounts));
        let items = sheet.items.iter().filter_map(|(index, money)| {
            let item = self.node.items.get(*index)?;
            Some(self.amounts(&format!("item.{}.money", item.id), AmountTable::Money, money))
        });
        tables.concat() + &items.collect::<String>()
    }

    fn amounts(&self, header: &str, table: AmountTable, amounts: &Amounts) -> String {
        let declared = &self.context.strategy.amounts;
        let years = amounts.by_year.iter().map(|(key, years)| self.years(&declared.key(table, *key), years, None));
        let over_all_years = amounts.over_all_years.iter();
        let over_all_years = over_all_years
            .map(|(key, value)| vec![self.cell(&format!("{}.all", declared.key(table, *key)), value, false)]);
        let cells: String = years.chain(over_all_years).flatten().map(|cell| cell.line()).collect();
        if cells.is_empty() { cells } else { format!("\n[{header}]\n{cells}") }
    }

    /// The cell of a column for which the previous edition printed `value`: with its value if that is carried over, else
    /// empty, with the value as a comment.
    fn cell(&self, key: &str, value: &Value, is_past: bool) -> CellTemplate {
        match self.context.carried(value).filter(|_| is_past) {
            Some(toml) => CellTemplate::empty(key).with_value(Some(toml)),
            None => self.empty_like(key, value).with_comment(Some(printed(value))),
        }
    }

    /// An empty cell with the same sources of funding as `value`.
    fn empty_like(&self, key: &str, value: &Value) -> CellTemplate {
        let declared = &self.context.strategy.amounts.funding;
        let sources = value.funding.iter().filter_map(|share| declared.get(share.funding.0));
        CellTemplate::empty(key).with_value(empty_funding(sources))
    }

    fn judgements(&self) -> String {
        let judgements = self.previous_sheet().map(|sheet| sheet.judgements.as_slice());
        let cells: String = self.marks(self.node.kind.key(), judgements).iter().map(CellTemplate::line).collect();
        if cells.is_empty() { cells } else { format!("\n[judgement]\n{cells}") }
    }

    /// Tables of the rows that had marks in the previous edition.
    fn row_judgements(&self) -> String {
        let Some(sheet) = self.previous_sheet() else { return String::new() };
        let table = |(program, judgements): (&String, &Vec<Judgement>)| {
            let cells: String = self.marks("row", Some(judgements)).iter().map(CellTemplate::line).collect();
            if cells.is_empty() { cells } else { format!("\n[program.{program}]\n{cells}") }
        };
        sheet.row_judgements.iter().map(table).collect()
    }

    /// Cells of one series in the new edition, one per year, each with the previous value as a comment.
    fn years(&self, key: &str, values: &ByYear<Value>, baseline: Option<FiscalYear>) -> Vec<CellTemplate> {
        let columns: Vec<FiscalYear> = values.keys().copied().collect();
        self.cells(key, values, self.columns(&columns, baseline))
    }

    /// Cells of the targets. Target years after the model edition's year are kept.
    fn targets(&self, values: &ByYear<Value>) -> Vec<CellTemplate> {
        let model_year = self.context.model.and_then(|(_, edition)| edition.year);
        let is_future = |year: &FiscalYear| model_year.is_some_and(|model_year| *year > model_year);
        let (future, past): (Vec<_>, Vec<_>) = values.keys().copied().partition(is_future);
        let columns: BTreeSet<_> = self.columns(&past, None).into_iter().chain(future).collect();
        self.cells("target", values, columns)
    }

    fn cells(
        &self,
        key: &str,
        values: &ByYear<Value>,
        columns: impl IntoIterator<Item = FiscalYear>,
    ) -> Vec<CellTemplate> {
        let newest = values.last_key_value();
        let cell = |year: FiscalYear| {
            let key = format!("{key}.{}", year.short());
            let is_past = self.context.year.is_some_and(|new| year < new);
            match (values.get(&year), newest) {
                (Some(value), _) => self.cell(&key, value, is_past),
                (None, Some((year, value))) => {
                    let comment = format!("{}: {}", year.short(), printed(value));
                    self.empty_like(&key, value).with_comment(Some(comment))
                }
                (None, None) => CellTemplate::empty(key),
            }
        };
        columns.into_iter().map(cell).collect()
    }

    /// Years of a series in the new edition. A series that begins with the baseline, or with the first
    /// year of the plan, is extended, at most to the end of the plan; any other series is shifted.
    fn columns(&self, previous: &[FiscalYear], baseline: Option<FiscalYear>) -> Vec<FiscalYear> {
        let (Some(first), Some(newest)) = (previous.first(), previous.last()) else { return Vec::new() };
        let (offset, period) = (self.context.year_offset(), self.context.strategy.period);
        let from_start = previous.len() > 1 && period.is_some_and(|period| *first <= period.from);
        if !from_start && baseline != Some(*first) {
            return previous.iter().map(|year| FiscalYear(year.0.saturating_add(offset))).collect();
        }
        let end = period.map(|period| period.to).filter(|end| newest <= end);
        let added = (1..=offset).map(|step| FiscalYear(newest.0.saturating_add(step)));
        previous.iter().copied().chain(added.filter(|year| end.is_none_or(|end| *year <= end))).collect()
    }

    /// Cells for marks of `subject`: one for each of the previous `judgements` or, without an earlier edition,
    /// one for each scale.
    fn marks(&self, subject: &str, judgements: Option<&[Judgement]>) -> Vec<CellTemplate> {
        let scales = self.context.strategy.scales.iter().enumerate();
        let scales = scales.filter(|(index, scale)| {
            scale.lost.is_none()
                && scale.applies_to.iter().any(|kind| kind == subject)
                && !self.is_heading_scale(ScaleIx(*index))
        });
        let cells = scales.flat_map(|(index, scale)| {
            let Some(judgements) = judgements else {
                let judges = scale.judges.iter().filter_map(|judge| self.context.strategy.judges.get(judge.0));
                let keys: Vec<String> = judges.map(|judge| format!("{}.{}", scale.id, judge.id)).collect();
                let keys = if scale.judges.is_empty() { vec![scale.id.clone()] } else { keys };
                let cell = |key: String| CellTemplate::empty(key).with_comment(Some(choices(scale)));
                return keys.into_iter().map(cell).collect::<Vec<_>>();
            };
            let judgements = judgements.iter().filter(|judgement| judgement.scale == ScaleIx(index));
            judgements.map(|judgement| self.mark(scale, judgement)).collect()
        });
        cells.collect()
    }

    fn mark(&self, scale: &Scale, previous: &Judgement) -> CellTemplate {
        let year = previous.year.map(|year| FiscalYear(year.0.saturating_add(self.context.year_offset())));
        let year = year.map(|year| format!(".{}", year.short())).unwrap_or_default();
        let judge = previous.judge.and_then(|judge| self.context.strategy.judges.get(judge.0));
        let judge = judge.map(|judge| format!(".{}", judge.id)).unwrap_or_default();
        let key = format!("{}{year}{judge}", scale.id);
        let comment = format!("{}　{}", printed_marks(scale, previous), choices(scale));
        CellTemplate::empty(key).with_comment(Some(comment))
    }

    fn is_heading_scale(&self, scale: ScaleIx) -> bool {
        self.rules().any(|rule| rule.scale == Some(scale))
    }

    fn rules(&self) -> impl Iterator<Item = &SectionRule> {
        // The fields of the new sheet, those of the previous one, are not filled in yet.
        let printed = self.previous_sheet().map_or(&[][..], |sheet| &sheet.fields);
        let is_open = |entry: &&FieldEntry| printed.iter().any(|other| other.field == entry.field);
        let mut fields = self.node.fields_in(None);
        fields.retain(|entry| !is_open(entry));
        self.context.strategy.sections.iter().filter(move |rule| rule.applies(self.node.kind, &fields))
    }

    /// Headings that the strategy declares; if it declares none, those of the previous sheet.
    fn headings(&self) -> Vec<&str> {
        let mut declared = self.context.strategy.sections.iter();
        if declared.any(|rule| rule.applies_to.contains(&self.node.kind)) {
            return self.rules().filter(|rule| rule.scale.is_none()).filter_map(|rule| rule.title.as_deref()).collect();
        }
        let sections = self.previous_sheet().map_or(&[][..], |sheet| &sheet.sections);
        sections.iter().map(|section| section.title.as_str()).filter(|title| !title.is_empty()).collect()
    }

    /// Comments about headings that are marks. Choosing one is a judgement, so none is written.
    fn comments_on_choice_headings(&self) -> String {
        let scales = self.rules().filter_map(|rule| self.context.strategy.scales.get(rule.scale?.0));
        let line = |scale: &Scale| {
            format!(
                "# 「{}」は見出しで示します（該当するものに ## を付けて記入してください）{}\n",
                in_comment(&scale.title),
                choices(scale)
            )
        };
        scales.map(line).collect()
    }
}

/// Series that are printed beside actual values and targets, with their keys.
fn printed_beside<'a>(indicator: &Indicator, figures: &'a Figures) -> Vec<(String, &'a ByYear<Value>)> {
    let series = [
        ("forecast", &figures.forecast),
        ("interim", &figures.interim),
        ("rate", &figures.rate),
        ("rank", &figures.rank),
    ];
    let series = series.into_iter().map(|(key, values)| (key.to_owned(), values));
    let with_id = |kind: SeriesKind, values: &'a ByYear<Value>| {
        Some((format!("{}.{}", kind.key(), indicator.series_id(kind)?), values))
    };
    let comparisons = figures.comparisons.iter();
    let comparisons = comparisons.filter_map(|(index, values)| with_id(SeriesKind::Comparison(*index), values));
    let groups = figures.breakdowns.iter();
    let groups = groups.filter_map(|(index, values)| with_id(SeriesKind::Breakdown(*index), values));
    series.chain(comparisons).chain(groups).collect()
}

fn year_of(column: Column) -> Option<FiscalYear> {
    match column {
        Column::Year(year) => Some(year),
        Column::Start | Column::End => None,
    }
}

/// The printed value, with its note.
fn printed(value: &Value) -> String {
    let note = value.note.as_ref().map(|note| format!("（{note}）")).unwrap_or_default();
    format!("{}{note}", quoted(&value.printed))
}

/// All marks of the scale, to choose from, or the maximum of its points.
fn choices(scale: &Scale) -> String {
    if let Some(points) = &scale.points {
        return points.max.map(|max| format!("［{max}点満点］")).unwrap_or_default();
    }
    let marks: Vec<_> = scale.marks.iter().map(|mark| mark.printed.as_str()).collect();
    format!("［{}］", in_comment(&marks.join("・")))
}

/// The marks of a judgement, or its placeholder, as printed.
fn printed_marks(scale: &Scale, judgement: &Judgement) -> String {
    match &judgement.verdict {
        Verdict::Marks(marks) => {
            let marks = marks.iter().filter_map(|mark| scale.marks.get(*mark)).map(|mark| quoted(&mark.printed));
            marks.collect::<Vec<_>>().join("、")
        }
        Verdict::Points(points) => printed(points),
        Verdict::Missing(placeholder) => quoted(placeholder),
        Verdict::Lost => "（判読不能）".to_owned(),
    }
}
