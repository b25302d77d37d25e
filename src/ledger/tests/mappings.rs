//! Errors of mapping files: all in one run, each with its line.

use crate::ledger::Mapping;

/// Asserts that a mapping file has exactly the errors that `expect` begins, as `line: message / help`.
fn check(text: &str, expect: &[&str]) {
    let errors = Mapping::parse(text).map_or_else(|errors| errors, |_| Vec::new());
    let shown: Vec<String> = errors
        .iter()
        .map(|error| {
            format!("{}: {} / {}", error.place.describe("m").trim_start_matches("m:"), error.message.ja, error.help.ja)
        })
        .collect();
    let is_expected =
        shown.len() == expect.len() && shown.iter().zip(expect).all(|(error, part)| error.starts_with(part));
    assert!(is_expected, "{text}\nexpected {expect:#?}, found {shown:#?}");
}

/// The keys that every mapping file has.
const HEAD: &str = "strategy = \"a\"\nedition = { id = \"2025\", label = \"七年度\" }\n";

#[test]
fn unknown_keys_are_answered_with_similar_ones() {
    check(
        &format!("{HEAD}mony_unit = \"円\"\n[[table]]\nfile = \"t.csv\"\nheadr = 2\n"),
        &[
            "3: `mony_unit` というキーはここにはありません / もしかして: money_unit",
            "6: `headr` というキーはここにはありません / もしかして: header",
        ],
    );
    check(
        &format!("{HEAD}[[table]]\nfile = \"t.csv\"\n[table.node]\nmeasure = {{ id = \"A 番号\", name = \"B 名\" }}\n"),
        &["6: `measure` というキーはここにはありません / ここに書けるのは goal, goal/2, goal/3, policy, program です"],
    );
}

#[test]
fn required_keys_are_asked_for() {
    check("", &["1: `edition` がありません", "1: `strategy` がありません", "1: `table` がありません"]);
    check(
        &format!("{HEAD}[[table]]\nfile = \"t.csv\"\n[[table.money]]\npast = \"settlement\"\n"),
        &["5: `column` がありません"],
    );
}

#[test]
fn undecided_entries_are_errors_wherever_they_are() {
    check(
        &format!("{HEAD}[[table]]\nfile = \"?\"\nkey = [\"A 番号\", \"?\"]\n[table.ignore]\n\"?\" = \"不明\"\n"),
        &[
            "4: file が「?」のままで、決まっていません",
            "5: key が「?」のままで、決まっていません",
            "7: \"?\" が「?」のままで、決まっていません",
        ],
    );
}

#[test]
fn values_of_other_forms_are_errors_at_their_lines() {
    let table = |keys: &str| format!("{HEAD}[[table]]\nfile = \"t.csv\"\n{keys}\n");
    check(&table("header = \"二行目\""), &["5: `header` の値の形が違います / 0 以上の整数を書いてください"]);
    check(&table("rows = \"三行目から\""), &["5: 「三行目から」は行の範囲ではありません"]);
    check(&table("rows = \"9..3\""), &["5: 「9..3」は行の範囲ではありません"]);
    check(&table("[[table.block]]\nfirst = \"A 国\"\nevery = 4000000000\nyears = []"), &["5: `every` は列の数です"]);
    check(
        &table("[[table.money]]\ncolumn = \"A 額\"\nfunding = { \"国\" = \"B 国\" }"),
        &["7: 「国」は id に使えません"],
    );
    check(&table("others = \"keep\""), &["3: `others` に書けるのは \"ignore\" だけです"]);
    check(
        &table("[[table.block]]\nfirst = \"A 国\"\nevery = 3\nyears = [\"六年度\"]\npast = \"..六年\""),
        &["8: 「六年度」は年度ではありません", "9: 「..六年」は年度の範囲ではありません"],
    );
    check(
        &table("[[table.money]]\nid = \"人件費\"\ncolumn = \"A 人件費\"\ncheck = \"total\""),
        &["5: `check` に書けるのは \"sum\" だけです", "5: 「人件費」は id に使えません"],
    );
    check(
        &format!("{HEAD}table = []\n[[fix]]\ncell = \"一番地\"\nis = \"\"\nto = \"\"\nwhy = \"\"\n"),
        &["4: 「一番地」はセルの番地ではありません"],
    );
    check(
        &table(
            "[[table.long]]\nrow = \"種類\"\nrows = { \"実績\" = \"result\" }\nid = { counted = \"s\" }\nname = \"名\"\nyears = \"R2..R5\"",
        ),
        &["7: 「result」は値の種類ではありません / actual、target、forecast、rate、ignore"],
    );
}

#[test]
fn files_that_are_not_toml_are_errors_at_their_lines() {
    check(&format!("{HEAD}title = 架空\ntable = []\n"), &["3: TOML として読めません"]);
}

#[test]
fn an_id_with_two_titles_is_an_error() {
    let money = |title: &str| {
        format!(
            "[[table.money]]\nid = \"jinkenhi\"\ntitle = \"{title}\"\ncolumn = \"C 額\"\nphase = \"budget\"\nyear = \"R6\"\n"
        )
    };
    let table = "[[table]]\nfile = \"t.csv\"\nkey = \"A 番号\"\n";
    check(&format!("{HEAD}{table}{}{}", money("人件費"), money("人件費")), &[]);
    let expect =
        "12: id「jinkenhi」の名称が、6 行目では「人件費」、ここでは「総コスト」です / 同じものなら名称をそろえ";
    check(&format!("{HEAD}{table}{}{}", money("人件費"), money("総コスト")), &[expect]);
}
