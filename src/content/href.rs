//! Addresses that lead out of the site: the grammar is [`crate::model::Href`]'s.

use super::table::Item;
use crate::diagnostic::{Diagnostic, Rule, Span, say};
use crate::model::{Href, Scheme};

/// The address under a key, which is one of `schemes`.
pub(super) fn href(item: Item<'_>, schemes: &[Scheme]) -> Option<Href> {
    let written = item.text()?;
    let href = Href::parse(&written, schemes);
    if href.is_none() {
        item.file.report(not_an_address(&written, item.span(), schemes));
    }
    href
}

/// Says that `written` is no address to which a link may lead.
pub(crate) fn not_an_address(written: &str, span: Span, schemes: &[Scheme]) -> Diagnostic {
    let mut seen = String::with_capacity(written.len());
    // What cannot be seen would leave the reader to wonder.
    for c in written.chars() {
        if c.is_control() { seen.extend(c.escape_debug()) } else { seen.push(c) }
    }
    let message = say!(ja: "「{seen}」はアドレスとして読めません", en: "`{seen}` is not an address");
    let help = match Href::meant(written, schemes) {
        Some(near) => say!(ja: "もしかして: {near}", en: "did you mean `{near}`?"),
        None => {
            let all = schemes.iter().flat_map(|scheme| scheme.begins()).copied().collect::<Vec<_>>().join(", ");
            say!(
                ja: "`https://www.city.example.jp/` のように、空白を入れずに書いてください（始まりは {all} のどれか）",
                en: "write it without blanks, like `https://www.city.example.jp/`; it begins with one of {all}"
            )
        }
    };
    Diagnostic::new(Rule::NotAnAddress, span, message).help(help)
}
