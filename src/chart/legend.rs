//! Legend above a chart, with an optional note below its entries.

use super::UNIT;
use super::element::Shape;
use super::role::Role;
use super::svg::{LINE, Svg, WIDTH, text_width};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::borrow::Cow;

/// Space between two entries.
const ENTRY_GAP: i32 = 12 * UNIT;
/// Width of a shape including the space before its name.
const SHAPE: i32 = 16 * UNIT;

/// Shape with its name.
pub(super) struct Entry<'a> {
    pub shape: Shape,
    pub role: Role,
    pub name: Cow<'a, str>,
}

/// Legend entries and a note, laid out in rows.
pub(super) struct Legend<'a> {
    entries: Vec<(i32, i32, Entry<'a>)>,
    /// Note in a separate row, with its vertical position.
    note: Option<(i32, String)>,
    /// Total height, in canvas pixels.
    pub height: i32,
}

impl<'a> Legend<'a> {
    /// Lays out `entries` in as many rows as needed and the note in a separate row. A note wider than the chart is
    /// omitted.
    pub(super) fn new(entries: impl IntoIterator<Item = Entry<'a>>, note: Option<String>) -> Self {
        let mut placed = Vec::new();
        let (mut x, mut y) = (0, 0);
        for mut entry in entries {
            if let Cow::Owned(clipped) = truncate(&entry.name, WIDTH - SHAPE) {
                entry.name = clipped.into();
            }
            let width = SHAPE + text_width(&entry.name);
            if x > 0 && x + width > WIDTH {
                (x, y) = (0, y + LINE);
            }
            placed.push((x, y, entry));
            x += width + ENTRY_GAP;
        }
        let mut height = if placed.is_empty() { 0 } else { y + LINE + 3 * UNIT };
        let note = note.filter(|note| text_width(note) <= WIDTH).map(|note| (height, note));
        if note.is_some() {
            height += LINE;
        }
        Self { entries: placed, note, height }
    }

    /// Draws the legend at the top of the canvas.
    pub(super) fn draw(&self, svg: &mut Svg) {
        for (x, y, Entry { shape, role, name }) in &self.entries {
            let middle = y + LINE / 2;
            svg.mark((x + SHAPE / 2 - UNIT, middle), *shape, *role, None);
            svg.text(name, Role::Legend, (x + SHAPE, middle), Pos::new(HPos::Left, VPos::Center));
        }
        if let Some((y, note)) = &self.note {
            svg.text(note, Role::Legend, (0, *y), Pos::new(HPos::Left, VPos::Top));
        }
    }
}

/// Truncates `text` to `width`, with an ellipsis if anything is omitted. Must not be used for figures.
pub(super) fn truncate(text: &str, width: i32) -> Cow<'_, str> {
    if text_width(text) <= width {
        return text.into();
    }
    let mut clipped = String::new();
    for c in text.chars() {
        clipped.push(c);
        if text_width(&clipped) > width - text_width("…") {
            clipped.pop();
            break;
        }
    }
    clipped.push('…');
    clipped.into()
}
