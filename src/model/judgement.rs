//! Judges, scales, their marks, and judgements that use them.

use super::correction::Corrected;
use super::fiscal_year::FiscalYear;
use super::keyword_enum::keyword_enum;
use super::value::Value;
use crate::diagnostic::Span;
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

/// Index of a judge in [`Strategy::judges`](super::Strategy::judges). Ordered as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JudgeIx(pub usize);

/// One of several bodies that evaluate the same things: `[[judge]]` in `strategy.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judge {
    /// `id`: key under which sheets give its marks: `primary`, `council`.
    pub id: String,
    /// `title`: title shown to readers: `一次評価`, `外部評価`.
    pub title: String,
}

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
    /// `group`: heading of the table that shows the scales of the same group; `None` if it is shown on its own.
    pub group: Option<String>,
    /// `judges`: judges who each evaluate on the scale, in printed order. If empty, judgements name no judge; otherwise
    /// they all do, except lost ones.
    pub judges: Vec<JudgeIx>,
    /// `marks`: marks, best first if they are ordered; empty for a scale of points.
    pub marks: Vec<Mark>,
    /// `kind = "points"`: set if it evaluates with points instead of marks.
    pub points: Option<Points>,
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

    /// Returns true if its marks are certainly ordered, best first: all have a tone, which never improves, or all are single
    /// letters in alphabetical order (`S` precedes `A`). Kinds such as 単独・補助 have no order, and neither has a mark that
    /// says nothing about success, such as 予定.
    pub fn is_graded(&self) -> bool {
        let tones = || self.marks.iter().map(|mark| Tone::ALL.iter().position(|tone| *tone == mark.tone));
        let neutral = || self.marks.iter().filter(|mark| mark.tone == Tone::Neutral).count();
        let letters: Option<Vec<char>> = self.marks.iter().map(|mark| grade_letter(&mark.printed)).collect();
        let alphabetical = letters.is_some_and(|letters| letters.is_sorted_by(|one, other| one < other));
        self.marks.len() > 1
            && (neutral() == 0 || (neutral() == self.marks.len() && alphabetical))
            && tones().is_sorted()
    }
}

/// Letter of a grade, full-width or not, with `S` before `A`; `None` for all other marks.
fn grade_letter(mark: &str) -> Option<char> {
    let mut letters = mark.nfkc();
    match (letters.next()?, letters.next()) {
        ('S', None) => Some('@'),
        (letter @ 'A'..='F', None) => Some(letter),
        _ => None,
    }
}

keyword_enum! {
    /// How a scale evaluates.
    pub enum ScaleKind {
        /// With marks.
        Marks = "marks",
        /// With points.
        Points = "points",
    }
}

/// Points of a scale that evaluates with points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Points {
    /// `max`: maximum; `None` if the report does not state it.
    pub max: Option<Decimal>,
    /// `sum`: scales whose points add up to those of this scale; empty if it is not a sum.
    pub sum: Vec<ScaleIx>,
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
/// need = { primary = 18, council = 15 }       # points, by judge
/// ```
/// A placeholder listed in `strategy.missing` denotes a judgement that was not given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The scale.
    pub scale: ScaleIx,
    /// The judge; `None` if the scale has no judges, or if the marks of all judges are lost.
    pub judge: Option<JudgeIx>,
    /// Fiscal year of the judgement; `None` if it is not for a single year.
    pub year: Option<FiscalYear>,
    /// The marks, or the reason for their absence.
    pub verdict: Verdict,
    /// `note`: note on the judgement.
    pub note: Option<String>,
    /// Last correction (訂正) of the judgement; `None` if it was not corrected.
    pub corrected: Option<Box<Corrected>>,
    /// Span of the judgement.
    pub span: Span,
}

/// Content of a judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// One or several marks, as indices into [`Scale::marks`].
    Marks(Vec<usize>),
    /// Points, as printed.
    Points(Box<Value>),
    /// No mark was given; holds the placeholder as printed (`-`, `―`).
    Missing(String),
    /// Printed, but lost in the published text.
    Lost,
}

/// Decisive judgements, one per scale and year, which lists show and which can end a program: the judgement of the last judge
/// in printed order who gave a mark or points, or of the last judge if none did. Judgements without a judge are all decisive.
pub fn decisive(judgements: &[Judgement]) -> impl Iterator<Item = &Judgement> {
    let is_later = |one: &Judgement, other: &Judgement| {
        let rank = |judgement: &Judgement| (judgement.is_given(), judgement.judge);
        (one.scale, one.year) == (other.scale, other.year) && rank(one) > rank(other)
    };
    judgements.iter().filter(move |judgement| {
        judgement.judge.is_none() || !judgements.iter().any(|other| is_later(other, judgement))
    })
}

impl Judgement {
    /// Returns true if marks or points were given, even if they are lost.
    pub fn is_given(&self) -> bool {
        !matches!(self.verdict, Verdict::Missing(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceId;

    #[test]
    fn only_marks_in_a_known_order_are_grades() {
        let check = |marks: &[(&str, Tone)], expect: bool| {
            let mark = |(printed, tone): &(&str, Tone)| Mark {
                printed: (*printed).to_owned(),
                meaning: None,
                spoken: None,
                tone: *tone,
                ends: false,
            };
            let scale = Scale {
                id: "grade".to_owned(),
                title: "評価".to_owned(),
                applies_to: Vec::new(),
                group: None,
                judges: Vec::new(),
                marks: marks.iter().map(mark).collect(),
                points: None,
                note: None,
                lost: None,
                span: Span::new(SourceId(0), 0..0),
            };
            assert_eq!(scale.is_graded(), expect, "{marks:?}");
        };
        check(&[("B", Tone::Fair), ("C", Tone::Fair), ("D", Tone::Poor)], true);
        check(&[("順調", Tone::Good), ("遅れている", Tone::Poor)], true);
        check(&[("Ａ", Tone::Neutral), ("Ｂ", Tone::Neutral), ("Ｃ", Tone::Neutral)], true);
        check(&[("S", Tone::Neutral), ("A", Tone::Neutral)], true);
        check(&[("B", Tone::Neutral), ("A", Tone::Neutral)], false);
        check(&[("単独", Tone::Neutral), ("補助", Tone::Neutral)], false);
        check(&[("実施", Tone::Good), ("未実施", Tone::Poor), ("予定", Tone::Neutral)], false);
        check(&[("遅れ", Tone::Poor), ("順調", Tone::Good)], false);
        check(&[("A", Tone::Good)], false);
    }
}
