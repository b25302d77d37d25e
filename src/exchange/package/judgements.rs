//! The table of marks and points.

use super::super::evaluation::lost_scales;
use super::csv_file::{CsvFile, CsvWriter, NONE, count, optional, text, year};
use super::nodes::{indicator_key, node_key};
use super::table::JUDGEMENT_COLUMNS;
use super::values::value_cells;
use crate::model::{
    Edition, FiscalYear, Indicator, Judge, Judgement, Kind, Node, RegionCode, Report, Scale, Strategy, StrategyIx,
    Value, Verdict,
};
use std::borrow::Cow;

/// Unit of points.
pub(super) const POINTS_UNIT: &str = "点";

/// A mark or points, or the reason for their absence.
pub(super) struct GivenMark<'r> {
    /// Key of its row: `2019/policy/3/judgement.grade`, followed by year and judge, and by `.mark.2` for the second mark.
    pub(super) id: String,
    /// Points; `None` for marks.
    pub(super) value: Option<&'r Value>,
    /// Placeholder as printed; `None` unless the judgement is missing.
    pub(super) printed: Option<&'r str>,
    pub(super) note: Option<&'r str>,
    edition: &'r Edition,
    subject: Subject<'r>,
    scale: &'r Scale,
    judge: Option<&'r Judge>,
    year: Option<FiscalYear>,
    /// Index of the mark in the scale; `None` if no mark was given.
    mark: Option<usize>,
    status: &'static str,
}

/// What was evaluated.
#[derive(Clone, Copy)]
struct Subject<'r> {
    node: &'r Node,
    indicator: Option<&'r Indicator>,
    /// Id of the program of the row.
    program: Option<&'r str>,
}

/// The table [`TableId::Judgements`](super::TableId::Judgements).
pub(super) fn table(report: &Report, ix: StrategyIx) -> CsvFile {
    let mut file = CsvWriter::new(&JUDGEMENT_COLUMNS);
    let strategy = report.strategy(ix);
    let region = report.region_code(ix).map(RegionCode::as_str);
    for_each(report, ix, &mut |of| {
        let points = of.value.map(|value| value_cells(value, POINTS_UNIT));
        let [number, number_to, bound, unit, status] =
            points.unwrap_or([NONE, NONE, NONE, NONE, Cow::Borrowed(of.status)]);
        let mark = of.mark.and_then(|mark| of.scale.marks.get(mark)).map(|mark| mark.printed.as_str());
        let subject = of.subject;
        file.push([
            text(&of.id),
            optional(region),
            text(&strategy.publisher),
            text(&strategy.id),
            text(&of.edition.id),
            Cow::Owned(node_key(subject.node)),
            subject.indicator.map_or(NONE, |indicator| Cow::Owned(indicator_key(subject.node, indicator))),
            subject.program.map_or(NONE, |program| Cow::Owned(format!("{}/{program}", Kind::Program.key()))),
            text(&of.scale.id),
            optional(of.judge.map(|judge| judge.id.as_str())),
            year(of.year),
            count(of.mark.map_or(0, |mark| mark + 1)),
            optional(mark),
            number,
            number_to,
            bound,
            unit,
            status,
        ]);
    });
    file.finish()
}

/// Calls `visit` with every mark, in the order of `report.json`; for a judgement without marks, once.
pub(super) fn for_each<'r>(report: &'r Report, ix: StrategyIx, visit: &mut dyn FnMut(GivenMark<'r>)) {
    let strategy = report.strategy(ix);
    for (_, node) in report.nodes(ix) {
        for sheet in &node.sheets {
            let Some(edition) = strategy.editions.get(sheet.edition.0) else { continue };
            let of = |indicator, program| Sheet { strategy, edition, subject: Subject { node, indicator, program } };
            of(None, None).visit(&sheet.judgements, visit);
            for (program, given) in &sheet.row_judgements {
                of(None, Some(program.as_str())).visit(given, visit);
            }
            for (index, figures) in &sheet.figures {
                let Some(indicator) = node.indicators.get(*index) else { continue };
                of(Some(indicator), None).visit(&figures.judgements, visit);
                for scale in lost_scales(strategy, &figures.judgements) {
                    of(Some(indicator), None).visit_lost(scale, visit);
                }
            }
        }
    }
}

/// Judgements of one subject in one edition.
struct Sheet<'r> {
    strategy: &'r Strategy,
    edition: &'r Edition,
    subject: Subject<'r>,
}

impl<'r> Sheet<'r> {
    fn key(&self, scale: &Scale) -> String {
        let subject = match (self.subject.indicator, self.subject.program) {
            (Some(indicator), _) => format!("indicator.{}", indicator.id),
            (None, Some(program)) => format!("program.{program}"),
            (None, None) => "judgement".to_owned(),
        };
        format!("{}/{}/{subject}.{}", self.edition.id, node_key(self.subject.node), scale.id)
    }

    fn visit(&self, judgements: &'r [Judgement], visit: &mut dyn FnMut(GivenMark<'r>)) {
        for judgement in judgements {
            let Some(scale) = self.strategy.scales.get(judgement.scale.0) else { continue };
            let judge = judgement.judge.and_then(|judge| self.strategy.judges.get(judge.0));
            let mut id = self.key(scale);
            id.extend(judgement.year.iter().flat_map(|year| [".".to_owned(), year.0.to_string()]));
            id.extend(judge.iter().flat_map(|judge| [".", judge.id.as_str()]));
            let given = |id, value, printed, mark, status| GivenMark {
                id,
                value,
                printed,
                note: judgement.note.as_deref(),
                edition: self.edition,
                subject: self.subject,
                scale,
                judge,
                year: judgement.year,
                mark,
                status,
            };
            match &judgement.verdict {
                Verdict::Marks(marks) => {
                    for (position, mark) in marks.iter().enumerate() {
                        let id = match position {
                            0 => id.clone(),
                            position => format!("{id}.mark.{}", position + 1),
                        };
                        visit(given(id, None, None, Some(*mark), "given"));
                    }
                }
                Verdict::Points(points) => visit(given(id, Some(points.as_ref()), None, None, "given")),
                Verdict::Missing(printed) => visit(given(id, None, Some(printed.as_str()), None, "missing")),
                Verdict::Lost => visit(given(id, None, None, None, "lost")),
            }
        }
    }

    /// The lost mark that a scale declares for every indicator.
    fn visit_lost(&self, scale: &'r Scale, visit: &mut dyn FnMut(GivenMark<'r>)) {
        visit(GivenMark {
            id: self.key(scale),
            value: None,
            printed: None,
            note: None,
            edition: self.edition,
            subject: self.subject,
            scale,
            judge: None,
            year: None,
            mark: None,
            status: "lost",
        });
    }
}
