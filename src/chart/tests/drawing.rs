//! Parser of rendered charts: recovers marks, axes and texts, and the figures that positions represent.

use super::builders::ID;
use crate::chart::svg::text_width;
use crate::model::Decimal;
use roxmltree::{Document, Node};
use rust_decimal::prelude::ToPrimitive;

/// Chart as parsed from its SVG.
#[derive(Debug)]
pub(super) struct Drawing {
    pub title: String,
    pub description: String,
    pub marks: Vec<Mark>,
    /// Ticks of the value axis with their positions: vertical for a line, horizontal for bars.
    pub ticks: Vec<(Decimal, f64)>,
    /// Ticks of the axis of years with their horizontal positions.
    pub years: Vec<(Decimal, f64)>,
    /// Connected runs of the line, as horizontal positions.
    pub runs: Vec<Vec<f64>>,
    pub texts: Vec<Text>,
}

/// Mark with the figure in its data attributes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    pub class: String,
    pub year: String,
    pub value: Decimal,
    frame: Rect,
}

/// Text with its bounding box.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    pub class: String,
    pub content: String,
    frame: Rect,
}

/// Left, top, right, bottom.
type Rect = [f64; 4];

/// Tolerance for coordinates rounded to a tenth: a mark and two ticks may each deviate by 0.05.
const ROUNDING: f64 = 0.2;

/// Tolerance for the centre of a text of odd width.
const HALF_A_TENTH: f64 = 0.051;

impl Drawing {
    /// Parses `svg` and asserts the properties that every chart must have.
    pub(super) fn read(svg: &str) -> Self {
        let document = Document::parse(svg).unwrap_or_else(|error| panic!("{error}: {svg}"));
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        assert_eq!(root.attribute("aria-labelledby"), Some(&*format!("{ID}-title {ID}-desc")));
        for node in document.descendants() {
            assert!(node.attribute("id").is_none_or(|id| id.starts_with(ID)), "{svg}");
            assert!(!["style", "stroke", "fill", "font-family"].iter().any(|name| node.has_attribute(*name)), "{svg}");
        }
        let child = |name| {
            let found = root.children().find(|node| node.has_tag_name(name)).unwrap();
            found.text().unwrap_or_default().to_owned()
        };
        let size: Vec<f64> = numbers(root.attribute("viewBox").unwrap());
        let mut drawing = Self {
            title: child("title"),
            description: child("desc"),
            marks: Vec::new(),
            ticks: Vec::new(),
            years: Vec::new(),
            runs: Vec::new(),
            texts: Vec::new(),
        };
        let is_line = root.attribute("class") == Some("chart chart-of-line");
        for node in root.children().filter(|node| !node.has_tag_name("title") && !node.has_tag_name("desc")) {
            let frame = frame(&node);
            let [left, top, right, bottom] = frame;
            let inside = left >= -HALF_A_TENTH && top >= 0.0 && right <= size[2] + HALF_A_TENTH && bottom <= size[3];
            assert!(inside && left <= right && top <= bottom, "{frame:?} of {} in {svg}", node.tag_name().name());
            drawing.add_element(&node, frame, is_line);
        }
        drawing.assert_no_overlapping_texts();
        drawing
    }

    fn add_element(&mut self, node: &Node<'_, '_>, frame: Rect, is_line: bool) {
        let class = node.attribute("class").unwrap().to_owned();
        if let Some(value) = node.attribute("data-value") {
            let year = node.attribute("data-year").unwrap().to_owned();
            self.marks.push(Mark { class, year, value: value.parse().unwrap(), frame });
        } else if let Some(tick) = node.attribute("data-tick") {
            let tick = tick.parse().unwrap();
            match (is_line, &*class) {
                (true, "chart-grid" | "chart-zero") => self.ticks.push((tick, frame[1])),
                (true, "chart-axis") => self.years.push((tick, frame[0])),
                (false, "chart-axis") => self.ticks.push((tick, frame[0])),
                _ => panic!("unexpected class {class} of a tick"),
            }
        } else if class == "chart-series" {
            self.runs.push(points(node).iter().map(|(x, _)| *x).collect());
        } else if node.has_tag_name("text") {
            self.texts.push(Text { class, content: node.text().unwrap_or_default().to_owned(), frame });
        }
    }

    fn assert_no_overlapping_texts(&self) {
        for (i, a) in self.texts.iter().enumerate() {
            for b in &self.texts[i + 1..] {
                assert!(!overlap(&a.frame, &b.frame), "{a:?} and {b:?} overlap");
            }
        }
    }

    /// Asserts that every mark is at the position of its figures. Each axis is reconstructed from two ticks, from which
    /// the value and year of each mark follow.
    pub(super) fn assert_mark_positions(&self) {
        for mark in &self.marks {
            let [left, top, right, bottom] = mark.frame;
            let (x, y) = ((left + right) / 2.0, (top + bottom) / 2.0);
            if self.years.is_empty() {
                let zero = place(&self.ticks, 0.0);
                let end = match mark.value.is_sign_negative() {
                    _ if left < zero - 0.1 && zero + 0.1 < right => x,
                    true => left,
                    false => right,
                };
                assert_position(&self.ticks, mark.value, end);
                continue;
            }
            assert_position(&self.ticks, mark.value, y);
            match mark.year.parse() {
                Ok(year) => assert_position(&self.years, year, x),
                Err(_) => assert!(self.years.iter().all(|(_, year_x)| *year_x < x), "`end` follows all years"),
            }
        }
    }

    /// Years and values of the marks of one class, in order.
    pub(super) fn figures(&self, class: &str) -> Vec<(String, String)> {
        let marks = self.marks.iter().filter(|mark| mark.class == class);
        marks.map(|mark| (mark.year.clone(), mark.value.to_string())).collect()
    }

    /// Texts of one class, in order.
    pub(super) fn texts_of_class(&self, class: &str) -> Vec<&str> {
        self.texts.iter().filter(|text| text.class == class).map(|text| &*text.content).collect()
    }

    /// Years of the vertices of each run of the line.
    pub(super) fn run_years(&self) -> Vec<Vec<i32>> {
        let year = |x: &f64| read(&self.years, *x).round() as i32;
        self.runs.iter().map(|run| run.iter().map(year).collect()).collect()
    }
}

/// Figure at a position on the axis of `ticks`.
fn read(ticks: &[(Decimal, f64)], position: f64) -> f64 {
    let (low, high) = ends(ticks);
    low.0 + (position - low.1) / (high.1 - low.1) * (high.0 - low.0)
}

/// Position of `figure` on the axis of `ticks`.
fn place(ticks: &[(Decimal, f64)], figure: f64) -> f64 {
    let (low, high) = ends(ticks);
    low.1 + (figure - low.0) / (high.0 - low.0) * (high.1 - low.1)
}

fn assert_position(ticks: &[(Decimal, f64)], figure: Decimal, position: f64) {
    let (low, high) = ends(ticks);
    let tolerance = ROUNDING * ((high.0 - low.0) / (high.1 - low.1)).abs();
    let (read, figure) = (read(ticks, position), figure.to_f64().unwrap());
    assert!((read - figure).abs() <= tolerance, "{figure} is drawn as {read} ± {tolerance}");
}

fn ends(ticks: &[(Decimal, f64)]) -> ((f64, f64), (f64, f64)) {
    let number = |tick: &(Decimal, f64)| (tick.0.to_f64().unwrap(), tick.1);
    let by_number = |a: &&(Decimal, f64), b: &&(Decimal, f64)| a.0.cmp(&b.0);
    (number(ticks.iter().min_by(by_number).unwrap()), number(ticks.iter().max_by(by_number).unwrap()))
}

fn frame(node: &Node<'_, '_>) -> Rect {
    let number = |name: &str| -> f64 { node.attribute(name).unwrap().parse().unwrap() };
    match node.tag_name().name() {
        "circle" => {
            let (x, y, r) = (number("cx"), number("cy"), number("r"));
            [x - r, y - r, x + r, y + r]
        }
        "rect" => [number("x"), number("y"), number("x") + number("width"), number("y") + number("height")],
        "text" => {
            let width = f64::from(text_width(node.text().unwrap_or_default())) / 10.0;
            let left = number("x")
                - match node.attribute("text-anchor") {
                    None => 0.0,
                    Some("middle") => width / 2.0,
                    Some("end") => width,
                    Some(other) => panic!("{other}"),
                };
            [left, number("y") - 11.5, left + width, number("y") + 3.5]
        }
        _ => points(node).iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[l, t, r, b], (x, y)| {
            [l.min(*x), t.min(*y), r.max(*x), b.max(*y)]
        }),
    }
}

/// Points of a path of lines or a polygon.
fn points(node: &Node<'_, '_>) -> Vec<(f64, f64)> {
    let data = node.attribute("d").or(node.attribute("points")).unwrap();
    numbers(data).chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

fn numbers(text: &str) -> Vec<f64> {
    text.split(|c: char| !matches!(c, '0'..='9' | '.' | '-'))
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().unwrap())
        .collect()
}

/// Returns true if two frames overlap by more than a rounding error.
fn overlap(a: &Rect, b: &Rect) -> bool {
    a[0] + 0.1 < b[2] && b[0] + 0.1 < a[2] && a[1] + 0.1 < b[3] && b[1] + 0.1 < a[3]
}
