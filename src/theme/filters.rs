//! Template filters in addition to those of Tera.

use super::phrases;
use crate::markdown::ruby;
use crate::site::Url;
use std::borrow::Cow;
use std::collections::BTreeMap;
use tera::{Error, Kwargs, State, TeraResult, Value};
use xxhash_rust::xxh3::xxh3_64;

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

/// Renders ruby in a text: `{{ t.easy_note | ruby }}` with `｛日本語｜にほんご｝`. Everything else is escaped.
pub(super) fn ruby(text: &str, _: Kwargs, _: &State<'_>) -> Value {
    Value::safe_string(&ruby::line_to_html(text))
}

/// Escapes a name for a heading and marks where its lines may break: `{{ head.name | phrases }}`.
pub(super) fn phrases(name: &str, _: Kwargs, _: &State<'_>) -> Value {
    Value::safe_string(&phrases::markup(name))
}

/// Addresses of the assets of a theme, relative to `assets/`, by file name.
///
/// An address contains a part of the hash of the content, `style.css?v=1a2b3c4d`, so that browsers may keep the file
/// until its content changes. Servers and browsers ignore this part when they look up the file, also on disk.
#[derive(Debug, Clone, Default)]
pub(super) struct AssetAddresses(BTreeMap<String, String>);

impl AssetAddresses {
    pub(super) fn new(assets: &BTreeMap<String, Cow<'static, [u8]>>) -> Self {
        let address = |(name, bytes): (&String, &Cow<'static, [u8]>)| {
            let version = xxh3_64(bytes) >> 32;
            (name.clone(), format!("{}?v={version:08x}", Url::new(name)))
        };
        Self(assets.iter().map(address).collect())
    }

    /// Address of the asset `name`: `{{ layout.root }}assets/{{ "style.css" | asset }}`.
    ///
    /// A name without a file is an error.
    pub(super) fn get(&self, name: &str) -> TeraResult<String> {
        let missing = || Error::message(format!("the theme has no file `assets/{name}`"));
        self.0.get(name).cloned().ok_or_else(missing)
    }
}
