//! Placement of labels next to their marks without overlaps.

use super::UNIT;
use super::svg::{LINE, Pixel};

/// Space between a mark and its label.
const GAP: i32 = 3 * UNIT;
/// Space between two labels in a line.
const LABEL_GAP: i32 = 4 * UNIT;

/// Rectangle on the canvas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rect {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

/// Preferred side of a label relative to its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Below,
}

/// Layout of the labels of one chart. Labels are placed one after the other, and earlier ones take precedence.
pub(super) struct Labels {
    within: Rect,
    occupied: Vec<Rect>,
    lines: Vec<[Pixel; 2]>,
}

impl Rect {
    /// Square around a point, with sides of twice the `radius`.
    pub(super) fn around((x, y): Pixel, radius: i32) -> Self {
        Self { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
    }

    pub(super) fn intersects(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    pub(super) fn contains(&self, other: &Self) -> bool {
        self.left <= other.left && other.right <= self.right && self.top <= other.top && other.bottom <= self.bottom
    }

    /// Returns true if the line from `a` to `b` crosses the frame: their bounding boxes intersect, and the corners of
    /// the frame are on both sides of the line.
    fn crossed_by(&self, [a, b]: &[Pixel; 2]) -> bool {
        let hull = Self { left: a.0.min(b.0), top: a.1.min(b.1), right: a.0.max(b.0), bottom: a.1.max(b.1) };
        let apart =
            hull.right < self.left || self.right < hull.left || hull.bottom < self.top || self.bottom < hull.top;
        let side = |x: i32, y: i32| {
            let (dx, dy) = (i64::from(b.0 - a.0), i64::from(b.1 - a.1));
            (dx * i64::from(y - a.1) - dy * i64::from(x - a.0)).signum()
        };
        let corners = [
            side(self.left, self.top),
            side(self.right, self.top),
            side(self.left, self.bottom),
            side(self.right, self.bottom),
        ];
        !apart && corners.iter().any(|side| *side != 1) && corners.iter().any(|side| *side != -1)
    }
}

impl Labels {
    /// Creates a layout that keeps labels `within` a frame.
    pub(super) fn new(within: Rect) -> Self {
        Self { within, occupied: Vec::new(), lines: Vec::new() }
    }

    /// Keeps labels off the area of a mark.
    pub(super) fn avoid(&mut self, frame: Rect) {
        self.occupied.push(frame);
    }

    /// Keeps labels off a line if there is space elsewhere.
    pub(super) fn avoid_line(&mut self, line: [Pixel; 2]) {
        self.lines.push(line);
    }

    /// Places a label of `width` next to the mark at `at`. `None` if there is no space.
    pub(super) fn place(&mut self, width: i32, at: Pixel, radius: i32, preferred: Side) -> Option<Rect> {
        let candidates = self.candidates(width, at, radius, preferred);
        let free =
            |frame: &&Rect| self.within.contains(frame) && !self.occupied.iter().any(|other| other.intersects(frame));
        let clear = |frame: &&Rect| free(frame) && !self.lines.iter().any(|line| frame.crossed_by(line));
        let position = candidates.iter().find(clear).or_else(|| candidates.iter().find(free)).copied()?;
        self.occupied.push(Rect { left: position.left - LABEL_GAP, right: position.right + LABEL_GAP, ..position });
        Some(position)
    }

    /// Candidate positions in order of preference: above and below, to the right and left, diagonally, and one line
    /// further away.
    fn candidates(&self, width: i32, (x, y): Pixel, radius: i32, preferred: Side) -> [Rect; 8] {
        let max_left = self.within.right.saturating_sub(width).max(self.within.left);
        let centred = x.saturating_sub(width / 2).clamp(self.within.left, max_left);
        let near = radius + GAP;
        let far = near + LINE;
        let (above, below) = match preferred {
            Side::Above => (-1, 1),
            Side::Below => (1, -1),
        };
        let shifted = |left: i32, direction: i32, distance: i32| {
            let top = if direction < 0 { y - distance - LINE } else { y + distance };
            Rect { left, top, right: left.saturating_add(width), bottom: top + LINE }
        };
        let beside = |left: i32| shifted(left, 1, -LINE / 2);
        [
            shifted(centred, above, near),
            shifted(centred, below, near),
            beside(x + near),
            beside(x.saturating_sub(near).saturating_sub(width)),
            shifted(x + near, above, 0),
            shifted(x.saturating_sub(near).saturating_sub(width), above, 0),
            shifted(centred, above, far),
            shifted(centred, below, far),
        ]
    }
}

/// Layout of labels in one row, such as those of an axis; labels without space are omitted.
#[derive(Default)]
pub(super) struct LabelRow {
    occupied: Vec<(i32, i32)>,
}

impl LabelRow {
    /// Reserves `width` around `x`, shifted to fit into `from..to`. Returns the left end; `None` without free space.
    pub(super) fn place(&mut self, x: i32, width: i32, (from, to): (i32, i32)) -> Option<i32> {
        let left = x.saturating_sub(width / 2).clamp(from, to.saturating_sub(width).max(from));
        let right = left.saturating_add(width);
        let free = right <= to && self.occupied.iter().all(|(l, r)| right + LABEL_GAP <= *l || *r + LABEL_GAP <= left);
        free.then(|| self.occupied.push((left, right))).map(|()| left)
    }
}
