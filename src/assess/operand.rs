//! What the values of a formula are called.

use crate::diagnostic::{Bilingual, say};

/// What a value is in a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operand {
    /// 実績値.
    Actual,
    /// 目標値.
    Target,
    /// 基準値.
    Baseline,
    /// The actual value before the newest.
    Previous,
}

impl Operand {
    /// What readers call it.
    pub fn name(self) -> Bilingual {
        match self {
            Operand::Actual => say!(ja: "実績値", en: "actual value"),
            Operand::Target => say!(ja: "目標値", en: "target"),
            Operand::Baseline => say!(ja: "基準値", en: "baseline"),
            Operand::Previous => say!(ja: "前回の値", en: "earlier value"),
        }
    }
}
