//! The cases, grouped by subject.

use super::Case;
use crate::support::content::Change;

/// All cases in the order of `messages.txt`.
pub(super) fn all() -> Vec<Case> {
    [files(), front_matter(), syntax(), keys(), site(), ids(), values(), marks_and_headings(), links(), rows(), goals(), methods()]
        .into_iter()
        .flatten()
        .collect()
}

const SITE: &str = "site.toml";
const STRATEGY: &str = "sato/plan/strategy.toml";
const SUMAI: &str = "sato/plan/policies/sumai/policy.md";
const SUMAI_2023: &str = "sato/plan/policies/sumai/2023.md";
const IRYO: &str = "sato/plan/policies/iryo/policy.md";
const AKIYA: &str = "sato/plan/programs/akiya/program.md";
const AKIYA_2023: &str = "sato/plan/programs/akiya/2023.md";
const AKIYA_AT_IRYO: &str = "sato/plan/programs/akiya/2023@iryo.md";
const BUS: &str = "sato/plan/programs/bus/program.md";

/// Replaces `from` in `file` by `to`; `expected` is a location in that file unless it contains another path.
fn edit(file: &'static str, title: &'static str, from: &'static str, to: &'static str, expected: &str) -> Case {
    Case { title, change: Change::Edit { file, from, to }, expected: vec![in_file(file, expected)] }
}

/// Writes `text` to `file`; `expected` is as in [`edit`].
fn write(file: &'static str, title: &'static str, text: &'static str, expected: &[&str]) -> Case {
    let bytes = text.as_bytes();
    let expected = expected.iter().map(|expected| in_file(file, expected)).collect();
    Case { title, change: Change::Write { file, bytes }, expected }
}

/// Writes `bytes` to `file`; `expected` is as in [`edit`].
fn write_bytes(file: &'static str, title: &'static str, bytes: &'static [u8], expected: &str) -> Case {
    Case { title, change: Change::Write { file, bytes }, expected: vec![in_file(file, expected)] }
}

/// Moves `file` to `to`; `expected` is a location in the moved file unless it contains another path.
fn rename(file: &'static str, title: &'static str, to: &'static str, expected: &str) -> Case {
    Case { title, change: Change::Rename { file, to }, expected: vec![in_file(to, expected)] }
}

/// Adds an empty `file` whose diagnostic has no location within it.
fn misnamed(file: &'static str, title: &'static str, rule: &str) -> Case {
    Case { title, change: Change::Write { file, bytes: b"" }, expected: vec![format!("{file} {rule}")] }
}

fn in_file(file: &str, expected: &str) -> String {
    if expected.contains('/') { expected.to_owned() } else { format!("{file}:{expected}") }
}

fn files() -> Vec<Case> {
    vec![
        write("sato/plan/policy/kankyo/policy.md", "a folder with a misspelt name", "+++\nname = \"環境\"\n+++\n", &["1:1 out-of-place"]),
        write("sato/plan/2023.md", "a sheet next to the folders of nodes", "", &["1:1 out-of-place"]),
        write("strategy.toml", "a strategy at the top of the content", "title = \"x\"\n", &["1:1 out-of-place"]),
        write("sato/site.toml", "a site.toml that is not at the top of the content", "title = \"x\"\n", &["1:1 out-of-place"]),
        write_bytes(SUMAI_2023, "a file that is not UTF-8", b"+++\n[indicator.akiya]\nactual.R1 = \"\x8c\x8f\"\n+++\n", "3:14 not-utf8"),
        write_bytes(STRATEGY, "a strategy.toml that is not UTF-8", b"title = \"\x97\xa2\"\n", "1:10 not-utf8"),
        rename(IRYO, "a folder without a node file", "sato/plan/policies/iryo/2023.md", "1:1 no-node-file"),
        rename(BUS, "a misspelt name of a node file", "sato/plan/programs/bus/progam.md", "1:1 no-node-file"),
        rename(SUMAI_2023, "a sheet of an undeclared edition", "sato/plan/policies/sumai/2024.md", "1:1 unknown-edition"),
        rename(AKIYA_2023, "a variant sheet of a repeat without its main sheet", "sato/plan/programs/shinryojo/2023.md", "sato/plan/programs/akiya/2023@iryo.md:1:1 variant-alone"),
        rename(AKIYA_AT_IRYO, "a variant sheet for a policy without a row", "sato/plan/programs/akiya/2023@iryou.md", "1:1 variant-without-row"),
        rename(AKIYA, "a node file saved as .txt", "sato/plan/programs/akiya/program.md.txt", "sato/plan/programs/akiya/2023.md:1:1 no-node-file"),
        misnamed("sato/plan/programs/bus/2022.md.txt", "a sheet saved as .md.txt", "misnamed-file"),
        misnamed("sato/plan/programs/bus/2022.m", "a sheet with an incomplete extension", "misnamed-file"),
        misnamed("sato/plan/programs/bus/2022.markdown", "a sheet with the extension .markdown", "misnamed-file"),
        misnamed("sato/plan/programs/bus/2022.mdx", "a sheet with the extension of a similar format", "misnamed-file"),
        misnamed("sato/plan/programs/bus/2023.md.bak", "a backup of a sheet", "misnamed-file"),
        misnamed("sato/plan/programs/bus/2023.txt", "a sheet with the extension .txt", "misnamed-file"),
        misnamed("sato/plan/programs/bus/2023.docx", "a sheet as a Word document", "misnamed-file"),
        misnamed("sato/plan/programs/bus/2023", "a sheet without an extension", "misnamed-file"),
        misnamed("sato/plan/strategy.MD", "strategy.md with an upper-case extension", "misnamed-file"),
        misnamed("site.toml.txt", "site.toml saved as .txt", "misnamed-file"),
        misnamed("machi/strategy.toml.txt", "strategy.toml saved as .txt", "misnamed-file"),
        write("sato/plan/policies/Kankyo_1/policy.md", "a folder whose name is not an id", "+++\nname = \"環境\"\n+++\n", &["1:1 not-an-id"]),
        write("sato/ビジョン/strategy.toml", "a strategy whose folder is not an id", "title = \"x\"\npublisher = \"里市\"\n", &["1:1 not-an-id"]),
    ]
}

fn front_matter() -> Vec<Case> {
    vec![
        edit(BUS, "an unclosed +++", "乗合バス\"\n+++\n", "乗合バス\"\n", "1:1 unclosed-front-matter"),
        write(BUS, "a node file without +++", "name = \"乗合バス\"\n", &["1:1 no-front-matter"]),
        write(BUS, "an empty node file", "", &["1:1 no-front-matter"]),
        write(BUS, "--- instead of +++", "---\nname: 乗合バス\n---\n", &["1:1 no-front-matter"]),
        write("sato/plan/programs/bus/2023.md", "a sheet with full-width ＋＋＋", "＋＋＋\n[judgement]\nstatus = \"順調\"\n＋＋＋\n", &["1:1 no-front-matter"]),
        edit(SUMAI_2023, "a sheet without its opening +++", "+++\n[indicator.akiya]", "[indicator.akiya]", "1:1 no-front-matter"),
        edit(BUS, "a node file without its opening +++", "+++\nname", "\nname", "2:1 no-front-matter"),
        edit(SUMAI_2023, "text before the opening +++", "+++\n[indicator.akiya]", "# 令和5年度\n+++\n[indicator.akiya]", "1:1 no-front-matter"),
        edit(SUMAI_2023, "an unresolved merge conflict in a sheet", "actual.R4 = 3\n", "        method("a band with two conditions", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\nscale = \"grade\"\nbands = [{ from = 80, to = 90, mark = \"A\" }]\n\n[[outside]]\n", "38:10 band-order"),
        method("a condition of another kind of method", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\nscale = \"grade\"\nbands = [{ when = \"reached\", mark = \"A\" }]\n\n[[outside]]\n", "38:19 band-of-others"),
        method("a tolerance in words", "[[method]]\nid = \"level\"\nkind = \"maintain\"\ntolerance = \"約1割\"\n\n[[outside]]\n", "37:13 not-a-tolerance"),
        method("a tolerance of a rate method", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\ntolerance = 2\n\n[[outside]]\n", "37:13 tolerance-of-others"),
    ]
}
