//! Diagnosis of unknown template tags: unclosed tags, unmatched end tags, misspelled names.

use crate::diagnostic::{Bilingual, closest, say};
use std::ops::Range;

/// Tags that need an end tag.
const OPENING: [&str; 5] = ["block", "component", "filter", "for", "if"];
/// Tags without an end tag.
const SINGLE: [&str; 7] = ["elif", "else", "extends", "include", "set", "break", "continue"];

/// Diagnoses the unknown tag whose name is at `place` in the template `text`: range, message and help.
pub(super) fn diagnose(text: &str, place: Range<usize>) -> (Range<usize>, Bilingual, Option<Bilingual>) {
    let name = text.get(place.clone()).unwrap_or_default();
    let Some(of) = name.strip_prefix("end").filter(|of| OPENING.contains(of)) else {
        let help = closest(name, OPENING.into_iter().chain(SINGLE));
        let help = help.map(|near| say!(ja: "もしかして: {near}", en: "did you mean `{near}`?"));
        return (place, say!(ja: "「{name}」というタグはありません", en: "unknown tag `{name}`"), help);
    };
    let open = open(text.get(..place.start).unwrap_or_default());
    // An end tag without any matching open tag is itself the error; otherwise the innermost open tag is.
    match open.iter().any(|(open, _)| *open == of).then(|| open.last().cloned()).flatten() {
        Some((open, at)) => (
            at,
            say!(ja: "「{{% {open} %}}」が閉じられていません", en: "`{{% {open} %}}` is not closed"),
            Some(say!(
                ja: "`{{% end{of} %}}` より前に `{{% end{open} %}}` を書いてください",
                en: "write `{{% end{open} %}}` before `{{% end{of} %}}`"
            )),
        ),
        None => (
            place,
            say!(
                ja: "「{{% {name} %}}」に対応する「{{% {of} … %}}」がありません",
                en: "`{{% {name} %}}` without a matching `{{% {of} … %}}`"
            ),
            None,
        ),
    }
}

/// Range of the template name in the first `tag` that refers to the template `name`.
pub(super) fn reference_range(text: &str, tag: &str, name: &str) -> Option<Range<usize>> {
    text.match_indices("{%").find_map(|(at, sign)| {
        let inner = text.get(at + sign.len()..)?.split("%}").next()?;
        inner.trim_start_matches('-').trim_start().strip_prefix(tag)?;
        let start = at + sign.len() + inner.find(name)?;
        Some(start..start + name.len())
    })
}

/// Tags that are open at the end of `text`, with the ranges of their names.
fn open(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut open: Vec<(&str, Range<usize>)> = Vec::new();
    for (at, sign) in text.match_indices("{%") {
        let tag = text.get(at + sign.len()..).unwrap_or_default();
        let named = tag.trim_start_matches('-').trim_start();
        let end = named.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(named.len());
        let (start, name) = (text.len() - tag.len() + (tag.len() - named.len()), named.get(..end).unwrap_or_default());
        if OPENING.contains(&name) {
            open.push((name, start..start + end));
        } else if let Some(of) = name.strip_prefix("end")
            && open.last().is_some_and(|(last, _)| *last == of)
        {
            open.pop();
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the marked range and the message for the unknown tag `name`.
    fn check(text: &str, name: &str, marked: &str, expect: &str) {
        let at = text.rfind(name).unwrap();
        let (place, message, _) = diagnose(text, at..at + name.len());
        assert_eq!((text.get(place).unwrap(), &*message.en), (marked, expect), "{text}");
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
