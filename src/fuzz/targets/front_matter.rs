//! Content files, each input as one of several files: every error has a place in the file.

use super::{Features, read};
use crate::fuzz::Target;

pub(in crate::fuzz) const TARGET: Target = Target {
    name: "front_matter",
    pieces: &[
        "+++\n",
        "+++",
        "\n",
        "[",
        "]",
        "[[",
        "]]",
        "=",
        "\"",
        "'",
        "\"\"\"",
        "{",
        "}",
        "#",
        ".",
        ",",
        "true",
        "1979-05-27",
        "0x7f",
        "1_000",
        "name = \"x\"\n",
        "[[indicator]]\n",
        "id = \"hashi\"\n",
        "indicator.hashi.actual.R5 = 3\n",
        "target.end = \"5以上\"\n",
        "money.budget.R5 = 1\n",
        "[[edition]]\n",
        "year = \"R6\"\n",
        "draft = true\n",
        "[[scale]]\n",
        "marks = [\"A\"]\n",
        "[[program]]\n",
        "formerly = [\"a\"]\n",
        "links = [\"program:tenken\"]\n",
        "[[acknowledge]]\n",
        "rule = \"part-sum\"\n",
        "[[correction]]\n",
        "## 成果\n",
        "![図](a.png)\n",
        "[x](policy:1)",
        "better = \"lower\"\n",
        "unit = \"%\"\n",
        "method = \"x\"\n",
        "[[goal]]\n",
        "[[survey]]\n",
        "[[field]]\n",
        "easy",
        "parts = [",
        "funding = {",
        "note = \"注\"",
        "measured = \"R4\"",
        "\\u0000",
        "<<<<<<< HEAD\n",
        "\r\n",
    ],
    inputs: 500,
    run,
};

/// Files as which an input is read; its first byte chooses one, so that each input has one meaning.
const PLACES: [&str; 7] = [
    "mura/policies/1/policy.md",
    "mura/policies/1/2023.md",
    "mura/programs/tenken/program.md",
    "mura/programs/tenken/2023.md",
    "mura/strategy.toml",
    "site.toml",
    "glossary.toml",
];

fn run(input: &[u8]) -> Features {
    let Some((first, rest)) = input.split_first() else { return Features::new() };
    let place = PLACES[usize::from(*first) % PLACES.len()];
    let (_, rules) = read(&[(place, rest)]);
    rules.into_iter().map(|rule| format!("{place}: {rule}")).collect()
}
