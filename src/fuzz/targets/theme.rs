//! Files of a custom theme: errors have a place in the file. The first line of an input is the path of the file.

use super::{Features, check_diagnostics};
use crate::diagnostic::Sources;
use crate::fuzz::Target;
use crate::model::Site;
use crate::theme::{Theme, ThemeFile};
use serde::Serialize;

pub(in crate::fuzz) const TARGET: Target = Target {
    name: "theme",
    pieces: &[
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "{{ name }}",
        "{{ none }}",
        "{{ part.label }}",
        "{% for part in parts %}",
        "{% endfor %}",
        "{% if name %}",
        "{% elif count %}",
        "{% else %}",
        "{% endif %}",
        "{% block x %}",
        "{% endblock %}",
        "{% extends \"layout.html\" %}",
        "{% include \"own.html\" %}",
        "{% set a = 1 %}",
        "{{ <Ref r={name} /> }}",
        "{{ <Own /> }}",
        "{% component Own() %}",
        "{% endcomponent %}",
        " | upper",
        " | fill(a=1)",
        " | safe",
        " | ruby",
        " | phrases",
        " | sort",
        " | unique",
        " | nothing",
        " ~ ",
        " == ",
        " + ",
        "loop.index",
        "count / 0",
        "count % 0",
        "[0]",
        "[99]",
        "[:1]",
        "..",
        "\"",
        "\\",
        "{% raw %}",
        "{% endraw %}",
        "{%-",
        "-%}",
        "t.home",
        "home = \"x\"\n",
        "{edition}",
        "{nothing}",
        "templates/own.html\n",
        "texts/ja.toml\n",
        "assets/style.css\n",
        "templates/layout.html\n",
    ],
    inputs: 100,
    run,
};

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

fn run(input: &[u8]) -> Features {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let Ok(path) = std::str::from_utf8(&input[..end]) else { return Features::from(["not UTF-8".to_owned()]) };
    let bytes = input.get(end + 1..).unwrap_or_default().to_vec();
    let mut sources = Sources::default();
    let source = String::from_utf8(bytes.clone()).ok().map(|text| sources.add(path, text));
    let site = Site { title: "甲市の計画".to_owned(), lang: "ja".to_owned(), ..Site::default() };
    let errors = match Theme::load(&site, &[ThemeFile { path: path.to_owned(), bytes, source }]) {
        Ok(theme) => match theme.render_template("own.html", &DATA, &mut Vec::new()) {
            Ok(_) => return Features::from(["rendered".to_owned()]),
            Err(errors) => errors,
        },
        Err(errors) => errors,
    };
    assert!(!errors.is_empty());
    let mut features = check_spans(&errors, &sources);
    // Messages without what they quote.
    features.extend(errors.iter().map(|error| {
        let quoted = error.message.en.split(['`', '"', '\'']).step_by(2).collect::<String>();
        quoted.chars().filter(|c| c.is_ascii_alphabetic() || *c == ' ').take(60).collect()
    }));
    features
}

/// Errors in files of the default theme, on which a theme depends, have no place.
fn check_spans(errors: &[crate::diagnostic::Diagnostic], sources: &Sources) -> Features {
    let placed: Vec<_> = errors.iter().filter(|error| error.span().is_some()).cloned().collect();
    check_diagnostics(&placed, sources)
}
