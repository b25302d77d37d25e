//! QR codes with the address of a page, on paper.

use crate::support::sites::Site;
use crate::support::{build, copy, page, root, selector, temp_dir, tree, write};
use rqrr::PreparedImage;

const BASE: &str = "https://www.city.aoba.example/keikaku/";

/// The golden content, with these lines in `site.toml`.
fn site(settings: &str) -> Site {
    let (_guard, folder) = temp_dir();
    let content = folder.join("content");
    copy(&root().join("tests/golden/content/aoba"), &content.join("aoba"));
    write(&content.join("site.toml"), format!("title = \"青葉市の計画\"\n{settings}").as_bytes());
    build(&content, &folder.join("output"));
    tree(&folder.join("output"))
}

/// Dark modules of the `<path>` of a code: rows such as `M0 3h7m1 0h1`.
fn modules(path: &str) -> Vec<(usize, usize)> {
    let mut dark = Vec::new();
    for row in path.split('M').skip(1) {
        let numbers: Vec<usize> = row.split([' ', 'h', 'm']).map(|number| number.parse().unwrap()).collect();
        let (mut x, y) = (numbers[0], numbers[1]);
        for (index, run) in numbers[2..].iter().enumerate() {
            match index % 3 {
                0 => {
                    dark.extend((x..x + run).map(|x| (x, y)));
                    x += run;
                }
                1 => x += run,
                _ => assert_eq!(*run, 0),
            }
        }
    }
    dark
}

/// What a telephone reads from a code.
fn scanned(svg: scraper::ElementRef<'_>) -> String {
    const SCALE: usize = 4;
    let frame: Vec<i32> = svg.attr("viewBox").unwrap().split(' ').map(|it| it.parse::<f32>().unwrap() as i32).collect();
    assert_eq!((frame[0], frame[1], frame[2]), (-4, -4, frame[3]), "light modules around the code");
    let path = svg.select(&selector("path")).next().unwrap().attr("d").unwrap();
    let dark = modules(path);
    let size = frame[2] as usize;
    let mut image = PreparedImage::prepare_from_greyscale(size * SCALE, size * SCALE, |x, y| {
        let module = ((x / SCALE).wrapping_sub(4), (y / SCALE).wrapping_sub(4));
        if dark.contains(&module) { 0 } else { 255 }
    });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

#[test]
fn pages_of_nodes_and_print_documents_show_their_address() {
    let site = site(&format!("base = \"{BASE}\"\n"));
    let mut with_code = Vec::new();
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = page(bytes);
        let codes: Vec<_> = html.select(&selector(".page-code")).collect();
        let Some(code) = codes.first() else { continue };
        assert_eq!(codes.len(), 1, "{path}");
        let address = format!("{BASE}{path}");
        let svg = code.select(&selector("svg")).next().unwrap();
        assert_eq!(svg.attr("role"), Some("img"));
        assert_eq!(svg.attr("aria-label"), Some(&*address));
        assert_eq!(scanned(svg), address);
        let caption: String = code.select(&selector("figcaption")).flat_map(|caption| caption.text()).collect();
        assert_eq!(caption, address, "it is also printed");
        with_code.push(path.as_str());
    }
    let is_expected = |path: &str| {
        path == "aoba/print.html" || ["goals/", "policies/", "programs/"].iter().any(|folder| path.contains(folder))
    };
    let redirects = |path: &str| String::from_utf8_lossy(&site[path]).contains("http-equiv=\"refresh\"");
    let expected = site.keys().map(String::as_str).filter(|path| path.ends_with(".html") && is_expected(path));
    assert_eq!(with_code, expected.filter(|path| !redirects(path)).collect::<Vec<_>>());
}

#[test]
fn without_a_base_address_there_is_no_code() {
    for (path, bytes) in site("").iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(!String::from_utf8_lossy(bytes).contains("page-code"), "{path}");
    }
}

#[test]
fn codes_are_shown_on_paper_only() {
    let style = std::fs::read_to_string(root().join("themes/default/assets/style.css")).unwrap();
    let (screen, rest) = style.split_once(".page-code {").unwrap();
    assert!(rest.starts_with(" display: none; }\n\n@media print {\n  .page-code { display: flex;"));
    assert!(!screen.contains("page-code"));
}
