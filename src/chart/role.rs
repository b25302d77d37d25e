//! Roles of chart elements and their CSS classes, by which style sheets define the appearance.

/// Role of a chart element.
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
    Comparison,
    ComparisonLine,
    ComparisonLeader,
    ComparisonName,
    Mean,
    Leader,
    Point,
    Number,
    Quadrant,
    Budget,
    Settlement,
    Plan,
    Shade0,
    Shade1,
    Shade2,
    Shade3,
    Shade4,
}

impl Role {
    /// CSS class of the element.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Grid => "chart-grid",
            Self::Axis => "chart-axis",
            Self::Zero => "chart-zero",
            Self::Break => "chart-break",
            Self::Tick => "chart-tick",
            Self::Year => "chart-year",
            Self::Legend => "chart-legend",
            Self::Name => "chart-name",
            Self::Label => "chart-label",
            Self::TargetLabel => "chart-target-label",
            Self::Missing => "chart-missing",
            Self::Series => "chart-series",
            Self::TargetLine => "chart-target-line",
            Self::Actual => "chart-actual",
            Self::Carried => "chart-carried",
            Self::Interim => "chart-interim",
            Self::Estimated => "chart-estimated",
            Self::Baseline => "chart-baseline",
            Self::Target => "chart-target",
            Self::Comparison => "chart-comparison",
            Self::ComparisonLine => "chart-comparison-line",
            Self::ComparisonLeader => "chart-comparison-leader",
            Self::ComparisonName => "chart-comparison-name",
            Self::Mean => "chart-mean",
            Self::Leader => "chart-leader",
            Self::Point => "chart-point",
            Self::Number => "chart-number",
            Self::Quadrant => "chart-quadrant",
            Self::Budget => "chart-budget",
            Self::Settlement => "chart-settlement",
            Self::Plan => "chart-plan",
            Self::Shade0 => "chart-shade-0",
            Self::Shade1 => "chart-shade-1",
            Self::Shade2 => "chart-shade-2",
            Self::Shade3 => "chart-shade-3",
            Self::Shade4 => "chart-shade-4",
        }
    }

    /// Role of the part of a bar at `index`; all later parts are of the lightest shade.
    pub(super) const fn shade(index: usize) -> Self {
        match index {
            0 => Self::Shade0,
            1 => Self::Shade1,
            2 => Self::Shade2,
            3 => Self::Shade3,
            _ => Self::Shade4,
        }
    }
}
