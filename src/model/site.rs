//! Settings of the site: `site.toml`.

use super::colour::Colour;
use super::href::{Href, Scheme};
use super::license::License;
use super::region_code::RegionCode;
use crate::diagnostic::Span;
use crate::file_name::to_nfc;
use std::borrow::Cow;

/// Settings of the site: `site.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// `title`: name of the site.
    pub title: String,
    /// `description`: description of the site in one or two sentences.
    pub description: Option<String>,
    /// `publisher`: organization responsible for the site: `北上市`.
    pub publisher: Option<String>,
    /// `lang`: language of the interface texts, as a tag; `ja` by default. Languages other than `ja` and `en` need
    /// texts in the site's own theme.
    pub lang: String,
    /// Span of `lang`, or of the whole file if it is omitted.
    pub lang_span: Span,
    /// `base`: URL of the folder to which the site is published, `https://www.city.example.jp/plan/`.
    /// If set, pages declare the URL by which they are cited, and the not-found page (`404.html`) renders
    /// correctly at any path at which a server returns it. All other links are relative.
    pub base: Option<Base>,
    /// `permanent`: whether every sheet has a permalink page; true by default.
    pub permalinks: bool,
    /// `print`: whether every strategy has a page with its complete content, for printing; true by
    /// default. Such a page renders every goal, policy and program a second time.
    pub print: bool,
    /// `search`: whether the site includes a search; true by default. If false, no file of the
    /// search is published. A site within a website that already has a search does not need one.
    pub search: bool,
    /// `data`: whether every strategy has an open data package and a page that describes it; true by default.
    pub data: bool,
    /// `embed`: whether the chart of every indicator is also published on its own, for other websites to embed; false by
    /// default.
    pub embed: bool,
    /// `license`: terms of use of the data of strategies that declare none of their own.
    pub license: Option<License>,
    /// `region_code`: code of the local government, for strategies that declare none of their own.
    pub region_code: Option<RegionCode>,
    /// `accent`: colour of links, lines and marks, `#0017c1`. It must be readable as text on the light
    /// backgrounds of the theme; the colour for dark mode is derived from it.
    pub accent: Option<Accent>,
    /// `[logo]`: image before the title.
    pub logo: Option<SiteImage>,
    /// `[image]`: image by which other services, such as social networks, show links to the site. Used only with
    /// `base`, because such services need its absolute URL.
    pub image: Option<SiteImage>,
    /// `[contact]`: contact for questions about the site, shown in the footer of every page.
    pub contact: Option<Contact>,
    /// `[[link]]`: links in the footer of every page.
    pub links: Vec<Link>,
    /// `theme`: folder of templates, styles and texts that override those of the default theme file by file;
    /// relative to `content/`.
    pub theme: Option<String>,
    /// Span of `theme`, or of the whole file if it is omitted.
    pub theme_span: Span,
    /// `csp`: Content-Security-Policy declared by every page; [`Site::DEFAULT_CSP`] by default. A theme that loads
    /// scripts or images from other servers needs a different one; `false` omits it.
    pub csp: Option<String>,
}

impl Site {
    /// Default Content-Security-Policy: a second line of defence in case markup ever gets injected where text
    /// belongs. Everything that a page loads is part of the site. Not every browser matches `'self'` for pages opened
    /// from disk, so `file:` is allowed too; pages from a server cannot load such files anyway. `blob:` admits images
    /// that a script of the page itself made, for saving charts.
    pub const DEFAULT_CSP: &str = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; \
        img-src 'self' file: blob:; font-src 'self' file:; form-action 'self' file:; base-uri 'none'";
}

/// Settings of a content folder without `site.toml`.
impl Default for Site {
    fn default() -> Self {
        Self {
            title: "しるべ".to_owned(),
            description: None,
            publisher: None,
            lang: "ja".to_owned(),
            lang_span: Span::default(),
            base: None,
            permalinks: true,
            print: true,
            search: true,
            data: true,
            embed: false,
            license: None,
            region_code: None,
            accent: None,
            logo: None,
            image: None,
            contact: None,
            links: Vec::new(),
            theme: None,
            theme_span: Span::default(),
            csp: Some(Self::DEFAULT_CSP.to_owned()),
        }
    }
}

/// URL under which a site is published. Ends with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(String);

impl Base {
    /// Parses the URL of a folder, with `https://` or `http://`; a missing final `/` is added. `None` if `written` has
    /// another scheme, no host, a query or fragment, names an `.html` file, or is not plain ASCII.
    pub fn parse(written: &str) -> Option<Self> {
        Href::parse(written, &[Scheme::Web])?;
        let rest = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"))?;
        let plain = rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#".contains(&byte));
        let names_a_file = rest.rsplit_once('/').is_some_and(|(_, last)| last.ends_with(".html"));
        (plain && !names_a_file).then(|| Self(format!("{}/", written.trim_end_matches('/'))))
    }

    /// The complete URL: `https://www.city.example.jp/plan/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Host of the URL, without a port: `www.city.example.jp`.
    pub fn host(&self) -> &str {
        let host = self.0.split_once("://").map_or(self.0.as_str(), |(_, rest)| rest);
        host.split(['/', ':']).next().unwrap_or(host)
    }

    /// Path of the URL: `/plan/`.
    pub fn path(&self) -> &str {
        let host = self.0.split_once("://").map_or(self.0.as_str(), |(_, rest)| rest);
        host.find('/').and_then(|at| host.get(at..)).unwrap_or("/")
    }
}

/// Accent colour of the site, for light and dark mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    /// Colour for light mode: as written if it is readable, else the nearest readable one.
    pub light: Colour,
    /// Colour for dark mode: the readable colour nearest to the one written.
    pub dark: Colour,
}

impl Accent {
    /// Minimum contrast of text according to WCAG 2 (level AA).
    pub const MIN_CONTRAST: f64 = 4.5;
    /// Lightest and darkest of the theme's light backgrounds.
    const LIGHT: [Colour; 2] = [Colour::WHITE, Colour::new(0xe8, 0xf1, 0xfe)];
    /// Darkest (the page) and lightest of the theme's dark backgrounds.
    const DARK: [Colour; 2] = [Colour::new(0x16, 0x18, 0x1d), Colour::new(0x1f, 0x2a, 0x44)];

    /// Nearest colours to `colour` that are readable in light and in dark mode.
    pub fn from_colour(colour: Colour) -> Self {
        let light = colour.readable_on(&Self::LIGHT, Self::MIN_CONTRAST, Colour::BLACK);
        Self { light, dark: colour.readable_on(&Self::DARK, Self::MIN_CONTRAST, Colour::WHITE) }
    }

    /// Lowest contrast of `colour` to the light backgrounds.
    pub fn min_light_contrast(colour: Colour) -> f64 {
        Self::LIGHT.iter().map(|background| colour.contrast(*background)).fold(f64::INFINITY, f64::min)
    }
}

/// Image of the site, published with the assets of the theme: `[logo]` or `[image]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteImage {
    /// `file`: file name as on disk; the file is next to `site.toml`. PNG, JPEG or WebP; a logo may also be SVG.
    pub file: String,
    /// `alt`: alternative text: `北上市章`.
    pub alt: String,
    /// Span of `file`.
    pub span: Span,
}

impl SiteImage {
    /// Published file name, normalized to NFC.
    pub fn name(&self) -> Cow<'_, str> {
        to_nfc(&self.file)
    }
}

/// Contact for questions about the site: `[contact]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// `name`: department: `企画部 政策企画課`.
    pub name: String,
    /// `address`: postal address.
    pub address: Option<String>,
    /// `phone`: telephone number, optionally with an extension: `0197-72-8223`.
    pub phone: Option<Phone>,
    /// `mail`: email address.
    pub mail: Option<String>,
    /// `url`: contact page, such as a form: `https://…`.
    pub url: Option<Href>,
}

/// A telephone number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// The number as written.
    pub printed: String,
    /// Digits to dial, with a leading `+` if written.
    pub digits: String,
}

/// Words that may follow a telephone number.
const EXTENSION: [&str; 5] = ["内線", "代表", "直通", "ext", "extension"];

impl Phone {
    /// Parses a number of 9 to 15 digits, optionally followed by an extension or another text in brackets:
    /// `0197-72-8223（内線111）`. `None` for any other text.
    pub fn parse(written: &str) -> Option<Self> {
        let is_in_number = |c: &char| c.is_ascii_digit() || " -()+‐−".contains(*c);
        let normalized: String = written.chars().map(super::half_width).collect();
        let number =
            normalized.find(|c| !is_in_number(&c)).and_then(|end| normalized.get(..end)).unwrap_or(&normalized);
        let is_extension = |rest: &str| {
            let rest = rest.trim_start();
            let in_brackets = number.trim_end().ends_with('(') && rest.ends_with(')');
            rest.is_empty() || in_brackets || EXTENSION.iter().any(|word| rest.starts_with(word))
        };
        if !is_extension(normalized.get(number.len()..).unwrap_or_default()) {
            return None;
        }
        let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let count = digits.trim_start_matches('+').len();
        let plus_is_first = digits.rfind('+').is_none_or(|at| at == 0);
        ((9..=15).contains(&count) && plus_is_first).then(|| Self { printed: written.to_owned(), digits })
    }
}

/// Link in the footer of every page: `[[link]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// `label`: link text.
    pub label: String,
    /// `href`: destination: `https://…`, `mailto:…` or `tel:…`.
    pub href: Href,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_accepts_folder_urls_only() {
        let check = |written: &str, expect: Option<(&str, &str)>| {
            let base = Base::parse(written);
            assert_eq!(base.as_ref().map(|base| (base.as_str(), base.path())), expect, "{written}");
        };
        check("https://city.example.jp", Some(("https://city.example.jp/", "/")));
        check("https://city.example.jp/a/plan/", Some(("https://city.example.jp/a/plan/", "/a/plan/")));
        check("http://localhost:8000/plan", Some(("http://localhost:8000/plan/", "/plan/")));
        for wrong in ["", "city.example.jp", "https://", "https:///x", "ftp://x", "https://x/?a", "https://x/#a"] {
            check(wrong, None);
        }
        check("https://x/index.html", None);
        check("https://市.jp/", None);
        check("https://x/a b/", None);
        check("https://city.example.jp@x/", None);
        check("https://x:y/", None);
        check("https://x/`a`/", None);
    }

    #[test]
    fn phone_drops_separators_and_extension() {
        let check = |written: &str, expect: Option<&str>| {
            assert_eq!(Phone::parse(written).map(|phone| phone.digits).as_deref(), expect, "{written}");
        };
        check("0197-72-8223", Some("0197728223"));
        check("(0197) 72-8223", Some("0197728223"));
        check("０１９７－７２－８２２３（内線111）", Some("0197728223"));
        check("+81 197 72 8223", Some("+81197728223"));
        check("0197-72-8223 内線111", Some("0197728223"));
        check("0197-72-8223 (平日のみ)", Some("0197728223"));
        check("0197-72-8223", Some("0197728223"));
        for wrong in ["0197-72-8223または8224", "0197-72-8223x", "0197-72-8223, 0197-72-8224", "0197-72-8223)内"] {
            check(wrong, None);
        }
        for wrong in ["", "市役所", "72", "内線111", "0197-72+8223", "1234567890123456"] {
            check(wrong, None);
        }
    }
}
