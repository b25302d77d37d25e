//! What statements say, for tests that read pages: `docs/statements.md`, §5.

use super::here::Here;
use super::key::{guard, last_guard};
use super::sums;
use crate::model::{Column, Figure, Indicator, NodeId, Standing, Status};
use serde::Serialize;
use std::borrow::Cow;

/// The key figures of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyFacts<'a> {
    /// The indicator: `policy/3/matching`.
    pub of: String,
    /// The latest value.
    pub latest: Option<FigureFacts<'a>>,
    /// Whether it counts a part of its year only.
    pub interim_only: bool,
    /// The applicable target.
    pub target: Option<FigureFacts<'a>>,
    /// The last target, where it is another.
    pub last_target: Option<FigureFacts<'a>>,
    /// The interim value beside the latest value.
    pub interim: Option<FigureFacts<'a>>,
    /// Why value and target may not be compared, where they count different things.
    pub incomparable: Option<&'static str>,
    /// The same of the last target, where that is another reason.
    pub last_incomparable: Option<&'static str>,
}

/// A figure with its column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureFacts<'a> {
    /// The western year, `start` or `end`.
    pub column: Cow<'static, str>,
    /// As printed.
    pub printed: &'a str,
}

impl<'a> KeyFacts<'a> {
    pub(crate) fn new(here: &Here<'a>, id: NodeId, indicator: &Indicator, standing: &Standing<'a>) -> Self {
        let figure = |figure: Option<Figure<'a>>| {
            figure.map(|figure| FigureFacts { column: column(figure.column), printed: &figure.value.printed })
        };
        Self {
            of: sums::indicator_key(here, id, indicator),
            latest: figure(standing.latest),
            interim_only: standing.latest.is_some_and(|latest| latest.status == Status::Interim),
            target: figure(standing.target),
            last_target: figure(standing.last_target),
            interim: figure(standing.interim),
            incomparable: guard(indicator, standing).map(|guard| guard.code()),
            last_incomparable: last_guard(indicator, standing).map(|guard| guard.code()),
        }
    }
}

/// A column as statements name it.
pub(crate) fn column(column: Column) -> Cow<'static, str> {
    match column {
        Column::Start => "start".into(),
        Column::Year(year) => year.0.to_string().into(),
        Column::End => "end".into(),
    }
}
