//! Binds parts that were drawn for pages of their own into one document: ids become unique,
//! headings go one step down, below that of the document, and regions bear the name of
//! their part before their own: a document has many of each.
//!
//! A template puts a part between `<!--part ID-->` and `<!--/part-->`. Words of the content
//! cannot be taken for either: they are escaped.

use crate::markup::tag_end;
use memchr::memchr;

const BEGIN: &str = "<!--part ";
const END: &str = "<!--/part-->";

/// Attributes that hold ids.
const IDS: [&str; 4] = ["id", "aria-labelledby", "aria-describedby", "for"];

/// The ids of what a part is and of its name, which stand at its head.
const NAME: [&str; 2] = ["kind", "name"];

/// `html` with all its parts bound.
pub(super) fn bind(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(BEGIN) {
        out.push_str(before);
        let (id, after) = after.split_once("-->").unwrap_or((after, ""));
        let (part, after) = after.split_once(END).unwrap_or((after, ""));
        bind_part(part, id, &mut out);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn bind_part(part: &str, id: &str, out: &mut String) {
    let mut rest = part;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        let (text, tag) = rest.split_at(at);
        out.push_str(text);
        let (tag, after) = tag.split_at(tag_end(tag));
        out.push('<');
        bind_tag(tag.trim_start_matches('<').trim_end_matches('>'), id, out);
        out.push('>');
        rest = after;
    }
    out.push_str(rest);
}

/// A tag without its brackets. Templates write all values in double quotes.
fn bind_tag(tag: &str, id: &str, out: &mut String) {
    let mut rest = heading(tag, out);
    while let Some((before, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').unwrap_or((after, ""));
        let name = before.rsplit(' ').next().unwrap_or(before);
        out.push_str(before);
        out.push_str("=\"");
        match value.strip_prefix('#').filter(|_| name == "href") {
            Some(place) => {
                out.push('#');
                out.push_str(&within(id, place));
            }
            None if IDS.contains(&name) => {
                let part = (name == "aria-labelledby" && is_region(tag)).then_some(NAME).into_iter().flatten();
                let ids: Vec<String> = part.chain(value.split_whitespace()).map(|value| within(id, value)).collect();
                out.push_str(&ids.join(" "));
            }
            None => out.push_str(value),
        }
        out.push('"');
        rest = after;
    }
    out.push_str(rest);
}

fn is_region(tag: &str) -> bool {
    tag.starts_with("section ") || tag.contains(" role=\"region\"")
}

/// Writes the name of a heading one step down, and gives what follows it.
fn heading<'t>(tag: &'t str, out: &mut String) -> &'t str {
    let (slash, name) = tag.strip_prefix('/').map_or(("", tag), |name| ("/", name));
    let (level, rest) = match name.as_bytes() {
        [b'h', level @ b'1'..=b'6', ..] => (*level, name.get(2..).unwrap_or_default()),
        _ => return tag,
    };
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return tag;
    }
    out.push_str(slash);
    out.push('h');
    out.push(char::from((level + 1).min(b'6')));
    rest
}

fn within(part: &str, id: &str) -> String {
    format!("{part}.{id}")
}

#[cfg(test)]
mod tests {
    use super::bind;

    fn check(html: &str, expect: &str) {
        assert_eq!(bind(html), expect);
    }

    #[test]
    fn ids_and_what_names_them_begin_with_that_of_the_part() {
        check(
            "<p id=\"a\"><!--part policy.3--><svg aria-labelledby=\"b c\"><title id=\"b\">x</title></svg><a href=\"#c\">y</a><!--/part--><p id=\"b\">",
            "<p id=\"a\"><svg aria-labelledby=\"policy.3.b policy.3.c\"><title id=\"policy.3.b\">x</title></svg><a href=\"#policy.3.c\">y</a><p id=\"b\">",
        );
    }

    #[test]
    fn regions_bear_the_name_of_their_part_before_their_own() {
        check(
            "<!--part p--><h1 id=\"name\">a</h1><section aria-labelledby=\"b\"><h2 id=\"b\">c</h2></section><!--/part-->",
            "<h2 id=\"p.name\">a</h2><section aria-labelledby=\"p.kind p.name p.b\"><h3 id=\"p.b\">c</h3></section>",
        );
    }

    #[test]
    fn headings_go_one_step_down_and_no_further_than_there_are() {
        check(
            "<h1>a</h1><!--part p--><h1>b</h1><h2 id=\"x\">c</h2><h6>d</h6><hr><!--/part-->",
            "<h1>a</h1><h2>b</h2><h3 id=\"p.x\">c</h3><h6>d</h6><hr>",
        );
    }

    #[test]
    fn other_links_and_values_stay() {
        let same = "<a href=\"a.html#b\" class=\"id\" data-id=\"b\">id=\"c\"</a>";
        check(&format!("<!--part p-->{same}<!--/part-->"), same);
    }

    #[test]
    fn a_value_may_hold_what_ends_a_tag_elsewhere() {
        check("<!--part p--><img alt=\"a > b\" id=\"c\"><!--/part-->", "<img alt=\"a > b\" id=\"p.c\">");
    }

    #[test]
    fn what_is_no_document_is_left_in_some_shape() {
        for html in [
            "<!--part ",
            "<!--part p-->",
            "<!--part p--><a href=\"#",
            "<!--part p--><h1",
            "<!--part p--><é>",
            "<!--/part-->",
        ] {
            bind(html);
        }
    }
}
