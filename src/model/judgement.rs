//! Scales, their marks, and the judgements given with them.

use super::fiscal_year::FiscalYear;
use super::keyed::keyed;
use crate::diagnostic::Span;

/// The place of a scale in [`Strategy::scales`](super::Strategy::scales).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScaleIx(pub usize);

/// A declared scale: `[[scale]]` in `strategy.toml`.
///
/// Nothing is known of a mark but what is declared here; a mark is never derived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// `id`: the key under which sheets give a mark: `grade`, `status`, `direction`, `funding`.
    pub id: String,
    /// `title`: what readers see: `達成状況`, `今後の方向性`.
    pub title: String,
    /// `of`: what it judges: `goal`, `policy`, `program`, `indicator`.
    pub of: Vec<String>,
    /// `marks`: the marks, best first where there is an order.
    pub marks: Vec<Mark>,
    /// `note`: what readers must know: `判定の規則は資料に書かれていない`.
    pub note: Option<String>,
    /// `lost`: set where the marks were printed but cannot be read from the published text;
    /// says so. Whatever the scale judges then has a lost mark, never a guessed one.
    pub lost: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// One mark of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// `mark`: as printed: `B`, `順調`, `◎`.
    pub mark: String,
    /// `meaning`: what it means, where the publisher says so.
    pub meaning: Option<String>,
    /// `spoken`: how it is read aloud: `二重丸`.
    pub spoken: Option<String>,
    /// `tone`: how it is coloured and shaped: `good`, `fair`, `poor`, `neutral` (default).
    pub tone: Tone,
    /// `ends`: true where it says that a program comes to its end: `完了`, `事業終了`. Money
    /// for a later year is then a finding of `shirube check`.
    pub ends: bool,
}

keyed! {
    /// Whether a mark is good news. Declared, for the same letter differs from city to city.
    pub enum Tone {
        /// Going well.
        Good = "good",
        /// Partly.
        Fair = "fair",
        /// Not going well.
        Poor = "poor",
        /// No verdict: a direction, a kind of funding.
        Neutral = "neutral",
    }
}

/// A mark given to a node or an indicator.
///
/// ```toml
/// [judgement]
/// status = "順調"
/// direction.R7 = "維持"                       # of one year
/// evaluation = { mark = "B", note = "…" }
/// result = ["実施", "予定"]                   # several hold at once
/// ```
/// A spelling that `strategy.missing` lists is a judgement that was not given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The scale.
    pub scale: ScaleIx,
    /// The fiscal year it is of, where it is of one.
    pub year: Option<FiscalYear>,
    /// What was given.
    pub verdict: Verdict,
    /// `note`: what is said of it.
    pub note: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// What a judgement says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// One mark or several, as places in [`Scale::marks`].
    Marks(Vec<usize>),
    /// No mark was given; the placeholder as printed (`-`, `―`).
    Missing(String),
    /// Printed, but lost in the published text.
    Lost,
}
