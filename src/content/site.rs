//! Parsing of `site.toml` and `glossary.toml`.

use super::files::{AssetFile, ContentFiles};
use super::front_matter::Toml;
use super::href::href;
use super::ids::impossible_name;
use super::item::Item;
use super::open_data;
use super::source::is_svg;
use super::svg;
use super::table::TomlTable;
use crate::diagnostic::{Diagnostic, Rule, Sources, Span, say};
use crate::file_name::to_nfc;
use crate::model::{Accent, Base, Colour, Contact, GlossaryTerm, Link, Phone, Scheme, Site, SiteImage, is_email};
use crate::schema::site::{GLOSSARY_FILE, SITE_FILE};

/// Extensions of the image formats allowed for the logo.
const LOGO_EXTENSIONS: [&str; 5] = ["svg", "png", "jpg", "jpeg", "webp"];

/// Extensions of the image formats allowed for the image of links, which other services do not show as SVG.
const LINK_IMAGE_EXTENSIONS: [&str; 4] = ["png", "jpg", "jpeg", "webp"];

/// Parses `site.toml`. Without this file, the site has default settings.
pub(super) fn site(files: &ContentFiles, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Site {
    let Some(id) = files.site else { return Site::default() };
    Toml::whole(&SITE_FILE, id, sources).read(diagnostics, |table| from_table(table, &files.root_assets, sources))
}

fn from_table(table: &TomlTable<'_>, root_assets: &[AssetFile], sources: &Sources) -> Site {
    let default = Site::default();
    Site {
        title: table.required("title").unwrap_or(default.title),
        description: table.text("description"),
        publisher: table.text("publisher"),
        lang: table.get("lang").and_then(Item::language).unwrap_or_else(|| "ja".to_owned()),
        lang_span: table.get("lang").map_or(table.span, Item::span),
        base: table.get("base").and_then(base),
        permalinks: table.get("permanent").and_then(Item::flag).unwrap_or(true),
        print: table.get("print").and_then(Item::flag).unwrap_or(true),
        search: table.get("search").and_then(Item::flag).unwrap_or(true),
        data: table.get("data").and_then(Item::flag).unwrap_or(true),
        embed: table.get("embed").and_then(Item::flag).unwrap_or(false),
        license: open_data::license(table),
        region_code: open_data::region_code(table),
        accent: table.get("accent").and_then(accent),
        logo: table.table("logo").and_then(|table| site_image(&table, &LOGO_EXTENSIONS, root_assets, sources)),
        image: table.table("image").and_then(|table| site_image(&table, &LINK_IMAGE_EXTENSIONS, root_assets, sources)),
        contact: table.table("contact").and_then(|table| contact(&table)),
        links: table.tables("link").into_iter().filter_map(link).collect(),
        theme: table.text("theme"),
        theme_span: table.get("theme").map_or(table.span, Item::span),
        csp: table.get("csp").map_or(default.csp, csp),
    }
}

/// The Content-Security-Policy under `csp`: a string replaces the default policy, `false` disables it. `None` if it is
/// disabled.
fn csp(item: Item<'_>) -> Option<String> {
    let default = Site::default().csp;
    match item.raw().as_bool() {
        Some(wanted) => default.filter(|_| wanted),
        None if item.raw().as_str().is_some() => {
            // A policy may be written on several lines, but is emitted on one.
            item.text().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).or(default)
        }
        None => {
            item.wrong_type(say!(
                ja: "Content-Security-Policy の文字列か、付けないことを示す `false` ",
                en: "a Content-Security-Policy as a string, or `false` for none"
            ));
            default
        }
    }
}

fn base(item: Item<'_>) -> Option<Base> {
    let written = item.text()?;
    let base = Base::parse(&written);
    if base.is_none() {
        item.report(
            Rule::NotAnAddress,
            say!(ja: "「{written}」はサイトのアドレスとして読めません", en: "`{written}` is not a valid site address"),
            say!(
                ja: "`https://www.city.example.jp/plan/` のように、サイトを置くフォルダーまでを書いてください",
                en: "write the address of the folder of the site, like `https://www.city.example.jp/plan/`"
            ),
        );
    }
    base
}

fn accent(item: Item<'_>) -> Option<Accent> {
    let written = item.text()?;
    let declared = item.parsed(
        Colour::parse,
        Rule::NotAColour,
        |written| say!(ja: "「{written}」は色として読めません", en: "`{written}` is not a colour"),
    )?;
    let accent = Accent::from_colour(declared);
    if accent.light != declared {
        // Rounded down: 4.49 is not enough.
        let contrast = format!("{:.1}", (Accent::min_light_contrast(declared) * 10.0).floor() / 10.0);
        let (near, needed) = (accent.light, Accent::MIN_CONTRAST);
        item.report(
            Rule::WeakContrast,
            say!(
                ja: "{written} は、明るい背景の文字の色としては薄すぎます（コントラスト比 {contrast}、必要なのは {needed}）",
                en: "{written} is too light for text on a light background (contrast ratio {contrast}, required: {needed})"
            ),
            say!(ja: "読みやすい色のうち最も近いのは `{near}` です", en: "the nearest readable colour is `{near}`"),
        );
    }
    Some(accent)
}

fn site_image(
    table: &TomlTable<'_>,
    extensions: &[&str],
    root_assets: &[AssetFile],
    sources: &Sources,
) -> Option<SiteImage> {
    let file = table.required_item("file").and_then(|item| image(item, extensions, root_assets, sources));
    let alt = table.required("alt");
    let (file, span) = file?;
    Some(SiteImage { file, alt: alt?, span })
}

/// The file name of an image with one of these `extensions` next to `site.toml`, and the span of `item`.
fn image(item: Item<'_>, extensions: &[&str], root_assets: &[AssetFile], sources: &Sources) -> Option<(String, Span)> {
    let file = item.text()?;
    let extension = file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    if !extension.is_some_and(|extension| extensions.contains(&extension.as_str())) {
        let all = extensions.join(", ");
        item.report(
            Rule::NotAPicture,
            say!(ja: "「{file}」は、ここで使える形式の画像ではありません", en: "`{file}` is not an image in a format that can be used here"),
            say!(ja: "使える画像の拡張子: {all}", en: "use one of these extensions: {all}"),
        );
        return None;
    }
    let Some(asset) = root_assets.iter().find(|asset| to_nfc(&asset.name) == to_nfc(&file)) else {
        let message = say!(ja: "画像「{file}」がありません", en: "there is no image `{file}`");
        let help = say!(ja: "site.toml と同じフォルダーに置いてください", en: "put it next to site.toml");
        let names = root_assets.iter().map(|asset| asset.name.as_str());
        item.file.report(Diagnostic::new(Rule::NoSuchFile, item.span(), message).help(help).suggest(&file, names));
        return None;
    };
    if let Some(error) = impossible_name(&file, item.span()) {
        item.file.report(error);
    }
    if is_svg(&file) {
        let referrer = item.span().source;
        svg::check(&file, asset.svg, sources, referrer).into_iter().for_each(|error| item.file.report(error));
    }
    Some((asset.name.clone(), item.span()))
}

fn contact(table: &TomlTable<'_>) -> Option<Contact> {
    let name = table.required("name");
    let (address, phone) = (table.text("address"), table.get("phone").and_then(phone));
    let (mail, url) = (table.get("mail").and_then(mail), table.get("url").and_then(|item| href(item, &[Scheme::Web])));
    Some(Contact { name: name?, address, phone, mail, url })
}

fn phone(item: Item<'_>) -> Option<Phone> {
    item.parsed(
        Phone::parse,
        Rule::NotAPhone,
        |written| say!(ja: "「{written}」は電話番号として読めません", en: "`{written}` is not a telephone number"),
    )
}

fn mail(item: Item<'_>) -> Option<String> {
    let mail = |written: &str| is_email(written).then(|| written.to_owned());
    item.parsed(
        mail,
        Rule::NotAMailAddress,
        |written| say!(ja: "「{written}」はメールアドレスとして読めません", en: "`{written}` is not an email address"),
    )
}

fn link(table: TomlTable<'_>) -> Option<Link> {
    let label = table.required("label");
    let href = table.required_item("href").and_then(|item| href(item, &Scheme::ALL));
    Some(Link { label: label?, href: href? })
}

/// Parses `glossary.toml`. Terms keep the order of the file; reports duplicates.
pub(super) fn glossary(
    files: &ContentFiles,
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<GlossaryTerm> {
    let Some(id) = files.glossary else { return Vec::new() };
    Toml::whole(&GLOSSARY_FILE, id, sources).read(diagnostics, |table| {
        let terms: Vec<_> = table.tables("term").into_iter().filter_map(term).collect();
        for (index, term) in terms.iter().enumerate() {
            if terms.iter().take(index).any(|earlier: &GlossaryTerm| earlier.term == term.term) {
                let word = &term.term;
                let message = say!(ja: "用語「{word}」が二つあります", en: "duplicate term `{word}`");
                let help = say!(ja: "一つにまとめてください", en: "keep one of them");
                table.file.report(Diagnostic::new(Rule::DuplicateId, term.span, message).help(help));
            }
        }
        terms
    })
}

fn term(table: TomlTable<'_>) -> Option<GlossaryTerm> {
    let term = table.required("term");
    let meaning = table.required("meaning");
    let (reading, also) = (table.text("reading"), table.texts("also"));
    Some(GlossaryTerm { term: term?, reading, meaning: meaning?, also, span: table.span })
}
