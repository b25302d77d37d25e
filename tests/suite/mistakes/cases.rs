//! The cases, grouped by subject.

use super::Case;
use crate::support::content::Change;

/// All cases in the order of `messages.txt`.
pub(super) fn all() -> Vec<Case> {
    [files(), front_matter(), syntax(), keys(), site(), ids(), values(), marks_and_headings(), corrections(), links(), rows(), goals(), methods()]
        .into_iter()
        .flatten()
        .collect()
}

/// Text of a file that is too large.
const TOO_LARGE: &[u8] = &[b'\n'; (2 << 20) + 1];

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

/// Adds a correction with these lines to the sheet of a policy; the correction begins on line 18 of the sheet.
fn correction(title: &'static str, to: &'static str, expected: &str) -> Case {
    edit(SUMAI_2023, title, "status = \"順調\"\n", to, expected)
}

fn corrections() -> Vec<Case> {
    vec![
        correction("a correction of an undeclared indicator", "status = \"順調\"\n[[correction]]\ndate = 2024-12-01\nabout = \"indicator.akya.actual.R4\"\nwas = 2\nkind = \"publisher\"\nreason = \"誤記\"\n", "20:9 correction-unknown-key"),
        correction("a correction of the key of a table", "status = \"順調\"\n[[correction]]\ndate = 2024-12-01\nabout = \"total.settlement\"\nwas = 2\nkind = \"publisher\"\nreason = \"誤記\"\n", "20:9 correction-unknown-key"),
        correction("a correction of a heading that is not declared", "status = \"順調\"\n[[correction]]\ndate = 2024-12-01\nabout = \"section:成課\"\nwas = \"x\"\nkind = \"publisher\"\nreason = \"誤記\"\n", "20:9 correction-unknown-key"),
        correction("a correction that repeats the present value", "status = \"順調\"\n[[correction]]\ndate = 2024-12-01\nabout = \"indicator.akiya.actual.H31\"\nwas = \"1,204 (H30)\"\nkind = \"publisher\"\nreason = \"誤記\"\n", "20:9 correction-same-value"),
        correction("a correction of nothing to nothing", "status = \"順調\"\n[[correction]]\ndate = 2024-12-01\nabout = \"indicator.akiya.actual.R2\"\nwas = \"\"\nkind = \"publisher\"\nreason = \"誤記\"\n", "20:9 correction-same-value"),
        edit(STRATEGY, "a correction before the publication of its edition", "label = \"令和5年度 検証シート\"\n", "label = \"令和5年度 検証シート\"\ndocument = { title = \"検証シート\", published = \"令和7年1月31日\" }\n", "sato/plan/programs/akiya/2023.md:3:44 correction-before-published"),
        correction("a correction in a month", "status = \"順調\"\n[[correction]]\ndate = \"2024-12\"\nabout = \"indicator.akiya.actual.R4\"\nwas = 2\nkind = \"publisher\"\nreason = \"誤記\"\n", "19:8 not-a-day"),
        correction("a correction of an unknown kind", "status = \"順調\"\n[[correction]]\ndate = 2024-12-01\nabout = \"indicator.akiya.actual.R4\"\nwas = 2\nkind = \"typo\"\nreason = \"誤記\"\n", "22:8 unknown-word"),
        correction("a correction without the former text", "status = \"順調\"\n[[correction]]\ndate = 2024-12-01\nabout = \"indicator.akiya.actual.R4\"\nkind = \"publisher\"\nreason = \"誤記\"\n", "18:1 missing-key"),
    ]
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
        write("sato/plan/policies/sumai/easy.md", "easy Japanese without the name of the node file", "まち。\n", &["1:1 easy-text-file"]),
        write("sato/plan/policies/sumai/policy.eazy.md", "a misspelt name of a file with easy Japanese", "まち。\n", &["1:1 easy-text-file"]),
        write("sato/plan/policies/sumai/2023.easy.md", "easy Japanese for an edition", "まち。\n", &["1:1 easy-text-file"]),
        write("sato/plan/easy.md", "easy Japanese of a strategy without its name", "まち。\n", &["1:1 easy-text-file"]),
        write("sato/plan/policies/sumai/policy.easy.md", "easy Japanese without text", "+++\ntitle = \"まち\"\n+++\n", &["1:1 easy-text-file"]),
        write("sato/plan/strategy.easy.md", "an unknown key in easy Japanese", "+++\nnam = \"まち\"\n+++\nまち。\n", &["2:1 unknown-key"]),
        misnamed("sato/plan/policies/sumai/policy.easy.md.txt", "easy Japanese saved as .md.txt", "misnamed-file"),
        misnamed("sato/plan/policies/sumai/policy.easy.docx", "easy Japanese as a Word document", "misnamed-file"),
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
        edit(SUMAI_2023, "an unresolved merge conflict in a sheet", "actual.R4 = 3\n", "<<<<<<< HEAD\nactual.R4 = 3\n=======\nactual.R4 = 4\n>>>>>>> kikaku\n", "4:1 merge-conflict"),
        edit(AKIYA, "a merge conflict in the body", "![", "<<<<<<< HEAD\n一つの文。\n=======\n別の文。\n>>>>>>> kikaku\n\n![", "11:1 merge-conflict"),
        edit(STRATEGY, "a remaining end marker of a merge conflict", "[[scale]]\nid = \"status\"", ">>>>>>> kikaku\n[[scale]]\nid = \"status\"", "11:1 merge-conflict"),
        edit("glossary.toml", "a merge conflict in the glossary", "term = \"再掲\"", "<<<<<<<\nterm = \"再掲\"\n=======\nterm = \"再掲分\"\n>>>>>>>", "6:1 merge-conflict"),
        write(BUS, "two node files in one", "+++\nname = \"乗合バス\"\n+++\n+++\nname = \"乗合バス\"\n+++\n", &["4:1 second-front-matter"]),
        write("sato/plan/programs/bus/2023.md", "two sheets in one file", "+++\n+++\n## 成果\n文。\n+++\n[judgement]\nstatus = \"順調\"\n+++\n", &["5:1 second-front-matter"]),
        write(BUS, "TOML below the front matter", "+++\nname = \"乗合バス\"\n+++\nreading = \"のりあいばす\"\n", &["4:1 toml-below"]),
        write("sato/plan/programs/bus/2023.md", "a table of figures below the front matter", "+++\n+++\n\n[money]\nbudget.R5 = 1\n", &["4:1 toml-below"]),
        write("sato/plan/programs/bus/2023.md", "a sheet without any +++", "[judgement]\nstatus = \"順調\"\n", &["1:1 no-front-matter"]),
        write_bytes("sato/plan/programs/bus/2023.md", "a sheet with carriage returns as line ends", b"+++\rmoney.settlement.R5 = 1\r+++\r", "1:4 lone-return"),
        write_bytes("sato/plan/programs/bus/2023.md", "a sheet of more than 2 MB", TOO_LARGE, "1:1 file-too-large"),
        write_bytes(STRATEGY, "strategy.toml with carriage returns as line ends", b"title = \"x\"\rpublisher = \"x\"\r", "1:12 lone-return"),
        write("sato/plan/strategy.md", "front matter in strategy.md", "+++\ntitle = \"x\"\n+++\n", &["2:1 unknown-key"]),
    ]
}

fn syntax() -> Vec<Case> {
    vec![
        edit(BUS, "a string without quotation marks", "\"乗合バス\"", "乗合バス", "2:8 toml-syntax"),
        edit(BUS, "full-width quotation marks", "\"乗合バス\"", "“乗合バス”", "2:8 toml-syntax"),
        edit(BUS, "an unclosed string", "乗合バス\"", "乗合バス", "2:13 toml-syntax"),
        edit(BUS, "a missing value", "\"乗合バス\"", "", "2:8 toml-syntax"),
        edit(BUS, "a missing =", "name =", "name", "2:6 toml-syntax"),
        edit(BUS, "a full-width ＝", "name =", "name ＝", "2:6 toml-syntax"),
        edit(BUS, "a key in Japanese", "name =", "名前 =", "2:1 toml-syntax"),
        edit(SUMAI_2023, "a comma in a bare number", "actual.R4 = 3", "actual.R4 = 1,204", "4:14 toml-syntax"),
        edit(SUMAI_2023, "a percent sign after a bare number", "actual.R4 = 3", "actual.R4 = 16.0%", "4:17 toml-syntax"),
        edit(SUMAI_2023, "▲ without quotation marks", "actual.R4 = 3", "actual.R4 = ▲124", "4:13 toml-syntax"),
        edit(SUMAI_2023, "a value without its year", "actual.R4 = 3", "actual = \"5.0\"    # 速報", "4:1 toml-syntax"),
        edit(SUMAI_2023, "a value without its year, before other values", "target.R5 = {", "target = 6\ntarget.R5 = {", "6:1 toml-syntax"),
        edit(SUMAI_2023, "a Japanese year as a key", "actual.R4 = 3", "actual.令和4年度 = 3", "4:8 toml-syntax"),
        edit(SUMAI_2023, "a note without #", "grade = \"B\"", "grade = \"B\" 速報", "8:13 toml-syntax"),
        edit(SUMAI_2023, "a note after a bare number", "actual.R4 = 3", "actual.R4 = 3 速報", "4:13 toml-syntax"),
        edit(SUMAI_2023, "a note after a table header", "[judgement]", "[judgement] ＃評価", "16:13 toml-syntax"),
        edit(SUMAI_2023, "a colon instead of =", "grade = \"B\"", "grade: \"B\"", "8:6 toml-syntax"),
        edit(SUMAI_2023, "a full-width space before a key", "actual.R4 = 3", "　actual.R4 = 3", "4:1 toml-syntax"),
        edit(SUMAI_2023, "a full-width space before a value", "actual.R4 = 3", "actual.R4 =　3", "4:12 toml-syntax"),
        edit(SUMAI_2023, "a full-width space after a value", "grade = \"B\"", "grade = \"B\"　# 速報", "8:12 toml-syntax"),
        edit(SUMAI_2023, "a table header in full-width brackets", "[judgement]", "【judgement】", "16:1 toml-syntax"),
        edit(IRYO, "a misspelt boolean", "repeat = true", "repeat = ture", "10:10 toml-syntax"),
        edit(IRYO, "a boolean in Japanese", "repeat = true", "repeat = はい", "10:10 toml-syntax"),
        edit(BUS, "a duplicate key", "+++\nname", "+++\nname = \"バス\"\nname", "3:1 toml-syntax"),
        edit(SUMAI_2023, "a duplicate table", "[judgement]\n", "[total]\nbudget.R5 = 1\n[judgement]\n", "16:2 toml-syntax"),
        edit(SUMAI_2023, "an unclosed table header", "[judgement]", "[judgement", "16:11 toml-syntax"),
        edit(SUMAI, "an unclosed header of an array of tables", "[[group]]", "[[group]", "22:9 toml-syntax"),
        edit(SUMAI, "an unclosed array", "[\"bus\"]", "[\"bus\"", "24:12 toml-syntax"),
        edit(SUMAI_2023, "an unclosed inline table", "note = \"改定後\" }", "note = \"改定後\"", "6:13 toml-syntax"),
        edit(SUMAI, "a missing comma in an array", "[\"policy:kyoiku\", ", "[\"policy:kyoiku\" ", "4:26 toml-syntax"),
        edit(SUMAI_2023, "a value with keys below it", "grade = \"B\"", "grade = \"B\"\ngrade.note = \"速報\"", "9:1 toml-syntax"),
        edit(AKIYA_2023, "a backslash in a string", "page = \"3\"", "page = \"C:\\Users\"", "2:13 toml-syntax"),
        write(BUS, "several syntax errors in one file", "+++\nname = 乗合バス\ncategory = \"交通\nreading\nnumber = 3\nnumber = 4\n+++\n", &["2:8 toml-syntax", "3:15 toml-syntax", "4:8 toml-syntax"]),
        edit(STRATEGY, "a syntax error in strategy.toml", "publisher = \"里市\"", "publisher = 里市", "2:13 toml-syntax"),
    ]
}

fn keys() -> Vec<Case> {
    vec![
        edit(AKIYA, "an unknown key", "department =", "departmnet =", "3:1 unknown-key"),
        edit(AKIYA, "an unknown key without a similar one", "department =", "tantou =", "3:1 unknown-key"),
        edit(BUS, "a misspelt required key", "name =", "nmae =", "2:1 unknown-key"),
        edit(BUS, "a missing required key", "name = \"乗合バス\"\n", "reading = \"のりあいばす\"\n", "2:1 missing-key"),
        edit(SUMAI, "a missing required key in the second table of an array", "id = \"sugata\"\nname = \"目指す姿\"\n", "id = \"sugata\"\n", "13:1 missing-key"),
        edit(AKIYA, "a missing required key among dotted keys", "[printed.R4]\nname = \"空家バンク\"\nsic = true\n", "printed.R4.sic = true\n", "7:9 missing-key"),
        edit(AKIYA, "an unknown key among dotted keys", "[printed.R4]\nname = \"空家バンク\"\n", "printed.R4.name = \"空家バンク\"\nprinted.R4.sick = true\n[printed.R3]\nname = \"空家\"\n", "8:12 unknown-key"),
        edit(STRATEGY, "a key at the wrong level", "period = \"R2/R6\"", "period = \"R2/R6\"\nyear = \"R5\"", "4:1 unknown-key"),
        edit(SUMAI, "a misspelt name of an array of tables", "[[indicator]]\nid = \"akiya\"", "[[indicater]]\nid = \"akiya\"", "6:3 unknown-key"),
        edit(BUS, "a string where an array of tables is expected", "name =", "indicator = \"x\"\nname =", "2:13 wrong-type"),
        edit(SUMAI, "single instead of double brackets", "[[group]]", "[group]", "22:1 wrong-type"),
        edit(BUS, "a number where a string is expected", "\"乗合バス\"", "3", "2:8 wrong-type"),
        edit(IRYO, "a string where a boolean is expected", "repeat = true", "repeat = \"true\"", "10:10 wrong-type"),
        edit(STRATEGY, "a date without quotation marks", "label = \"令和5年度 検証シート\"", "label = \"令和5年度\"\nas_of = 2023-09-30", "10:9 wrong-type"),
        edit(BUS, "an empty string", "\"乗合バス\"", "\" \"", "2:8 empty-text"),
        edit(SUMAI, "an invalid choice", "better = \"higher\"", "better = \"up\"", "10:10 unknown-word"),
        edit(STRATEGY, "a misspelt choice", "tone = \"good\" },\n    {", "tone = \"gold\" },\n    {", "16:27 unknown-word"),
        edit(AKIYA_2023, "an unknown kind of money", "settlement.R5 =", "settlment.R5 =", "6:1 unknown-key"),
        edit(SUMAI_2023, "an undeclared indicator without a similar one", "[indicator.sugata]", "[indicator.jinko]", "10:12 unknown-indicator"),
        edit(SUMAI_2023, "an undeclared indicator", "[indicator.sugata]", "[indicator.sugatta]", "10:12 unknown-indicator"),
        edit("glossary.toml", "a term without a meaning", "meaning = \"一年間に実際に使ったお金。\"\n", "", "1:1 missing-key"),
        edit("site.toml", "site.toml without a title", "title =", "tilte =", "1:1 unknown-key"),
    ]
}

fn site() -> Vec<Case> {
    vec![
        edit(SITE, "a string as the value of `search`", "title =", "search = \"no\"\ntitle =", "1:10 wrong-type"),
        edit(SITE, "a base URL without https://", "\"https://www.city.sato.example/plan/\"", "\"www.city.sato.example/plan/\"", "3:8 not-an-address"),
        edit(SITE, "a base URL that ends in a file name", "/plan/\"", "/plan/index.html\"", "3:8 not-an-address"),
        edit(SITE, "an invalid accent colour", "#0b5c3b", "green", "4:10 not-a-colour"),
        edit(SITE, "an accent colour with five digits", "#0b5c3b", "#0b5c3", "4:10 not-a-colour"),
        edit(SITE, "an accent colour with low contrast", "#0b5c3b", "#3cb371", "4:10 weak-contrast"),
        edit(SITE, "a missing logo", "crest.svg", "crest.png", "7:8 no-such-file"),
        edit(SITE, "a logo in a folder", "crest.svg", "images/mark.svg", "7:8 no-such-file"),
        edit(SITE, "a logo in an unsupported format", "crest.svg", "crest.ai", "7:8 not-a-picture"),
        edit(SITE, "a logo without alternative text", "alt = \"里市章\"\n", "", "6:1 missing-key"),
        edit(SITE, "an SVG as image of links", "[contact]", "[image]\nfile = \"crest.svg\"\nalt = \"里市章\"\n[contact]", "11:8 not-a-picture"),
        edit(SITE, "a contact without a name", "name = \"企画課\"\n", "", "10:1 missing-key"),
        edit(SITE, "a telephone number without an area code", "0120-00-0000（内線11）", "内線11", "13:9 not-a-phone"),
        edit(SITE, "a region code without its check digit", "publisher =", "region_code = \"03206\"\npublisher =", "2:15 not-a-region-code"),
        edit(SITE, "a region code with a wrong check digit", "publisher =", "region_code = \"032068\"\npublisher =", "2:15 not-a-region-code"),
        edit(STRATEGY, "a region code that is a name", "period =", "region_code = \"里市\"\nperiod =", "3:15 not-a-region-code"),
        edit(STRATEGY, "a license without a name", "period =", "license = { url = \"https://www.city.sato.example/\" }\nperiod =", "3:11 missing-key"),
        edit(SITE, "a license with a script URL", "publisher =", "license = { name = \"x\", url = \"javascript:alert(1)\" }\npublisher =", "2:31 not-an-address"),
        edit(STRATEGY, "a date of publication that is no day", "[[scale]]\nid = \"status\"", "[edition.document]\ntitle = \"x\"\npublished = { printed = \"令和6年秋\", date = \"2024-09\" }\n[[scale]]\nid = \"status\"", "13:41 not-a-day"),
        edit(SITE, "an invalid mail address", "kikaku@", "kikaku＠", "14:8 not-a-mail-address"),
        edit(SITE, "an unknown key of the contact", "phone =", "tel =", "13:1 unknown-key"),
        edit(SITE, "a contact URL without a host", "\"https://www.city.sato.example/toiawase\"", "\"/toiawase\"", "15:7 not-an-address"),
        edit(SITE, "a link with an invalid URL", "href = \"https://www.city.sato.example/\"", "href = \"里市\"", "19:8 not-an-address"),
        edit(SITE, "a link with a script URL", "href = \"https://www.city.sato.example/\"", "href = \"java\\tscript:alert(1)\"", "19:8 not-an-address"),
        edit(SITE, "a link without https:", "href = \"https://www.city.sato.example/\"", "href = \"//www.city.sato.example/\"", "19:8 not-an-address"),
        edit(SITE, "a contact with a script URL", "\"https://www.city.sato.example/toiawase\"", "\"JaVaScRiPt:alert(1)\"", "15:7 not-an-address"),
        edit(STRATEGY, "a document with a script URL", "[[scale]]\nid = \"status\"", "[edition.document]\ntitle = \"x\"\nurl = \"javascript:alert(1)\"\n[[scale]]\nid = \"status\"", "13:7 not-an-address"),
        edit(STRATEGY, "a document with a script URL hidden by control characters", "[[scale]]\nid = \"status\"", "[edition.document]\ntitle = \"x\"\nurl = \"\\u0001java\\nscript:alert(1)\"\n[[scale]]\nid = \"status\"", "13:7 not-an-address"),
        edit(STRATEGY, "a document on another server without https:", "[[scale]]\nid = \"status\"", "[edition.document]\ntitle = \"x\"\nurl = '/\\evil.example'\n[[scale]]\nid = \"status\"", "13:7 not-an-address"),
        edit(STRATEGY, "a document with a misspelt URL scheme", "[[scale]]\nid = \"status\"", "[edition.document]\ntitle = \"x\"\nurl = \"htps://www.city.sato.example/a.pdf\"\n[[scale]]\nid = \"status\"", "13:7 not-an-address"),
        edit(SITE, "a link without a label", "label = \"里市\"\n", "", "17:1 missing-key"),
        edit(SITE, "links in single brackets", "[[link]]", "[link]", "17:1 wrong-type"),
    ]
}

fn ids() -> Vec<Case> {
    vec![
        edit(STRATEGY, "a duplicate edition", "[[scale]]\nid = \"status\"", "[[edition]]\nid = \"2023\"\nlabel = \"x\"\n[[scale]]\nid = \"status\"", "12:6 duplicate-id"),
        edit(STRATEGY, "a scale without an id", "id = \"status\"\n", "", "11:1 missing-key"),
        edit(STRATEGY, "a scale without of", "of = [\"indicator\"]\n", "", "20:1 missing-key"),
        edit(SUMAI, "cumulative without the series and year", "unit = \"件\"", "unit = \"件\"\ncumulative = true", "10:1 unknown-key"),
        edit(SUMAI, "a total under both key names", "unit = \"件\"", "unit = \"件\"\ncumulative_from = \"R1\"\ntarget_total_from = \"R1\"", "10:1 told-twice"),
        edit(SUMAI_2023, "an interim value without another value of its year", "actual.R4 = 3", "interim.R4 = { value = 3, as_of = \"R4.9.30\" }", "4:14 interim-alone"),
        edit(SUMAI_2023, "a target in the column start", "target.end = 20", "target.start = 20", "7:8 not-a-year"),
        edit(SUMAI_2023, "an estimate that is neither true nor a string", "actual.R4 = 3", "actual.R4 = { value = 3, estimated = 1 }", "4:38 wrong-type"),
        edit(SUMAI, "a duplicate indicator", "id = \"sugata\"", "id = \"akiya\"", "14:6 duplicate-id"),
        edit(SUMAI, "an indicator without an id", "id = \"sugata\"\n", "", "13:1 missing-key"),
        edit(SUMAI, "an id with invalid characters", "id = \"sugata\"", "id = \"目指す姿\"", "14:6 not-an-id"),
        edit(STRATEGY, "a duplicate goal", "id = \"sumu\"", "id = \"machi\"", "43:6 duplicate-id"),
        edit(STRATEGY, "a goal in strategy.toml and in a folder", "id = \"sumu\"", "id = \"kurashi\"\nname = \"くらし\"\n[[goal]]\nid = \"sumu\"", "42:1 duplicate-id"),
        edit(STRATEGY, "a duplicate mark in a scale", "mark = \"B\"", "mark = \"A\"", "24:50 duplicate-id"),
        edit("glossary.toml", "a duplicate term", "term = \"再掲\"", "term = \"決算額\"", "5:1 duplicate-id"),
        edit(AKIYA, "a former id that is in use", "\"akiya-bank\"", "\"bus\"", "5:13 duplicate-id"),
        edit(AKIYA, "a former id that is the current one", "\"akiya-bank\"", "\"akiya\"", "5:13 duplicate-id"),
        edit(AKIYA, "a former id that is a path", "\"akiya-bank\"", "\"../akiya-bank\"", "5:13 not-an-id"),
        edit(AKIYA, "a former id that is a reserved device name", "\"akiya-bank\"", "\"con\"", "5:13 impossible-name"),
        edit(BUS, "a former id shared with another program", "\"乗合バス\"", "\"乗合バス\"\nformerly = [\"akiya-bank\"]", "3:13 same-address"),
        write("sato/plan/policies/aux/policy.md", "a folder with a reserved device name", "+++\nname = \"環境\"\n+++\n", &["1:1 impossible-name"]),
        write("sato/plan/editions/nul.toml", "an edition with a reserved device name", "label = \"x\"\n", &["1:1 impossible-name"]),
        edit(STRATEGY, "an edition in strategy.toml with a reserved device name", "[[scale]]\nid = \"status\"", "[[edition]]\nid = \"lpt9\"\nlabel = \"x\"\n[[scale]]\nid = \"status\"", "12:6 impossible-name"),
        edit(STRATEGY, "a goal with a reserved device name", "id = \"sumu\"", "id = \"prn\"", "43:6 impossible-name"),
        write("com1/strategy.toml", "a municipality with a reserved device name", "title = \"x\"\npublisher = \"x\"\n", &["1:1 impossible-name"]),
        write("assets/strategy.toml", "a municipality with the name of the theme folder of the site", "title = \"x\"\npublisher = \"x\"\n", &["1:1 same-address"]),
        write("search/strategy.toml", "a municipality with the name of a page of the site", "title = \"x\"\npublisher = \"x\"\n", &["1:1 same-address"]),
    ]
}

fn values() -> Vec<Case> {
    vec![
        edit(SUMAI_2023, "an invalid year", "actual.R4 =", "actual.R100 =", "4:8 not-a-year"),
        edit(SUMAI_2023, "a year with a lower-case era", "actual.R4 =", "actual.r4 =", "4:8 not-a-year"),
        edit(SUMAI_2023, "a value where years are expected", "settlement.R5 = 1500", "settlement = 1500", "14:14 wrong-type"),
        edit(STRATEGY, "a year after the end of its era", "year = \"R5\"", "year = \"昭和99\"", "8:8 not-a-year"),
        edit(SUMAI, "a row that is lost and known", "marker.R5 = \"新規\"", "marker.R5 = \"新規\"\nlost = \"不明\"", "21:8 told-twice"),
        edit(SUMAI, "a name of a row that is not lost", "marker.R5 = \"新規\"", "marker.R5 = \"新規\"\nname = \"空き家\"", "21:8 unknown-key"),
        edit(STRATEGY, "a year in another base", "year = \"R5\"", "year = 0x7E7", "8:8 wrong-type"),
        edit(STRATEGY, "a reversed period", "R2/R6", "R6/R2", "3:10 not-a-year"),
        edit(SUMAI_2023, "values of an undeclared comparison", "grade = \"B\"", "comparison.ken.R5 = 7", "8:12 unknown-key"),
        edit(SUMAI_2023, "a group without a year", "grade = \"B\"", "breakdown.higashi = 7", "8:11 unknown-key"),
        edit(SUMAI, "a source with an unusable address", "unit = \"件\"", "source = { name = \"統計\", url = \"www.pref.example\" }", "9:31 not-an-address"),
        edit(SUMAI_2023, "one year in two eras", "actual.R4 =", "actual.H31 =", "4:8 same-year-twice"),
        edit(AKIYA_2023, "one year twice in a judgement", "status.R5 = \"順調\"", "status.R1 = \"順調\"\nstatus.H31 = \"遅れ\"", "13:8 same-year-twice"),
        edit(AKIYA, "one year twice among the printed names", "[printed.R4]", "[printed.H31]\nname = \"空家\"\n[printed.R1]", "9:10 same-year-twice"),
        edit(SUMAI_2023, "a value outside the grammar", "\"1,204 (H30)\"", "\"1,204 (速報)\"", "3:13 not-a-value"),
        edit(SUMAI_2023, "a number within a phrase", "\"1,204 (H30)\"", "\"全国16位\"", "3:13 not-a-value"),
        edit(SUMAI_2023, "two numbers in one cell", "\"1,204 (H30)\"", "\"7組、14名\"", "3:13 not-a-value"),
        edit(SUMAI_2023, "a range in one cell", "\"1,204 (H30)\"", "\"3名から4名\"", "3:13 not-a-value"),
        edit(SUMAI_2023, "a separator in the wrong place", "\"1,204 (H30)\"", "\"12,04\"", "3:13 not-a-value"),
        edit(SUMAI_2023, "an undeclared placeholder of a missing value", "\"-\"", "\"―\"", "5:13 not-a-value"),
        edit(AKIYA_2023, "an amount in a unit other than that of the other amounts", "budget.R5 = 2000", "budget.R5 = \"2,000,000円\"", "5:13 other-money"),
        edit(AKIYA_2023, "an undeclared kind of money", "budget.R5 = 2000", "jinkenhi.budget.R5 = 2000", "5:1 unknown-key"),
        edit(AKIYA_2023, "an amount over all years that is not planned", "budget.R5 = 2000", "budget.all = 2000", "5:8 not-a-year"),
        edit(AKIYA_2023, "an undeclared source of funding", "budget.R5 = 2000", "budget.R5 = { value = 2000, funding = { kuni = 2000 } }", "5:41 unknown-key"),
        edit(AKIYA_2023, "an amount in another unit that is a bound", "budget.R5 = 2000", "budget.R5 = \"約200万円\"", "5:13 other-money"),
        edit(AKIYA_2023, "an amount with letters instead of digits", "value = 1500 }]", "value = \"15OO\" }]", "6:66 other-money"),
        edit(SUMAI_2023, "a bare number in another base", "actual.R4 = 3", "actual.R4 = 0x10", "4:13 not-a-value"),
        edit(SUMAI_2023, "a boolean where a value is expected", "actual.R4 = 3", "actual.R4 = true", "4:13 wrong-type"),
        edit(SUMAI_2023, "a number where words are expected", "\"空き家の相談が増えている\"", "12", "11:13 not-a-value"),
        edit(SUMAI_2023, "two values in one inline table", "note = \"改定後\"", "missing = \"-\"", "6:13 not-a-value"),
        edit(SUMAI_2023, "a nested table", "value = \"8件以上\"", "value = { value = 8, note = \"速報\" }", "6:23 wrong-type"),
        edit(SUMAI_2023, "a table without a value", "{ value = \"8件以上\", note", "{ note", "6:13 not-a-value"),
        edit(SUMAI_2023, "a misspelt key of a value", "{ value =", "{ vlaue =", "6:15 unknown-key"),
        edit(SUMAI_2023, "an unknown key of a value", "note = \"改定後\"", "remark = \"改定後\"", "6:31 unknown-key"),
        edit(SUMAI_2023, "an invalid bound", "note = \"改定後\"", "bound = \"over\"", "6:39 unknown-word"),
        edit(SUMAI_2023, "a bound of a value that is not a number", "value = \"8件以上\", note = \"改定後\"", "printed = \"前年度より増\", bound = \"above\"", "6:13 not-a-value"),
        edit(SUMAI_2023, "a reversed range", "value = \"8件以上\", note = \"改定後\"", "from = 4, to = 3", "6:13 not-a-range"),
        edit(SUMAI_2023, "a bound that contradicts the printed one", "note = \"改定後\"", "bound = \"at-most\"", "6:13 not-a-value"),
        edit(SUMAI_2023, "a range with two units", "value = \"8件以上\", note = \"改定後\"", "from = \"1人\", to = \"2円\"", "6:13 not-a-range"),
        edit(SUMAI_2023, "a value measured after its year", "actual.R4 = 3", "actual.R4 = { value = 3, measured = \"R99\" }", "4:13 not-a-year"),
        edit(SUMAI_2023, "a value with an invalid date", "actual.R4 = 3", "actual.R4 = { value = 3, as_of = \"R4.9.31\" }", "4:34 not-a-day"),
        edit(STRATEGY, "an edition with an invalid date", "id = \"2023\"", "id = \"2023\"\nas_of = \"2023-13-45\"", "8:9 not-a-day"),
        edit(STRATEGY, "a document with an invalid date", "[[scale]]\nid = \"status\"", "[edition.document]\ntitle = \"x\"\npublished = \"2024-13-40\"\n[[scale]]\nid = \"status\"", "13:13 not-a-day"),
        edit(STRATEGY, "a language by its Japanese name", "period =", "lang = \"日本語\"\nperiod =", "3:8 not-a-language"),
        edit(STRATEGY, "a language by its English name", "period =", "lang = \"japanese\"\nperiod =", "3:8 not-a-language"),
        edit(SUMAI_2023, "an invalid measured year", "note = \"改定後\"", "measured = \"H99\"", "6:42 not-a-year"),
        edit(AKIYA_2023, "a part without its value", "name = \"補助金\", value = 1500", "name = \"補助金\"", "6:42 missing-key"),
        edit(SUMAI_2023, "an actual value in the column end", "actual.R4 =", "actual.end =", "4:8 not-a-year"),
    ]
}

fn marks_and_headings() -> Vec<Case> {
    vec![
        edit(SUMAI_2023, "an unknown mark", "status = \"順調\"", "status = \"順長\"", "17:10 unknown-mark"),
        edit(SUMAI_2023, "an unknown mark of an indicator", "grade = \"B\"", "grade = \"Ｂ\"", "8:9 unknown-mark"),
        edit(SUMAI_2023, "an unknown mark without a similar one", "grade = \"B\"", "grade = \"◎\"", "8:9 unknown-mark"),
        edit(SUMAI_2023, "an unknown scale", "status = \"順調\"", "statsu = \"順調\"", "17:1 unknown-key"),
        edit(SUMAI_2023, "a scale that does not apply to the node", "status = \"順調\"", "grade = \"A\"", "17:1 scale-of-others"),
        edit(SUMAI_2023, "a judgement with only a note", "status = \"順調\"", "status = { note = \"保留\" }", "17:10 missing-key"),
        edit(SUMAI_2023, "a judgement with a misspelt key", "status = \"順調\"", "status = { marc = \"順調\", note = \"x\" }", "17:12 unknown-key"),
        edit(SUMAI_2023, "a judgement that is both given and missing", "status = \"順調\"", "status = { mark = \"順調\", missing = \"-\" }", "17:10 not-a-judgement"),
        edit(SUMAI_2023, "a judgement without any mark", "status = \"順調\"", "status = []", "17:10 empty-text"),
        edit(STRATEGY, "a judge with a reserved id", "[[scale]]\nid = \"status\"", "[[judge]]\nid = \"mark\"\ntitle = \"外部評価\"\n[[scale]]\nid = \"status\"", "12:6 not-an-id"),
        edit(STRATEGY, "a scale of an unknown judge", "of = [\"policy\", \"program\"]\nmarks", "of = [\"policy\", \"program\"]\njudges = [\"council\"]\nmarks", "15:11 unknown-word"),
        edit(STRATEGY, "points with marks", "of = [\"policy\", \"program\"]\nmarks", "of = [\"policy\", \"program\"]\nkind = \"points\"\nmarks", "16:1 unknown-key"),
        edit(STRATEGY, "marks with a maximum", "of = [\"policy\", \"program\"]\nmarks", "of = [\"policy\", \"program\"]\nmax = 20\nmarks", "15:1 unknown-key"),
        edit(AKIYA_2023, "a judgement with an invalid year", "status.R5", "status.R5年度末", "12:10 toml-syntax"),
        edit(AKIYA_2023, "an unknown heading", "## 課題", "## 課題等", "19:4 unknown-heading"),
        edit(SUMAI_2023, "a heading that does not apply to the node", "## 成果", "## 課題", "19:4 unknown-heading"),
        edit(SUMAI_2023, "a judgement of a program without a row", "[judgement]\n", "[program.akiyaa]\ngrade = \"A\"\n\n[judgement]\n", "16:10 unknown-row"),
        edit(AKIYA_2023, "a duplicate heading", "## 課題", "## 成果", "19:4 heading-twice"),
        edit(STRATEGY, "a section of an unknown scale", "of = [\"program\"]\ntitle = \"課題\"", "of = [\"program\"]\nscale = \"statsu\"", "32:9 unknown-word"),
        edit(STRATEGY, "a section for an unknown field", "of = [\"program\"]\ntitle = \"課題\"", "of = [\"program\"]\ntitle = \"課題\"\nwhere = { shudan = \"直営\" }", "33:11 unknown-key"),
        edit(STRATEGY, "pages of a field without values", "[[scale]]\nid = \"status\"", "[[field]]\nid = \"hoho\"\ntitle = \"実施方法\"\nof = [\"program\"]\npages = true\n[[scale]]\nid = \"status\"", "15:1 missing-key"),
        edit(STRATEGY, "pages of values without ids", "[[scale]]\nid = \"status\"", "[[field]]\nid = \"hoho\"\ntitle = \"実施方法\"\nof = [\"program\"]\npages = true\nvalues = [\"直営\"]\n[[scale]]\nid = \"status\"", "16:11 missing-key"),
        edit(STRATEGY, "a page of a value named like a device", "[[scale]]\nid = \"status\"", "[[field]]\nid = \"hoho\"\ntitle = \"実施方法\"\nof = [\"program\"]\npages = true\nvalues = [{ id = \"con\", title = \"直営\" }]\n[[scale]]\nid = \"status\"", "16:11 impossible-name"),
        edit(STRATEGY, "a section of an unknown kind", "of = [\"program\"]\ntitle", "of = [\"programs\"]\ntitle", "31:7 unknown-word"),
    ]
}

fn links() -> Vec<Case> {
    vec![
        edit(SUMAI, "an invalid reference", "\"policy:kyoiku\"", "\"教育の充実\"", "4:10 not-a-reference"),
        edit(SUMAI, "a link to an unknown node", "\"policy:kyoiku\"", "\"policy:kyouiku\"", "4:10 unresolved-link"),
        edit(SUMAI, "a link to an unknown indicator", "\"policy:kyoiku\"", "\"indicator:policy/sumai/akia\"", "4:10 unresolved-link"),
        edit(SUMAI, "a link to an unknown strategy", "sato/vision/goal:mirai", "sato/visions/goal:mirai", "4:27 unresolved-link"),
        edit(SUMAI, "a link to an unknown node of another strategy", "goal:mirai", "goal:mira", "4:27 unresolved-link"),
        edit(SUMAI, "a link to another municipality", "sato/vision/goal:mirai", "umi/program:minato", "4:27 other-unit"),
        edit(SUMAI, "an unresolved link in the body", "(program:akiya)", "(program:akiyaa)", "26:5 unresolved-link"),
        edit(SUMAI_2023, "an unresolved link in the body of a sheet", "(program:shinryojo)", "(program:shinryosho)", "20:1 unresolved-link"),
        edit(SUMAI, "a link to an unknown kind", "(program:akiya)", "(jigyo:akiya)", "26:5 unresolved-link"),
        edit(AKIYA_2023, "a link to a missing file", "https://example.jp/", "shiryo.pdf", "18:4 unresolved-link"),
        edit(AKIYA, "a missing image", "map.svg", "mapp.svg", "11:1 unresolved-link"),
        write("sato/plan/programs/akiya/map.svg", "an SVG with a script", "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<script>alert(1)</script>\n</svg>\n", &["2:1 unsafe-drawing"]),
        write("sato/plan/programs/akiya/map.svg", "an SVG with an event handler", "<svg xmlns=\"http://www.w3.org/2000/svg\">\n  <g onclick=\"alert(1)\"/>\n</svg>\n", &["2:6 unsafe-drawing"]),
        write("sato/plan/programs/akiya/map.svg", "an SVG with an image from another server", "<svg xmlns=\"http://www.w3.org/2000/svg\">\n  <image href=\"https://example.jp/a.png\"/>\n</svg>\n", &["2:10 unsafe-drawing"]),
        write("sato/plan/programs/akiya/map.svg", "an invalid SVG", "<svg", &["1:1 unsafe-drawing"]),
        write("sato/plan/programs/akiya/map.svg", "a picture that records where it was taken", "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<metadata exif:GPSLatitude=\"35,40.5N\" xmlns:exif=\"http://ns.adobe.com/exif/1.0/\"/>\n</svg>\n", &["sato/plan/programs/akiya/program.md:11:1 location-in-image"]),
        write("crest.svg", "a logo with an event handler", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\" onload=\"alert(1)\"/>\n", &["1:59 unsafe-drawing"]),
        edit(AKIYA, "an image with a space in its name", "(map.svg)", "(写真 1.JPG)", "11:1 blank-in-name"),
        edit(AKIYA_2023, "a link to a file with spaces in its name", "(https://example.jp/)", "(資料 (1).pdf)", "18:4 blank-in-name"),
        edit(AKIYA, "an image in an unsupported format", "map.svg", "map.tiff", "11:1 unresolved-link"),
        edit(AKIYA, "an image on another site", "map.svg", "https://example.jp/map.svg", "11:1 unresolved-link"),
        edit(AKIYA_2023, "a script URL", "https://example.jp/", "javascript:alert(1)", "18:4 not-an-address"),
        edit(AKIYA_2023, "a URL whose scheme contains a character reference", "https://example.jp/", "java&#9;script:alert(1)", "18:4 not-an-address"),
        edit(AKIYA_2023, "a URL that begins with two slashes", "https://example.jp/", "//example.jp/", "18:4 not-an-address"),
        edit(AKIYA_2023, "a URL with a misspelt scheme", "https://example.jp/", "htps://example.jp/", "18:4 not-an-address"),
        edit(AKIYA_2023, "a URL with another host before an @", "https://example.jp/", "https://www.city.sato.example@example.jp/", "18:4 not-an-address"),
        edit(STRATEGY, "a published node declared as outside", "id = \"policy:kyoiku\"\nname", "id = \"policy:kyoiku\"\n[[outside]]\nid = \"policy:iryo\"\nname", "37:6 outside-published"),
        edit(STRATEGY, "an outside node of another strategy", "id = \"policy:kyoiku\"\nname", "id = \"policy:kyoiku\"\n[[outside]]\nid = \"sato/vision/policy:x\"\nname", "37:6 not-a-reference"),
        edit(BUS, "a successor of an unknown program", "name =", "succeeds = [\"program:basu\"]\nname =", "2:13 unresolved-link"),
    ]
}

fn rows() -> Vec<Case> {
    vec![
        edit(IRYO, "a row of an unknown program", "id = \"shinryojo\"", "id = \"shinryoujo\"", "6:6 unresolved-link"),
        edit(SUMAI, "a row of an unknown program in a group", "[\"bus\"]", "[\"basu\"]", "24:13 unresolved-link"),
        edit(IRYO, "a row without an id", "id = \"shinryojo\"\n", "number = \"1\"\n", "5:1 missing-key"),
        edit(IRYO, "two homes", "repeat = true\n", "", "9:6 two-homes"),
        edit(SUMAI, "two rows of one program under one policy", "[\"bus\"]", "[\"bus\", \"akiya\"]", "24:20 row-twice"),
        edit(SUMAI, "a program without a row", "[\"bus\"]", "[]", "sato/plan/programs/bus/program.md:2:8 program-without-row"),
        edit(IRYO, "a row with the id of a policy", "id = \"shinryojo\"", "id = \"sumai\"", "6:6 unresolved-link"),
        edit(STRATEGY, "a row of an outside program", "id = \"policy:kyoiku\"\nname = \"教育の充実\"", "id = \"program:gakko\"\n[[outside]]\nid = \"policy:kyoiku\"\n[[program]]\nid = \"gakko\"", "39:6 unresolved-link"),
        edit(IRYO, "a row also under an unknown policy", "repeat = true", "repeat = true\nalso = [\"policy:6-2-1\"]", "11:9 unresolved-link"),
        edit(IRYO, "an invalid year of a row", "repeat = true", "repeat = true\nyears = [\"R5\", \"来年度\"]", "11:16 not-a-year"),
        edit(SUMAI, "a marker with an invalid year", "marker.R5 =", "marker.R5x =", "20:8 not-a-year"),
    ]
}

fn goals() -> Vec<Case> {
    vec![
        edit(SUMAI, "an unknown parent goal", "goal = \"sumu\"", "goal = \"sumo\"", "3:8 unresolved-link"),
        edit(SUMAI, "an unknown parent goal without a similar one", "goal = \"sumu\"", "goal = \"2\"", "3:8 unresolved-link"),
        edit(SUMAI, "a parent goal written as a reference", "goal = \"sumu\"", "goal = \"goal:sumu\"", "3:8 not-an-id"),
        edit(SUMAI_2023, "a place in an undeclared survey", "[total]", "[survey.r5]\nx = 3\n\n[total]", "13:9 unknown-key"),
        edit(STRATEGY, "a survey without a measure", "[[edition]]", "[[survey]]\nid = \"r5\"\ntitle = \"調査\"\nx = { title = \"満足度\" }\n\n[[edition]]", "6:1 missing-key"),
        edit(STRATEGY, "a survey with three quadrants", "[[edition]]", "[[survey]]\nid = \"r5\"\ntitle = \"調査\"\nx = { title = \"満足度\" }\ny = { title = \"重要度\" }\nquadrants = [\"a\", \"b\", \"c\"]\n\n[[edition]]", "11:13 wrong-type"),
        edit(SUMAI, "indicators that lead to each other", "baseline = \"R1\"", "baseline = \"R1\"\nleads_to = \"akiya\"", "12:12 indicator-circle"),
        edit(SUMAI, "an indicator that leads to an undeclared one", "baseline = \"R1\"", "baseline = \"R1\"\nleads_to = \"akiyas\"", "12:12 unresolved-link"),
        edit(SUMAI, "an indicator that leads to a policy", "baseline = \"R1\"", "baseline = \"R1\"\nleads_to = \"policy:iryo\"", "12:12 not-a-reference"),
        edit(SUMAI, "states of an indicator of words", "kind = \"words\"", "kind = \"words\"\nstates = [\"なし\"]", "17:1 unknown-key"),
        edit(SUMAI, "an undeclared state", "kind = \"words\"", "kind = \"state\"\nstates = [\"空き家の相談が減っている\"]", "sato/plan/policies/sumai/2023.md:11:13 not-a-value"),
        edit(STRATEGY, "a goal that is its own parent", "parent = \"machi\"", "parent = \"sumu\"", "44:10 goal-circle"),
        edit(STRATEGY, "a cycle of goals", "name = \"まちをつくる\"", "name = \"まちをつくる\"\nparent = \"sumu\"", "41:10 goal-circle"),
        edit(STRATEGY, "a parent goal that is not published", "id = \"policy:kyoiku\"", "id = \"goal:kyoiku\"\n[[goal]]\nid = \"kodomo\"\nname = \"x\"\nparent = \"kyoiku\"\n[[outside]]\nid = \"policy:kyoiku\"", "39:10 unresolved-link"),
        edit(SUMAI, "the key parent in a policy", "goal = \"sumu\"", "parent = \"sumu\"", "3:1 unknown-key"),
    ]
}

/// Replaces `[[outside]]` in `strategy.toml` by `toml`, which declares a method before it.
fn method(title: &'static str, toml: &'static str, expected: &str) -> Case {
    edit(STRATEGY, title, "[[outside]]\n", toml, expected)
}

fn methods() -> Vec<Case> {
    vec![
        method("a method with an undeclared scale", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\nscale = \"grades\"\n\n[[outside]]\n", "37:9 unknown-scale"),
        edit(SUMAI, "an undeclared method", "unit = \"件\"\n", "unit = \"件\"\nmethod = \"raito\"\n", "10:10 unknown-method"),
        method("two default methods", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\ndefault = true\n\n[[method]]\nid = \"other\"\nkind = \"ratio\"\ndefault = true\n\n[[outside]]\n", "39:1 default-twice"),
        method("a method of indicators for policies", "[[method]]\nid = \"rate\"\nof = [\"policy\"]\nkind = \"ratio\"\n\n[[outside]]\n", "36:7 method-of-others"),
        method("a share of indicators that assesses indicators", "[[method]]\nid = \"share\"\nof = [\"indicator\"]\nkind = \"share-reached\"\ndefault = true\n\n[[outside]]\n", "36:7 method-of-others"),
        method("a method of policies that is not their default", "[[method]]\nid = \"share\"\nof = [\"policy\"]\nkind = \"share-reached\"\n\n[[outside]]\n", "34:1 missing-key"),
        method("bands in the wrong order", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\nscale = \"grade\"\nbands = [{ from = 80, mark = \"A\" }, { from = 100, mark = \"B\" }]\n\n[[outside]]\n", "38:37 band-order"),
        method("a band with two conditions", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\nscale = \"grade\"\nbands = [{ from = 80, to = 90, mark = \"A\" }]\n\n[[outside]]\n", "38:10 band-order"),
        method("a condition that belongs to another kind of method", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\nscale = \"grade\"\nbands = [{ when = \"reached\", mark = \"A\" }]\n\n[[outside]]\n", "38:19 band-of-others"),
        method("a tolerance in words", "[[method]]\nid = \"level\"\nkind = \"maintain\"\ntolerance = \"約1割\"\n\n[[outside]]\n", "37:13 not-a-tolerance"),
        method("a start of a method that has none", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\nstart = 0\n\n[[outside]]\n", "37:9 start-of-others"),
        method("a tolerance of a rate method", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\ntolerance = 2\n\n[[outside]]\n", "37:13 tolerance-of-others"),
    ]
}
