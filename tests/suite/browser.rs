//! Browser tests of the built sites, run by `tests/browser/run.mjs`. `cargo xtask browser` installs their dependencies.

use crate::hostile::payloads;
use crate::support::content::fixture;
use crate::support::corpus::large;
use crate::support::sites::{ENGLISH, REPORTS, with_site_toml};
use crate::support::{build, copy, root, seeds, temp_dir, write, write_tree};
use std::path::Path;
use std::process::Command;

#[test]
#[ignore = "needs Node, a browser and a Japanese font: cargo xtask test"]
fn pages_in_a_real_browser() {
    let (_guard, folder) = temp_dir();
    let areas = std::env::var("SHIRUBE_BROWSER_AREAS").unwrap_or_default();
    write_tree(&REPORTS, &folder.join("site"));
    hostile_sites(&folder.join("hostile"));
    // Campaigns open the sites with payloads again and again, for which the others are not needed.
    if areas != "hostile" {
        write_tree(&ENGLISH, &folder.join("english"));
        large_site(&folder.join("large"));
        nation_site(&folder.join("nation"));
        single_site(&folder.join("single"));
        let charts = "embed = true\nbase = \"https://www.city.example.jp/keikaku/\"\n";
        write_tree(&with_site_toml(|text| format!("{charts}{text}")), &folder.join("embed"));
    }

    let suite = root().join("tests/browser");
    let mut node = Command::new("node");
    node.arg(format!("--test-reporter={}", suite.join("support/reporter.mjs").display()));
    node.arg(suite.join("run.mjs")).arg(folder.join("site"));
    node.args(areas.split_whitespace());
    node.env("SHIRUBE_ENGLISH", folder.join("english")).env("SHIRUBE_HOSTILE", folder.join("hostile"));
    node.env("SHIRUBE_LARGE", folder.join("large")).env("SHIRUBE_SINGLE", folder.join("single"));
    node.env("SHIRUBE_NATION", folder.join("nation"));
    node.env("SHIRUBE_EMBED", folder.join("embed"));
    assert!(node.status().unwrap().success());
}

/// Builds the site of a large city, without the pages that all cities have alike.
fn large_site(folder: &Path) {
    let (_guard, content) = temp_dir();
    large::write(&content, large::PROGRAMS).unwrap();
    let mut site = std::fs::read_to_string(content.join("site.toml")).unwrap();
    site.push_str("permanent = false\nprint = false\n");
    write(&content.join("site.toml"), site.as_bytes());
    build(&content, folder);
}

/// Builds a site with a single strategy: one of the reports.
fn single_site(folder: &Path) {
    let (_guard, content) = temp_dir();
    copy(&root().join("content/kitakami"), &content.join("kitakami"));
    write(&content.join("site.toml"), "title = \"しるべ\"\n".as_bytes());
    build(&content, folder);
}

/// Builds the site of 60 units, whose words `tests/browser/areas/nation.mjs` searches.
fn nation_site(folder: &Path) {
    let (_guard, content) = temp_dir();
    write(&content.join("site.toml"), "title = \"見本の国\"\n".as_bytes());
    for number in 0..60 {
        let unit = content.join(format!("unit-{number}"));
        let text = format!(
            "title = \"第{number}次計画\"\npublisher = \"見本市\"\n[[edition]]\nid = \"2024\"\nlabel = \"版\"\n"
        );
        write(&unit.join("strategy.toml"), text.as_bytes());
        let rare = if number == 37 { "コユウノコトバ37、橋の点検、５０㌔㍍。" } else { "" };
        let half = if number % 2 == 0 { "Wi-Fiの整備。" } else { "" };
        let text = format!(
            "+++\nname = \"施策\"\n+++\n共通の課題。{rare}{half}\n固有の言葉{number}番。\n利用者は1,{number:03}人。\n"
        );
        write(&unit.join("policies/1/policy.md"), text.as_bytes());
        write(&unit.join("policies/1/2024.md"), "## 実績\n実施した。\n".as_bytes());
    }
    build(&content, folder);
}

/// Builds sites whose content contains script payloads; those with the suffix `-no-csp` have no content security
/// policy.
fn hostile_sites(folder: &Path) {
    let payload = payloads::markup(seeds(1).start);
    let (markup, _) = payloads::with_markup(&payload);
    // The faults of the broken theme are known for this payload.
    let fixed = if payload == payloads::MARKUP { markup.clone() } else { payloads::with_markup(payloads::MARKUP).0 };
    let (keys, texts) = (fixture("keys"), payloads::theme_texts("ja", &payload));
    let (addresses, _) = payloads::with_addresses();
    let golden = root().join("tests/golden/theme");
    let broken = root().join("tests/browser/broken-theme");
    for (name, files, theme) in [
        ("markup", &markup, None),
        ("markup-no-csp", &markup, None),
        ("addresses-no-csp", &addresses, None),
        ("theme-no-csp", &markup, Some(&golden)),
        ("texts-no-csp", &keys, None),
        ("broken", &fixed, Some(&broken)),
        ("broken-no-csp", &fixed, Some(&broken)),
    ] {
        let (_guard, content) = temp_dir();
        write_tree(files, &content);
        let mut site = std::fs::read_to_string(content.join("site.toml")).unwrap();
        if name.ends_with("-no-csp") {
            let policy = site.lines().find(|line| line.starts_with("csp = ")).expect("the fixture declares csp");
            site = site.replace(policy, "csp = false");
        }
        if let Some(theme) = theme {
            copy(theme, &content.join("theme"));
            site.insert_str(0, "theme = \"theme\"\n");
        }
        write(&content.join("site.toml"), site.as_bytes());
        if name == "texts-no-csp" {
            payloads::write_theme_texts(&content, &texts);
        }
        build(&content, &folder.join(name));
    }
}
