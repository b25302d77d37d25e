//! The site as a whole: `site.toml`.

use super::colour::Colour;
use super::href::Href;
use crate::diagnostic::Span;
use crate::file_name::composed;
use std::borrow::Cow;

/// What is said of the site as a whole: `site.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// `title`: the name of the site.
    pub title: String,
    /// `description`: what it is, in one or two sentences.
    pub description: Option<String>,
    /// `publisher`: who is responsible for it: `北上市`.
    pub publisher: Option<String>,
    /// `lang`: language of the interface texts, as a tag; `ja` by default. Languages other than `ja` and `en` need
    /// texts in the site's own theme.
    pub lang: String,
    /// Location of `lang`; the whole file if it is left out.
    pub lang_span: Span,
    /// `base`: the address under which it is published, `https://www.city.example.jp/plan/`.
    /// Pages then name the address by which they are cited, and the page for addresses that
    /// do not exist looks right wherever a server shows it. All other links stay relative.
    pub base: Option<Base>,
    /// `permanent`: whether every sheet has a page of its own; true by default.
    pub permanent: bool,
    /// `print`: whether every strategy has a page that holds all of it, for printing; true by
    /// default. It draws every goal, policy and program once more.
    pub print: bool,
    /// `search`: whether the site brings a search; true by default. Where it stands within a
    /// website that is searched as a whole, it needs none, and nothing of it is published.
    pub search: bool,
    /// `accent`: the one colour of links, lines and marks, `#0017c1`. It must be readable as
    /// text on the light grounds of the theme; the one for dark screens is made of it.
    pub accent: Option<Accent>,
    /// `[logo]`: a picture before the title.
    pub logo: Option<Logo>,
    /// `[contact]`: whom to ask about the site, shown at the foot of every page.
    pub contact: Option<Contact>,
    /// `[[link]]`: links at the foot of every page.
    pub links: Vec<Link>,
    /// `theme`: a folder of templates, styles and texts that replace the default theme's,
    /// file by file; relative to `content/`.
    pub theme: Option<String>,
    /// Where `theme` is written.
    pub theme_span: Span,
    /// `csp`: the Content-Security-Policy that every page names; [`Site::POLICY`] by default. A theme with
    /// scripts or pictures of other servers writes its own; `false` leaves it out.
    pub csp: Option<String>,
}

impl Site {
    /// What a page of the site may load and do: a second line of defence, should markup ever get where text
    /// belongs. All of it lies beside the page. Not every browser counts the folder of a page that was opened
    /// from the disk as `'self'`, so `file:` is named too; pages of servers cannot load that anyway.
    pub const POLICY: &str = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; \
        img-src 'self' file:; font-src 'self' file:; form-action 'self' file:; base-uri 'none'";
}

/// The plainest settings: what a content folder without `site.toml` has.
impl Default for Site {
    fn default() -> Self {
        Self {
            title: "しるべ".to_owned(),
            description: None,
            publisher: None,
            lang: "ja".to_owned(),
            lang_span: Span::default(),
            base: None,
            permanent: true,
            print: true,
            search: true,
            accent: None,
            logo: None,
            contact: None,
            links: Vec::new(),
            theme: None,
            theme_span: Span::default(),
            csp: Some(Self::POLICY.to_owned()),
        }
    }
}

/// The address under which a site is published. It ends with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(String);

impl Base {
    /// Reads an address of a folder, with `https://` or `http://`.
    pub fn parse(written: &str) -> Option<Self> {
        let rest = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"))?;
        let plain = rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#\"<>\\".contains(&byte));
        let names_a_file = rest.rsplit_once('/').is_some_and(|(_, last)| last.ends_with(".html"));
        let has_host = rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        (plain && has_host && !names_a_file).then(|| Self(format!("{}/", written.trim_end_matches('/'))))
    }

    /// The whole address: `https://www.city.example.jp/plan/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the host: `/plan/`.
    pub fn path(&self) -> &str {
        let host = self.0.split_once("://").map_or(self.0.as_str(), |(_, rest)| rest);
        host.find('/').and_then(|at| host.get(at..)).unwrap_or("/")
    }
}

/// The colour of the site: for light and for dark screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    /// As it was written, if that can be read.
    pub light: Colour,
    /// Made of it.
    pub dark: Colour,
}

impl Accent {
    /// What WCAG 2 asks of text.
    pub const READABLE: f64 = 4.5;
    /// The grounds of the default theme that are nearest to the text on them: white, and the
    /// darkest of the light ones; the black of screens, and the lightest of the dark ones.
    const LIGHT: [Colour; 2] = [Colour::WHITE, Colour::new(0xe8, 0xf1, 0xfe)];
    const DARK: [Colour; 2] = [Colour::new(0x16, 0x18, 0x1d), Colour::new(0x1f, 0x2a, 0x44)];

    /// The colours next to `colour` that can be read on light and on dark screens.
    pub fn of(colour: Colour) -> Self {
        let light = colour.readable_on(&Self::LIGHT, Self::READABLE, Colour::BLACK);
        Self { light, dark: colour.readable_on(&Self::DARK, Self::READABLE, Colour::WHITE) }
    }

    /// The least contrast of `colour` to the light grounds.
    pub fn contrast(colour: Colour) -> f64 {
        Self::LIGHT.iter().map(|ground| colour.contrast(*ground)).fold(f64::INFINITY, f64::min)
    }
}

/// A picture before the title of the site: `[logo]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// `file`: its name as its folder has it; it lies beside `site.toml`. SVG, PNG, JPEG or WebP.
    pub file: String,
    /// `alt`: what it shows, for those who cannot see it: `北上市章`.
    pub alt: String,
    /// Where the file is named.
    pub span: Span,
}

impl Logo {
    /// The name under which it is published.
    pub fn name(&self) -> Cow<'_, str> {
        composed(&self.file)
    }
}

/// Whom to ask: `[contact]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// `name`: the department: `企画部 政策企画課`.
    pub name: String,
    /// `address`: where it is.
    pub address: Option<String>,
    /// `phone`: its number: `0197-72-8223`, perhaps with an extension.
    pub phone: Option<Phone>,
    /// `mail`: its mail address.
    pub mail: Option<String>,
    /// `url`: a page of its own, such as a form: `https://…`.
    pub url: Option<Href>,
}

/// A telephone number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// As it was written.
    pub printed: String,
    /// What is dialled.
    pub digits: String,
}

impl Phone {
    /// Reads a number; an extension may follow it: `0197-72-8223（内線111）`.
    pub fn parse(written: &str) -> Option<Self> {
        let number = |c: &char| c.is_ascii_digit() || " -()+‐−".contains(*c);
        let digits = written.chars().map(super::half_width).take_while(number);
        let digits: String = digits.filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let count = digits.trim_start_matches('+').len();
        let whole = digits.rfind('+').is_none_or(|at| at == 0);
        ((9..=15).contains(&count) && whole).then(|| Self { printed: written.to_owned(), digits })
    }
}

/// A link at the foot of every page: `[[link]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// `label`: its words.
    pub label: String,
    /// `href`: where it leads: `https://…`, `mailto:…` or `tel:…`.
    pub href: Href,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_the_address_of_a_folder() {
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
    }

    #[test]
    fn a_phone_is_dialled_without_what_only_parts_it() {
        let check = |written: &str, expect: Option<&str>| {
            assert_eq!(Phone::parse(written).map(|phone| phone.digits).as_deref(), expect, "{written}");
        };
        check("0197-72-8223", Some("0197728223"));
        check("(0197) 72-8223", Some("0197728223"));
        check("０１９７－７２－８２２３（内線111）", Some("0197728223"));
        check("+81 197 72 8223", Some("+81197728223"));
        for wrong in ["", "市役所", "72", "内線111", "0197-72+8223", "1234567890123456"] {
            check(wrong, None);
        }
    }
}
