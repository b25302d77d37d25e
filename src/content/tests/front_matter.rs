//! Tests of Markdown files: front matter between `+++` lines, then the body.

use super::{load, node, rules};

/// Checks that a program file `text` has this name and body, and that the span of the body is correct.
fn check(text: &str, name: &str, body: &str) {
    let loaded = load(&[
        ("s/strategy.toml", "title = \"x\"\npublisher = \"x\"\n[[program]]\nid = \"p\"\n"),
        ("s/programs/p/program.md", text),
    ]);
    assert_eq!(rules(&loaded), Vec::<String>::new(), "{text:?}");
    let program = node(&loaded, "p");
    assert_eq!((program.name.as_str(), program.body.markdown.as_str()), (name, body), "{text:?}");
    assert_eq!(text.get(program.body.span.range()), Some(body), "span of the body");
}

#[test]
fn splits_front_matter_and_body() {
    check("+++\nname = \"あ\"\n+++\n言葉\n", "あ", "言葉\n");
    check("+++\nname = \"あ\"\n+++", "あ", "");
}

#[test]
fn allows_code_and_equations_in_the_body() {
    for body in [
        "```\n+++\n[money]\nbudget.R5 = 1\n+++\n```\n",
        "```\n~~~\n+++\n~~~\n+++\n```\n",
        "````\n```\n+++\n```\n+++\n````\n",
        "~~~ toml\n```\nname = \"あ\"\n~~~~\n",
        "```\n```toml\n+++\n```\n",
        "    name = \"あ\"\n",
        "回答者数は n = 120、x=1\n",
        "n = 120\n",
        "R2 = 0.85\n",
        "相関 = 0.85\n",
        "[1] 出典\n",
        "[出典]\n",
        "費用 = 単価 × 数量\n",
        "<<<<<<<x\n",
        "見出し\n=======\n",
    ] {
        check(&format!("+++\nname = \"あ\"\n+++\n{body}"), "あ", body);
    }
}

#[test]
fn reports_front_matter_after_a_code_block() {
    for code in ["```\n~~~\n```\n", "```\nx\n````\n", "~~~\n```\n~~~ \n", "```x``` は文中のコード\n", "``\n"] {
        let loaded = load(&[
            ("s/strategy.toml", "title = \"x\"\npublisher = \"x\"\n[[program]]\nid = \"p\"\n"),
            ("s/programs/p/program.md", &format!("+++\nname = \"あ\"\n+++\n{code}+++\n")),
        ]);
        let line = 4 + code.lines().count();
        assert_eq!(rules(&loaded), [format!("s/programs/p/program.md:{line}:1 second-front-matter")], "{code}");
    }
}

#[test]
fn ignores_a_byte_order_mark_and_windows_line_ends() {
    check("\u{feff}+++\nname = \"あ\"\n+++\n言葉\n", "あ", "言葉\n");
    check("+++\r\nname = \"あ\"\r\n+++\r\n言葉\r\n", "あ", "言葉\r\n");
}

#[test]
fn ignores_blank_lines_before_and_spaces_around_fences() {
    check("\n \n+++ \nname = \"あ\"\n +++\n言葉", "あ", "言葉");
}

#[test]
fn reports_positions_in_the_whole_file() {
    let text = "\u{feff}+++\r\nname = \"あ\"\r\nnumber = 3\r\n+++\r\n[あ](x.pdf)";
    let loaded = load(&[
        ("s/strategy.toml", "title = \"x\"\npublisher = \"x\"\n[[program]]\nid = \"p\"\n"),
        ("s/programs/p/program.md", text),
    ]);
    let expected = ["s/programs/p/program.md:3:10 wrong-type", "s/programs/p/program.md:5:1 unresolved-link"];
    assert_eq!(rules(&loaded), expected);
}

#[test]
fn allows_sheets_without_front_matter() {
    let loaded = super::load_clean(&[
        (
            "s/strategy.toml",
            "title = \"x\"\npublisher = \"x\"\n[[edition]]\nid = \"e\"\nlabel = \"x\"\n[[program]]\nid = \"p\"\n",
        ),
        ("s/programs/p/program.md", "+++\nname = \"x\"\n+++\n"),
        ("s/programs/p/e.md", "\u{feff}## 実施\n言葉\n"),
    ]);
    let sections = &super::sheet(&loaded, "p").sections;
    assert_eq!((sections.len(), sections[0].title.as_str()), (1, "実施"));
}

#[test]
fn reports_the_first_hundred_errors_of_a_file_and_the_number_of_others() {
    let program = |lines: &str| {
        let text = format!("+++\n{lines}+++\n");
        let loaded = load(&[
            ("s/strategy.toml", "title = \"x\"\npublisher = \"x\"\n[[program]]\nid = \"p\"\n"),
            ("s/programs/p/program.md", &text),
        ]);
        let last = loaded.diagnostics.last().unwrap();
        (loaded.diagnostics.len(), loaded.sources.format_location(&last.location), last.message.en.clone())
    };
    let duplicates = "name = \"x\"\n".repeat(151);
    let place = "s/programs/p/program.md:103:1".to_owned();
    assert_eq!(program(&duplicates), (101, place, "50 more syntax errors from this line on".to_owned()));
    let unknown: String = (0..150).map(|number| format!("zz{number} = 1\n")).collect();
    let place = "s/programs/p/program.md:103:1".to_owned();
    let unknown = format!("name = \"x\"\n{unknown}");
    assert_eq!(program(&unknown), (101, place, "50 more unknown keys from this line on".to_owned()));
}

#[test]
fn locates_errors_at_all_lines_of_a_long_file() {
    let lines = "本文\n".repeat(1000);
    let loaded = load(&[
        ("s/strategy.toml", "title = \"x\"\npublisher = \"x\"\n[[program]]\nid = \"p\"\n"),
        ("s/programs/p/program.md", &format!("+++\nname = \"x\"\n+++\n{lines}あ[x](nowhere)\r\n[y](nowhere)\n")),
    ]);
    let places: Vec<String> = rules(&loaded).iter().map(|rule| rule.split(' ').next().unwrap().to_owned()).collect();
    assert_eq!(places, ["s/programs/p/program.md:1004:2", "s/programs/p/program.md:1005:1"]);
}
