//! What things on a chart are. Their looks are the matter of style sheets, by these classes.

use plotters::style::Color;
use plotters_backend::BackendColor;

/// What something on a chart is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Grid,
    Axis,
    Zero,
    Break,
    Tick,
    Year,
    Legend,
    Name,
    Label,
    TargetLabel,
    Missing,
    Series,
    TargetLine,
    Actual,
    Carried,
    Interim,
    Estimated,
    Baseline,
    Target,
    Budget,
    Settlement,
    Plan,
}

// A role that comes is written into both lists.
const _: () = assert!(Role::CLASSES.len() == Role::Plan as usize + 1);

impl Role {
    /// The classes, in the order of the roles.
    const CLASSES: [&'static str; 22] = [
        "chart-grid",
        "chart-axis",
        "chart-zero",
        "chart-break",
        "chart-tick",
        "chart-year",
        "chart-legend",
        "chart-name",
        "chart-label",
        "chart-target-label",
        "chart-missing",
        "chart-series",
        "chart-target-line",
        "chart-actual",
        "chart-carried",
        "chart-interim",
        "chart-estimated",
        "chart-baseline",
        "chart-target",
        "chart-budget",
        "chart-settlement",
        "chart-plan",
    ];

    /// The class of a colour that came back from plotters.
    pub(super) fn class(color: BackendColor) -> &'static str {
        Self::CLASSES.get(usize::from(color.rgb.0)).copied().unwrap_or_default()
    }
}

/// A role travels through plotters as the red of a colour.
impl Color for Role {
    fn to_backend_color(&self) -> BackendColor {
        BackendColor { alpha: 1.0, rgb: (*self as u8, 0, 0) }
    }
}
