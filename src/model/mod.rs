//! Data model of a city's strategy reports: plain values, without IO and without panics.
//!
//! The docs of the fields name the keys of the files in `content/`, which [`crate::schema`] declares. [`crate::content`]
//! reads the files, [`crate::link`] links the nodes.

mod acknowledgement;
mod amount;
mod asset;
mod chain;
mod colour;
mod comparison;
mod correction;
mod day;
mod digits;
mod easy;
mod edition;
mod field;
mod fiscal_year;
mod glossary;
mod href;
mod indicator;
mod judgement;
mod keyword_enum;
mod kind;
mod license;
mod method;
mod money_unit;
mod node;
mod reference;
mod region_code;
mod report;
mod series;
mod sheet;
mod site;
mod static_file;
mod strategy;
mod survey;
mod value;

pub use acknowledgement::Acknowledgement;
pub use amount::{
    AmountDeclarations, AmountKey, AmountKind, AmountKindIx, AmountTable, Amounts, ByYear, Funding, FundingIx,
    FundingShare, Phase, PhaseDeclaration, PhaseKind,
};
pub use asset::{Asset, AssetKind, ImageFile};
pub use chain::Chains;
pub use colour::Colour;
pub use comparison::{EditionContext, Figure, Incomparable, KeyFigures, Status, comparable, state_reached};
pub use correction::{
    AmountCell, CellKey, Corrected, Correction, CorrectionKind, FigureKey, JudgedSubject, JudgementKey, SurveyPart,
};
pub use day::{Day, PublicationDate};
pub use digits::grouped;
pub(crate) use digits::push_grouped;
pub use easy::EasyText;
pub use edition::{Edition, EditionIx, SourceDocument, Stage};
pub use field::{Field, FieldEntry, FieldIx, FieldOption, FieldOptionIx, effective_entries};
pub use fiscal_year::{FiscalYear, OpenPeriod, Period, YearKind};
pub use glossary::GlossaryTerm;
pub use href::{Href, Scheme, is_email};
pub use indicator::{Baseline, Breakdown, Comparison, DataSource, Indicator, IndicatorKind, Step, TotalFrom};
pub use judgement::{Judge, JudgeIx, Judgement, Mark, Points, Scale, ScaleIx, ScaleKind, Tone, Verdict, decisive};
pub use kind::Kind;
pub use license::License;
pub use method::{
    Band, BandCondition, Direction, Method, MethodKind, MethodRef, MethodTarget, QualitativeResult, Tolerance,
    ToleranceWidth,
};
pub use money_unit::{convert_unit, yen_of};
pub use node::{Account, AccountStep, FormerId, Group, InCharge, LostRow, Node, PrintedName, Row, SubItem};
pub use reference::{Reference, ReferenceKind};
pub use region_code::{RegionCode, RegionCodeError};
pub use report::{IndicatorId, NodeId, Owner, Place, ReferenceTarget, Relations, Report, StrategyIx, UnpublishedId};
pub use series::{AmountSeries, Cell, Revision, Series, funding_of, merged_amounts};
pub use sheet::{
    Column, Figures, Prose, ProseLink, Remark, Response, ResponseEdition, Section, SeriesKind, Sheet, Variant,
};
pub use site::{Accent, Base, Contact, Link, Phone, Site, SiteImage};
pub use static_file::StaticFile;
pub use strategy::{Department, KindLabels, Required, SectionRule, Strategy, UnpublishedNode};
pub use survey::{Survey, SurveyAxis, SurveyEntry, SurveyIx};
pub use value::{Bound, Estimate, Number, Value, ValueContent, ValuePart};

pub use rust_decimal::Decimal;

pub(crate) use comparison::{baseline, break_between, ensure_same_accumulation, ensure_same_measure, previous};
pub(crate) use day::{days_of_month, one_or_two_digits};
pub(crate) use fiscal_year::half_width;
pub(crate) use report::ReferenceIndex;
