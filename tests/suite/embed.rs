//! Charts for other websites: `embed = true` in `site.toml`.

use crate::support::crawl::resolve;
use crate::support::sites::Site;
use crate::support::{build, page, run_build, selector, temp_dir, tree, write};
use scraper::{ElementRef, Html};
use std::path::Path;

const BASE: &str = "https://www.city.aoba.example/keikaku/";

const STRATEGY: &str = r#"
title = "青葉市総合計画"
publisher = "青葉市"
[[edition]]
id = "2022"
label = "令和4年度 評価"
year = "R4"
[[edition]]
id = "2023"
label = "令和5年度 評価"
year = "R5"
"#;

/// One indicator with the id of an edition and a chart, one without a chart.
const POLICY: &str = r#"+++
name = "人が集まるまち"
[[indicator]]
id = "2023"
name = "「まちなか」の<来街者>"
unit = "千人"
better = "higher"
baseline = "R3"
[[indicator]]
id = "kanko"
name = "祭りの数"
+++
"#;

const SHEETS: [(&str, &str); 2] = [
    (
        "2022",
        r#"[indicator.2023]
actual = { R3 = 1200, R4 = 1260 }
target.R6 = 1500
"#,
    ),
    (
        "2023",
        r#"[indicator.2023]
actual.R5 = { value = 1310, note = "9月までは推計" }
[indicator.kanko]
actual.R5 = 12
"#,
    ),
];

fn write_content(content: &Path, settings: &str) {
    write(&content.join("site.toml"), format!("title = \"青葉市の計画\"\n{settings}").as_bytes());
    write(&content.join("aoba/strategy.toml"), STRATEGY.as_bytes());
    write(&content.join("aoba/policies/1/policy.md"), POLICY.as_bytes());
    for (edition, sheet) in SHEETS {
        let path = content.join(format!("aoba/policies/1/{edition}.md"));
        write(&path, format!("+++\n{sheet}+++\n").as_bytes());
    }
}

/// The site with these lines in `site.toml`.
fn site(settings: &str) -> Site {
    let (_guard, folder) = temp_dir();
    write_content(&folder.join("content"), settings);
    build(&folder.join("content"), &folder.join("output"));
    tree(&folder.join("output"))
}

fn embedded() -> Site {
    site(&format!("embed = true\nbase = \"{BASE}\"\n"))
}

const PAGE: &str = "aoba/policies/1.html";
const FRAME: &str = "aoba/policies/1/chart/2023.html";
const IMAGE: &str = "aoba/policies/1/chart/2023.svg";

fn all<'p>(page: &'p Html, css: &str) -> Vec<ElementRef<'p>> {
    page.select(&selector(css)).collect()
}

fn one<'p>(page: &'p Html, css: &str) -> ElementRef<'p> {
    let found = all(page, css);
    assert_eq!(found.len(), 1, "{css}");
    found[0]
}

fn text(page: &Html, css: &str) -> String {
    one(page, css).text().collect::<String>().trim().to_owned()
}

/// Attributes of the `<iframe>` that a page offers.
fn offered(site: &Site, path: &str) -> Option<Vec<(String, String)>> {
    let page = page(&site[path]);
    let code = page.select(&selector(".embed code")).next()?;
    let code = Html::parse_fragment(&code.text().collect::<String>());
    let frame = one(&code, "iframe");
    Some(frame.value().attrs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

fn attribute(attributes: &[(String, String)], name: &str) -> String {
    let found = attributes.iter().find(|(attribute, _)| attribute == name);
    found.unwrap_or_else(|| panic!("no {name}: {attributes:?}")).1.clone()
}

#[test]
fn every_chart_is_a_page_and_an_image_next_to_permalink_pages() {
    let site = embedded();
    let charts: Vec<&String> = site.keys().filter(|path| path.contains("/chart/")).collect();
    assert_eq!(charts, [FRAME, IMAGE], "the other indicator has a single value, and no chart");
    assert!(site.contains_key("aoba/policies/1/2023.html"), "the permalink page of the edition with the same id");
    assert!(site.contains_key("assets/chart.css") && site.contains_key("assets/frame.css"));
}

#[test]
fn a_frame_states_finding_quantity_figures_and_source() {
    let site = embedded();
    let frame = page(&site[FRAME]);
    assert_eq!(text(&frame, "h1"), "令和5年度は1,310千人、目標（令和6年度）は1,500千人");
    assert_eq!(text(&frame, ".measured"), "「まちなか」の<来街者>（単位：千人）");
    assert_eq!(text(&frame, "svg > title"), text(&frame, "h1"));
    assert!(text(&frame, "svg > desc").contains("1,310"));
    let figures: Vec<String> = all(&frame, "dl > div").iter().map(|figure| figure.text().collect::<String>()).collect();
    assert_eq!(figures, ["最新の実績値1,310千人 令和5年度 9月までは推計", "目標1,500千人 令和6年度"]);
    assert_eq!(text(&frame, ".source"), "出典：青葉市「青葉市総合計画」（令和5年度 評価） 年度ごとの数値と資料");
}

#[test]
fn a_frame_runs_no_script_and_leads_to_the_full_page() {
    let site = embedded();
    let frame = page(&site[FRAME]);
    assert_eq!(all(&frame, "script, iframe, form, [style], style").len(), 0);
    let elements = all(&frame, "*");
    let mut attributes = elements.iter().flat_map(|element| element.value().attrs());
    assert!(attributes.all(|(name, _)| !name.starts_with("on")), "no handlers");
    assert_eq!(one(&frame, "html").attr("lang"), Some("ja"));
    assert_eq!(one(&frame, "meta[name=robots]").attr("content"), Some("noindex"));
    let canonical = format!("{BASE}{PAGE}#indicator-2023");
    assert_eq!(one(&frame, "link[rel=canonical]").attr("href"), Some(&*canonical));
    let policy = "meta[http-equiv='Content-Security-Policy']";
    assert_eq!(one(&frame, policy).attr("content"), one(&page(&site[PAGE]), policy).attr("content"));
    for link in all(&frame, "a") {
        assert_eq!(link.attr("target"), Some("_top"));
        let (path, fragment) = resolve(FRAME, link.attr("href").unwrap());
        assert_eq!((&*path, fragment.as_deref()), (PAGE, Some("indicator-2023")));
    }
    for style in all(&frame, "link[rel=stylesheet], link[rel=icon]") {
        let (path, _) = resolve(FRAME, style.attr("href").unwrap().split('?').next().unwrap());
        assert!(site.contains_key(&path), "{path}");
    }
    let sitemap = String::from_utf8_lossy(&site["aoba/sitemap.xml"]).into_owned();
    assert!(sitemap.contains(PAGE) && !sitemap.contains("/chart/"));
}

#[test]
fn the_page_of_the_indicator_offers_the_code_with_title_and_size() {
    let site = embedded();
    let code = offered(&site, PAGE).unwrap();
    assert_eq!(attribute(&code, "src"), format!("{BASE}{FRAME}"));
    assert_eq!(attribute(&code, "title"), "「まちなか」の<来街者>（青葉市）");
    let size = ["width", "height"].map(|name| attribute(&code, name).parse::<u32>().unwrap());
    let frame = page(&site[FRAME]);
    let drawn = ["width", "height"].map(|name| one(&frame, "svg").attr(name).unwrap().parse::<u32>().unwrap());
    // Two lines of title, one of the quantity, two of the latest value, one of the target, two of the source.
    assert_eq!((size[0], size[1] - drawn[1]), (400, 26 + 4 * 8 + 2 * 25 + 20 + 3 * 24 + 2 * 20));
    let links = page(&site[PAGE]);
    let links = all(&links, ".embed a").into_iter().map(|link| resolve(PAGE, link.attr("href").unwrap()).0);
    assert_eq!(links.collect::<Vec<_>>(), [FRAME, IMAGE]);
    for other in ["aoba/policies/1/2023.html", "aoba/print.html", "aoba/indicators.html"] {
        assert_eq!(offered(&site, other), None, "{other}");
    }
}

#[test]
fn without_a_base_address_the_code_names_a_place_within_the_site() {
    let site = site("embed = true\n");
    assert_eq!(attribute(&offered(&site, PAGE).unwrap(), "src"), FRAME);
    assert!(text(&page(&site[PAGE]), ".embed .aside").contains("公開先のアドレス"));
    let canonical = one(&page(&site[FRAME]), "link[rel=canonical]").attr("href").map(|href| resolve(FRAME, href));
    assert_eq!(canonical, Some((PAGE.to_owned(), Some("indicator-2023".to_owned()))));
}

#[test]
fn an_image_can_be_read_without_the_site() {
    let site = embedded();
    let image = std::str::from_utf8(&site[IMAGE]).unwrap();
    let document = roxmltree::Document::parse(image).unwrap();
    let root = document.root_element();
    let element = |name: &str| document.descendants().find(|node| node.tag_name().name() == name).unwrap();
    let size = ["width", "height"].map(|name| root.attribute(name).unwrap().parse::<u32>().unwrap());
    assert_eq!(root.attribute("viewBox"), Some(&*format!("0 0 {} {}", size[0], size[1])));
    assert_eq!(element("style").text().map(str::as_bytes), Some(&*site["assets/chart.css"]));
    assert!(element("style").text().unwrap().contains("prefers-color-scheme: dark"));
    let names = root.attribute("aria-labelledby").unwrap();
    assert_eq!(names, ["title", "desc"].map(|name| element(name).attribute("id").unwrap()).join(" "));
    let texts: Vec<&str> = root
        .children()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")))
        .filter_map(|node| node.text())
        .collect();
    let texts = texts.concat();
    for expected in ["令和5年度は1,310千人", "「まちなか」の<来街者>（単位：千人）", "出典：青葉市", BASE]
    {
        assert!(texts.contains(expected), "{expected}: {texts}");
    }
    assert!(!image.contains("href") && !image.contains("<script"), "it loads nothing");

    let of_image: Vec<&str> = document.descendants().filter_map(|node| node.attribute("data-value")).collect();
    let page = page(&site[PAGE]);
    let of_page = all(&page, ".drawing svg [data-value]");
    assert_eq!(of_image, of_page.iter().filter_map(|mark| mark.attr("data-value")).collect::<Vec<_>>());
    assert!(!of_image.is_empty());
}

#[test]
fn the_interface_of_a_frame_is_in_the_language_of_the_site() {
    let site = site("embed = true\nlang = \"en\"\n");
    let frame = page(&site[FRAME]);
    assert_eq!(one(&frame, "html").attr("lang"), Some("en"));
    assert!(text(&frame, ".source a").starts_with("Values by year"));
    let japanese = all(&frame, "[lang=ja]").into_iter().map(|element| element.text().collect::<String>());
    assert!(japanese.collect::<String>().contains("来街者"), "content is marked as Japanese");
}

#[test]
fn a_site_that_does_not_offer_its_charts_has_no_trace_of_them() {
    let (default, off) = (site(""), site("embed = false\n"));
    assert_eq!(default, off);
    assert!(default.keys().all(|path| !path.contains("chart") && !path.contains("frame")));
    assert!(
        default.iter().all(
            |(path, bytes)| !path.ends_with(".html") || !String::from_utf8_lossy(bytes).contains("class=\"embed\"")
        )
    );
}

#[test]
fn a_chart_that_some_system_cannot_store_is_an_error() {
    let (_guard, folder) = temp_dir();
    let content = folder.join("content");
    write_content(&content, "embed = true\n");
    for path in ["policy.md", "2022.md", "2023.md"].map(|name| content.join("aoba/policies/1").join(name)) {
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.replace("id = \"2023\"", "id = \"con\"").replace("[indicator.2023]", "[indicator.con]");
        write(&path, text.as_bytes());
    }
    let done = run_build(&content, &folder.join("output"));
    let stderr = String::from_utf8(done.stderr).unwrap();
    assert!(!done.status.success() && stderr.contains("con.svg") && stderr.contains("policy.md"), "{stderr}");
    let settings = std::fs::read_to_string(content.join("site.toml")).unwrap();
    write(&content.join("site.toml"), settings.replace("embed = true", "").as_bytes());
    build(&content, &folder.join("output"));
}
