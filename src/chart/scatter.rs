//! Scatter plot of numbered points by two measures, with the lines of their means and four named quadrants.
//!
//! Each point is labelled with its number in the table below the plot. Labels never overlap: a label without space next
//! to its point is placed further away and connected to it by a line, and omitted if there is no space at all.

use super::UNIT;
use super::axis::ValueAxis;
use super::element::{Datum, Shape};
use super::labels::{LabelRow, Rect};
use super::legend::truncate;
use super::role::Role;
use super::svg::{LINE, Pixel, Svg, SvgHeader, WIDTH, document, text_width};
use super::wording::Wording;
use crate::model::{Decimal, YearKind};
use crate::texts::InterfaceTexts;
use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Height of the plot with the bands of the names of the quadrants.
const PLOT: i32 = 300 * UNIT;
/// Space between the edges of the plot and the outermost points.
const INSET: i32 = 10 * UNIT;
/// Length of ticks.
const TICK: i32 = 4 * UNIT;
/// Space between the labels of the vertical axis and the axis.
const GUTTER: i32 = 6 * UNIT;
/// Space between a point and its label.
const GAP: i32 = UNIT;
/// Distance from one ring of candidate positions around a point to the next.
const RING: i32 = 8 * UNIT;
/// Number of rings.
const RINGS: i32 = 36;
/// Maximum number of labels, which bounds the time to place them.
const MAX_LABELS: usize = 300;
/// Directions of candidate positions in hundredths, in order of preference.
const DIRECTIONS: [Pixel; 16] = [
    (100, 0),
    (71, -71),
    (0, -100),
    (-71, -71),
    (-100, 0),
    (-71, 71),
    (0, 100),
    (71, 71),
    (92, -38),
    (38, -92),
    (-38, -92),
    (-92, -38),
    (-92, 38),
    (-38, 92),
    (38, 92),
    (92, 38),
];

/// Data of a scatter plot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scatter<'a> {
    /// Title.
    pub title: &'a str,
    /// Horizontal measure.
    pub x: ScatterAxis<'a>,
    /// Vertical measure.
    pub y: ScatterAxis<'a>,
    /// Names of the upper left, upper right, lower left and lower right quadrants.
    pub quadrants: Option<[&'a str; 4]>,
    /// Points in the order of their numbers.
    pub points: Vec<ScatterPoint>,
}

/// Measure of a scatter plot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScatterAxis<'a> {
    /// Title: `満足度`.
    pub title: &'a str,
    /// Mean and its printed text.
    pub mean: Option<(Decimal, &'a str)>,
}

/// Numbered point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScatterPoint {
    /// Number in the table.
    pub number: usize,
    /// Horizontal value.
    pub x: Decimal,
    /// Vertical value.
    pub y: Decimal,
}

type Plot = Cartesian2d<ValueAxis, ValueAxis>;

/// Draws a scatter plot. `None` without points or without legible axes.
pub fn scatter(scatter: &Scatter<'_>, id: &str, texts: &InterfaceTexts) -> Option<String> {
    if scatter.points.is_empty() {
        return None;
    }
    let wording = Wording::new(texts, YearKind::Fiscal);
    let axis = |numbers: Vec<Decimal>, axis: &ScatterAxis<'_>| {
        ValueAxis::for_line(numbers.into_iter().chain(axis.mean.map(|(mean, _)| mean)))
    };
    let x_axis = axis(scatter.points.iter().map(|point| point.x).collect(), &scatter.x)?;
    let y_axis = axis(scatter.points.iter().map(|point| point.y).collect(), &scatter.y)?;
    let ticks: Vec<(Decimal, String)> = y_axis.ticks().map(|tick| (tick, y_axis.label(tick, None, &wording))).collect();
    let left = ticks.iter().map(|(_, label)| text_width(label)).max()? + GUTTER;
    if left > WIDTH / 3 {
        return None;
    }
    let frame = Rect { left, top: LINE + 3 * UNIT, right: WIDTH, bottom: LINE + 3 * UNIT + PLOT };
    let description = description(scatter, texts);
    let height = frame.bottom + TICK + 2 * LINE + 2 * UNIT;
    let head = SvgHeader { kind: "scatter", id, title: scatter.title, description: &description, height };
    let across = frame.left + INSET..frame.right - INSET;
    let plot: Plot =
        Cartesian2d::new(x_axis.clone(), y_axis, (across, frame.bottom - LINE - INSET..frame.top + LINE + INSET));
    Some(document(&head, |svg| {
        draw_frame(svg, &plot, frame, &ticks, (&x_axis, &wording));
        draw_means(svg, &plot, frame, scatter);
        draw_titles(svg, frame, scatter, texts);
        draw_points(svg, &plot, frame, &scatter.points);
    }))
}

fn draw_frame(
    svg: &mut Svg,
    plot: &Plot,
    frame: Rect,
    ticks: &[(Decimal, String)],
    (x_axis, wording): (&ValueAxis, &Wording<'_>),
) {
    svg.path(&[(frame.left, frame.top), (frame.left, frame.bottom), (frame.right, frame.bottom)], Role::Axis, None);
    for (tick, label) in ticks {
        let (_, y) = plot.translate(&(Decimal::ZERO, *tick));
        svg.path(&[(frame.left - TICK, y), (frame.left, y)], Role::Axis, None);
        svg.text(label, Role::Tick, (frame.left - GUTTER, y), Pos::new(HPos::Right, VPos::Center));
    }
    let mut row = LabelRow::default();
    for tick in x_axis.ticks() {
        let (x, _) = plot.translate(&(tick, Decimal::ZERO));
        svg.path(&[(x, frame.bottom), (x, frame.bottom + TICK)], Role::Axis, None);
        let label = x_axis.label(tick, None, wording);
        let width = text_width(&label);
        if let Some(start) = row.place(x, width, (0, WIDTH)) {
            let position = (start + width / 2, frame.bottom + TICK);
            svg.text(&label, Role::Tick, position, Pos::new(HPos::Center, VPos::Top));
        }
    }
}

fn draw_means(svg: &mut Svg, plot: &Plot, frame: Rect, scatter: &Scatter<'_>) {
    if let Some((mean, _)) = scatter.x.mean {
        let (x, _) = plot.translate(&(mean, Decimal::ZERO));
        svg.path(&[(x, frame.top), (x, frame.bottom)], Role::Mean, None);
    }
    if let Some((mean, _)) = scatter.y.mean {
        let (_, y) = plot.translate(&(Decimal::ZERO, mean));
        svg.path(&[(frame.left, y), (frame.right, y)], Role::Mean, None);
    }
}

/// Draws the titles of the axes and the names of the quadrants.
fn draw_titles(svg: &mut Svg, frame: Rect, scatter: &Scatter<'_>, texts: &InterfaceTexts) {
    let title = |key: &str, axis: &ScatterAxis<'_>| {
        let text = texts.fill(key, &[("title", &with_mean(axis, texts))]);
        truncate(&text, WIDTH).into_owned()
    };
    svg.text(&title("scatter_vertical", &scatter.y), Role::Name, (0, 0), Pos::new(HPos::Left, VPos::Top));
    let below = frame.bottom + TICK + LINE + UNIT;
    svg.text(&title("scatter_horizontal", &scatter.x), Role::Name, (WIDTH, below), Pos::new(HPos::Right, VPos::Top));
    let Some([upper_left, upper_right, lower_left, lower_right]) = scatter.quadrants else { return };
    let width = (frame.right - frame.left) / 2 - 2 * GUTTER;
    let (left, right) = (frame.left + GUTTER, frame.right - GUTTER);
    let names = [
        (upper_left, (left, frame.top), HPos::Left, VPos::Top),
        (upper_right, (right, frame.top), HPos::Right, VPos::Top),
        (lower_left, (left, frame.bottom), HPos::Left, VPos::Bottom),
        (lower_right, (right, frame.bottom), HPos::Right, VPos::Bottom),
    ];
    for (name, position, horizontal, vertical) in names {
        svg.text(&truncate(name, width), Role::Quadrant, position, Pos::new(horizontal, vertical));
    }
}

/// Draws the points, and their numbers where there is space.
fn draw_points(svg: &mut Svg, plot: &Plot, frame: Rect, points: &[ScatterPoint]) {
    let within =
        Rect { left: frame.left + UNIT, top: frame.top + LINE, right: frame.right, bottom: frame.bottom - LINE };
    let pixels: Vec<Pixel> = points.iter().map(|point| plot.translate(&(point.x, point.y))).collect();
    let dots: Vec<Rect> = pixels.iter().map(|pixel| Rect::around(*pixel, Shape::Circle.radius())).collect();
    let mut labels: Vec<Rect> = Vec::new();
    let mut placed = Vec::new();
    for (point, pixel) in points.iter().zip(&pixels).take(MAX_LABELS) {
        let text = point.number.to_string();
        let is_free = |candidate: &Rect| {
            within.contains(candidate) && !dots.iter().chain(&labels).any(|other| other.intersects(candidate))
        };
        if let Some((label, is_adjacent)) = candidates(*pixel, text_width(&text)).find(|(label, _)| is_free(label)) {
            labels.push(label);
            placed.push((text, *pixel, label, is_adjacent));
        }
    }
    for (_, (x, y), label, is_adjacent) in &placed {
        let nearest = ((*x).clamp(label.left, label.right), (*y).clamp(label.top, label.bottom));
        if !is_adjacent {
            svg.path(&[(*x, *y), nearest], Role::Leader, None);
        }
    }
    for (point, pixel) in points.iter().zip(&pixels) {
        svg.mark(*pixel, Shape::Circle, Role::Point, Some(Datum::Point(point.x, point.y)));
    }
    for (text, _, label, _) in &placed {
        svg.text(text, Role::Number, (label.left, label.top), Pos::new(HPos::Left, VPos::Top));
    }
}

/// Positions for a label of `width`, nearest first, and whether they are next to the point.
fn candidates((x, y): Pixel, width: i32) -> impl Iterator<Item = (Rect, bool)> {
    let radius = Shape::Circle.radius() + GAP;
    (0..RINGS).flat_map(move |ring| {
        DIRECTIONS.into_iter().map(move |(dx, dy)| {
            let distance = radius + ring * RING;
            let centre_x = x + dx * (distance + width / 2) / 100;
            let centre_y = y + dy * (distance + LINE / 2) / 100;
            let (left, top) = (centre_x - width / 2, centre_y - LINE / 2);
            (Rect { left, top, right: left + width, bottom: top + LINE }, ring == 0)
        })
    })
}

/// Title of a measure with its mean: `満足度（平均 3.12）`.
fn with_mean(axis: &ScatterAxis<'_>, texts: &InterfaceTexts) -> String {
    match axis.mean {
        Some((_, mean)) => texts.fill("scatter_mean", &[("title", axis.title), ("mean", mean)]),
        None => axis.title.to_owned(),
    }
}

/// Description of the plot in sentences.
fn description(scatter: &Scatter<'_>, texts: &InterfaceTexts) -> String {
    let (x, y) = (with_mean(&scatter.x, texts), with_mean(&scatter.y, texts));
    let count = scatter.points.len().to_string();
    let mut description = texts.fill("scatter_description", &[("x", &x), ("y", &y), ("count", &count)]);
    if let Some([upper_left, upper_right, lower_left, lower_right]) = scatter.quadrants {
        let names = [
            ("upper_left", upper_left),
            ("upper_right", upper_right),
            ("lower_left", lower_left),
            ("lower_right", lower_right),
        ];
        description.push_str(&texts.fill("scatter_quadrants", &names));
    }
    description
}
