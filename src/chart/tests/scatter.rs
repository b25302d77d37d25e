//! Tests of scatter plots.

use super::builders::ID;
use super::drawing::Drawing;
use crate::chart::{Scatter, ScatterAxis, ScatterPoint, scatter};
use crate::model::Decimal;
use crate::texts::InterfaceTexts;
use proptest::prelude::*;

fn draw(points: &[(Decimal, Decimal)], quadrants: Option<[&str; 4]>) -> Option<Drawing> {
    let points = (1..).zip(points).map(|(number, (x, y))| ScatterPoint { number, x: *x, y: *y });
    let scatter_plot = Scatter {
        title: "市民意識調査",
        x: ScatterAxis { title: "満足度", mean: Some((Decimal::new(312, 2), "3.12")) },
        y: ScatterAxis { title: "重要度", mean: None },
        quadrants,
        points: points.collect(),
    };
    // Parsing asserts that no two texts overlap and that nothing is outside the canvas.
    scatter(&scatter_plot, ID, &InterfaceTexts::embedded("ja").unwrap()).map(|svg| Drawing::read(&svg))
}

fn decimal(hundredths: i64) -> Decimal {
    Decimal::new(hundredths, 2)
}

#[test]
fn numbers_points_and_names_quadrants() {
    let points = [(305, 421), (340, 380), (290, 410)].map(|(x, y)| (decimal(x), decimal(y)));
    let drawing = draw(&points, Some(["重点改善", "重点維持", "改善", "維持"])).unwrap();
    assert_eq!(drawing.texts_of_class("chart-number"), ["1", "2", "3"]);
    assert_eq!(drawing.texts_of_class("chart-quadrant"), ["重点改善", "重点維持", "改善", "維持"]);
    assert_eq!(drawing.texts_of_class("chart-name"), ["縦軸：重要度", "横軸：満足度（平均 3.12）"]);
    assert!(drawing.description.contains("3件"), "{}", drawing.description);
    assert!(draw(&[], None).is_none());
}

#[test]
fn labels_points_at_the_same_place() {
    let points = [(decimal(300), decimal(400)); 60];
    let drawing = draw(&points, None).unwrap();
    assert_eq!(drawing.texts_of_class("chart-number").len(), 60);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn labels_never_overlap(
        points in proptest::collection::vec((0_i64..500, 0_i64..500), 1..120),
        clustered in any::<bool>(),
        name in "\\PC{0,30}",
    ) {
        let scale = if clustered { 50 } else { 1 };
        let points: Vec<_> = points.into_iter().map(|(x, y)| (decimal(x / scale), decimal(y / scale))).collect();
        let drawing = draw(&points, Some([&name, "b", &name, "d"])).unwrap();
        let numbers = drawing.texts_of_class("chart-number").len();
        prop_assert!(numbers == points.len() || points.len() > 60, "{numbers} of {}", points.len());
    }

    #[test]
    fn draws_any_numbers(points in proptest::collection::vec((any::<i64>(), any::<i64>(), 0_u32..20), 1..12)) {
        let points: Vec<_> =
            points.into_iter().map(|(x, y, scale)| (Decimal::new(x, scale), Decimal::new(y, scale))).collect();
        let _ = draw(&points, None);
    }
}
