//! Tags of a template that Tera does not know where they stand: which is not closed, which not opened.

use crate::diagnostic::{Bilingual, closest, say};
use std::ops::Range;

/// The tags that hold something until they are closed.
const OPENING: [&str; 5] = ["block", "component", "filter", "for", "if"];
/// All others.
const SINGLE: [&str; 7] = ["elif", "else", "extends", "include", "set", "break", "continue"];

/// What is wrong with the tag whose name stands at `place` of the template `text`: where, what, and
/// what to write.
pub(super) fn unknown(text: &str, place: Range<usize>) -> (Range<usize>, Bilingual, Option<Bilingual>) {
    let name = text.get(place.clone()).unwrap_or_default();
    let Some(of) = name.strip_prefix("end").filter(|of| OPENING.contains(of)) else {
        let help = closest(name, OPENING.into_iter().chain(SINGLE));
        let help = help.map(|near| say!(ja: "もしかして: {near}", en: "did you mean `{near}`?"));
        return (place, say!(ja: "「{name}」というタグはありません", en: "there is no tag `{name}`"), help);
    };
    let open = open(text.get(..place.start).unwrap_or_default());
    // What was never opened closes nothing, whatever else is open.
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
                en: "there is no `{{% {of} … %}}` that `{{% {name} %}}` could close"
            ),
            None,
        ),
    }
}

/// Where the first `tag` that names the template `name` names it.
pub(super) fn naming(text: &str, tag: &str, name: &str) -> Option<Range<usize>> {
    text.match_indices("{%").find_map(|(at, sign)| {
        let inner = text.get(at + sign.len()..)?.split("%}").next()?;
        inner.trim_start_matches('-').trim_start().strip_prefix(tag)?;
        let start = at + sign.len() + inner.find(name)?;
        Some(start..start + name.len())
    })
}

/// The tags that are open at the end of `text`, and where their names stand.
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

    /// What is marked in a template whose tag `name` is not known, and what is said.
    fn check(text: &str, name: &str, marked: &str, said: &str) {
        let at = text.rfind(name).unwrap();
        let (place, message, _) = unknown(text, at..at + name.len());
        assert_eq!((text.get(place).unwrap(), &*message.en), (marked, said), "{text}");
    }

    #[test]
    fn what_is_open_must_be_closed_first() {
        let text = "{% block main %}{% if a %}{% for b in c %}{% endfor %}{% endblock main %}";
        check(text, "endblock", "if", "`{% if %}` is not closed");
        check("{% if a -%}{%- for b in c -%}{% endif %}", "endif", "for", "`{% for %}` is not closed");
    }

    #[test]
    fn what_closes_must_have_been_opened() {
        let text = "{% block main %}{% endif %}";
        check(text, "endif", "endif", "there is no `{% if … %}` that `{% endif %}` could close");
        check(
            "{% if a %}{% endif %}{% endif %}",
            "endif",
            "endif",
            "there is no `{% if … %}` that `{% endif %}` could close",
        );
    }

    #[test]
    fn any_other_tag_is_unknown() {
        check("{% iff a %}", "iff", "iff", "there is no tag `iff`");
    }
}
