//! Files by which other services find a site: sitemaps, feeds, `robots.txt`, and the metadata of pages.

use crate::support::crawl::{is_external, resolve};
use crate::support::sites::Site;
use crate::support::{assert_golden, build, copy, page, root, selector, temp_dir, tree, write};
use std::collections::{BTreeMap, BTreeSet};

const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const ATOM: &str = "http://www.w3.org/2005/Atom";

/// The golden content, with these lines in `site.toml`.
fn site(settings: &str) -> Site {
    let (_guard, folder) = temp_dir();
    let content = folder.join("content");
    copy(&root().join("tests/golden/content/aoba"), &content.join("aoba"));
    write(&content.join("site.toml"), format!("title = \"青葉市の計画\"\n{settings}").as_bytes());
    write(&content.join("card.png"), &std::fs::read(root().join("tests/fixtures/keys/chosha.png")).unwrap());
    build(&content, &folder.join("output"));
    tree(&folder.join("output"))
}

fn xml<T>(site: &Site, path: &str, read: impl FnOnce(roxmltree::Document<'_>) -> T) -> T {
    let text = std::str::from_utf8(&site[path]).unwrap();
    read(roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{path}: {error}")))
}

/// Texts of all elements `name` of a document.
fn texts(site: &Site, path: &str, namespace: &str, name: &str) -> Vec<String> {
    xml(site, path, |document| {
        let elements = document.descendants().filter(|node| node.has_tag_name((namespace, name)));
        elements.map(|node| node.text().unwrap_or_default().to_owned()).collect()
    })
}

const BASE: &str = "https://www.city.aoba.example/keikaku/";

fn with_base() -> Site {
    site(&format!("base = \"{BASE}\"\n[image]\nfile = \"card.png\"\nalt = \"市役所\"\n"))
}

#[test]
fn files_match_the_golden_ones() {
    let site = with_base();
    let is_compared = |path: &str| path.ends_with(".xml") || path.ends_with(".txt");
    let mut actual: BTreeMap<_, _> =
        site.iter().filter(|(path, _)| is_compared(path)).map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
    for path in ["index.html", "aoba/index.html", "aoba/policies/1.html"] {
        let html = page(&site[path]);
        let metadata = ["meta[property]", "link[rel=canonical]", "link[rel=alternate]", "script[type]"];
        let metadata = selector(&metadata.map(|element| format!("head > {element}")).join(", "));
        let head = html.select(&metadata);
        let lines: String = head.map(|element| element.html() + "\n").collect();
        actual.insert(path.replace(".html", ".head.txt"), lines.into_bytes());
    }
    assert_golden(&root().join("tests/golden/discovery"), &actual);
}

#[test]
fn sitemaps_list_every_page_once_by_its_canonical_address() {
    let site = with_base();
    let path_of = |url: &str| url.strip_prefix(BASE).unwrap_or_else(|| panic!("{url}")).to_owned();
    let sitemaps: Vec<String> = texts(&site, "sitemap.xml", SITEMAP, "loc").iter().map(|url| path_of(url)).collect();
    let published: Vec<&String> =
        site.keys().filter(|path| path.contains("sitemap") && *path != "sitemap.xml").collect();
    assert_eq!(sitemaps.iter().collect::<BTreeSet<_>>(), published.into_iter().collect());
    let mut listed = BTreeSet::new();
    for sitemap in &sitemaps {
        let folder = sitemap.rsplit_once('/').map_or("", |(folder, _)| folder);
        for url in texts(&site, sitemap, SITEMAP, "loc") {
            assert!(path_of(&url).starts_with(folder), "{sitemap}: {url}");
            assert!(listed.insert(url.clone()), "{url} is listed twice");
        }
        for day in texts(&site, sitemap, SITEMAP, "lastmod") {
            assert!(day.len() == 10 && day.split('-').all(|part| part.parse::<u32>().is_ok()), "{day}");
        }
    }
    let canonical = site.iter().filter(|(path, _)| path.ends_with(".html")).filter_map(|(path, bytes)| {
        let html = page(bytes);
        let href = html.select(&selector("link[rel=canonical]")).next()?.attr("href")?.to_owned();
        assert_eq!(path_of(&href), *path);
        Some(href)
    });
    let not_listed = ["aoba/print.html", "search.html"].map(|path| format!("{BASE}{path}"));
    let canonical: BTreeSet<String> = canonical.filter(|url| !not_listed.contains(url)).collect();
    assert_eq!(listed, canonical);
}

#[test]
fn feeds_are_valid_atom() {
    let site = with_base();
    for (path, page) in [("feed.xml", "index.html"), ("aoba/feed.xml", "aoba/index.html")] {
        let updated = texts(&site, path, ATOM, "updated");
        let (newest, entries) = updated.split_first().unwrap();
        assert!(!entries.is_empty() && entries.is_sorted_by(|a, b| a >= b), "{path}: {updated:?}");
        assert_eq!(Some(newest), entries.first());
        assert!(updated.iter().all(|time| time.len() == 20 && time.ends_with("T00:00:00Z")), "{updated:?}");
        let ids = texts(&site, path, ATOM, "id");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
        assert_eq!(ids[0], format!("{BASE}{path}"));
        assert!(ids[1..].iter().all(|id| id.starts_with("tag:www.city.aoba.example,20")), "{ids:?}");
        xml(&site, path, |document| {
            let feed = document.root_element();
            assert!(feed.has_tag_name((ATOM, "feed")));
            let children = |node: roxmltree::Node<'_, '_>, name: &str| {
                node.children().filter(|child| child.has_tag_name((ATOM, name))).count()
            };
            for node in [feed].into_iter().chain(feed.children().filter(|node| node.has_tag_name((ATOM, "entry")))) {
                for name in ["id", "title", "updated"] {
                    assert_eq!(children(node, name), 1, "{path}: {name}");
                }
            }
            assert_eq!(children(feed, "author"), 1);
            let links = document.descendants().filter(|node| node.has_tag_name((ATOM, "link")));
            for link in links {
                let href = link.attribute("href").unwrap();
                let target = href.strip_prefix(BASE).unwrap();
                assert!(site.contains_key(target), "{path}: {href}");
            }
        });
        let html = crate::support::page(&site[page]);
        let alternate = html.select(&selector("link[rel=alternate][type='application/atom+xml']")).next().unwrap();
        assert_eq!(resolve(page, alternate.attr("href").unwrap()).0, path);
    }
}

#[test]
fn pages_declare_their_title_and_address_to_other_services() {
    let site = with_base();
    let pages = site.iter().filter(|(path, _)| path.ends_with(".html"));
    for (path, bytes) in pages {
        let html = page(bytes);
        let property = |name: &str| {
            let element = html.select(&selector(&format!("meta[property='og:{name}']"))).next();
            element.and_then(|element| element.attr("content")).map(str::to_owned)
        };
        let canonical =
            html.select(&selector("link[rel=canonical]")).next().map(|e| e.attr("href").unwrap().to_owned());
        assert_eq!(property("url"), canonical, "{path}");
        if canonical.is_some() {
            let title: String = html.select(&selector("head > title")).next().unwrap().text().collect();
            assert_eq!(property("title"), Some(title), "{path}");
            assert_eq!(property("site_name").as_deref(), Some("青葉市の計画"));
            assert_eq!(property("locale").as_deref(), Some("ja_JP"));
            assert_eq!(property("image").as_deref(), Some(&*format!("{BASE}assets/card.png")));
        }
        for link in html.select(&selector("link[rel=alternate]")).filter_map(|link| link.attr("href")) {
            assert!(
                is_external(link) || site.contains_key(&resolve(path, link).0) || path == "404.html",
                "{path}: {link}"
            );
        }
    }
    assert!(site.contains_key("assets/card.png"));
}

#[test]
fn the_page_of_a_strategy_describes_its_data() {
    let site = with_base();
    let html = page(&site["aoba/index.html"]);
    let script = html.select(&selector("script[type='application/ld+json']")).next().unwrap();
    let dataset: serde_json::Value = serde_json::from_str(&script.text().collect::<String>()).unwrap();
    assert_eq!(dataset["@context"], "https://schema.org");
    assert_eq!(dataset["@type"], "Dataset");
    assert_eq!(dataset["url"], format!("{BASE}aoba/index.html"));
    assert_eq!(dataset["creator"]["name"], "青葉市");
    for download in dataset["distribution"].as_array().unwrap() {
        let url = download["contentUrl"].as_str().unwrap();
        assert!(site.contains_key(url.strip_prefix(BASE).unwrap()), "{url}");
    }
}

#[test]
fn without_a_base_address_nothing_is_announced() {
    let site = site("");
    let files = ["sitemap.xml", "sitemap-site.xml", "feed.xml", "robots.txt", "aoba/sitemap.xml", "aoba/feed.xml"];
    assert_eq!(files.into_iter().filter(|path| site.contains_key(*path)).collect::<Vec<_>>(), [""; 0]);
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        for markup in ["og:", "application/ld+json", "application/atom+xml"] {
            assert!(!html.contains(markup), "{path}: {markup}");
        }
    }
}

#[test]
fn only_the_root_of_a_host_has_robots_txt() {
    assert!(!with_base().contains_key("robots.txt"));
    let robots = &site("base = \"https://keikaku.aoba.example/\"\n")["robots.txt"];
    let expected = "User-agent: *\nAllow: /\n\nSitemap: https://keikaku.aoba.example/sitemap.xml\n";
    assert_eq!(String::from_utf8_lossy(robots), expected);
}

#[test]
fn the_city_may_publish_its_own_robots_txt() {
    let (_guard, folder) = temp_dir();
    let content = folder.join("content");
    copy(&root().join("tests/golden/content/aoba"), &content.join("aoba"));
    write(&content.join("site.toml"), b"title = \"x\"\nbase = \"https://x.example/\"\n");
    write(&content.join("static/robots.txt"), b"User-agent: *\nDisallow: /aoba/print\n");
    build(&content, &folder.join("output"));
    assert!(tree(&folder.join("output"))["robots.txt"].ends_with(b"print\n"));
}

#[test]
fn editions_without_a_known_day_are_not_in_the_feed() {
    let (_guard, folder) = temp_dir();
    let content = folder.join("content");
    copy(&root().join("tests/golden/content/aoba"), &content.join("aoba"));
    write(&content.join("site.toml"), format!("title = \"x\"\nbase = \"{BASE}\"\n").as_bytes());
    let strategy = std::fs::read_to_string(content.join("aoba/strategy.toml")).unwrap();
    let published = |line: &&str| line.trim_start().starts_with("published");
    assert!(strategy.lines().any(|line| published(&line)));
    let without: String = strategy.lines().filter(|line| !published(line)).map(|line| format!("{line}\n")).collect();
    write(&content.join("aoba/strategy.toml"), without.as_bytes());
    build(&content, &folder.join("output"));
    let site = tree(&folder.join("output"));
    assert!(!site.contains_key("feed.xml") && !site.contains_key("aoba/feed.xml"));
    assert!(site.contains_key("sitemap.xml"));
    assert_eq!(texts(&site, "aoba/sitemap.xml", SITEMAP, "lastmod"), [""; 0]);
    for path in ["index.html", "aoba/index.html", "aoba/policies/1.html"] {
        assert!(!String::from_utf8_lossy(&site[path]).contains("atom+xml"), "{path}");
    }
}
