//! Roles of values in a formula.

use strum::IntoStaticStr;

/// Role of a value in a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Operand {
    /// 実績値.
    Actual,
    /// 目標値.
    Target,
    /// 基準値.
    Baseline,
    /// The actual value of the measurement before the latest.
    Previous,
}

impl Operand {
    /// Machine-readable name, also used in text keys.
    pub fn key(self) -> &'static str {
        self.into()
    }
}
