//! Insertion of interface texts into the templates of the default theme when it is loaded.
//!
//! The texts of a site are the same on all of its pages, but a template looks up each of them on each page, and fills its
//! placeholders with a filter that takes a map. With the texts in the templates, pages consist of the same bytes.
//! Templates of a site's own theme stay as they are, so that errors are reported at their lines and columns.

use crate::texts::InterfaceTexts;
use pulldown_cmark_escape::escape_html;

/// The template `source` with its texts: `{{ t.year }}` becomes `年度`, and `{{ t.count | fill(count=n) }}` becomes
/// `{{ n }}件`. Other expressions with texts stay as they are.
pub(super) fn inline(source: &str, texts: &InterfaceTexts) -> String {
    let mut inlined = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("{{ t.") {
        inlined.push_str(before);
        let expression =
            after.split_once(" }}").and_then(|(expression, after)| Some((markup(expression, texts)?, after)));
        match expression {
            Some((markup, after)) => {
                inlined.push_str(&markup);
                rest = after;
            }
            None => {
                inlined.push_str("{{ t.");
                rest = after;
            }
        }
    }
    inlined + rest
}

/// Template source of the text to which an expression such as `count | fill(count=n)` refers; `None` if it is another expression,
/// or an error.
fn markup(expression: &str, texts: &InterfaceTexts) -> Option<String> {
    let (key, arguments) = match expression.split_once(" | ") {
        Some((key, filter)) => (key, arguments(filter.strip_prefix("fill(")?.strip_suffix(')')?)?),
        None => (expression, Vec::new()),
    };
    let text = texts.find(key)?;
    // Tags next to the expression may strip white space: that of the text, or that before an empty text.
    if text.is_empty() || text.trim() != text {
        return None;
    }
    let mut markup = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        let (_, value) = arguments.iter().find(|(argument, _)| *argument == name)?;
        escape_html(&mut markup, before).ok()?;
        markup.push_str("{{ ");
        markup.push_str(value);
        markup.push_str(" }}");
        rest = after;
    }
    escape_html(&mut markup, rest).ok()?;
    Some(markup)
}

/// Names and expressions of the arguments of a filter; `None` if there are parentheses that do not match.
fn arguments(list: &str) -> Option<Vec<(&str, &str)>> {
    let mut arguments = Vec::new();
    let (mut start, mut depth, mut quoted) = (0, 0_usize, false);
    for (at, char) in list.char_indices().chain([(list.len(), ',')]) {
        match char {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 => {
                let (name, value) = list.get(start..at)?.split_once('=')?;
                arguments.push((name.trim(), value.trim()));
                start = at + 1;
            }
            _ => {}
        }
    }
    (depth == 0 && !quoted).then_some(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expect: &str) {
        let mut texts = InterfaceTexts::embedded("ja").unwrap();
        for (key, text) in [
            ("year", "年度"),
            ("count", "{count}件"),
            ("in_brackets", "（{words}）"),
            ("colon", " : "),
            ("separator", ""),
            ("value", "<A & B>"),
            ("share_count", "{counted}のうち{reached}"),
        ] {
            *texts.get_mut(key).unwrap() = text.to_owned();
        }
        assert_eq!(inline(source, &texts), expect);
    }

    #[test]
    fn texts_are_inserted_and_escaped() {
        check("<th>{{ t.year }}</th>{{ t.value }}", "<th>年度</th>&lt;A &amp; B&gt;");
    }

    #[test]
    fn placeholders_become_expressions() {
        check("{{ t.count | fill(count=line.programs) }}", "{{ line.programs }}件");
        check(
            "{{ t.share_count | fill(reached=a[0], counted=b | join(sep=\", )\")) }}",
            "{{ b | join(sep=\", )\") }}のうち{{ a[0] }}",
        );
        check("{{ t.in_brackets | fill(words=\"%\") }}", "（{{ \"%\" }}）");
    }

    #[test]
    fn other_expressions_stay() {
        for source in [
            "{{ t.unknown }}",
            "{{ t.count }}",
            "{{ t.count | fill(number=1) }}",
            "{{ t.count | fill(count=(1) }}",
            "{{ t.year | length }}",
            "{{ t.year ~ x }}",
            "{{- t.year }}",
            "{% if t.year %}",
            "{{ t[\"year\"] }}",
            "{{ t.year",
        ] {
            check(source, source);
        }
    }

    #[test]
    fn white_space_at_the_ends_of_a_text_is_kept() {
        check("{{ t.colon }}{%- if x %}", "{{ t.colon }}{%- if x %}");
        check("a {{ t.separator }}{%- if x %}", "a {{ t.separator }}{%- if x %}");
    }
}
