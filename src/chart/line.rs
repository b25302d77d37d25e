//! Line chart of a series at the years of its measurements, with its targets.

use super::Context;
use super::UNIT;
use super::axis::ValueAxis;
use super::comparisons::Comparisons;
use super::element::{Datum, Shape};
use super::labels::{LabelRow, Labels, Rect, Side};
use super::legend::{Entry, Legend};
use super::points::{Point, Points};
use super::role::Role;
use super::svg::{LINE, Pixel, Svg, SvgHeader, WIDTH, document, text_width};
use super::wording::Wording;
use crate::model::{Column, Decimal, FiscalYear, Indicator, Series, Status};
use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordi32;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::borrow::Cow;

/// Height of the plot from the lowest to the highest tick.
const PLOT: i32 = 132 * UNIT;
/// Space above the highest tick, for labels of marks at that height.
const HEADROOM: i32 = 24 * UNIT;
/// Margins from the value axis to the first year and from the last year to the edge.
const INSET: (i32, i32) = (18 * UNIT, 22 * UNIT);
/// Length of the ticks on the axis of years.
const TICK: i32 = 4 * UNIT;
/// Distance between the strokes of a broken axis, and half their height.
const BREAK: i32 = 5 * UNIT;
/// Space between the axis of years and its labels, which keeps them clear of marks on the axis.
const LABEL_OFFSET: i32 = 7 * UNIT;
/// Space between the labels of the value axis and the axis.
const GUTTER: i32 = 6 * UNIT;

type Plot = Cartesian2d<RangedCoordi32, ValueAxis>;

/// Layout of a line chart, computed before drawing.
struct Line<'a> {
    indicator: &'a Indicator,
    points: &'a Points<'a>,
    comparisons: Comparisons<'a>,
    /// Vertices of the line.
    vertices: Vec<(FiscalYear, Point<'a>)>,
    axis: ValueAxis,
    /// Ticks with their labels.
    ticks: Vec<(Decimal, String)>,
    years: Vec<FiscalYear>,
    /// Position of the start of the plan on the axis of years, if the series has a start value without a year.
    start: Option<i32>,
    /// Position of the end of the plan on the axis of years, if a target has no year.
    end: Option<i32>,
    legend: Legend<'a>,
    wording: Wording<'a>,
    /// Horizontal position of the value axis.
    left: i32,
    /// Vertical position of the highest tick.
    top: i32,
}

/// Draws `points` as a line, and returns whether its value axis starts at another number than zero. `None` without a
/// legible axis.
pub(super) fn draw(
    indicator: &Indicator,
    points: &Points<'_>,
    series: &Series<'_>,
    context: &Context<'_>,
) -> Option<(String, bool)> {
    let wording = Wording::new(context.texts, indicator.year_kind);
    let comparisons = Comparisons::of(indicator, series, PLOT);
    // Numbers of another magnitude may leave no legible axis; the indicator itself takes precedence.
    let line = Line::lay_out(indicator, points, comparisons, wording)
        .or_else(|| Line::lay_out(indicator, points, Comparisons::default(), wording))?;
    let title = context.title.map_or_else(|| wording.named("chart_line_title", &indicator.name).into(), Cow::Borrowed);
    let description = line.description(indicator);
    let height = line.bottom() + LABEL_OFFSET + 2 * LINE;
    let head = SvgHeader { kind: "line", id: context.id, title: &title, description: &description, height };
    Some((document(&head, |svg| line.draw(svg)), !line.axis.includes_zero()))
}

impl<'a> Line<'a> {
    fn lay_out(
        indicator: &'a Indicator,
        points: &'a Points<'a>,
        comparisons: Comparisons<'a>,
        wording: Wording<'a>,
    ) -> Option<Self> {
        let all = points.values.iter().chain(&points.carried).chain(&points.targets);
        let axis = ValueAxis::for_line(all.map(|point| point.number).chain(comparisons.numbers()))?;
        let unit = indicator.unit.as_deref();
        let ticks: Vec<(Decimal, String)> = axis.ticks().map(|tick| (tick, axis.label(tick, unit, &wording))).collect();
        let left = ticks.iter().map(|(_, label)| text_width(label)).max()? + GUTTER;
        if left > WIDTH / 3 {
            return None;
        }
        let mut years: Vec<FiscalYear> = points.years().into_iter().chain(comparisons.years()).collect();
        years.sort_unstable();
        years.dedup();
        let end = points.targets.iter().any(|target| target.at == Column::End).then(|| end_of(&years));
        let start = points.values.iter().any(|point| point.at == Column::Start).then(|| start_of(&years));
        let note = points.cumulative_target.map(|target| wording.cumulative_target((target.at, target.label())));
        let legend = Legend::new(entries(points, wording), note);
        let top = legend.height + HEADROOM;
        let vertices = points.vertices();
        Some(Self {
            indicator,
            points,
            comparisons,
            vertices,
            axis,
            ticks,
            years,
            start,
            end,
            legend,
            wording,
            left,
            top,
        })
    }

    fn bottom(&self) -> i32 {
        self.top + PLOT
    }

    /// Position of a column on the axis of years.
    fn x_value(&self, column: Column) -> i32 {
        match column {
            Column::Start => self.start.unwrap_or_default(),
            Column::Year(year) => year.0,
            Column::End => self.end.unwrap_or_default(),
        }
    }

    fn coordinates(&self, point: &Point<'_>) -> (i32, Decimal) {
        (self.x_value(point.at), point.number)
    }

    fn draw(&self, svg: &mut Svg) {
        let first = self.start.or(self.years.first().map(|year| year.0)).unwrap_or_default();
        let last = self.end.or(self.years.last().map(|year| year.0)).unwrap_or_default();
        let margin = self.comparisons.margin();
        let across = self.left + INSET.0..WIDTH - margin.unwrap_or(INSET.1);
        let plot = Cartesian2d::new(first..last, self.axis.clone(), (across, self.bottom()..self.top));
        self.legend.draw(svg);
        self.draw_values(svg, &plot);
        self.draw_years(svg, &plot);
        let mut labels = Labels::new(Rect {
            left: self.left + UNIT,
            top: self.legend.height,
            right: WIDTH - margin.unwrap_or_default(),
            bottom: self.bottom() - UNIT,
        });
        let pixel = |year: FiscalYear, number: Decimal| plot.translate(&(year.0, number));
        self.comparisons.draw(svg, self.indicator, pixel, (self.legend.height, self.bottom()), &mut labels);
        self.draw_breaks(svg, &plot, &mut labels);
        self.draw_lines(svg, &plot, &mut labels);
        self.draw_marks(svg, &plot, &mut labels);
        self.draw_labels(svg, &plot, &mut labels);
    }

    /// Draws the value axis, with a line across the plot at each tick.
    fn draw_values(&self, svg: &mut Svg, plot: &Plot) {
        for (tick, label) in &self.ticks {
            let (_, y) = plot.translate(&(0, *tick));
            let zero = tick.is_zero() && self.axis.includes_zero();
            let role = if zero { Role::Zero } else { Role::Grid };
            svg.path(&[(self.left, y), (WIDTH, y)], role, Some(Datum::Tick(*tick)));
            svg.text(label, Role::Tick, (self.left - GUTTER, y), Pos::new(HPos::Right, VPos::Center));
        }
        if !self.axis.includes_zero() {
            self.draw_axis_break(svg);
        }
    }

    /// Draws two strokes across the lowest line: the usual sign that the axis does not start at zero.
    fn draw_axis_break(&self, svg: &mut Svg) {
        for x in [self.left + BREAK, self.left + 2 * BREAK] {
            let from = (x - BREAK / 2, self.bottom() + BREAK);
            svg.path(&[from, (x + BREAK / 2, self.bottom() - BREAK)], Role::Axis, None);
        }
    }

    /// Draws the axis of years. The newest year, years of targets and the first year are labelled first, other years if
    /// there is space.
    fn draw_years(&self, svg: &mut Svg, plot: &Plot) {
        let mut row = LabelRow::default();
        let targets = self.points.targets.iter().map(|target| target.at);
        let newest = self.points.values.last().map(|point| point.at);
        let others = self.years.iter().rev().map(|year| Column::Year(*year));
        let start = self.start.map(|_| Column::Start);
        let first_columns = start.into_iter().chain(self.years.first().map(|year| Column::Year(*year)));
        let mut seen = Vec::with_capacity(self.years.len() + 1);
        for column in newest.into_iter().chain(targets.rev()).chain(first_columns).chain(others) {
            if seen.contains(&column) {
                continue;
            }
            seen.push(column);
            let (x, _) = plot.translate(&(self.x_value(column), Decimal::ZERO));
            let datum = match column {
                Column::Year(year) => Some(Datum::Tick(Decimal::from(year.0))),
                Column::Start | Column::End => None,
            };
            let bottom = self.bottom();
            svg.path(&[(x, bottom), (x, bottom + TICK)], Role::Axis, datum);
            let lines = self.wording.tick(column);
            let width = lines.iter().map(|line| text_width(line)).max().unwrap_or_default();
            let Some(left) = row.place(x, width, (0, WIDTH)) else { continue };
            for (i, line) in (0..).zip(&lines).filter(|(_, line)| !line.is_empty()) {
                let position = (left + width / 2, bottom + LABEL_OFFSET + i * LINE);
                svg.text(line, Role::Year, position, Pos::new(HPos::Center, VPos::Top));
            }
        }
    }

    /// Draws a vertical line before the first year of each changed definition.
    fn draw_breaks(&self, svg: &mut Svg, plot: &Plot, labels: &mut Labels) {
        let inside = |year: &&FiscalYear| self.years.first() < Some(*year) && Some(*year) <= self.years.last();
        for year in self.points.breaks().iter().filter(inside) {
            let before = plot.translate(&(year.0.saturating_sub(1), Decimal::ZERO)).0;
            let x = (before + plot.translate(&(year.0, Decimal::ZERO)).0) / 2;
            let ends = [(x, self.legend.height), (x, self.bottom())];
            labels.avoid_line(ends);
            svg.path(&ends, Role::Break, None);
        }
    }

    fn draw_lines(&self, svg: &mut Svg, plot: &Plot, labels: &mut Labels) {
        let mut draw = |path: Vec<Pixel>, role: Role| {
            for pair in path.windows(2) {
                if let [a, b] = pair {
                    labels.avoid_line([*a, *b]);
                }
            }
            if path.len() > 1 {
                svg.path(&path, role, None);
            }
        };
        let pixel = |point: &Point<'_>| plot.translate(&self.coordinates(point));
        for targets in self.points.targets_by_definition() {
            let mut path: Vec<Pixel> = targets.iter().map(pixel).collect();
            if let (&[(_, y)], [target]) = (&*path, targets) {
                let first = self.start.or(self.years.first().map(|year| year.0)).unwrap_or_default();
                let first = self.points.definition_start(target).map_or(first, |year| year.0.max(first));
                // The definition may start after the end of the plan, where the axis has no year.
                let first = first.min(self.x_value(target.at));
                path.insert(0, (plot.translate(&(first, Decimal::ZERO)).0, y));
            }
            draw(path, Role::TargetLine);
        }

        let usual = self.points.usual_interval(&self.vertices);
        let runs = self.vertices.chunk_by(|a, b| self.points.is_connected(a.0, b.0, usual));
        for run in runs {
            draw(run.iter().map(|(_, point)| pixel(point)).collect(), Role::Series);
        }
    }

    fn draw_marks(&self, svg: &mut Svg, plot: &Plot, labels: &mut Labels) {
        let carried = self.points.carried.iter().map(|point| (point, Shape::Circle, Role::Carried));
        let values = self.points.values.iter().map(|point| {
            let (shape, role) = shape_and_role(point);
            (point, shape, role)
        });
        let baseline = self.points.values.iter().filter(|point| point.baseline);
        let baseline = baseline.map(|point| (point, Shape::Ring, Role::Baseline));
        let targets = self.points.targets.iter().map(|point| (point, Shape::Diamond, Role::Target));
        for (point, shape, role) in carried.chain(baseline).chain(values).chain(targets) {
            let pixel = plot.translate(&self.coordinates(point));
            labels.avoid(Rect::around(pixel, shape.radius()));
            svg.mark(pixel, shape, role, Some(Datum::Value(point.at, point.number)));
        }
    }

    fn draw_labels(&self, svg: &mut Svg, plot: &Plot, labels: &mut Labels) {
        for label in self.labels_by_priority() {
            let pixel = plot.translate(&self.coordinates(label.point));
            let placed = self.label_texts(&label).find_map(|text| {
                labels.place(text_width(&text), pixel, label.radius, label.side).map(|frame| (text, frame))
            });
            if let Some((text, frame)) = placed {
                svg.text(&text, label.role, (frame.left, frame.top), Pos::new(HPos::Left, VPos::Top));
            }
        }
    }

    /// Labels by descending priority: last target, last value, baseline, first value, largest and smallest value, other
    /// targets, all others.
    fn labels_by_priority(&self) -> Vec<Label<'_>> {
        let values = &self.points.values;
        let number = |i: &usize| values.get(*i).map(|point| point.number);
        let needed = [
            values.len().checked_sub(1),
            values.iter().position(|point| point.baseline),
            Some(0),
            (0..values.len()).max_by_key(number),
            (0..values.len()).min_by_key(number),
        ];
        let mut rest: Vec<Option<Label<'_>>> = (0..values.len()).map(|i| self.label(i)).collect();
        let mut targets = self.points.targets.iter().rev().map(Self::target_label);
        let mut labels: Vec<Label<'_>> = targets.next().into_iter().collect();
        labels.extend(needed.into_iter().flatten().filter_map(|i| rest.get_mut(i)?.take()));
        labels.extend(targets);
        labels.extend(rest.into_iter().flatten());
        labels
    }

    /// Label of value `i`, placed below its point if that is lower than its neighbours.
    fn label(&self, i: usize) -> Option<Label<'_>> {
        let values = &self.points.values;
        let point = values.get(i)?;
        let neighbours = [i.checked_sub(1), i.checked_add(1)];
        let mut neighbours = neighbours.into_iter().flatten().filter_map(|i| values.get(i));
        let lowest = neighbours.all(|neighbour| point.number < neighbour.number);
        let radius = if point.baseline { Shape::Ring.radius() } else { Shape::Triangle.radius() };
        let side = if lowest { Side::Below } else { Side::Above };
        Some(Label { point, role: Role::Label, radius, side })
    }

    /// Label of a target.
    fn target_label<'p>(point: &'p Point<'p>) -> Label<'p> {
        Label { point, role: Role::TargetLabel, radius: Shape::Diamond.radius(), side: Side::Above }
    }

    /// Alternative texts of a label, longest first; the first that fits is drawn. Labels of targets
    /// include name and year, labels of the baseline its name.
    fn label_texts<'p>(&self, label: &Label<'p>) -> impl Iterator<Item = Cow<'p, str>> {
        let point = label.point;
        let named = match label.role {
            Role::TargetLabel => self.wording.target_labels(point.at, point.label()).into(),
            _ if point.baseline => vec![[self.wording.text("chart_baseline"), " ", point.label()].concat()],
            _ => Vec::new(),
        };
        named.into_iter().map(Cow::Owned).chain(point.label_texts())
    }

    /// Description of the chart in sentences.
    fn description(&self, indicator: &Indicator) -> String {
        let wording = self.wording;
        let mut out = wording.named("chart_of_line", &indicator.name);
        let of_status = |status| self.points.values.iter().filter(move |point| point.status == status);
        out.push_str(&wording.series(wording.text("actual"), of_status(Status::Final).map(Point::column_and_value)));
        out.push_str(&wording.series(wording.interim(), of_status(Status::Interim).map(Point::column_and_value)));
        out.push_str(
            &wording.series(wording.text("chart_expected"), of_status(Status::Projected).map(Point::column_and_value)),
        );
        out.push_str(&wording.series(wording.text("target"), self.points.targets.iter().map(Point::column_and_value)));
        out.push_str(&self.comparisons.description(wording));
        if let Some(target) = self.points.cumulative_target {
            out.push_str(&wording.sentence(&wording.cumulative_target(target.column_and_value())));
        }
        for year in self.points.breaks() {
            out.push_str(&wording.sentence(&wording.definition_change(*year)));
        }
        if let Some(unit) = &indicator.unit {
            out.push_str(&wording.unit(unit));
        }
        if !self.axis.includes_zero() {
            out.push_str(wording.text("chart_not_from_zero"));
        }
        out
    }
}

/// Label that is not yet placed.
struct Label<'a> {
    point: &'a Point<'a>,
    role: Role,
    /// Radius of the mark around the point.
    radius: i32,
    side: Side,
}

/// Shape and role of a value.
pub(super) fn shape_and_role(point: &Point<'_>) -> (Shape, Role) {
    match point.status {
        Status::Interim => (Shape::Square, Role::Interim),
        Status::Projected => (Shape::Triangle, Role::Estimated),
        Status::Final if point.estimate().is_some() => (Shape::Triangle, Role::Estimated),
        Status::Final => (Shape::Circle, Role::Actual),
    }
}

/// Legend entries; empty if there would be only one.
fn entries<'a>(points: &'a Points<'_>, wording: Wording<'a>) -> Vec<Entry<'a>> {
    let values = || points.values.iter();
    let mut entries = Vec::new();
    if values().any(|point| shape_and_role(point).1 == Role::Actual) {
        entries.push(Entry { shape: Shape::Circle, role: Role::Actual, name: wording.text("actual").into() });
    }
    if let Some(interim) = values().find(|point| point.status == Status::Interim) {
        // If values have different dates, the legend shows none; the table shows the date of each value.
        let date = interim.as_of.filter(|date| {
            values().filter(|point| point.status == Status::Interim).all(|point| point.as_of == Some(*date))
        });
        let name = wording.interim_as_of(date).into();
        entries.push(Entry { shape: Shape::Square, role: Role::Interim, name });
    }
    let mut words: Vec<&str> = Vec::new();
    for point in values().filter(|point| shape_and_role(point).1 == Role::Estimated) {
        let word = point.estimate().unwrap_or(wording.text("chart_expected"));
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if !words.is_empty() {
        entries.push(Entry {
            shape: Shape::Triangle,
            role: Role::Estimated,
            name: words.join(wording.text("marks_separator")).into(),
        });
    }
    if !points.carried.is_empty() {
        entries.push(Entry { shape: Shape::Circle, role: Role::Carried, name: wording.text("chart_carried").into() });
    }
    if !points.targets.is_empty() {
        entries.push(Entry { shape: Shape::Diamond, role: Role::Target, name: wording.text("target").into() });
    }
    entries.extend(points.breaks().iter().map(|year| Entry {
        shape: Shape::VerticalLine,
        role: Role::Break,
        name: wording.definition_change(*year).into(),
    }));
    if entries.len() == 1 { Vec::new() } else { entries }
}

/// Position of the start of the plan: before all years, by about an eighth of their span.
pub(super) fn start_of(years: &[FiscalYear]) -> i32 {
    let first = years.first().map_or(0, |year| year.0);
    let last = years.last().map_or(0, |year| year.0);
    first.saturating_sub((last.saturating_sub(first) / 8).max(1))
}

/// Position of the end of the plan: after all years, by about an eighth of their span.
pub(super) fn end_of(years: &[FiscalYear]) -> i32 {
    let first = years.first().map_or(0, |year| year.0);
    let last = years.last().map_or(0, |year| year.0);
    last.saturating_add((last.saturating_sub(first) / 8).max(1))
}
