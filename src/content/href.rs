//! Reading of external URLs, which [`crate::model::Href`] validates.

use super::item::Item;
use crate::diagnostic::{Diagnostic, Rule, Span, say};
use crate::model::{Href, Scheme};

/// The URL in `item`, with one of `schemes`.
pub(super) fn href(item: Item<'_>, schemes: &[Scheme]) -> Option<Href> {
    let written = item.text()?;
    let href = Href::parse(&written, schemes);
    if href.is_none() {
        item.file.report(not_an_address(&written, item.span(), schemes));
    }
    href
}

/// Reports that `written` is not a URL with one of `schemes`. Suggests a corrected URL if possible.
pub(crate) fn not_an_address(written: &str, span: Span, schemes: &[Scheme]) -> Diagnostic {
    // Control characters are escaped, because they would be invisible in the message.
    let mut visible = String::with_capacity(written.len());
    for c in written.chars() {
        if c.is_control() { visible.extend(c.escape_debug()) } else { visible.push(c) }
    }
    let message = say!(ja: "「{visible}」はアドレスとして読めません", en: "`{visible}` is not an address");
    let help = match Href::suggest(written, schemes) {
        Some(near) => say!(ja: "もしかして: {near}", en: "did you mean `{near}`?"),
        None => {
            let all = schemes.iter().flat_map(|scheme| scheme.prefixes()).copied().collect::<Vec<_>>().join(", ");
            say!(
                ja: "`https://www.city.example.jp/` のように、{all} のどれかで始め、空白を入れずに書いてください",
                en: "write it without spaces, like `https://www.city.example.jp/`; it must begin with one of {all}"
            )
        }
    };
    Diagnostic::new(Rule::NotAnAddress, span, message).help(help)
}
