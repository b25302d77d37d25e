//! The site as every template sees it: `site`.

use super::{error, picture};
use crate::diagnostic::Diagnostic;
use crate::model::{Accent, Href, Site};
use crate::site::view::Html;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What stands in the assets of a site that has an accent of its own.
const ACCENT: &str = "accent.css";
/// The style sheet that a site's own theme adds to that of the default theme.
const STYLE: &str = "site.css";

/// `site` in templates: what `site.toml` says of the whole.
#[derive(Debug, Serialize)]
pub(super) struct SiteView<'a> {
    /// Its name.
    title: &'a str,
    /// What it is.
    description: Option<&'a str>,
    /// Who is responsible for it.
    publisher: Option<&'a str>,
    /// The language of the theme.
    lang: &'a str,
    /// The picture before its name.
    logo: Option<LogoView<'a>>,
    /// Style sheets that come after that of the theme, by their names in `assets/`.
    styles: Vec<&'static str>,
    /// What pages may load and do, for the attribute of a `<meta>`.
    csp: Option<Html>,
    /// Whom to ask.
    contact: Option<ContactView<'a>>,
    /// Links at the foot.
    links: Vec<LinkView<'a>>,
}

/// A picture with its proportions.
#[derive(Debug, Serialize)]
struct LogoView<'a> {
    /// Its name in `assets/`.
    file: Cow<'a, str>,
    /// What it shows.
    alt: &'a str,
    width: u32,
    height: u32,
}

/// Whom to ask.
#[derive(Debug, Serialize)]
struct ContactView<'a> {
    name: &'a str,
    address: Option<&'a str>,
    phone: Option<&'a str>,
    /// The number as it is dialled.
    tel: Option<&'a str>,
    mail: Option<&'a str>,
    url: Option<&'a str>,
}

/// A link at the foot.
#[derive(Debug, Serialize)]
struct LinkView<'a> {
    label: &'a str,
    href: &'a str,
}

impl<'a> SiteView<'a> {
    /// The view of `site`, whose files are `assets`.
    pub(super) fn new(site: &'a Site, assets: &BTreeMap<String, Cow<'static, [u8]>>) -> Result<Self, Vec<Diagnostic>> {
        let logo = site.logo.as_ref().map(|logo| {
            let size = assets.get(&*logo.name()).and_then(|bytes| picture::size(bytes));
            let (width, height) = size.ok_or_else(|| vec![error::not_a_picture(logo)])?;
            Ok::<_, Vec<Diagnostic>>(LogoView { file: logo.name(), alt: &logo.alt, width, height })
        });
        let contact = site.contact.as_ref().map(|contact| ContactView {
            name: &contact.name,
            address: contact.address.as_deref(),
            phone: contact.phone.as_ref().map(|phone| phone.printed.as_str()),
            tel: contact.phone.as_ref().map(|phone| phone.digits.as_str()),
            mail: contact.mail.as_deref(),
            url: contact.url.as_ref().map(Href::as_str),
        });
        Ok(Self {
            title: &site.title,
            description: site.description.as_deref(),
            publisher: site.publisher.as_deref(),
            lang: &site.lang,
            logo: logo.transpose()?,
            styles: [ACCENT, STYLE].into_iter().filter(|name| assets.contains_key(*name)).collect(),
            csp: site.csp.as_deref().map(Html::in_attribute),
            contact,
            links: site.links.iter().map(|link| LinkView { label: &link.label, href: link.href.as_str() }).collect(),
        })
    }
}

/// Adds the style sheet of the site's accent, unless its own theme has one.
pub(super) fn add_accent(site: &Site, assets: &mut BTreeMap<String, Cow<'static, [u8]>>) {
    if let Some(accent) = site.accent {
        assets.entry(ACCENT.to_owned()).or_insert_with(|| Cow::Owned(style(accent).into_bytes()));
    }
}

/// Paper is white, whatever the screen is.
fn style(Accent { light, dark }: Accent) -> String {
    let colours = |colour| format!("--accent: {colour}; --link: {colour}; --link-hover: {colour};");
    let (light, dark) = (colours(light), colours(dark));
    format!(":root {{ {light} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n")
}
