//! Limits of rendering: loops, components and texts of a site's own theme that would take forever.
//!
//! Tera has no limits of its own. Loops and components of own templates therefore begin with a call of the function
//! [`STEP`], and each `set` is followed by the filter [`KEPT`] ([`with_limits`]). Both fail when the page has used up its
//! steps, and Tera reports the error at the call, whose location is mapped back to the tag. Templates of the default
//! theme remain as they are.

use crate::per_thread::PerThread;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tera::{Error, TeraResult, Value};

/// Name of the function at the start of loops and components.
pub(super) const STEP: &str = "shirube_step";
/// Name of the filter of variables.
pub(super) const KEPT: &str = "shirube_kept";

/// Maximum number of iterations and calls of components per page. Pages with thousands of rows take some 100,000.
const MAX_STEPS: usize = 2_000_000;
/// Maximum size of the text of a variable in bytes, and of items in a list.
const MAX_SIZE: usize = 8 << 20;
/// Text that counts as one step, in bytes.
const TEXT_PER_STEP: usize = 64;
/// Maximum size of a page in bytes.
const MAX_PAGE: usize = 64 << 20;

/// Error messages, which [`super::error`] translates.
pub(super) const TOO_MANY_STEPS: &str = "this page is never finished: too many iterations or calls of components";
pub(super) const TOO_LARGE_VALUE: &str = "the value of this variable grows without end";
pub(super) const TOO_LARGE_PAGE: &str = "the page is larger than 64 MB";

/// Steps that are left for the pages that are being rendered, one on each thread.
#[derive(Debug)]
pub(super) struct Limits {
    steps: PerThread<AtomicUsize>,
    exceeded: AtomicBool,
}

impl Limits {
    /// Limits that no page has used yet.
    pub(super) fn new() -> Self {
        Self { steps: PerThread::new(|| AtomicUsize::new(MAX_STEPS)), exceeded: AtomicBool::new(false) }
    }

    /// Returns true if any page has exceeded a limit.
    pub(super) fn are_exceeded(&self) -> bool {
        self.exceeded.load(Ordering::Relaxed)
    }

    fn set(&self, left: usize) {
        if let Some(steps) = self.steps.get() {
            steps.store(left, Ordering::Relaxed);
        }
    }

    /// Takes steps of the page.
    ///
    /// # Errors
    /// If it has no more.
    pub(super) fn take(&self, count: usize) -> TeraResult<()> {
        let Some(steps) = self.steps.get() else { return Ok(()) };
        let left = steps.load(Ordering::Relaxed);
        if left < count {
            self.exceeded.store(true, Ordering::Relaxed);
            return Err(Error::message(TOO_MANY_STEPS));
        }
        steps.store(left - count, Ordering::Relaxed);
        Ok(())
    }

    /// Takes the steps of a variable with this value, and returns it.
    ///
    /// # Errors
    /// If it is too large.
    pub(super) fn keep(&self, value: Value) -> TeraResult<Value> {
        let size =
            value.as_str().map_or_else(|| value.as_array().map_or(0, |items| TEXT_PER_STEP * items.len()), str::len);
        if size > MAX_SIZE {
            self.exceeded.store(true, Ordering::Relaxed);
            return Err(Error::message(TOO_LARGE_VALUE));
        }
        self.take(1 + size / TEXT_PER_STEP)?;
        Ok(value)
    }

    /// Returns true if a page is too large.
    pub(super) fn is_too_large(page: &[u8]) -> bool {
        page.len() > MAX_PAGE
    }

    /// Starts a page, which is written to `buffer`.
    pub(super) fn page<'b>(&'b self, buffer: &'b mut Vec<u8>) -> PageWriter<'b> {
        self.set(MAX_STEPS);
        PageWriter { buffer, limits: self }
    }
}

/// Writer of a page. It drops what exceeds the maximum size: the next loop or component reports its location, as the page
/// has no steps left, or else the caller reports the page.
pub(super) struct PageWriter<'b> {
    buffer: &'b mut Vec<u8>,
    limits: &'b Limits,
}

impl Write for PageWriter<'_> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if Limits::is_too_large(self.buffer) {
            self.limits.exceeded.store(true, Ordering::Relaxed);
            self.limits.set(0);
        } else {
            self.buffer.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes).map(drop)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A template with calls that count its steps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Limited {
    pub(super) text: String,
    /// Ranges of the calls in `text`, ascending, and of the tags that they follow in the original.
    calls: Vec<(Range<usize>, Range<usize>)>,
}

impl Limited {
    /// Range in the original of a `range` of the text; that of the tag if it is within a call.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        if let Some((_, tag)) = self.calls.iter().find(|(call, _)| call.contains(&range.start)) {
            return tag.clone();
        }
        let at = |position: usize| {
            let before = self.calls.iter().take_while(|(call, _)| call.end <= position);
            position - before.map(|(call, _)| call.len()).sum::<usize>()
        };
        at(range.start)..at(range.end).max(at(range.start))
    }
}

/// Adds the calls to the own template `text`. Positions of lines stay the same.
pub(super) fn with_limits(text: &str) -> Limited {
    let mut limited = Limited::default();
    let (mut copied, mut blocks) = (0, Vec::new());
    for tag in tags(text) {
        let inner = text.get(tag.clone()).unwrap_or_default().trim_start_matches("{%").trim_end_matches("%}");
        let (inner, trim) = match inner.strip_suffix('-') {
            Some(inner) => (inner, "-"),
            None => (inner, ""),
        };
        let (name, rest) = word(inner.trim_start_matches('-'));
        let (variable, rest) = word(rest);
        let call = match name {
            "for" | "component" => format!("{{{{ {STEP}() {trim}}}}}"),
            "set" | "set_global" if rest.trim_start().starts_with('=') => kept(name, variable, trim),
            "set" | "set_global" => {
                blocks.push((name, variable));
                continue;
            }
            "endset" => match blocks.pop() {
                Some((name, variable)) => kept(name, variable, trim),
                None => continue,
            },
            _ => continue,
        };
        limited.text.push_str(text.get(copied..tag.end).unwrap_or_default());
        let start = limited.text.len();
        limited.text.push_str(&call);
        limited.calls.push((start..limited.text.len(), tag.clone()));
        copied = tag.end;
    }
    limited.text.push_str(text.get(copied..).unwrap_or_default());
    limited
}

/// The first word of a tag, and the rest.
pub(super) fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_at_checked(text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len()))
        .unwrap_or_default()
}

fn kept(set: &str, variable: &str, trim: &str) -> String {
    format!("{{% {set} {variable} = {variable} | {KEPT} {trim}%}}")
}

/// Ranges of the tags `{% … %}` of a template outside of comments and `raw`, up to one that is not closed.
pub(super) fn tags(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    let after = |at: usize, pattern: &str| Some(at + text.get(at..)?.find(pattern)? + pattern.len());
    while let Some(start) = text.get(at..).and_then(|rest| rest.find('{')).map(|open| at + open) {
        let next = match text.as_bytes().get(start + 1) {
            Some(b'#') => after(start + 2, "#}"),
            Some(b'{') => end_of_expression(text, start + 2, "}}"),
            Some(b'%') => end_of_expression(text, start + 2, "%}").and_then(|end| {
                found.push(start..end);
                let name = text.get(start + 2..end)?.trim_start_matches('-').trim_start();
                if name.starts_with("raw") { after(end, "endraw").and_then(|at| after(at, "%}")) } else { Some(end) }
            }),
            _ => Some(start + 1),
        };
        let Some(next) = next else { break };
        at = next;
    }
    found
}

/// End of the delimiter `close` from `at` on, outside of quotation marks.
fn end_of_expression(text: &str, at: usize, close: &str) -> Option<usize> {
    let mut quote = None;
    for (offset, c) in text.get(at..)?.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if ['"', '\'', '`'].contains(&c) => quote = Some(c),
            None if text.get(at + offset..)?.starts_with(close) => return Some(at + offset + close.len()),
            None => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let limited = with_limits(text);
        let short = limited.text.replace("{{ shirube_step() ", "<STEP").replace("shirube_kept", "KEPT");
        assert_eq!(short, expected);
        for (call, tag) in &limited.calls {
            assert_eq!(limited.original(call.start..call.start + 1), *tag);
        }
        let (original, new) = (text.find("あ").unwrap(), limited.text.find("あ").unwrap());
        assert_eq!(limited.original(new..new + 3), original..original + 3);
    }

    #[test]
    fn counts_iterations_components_and_variables() {
        check("{% for a in b %}あ{% endfor %}", "{% for a in b %}<STEP}}あ{% endfor %}");
        check("{%- for a in b -%} あ{% endfor %}", "{%- for a in b -%}<STEP-}} あ{% endfor %}");
        check("{% component A(b) %}あ{% endcomponent A %}", "{% component A(b) %}<STEP}}あ{% endcomponent A %}");
        check("{% set a = b ~ \"%}\" -%}あ", "{% set a = b ~ \"%}\" -%}{% set a = a | KEPT -%}あ");
        check("{% set a=b|upper %}あ", "{% set a=b|upper %}{% set a = a | KEPT %}あ");
        check("{% set_global a = b %}あ", "{% set_global a = b %}{% set_global a = a | KEPT %}あ");
        check("{% set a %}x{% endset %}あ", "{% set a %}x{% endset %}{% set a = a | KEPT %}あ");
        check(
            "{% set a | f(x=1) %}{% set b %}x{% endset %}{% endset %}あ",
            "{% set a | f(x=1) %}{% set b %}x{% endset %}{% set b = b | KEPT %}{% endset %}{% set a = a | KEPT %}あ",
        );
    }

    #[test]
    fn leaves_comments_raw_text_and_broken_tags() {
        for text in [
            "{# {% for a in b %} #}あ",
            "{% raw %}{% for a in b %}{% endraw %}あ",
            "{{ \"{% for a in b %}\" }}あ",
            "あ{ {% for a in b",
            "あ{{ \"x }}{% for a in b %}",
        ] {
            check(text, text);
        }
    }
}
