//! Text of a generated file, in which each line knows the cell that it comes from.

use super::cell::Origin;

/// A generated file.
#[derive(Debug, Default)]
pub struct OutputText {
    /// Path below the content folder.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Numbers of lines, from 1, with the cells that they come from, ascending.
    origins: Vec<(usize, Origin)>,
    lines: usize,
}

impl OutputText {
    /// An empty file.
    pub fn new(path: String) -> Self {
        Self { path, ..Self::default() }
    }

    /// Appends a line that comes from no particular cell.
    pub fn line(&mut self, line: &str) {
        self.lines += line.matches('\n').count() + 1;
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Appends a line, or several, that come from a cell.
    pub fn line_of(&mut self, line: &str, origin: Origin) {
        self.origins.push((self.lines + 1, origin));
        self.line(line);
    }

    /// Removes a blank line at the end.
    pub fn unblank(&mut self) {
        if self.text.ends_with("\n\n") {
            self.text.pop();
            self.lines -= 1;
        }
    }

    /// The cell that a line, from 1, comes from, or else the nearest one before it.
    pub fn origin(&self, line: usize) -> Option<Origin> {
        let end = self.origins.partition_point(|(start, _)| *start <= line);
        let nearest = end.checked_sub(1).and_then(|at| self.origins.get(at)).or(self.origins.first());
        nearest.map(|(_, origin)| *origin)
    }
}
