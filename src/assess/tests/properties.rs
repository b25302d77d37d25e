//! Property tests: invariants of the methods, and absence of panics for extreme values.

use crate::assess::exact::Rate;
use crate::assess::formula::outcome;
use crate::assess::input::AssessmentContext;
use crate::assess::{Assessment, Measure, MethodOutcome, NotComputable, difference};
use crate::diagnostic::Span;
use crate::model::{
    Baseline, Bound, Cell, Column, Decimal, Direction, EditionIx, FiscalYear, Indicator, KeyFigures, Method,
    MethodKind, Number, Period, Series, Strategy, Tolerance, ToleranceWidth, Value, ValueContent, YearKind,
};
use proptest::prelude::{Just, ProptestConfig, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::strategy::Strategy as _;
use std::sync::LazyLock;

/// Baseline, actual value and target with their metadata.
#[derive(Debug, Clone)]
struct Values {
    baseline: Decimal,
    actual: Decimal,
    target: Decimal,
    better: Option<Direction>,
    bound: Bound,
    years: (i32, i32, i32),
}

fn method_result(kind: MethodKind, values: &Values) -> Option<Result<MethodOutcome, NotComputable>> {
    assessment(kind, values).result.map(|(_, result)| result)
}

fn assessment(kind: MethodKind, values: &Values) -> Assessment {
    let (baseline, actual, target) = values.years;
    let number = |decimal, bound| {
        let content = ValueContent::Number(Number { decimal, unit: None, bound });
        Value::new(decimal.to_string(), content, Span::default())
    };
    let at_baseline = number(values.baseline, Bound::Exact);
    let latest = number(values.actual, Bound::Exact);
    let target_value = number(values.target, values.bound);
    let edition = EditionIx(0);
    let series = Series {
        actual: vec![
            Cell { column: FiscalYear(baseline), value: &at_baseline, edition },
            Cell { column: FiscalYear(actual), value: &latest, edition },
        ],
        target: vec![Cell { column: Column::Year(FiscalYear(target)), value: &target_value, edition }],
        ..Series::default()
    };
    let indicator = Indicator {
        better: values.better,
        baseline: Some(Baseline::Year(FiscalYear(baseline))),
        year_kind: YearKind::Fiscal,
        actual_total_from: None,
        target_total_from: (kind == MethodKind::Cumulative).then_some(FiscalYear(actual)),
        ..MINIMAL.0.clone()
    };
    let method = Method {
        id: "m".to_owned(),
        kind,
        node_kinds: Vec::new(),
        default: true,
        scale: None,
        bands: Vec::new(),
        tolerance: Some(Tolerance { width: ToleranceWidth::Percent(Decimal::TEN), exclusive: false }),
        from_zero: false,
        target: None,
        note: None,
        span: Span::default(),
    };
    let period = (baseline < target).then_some(Period { from: FiscalYear(baseline), to: FiscalYear(target) });
    let strategy = Strategy { period, editions: Vec::new(), methods: vec![method.clone()], ..MINIMAL.1.clone() };
    let key_figures = KeyFigures::from_series(strategy.edition_context(), &series);
    let context = AssessmentContext {
        strategy: &strategy,
        indicator: &indicator,
        indicator_index: 0,
        sheets: &[],
        series,
        key_figures,
    };
    Assessment {
        result: outcome(&context, &method).map(|result| (0, result)),
        differences: difference::differences(&context),
    }
}

fn rate(kind: MethodKind, values: &Values) -> Option<Rate> {
    match method_result(kind, values)?.ok()?.measure {
        Measure::Rate(rate) => Some(rate),
        Measure::Qualitative(_) => None,
    }
}

fn decimal() -> impl proptest::strategy::Strategy<Value = Decimal> {
    (-1_000_000i64..1_000_000, 0u32..4).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

fn positive() -> impl proptest::strategy::Strategy<Value = Decimal> {
    (1i64..1_000_000, 0u32..4).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

/// Decimals of any magnitude and scale, including the extremes.
fn extreme() -> impl proptest::strategy::Strategy<Value = Decimal> {
    let wide = (any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>(), 0u32..=28);
    prop_oneof![
        wide.prop_map(|(lo, mid, hi, negative, scale)| Decimal::from_parts(lo, mid, hi, negative, scale)),
        Just(Decimal::MAX),
        Just(Decimal::MIN),
        Just(Decimal::ZERO),
        Just(Decimal::from_parts(1, 0, 0, false, 28)),
    ]
}

fn better() -> impl proptest::strategy::Strategy<Value = Option<Direction>> {
    prop_oneof![Just(None), (0usize..3).prop_map(|ix| Direction::ALL.get(ix).copied())]
}

fn ordered_years() -> (i32, i32, i32) {
    (2014, 2017, 2020)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn never_panics(
        baseline in extreme(),
        actual in extreme(),
        target in extreme(),
        better in better(),
        bound in (0usize..6).prop_map(|ix| Bound::ALL[ix]),
        years in prop_oneof![
            (2000i32..2030, 2000i32..2030, 2000i32..2030).boxed(),
            (any::<i32>(), any::<i32>(), any::<i32>()).boxed(),
        ],
    ) {
        let values = Values { baseline, actual, target, better, bound, years };
        for kind in MethodKind::ALL {
            let assessment = assessment(kind, &values);
            prop_assert_eq!(assessment.result.is_none(), kind == MethodKind::Declared || kind.assesses_nodes());
        }
    }

    #[test]
    fn progress_is_symmetric_in_direction(baseline in decimal(), actual in decimal(), target in decimal()) {
        let up = Values { baseline, actual, target, better: Some(Direction::Higher), bound: Bound::Exact, years: ordered_years() };
        let down =
            Values { baseline: -baseline, actual: -actual, target: -target, better: Some(Direction::Lower), ..up.clone() };
        prop_assert_eq!(rate(MethodKind::Progress, &up), rate(MethodKind::Progress, &down));
        let reached = |values| Some(method_result(MethodKind::Progress, values)?.ok()?.reached);
        prop_assert_eq!(reached(&up), reached(&down));
    }

    #[test]
    fn inverse_ratio_is_the_reciprocal_ratio(actual in positive(), target in positive()) {
        let values = |actual, target| Values {
            baseline: Decimal::ZERO, actual, target, better: Some(Direction::Lower), bound: Bound::Exact, years: ordered_years(),
        };
        let reciprocal = rate(MethodKind::Ratio, &values(target, actual));
        prop_assert!(reciprocal.is_some());
        prop_assert_eq!(rate(MethodKind::InverseRatio, &values(actual, target)), reciprocal);
    }

    #[test]
    fn rates_are_monotonic(
        baseline in positive(), one in positive(), other in positive(), target in positive(),
    ) {
        let (less, more) = (one.min(other), one.max(other));
        let values = |actual, better| Values {
            baseline, actual, target, better: Some(better), bound: Bound::Exact, years: ordered_years(),
        };
        for kind in [MethodKind::Ratio, MethodKind::Progress, MethodKind::Prorated, MethodKind::Path, MethodKind::Cagr] {
            let better = Direction::Higher;
            prop_assert!(rate(kind, &values(less, better)) <= rate(kind, &values(more, better)), "{:?}", kind);
        }
        for kind in [MethodKind::InverseRatio, MethodKind::Progress, MethodKind::Prorated, MethodKind::Path, MethodKind::Cagr] {
            let better = Direction::Lower;
            prop_assert!(rate(kind, &values(more, better)) <= rate(kind, &values(less, better)), "{:?}", kind);
        }
    }

    #[test]
    fn reaching_the_target_gives_100_percent(baseline in positive(), target in positive()) {
        let (better, hundred) = (if target > baseline { Direction::Higher } else { Direction::Lower }, Decimal::ONE_HUNDRED);
        let years = (2013, 2019, 2019);
        let values = Values { baseline, actual: target, target, better: Some(better), bound: Bound::Exact, years };
        for kind in [MethodKind::Ratio, MethodKind::Progress, MethodKind::Prorated, MethodKind::Path, MethodKind::Cagr] {
            if baseline != target {
                let rate = rate(kind, &values).unwrap();
                prop_assert!(rate.at_least(hundred) && rate.at_most(hundred), "{:?} {:?}", kind, rate);
            }
        }
    }
}

/// An indicator without optional keys, and a strategy without nodes.
static MINIMAL: LazyLock<(Indicator, Strategy)> = LazyLock::new(|| {
    let mut strategy = super::fixture("", "", "").report.strategies.remove(0);
    let indicator = strategy.nodes.remove(0).indicators[0].clone();
    (indicator, strategy)
});
