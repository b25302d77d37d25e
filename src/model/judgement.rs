//! Scales, their marks, and judgements that use them.

use super::fiscal_year::FiscalYear;
use super::keyword_enum::keyword_enum;
use crate::diagnostic::Span;

/// Index of a scale in [`Strategy::scales`](super::Strategy::scales).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScaleIx(pub usize);

/// Scale of marks: `[[scale]]` in `strategy.toml`.
///
/// Everything known about a mark is declared here; its meaning and tone are never inferred from its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// `id`: key under which sheets give a mark: `grade`, `status`, `direction`, `funding`.
    pub id: String,
    /// `title`: title shown to readers: `達成状況`, `今後の方向性`.
    pub title: String,
    /// `of`: kinds that it evaluates: `goal`, `policy`, `program`, `indicator`.
    pub applies_to: Vec<String>,
    /// `marks`: marks, best first if they are ordered.
    pub marks: Vec<Mark>,
    /// `note`: note to readers: `判定の規則は資料に書かれていない`.
    pub note: Option<String>,
    /// `lost`: set if the marks were printed but cannot be read from the published text: an explanation
    /// of the loss. Everything that the scale evaluates then has a lost mark, never a guessed one.
    pub lost: Option<String>,
    /// Span of the declaration.
    pub span: Span,
}

impl Scale {
    /// Explanation of the loss of its marks if it evaluates subjects of `kind` and its marks are lost.
    pub fn lost_for(&self, kind: &str) -> Option<&str> {
        self.lost.as_deref().filter(|_| self.applies_to.iter().any(|of| of == kind))
    }
}

/// Mark of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// `mark`: as printed: `B`, `順調`, `◎`.
    pub printed: String,
    /// `meaning`: meaning according to the publisher; `None` if the publisher does not state it.
    pub meaning: Option<String>,
    /// `spoken`: reading for screen readers: `二重丸`.
    pub spoken: Option<String>,
    /// `tone`: colour and shape of the mark: `good`, `fair`, `poor`, `neutral` (default).
    pub tone: Tone,
    /// `ends`: true if the mark declares the end of a program: `完了`, `事業終了`. Money
    /// for a later year is then a finding of `shirube check`.
    pub ends: bool,
}

keyword_enum! {
    /// Assessment that a mark expresses. Declared, because the same letter differs in meaning
    /// between cities.
    pub enum Tone {
        /// Going well.
        Good = "good",
        /// Partly going well.
        Fair = "fair",
        /// Not going well.
        Poor = "poor",
        /// No assessment: a direction, a kind of funding.
        Neutral = "neutral",
    }
}

/// Marks given to a node or an indicator on one scale.
///
/// ```toml
/// [judgement]
/// status = "順調"
/// direction.R7 = "維持"                       # for one year
/// evaluation = { mark = "B", note = "…" }
/// result = ["実施", "予定"]                   # several marks at once
/// ```
/// A placeholder listed in `strategy.missing` denotes a judgement that was not given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The scale.
    pub scale: ScaleIx,
    /// Fiscal year of the judgement; `None` if it is not for a single year.
    pub year: Option<FiscalYear>,
    /// The marks, or the reason for their absence.
    pub verdict: Verdict,
    /// `note`: note on the judgement.
    pub note: Option<String>,
    /// Span of the judgement.
    pub span: Span,
}

/// Content of a judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// One or several marks, as indices into [`Scale::marks`].
    Marks(Vec<usize>),
    /// No mark was given; holds the placeholder as printed (`-`, `―`).
    Missing(String),
    /// Printed, but lost in the published text.
    Lost,
}
