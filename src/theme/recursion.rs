//! Search for components that call themselves, for which Tera reports no location.

use super::embedded;
use super::error::OwnTemplates;
use super::limits::{tags, word};
use crate::diagnostic::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Definition of a component in a template, and the calls in it by name.
struct Component<'t> {
    template: &'t str,
    calls: Vec<(&'t str, Range<usize>)>,
}

/// A call in an own template that leads back to the component that contains it: the template, and the name in the call.
pub(super) fn recursive_call(own_templates: &OwnTemplates) -> Option<(&str, Span)> {
    let default = embedded::FILES.iter().filter_map(|(path, bytes)| {
        let name = path.strip_prefix("templates/").filter(|name| !own_templates.contains_key(*name))?;
        Some((name, str::from_utf8(bytes).ok()?))
    });
    let own = own_templates.iter().map(|(name, own)| (name.as_str(), own.text.as_str()));
    let components: BTreeMap<&str, Component<'_>> =
        default.chain(own).flat_map(|(template, text)| definitions(template, text)).collect();
    components.iter().find_map(|(name, component)| {
        let source = own_templates.get(component.template)?.source;
        let call = component.calls.iter().find(|(called, _)| reaches(&components, called, name, &mut BTreeSet::new()));
        call.map(|(_, range)| (component.template, Span::new(source, range.clone())))
    })
}

/// Returns true if the component `from` is or calls the component `to`, directly or indirectly.
fn reaches<'t>(
    components: &BTreeMap<&'t str, Component<'t>>,
    from: &'t str,
    to: &str,
    seen: &mut BTreeSet<&'t str>,
) -> bool {
    from == to
        || seen.insert(from)
            && components.get(from).is_some_and(|component| {
                component.calls.iter().any(|(called, _)| reaches(components, called, to, seen))
            })
}

/// Components that a template defines.
fn definitions<'t>(template: &'t str, text: &'t str) -> Vec<(&'t str, Component<'t>)> {
    let mut found = Vec::new();
    let mut open: Option<(&str, usize)> = None;
    for tag in tags(text) {
        let inner = text.get(tag.clone()).unwrap_or_default().trim_start_matches("{%").trim_start_matches('-');
        match (word(inner), open) {
            (("component", rest), _) => open = Some((word(rest).0, tag.end)),
            (("endcomponent", _), Some((name, start))) => {
                found.push((name, Component { template, calls: calls(text, start..tag.start) }));
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// Calls of components in a part of a template, `<Name …`, with the ranges of their names.
fn calls(text: &str, part: Range<usize>) -> Vec<(&str, Range<usize>)> {
    let body = text.get(part.clone()).unwrap_or_default();
    let names = body.match_indices('<').filter_map(|(at, open)| {
        let (name, _) = word(body.get(at + open.len()..)?);
        let start = part.start + at + open.len();
        name.starts_with(|c: char| c.is_ascii_uppercase()).then(|| (name, start..start + name.len()))
    });
    names.collect()
}
