//! The cases, by what the mistake is about.

use super::{Case, Change};

/// All cases.
pub(super) fn all() -> Vec<Case> {
    [files(), front_matter(), syntax(), keys(), ids(), values(), marks_and_headings(), links(), rows(), goals()]
        .into_iter()
        .flatten()
        .collect()
}

const STRATEGY: &str = "sato/plan/strategy.toml";
const SUMAI: &str = "sato/plan/policies/sumai/policy.md";
const SUMAI_2023: &str = "sato/plan/policies/sumai/2023.md";
const IRYO: &str = "sato/plan/policies/iryo/policy.md";
const AKIYA: &str = "sato/plan/programs/akiya/program.md";
const AKIYA_2023: &str = "sato/plan/programs/akiya/2023.md";
const AKIYA_AT_IRYO: &str = "sato/plan/programs/akiya/2023@iryo.md";
const BUS: &str = "sato/plan/programs/bus/program.md";

fn edit(
    title: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
    expect: &'static [&'static str],
) -> Case {
    Case { title, changes: vec![Change::Edit { file, from, to }], expect }
}

fn write(title: &'static str, file: &'static str, text: &'static str, expect: &'static [&'static str]) -> Case {
    Case { title, changes: vec![Change::Write { file, bytes: text.as_bytes() }], expect }
}

fn files() -> Vec<Case> {
    vec![
        Case {
            title: "a folder with a misspelt name",
            changes: vec![Change::Write {
                file: "sato/plan/policy/kankyo/policy.md",
                bytes: b"+++\nname = \"x\"\n+++\n",
            }],
            expect: &["sato/plan/policy/kankyo/policy.md:1:1 out-of-place"],
        },
        write("a sheet beside the folders of nodes", "sato/plan/2023.md", "", &["sato/plan/2023.md:1:1 out-of-place"]),
        write(
            "a strategy at the top of the content",
            "strategy.toml",
            "title = \"x\"\n",
            &["strategy.toml:1:1 out-of-place"],
        ),
        Case {
            title: "a file that is not UTF-8",
            changes: vec![Change::Write {
                file: SUMAI_2023,
                bytes: b"+++\n[indicator.akiya]\nactual.R1 = \"\x8c\x8f\"\n+++\n",
            }],
            expect: &["sato/plan/policies/sumai/2023.md:3:14 not-utf8"],
        },
        Case {
            title: "a strategy.toml that is not UTF-8",
            changes: vec![Change::Write { file: STRATEGY, bytes: b"title = \"\x97\xa2\"\n" }],
            expect: &["sato/plan/strategy.toml:1:10 not-utf8"],
        },
        Case {
            title: "a folder without its own file",
            changes: vec![Change::Move { file: IRYO, to: "sato/plan/policies/iryo/2023.md" }],
            expect: &["sato/plan/policies/iryo/2023.md:1:1 no-node-file"],
        },
        Case {
            title: "a sheet of an edition that is not declared",
            changes: vec![Change::Move { file: SUMAI_2023, to: "sato/plan/policies/sumai/2024.md" }],
            expect: &["sato/plan/policies/sumai/2024.md:1:1 unknown-edition"],
        },
        Case {
            title: "a node file under a misspelt name",
            changes: vec![Change::Move { file: BUS, to: "sato/plan/programs/bus/progam.md" }],
            expect: &["sato/plan/programs/bus/progam.md:1:1 no-node-file"],
        },
        Case {
            title: "words for a repeat without the sheet itself",
            changes: vec![Change::Remove { file: AKIYA_2023 }],
            expect: &["sato/plan/programs/akiya/2023@iryo.md:1:1 variant-alone"],
        },
        Case {
            title: "words for a repeat where there is none",
            changes: vec![Change::Move { file: AKIYA_AT_IRYO, to: "sato/plan/programs/akiya/2023@iryou.md" }],
            expect: &["sato/plan/programs/akiya/2023@iryou.md:1:1 variant-without-row"],
        },
        Case {
            title: "a folder whose name is no id",
            changes: vec![Change::Write {
                file: "sato/plan/policies/Kankyo_1/policy.md",
                bytes: "+++\nname = \"環境\"\n+++\n".as_bytes(),
            }],
            expect: &["sato/plan/policies/Kankyo_1/policy.md:1:1 not-an-id"],
        },
        Case {
            title: "a strategy whose folder is no id",
            changes: vec![Change::Write {
                file: "sato/ビジョン/strategy.toml",
                bytes: "title = \"x\"\npublisher = \"里市\"\n".as_bytes(),
            }],
            expect: &["sato/ビジョン/strategy.toml:1:1 not-an-id"],
        },
    ]
}

fn front_matter() -> Vec<Case> {
    vec![
        edit(
            "+++ that is never closed",
            BUS,
            "乗合バス\"\n+++\n",
            "乗合バス\"\n",
            &["sato/plan/programs/bus/program.md:1:1 unclosed-front-matter"],
        ),
        write(
            "no +++ in a node file",
            BUS,
            "name = \"乗合バス\"\n",
            &["sato/plan/programs/bus/program.md:1:1 no-front-matter"],
        ),
        write("an empty node file", BUS, "", &["sato/plan/programs/bus/program.md:1:1 no-front-matter"]),
        write(
            "--- in place of +++",
            BUS,
            "---\nname: 乗合バス\n---\n",
            &["sato/plan/programs/bus/program.md:1:1 no-front-matter"],
        ),
        write(
            "a sheet with full-width ＋＋＋",
            "sato/plan/programs/bus/2023.md",
            "＋＋＋\n[judgement]\nstatus = \"順調\"\n＋＋＋\n",
            &["sato/plan/programs/bus/2023.md:1:1 no-front-matter"],
        ),
        write(
            "front matter in strategy.md",
            "sato/plan/strategy.md",
            "+++\ntitle = \"x\"\n+++\n",
            &["sato/plan/strategy.md:2:1 unknown-key"],
        ),
    ]
}

fn syntax() -> Vec<Case> {
    vec![
        edit(
            "a text without quotation marks",
            BUS,
            "\"乗合バス\"",
            "乗合バス",
            &["sato/plan/programs/bus/program.md:2:8 toml-syntax"],
        ),
        edit(
            "full-width quotation marks",
            BUS,
            "\"乗合バス\"",
            "“乗合バス”",
            &["sato/plan/programs/bus/program.md:2:8 toml-syntax"],
        ),
        edit(
            "a text that is not closed",
            BUS,
            "乗合バス\"",
            "乗合バス",
            &["sato/plan/programs/bus/program.md:2:13 toml-syntax"],
        ),
        edit("no value", BUS, "\"乗合バス\"", "", &["sato/plan/programs/bus/program.md:2:8 toml-syntax"]),
        edit("no =", BUS, "name =", "name", &["sato/plan/programs/bus/program.md:2:6 toml-syntax"]),
        edit("a full-width ＝", BUS, "name =", "name ＝", &["sato/plan/programs/bus/program.md:2:6 toml-syntax"]),
        edit("a key in Japanese", BUS, "name =", "名前 =", &["sato/plan/programs/bus/program.md:2:1 toml-syntax"]),
        edit(
            "a comma in a bare number",
            SUMAI_2023,
            "actual.R4 = 3",
            "actual.R4 = 1,204",
            &["sato/plan/policies/sumai/2023.md:4:14 toml-syntax"],
        ),
        edit(
            "a percent sign after a bare number",
            SUMAI_2023,
            "actual.R4 = 3",
            "actual.R4 = 16.0%",
            &["sato/plan/policies/sumai/2023.md:4:17 toml-syntax"],
        ),
        edit(
            "▲ without quotation marks",
            SUMAI_2023,
            "actual.R4 = 3",
            "actual.R4 = ▲124",
            &["sato/plan/policies/sumai/2023.md:4:13 toml-syntax"],
        ),
        edit(
            "a key twice",
            BUS,
            "+++\nname",
            "+++\nname = \"バス\"\nname",
            &["sato/plan/programs/bus/program.md:3:1 toml-syntax"],
        ),
        edit(
            "a table twice",
            SUMAI_2023,
            "[judgement]\n",
            "[total]\nbudget.R5 = 1\n[judgement]\n",
            &["sato/plan/policies/sumai/2023.md:16:2 toml-syntax"],
        ),
        edit(
            "a heading of a table that is not closed",
            SUMAI_2023,
            "[judgement]",
            "[judgement",
            &["sato/plan/policies/sumai/2023.md:16:11 toml-syntax"],
        ),
        edit(
            "a heading of a list that is not closed",
            SUMAI,
            "[[group]]",
            "[[group]",
            &["sato/plan/policies/sumai/policy.md:22:9 toml-syntax"],
        ),
        edit(
            "a list that is not closed",
            SUMAI,
            "[\"bus\"]",
            "[\"bus\"",
            &["sato/plan/policies/sumai/policy.md:24:12 toml-syntax"],
        ),
        edit(
            "a table in braces that is not closed",
            SUMAI_2023,
            "note = \"改定後\" }",
            "note = \"改定後\"",
            &["sato/plan/policies/sumai/2023.md:6:13 toml-syntax"],
        ),
        edit(
            "no comma in a list",
            SUMAI,
            "[\"policy:kyoiku\", ",
            "[\"policy:kyoiku\" ",
            &["sato/plan/policies/sumai/policy.md:4:26 toml-syntax"],
        ),
        edit(
            "a value that has keys below it",
            SUMAI_2023,
            "grade = \"B\"",
            "grade = \"B\"\ngrade.R5 = \"A\"",
            &["sato/plan/policies/sumai/2023.md:9:1 toml-syntax"],
        ),
        edit(
            "a backslash in a text",
            AKIYA_2023,
            "page = \"3\"",
            "page = \"C:\\Users\"",
            &["sato/plan/programs/akiya/2023.md:2:13 toml-syntax"],
        ),
        write(
            "several in one file",
            BUS,
            "+++\nname = 乗合バス\ncategory = \"交通\nreading\nnumber = 3\nnumber = 4\n+++\n",
            &[
                "sato/plan/programs/bus/program.md:2:8 toml-syntax",
                "sato/plan/programs/bus/program.md:3:15 toml-syntax",
                "sato/plan/programs/bus/program.md:4:8 toml-syntax",
            ],
        ),
        edit(
            "in strategy.toml, on which everything depends",
            STRATEGY,
            "publisher = \"里市\"",
            "publisher = 里市",
            &["sato/plan/strategy.toml:2:13 toml-syntax"],
        ),
    ]
}

fn keys() -> Vec<Case> {
    vec![
        edit(
            "an unknown key",
            AKIYA,
            "department =",
            "departmnet =",
            &["sato/plan/programs/akiya/program.md:3:1 unknown-key"],
        ),
        edit(
            "an unknown key that is like no other",
            AKIYA,
            "department =",
            "担当 =",
            &["sato/plan/programs/akiya/program.md:3:1 toml-syntax"],
        ),
        edit(
            "a key that must be there, misspelt",
            BUS,
            "name =",
            "nmae =",
            &["sato/plan/programs/bus/program.md:2:1 unknown-key"],
        ),
        edit(
            "a key that must be there",
            BUS,
            "name = \"乗合バス\"\n",
            "number = \"3\"\n",
            &["sato/plan/programs/bus/program.md:2:1 missing-key"],
        ),
        edit(
            "a key that must be there, in the second table of a list",
            SUMAI,
            "id = \"sugata\"\nname = \"目指す姿\"\n",
            "id = \"sugata\"\n",
            &["sato/plan/policies/sumai/policy.md:13:1 missing-key"],
        ),
        edit(
            "a key that must be there, under dotted keys",
            AKIYA,
            "[printed.R4]\nname = \"空家バンク\"\nsic = true\n",
            "printed.R4.sic = true\n",
            &["sato/plan/programs/akiya/program.md:7:9 missing-key"],
        ),
        edit(
            "an unknown key among dotted keys",
            AKIYA,
            "[printed.R4]\nname = \"空家バンク\"\n",
            "printed.R4.name = \"空家バンク\"\nprinted.R4.sick = true\n[printed.R3]\nname = \"空家\"\n",
            &["sato/plan/programs/akiya/program.md:8:12 unknown-key"],
        ),
        edit(
            "a key at the wrong level",
            STRATEGY,
            "period = \"R2/R6\"",
            "period = \"R2/R6\"\nyear = \"R5\"",
            &["sato/plan/strategy.toml:4:1 unknown-key"],
        ),
        edit(
            "a list under a misspelt key",
            SUMAI,
            "[[indicator]]\nid = \"akiya\"",
            "[[indicater]]\nid = \"akiya\"",
            &["sato/plan/policies/sumai/policy.md:6:3 unknown-key"],
        ),
        edit(
            "a text where a list of tables is expected",
            BUS,
            "name =",
            "indicator = \"x\"\nname =",
            &["sato/plan/programs/bus/program.md:2:13 wrong-type"],
        ),
        edit(
            "one pair of brackets too few",
            SUMAI,
            "[[group]]",
            "[group]",
            &["sato/plan/policies/sumai/policy.md:22:1 wrong-type"],
        ),
        edit(
            "a number where a text is expected",
            BUS,
            "\"乗合バス\"",
            "3",
            &["sato/plan/programs/bus/program.md:2:8 wrong-type"],
        ),
        edit(
            "a text where true or false is expected",
            IRYO,
            "repeat = true",
            "repeat = \"true\"",
            &["sato/plan/policies/iryo/policy.md:10:10 wrong-type"],
        ),
        edit(
            "a date without quotation marks",
            STRATEGY,
            "label = \"令和5年度 検証シート\"",
            "label = \"令和5年度\"\nas_of = 2023-09-30",
            &["sato/plan/strategy.toml:10:9 wrong-type"],
        ),
        edit("an empty text", BUS, "\"乗合バス\"", "\" \"", &["sato/plan/programs/bus/program.md:2:8 empty-text"]),
        edit(
            "a word that is not one of the choices",
            SUMAI,
            "better = \"higher\"",
            "better = \"up\"",
            &["sato/plan/policies/sumai/policy.md:10:10 unknown-word"],
        ),
        edit(
            "a choice misspelt",
            STRATEGY,
            "tone = \"good\" },\n    {",
            "tone = \"gold\" },\n    {",
            &["sato/plan/strategy.toml:16:27 unknown-word"],
        ),
        edit(
            "an account title that is none",
            AKIYA,
            "01一般会計・08土木費",
            "一般会計",
            &["sato/plan/programs/akiya/program.md:4:11 not-an-account"],
        ),
        edit(
            "an unknown kind of money",
            AKIYA_2023,
            "settlement.R5 =",
            "settlment.R5 =",
            &["sato/plan/programs/akiya/2023.md:6:1 unknown-key"],
        ),
        edit(
            "an indicator that is not declared",
            SUMAI_2023,
            "[indicator.sugata]",
            "[indicator.sugatta]",
            &["sato/plan/policies/sumai/2023.md:10:12 unknown-indicator"],
        ),
        edit(
            "a term without a meaning",
            "glossary.toml",
            "meaning = \"一年間に実際に使ったお金。\"\n",
            "",
            &["glossary.toml:1:1 missing-key"],
        ),
        edit("site.toml without a title", "site.toml", "title =", "tilte =", &["site.toml:1:1 unknown-key"]),
    ]
}

fn ids() -> Vec<Case> {
    vec![
        edit(
            "an edition twice",
            STRATEGY,
            "[[scale]]\nid = \"status\"",
            "[[edition]]\nid = \"2023\"\nlabel = \"x\"\n[[scale]]\nid = \"status\"",
            &["sato/plan/strategy.toml:12:6 duplicate-id"],
        ),
        edit("a scale without an id", STRATEGY, "id = \"status\"\n", "", &["sato/plan/strategy.toml:11:1 missing-key"]),
        edit(
            "a scale that judges nothing",
            STRATEGY,
            "of = [\"indicator\"]\n",
            "",
            &["sato/plan/strategy.toml:20:1 missing-key"],
        ),
        edit(
            "an indicator twice",
            SUMAI,
            "id = \"sugata\"",
            "id = \"akiya\"",
            &["sato/plan/policies/sumai/policy.md:14:6 duplicate-id"],
        ),
        edit(
            "an indicator without an id",
            SUMAI,
            "id = \"sugata\"\n",
            "",
            &["sato/plan/policies/sumai/policy.md:13:1 missing-key"],
        ),
        edit(
            "an id with other letters",
            SUMAI,
            "id = \"sugata\"",
            "id = \"目指す姿\"",
            &["sato/plan/policies/sumai/policy.md:14:6 not-an-id"],
        ),
        edit(
            "a goal twice",
            STRATEGY,
            "id = \"sumu\"",
            "id = \"machi\"",
            &["sato/plan/strategy.toml:43:6 duplicate-id"],
        ),
        edit(
            "a goal in strategy.toml and in a folder",
            STRATEGY,
            "id = \"sumu\"",
            "id = \"kurashi\"\nname = \"くらし\"\n[[goal]]\nid = \"sumu\"",
            &["sato/plan/strategy.toml:42:1 duplicate-id"],
        ),
        edit(
            "a mark twice in a scale",
            STRATEGY,
            "mark = \"B\"",
            "mark = \"A\"",
            &["sato/plan/strategy.toml:24:50 duplicate-id"],
        ),
        edit(
            "a term twice",
            "glossary.toml",
            "term = \"再掲\"",
            "term = \"決算額\"",
            &["glossary.toml:5:1 duplicate-id"],
        ),
        edit(
            "a former id that is in use",
            AKIYA,
            "\"akiya-bank\"",
            "\"bus\"",
            &["sato/plan/programs/akiya/program.md:2:8 duplicate-id"],
        ),
    ]
}

fn values() -> Vec<Case> {
    vec![
        edit(
            "a year that is none",
            SUMAI_2023,
            "actual.R4 =",
            "actual.R100 =",
            &["sato/plan/policies/sumai/2023.md:4:8 not-a-year"],
        ),
        edit(
            "a year beyond its era",
            STRATEGY,
            "year = \"R5\"",
            "year = \"昭和99\"",
            &["sato/plan/strategy.toml:8:8 not-a-year"],
        ),
        edit("a period that runs backwards", STRATEGY, "R2/R6", "R6/R2", &["sato/plan/strategy.toml:3:10 not-a-year"]),
        edit(
            "one year twice, in two eras",
            SUMAI_2023,
            "actual.R4 =",
            "actual.H31 =",
            &["sato/plan/policies/sumai/2023.md:4:8 same-year-twice"],
        ),
        edit(
            "one year twice in a judgement",
            AKIYA_2023,
            "status.R5 = \"順調\"",
            "status.R1 = \"順調\"\nstatus.H31 = \"遅れ\"",
            &["sato/plan/programs/akiya/2023.md:13:8 same-year-twice"],
        ),
        edit(
            "one year twice among the printed names",
            AKIYA,
            "[printed.R4]",
            "[printed.H31]\nname = \"空家\"\n[printed.R1]",
            &["sato/plan/programs/akiya/program.md:9:10 same-year-twice"],
        ),
        edit(
            "a value outside the grammar",
            SUMAI_2023,
            "\"1,204 (H30)\"",
            "\"1,204 (速報)\"",
            &["sato/plan/policies/sumai/2023.md:3:13 not-a-value"],
        ),
        edit(
            "a separator in the wrong place",
            SUMAI_2023,
            "\"1,204 (H30)\"",
            "\"12,04\"",
            &["sato/plan/policies/sumai/2023.md:3:13 not-a-value"],
        ),
        edit(
            "a missing value in a spelling that is not declared",
            SUMAI_2023,
            "\"-\"",
            "\"―\"",
            &["sato/plan/policies/sumai/2023.md:5:13 not-a-value"],
        ),
        edit(
            "a bare number in another base",
            SUMAI_2023,
            "actual.R4 = 3",
            "actual.R4 = 0x10",
            &["sato/plan/policies/sumai/2023.md:4:13 not-a-value"],
        ),
        edit(
            "true where a value is expected",
            SUMAI_2023,
            "actual.R4 = 3",
            "actual.R4 = true",
            &["sato/plan/policies/sumai/2023.md:4:13 wrong-type"],
        ),
        edit(
            "a number where words are expected",
            SUMAI_2023,
            "\"空き家の相談が増えている\"",
            "12",
            &["sato/plan/policies/sumai/2023.md:11:13 not-a-value"],
        ),
        edit(
            "two values in one table",
            SUMAI_2023,
            "note = \"改定後\"",
            "missing = \"-\"",
            &["sato/plan/policies/sumai/2023.md:6:13 not-a-value"],
        ),
        edit(
            "a table without a value",
            SUMAI_2023,
            "{ value = \"8件以上\", note",
            "{ note",
            &["sato/plan/policies/sumai/2023.md:6:13 not-a-value"],
        ),
        edit(
            "a misspelt key of a value",
            SUMAI_2023,
            "{ value =",
            "{ vlaue =",
            &["sato/plan/policies/sumai/2023.md:6:15 unknown-key"],
        ),
        edit(
            "an unknown key of a value",
            SUMAI_2023,
            "note = \"改定後\"",
            "remark = \"改定後\"",
            &["sato/plan/policies/sumai/2023.md:6:31 unknown-key"],
        ),
        edit(
            "a bound that is none",
            SUMAI_2023,
            "note = \"改定後\"",
            "bound = \"over\"",
            &["sato/plan/policies/sumai/2023.md:6:39 unknown-word"],
        ),
        edit(
            "a bound on what is no number",
            SUMAI_2023,
            "value = \"8件以上\", note = \"改定後\"",
            "printed = \"前年度より増\", bound = \"above\"",
            &["sato/plan/policies/sumai/2023.md:6:13 not-a-value"],
        ),
        edit(
            "a range that runs backwards",
            SUMAI_2023,
            "value = \"8件以上\", note = \"改定後\"",
            "from = 4, to = 3",
            &["sato/plan/policies/sumai/2023.md:6:13 not-a-range"],
        ),
        edit(
            "a measured year that is none",
            SUMAI_2023,
            "note = \"改定後\"",
            "measured = \"H99\"",
            &["sato/plan/policies/sumai/2023.md:6:42 not-a-year"],
        ),
        edit(
            "a part without its value",
            AKIYA_2023,
            "name = \"補助金\", value = 1500",
            "name = \"補助金\"",
            &["sato/plan/programs/akiya/2023.md:6:42 missing-key"],
        ),
        edit(
            "the end of the plan among actual values",
            SUMAI_2023,
            "actual.R4 =",
            "actual.end =",
            &["sato/plan/policies/sumai/2023.md:4:8 not-a-year"],
        ),
    ]
}

fn marks_and_headings() -> Vec<Case> {
    vec![
        edit(
            "an unknown mark",
            SUMAI_2023,
            "status = \"順調\"",
            "status = \"順長\"",
            &["sato/plan/policies/sumai/2023.md:17:10 unknown-mark"],
        ),
        edit(
            "an unknown mark of an indicator",
            SUMAI_2023,
            "grade = \"B\"",
            "grade = \"Ｂ\"",
            &["sato/plan/policies/sumai/2023.md:8:9 unknown-mark"],
        ),
        edit(
            "an unknown scale",
            SUMAI_2023,
            "status = \"順調\"",
            "statsu = \"順調\"",
            &["sato/plan/policies/sumai/2023.md:17:1 unknown-key"],
        ),
        edit(
            "a scale of others",
            SUMAI_2023,
            "status = \"順調\"",
            "grade = \"A\"",
            &["sato/plan/policies/sumai/2023.md:17:1 scale-of-others"],
        ),
        edit(
            "a judgement with a note alone",
            SUMAI_2023,
            "status = \"順調\"",
            "status = { note = \"保留\" }",
            &["sato/plan/policies/sumai/2023.md:17:10 missing-key"],
        ),
        edit(
            "a judgement with a misspelt key",
            SUMAI_2023,
            "status = \"順調\"",
            "status = { marc = \"順調\", note = \"x\" }",
            &["sato/plan/policies/sumai/2023.md:17:12 unknown-key"],
        ),
        edit(
            "a judgement that is given and missing",
            SUMAI_2023,
            "status = \"順調\"",
            "status = { mark = \"順調\", missing = \"-\" }",
            &["sato/plan/policies/sumai/2023.md:17:10 not-a-judgement"],
        ),
        edit(
            "a judgement without any mark",
            SUMAI_2023,
            "status = \"順調\"",
            "status = []",
            &["sato/plan/policies/sumai/2023.md:17:10 empty-text"],
        ),
        edit(
            "a judgement of a year that is none",
            AKIYA_2023,
            "status.R5",
            "status.R5年度末",
            &["sato/plan/programs/akiya/2023.md:12:10 toml-syntax"],
        ),
        edit(
            "an unknown heading",
            AKIYA_2023,
            "## 課題",
            "## 課題等",
            &["sato/plan/programs/akiya/2023.md:19:4 unknown-heading"],
        ),
        edit(
            "a heading of other nodes",
            SUMAI_2023,
            "## 成果",
            "## 課題",
            &["sato/plan/policies/sumai/2023.md:19:4 unknown-heading"],
        ),
        edit(
            "a heading twice",
            AKIYA_2023,
            "## 課題",
            "## 成果",
            &["sato/plan/programs/akiya/2023.md:19:4 heading-twice"],
        ),
        edit(
            "a section of an unknown scale",
            STRATEGY,
            "of = [\"program\"]\ntitle = \"課題\"",
            "of = [\"program\"]\nscale = \"statsu\"",
            &["sato/plan/strategy.toml:32:9 unknown-word"],
        ),
        edit(
            "a section of an unknown kind",
            STRATEGY,
            "of = [\"program\"]\ntitle",
            "of = [\"programs\"]\ntitle",
            &["sato/plan/strategy.toml:31:7 unknown-word"],
        ),
    ]
}

fn links() -> Vec<Case> {
    vec![
        edit(
            "a link that is none",
            SUMAI,
            "\"policy:kyoiku\"",
            "\"教育の充実\"",
            &["sato/plan/policies/sumai/policy.md:4:10 not-a-reference"],
        ),
        edit(
            "a link to what does not exist",
            SUMAI,
            "\"policy:kyoiku\"",
            "\"policy:kyouiku\"",
            &["sato/plan/policies/sumai/policy.md:4:10 unresolved-link"],
        ),
        edit(
            "a link to an indicator that does not exist",
            SUMAI,
            "\"policy:kyoiku\"",
            "\"indicator:policy/sumai/akia\"",
            &["sato/plan/policies/sumai/policy.md:4:10 unresolved-link"],
        ),
        edit(
            "a link to a strategy that does not exist",
            SUMAI,
            "sato/vision/goal:mirai",
            "sato/visions/goal:mirai",
            &["sato/plan/policies/sumai/policy.md:4:27 unresolved-link"],
        ),
        edit(
            "a link into another strategy, to what does not exist",
            SUMAI,
            "goal:mirai",
            "goal:mira",
            &["sato/plan/policies/sumai/policy.md:4:27 unresolved-link"],
        ),
        edit(
            "a link to another municipality",
            SUMAI,
            "sato/vision/goal:mirai",
            "umi/program:minato",
            &["sato/plan/policies/sumai/policy.md:4:27 other-unit"],
        ),
        edit(
            "a link in the words",
            SUMAI,
            "(program:akiya)",
            "(program:akiyaa)",
            &["sato/plan/policies/sumai/policy.md:26:5 unresolved-link"],
        ),
        edit(
            "a link in the words of a sheet",
            SUMAI_2023,
            "(program:shinryojo)",
            "(program:shinryosho)",
            &["sato/plan/policies/sumai/2023.md:20:1 unresolved-link"],
        ),
        edit(
            "a link to a kind that does not exist",
            SUMAI,
            "(program:akiya)",
            "(jigyo:akiya)",
            &["sato/plan/policies/sumai/policy.md:26:5 unresolved-link"],
        ),
        edit(
            "a link to a file that is not there",
            AKIYA_2023,
            "https://example.jp/",
            "shiryo.pdf",
            &["sato/plan/programs/akiya/2023.md:18:4 unresolved-link"],
        ),
        edit(
            "a picture that is not there",
            AKIYA,
            "map.svg",
            "mapp.svg",
            &["sato/plan/programs/akiya/program.md:11:1 unresolved-link"],
        ),
        edit(
            "a picture of another site",
            AKIYA,
            "map.svg",
            "https://example.jp/map.svg",
            &["sato/plan/programs/akiya/program.md:11:1 unresolved-link"],
        ),
        edit(
            "an address that browsers may not follow",
            AKIYA_2023,
            "https://example.jp/",
            "javascript:alert(1)",
            &["sato/plan/programs/akiya/2023.md:18:4 unresolved-link"],
        ),
        edit(
            "an outside that is published",
            STRATEGY,
            "id = \"policy:kyoiku\"\nname",
            "id = \"policy:kyoiku\"\n[[outside]]\nid = \"policy:iryo\"\nname",
            &["sato/plan/strategy.toml:37:6 outside-published"],
        ),
        edit(
            "an outside of another strategy",
            STRATEGY,
            "id = \"policy:kyoiku\"\nname",
            "id = \"policy:kyoiku\"\n[[outside]]\nid = \"sato/vision/policy:x\"\nname",
            &["sato/plan/strategy.toml:37:6 not-a-reference"],
        ),
        edit(
            "a successor of what does not exist",
            BUS,
            "name =",
            "succeeds = [\"program:basu\"]\nname =",
            &["sato/plan/programs/bus/program.md:2:13 unresolved-link"],
        ),
    ]
}

fn rows() -> Vec<Case> {
    vec![
        edit(
            "a row of a program that does not exist",
            IRYO,
            "id = \"shinryojo\"",
            "id = \"shinryoujo\"",
            &["sato/plan/policies/iryo/policy.md:6:6 unresolved-link"],
        ),
        edit(
            "a row in a group, of a program that does not exist",
            SUMAI,
            "[\"bus\"]",
            "[\"basu\"]",
            &["sato/plan/policies/sumai/policy.md:24:13 unresolved-link"],
        ),
        edit(
            "a row without an id",
            IRYO,
            "id = \"shinryojo\"\n",
            "number = \"1\"\n",
            &["sato/plan/policies/iryo/policy.md:5:1 missing-key"],
        ),
        edit("two homes", IRYO, "repeat = true\n", "", &["sato/plan/policies/iryo/policy.md:9:6 two-homes"]),
        edit(
            "two rows under one policy",
            SUMAI,
            "[\"bus\"]",
            "[\"bus\", \"akiya\"]",
            &["sato/plan/policies/sumai/policy.md:24:20 row-twice"],
        ),
        edit(
            "a program in no row",
            SUMAI,
            "[\"bus\"]",
            "[]",
            &["sato/plan/programs/bus/program.md:2:8 program-without-row"],
        ),
        edit(
            "a row of a policy",
            IRYO,
            "id = \"shinryojo\"",
            "id = \"sumai\"",
            &["sato/plan/policies/iryo/policy.md:6:6 unresolved-link"],
        ),
        edit(
            "a row of a program that is declared outside",
            STRATEGY,
            "id = \"policy:kyoiku\"\nname = \"教育の充実\"",
            "id = \"program:gakko\"\n[[outside]]\nid = \"policy:kyoiku\"\n[[program]]\nid = \"gakko\"",
            &["sato/plan/strategy.toml:39:6 unresolved-link"],
        ),
        edit(
            "a row also under what does not exist",
            IRYO,
            "repeat = true",
            "repeat = true\nalso = [\"policy:6-2-1\"]",
            &["sato/plan/policies/iryo/policy.md:11:9 unresolved-link"],
        ),
        edit(
            "years of a row that are none",
            IRYO,
            "repeat = true",
            "repeat = true\nyears = [\"R5\", \"来年度\"]",
            &["sato/plan/policies/iryo/policy.md:11:16 not-a-year"],
        ),
        edit(
            "a marker of a year that is none",
            SUMAI,
            "marker.R5 =",
            "marker.R5x =",
            &["sato/plan/policies/sumai/policy.md:20:8 not-a-year"],
        ),
    ]
}

fn goals() -> Vec<Case> {
    vec![
        edit(
            "a goal above that does not exist",
            SUMAI,
            "goal = \"sumu\"",
            "goal = \"sumo\"",
            &["sato/plan/policies/sumai/policy.md:3:8 unresolved-link"],
        ),
        edit(
            "a goal above written as a link",
            SUMAI,
            "goal = \"sumu\"",
            "goal = \"goal:sumu\"",
            &["sato/plan/policies/sumai/policy.md:3:8 not-an-id"],
        ),
        edit(
            "a goal above itself",
            STRATEGY,
            "parent = \"machi\"",
            "parent = \"sumu\"",
            &["sato/plan/strategy.toml:44:10 goal-circle"],
        ),
        edit(
            "a circle of goals",
            STRATEGY,
            "name = \"まちをつくる\"",
            "name = \"まちをつくる\"\nparent = \"sumu\"",
            &["sato/plan/strategy.toml:41:10 goal-circle"],
        ),
        edit(
            "a goal above that is not published",
            STRATEGY,
            "id = \"policy:kyoiku\"",
            "id = \"goal:kyoiku\"\n[[goal]]\nid = \"kodomo\"\nname = \"x\"\nparent = \"kyoiku\"\n[[outside]]\nid = \"policy:kyoiku\"",
            &["sato/plan/strategy.toml:39:10 unresolved-link"],
        ),
        edit(
            "parent, the key of goals, in a policy",
            SUMAI,
            "goal = \"sumu\"",
            "parent = \"sumu\"",
            &["sato/plan/policies/sumai/policy.md:3:1 unknown-key"],
        ),
    ]
}
