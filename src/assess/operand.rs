//! What the values of a formula are.

use strum::IntoStaticStr;

/// What a value is in a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
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
    /// Its name for other programs, and in the keys of texts.
    pub fn key(self) -> &'static str {
        self.into()
    }
}
