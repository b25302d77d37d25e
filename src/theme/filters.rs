//! Template filters in addition to those of Tera.

use tera::{Error, Kwargs, State, TeraResult, Value};

/// Fills the placeholders of a text: `{{ t.page | fill(page=12) }}` with `{page}ページ`.
///
/// A placeholder without an argument is an error, like an undefined name.
pub(super) fn fill(text: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            return Err(Error::message(format!("`{{` without `}}` in the text `{text}`")));
        };
        out.push_str(before);
        match kwargs.must_get::<&Value>(name)? {
            value if let Some(string) = value.as_str() => out.push_str(string),
            value => out.push_str(&value.to_string()),
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}
