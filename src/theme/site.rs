//! The `site` variable of all templates.

use super::{error, logo_size};
use crate::diagnostic::Diagnostic;
use crate::image;
use crate::model::{Accent, Href, Site};
use crate::site::address;
use crate::site::view::Html;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Generated style sheet of a site with an accent colour.
const ACCENT_SHEET: &str = "accent.css";
/// Style sheet of a site's own theme, loaded in addition to that of the default theme.
const SITE_SHEET: &str = "site.css";

/// `site` in templates: settings of `site.toml` that apply to all pages.
#[derive(Debug, Serialize)]
pub(super) struct SiteView<'a> {
    /// Title of the site.
    title: &'a str,
    /// Description of the site.
    description: Option<&'a str>,
    /// Publisher of the site.
    publisher: Option<&'a str>,
    /// Language of the theme, as a language tag.
    lang: &'a str,
    /// Logo before the title.
    logo: Option<LogoView<'a>>,
    /// Image of links to the site; `None` if there is none, or no base address.
    image: Option<LinkImageView<'a>>,
    /// Language and region of the interface, as in `ja_JP`; `None` if the region is unknown.
    locale: Option<String>,
    /// Style sheets loaded after that of the theme: file names in `assets/`.
    styles: Vec<&'static str>,
    /// Content security policy, escaped for the attribute of a `<meta>`.
    csp: Option<Html>,
    /// Contact for inquiries.
    contact: Option<ContactView<'a>>,
    /// Footer links.
    links: Vec<LinkView<'a>>,
}

/// Logo with its display size in pixels.
#[derive(Debug, Serialize)]
struct LogoView<'a> {
    /// File name in `assets/`.
    file: Cow<'a, str>,
    /// Alternative text.
    alt: &'a str,
    width: u32,
    height: u32,
}

/// Image at the head of the home page, which other services show with links to the site.
#[derive(Debug, Serialize)]
struct LinkImageView<'a> {
    /// Absolute URL.
    url: String,
    /// Alternative text.
    alt: &'a str,
    /// File name in `assets/`.
    file: Cow<'a, str>,
    /// Width and height in pixels; `None` if unknown, so that the home page does not show it.
    size: Option<(u32, u32)>,
}

/// Contact for inquiries.
#[derive(Debug, Serialize)]
struct ContactView<'a> {
    name: &'a str,
    address: Option<&'a str>,
    phone: Option<&'a str>,
    /// Phone number as dialled, for `tel:` links.
    tel: Option<&'a str>,
    mail: Option<&'a str>,
    url: Option<&'a str>,
}

/// Footer link.
#[derive(Debug, Serialize)]
struct LinkView<'a> {
    label: &'a str,
    href: &'a str,
}

impl<'a> SiteView<'a> {
    /// Creates the view of `site`; `assets` are the theme's assets by name, including the logo.
    pub(super) fn new(site: &'a Site, assets: &BTreeMap<String, Cow<'static, [u8]>>) -> Result<Self, Vec<Diagnostic>> {
        let logo = site.logo.as_ref().map(|logo| {
            let size = assets.get(&*logo.name()).and_then(|bytes| logo_size::display_size(bytes));
            let (width, height) = size.ok_or_else(|| vec![error::unknown_logo_size(logo)])?;
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
            image: site.base.as_ref().zip(site.image.as_ref()).map(|(base, picture)| LinkImageView {
                url: format!("{}{}", base.as_str(), address::theme_asset(&picture.name())),
                alt: &picture.alt,
                file: picture.name(),
                size: assets
                    .get(&*picture.name())
                    .and_then(|bytes| image::size(bytes))
                    .map(|(width, height)| (width as u32, height as u32)),
            }),
            locale: locale(&site.lang),
            styles: [ACCENT_SHEET, SITE_SHEET].into_iter().filter(|name| assets.contains_key(*name)).collect(),
            csp: site.csp.as_deref().map(Html::in_attribute),
            contact,
            links: site.links.iter().map(|link| LinkView { label: &link.label, href: link.href.as_str() }).collect(),
        })
    }
}

/// Language and region of a language tag: `ja_JP` for `ja`, which is spoken in one country, or `en_GB` for `en-GB`.
fn locale(lang: &str) -> Option<String> {
    let mut tags = lang.split('-');
    let language = tags.next()?;
    let region = tags.find(|tag| tag.len() == 2);
    let region = region.or((language == "ja").then_some("JP"))?;
    Some(format!("{language}_{}", region.to_ascii_uppercase()))
}

/// Adds the style sheet of the site's accent colour, unless its own theme contains one.
pub(super) fn add_accent(site: &Site, assets: &mut BTreeMap<String, Cow<'static, [u8]>>) {
    if let Some(accent) = site.accent {
        assets.entry(ACCENT_SHEET.to_owned()).or_insert_with(|| Cow::Owned(accent_sheet(accent).into_bytes()));
    }
}

/// Style sheet of an accent colour. The dark variant applies only to screens, because paper is white.
fn accent_sheet(Accent { light, dark }: Accent) -> String {
    let colours = |colour| format!("--accent: {colour}; --link: {colour}; --link-hover: {colour}; --actual: {colour};");
    let (light, dark) = (colours(light), colours(dark));
    format!(
        ":root {{ {light} }}\n@media screen and (prefers-color-scheme: dark) {{ \
         :root:where(:not(.paper)) {{ {dark} }} }}\n"
    )
}
