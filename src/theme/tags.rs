//! Diagnosis of unknown template tags: unclosed tags, unmatched end tags, misspelled names.

use crate::diagnostic::{Bilingual, closest, say};
use std::ops::Range;

/// Tags that need an end tag.
const OPENING: [&str; 5] = ["block", "component", "filter", "for", "if"];
/// Tags without an end tag.
const SINGLE: [&str; 7] = ["elif", "else", "extends", "include", "set", "break", "continue"];

/// Diagnoses the unknown tag whose name is at `range` in the template `text`: range, message and help.
pub(super) fn diagnose(text: &str, range: Range<usize>) -> (Range<usize>, Bilingual, Option<Bilingual>) {
    let name = text.get(range.clone()).unwrap_or_default();
    let Some(block) = name.strip_prefix("end").filter(|block| OPENING.contains(block)) else {
        let help = closest(name, OPENING.into_iter().chain(SINGLE));
        let help = help.map(|near| say!(ja: "もしかして: {near}", en: "did you mean `{near}`?"));
        return (range, say!(ja: "「{name}」というタグはありません", en: "unknown tag `{name}`"), help);
    };
    let open_tags = open_tags(text.get(..range.start).unwrap_or_default());
    // An end tag without any matching open tag is itself the error; otherwise the innermost open tag is.
    match open_tags.iter().any(|(tag, _)| *tag == block).then(|| open_tags.last().cloned()).flatten() {
        Some((tag, tag_range)) => (
            tag_range,
            say!(ja: "「{{% {tag} %}}」が閉じられていません", en: "`{{% {tag} %}}` is not closed"),
            Some(say!(
                ja: "`{{% end{block} %}}` より前に `{{% end{tag} %}}` を書いてください",
                en: "write `{{% end{tag} %}}` before `{{% end{block} %}}`"
            )),
        ),
        None => (
            range,
            say!(
                ja: "「{{% {name} %}}」に対応する「{{% {block} … %}}」がありません",
                en: "`{{% {name} %}}` without a matching `{{% {block} … %}}`"
            ),
            None,
        ),
    }
}

/// Range of the template name in the first `tag` that refers to the template `name`.
pub(super) fn reference_range(text: &str, tag: &str, name: &str) -> Option<Range<usize>> {
    text.match_indices("{%").find_map(|(at, delimiter)| {
        let inner = text.get(at + delimiter.len()..)?.split("%}").next()?;
        inner.trim_start_matches('-').trim_start().strip_prefix(tag)?;
        let start = at + delimiter.len() + inner.find(name)?;
        Some(start..start + name.len())
    })
}

/// Tags that are open at the end of `text`, with the ranges of their names.
fn open_tags(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut open_tags: Vec<(&str, Range<usize>)> = Vec::new();
    for (at, delimiter) in text.match_indices("{%") {
        let rest = text.get(at + delimiter.len()..).unwrap_or_default();
        let named = rest.trim_start_matches('-').trim_start();
        let end = named.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(named.len());
        let (start, name) = (text.len() - named.len(), named.get(..end).unwrap_or_default());
        if OPENING.contains(&name) {
            open_tags.push((name, start..start + end));
        } else if let Some(block) = name.strip_prefix("end")
            && open_tags.last().is_some_and(|(last, _)| *last == block)
        {
            open_tags.pop();
        }
    }
    open_tags
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the marked range and the message for the unknown tag `name`.
    fn check(text: &str, name: &str, marked: &str, expected: &str) {
        let at = text.rfind(name).unwrap();
        let (range, message, _) = diagnose(text, at..at + name.len());
        assert_eq!((text.get(range).unwrap(), &*message.en), (marked, expected), "{text}");
    }

    #[test]
    fn reports_unclosed_tags() {
        let text = "{% block main %}{% if a %}{% for b in c %}{% endfor %}{% endblock main %}";
        check(text, "endblock", "if", "`{% if %}` is not closed");
        check("{% if a -%}{%- for b in c -%}{% endif %}", "endif", "for", "`{% for %}` is not closed");
    }

    #[test]
    fn reports_unmatched_end_tags() {
        let text = "{% block main %}{% endif %}";
        check(text, "endif", "endif", "`{% endif %}` without a matching `{% if … %}`");
        let text = "{% if a %}{% endif %}{% endif %}";
        check(text, "endif", "endif", "`{% endif %}` without a matching `{% if … %}`");
    }

    #[test]
    fn reports_unknown_tags() {
        check("{% iff a %}", "iff", "iff", "unknown tag `iff`");
    }
}
