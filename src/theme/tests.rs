//! Tests of theme overrides and of diagnostics for theme errors.

use super::{Theme, ThemeFile, embedded};
use crate::diagnostic::{Lang, SourceId, Span, say};
use crate::model::{Accent, Colour, FiscalYear, Site, SiteImage, YearKind};
use crate::texts::InterfaceTexts;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn site(lang: &str) -> Site {
    let (title, lang) = ("甲市の計画".to_owned(), lang.to_owned());
    Site { title, lang, ..Site::default() }
}

fn file(path: &str, text: &str) -> ThemeFile {
    ThemeFile { path: path.to_owned(), bytes: text.as_bytes().to_vec(), source: Some(SourceId(7)) }
}

#[derive(Serialize)]
struct Data {
    name: &'static str,
    count: u32,
    parts: [Part; 2],
}

#[derive(Serialize)]
struct Part {
    label: &'static str,
}

const DATA: Data = Data { name: "<甲>", count: 3, parts: [Part { label: "乙" }, Part { label: "丙" }] };

/// Renders [`DATA`] with a template; an error is its message and the text of its span.
fn render(template: &str) -> Result<String, (String, String)> {
    let files = [file("templates/own.html", template)];
    let first_error = |errors: Vec<crate::diagnostic::Diagnostic>| {
        let error = &errors[0];
        let spanned = error.span().and_then(|span| template.get(span.range())).unwrap_or_default();
        (error.message.en.clone(), spanned.to_owned())
    };
    let theme = Theme::load(&site("ja"), &files).map_err(first_error)?;
    render_with(&theme, "own.html").map_err(first_error)
}

fn render_with(theme: &Theme, template: &str) -> Result<String, Vec<crate::diagnostic::Diagnostic>> {
    theme.render_template(template, &DATA, &mut Vec::new()).map(|html| String::from_utf8(html.to_vec()).unwrap())
}

#[test]
fn loops_and_filters_accept_lists_of_structs() {
    let check = |template: &str, expected: &str| assert_eq!(render(template).as_deref(), Ok(expected));
    check("{% for part in parts %}{% if part %}has{% endif %}{% endfor %}", "hashas");
    check("{% for part in parts | unique %}{{ loop.index }}{% endfor %}", "12");
    check("{% for part in parts | sort(attribute='la' ~ 'bel') %}{{ loop.index }}{% endfor %}", "12");
    let theme =
        Theme::load(&site("ja"), &[file("templates/own.html", "{% for part in parts %}{{ part.labels }}{% endfor %}")])
            .unwrap();
    let errors = render_with(&theme, "own.html").unwrap_err();
    let help = errors[0].help.as_ref().expect(&errors[0].message.en);
    assert!(help.en.contains("`label`"), "{help:?}");
}

#[test]
fn loads_the_default_theme_in_both_languages() {
    for lang in ["ja", "en"] {
        let theme = Theme::load(&site(lang), &[]).unwrap();
        let assets: Vec<String> = theme.assets().map(|(url, _)| url.path().to_owned()).collect();
        assert!(assets.contains(&"assets/style.css".to_owned()));
    }
    assert_ne!(Theme::load(&site("ja"), &[]).unwrap().texts(), Theme::load(&site("en"), &[]).unwrap().texts());
}

#[test]
fn omits_the_default_search_script_without_search() {
    let without_search = Site { search: false, ..site("ja") };
    let script = |site: &Site, files: &[ThemeFile]| {
        let theme = Theme::load(site, files).unwrap();
        theme.assets().find(|(url, _)| url.path() == "assets/search.js").map(|(_, bytes)| bytes.to_vec())
    };
    assert!(script(&site("ja"), &[]).is_some());
    assert_eq!(script(&without_search, &[]), None);
    assert_eq!(script(&without_search, &[file("assets/search.js", "own")]), Some(b"own".to_vec()));
}

/// Placeholders of each text of the default theme in one language.
fn placeholders(lang: &str) -> BTreeMap<String, BTreeSet<String>> {
    let texts = Theme::load(&site(lang), &[]).unwrap().texts().clone();
    let texts: BTreeMap<String, String> = serde_json::from_value(serde_json::to_value(texts).unwrap()).unwrap();
    let names = |text: &str| text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap().to_owned()).collect();
    texts.into_iter().map(|(key, text)| (key, names(&text))).collect()
}

#[test]
fn both_languages_have_the_same_keys_and_placeholders() {
    let (ja, en) = (placeholders("ja"), placeholders("en"));
    assert_eq!(ja.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    // Languages differ in how they name years and dates.
    let is_date = |key: &str| key.starts_with("year_") || key.starts_with("day");
    for (key, placeholders) in ja.into_iter().filter(|(key, _)| !is_date(key)) {
        assert_eq!(placeholders, en[&key], "{key}");
    }
}

#[test]
fn texts_are_in_the_language_of_their_file() {
    let (_, en) = super::embedded::FILES.iter().find(|(path, _)| *path == "texts/en.toml").unwrap();
    let en = std::str::from_utf8(en).unwrap();
    assert!(!en.contains(|c: char| matches!(c, 'ぁ'..='ヿ' | '一'..='鿿' | '！'..='～')), "Japanese in texts/en.toml");
    let ja = Theme::load(&site("ja"), &[]).unwrap().texts().clone();
    let ja: BTreeMap<String, String> = serde_json::from_value(serde_json::to_value(ja).unwrap()).unwrap();
    for (key, text) in ja {
        assert!(!text.is_ascii() || key == "number_and_unit", "{key}: {text}");
    }
}

#[test]
fn the_default_theme_makes_no_external_requests() {
    for (path, bytes) in super::embedded::FILES {
        let text = std::str::from_utf8(bytes).unwrap().replace("http://www.w3.org/2000/svg", "");
        let text = text.replace(" blocking=\"render\"", "").replace("{{ layout.root }}", "{{ root }}");
        let text = text.replace("<script defer src=\"{{ root }}assets/", "");
        let text = text.replace("<script type=\"application/ld+json\">{{ dataset }}", "");
        for needle in ["http:", "https:", "url(", "@import", "<script"] {
            assert!(!text.contains(needle), "{needle} in {path}");
        }
    }
}

#[test]
fn templates_escape_values_and_access_site_and_texts() {
    assert_eq!(render("{{ name }}").unwrap(), "&lt;甲&gt;");
    assert_eq!(render("{{ site.title }} {{ t.home }}").unwrap(), "甲市の計画 ホーム");
    assert_eq!(render("{{ t.page | fill(page=count) }}").unwrap(), "3ページ");
}

#[test]
fn own_files_override_those_of_the_default_theme() {
    let files =
        [file("assets/style.css", "p {}"), file("assets/crest.svg", "<svg/>"), file("templates/404.html", "無い")];
    let theme = Theme::load(&site("ja"), &files).unwrap();
    let assets: Vec<(String, &[u8])> = theme.assets().map(|(url, bytes)| (url.path().to_owned(), bytes)).collect();
    assert!(assets.contains(&("assets/style.css".to_owned(), &b"p {}"[..])));
    assert!(assets.contains(&("assets/crest.svg".to_owned(), &b"<svg/>"[..])));
    assert_eq!(render_with(&theme, "404.html").unwrap(), "無い");
}

#[test]
fn generates_the_accent_style_sheet() {
    let colour = |written| Colour::parse(written).unwrap();
    let accent = Accent { light: colour("#0b5c3b"), dark: colour("#5fbf95") };
    let with_accent = Site { accent: Some(accent), ..site("ja") };
    let style = |files: &[ThemeFile]| {
        let theme = Theme::load(&with_accent, files).unwrap();
        let style = theme.assets().find(|(url, _)| url.path() == "assets/accent.css").unwrap().1;
        let links = render_with(&theme, "own.html").unwrap();
        (String::from_utf8(style.to_vec()).unwrap(), links)
    };
    let template = file("templates/own.html", "{% for s in site.styles %}{{ s }} {% endfor %}");
    let (generated, links) = style(std::slice::from_ref(&template));
    let (light, dark) = generated.split_once("prefers-color-scheme: dark").unwrap();
    assert!(light.contains("--accent: #0b5c3b;") && dark.contains("--accent: #5fbf95;"), "{generated}");
    assert_eq!(links, "accent.css ");
    let (style, links) = style(&[template, file("assets/accent.css", "p {}"), file("assets/site.css", "p {}")]);
    assert_eq!((&*style, &*links), ("p {}", "accent.css site.css "));
}

/// Background colours (custom properties `--ground…`) in a part of the theme's style sheet.
fn backgrounds(style: &str) -> Vec<Colour> {
    let values =
        style.split("--ground").skip(1).filter_map(|rest| rest.lines().next()?.split_once(": ")).map(|(_, v)| v);
    values.filter_map(|value| Colour::parse(value.trim_end_matches(';'))).collect()
}

#[test]
fn accents_have_sufficient_contrast_on_all_backgrounds() {
    let (_, style) = super::embedded::FILES.iter().find(|(path, _)| *path == "assets/style.css").unwrap();
    let (light, dark) = std::str::from_utf8(style).unwrap().split_once("(prefers-color-scheme: dark)").unwrap();
    let (light, dark) = (backgrounds(light), backgrounds(dark));
    assert!(light.len() > 2 && dark.len() > 2);
    for written in ["#767676", "#0017c1", "#b3261e", "#00664f", "#ffffff", "#8a5a00"] {
        let accent = Accent::from_colour(Colour::parse(written).unwrap());
        for (colour, backgrounds) in [(accent.light, &light), (accent.dark, &dark)] {
            for background in backgrounds {
                assert!(colour.contrast(*background) >= 4.5, "{written}: {colour} on {background}");
            }
        }
    }
}

#[test]
fn a_logo_needs_a_known_size() {
    let logo =
        SiteImage { file: "crest.svg".to_owned(), alt: "甲市章".to_owned(), span: Span::new(SourceId(3), 10..20) };
    let with_logo = Site { logo: Some(logo), ..site("ja") };
    let template = "{{ site.logo.file }} {{ site.logo.alt }} {{ site.logo.width }}x{{ site.logo.height }}";
    let load =
        |svg: &str| Theme::load(&with_logo, &[file("templates/own.html", template), file("assets/crest.svg", svg)]);
    let theme = load("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 3 1\"/>").unwrap();
    assert_eq!(render_with(&theme, "own.html").unwrap(), "crest.svg 甲市章 120x40");
    let errors = load("<svg xmlns=\"http://www.w3.org/2000/svg\"/>").err().unwrap();
    assert_eq!((errors[0].rule.code(), errors[0].span()), ("not-a-picture", Some(Span::new(SourceId(3), 10..20))));
}

#[test]
fn reports_template_errors_with_spans() {
    let (message, spanned) = render("日本語の後の{{ nmae }}").unwrap_err();
    assert!(message.contains("own.html") && message.contains("nmae"), "{message}");
    assert_eq!(spanned, "nmae");
    let (message, spanned) = render("一行目\n日本語{{ name | shout }}").unwrap_err();
    assert_eq!((&*message, &*spanned), ("theme file own.html: Unknown filter `shout`", "shout"));
    let (message, spanned) = render("日本語{% if name %}{% for a in b %}{% endfor %}{% endfor %}").unwrap_err();
    assert_eq!(
        (&*message, &*spanned),
        ("theme file own.html: `{% endfor %}` without a matching `{% for … %}`", "endfor")
    );
    let (message, spanned) = render("日本語{% for a in b %}{% if name %}{% endfor %}").unwrap_err();
    assert_eq!((&*message, &*spanned), ("theme file own.html: `{% if %}` is not closed", "if"));
    let (message, spanned) = render("日本語{% iff name %}").unwrap_err();
    assert_eq!((&*message, &*spanned), ("theme file own.html: unknown tag `iff`", "iff"));
    let (message, spanned) = render("{% extends \"layot.html\" %}").unwrap_err();
    assert_eq!((&*message, &*spanned), ("theme file own.html: Unknown template `layot.html`", "layot.html"));
    let (message, _) = render("{{ t.page | fill(pge=1) }}").unwrap_err();
    assert!(message.contains("page"), "{message}");
    let files = [file("templates/own.html", "日本語{{ t.hoem }}")];
    let error = render_with(&Theme::load(&site("ja"), &files).unwrap(), "own.html").unwrap_err().remove(0);
    assert_eq!(error.message.ja, "テーマのファイル own.html: 「hoem」という値はありません");
    assert_eq!(error.help.map(|help| help.ja).as_deref(), Some("もしかして: home"));
}

#[test]
fn translates_messages_of_the_pinned_tera_version() {
    for (template, ja) in [
        ("{{ nmae }}", "「nmae」という値はありません"),
        ("{{ t.hoem }}", "「hoem」という値はありません"),
        ("{{ name | shout }}", "「shout」というフィルターはありません"),
        ("{{ <Nothing /> }}", "「Nothing」という部品はありません"),
        ("{% include \"nothing.html\" %}", "「nothing.html」というテンプレートはありません"),
        ("{% extends \"nothing.html\" %}", "「nothing.html」というテンプレートはありません"),
        ("{% iff name %}", "「iff」というタグはありません"),
        ("{% if name }", "ここには %} が来るはずですが、「}」があります"),
        ("{{ name", "終わりまで閉じられていない {% … %} や {{ … }} があります"),
        (
            "{% extends \"layout.html\" %}{% block nothing %}{% endblock %}",
            "「nothing」というブロックは、もとのテンプレートにありません",
        ),
        (
            "{% extends \"layout.html\" %}文",
            "ほかのテンプレートをもとにするときは、{% block … %} の中に書いたものだけが使われます",
        ),
        ("{% for a in count %}{% endfor %}", "{% for %} で一つずつ取り出せるのは、一覧（配列）だけです"),
    ] {
        let theme = Theme::load(&site("ja"), &[file("templates/own.html", template)]);
        let errors = theme.and_then(|theme| render_with(&theme, "own.html")).unwrap_err();
        assert_eq!(errors[0].message.ja, format!("テーマのファイル own.html: {ja}"), "{template}");
    }
}

#[test]
fn reports_template_cycles_at_a_tag_of_the_cycle() {
    for ([first, second], cycle) in [
        (["日本語{% include \"b.html\" %}", "{% include 'own.html' %}"], &["own.html", "b.html"][..]),
        (["{% extends \"b.html\" %}", "{%- extends 'own.html' %}"], &["own.html", "b.html"]),
        (["{% extends \"b.html\" %}", "{%- extends 'b.html' %}"], &["b.html"]),
        (["日本語{% include 'own.html' %}", ""], &["own.html"]),
    ] {
        let theme = [("own.html", first, 0), ("b.html", second, 1)];
        let files = theme.map(|(name, text, id)| {
            let path = format!("templates/{name}");
            ThemeFile { source: Some(SourceId(id)), ..file(&path, text) }
        });
        let error = Theme::load(&site("ja"), &files).err().unwrap().remove(0);
        let span = error.span().unwrap();
        let (name, text, _) = theme[span.source.0 as usize];
        // The cycle can begin with any of its templates.
        let start = cycle.iter().position(|template| *template == name).unwrap();
        let rotated: Vec<&str> = cycle.iter().cycle().skip(start).take(cycle.len() + 1).copied().collect();
        let rotated = rotated.join(" → ");
        let expected = format!("theme file {name}: cycle of templates ({rotated})");
        assert_eq!(error.message.en, expected);
        assert_eq!(text.get(span.range()), Some(cycle[(start + 1) % cycle.len()]));
    }
}

#[test]
fn reports_recursive_components_at_a_call() {
    let endless = "日本語{% component Other() %}{{ <Endless /> }}{% endcomponent Other %}
        {% component Endless() %}<b>{{ <Other /> }}</b>{% endcomponent Endless %}";
    let parts = ThemeFile { source: Some(SourceId(8)), ..file("templates/parts.html", endless) };
    let files = [file("templates/own.html", "{{ <Endless /> }}"), parts];
    let error = render_with(&Theme::load(&site("ja"), &files).unwrap(), "own.html").unwrap_err().remove(0);
    assert_eq!(error.message.en, "theme file parts.html: infinite recursion of components");
    let span = error.span().unwrap();
    assert_eq!((span.source, endless.get(span.range())), (SourceId(8), Some("Other")));
}

#[test]
fn reports_loops_and_texts_without_end_at_their_tag() {
    let steps = "theme file own.html: this page is never finished: too many iterations or calls of components";
    let value = "theme file own.html: the value of this variable grows without end";
    let range = "日本語{% for i in range(end=100000) %}";
    let nested = format!("{range}{{% for j in range(end=100000) %}}{{% endfor %}}{{% endfor %}}");
    let items = format!("{{% set r = range(end=100000) %}}{range}{{% for j in r %}}{{% endfor %}}{{% endfor %}}");
    let doubled = format!("{{% set_global s = \"x\" %}}{range}{{% set_global s = s ~ s %}}{{% endfor %}}");
    let captured = format!(
        "{{% set_global s = \"x\" %}}{range}{{% set_global s %}}{{{{ s }}}}{{{{ s }}}}{{% endset %}}{{% endfor %}}"
    );
    let tree =
        "{% component Tree(n) %}{% if n > 0 %}{{ <Tree n={n - 1} /> }}{{ <Tree n={n - 1} /> }}{{ <Tree n={n - 1} /> }}
        {{ <Tree n={n - 1} /> }}{% endif %}{% endcomponent Tree %}{{ <Tree n={18} /> }}";
    let page = format!("{range}{{{{ 'x' | indent(width=10000) | replace(from='x', to=s) }}}}{{% endfor %}}");
    let page = format!("{{% set s %}}{}{{% endset %}}{page}", "x".repeat(10_000));
    for (template, expected, tag) in [
        (nested.as_str(), steps, "{% for j in range(end=100000) %}"),
        (&items, steps, "{% for j in r %}"),
        (&doubled, value, "{% set_global s = s ~ s %}"),
        (&captured, value, "{% endset %}"),
        (tree, steps, "{% component Tree(n) %}"),
        (&page, steps, "{% for i in range(end=100000) %}"),
    ] {
        assert_eq!(render(template), Err((expected.to_owned(), tag.to_owned())), "{template:.100}");
    }
}

#[test]
fn text_files_override_single_texts() {
    let files = [
        file("texts/ja.toml", "home = \"入口\"\npage = \"{page}頁\"\n"),
        file("templates/own.html", "{{ t.home }} {{ t.glossary }} {{ t.page | fill(page=count) }}"),
    ];
    assert_eq!(render_with(&Theme::load(&site("ja"), &files).unwrap(), "own.html").unwrap(), "入口 用語集 3頁");
    assert_eq!(render_with(&Theme::load(&site("en"), &files).unwrap(), "own.html").unwrap(), "Home Glossary page 3");
}

#[test]
fn reports_text_errors_with_spans() {
    let report = |path: &str, text: &str| {
        let errors = Theme::load(&site("ja"), &[file(path, text)]).err().unwrap();
        let spanned = errors[0].span().and_then(|span| text.get(span.range())).unwrap_or_default();
        (
            errors[0].message.en.clone(),
            spanned.to_owned(),
            errors[0].help.clone().unwrap_or_else(|| say!(ja: "", en: "")).en,
        )
    };
    let (message, spanned, help) = report("texts/ja.toml", "skip = \"本文へ\"\nhoem = \"x\"\n");
    assert!(message.contains("unknown text `hoem`"), "{message}");
    assert_eq!((&*spanned, &*help), ("hoem", "did you mean `home`?"));
    let (message, spanned, help) = report("texts/ja.toml", "page = \"第{pgae}頁\"\n");
    assert!(message.contains("{pgae}"), "{message}");
    assert_eq!((&*spanned, &*help), ("\"第{pgae}頁\"", "known placeholders: {page}"));
    assert_eq!(report("texts/en.toml", "home = \"{x}\"\n").2, "this text has no placeholders");
    assert_eq!(report("texts/ja.toml", "home = 入口\n").1, "入口");
    assert!(report("texts/fr.toml", "home = \"Accueil\"\n").0.contains("fr.toml"));
}

#[test]
fn reports_files_that_are_not_used() {
    let errors = Theme::load(&site("ja"), &[file("style.css", "p {}"), file("layout.html", "")]).err().unwrap();
    assert_eq!(errors.len(), 2);
    let help = |path: &str| {
        let errors = Theme::load(&site("ja"), &[file(path, "")]).err().unwrap();
        errors[0].help.as_ref().unwrap().get(Lang::Ja).to_owned()
    };
    assert_eq!(help("texts/jp.toml"), "もしかして: texts/ja.toml");
    assert_eq!(help("template/404.html"), "もしかして: templates");
    assert!(help("style.css").contains("templates/、assets/"));
}

#[test]
fn reports_names_that_cannot_be_published() {
    let messages = |files: &[ThemeFile]| {
        let errors = Theme::load(&site("en"), files).err().unwrap_or_default();
        errors.into_iter().map(|error| error.message.en).collect::<Vec<_>>()
    };
    let files = [file("assets/con.png", ""), file("assets/img/a:b.png", ""), file("assets/Style.css", "")];
    let [twice, device, colon] = messages(&files).try_into().unwrap();
    assert!(device.starts_with("theme file assets/con.png cannot be published: Windows"), "{device}");
    assert!(twice.contains("assets/Style.css has the same name as assets/style.css"), "{twice}");
    assert!(colon.starts_with("theme file assets/img/a:b.png cannot be published"), "{colon}");
    assert_eq!(messages(&[file("assets/style.css", ""), file("assets/img/a.png", "")]), [""; 0]);
}

#[test]
fn reports_a_missing_theme_folder_at_its_key() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/error-free");
    let theme_span = Span::new(SourceId(3), 10..20);
    let site = Site { theme: Some("a".to_owned()), theme_span, logo: None, ..site("ja") };
    let errors =
        super::read(&crate::content::DiskSource::new(&content), &site, &mut crate::diagnostic::Sources::default())
            .err()
            .unwrap();
    let [error] = errors.as_slice() else { panic!("expected one error, got {errors:?}") };
    assert_eq!(error.message.en, "the theme folder `a` does not exist");
    assert_eq!(error.span(), Some(site.theme_span));
}

/// All texts of the default theme in English, as the file of another language.
fn translated() -> String {
    let texts = InterfaceTexts::embedded("en").unwrap();
    let lines = texts.keys().into_iter().map(|key| format!("{key} = {}\n", toml::Value::from(texts.get(key))));
    let dates = ("\nday = \"{date}\"", "\nday = \"{day}/{month}/{year}\"");
    let years = ("year_fiscal = \"FY{year}\"", "year_fiscal = \"Exercice {year}\"");
    lines.collect::<String>().replace(dates.0, dates.1).replace(years.0, years.1)
}

#[test]
fn a_sites_theme_can_add_a_language() {
    let theme = Theme::load(&site("fr"), &[file("texts/fr.toml", &translated())]).unwrap();
    assert_eq!(theme.texts().lang(), "fr");
    assert_eq!(theme.texts().year_in_full(FiscalYear(2024), YearKind::Fiscal), "Exercice 2024 (R6)");
    assert_eq!(theme.texts().date("2024-09-30"), "30/9/2024", "days in the western calendar");
}

#[test]
fn a_language_without_texts_is_an_error() {
    let errors = Theme::load(&site("jp"), &[]).err().unwrap();
    let [error] = errors.as_slice() else { panic!("{errors:?}") };
    assert_eq!(error.message.en, "the theme has no texts in `jp`: texts/jp.toml is missing");
    assert_eq!(error.help.as_ref().unwrap().en, "did you mean `ja`?");
}

#[test]
fn texts_of_another_language_must_be_complete() {
    let texts = translated();
    let incomplete: String =
        texts.lines().filter(|line| !line.starts_with("home = ")).map(|line| format!("{line}\n")).collect();
    let errors = Theme::load(&site("fr"), &[file("texts/fr.toml", &incomplete)]).err().unwrap();
    let [error] = errors.as_slice() else { panic!("{errors:?}") };
    assert_eq!(error.message.en, "theme file texts/fr.toml: 1 text is missing, such as `home`");
}

#[test]
fn texts_of_a_language_that_is_not_used_are_an_error() {
    let errors = Theme::load(&site("ja"), &[file("texts/jp.toml", "")]).err().unwrap();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0].message.en, "theme file texts/jp.toml is not used");
}

#[test]
fn charts_in_other_websites_look_like_those_of_the_site() {
    let [site, chart] = ["assets/style.css", "assets/chart.css"].map(|path| embedded::text(path).unwrap());
    let rules = || chart.lines().filter(|line| line.starts_with(".chart ") && !line.contains("chart-ground"));
    assert!(rules().count() > 20);
    assert_eq!(rules().filter(|rule| !site.lines().any(|line| line == *rule)).collect::<Vec<_>>(), [""; 0]);
    let colours = |style: &str| -> Vec<String> {
        let names = ["ground", "text", "text-soft", "line", "line-strong", "actual", "target", "baseline"];
        let declarations = style.split([';', '{', '}']).map(str::trim);
        let of_charts = declarations.filter(|line| names.iter().any(|name| line.starts_with(&format!("--{name}: "))));
        let mut colours: Vec<String> = of_charts.map(str::to_owned).collect();
        colours.sort();
        colours
    };
    let print = "--line: #767676";
    let mut of_site = colours(site);
    of_site.retain(|colour| colour != print && colour != "--text-soft: #404040");
    assert_eq!(colours(chart), of_site, "in light, dark and forced colours");
}
