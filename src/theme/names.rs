//! Which names templates speak of.

use crate::site::view::Names;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// One template by itself.
struct Template<'a> {
    /// All words, those of its markup too.
    words: FxHashSet<&'a str>,
    /// The components that are written in it.
    components: Vec<&'a str>,
    /// The templates that it extends and includes.
    others: Vec<&'a str>,
    any: bool,
}

/// The names that each of `templates`, texts by name, speaks of with all that it extends, includes
/// and calls.
pub(super) fn of_templates(templates: &BTreeMap<String, String>) -> BTreeMap<String, Names> {
    let read = templates.iter().map(|(name, text)| (name.as_str(), Template::read(text))).collect();
    templates.keys().map(|name| (name.clone(), reach(name, &read))).collect()
}

fn reach(name: &str, templates: &BTreeMap<&str, Template<'_>>) -> Names {
    let (mut words, mut any) = (FxHashSet::default(), false);
    let mut reached = vec![name];
    let mut next = 0;
    while let Some(name) = reached.get(next).copied() {
        next += 1;
        let Some(template) = templates.get(name) else { continue };
        any |= template.any;
        words.extend(template.words.iter().copied());
        let called =
            templates.iter().filter(|(_, other)| other.components.iter().any(|it| template.words.contains(it)));
        for other in template.others.iter().chain(called.map(|(name, _)| name)) {
            if !reached.contains(other) {
                reached.push(other);
            }
        }
    }
    if any { Names::any() } else { Names::these(words) }
}

impl<'a> Template<'a> {
    /// Reads its words one after the other. What is no name does no harm among them.
    fn read(text: &'a str) -> Self {
        let mut template = Self { words: FxHashSet::default(), components: Vec::new(), others: Vec::new(), any: false };
        let [mut last, mut before] = ["", ""];
        let mut rest = text;
        while let Some(start) = rest.find(is_of_word) {
            let (between, from) = rest.split_at(start);
            let (word, after) = from.split_at(from.find(|c| !is_of_word(c)).unwrap_or(from.len()));
            let between = between.trim_end();
            if last == "component" {
                template.components.push(word);
            }
            if word == "extends" || word == "include" {
                let tag = after.split("%}").next().unwrap_or_default();
                template.others.extend(tag.split(['"', '\'', '`']).skip(1).step_by(2));
            }
            // All names at once, or names that stand in the data.
            template.any |= word == "__tera_context"
                || between.ends_with('|') && ["get", "keys", "values", "pairs"].contains(&word)
                // Whole values are compared.
                || between.ends_with('|') && word == "unique"
                || before == "for" && between.ends_with(',') && word_at(after) == "in";
            template.words.insert(word);
            (before, last, rest) = (last, word, after);
        }
        template.any |= text.match_indices('[').any(|(at, _)| {
            let (value, place) = text.split_at(at);
            is_value(value.trim_end()) && !is_written_out(place)
        });
        template
    }
}

/// Whether what ends here may be a value of which `[…]` is a part, and not the word or sign before a list.
fn is_value(before: &str) -> bool {
    let word = before.rsplit(|c| !is_of_word(c)).next().unwrap_or_default();
    match word {
        "" => before.ends_with([')', ']', '?', '"', '\'', '`']),
        word => !["in", "not", "and", "or", "if", "else", "elif"].contains(&word),
    }
}

/// The word with which a text begins, after any blanks.
fn word_at(text: &str) -> &str {
    text.trim_start().split(|c| !is_of_word(c)).next().unwrap_or_default()
}

/// Whether `[…]` names its place itself: by a number, the turn of a loop, or a text alone.
fn is_written_out(place: &str) -> bool {
    let Some((inner, _)) = place.trim_start_matches('[').split_once(']') else { return true };
    let inner = inner.trim();
    let text = ['"', '\'', '`']
        .into_iter()
        .find_map(|mark| inner.strip_prefix(mark)?.strip_suffix(mark).map(|text| (text, mark)));
    inner.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == ':')
        || inner.starts_with("loop.")
        || text.is_some_and(|(text, mark)| !text.contains(mark))
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a page drawn with `page`, beside the templates `others`, speaks of `name`.
    fn check(page: &str, others: &[(&str, &str)], name: &str, expect: bool) {
        let all = others.iter().copied().chain([("page.html", page)]);
        let templates = all.map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        assert_eq!(of_templates(&templates)["page.html"].hold(name), expect, "{name} in {page}");
    }

    #[test]
    fn a_name_is_spoken_of_where_it_stands() {
        check("{{ page.title }}", &[], "title", true);
        check("{{ page['title'] }}", &[], "title", true);
        check("{{ list | sort(attribute=\"year.name\") }}", &[], "name", true);
        check("{{ page.title }}", &[], "year", false);
        check("{{ page.title_of }}", &[], "title", false);
    }

    #[test]
    fn names_of_other_templates_count_where_they_are_reached() {
        let layout = ("layout.html", "{{ home }} {% include \"foot.html\" %}");
        let foot = ("parts/foot.html", "{{ contact }}");
        check("{% extends \"layout.html\" %}", &[layout, foot], "home", true);
        check("{% extends \"layout.html\" %}", &[layout, foot], "contact", false);
        check("{% include \"parts/foot.html\" %}", &[layout, foot], "contact", true);
        check("{{ title }}", &[layout, foot], "home", false);
    }

    #[test]
    fn components_count_where_they_are_called_even_by_each_other() {
        let years = ("years.html", "{% component Year(y: map) -%}{{ y.aside }}{%- endcomponent Year %}");
        let rows = ("rows.html", "{% component Row(r: map) %}{{ <Year y={r.year} /> }}{% endcomponent Row %}");
        check("{{ <Row r={row} /> }}", &[years, rows], "aside", true);
        check("{{ row.name }}", &[years, rows], "aside", false);
    }

    #[test]
    fn templates_that_reach_names_by_other_ways_reach_all() {
        check("{{ __tera_context }}", &[], "name", true);
        check("{% for key, value in page %}{% endfor %}", &[], "name", true);
        check("{% for key, value in\n(page) %}{% endfor %}", &[], "name", true);
        check("{{ rows | unique }}", &[], "name", true);
        check("{{ page | keys }}", &[], "name", true);
        check("{{ page[ kind ] }}", &[], "name", true);
        check("{{ page [kind] }} {{ (page) ?[kind] }}", &[], "name", true);
        check("{{ page[(kind)] }} {{ page['na' ~ kind] }}", &[], "name", true);
        check("{{ page['na' ~ 'me'] }}", &[], "name", true);
        check("{{ page | get(key=kind) }}", &[], "name", true);
        check("{% set all = [<Label c={c} /> for c in columns] %} {{ f(list=[kind]) }}", &[], "name", false);
        check("{# one for each, and all #}", &[], "name", false);
        check("{% for x in [a, b] %}{% if x not in [a] and x in [b] %}{% endif %}{% endfor %}", &[], "name", false);
        check("{{ rows[0] }} {{ rows[loop.index0] }} {{ rows['a'] }} <p class=\"values\">", &[], "name", false);
        check("{% for value in page.values %}{% endfor %}", &[], "name", false);
    }
}
