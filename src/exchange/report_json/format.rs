//! The shape of `report.json`, field by field. What was not given is left out.

use crate::model::{
    Bound, Column, Content, Decimal, Edition, Estimate, Href, Indicator, Mark, Period, Scale, TotalFrom, Value,
    YearKind,
};
use serde::Serialize;
use serde_with::skip_serializing_none;
use std::collections::BTreeMap;

/// The whole document.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub(super) struct Document<'r> {
    pub(super) format: &'static str,
    pub(super) id: &'r str,
    pub(super) title: &'r str,
    pub(super) reading: Option<&'r str>,
    pub(super) publisher: &'r str,
    pub(super) period: Option<Years>,
    pub(super) lang: &'r str,
    pub(super) outline: bool,
    pub(super) description: Option<&'r str>,
    pub(super) money_unit: &'r str,
    pub(super) missing_spellings: &'r [String],
    pub(super) labels: BTreeMap<&'static str, &'r str>,
    pub(super) editions: Vec<EditionJson<'r>>,
    pub(super) scales: Vec<ScaleJson<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) methods: Vec<MethodJson<'r>>,
    pub(super) outside: Vec<OutsideJson<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) departments: Vec<DepartmentJson<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) rows: Vec<RowJson<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) remarks: Vec<&'r str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) words: &'r str,
    pub(super) nodes: Vec<NodeJson<'r>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Years {
    pub(super) from: i32,
    pub(super) to: i32,
}

#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub(super) struct EditionJson<'r> {
    pub(super) id: &'r str,
    pub(super) label: &'r str,
    pub(super) fiscal_year: Option<i32>,
    pub(super) stage: &'static str,
    pub(super) as_of: Option<&'r str>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) as_of_estimated: bool,
    pub(super) as_of_note: Option<&'r str>,
    pub(super) judged_by: Option<&'r str>,
    pub(super) note: Option<&'r str>,
    pub(super) document: Option<DocumentJson<'r>>,
}

#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub(super) struct DocumentJson<'r> {
    pub(super) title: &'r str,
    pub(super) url: Option<&'r str>,
    pub(super) published: Option<&'r str>,
    pub(super) summary: bool,
    pub(super) note: Option<&'r str>,
}

#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub(super) struct ScaleJson<'r> {
    pub(super) id: &'r str,
    pub(super) title: &'r str,
    pub(super) of: &'r [String],
    pub(super) marks: Vec<MarkJson<'r>>,
    pub(super) note: Option<&'r str>,
    pub(super) lost: Option<&'r str>,
}

#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub(super) struct MarkJson<'r> {
    pub(super) mark: &'r str,
    pub(super) meaning: Option<&'r str>,
    pub(super) spoken: Option<&'r str>,
    pub(super) tone: &'static str,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) ends: bool,
}

/// How progress is measured. Rates are in percent.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub(super) struct MethodJson<'r> {
    pub(super) id: &'r str,
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) default: bool,
    pub(super) scale: Option<&'r str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) bands: Vec<BandJson<'r>>,
    pub(super) tolerance: Option<String>,
    pub(super) note: Option<&'r str>,
}

/// Which results give which mark; without `from`, `to` and `when`, all that are left.
#[skip_serializing_none]
#[derive(Debug, Default, Serialize)]
pub(super) struct BandJson<'r> {
    pub(super) from: Option<Decimal>,
    pub(super) to: Option<Decimal>,
    pub(super) when: Option<&'static str>,
    pub(super) mark: &'r str,
}

#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub(super) struct OutsideJson<'r> {
    #[serde(rename = "ref")]
    pub(super) reference: String,
    pub(super) name: Option<&'r str>,
    pub(super) note: Option<&'r str>,
}

#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub(super) struct DepartmentJson<'r> {
    pub(super) name: &'r str,
    pub(super) reading: Option<&'r str>,
    pub(super) contact: Option<&'r str>,
}

#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub(super) struct RowJson<'r> {
    pub(super) program: &'r str,
    pub(super) number: Option<&'r str>,
    pub(super) group: Option<&'r str>,
    pub(super) repeat: bool,
    /// Whether the program's amounts count here when each is counted once.
    pub(super) counts: bool,
    pub(super) repeat_printed: Option<Vec<i32>>,
    pub(super) years: Option<Vec<i32>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) markers: Vec<MarkerJson<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) also: Vec<String>,
    pub(super) category: Option<&'r str>,
    pub(super) note: Option<&'r str>,
}

#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub(super) struct MarkerJson<'r> {
    pub(super) text: &'r str,
    pub(super) fiscal_year: Option<i32>,
}

#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub(super) struct NodeJson<'r> {
    pub(super) kind: &'static str,
    pub(super) id: &'r str,
    pub(super) number: Option<&'r str>,
    pub(super) label: &'r str,
    pub(super) name: &'r str,
    pub(super) reading: Option<&'r str>,
    pub(super) parent: Option<&'r str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) departments: &'r [String],
    pub(super) account: Option<&'r str>,
    pub(super) category: Option<&'r str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) markers: &'r [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) printed_names: Vec<PrintedNameJson<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) links: Vec<String>,
    pub(super) links_none: Option<&'r str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) formerly: &'r [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) succeeds: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) rows: Vec<RowJson<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) indicators: Vec<IndicatorJson<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) remarks: Vec<&'r str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) words: &'r str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) sheets: Vec<SheetJson<'r>>,
}

#[derive(Debug, Serialize)]
pub(super) struct PrintedNameJson<'r> {
    pub(super) fiscal_year: i32,
    pub(super) name: &'r str,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) sic: bool,
}

#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub(super) struct IndicatorJson<'r> {
    pub(super) id: &'r str,
    pub(super) name: &'r str,
    pub(super) kind: &'static str,
    pub(super) role: Option<&'r str>,
    pub(super) definition: Option<&'r str>,
    pub(super) source: Option<&'r str>,
    pub(super) unit: Option<&'r str>,
    pub(super) better: Option<&'static str>,
    /// `calendar`; left out for fiscal years.
    pub(super) year_kind: Option<&'static str>,
    pub(super) baseline: Option<StartOrYear>,
    pub(super) interval: Option<u32>,
    pub(super) method: Option<&'r str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) breaks: Vec<i32>,
    pub(super) actual_total_from: Option<StartOrYear>,
    pub(super) target_total_from: Option<i32>,
    /// The older name of `target_total_from`.
    pub(super) cumulative_from: Option<i32>,
    pub(super) note: Option<&'r str>,
}

#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub(super) struct SheetJson<'r> {
    pub(super) edition: &'r str,
    pub(super) page: Option<&'r str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) departments: &'r [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) judgements: Vec<JudgementJson<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) figures: Vec<FiguresJson<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) money: Vec<ValueJson<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) staff: Vec<ValueJson<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) total: Vec<ValueJson<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) remarks: Vec<&'r str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) words: Vec<SectionJson<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) variants: Vec<VariantJson<'r>>,
}

#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub(super) struct JudgementJson<'r> {
    pub(super) scale: &'r str,
    pub(super) fiscal_year: Option<i32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) marks: Vec<&'r str>,
    pub(super) missing: Option<&'r str>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) lost: bool,
    pub(super) note: Option<&'r str>,
}

#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub(super) struct FiguresJson<'r> {
    pub(super) indicator: &'r str,
    pub(super) values: Vec<ValueJson<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) judgements: Vec<JudgementJson<'r>>,
    pub(super) note: Option<&'r str>,
}

#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub(super) struct ValueJson<'r> {
    /// `actual`, `target`, `unplaced`; of amounts `budget`, `settlement`, `plan`, `actual`.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) series: &'static str,
    /// The column; left out where it bears no year.
    pub(super) fiscal_year: Option<i32>,
    /// The column of an indicator of calendar years.
    pub(super) calendar_year: Option<i32>,
    /// Whether it is a baseline without a year.
    #[serde(skip_serializing_if = "is_false")]
    pub(super) start: bool,
    /// Whether it stands for the end of the plan.
    #[serde(skip_serializing_if = "is_false")]
    pub(super) end: bool,
    /// What the value is a part of: its own name.
    pub(super) name: Option<&'r str>,
    pub(super) printed: &'r str,
    pub(super) number: Option<Decimal>,
    pub(super) from: Option<Decimal>,
    pub(super) to: Option<Decimal>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) missing: bool,
    pub(super) bound: Option<&'static str>,
    pub(super) unit: Option<&'r str>,
    pub(super) measured: Option<Years>,
    pub(super) as_of: Option<&'r str>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) estimated: bool,
    pub(super) estimated_as: Option<&'r str>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) sic: bool,
    pub(super) note: Option<&'r str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) parts: Vec<ValueJson<'r>>,
}

#[derive(Debug, Serialize)]
pub(super) struct SectionJson<'r> {
    pub(super) title: &'r str,
    pub(super) markdown: &'r str,
}

#[derive(Debug, Serialize)]
pub(super) struct VariantJson<'r> {
    pub(super) policy: &'r str,
    pub(super) words: Vec<SectionJson<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) remarks: Vec<&'r str>,
}

/// A year, or the start of the plan.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum StartOrYear {
    Start(&'static str),
    Year(i32),
}

impl From<Column> for StartOrYear {
    fn from(column: Column) -> Self {
        match column {
            Column::Year(year) => Self::Year(year.0),
            Column::Start | Column::End => Self::Start("start"),
        }
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}

impl From<Period> for Years {
    fn from(period: Period) -> Self {
        Self { from: period.from.0, to: period.to.0 }
    }
}

impl<'r> From<&'r Value> for ValueJson<'r> {
    fn from(value: &'r Value) -> Self {
        let number = value.number();
        let (from, to) = match value.content {
            Content::Range(from, to) => (Some(from), Some(to)),
            _ => (None, None),
        };
        Self {
            series: "",
            fiscal_year: None,
            calendar_year: None,
            start: false,
            end: false,
            name: None,
            printed: &value.printed,
            number: number.map(|number| number.decimal),
            from,
            to,
            missing: value.is_missing(),
            bound: number.map(|number| number.bound).filter(|bound| *bound != Bound::Exact).map(Bound::key),
            unit: number.and_then(|number| number.unit.as_deref()),
            measured: value.measured.map(Years::from),
            as_of: value.as_of.as_deref(),
            estimated: value.estimated.is_some(),
            estimated_as: match &value.estimated {
                Some(Estimate::Worded(word)) => Some(word),
                Some(Estimate::Expected) | None => None,
            },
            sic: value.sic,
            note: value.note.as_deref(),
            parts: value.parts.iter().map(|part| Self { name: Some(&part.name), ..Self::from(&part.value) }).collect(),
        }
    }
}

impl<'r> From<&'r Indicator> for IndicatorJson<'r> {
    fn from(indicator: &'r Indicator) -> Self {
        Self {
            id: &indicator.id,
            name: &indicator.name,
            kind: indicator.kind.key(),
            role: indicator.role.as_deref(),
            definition: indicator.definition.as_deref(),
            source: indicator.source.as_deref(),
            unit: indicator.unit.as_deref(),
            better: indicator.better.map(|better| better.key()),
            year_kind: Some(indicator.year_kind.key()).filter(|_| indicator.year_kind != YearKind::Fiscal),
            baseline: indicator.baseline.map(|baseline| StartOrYear::from(baseline.column())),
            interval: indicator.interval,
            method: indicator.method.as_ref().map(|method| method.id.as_str()),
            breaks: indicator.breaks.iter().map(|year| year.0).collect(),
            actual_total_from: indicator.actual_total_from.map(|from| match from {
                TotalFrom::Start => StartOrYear::Start("start"),
                TotalFrom::Year(year) => StartOrYear::Year(year.0),
            }),
            target_total_from: indicator.target_total_from.map(|year| year.0),
            cumulative_from: indicator.target_total_from.map(|year| year.0),
            note: indicator.note.as_deref(),
        }
    }
}

impl<'r> From<&'r Edition> for EditionJson<'r> {
    fn from(edition: &'r Edition) -> Self {
        Self {
            id: &edition.id,
            label: &edition.label,
            fiscal_year: edition.year.map(|year| year.0),
            stage: edition.stage.key(),
            as_of: edition.as_of.as_deref(),
            as_of_estimated: edition.as_of_estimated,
            as_of_note: edition.as_of_note.as_deref(),
            judged_by: edition.judged_by.as_deref(),
            note: edition.note.as_deref(),
            document: edition.document.as_ref().map(|document| DocumentJson {
                title: &document.title,
                url: document.url.as_ref().map(Href::as_str),
                published: document.published.as_deref(),
                summary: document.summary,
                note: document.note.as_deref(),
            }),
        }
    }
}

impl<'r> From<&'r Scale> for ScaleJson<'r> {
    fn from(scale: &'r Scale) -> Self {
        let mark = |mark: &'r Mark| MarkJson {
            mark: &mark.mark,
            meaning: mark.meaning.as_deref(),
            spoken: mark.spoken.as_deref(),
            tone: mark.tone.key(),
            ends: mark.ends,
        };
        Self {
            id: &scale.id,
            title: &scale.title,
            of: &scale.of,
            marks: scale.marks.iter().map(mark).collect(),
            note: scale.note.as_deref(),
            lost: scale.lost.as_deref(),
        }
    }
}
