//! The cases, by what the mistake is about.

use super::Case;
use crate::support::content::Change;

/// All cases.
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

/// In `file`, `from` becomes `to`: found at `expect`, a place of that file unless it names another.
fn edit(file: &'static str, title: &'static str, from: &'static str, to: &'static str, expect: &str) -> Case {
    Case { title, change: Change::Edit { file, from, to }, expect: vec![in_file(file, expect)] }
}

/// `file` holds `text`.
fn write(file: &'static str, title: &'static str, text: &'static str, expect: &[&str]) -> Case {
    let bytes = text.as_bytes();
    Case { title, change: Change::Write { file, bytes }, expect: expect.iter().map(|at| in_file(file, at)).collect() }
}

/// `file` holds `bytes`.
fn write_bytes(file: &'static str, title: &'static str, bytes: &'static [u8], expect: &str) -> Case {
    Case { title, change: Change::Write { file, bytes }, expect: vec![in_file(file, expect)] }
}

/// `file` lies at `to`.
fn rename(file: &'static str, title: &'static str, to: &'static str, expect: &str) -> Case {
    Case { title, change: Change::Rename { file, to }, expect: vec![in_file(to, expect)] }
}

/// There is a file `file` that is no text, and what is found belongs to no place.
fn misnamed(file: &'static str, title: &'static str, rule: &str) -> Case {
    Case { title, change: Change::Write { file, bytes: b"" }, expect: vec![format!("{file} {rule}")] }
}

fn in_file(file: &str, expect: &str) -> String {
    if expect.contains('/') { expect.to_owned() } else { format!("{file}:{expect}") }
}

fn files() -> Vec<Case> {
    vec![
        write("sato/plan/policy/kankyo/policy.md", "a folder with a misspelt name", "+++\nname = \"環境\"\n+++\n", &["1:1 out-of-place"]),
        write("sato/plan/2023.md", "a sheet beside the folders of nodes", "", &["1:1 out-of-place"]),
        write("strategy.toml", "a strategy at the top of the content", "title = \"x\"\n", &["1:1 out-of-place"]),
        write("sato/site.toml", "a site.toml that is not at the top of the content", "title = \"x\"\n", &["1:1 out-of-place"]),
        write_bytes(SUMAI_2023, "a file that is not UTF-8", b"+++\n[indicator.akiya]\nactual.R1 = \"\x8c\x8f\"\n+++\n", "3:14 not-utf8"),
        write_bytes(STRATEGY, "a strategy.toml that is not UTF-8", b"title = \"\x97\xa2\"\n", "1:10 not-utf8"),
        rename(IRYO, "a folder without its own file", "sato/plan/policies/iryo/2023.md", "1:1 no-node-file"),
        rename(BUS, "a node file under a misspelt name", "sato/plan/programs/bus/progam.md", "1:1 no-node-file"),
        rename(SUMAI_2023, "a sheet of an edition that is not declared", "sato/plan/policies/sumai/2024.md", "1:1 unknown-edition"),
        rename(AKIYA_2023, "words for a repeat without the sheet itself", "sato/plan/programs/shinryojo/2023.md", "sato/plan/programs/akiya/2023@iryo.md:1:1 variant-alone"),
        rename(AKIYA_AT_IRYO, "words for a repeat where there is none", "sato/plan/programs/akiya/2023@iryou.md", "1:1 variant-without-row"),
        rename(AKIYA, "a node file that became a text file", "sato/plan/programs/akiya/program.md.txt", "sato/plan/programs/akiya/2023.md:1:1 no-node-file"),
        misnamed("sato/plan/programs/bus/2022.md.txt", "a sheet that became a text file", "misnamed-file"),
        misnamed("sato/plan/programs/bus/2022.m", "a sheet whose ending lost a letter", "misnamed-file"),
        misnamed("sato/plan/programs/bus/2022.markdown", "a sheet with another ending of Markdown", "misnamed-file"),
        misnamed("sato/plan/programs/bus/2022.mdx", "a sheet with an ending of a like format", "misnamed-file"),
        misnamed("sato/plan/programs/bus/2023.md.bak", "a backup of a sheet", "misnamed-file"),
        misnamed("sato/plan/programs/bus/2023.txt", "a sheet as a text file alone", "misnamed-file"),
        misnamed("sato/plan/programs/bus/2023.docx", "a sheet as Word writes it", "misnamed-file"),
        misnamed("sato/plan/programs/bus/2023", "a sheet without an ending", "misnamed-file"),
        misnamed("sato/plan/strategy.MD", "words of a strategy in capitals", "misnamed-file"),
        misnamed("site.toml.txt", "site.toml as a text file", "misnamed-file"),
        misnamed("machi/strategy.toml.txt", "a strategy.toml that became a text file", "misnamed-file"),
        write("sato/plan/policies/Kankyo_1/policy.md", "a folder whose name is no id", "+++\nname = \"環境\"\n+++\n", &["1:1 not-an-id"]),
        write("sato/ビジョン/strategy.toml", "a strategy whose folder is no id", "title = \"x\"\npublisher = \"里市\"\n", &["1:1 not-an-id"]),
    ]
}

fn front_matter() -> Vec<Case> {
    vec![
        edit(BUS, "+++ that is never closed", "乗合バス\"\n+++\n", "乗合バス\"\n", "1:1 unclosed-front-matter"),
        write(BUS, "no +++ in a node file", "name = \"乗合バス\"\n", &["1:1 no-front-matter"]),
        write(BUS, "an empty node file", "", &["1:1 no-front-matter"]),
        write(BUS, "--- in place of +++", "---\nname: 乗合バス\n---\n", &["1:1 no-front-matter"]),
        write("sato/plan/programs/bus/2023.md", "a sheet with full-width ＋＋＋", "＋＋＋\n[judgement]\nstatus = \"順調\"\n＋＋＋\n", &["1:1 no-front-matter"]),
        edit(SUMAI_2023, "a sheet without its first +++", "+++\n[indicator.akiya]", "[indicator.akiya]", "1:1 no-front-matter"),
        edit(BUS, "a node file without its first +++", "+++\nname", "\nname", "2:1 no-front-matter"),
        edit(SUMAI_2023, "words before the first +++", "+++\n[indicator.akiya]", "# 令和5年度\n+++\n[indicator.akiya]", "1:1 no-front-matter"),
        edit(SUMAI_2023, "a conflict that nobody decided, in a sheet", "actual.R4 = 3\n", "<<<<<<< HEAD\nactual.R4 = 3\n=======\nactual.R4 = 4\n>>>>>>> kikaku\n", "4:1 merge-conflict"),
        edit(AKIYA, "a conflict in the words", "![", "<<<<<<< HEAD\n一つの文。\n=======\n別の文。\n>>>>>>> kikaku\n\n![", "11:1 merge-conflict"),
        edit(STRATEGY, "half a conflict", "[[scale]]\nid = \"status\"", ">>>>>>> kikaku\n[[scale]]\nid = \"status\"", "11:1 merge-conflict"),
        edit("glossary.toml", "a conflict in the glossary", "term = \"再掲\"", "<<<<<<<\nterm = \"再掲\"\n=======\nterm = \"再掲分\"\n>>>>>>>", "6:1 merge-conflict"),
        write(BUS, "two files put together", "+++\nname = \"乗合バス\"\n+++\n+++\nname = \"乗合バス\"\n+++\n", &["4:1 second-front-matter"]),
        write("sato/plan/programs/bus/2023.md", "two sheets put together", "+++\n+++\n## 成果\n文。\n+++\n[judgement]\nstatus = \"順調\"\n+++\n", &["5:1 second-front-matter"]),
        write(BUS, "TOML below the front matter", "+++\nname = \"乗合バス\"\n+++\nreading = \"のりあいばす\"\n", &["4:1 toml-below"]),
        write("sato/plan/programs/bus/2023.md", "a table of figures below the front matter", "+++\n+++\n\n[money]\nbudget.R5 = 1\n", &["4:1 toml-below"]),
        write("sato/plan/programs/bus/2023.md", "a sheet without any +++", "[judgement]\nstatus = \"順調\"\n", &["1:1 no-front-matter"]),
        write_bytes("sato/plan/programs/bus/2023.md", "lines as old systems ended them", b"+++\rmoney.settlement.R5 = 1\r+++\r", "1:4 lone-return"),
        write_bytes(STRATEGY, "lines of a strategy as old systems ended them", b"title = \"x\"\rpublisher = \"x\"\r", "1:12 lone-return"),
        write("sato/plan/strategy.md", "front matter in strategy.md", "+++\ntitle = \"x\"\n+++\n", &["2:1 unknown-key"]),
    ]
}

fn syntax() -> Vec<Case> {
    vec![
        edit(BUS, "a text without quotation marks", "\"乗合バス\"", "乗合バス", "2:8 toml-syntax"),
        edit(BUS, "full-width quotation marks", "\"乗合バス\"", "“乗合バス”", "2:8 toml-syntax"),
        edit(BUS, "a text that is not closed", "乗合バス\"", "乗合バス", "2:13 toml-syntax"),
        edit(BUS, "no value", "\"乗合バス\"", "", "2:8 toml-syntax"),
        edit(BUS, "no =", "name =", "name", "2:6 toml-syntax"),
        edit(BUS, "a full-width ＝", "name =", "name ＝", "2:6 toml-syntax"),
        edit(BUS, "a key in Japanese", "name =", "名前 =", "2:1 toml-syntax"),
        edit(SUMAI_2023, "a comma in a bare number", "actual.R4 = 3", "actual.R4 = 1,204", "4:14 toml-syntax"),
        edit(SUMAI_2023, "a percent sign after a bare number", "actual.R4 = 3", "actual.R4 = 16.0%", "4:17 toml-syntax"),
        edit(SUMAI_2023, "▲ without quotation marks", "actual.R4 = 3", "actual.R4 = ▲124", "4:13 toml-syntax"),
        edit(SUMAI_2023, "a value without its year", "actual.R4 = 3", "actual = \"5.0\"    # 速報", "4:1 toml-syntax"),
        edit(SUMAI_2023, "a value without its year, before others", "target.R5 = {", "target = 6\ntarget.R5 = {", "6:1 toml-syntax"),
        edit(SUMAI_2023, "a year in Japanese as a key", "actual.R4 = 3", "actual.令和4年度 = 3", "4:8 toml-syntax"),
        edit(SUMAI_2023, "a note without #", "grade = \"B\"", "grade = \"B\" 速報", "8:13 toml-syntax"),
        edit(SUMAI_2023, "a note after a bare number", "actual.R4 = 3", "actual.R4 = 3 速報", "4:13 toml-syntax"),
        edit(SUMAI_2023, "a note after a heading", "[judgement]", "[judgement] ＃評価", "16:13 toml-syntax"),
        edit(SUMAI_2023, "a colon for =", "grade = \"B\"", "grade: \"B\"", "8:6 toml-syntax"),
        edit(SUMAI_2023, "a full-width space before a key", "actual.R4 = 3", "　actual.R4 = 3", "4:1 toml-syntax"),
        edit(SUMAI_2023, "a full-width space before a value", "actual.R4 = 3", "actual.R4 =　3", "4:12 toml-syntax"),
        edit(SUMAI_2023, "a full-width space after a value", "grade = \"B\"", "grade = \"B\"　# 速報", "8:12 toml-syntax"),
        edit(SUMAI_2023, "a heading in full-width brackets", "[judgement]", "【judgement】", "16:1 toml-syntax"),
        edit(IRYO, "a truth misspelt", "repeat = true", "repeat = ture", "10:10 toml-syntax"),
        edit(IRYO, "a truth in Japanese", "repeat = true", "repeat = はい", "10:10 toml-syntax"),
        edit(BUS, "a key twice", "+++\nname", "+++\nname = \"バス\"\nname", "3:1 toml-syntax"),
        edit(SUMAI_2023, "a table twice", "[judgement]\n", "[total]\nbudget.R5 = 1\n[judgement]\n", "16:2 toml-syntax"),
        edit(SUMAI_2023, "a heading of a table that is not closed", "[judgement]", "[judgement", "16:11 toml-syntax"),
        edit(SUMAI, "a heading of a list that is not closed", "[[group]]", "[[group]", "22:9 toml-syntax"),
        edit(SUMAI, "a list that is not closed", "[\"bus\"]", "[\"bus\"", "24:12 toml-syntax"),
        edit(SUMAI_2023, "a table in braces that is not closed", "note = \"改定後\" }", "note = \"改定後\"", "6:13 toml-syntax"),
        edit(SUMAI, "no comma in a list", "[\"policy:kyoiku\", ", "[\"policy:kyoiku\" ", "4:26 toml-syntax"),
        edit(SUMAI_2023, "a value that has keys below it", "grade = \"B\"", "grade = \"B\"\ngrade.note = \"速報\"", "9:1 toml-syntax"),
        edit(AKIYA_2023, "a backslash in a text", "page = \"3\"", "page = \"C:\\Users\"", "2:13 toml-syntax"),
        write(BUS, "several in one file", "+++\nname = 乗合バス\ncategory = \"交通\nreading\nnumber = 3\nnumber = 4\n+++\n", &["2:8 toml-syntax", "3:15 toml-syntax", "4:8 toml-syntax"]),
        edit(STRATEGY, "in strategy.toml, on which everything depends", "publisher = \"里市\"", "publisher = 里市", "2:13 toml-syntax"),
    ]
}

fn keys() -> Vec<Case> {
    vec![
        edit(AKIYA, "an unknown key", "department =", "departmnet =", "3:1 unknown-key"),
        edit(AKIYA, "an unknown key that is like no other", "department =", "tantou =", "3:1 unknown-key"),
        edit(BUS, "a key that must be there, misspelt", "name =", "nmae =", "2:1 unknown-key"),
        edit(BUS, "a key that must be there", "name = \"乗合バス\"\n", "number = \"3\"\n", "2:1 missing-key"),
        edit(SUMAI, "a key that must be there, in the second table of a list", "id = \"sugata\"\nname = \"目指す姿\"\n", "id = \"sugata\"\n", "13:1 missing-key"),
        edit(AKIYA, "a key that must be there, under dotted keys", "[printed.R4]\nname = \"空家バンク\"\nsic = true\n", "printed.R4.sic = true\n", "7:9 missing-key"),
        edit(AKIYA, "an unknown key among dotted keys", "[printed.R4]\nname = \"空家バンク\"\n", "printed.R4.name = \"空家バンク\"\nprinted.R4.sick = true\n[printed.R3]\nname = \"空家\"\n", "8:12 unknown-key"),
        edit(STRATEGY, "a key at the wrong level", "period = \"R2/R6\"", "period = \"R2/R6\"\nyear = \"R5\"", "4:1 unknown-key"),
        edit(SUMAI, "a list under a misspelt key", "[[indicator]]\nid = \"akiya\"", "[[indicater]]\nid = \"akiya\"", "6:3 unknown-key"),
        edit(BUS, "a text where a list of tables is expected", "name =", "indicator = \"x\"\nname =", "2:13 wrong-type"),
        edit(SUMAI, "one pair of brackets too few", "[[group]]", "[group]", "22:1 wrong-type"),
        edit(BUS, "a number where a text is expected", "\"乗合バス\"", "3", "2:8 wrong-type"),
        edit(IRYO, "a text where true or false is expected", "repeat = true", "repeat = \"true\"", "10:10 wrong-type"),
        edit(STRATEGY, "a date without quotation marks", "label = \"令和5年度 検証シート\"", "label = \"令和5年度\"\nas_of = 2023-09-30", "10:9 wrong-type"),
        edit(BUS, "an empty text", "\"乗合バス\"", "\" \"", "2:8 empty-text"),
        edit(SUMAI, "a word that is not one of the choices", "better = \"higher\"", "better = \"up\"", "10:10 unknown-word"),
        edit(STRATEGY, "a choice misspelt", "tone = \"good\" },\n    {", "tone = \"gold\" },\n    {", "16:27 unknown-word"),
        edit(AKIYA, "an account title that is none", "01一般会計・08土木費", "一般会計", "4:11 not-an-account"),
        edit(AKIYA_2023, "an unknown kind of money", "settlement.R5 =", "settlment.R5 =", "6:1 unknown-key"),
        edit(SUMAI_2023, "an indicator that is like no other", "[indicator.sugata]", "[indicator.jinko]", "10:12 unknown-indicator"),
        edit(SUMAI_2023, "an indicator that is not declared", "[indicator.sugata]", "[indicator.sugatta]", "10:12 unknown-indicator"),
        edit("glossary.toml", "a term without a meaning", "meaning = \"一年間に実際に使ったお金。\"\n", "", "1:1 missing-key"),
        edit("site.toml", "site.toml without a title", "title =", "tilte =", "1:1 unknown-key"),
    ]
}

fn site() -> Vec<Case> {
    vec![
        edit(SITE, "a language that the theme does not speak", "title =", "lang = \"fr\"\ntitle =", "1:8 theme"),
        edit(SITE, "a word where the search is switched off", "title =", "search = \"no\"\ntitle =", "1:10 wrong-type"),
        edit(SITE, "a base without https://", "\"https://www.city.sato.example/plan/\"", "\"www.city.sato.example/plan/\"", "3:8 not-an-address"),
        edit(SITE, "a base that is a page", "/plan/\"", "/plan/index.html\"", "3:8 not-an-address"),
        edit(SITE, "an accent that is no colour", "#0b5c3b", "green", "4:10 not-a-colour"),
        edit(SITE, "an accent with a digit too few", "#0b5c3b", "#0b5c3", "4:10 not-a-colour"),
        edit(SITE, "an accent too light to be read", "#0b5c3b", "#3cb371", "4:10 weak-contrast"),
        edit(SITE, "a logo that is not there", "crest.svg", "crest.png", "7:8 no-such-file"),
        edit(SITE, "a logo in a folder", "crest.svg", "images/mark.svg", "7:8 no-such-file"),
        edit(SITE, "a logo that browsers do not show", "crest.svg", "crest.ai", "7:8 not-a-picture"),
        edit(SITE, "a logo without words", "alt = \"里市章\"\n", "", "6:1 missing-key"),
        edit(SITE, "a contact without a name", "name = \"企画課\"\n", "", "10:1 missing-key"),
        edit(SITE, "a telephone number without an area code", "0120-00-0000（内線11）", "内線11", "13:9 not-a-phone"),
        edit(SITE, "a mail address that is none", "kikaku@", "kikaku＠", "14:8 not-a-mail-address"),
        edit(SITE, "an unknown key of the contact", "phone =", "tel =", "13:1 unknown-key"),
        edit(SITE, "a page of the contact that is no address", "\"https://www.city.sato.example/toiawase\"", "\"/toiawase\"", "15:7 not-an-address"),
        edit(SITE, "a link that leads nowhere", "href = \"https://www.city.sato.example/\"", "href = \"里市\"", "19:8 not-an-address"),
        edit(SITE, "a link that runs a script", "href = \"https://www.city.sato.example/\"", "href = \"java\\tscript:alert(1)\"", "19:8 not-an-address"),
        edit(SITE, "a link without https:", "href = \"https://www.city.sato.example/\"", "href = \"//www.city.sato.example/\"", "19:8 not-an-address"),
        edit(SITE, "a page of the contact that runs a script", "\"https://www.city.sato.example/toiawase\"", "\"JaVaScRiPt:alert(1)\"", "15:7 not-an-address"),
        edit(STRATEGY, "a document whose address runs a script", "[[scale]]\nid = \"status\"", "[edition.document]\ntitle = \"x\"\nurl = \"javascript:alert(1)\"\n[[scale]]\nid = \"status\"", "13:7 not-an-address"),
        edit(STRATEGY, "a document whose address hides a script", "[[scale]]\nid = \"status\"", "[edition.document]\ntitle = \"x\"\nurl = \"\\u0001java\\nscript:alert(1)\"\n[[scale]]\nid = \"status\"", "13:7 not-an-address"),
        edit(STRATEGY, "a document of another server without https:", "[[scale]]\nid = \"status\"", "[edition.document]\ntitle = \"x\"\nurl = '/\\evil.example'\n[[scale]]\nid = \"status\"", "13:7 not-an-address"),
        edit(STRATEGY, "a document whose address has a slip", "[[scale]]\nid = \"status\"", "[edition.document]\ntitle = \"x\"\nurl = \"htps://www.city.sato.example/a.pdf\"\n[[scale]]\nid = \"status\"", "13:7 not-an-address"),
        edit(SITE, "a link without words", "label = \"里市\"\n", "", "17:1 missing-key"),
        edit(SITE, "links in one pair of brackets", "[[link]]", "[link]", "17:1 wrong-type"),
    ]
}

fn ids() -> Vec<Case> {
    vec![
        edit(STRATEGY, "an edition twice", "[[scale]]\nid = \"status\"", "[[edition]]\nid = \"2023\"\nlabel = \"x\"\n[[scale]]\nid = \"status\"", "12:6 duplicate-id"),
        edit(STRATEGY, "a scale without an id", "id = \"status\"\n", "", "11:1 missing-key"),
        edit(STRATEGY, "a scale that judges nothing", "of = [\"indicator\"]\n", "", "20:1 missing-key"),
        edit(SUMAI, "a running total that does not say of what", "unit = \"件\"", "unit = \"件\"\ncumulative = true", "10:1 unknown-key"),
        edit(SUMAI, "a total under both its names", "unit = \"件\"", "unit = \"件\"\ncumulative_from = \"R1\"\ntarget_total_from = \"R1\"", "10:1 told-twice"),
        edit(SUMAI_2023, "a value within a year that has no other", "actual.R4 = 3", "interim.R4 = { value = 3, as_of = \"R4.9.30\" }", "4:14 interim-alone"),
        edit(SUMAI_2023, "a target of the start of the plan", "target.end = 20", "target.start = 20", "7:8 not-a-year"),
        edit(SUMAI_2023, "an estimate that is neither true nor a word", "actual.R4 = 3", "actual.R4 = { value = 3, estimated = 1 }", "4:38 wrong-type"),
        edit(SUMAI, "an indicator twice", "id = \"sugata\"", "id = \"akiya\"", "14:6 duplicate-id"),
        edit(SUMAI, "an indicator without an id", "id = \"sugata\"\n", "", "13:1 missing-key"),
        edit(SUMAI, "an id with other letters", "id = \"sugata\"", "id = \"目指す姿\"", "14:6 not-an-id"),
        edit(STRATEGY, "a goal twice", "id = \"sumu\"", "id = \"machi\"", "43:6 duplicate-id"),
        edit(STRATEGY, "a goal in strategy.toml and in a folder", "id = \"sumu\"", "id = \"kurashi\"\nname = \"くらし\"\n[[goal]]\nid = \"sumu\"", "42:1 duplicate-id"),
        edit(STRATEGY, "a mark twice in a scale", "mark = \"B\"", "mark = \"A\"", "24:50 duplicate-id"),
        edit("glossary.toml", "a term twice", "term = \"再掲\"", "term = \"決算額\"", "5:1 duplicate-id"),
        edit(AKIYA, "a former id that is in use", "\"akiya-bank\"", "\"bus\"", "5:13 duplicate-id"),
        edit(AKIYA, "a former id that is a path", "\"akiya-bank\"", "\"../akiya-bank\"", "5:13 not-an-id"),
        edit(AKIYA, "a former id that is the name of a device", "\"akiya-bank\"", "\"con\"", "5:13 impossible-name"),
        edit(BUS, "a former id that another program had too", "\"乗合バス\"", "\"乗合バス\"\nformerly = [\"akiya-bank\"]", "3:13 same-address"),
        write("sato/plan/policies/aux/policy.md", "a folder with the name of a device", "+++\nname = \"環境\"\n+++\n", &["1:1 impossible-name"]),
        write("sato/plan/editions/nul.toml", "an edition with the name of a device", "label = \"x\"\n", &["1:1 impossible-name"]),
        edit(STRATEGY, "an edition in strategy.toml with the name of a device", "[[scale]]\nid = \"status\"", "[[edition]]\nid = \"lpt9\"\nlabel = \"x\"\n[[scale]]\nid = \"status\"", "12:6 impossible-name"),
        edit(STRATEGY, "a goal with the name of a device", "id = \"sumu\"", "id = \"prn\"", "43:6 impossible-name"),
        write("com1/strategy.toml", "a municipality with the name of a device", "title = \"x\"\npublisher = \"x\"\n", &["1:1 impossible-name"]),
        write("assets/strategy.toml", "a municipality with the name of the folder of the theme", "title = \"x\"\npublisher = \"x\"\n", &["1:1 same-address"]),
        write("search/strategy.toml", "a municipality with the name of a page of the site", "title = \"x\"\npublisher = \"x\"\n", &["1:1 same-address"]),
    ]
}

fn values() -> Vec<Case> {
    vec![
        edit(SUMAI_2023, "a year that is none", "actual.R4 =", "actual.R100 =", "4:8 not-a-year"),
        edit(SUMAI_2023, "a year in a small letter", "actual.R4 =", "actual.r4 =", "4:8 not-a-year"),
        edit(SUMAI_2023, "a value where years are expected", "settlement.R5 = 1500", "settlement = 1500", "14:14 wrong-type"),
        edit(STRATEGY, "a year beyond its era", "year = \"R5\"", "year = \"昭和99\"", "8:8 not-a-year"),
        edit(STRATEGY, "a period that runs backwards", "R2/R6", "R6/R2", "3:10 not-a-year"),
        edit(SUMAI_2023, "one year twice, in two eras", "actual.R4 =", "actual.H31 =", "4:8 same-year-twice"),
        edit(AKIYA_2023, "one year twice in a judgement", "status.R5 = \"順調\"", "status.R1 = \"順調\"\nstatus.H31 = \"遅れ\"", "13:8 same-year-twice"),
        edit(AKIYA, "one year twice among the printed names", "[printed.R4]", "[printed.H31]\nname = \"空家\"\n[printed.R1]", "9:10 same-year-twice"),
        edit(SUMAI_2023, "a value outside the grammar", "\"1,204 (H30)\"", "\"1,204 (速報)\"", "3:13 not-a-value"),
        edit(SUMAI_2023, "a number with a word around it", "\"1,204 (H30)\"", "\"全国16位\"", "3:13 not-a-value"),
        edit(SUMAI_2023, "two numbers in one cell", "\"1,204 (H30)\"", "\"7組、14名\"", "3:13 not-a-value"),
        edit(SUMAI_2023, "a range in one cell", "\"1,204 (H30)\"", "\"3名から4名\"", "3:13 not-a-value"),
        edit(SUMAI_2023, "a separator in the wrong place", "\"1,204 (H30)\"", "\"12,04\"", "3:13 not-a-value"),
        edit(SUMAI_2023, "a missing value in a spelling that is not declared", "\"-\"", "\"―\"", "5:13 not-a-value"),
        edit(AKIYA_2023, "an amount in another unit than the others", "budget.R5 = 2000", "budget.R5 = \"2,000,000円\"", "5:13 other-money"),
        edit(AKIYA_2023, "an amount in another unit that is a bound", "budget.R5 = 2000", "budget.R5 = \"約200万円\"", "5:13 other-money"),
        edit(AKIYA_2023, "an amount in what is no unit of money", "value = 1500 }]", "value = \"15OO\" }]", "6:66 other-money"),
        edit(SUMAI_2023, "a bare number in another base", "actual.R4 = 3", "actual.R4 = 0x10", "4:13 not-a-value"),
        edit(SUMAI_2023, "true where a value is expected", "actual.R4 = 3", "actual.R4 = true", "4:13 wrong-type"),
        edit(SUMAI_2023, "a number where words are expected", "\"空き家の相談が増えている\"", "12", "11:13 not-a-value"),
        edit(SUMAI_2023, "two values in one table", "note = \"改定後\"", "missing = \"-\"", "6:13 not-a-value"),
        edit(SUMAI_2023, "a table in a table", "value = \"8件以上\"", "value = { value = 8, note = \"速報\" }", "6:23 wrong-type"),
        edit(SUMAI_2023, "a table without a value", "{ value = \"8件以上\", note", "{ note", "6:13 not-a-value"),
        edit(SUMAI_2023, "a misspelt key of a value", "{ value =", "{ vlaue =", "6:15 unknown-key"),
        edit(SUMAI_2023, "an unknown key of a value", "note = \"改定後\"", "remark = \"改定後\"", "6:31 unknown-key"),
        edit(SUMAI_2023, "a bound that is none", "note = \"改定後\"", "bound = \"over\"", "6:39 unknown-word"),
        edit(SUMAI_2023, "a bound on what is no number", "value = \"8件以上\", note = \"改定後\"", "printed = \"前年度より増\", bound = \"above\"", "6:13 not-a-value"),
        edit(SUMAI_2023, "a range that runs backwards", "value = \"8件以上\", note = \"改定後\"", "from = 4, to = 3", "6:13 not-a-range"),
        edit(SUMAI_2023, "a bound that is not the one printed", "note = \"改定後\"", "bound = \"at-most\"", "6:13 not-a-value"),
        edit(SUMAI_2023, "a range from one unit to another", "value = \"8件以上\", note = \"改定後\"", "from = \"1人\", to = \"2円\"", "6:13 not-a-range"),
        edit(SUMAI_2023, "a value measured long after its year", "actual.R4 = 3", "actual.R4 = { value = 3, measured = \"R99\" }", "4:13 not-a-year"),
        edit(SUMAI_2023, "a value of a day that no calendar has", "actual.R4 = 3", "actual.R4 = { value = 3, as_of = \"R4.9.31\" }", "4:34 not-a-day"),
        edit(STRATEGY, "an edition of a day that no calendar has", "id = \"2023\"", "id = \"2023\"\nas_of = \"2023-13-45\"", "8:9 not-a-day"),
        edit(STRATEGY, "a document of a day that no calendar has", "[[scale]]\nid = \"status\"", "[edition.document]\ntitle = \"x\"\npublished = \"2024-13-40\"\n[[scale]]\nid = \"status\"", "13:13 not-a-day"),
        edit(STRATEGY, "a language in its own words", "period =", "lang = \"日本語\"\nperiod =", "3:8 not-a-language"),
        edit(STRATEGY, "a language by its English name", "period =", "lang = \"japanese\"\nperiod =", "3:8 not-a-language"),
        edit(SUMAI_2023, "a measured year that is none", "note = \"改定後\"", "measured = \"H99\"", "6:42 not-a-year"),
        edit(AKIYA_2023, "a part without its value", "name = \"補助金\", value = 1500", "name = \"補助金\"", "6:42 missing-key"),
        edit(SUMAI_2023, "the end of the plan among actual values", "actual.R4 =", "actual.end =", "4:8 not-a-year"),
    ]
}

fn marks_and_headings() -> Vec<Case> {
    vec![
        edit(SUMAI_2023, "an unknown mark", "status = \"順調\"", "status = \"順長\"", "17:10 unknown-mark"),
        edit(SUMAI_2023, "an unknown mark of an indicator", "grade = \"B\"", "grade = \"Ｂ\"", "8:9 unknown-mark"),
        edit(SUMAI_2023, "a mark that is like no other", "grade = \"B\"", "grade = \"◎\"", "8:9 unknown-mark"),
        edit(SUMAI_2023, "an unknown scale", "status = \"順調\"", "statsu = \"順調\"", "17:1 unknown-key"),
        edit(SUMAI_2023, "a scale of others", "status = \"順調\"", "grade = \"A\"", "17:1 scale-of-others"),
        edit(SUMAI_2023, "a judgement with a note alone", "status = \"順調\"", "status = { note = \"保留\" }", "17:10 missing-key"),
        edit(SUMAI_2023, "a judgement with a misspelt key", "status = \"順調\"", "status = { marc = \"順調\", note = \"x\" }", "17:12 unknown-key"),
        edit(SUMAI_2023, "a judgement that is given and missing", "status = \"順調\"", "status = { mark = \"順調\", missing = \"-\" }", "17:10 not-a-judgement"),
        edit(SUMAI_2023, "a judgement without any mark", "status = \"順調\"", "status = []", "17:10 empty-text"),
        edit(AKIYA_2023, "a judgement of a year that is none", "status.R5", "status.R5年度末", "12:10 toml-syntax"),
        edit(AKIYA_2023, "an unknown heading", "## 課題", "## 課題等", "19:4 unknown-heading"),
        edit(SUMAI_2023, "a heading of other nodes", "## 成果", "## 課題", "19:4 unknown-heading"),
        edit(AKIYA_2023, "a heading twice", "## 課題", "## 成果", "19:4 heading-twice"),
        edit(STRATEGY, "a section of an unknown scale", "of = [\"program\"]\ntitle = \"課題\"", "of = [\"program\"]\nscale = \"statsu\"", "32:9 unknown-word"),
        edit(STRATEGY, "a section of an unknown kind", "of = [\"program\"]\ntitle", "of = [\"programs\"]\ntitle", "31:7 unknown-word"),
    ]
}

fn links() -> Vec<Case> {
    vec![
        edit(SUMAI, "a link that is none", "\"policy:kyoiku\"", "\"教育の充実\"", "4:10 not-a-reference"),
        edit(SUMAI, "a link to what does not exist", "\"policy:kyoiku\"", "\"policy:kyouiku\"", "4:10 unresolved-link"),
        edit(SUMAI, "a link to an indicator that does not exist", "\"policy:kyoiku\"", "\"indicator:policy/sumai/akia\"", "4:10 unresolved-link"),
        edit(SUMAI, "a link to a strategy that does not exist", "sato/vision/goal:mirai", "sato/visions/goal:mirai", "4:27 unresolved-link"),
        edit(SUMAI, "a link into another strategy, to what does not exist", "goal:mirai", "goal:mira", "4:27 unresolved-link"),
        edit(SUMAI, "a link to another municipality", "sato/vision/goal:mirai", "umi/program:minato", "4:27 other-unit"),
        edit(SUMAI, "a link in the words", "(program:akiya)", "(program:akiyaa)", "26:5 unresolved-link"),
        edit(SUMAI_2023, "a link in the words of a sheet", "(program:shinryojo)", "(program:shinryosho)", "20:1 unresolved-link"),
        edit(SUMAI, "a link to a kind that does not exist", "(program:akiya)", "(jigyo:akiya)", "26:5 unresolved-link"),
        edit(AKIYA_2023, "a link to a file that is not there", "https://example.jp/", "shiryo.pdf", "18:4 unresolved-link"),
        edit(AKIYA, "a picture that is not there", "map.svg", "mapp.svg", "11:1 unresolved-link"),
        write("sato/plan/programs/akiya/map.svg", "a drawing that runs a script", "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<script>alert(1)</script>\n</svg>\n", &["2:1 unsafe-drawing"]),
        write("sato/plan/programs/akiya/map.svg", "a drawing that runs a script when it is touched", "<svg xmlns=\"http://www.w3.org/2000/svg\">\n  <g onclick=\"alert(1)\"/>\n</svg>\n", &["2:6 unsafe-drawing"]),
        write("sato/plan/programs/akiya/map.svg", "a drawing with a picture of another server", "<svg xmlns=\"http://www.w3.org/2000/svg\">\n  <image href=\"https://example.jp/a.png\"/>\n</svg>\n", &["2:10 unsafe-drawing"]),
        write("sato/plan/programs/akiya/map.svg", "a drawing that is none", "<svg", &["1:1 unsafe-drawing"]),
        write("crest.svg", "a logo that runs a script", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\" onload=\"alert(1)\"/>\n", &["1:59 unsafe-drawing"]),
        edit(AKIYA, "a picture with a blank in its name", "(map.svg)", "(写真 1.JPG)", "11:1 blank-in-name"),
        edit(AKIYA_2023, "a link to a file with blanks in its name", "(https://example.jp/)", "(資料 (1).pdf)", "18:4 blank-in-name"),
        edit(AKIYA, "a picture that is none", "map.svg", "map.tiff", "11:1 unresolved-link"),
        edit(AKIYA, "a picture of another site", "map.svg", "https://example.jp/map.svg", "11:1 unresolved-link"),
        edit(AKIYA_2023, "an address that browsers may not follow", "https://example.jp/", "javascript:alert(1)", "18:4 not-an-address"),
        edit(AKIYA_2023, "an address whose scheme hides in a character reference", "https://example.jp/", "java&#9;script:alert(1)", "18:4 not-an-address"),
        edit(AKIYA_2023, "an address that begins with two strokes", "https://example.jp/", "//example.jp/", "18:4 not-an-address"),
        edit(AKIYA_2023, "an address with a slip in its scheme", "https://example.jp/", "htps://example.jp/", "18:4 not-an-address"),
        edit(AKIYA_2023, "an address with another host before an @", "https://example.jp/", "https://www.city.sato.example@example.jp/", "18:4 not-an-address"),
        edit(STRATEGY, "an outside that is published", "id = \"policy:kyoiku\"\nname", "id = \"policy:kyoiku\"\n[[outside]]\nid = \"policy:iryo\"\nname", "37:6 outside-published"),
        edit(STRATEGY, "an outside of another strategy", "id = \"policy:kyoiku\"\nname", "id = \"policy:kyoiku\"\n[[outside]]\nid = \"sato/vision/policy:x\"\nname", "37:6 not-a-reference"),
        edit(BUS, "a successor of what does not exist", "name =", "succeeds = [\"program:basu\"]\nname =", "2:13 unresolved-link"),
    ]
}

fn rows() -> Vec<Case> {
    vec![
        edit(IRYO, "a row of a program that does not exist", "id = \"shinryojo\"", "id = \"shinryoujo\"", "6:6 unresolved-link"),
        edit(SUMAI, "a row in a group, of a program that does not exist", "[\"bus\"]", "[\"basu\"]", "24:13 unresolved-link"),
        edit(IRYO, "a row without an id", "id = \"shinryojo\"\n", "number = \"1\"\n", "5:1 missing-key"),
        edit(IRYO, "two homes", "repeat = true\n", "", "9:6 two-homes"),
        edit(SUMAI, "two rows under one policy", "[\"bus\"]", "[\"bus\", \"akiya\"]", "24:20 row-twice"),
        edit(SUMAI, "a program in no row", "[\"bus\"]", "[]", "sato/plan/programs/bus/program.md:2:8 program-without-row"),
        edit(IRYO, "a row of a policy", "id = \"shinryojo\"", "id = \"sumai\"", "6:6 unresolved-link"),
        edit(STRATEGY, "a row of a program that is declared outside", "id = \"policy:kyoiku\"\nname = \"教育の充実\"", "id = \"program:gakko\"\n[[outside]]\nid = \"policy:kyoiku\"\n[[program]]\nid = \"gakko\"", "39:6 unresolved-link"),
        edit(IRYO, "a row also under what does not exist", "repeat = true", "repeat = true\nalso = [\"policy:6-2-1\"]", "11:9 unresolved-link"),
        edit(IRYO, "years of a row that are none", "repeat = true", "repeat = true\nyears = [\"R5\", \"来年度\"]", "11:16 not-a-year"),
        edit(SUMAI, "a marker of a year that is none", "marker.R5 =", "marker.R5x =", "20:8 not-a-year"),
    ]
}

fn goals() -> Vec<Case> {
    vec![
        edit(SUMAI, "a goal above that does not exist", "goal = \"sumu\"", "goal = \"sumo\"", "3:8 unresolved-link"),
        edit(SUMAI, "a goal above that is like no other", "goal = \"sumu\"", "goal = \"2\"", "3:8 unresolved-link"),
        edit(SUMAI, "a goal above written as a link", "goal = \"sumu\"", "goal = \"goal:sumu\"", "3:8 not-an-id"),
        edit(STRATEGY, "a goal above itself", "parent = \"machi\"", "parent = \"sumu\"", "44:10 goal-circle"),
        edit(STRATEGY, "a circle of goals", "name = \"まちをつくる\"", "name = \"まちをつくる\"\nparent = \"sumu\"", "41:10 goal-circle"),
        edit(STRATEGY, "a goal above that is not published", "id = \"policy:kyoiku\"", "id = \"goal:kyoiku\"\n[[goal]]\nid = \"kodomo\"\nname = \"x\"\nparent = \"kyoiku\"\n[[outside]]\nid = \"policy:kyoiku\"", "39:10 unresolved-link"),
        edit(SUMAI, "parent, the key of goals, in a policy", "goal = \"sumu\"", "parent = \"sumu\"", "3:1 unknown-key"),
    ]
}

/// A method of this TOML is declared.
fn method(title: &'static str, toml: &'static str, expect: &str) -> Case {
    edit(STRATEGY, title, "[[outside]]\n", toml, expect)
}

fn methods() -> Vec<Case> {
    vec![
        method("a method with a scale that is not declared", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\nscale = \"grades\"\n\n[[outside]]\n", "37:9 unknown-scale"),
        edit(SUMAI, "a method that is not declared", "unit = \"件\"\n", "unit = \"件\"\nmethod = \"raito\"\n", "10:10 unknown-method"),
        method("two methods that are the default", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\ndefault = true\n\n[[method]]\nid = \"other\"\nkind = \"ratio\"\ndefault = true\n\n[[outside]]\n", "39:1 default-twice"),
        method("bands in the wrong order", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\nscale = \"grade\"\nbands = [{ from = 80, mark = \"A\" }, { from = 100, mark = \"B\" }]\n\n[[outside]]\n", "38:37 band-order"),
        method("a condition that the method does not have", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\nscale = \"grade\"\nbands = [{ when = \"reached\", mark = \"A\" }]\n\n[[outside]]\n", "38:19 band-of-others"),
        method("a tolerance in words", "[[method]]\nid = \"level\"\nkind = \"maintain\"\ntolerance = \"約1割\"\n\n[[outside]]\n", "37:13 not-a-tolerance"),
        method("a tolerance of a rate", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\ntolerance = 2\n\n[[outside]]\n", "37:13 tolerance-of-others"),
    ]
}
