//! Tests of amounts: kinds, phases, sources of funding, sub-items and accounts.

use super::{load, load_clean, node, sheet};
use crate::model::{AmountKey, AmountKindIx, AmountTable, FiscalYear, FundingIx, funding_of};
use crate::workspace::Analysis;

const STRATEGY: &str = r#"
title = "x"
publisher = "x"
[[edition]]
id = "e"
label = "x"
[[money]]
id = "labour"
title = "人件費"
[[money]]
id = "unit"
title = "単位コスト"
unit = "円"
additive = false
[[phase]]
id = "initial"
title = "当初"
like = "budget"
[[phase]]
id = "budget"
title = "予算現額"
sum = ["initial", "extra"]
[[phase]]
id = "extra"
title = "補正"
like = "budget"
[[staff]]
id = "hours"
title = "従事時間"
unit = "時間"
[[funding]]
id = "national"
title = "国"
[[funding]]
id = "general"
title = "一般財源"
[[program]]
id = "p"
"#;

fn files<'a>(strategy: &'a str, program: &'a str, sheet: &'a str) -> [(&'static str, &'a str); 3] {
    [("s/strategy.toml", strategy), ("s/programs/p/program.md", program), ("s/programs/p/e.md", sheet)]
}

fn read(program: &str, sheet: &str) -> Analysis {
    let program = format!("+++\nname = \"x\"\n{program}\n+++\n");
    load_clean(&files(STRATEGY, &program, &format!("+++\n{sheet}\n+++\n")))
}

/// The dotted keys of all amounts under `[money]` and `[staff]`, in column order, with their printed values.
fn amounts(loaded: &Analysis) -> Vec<String> {
    let declared = &loaded.report.strategies[0].amounts;
    let sheet = sheet(loaded, "p");
    let of = |table: AmountTable, amounts: &crate::model::Amounts| -> Vec<String> {
        let printed = |(key, year, value): (AmountKey, Option<FiscalYear>, &crate::model::Value)| {
            let year = year.map_or("all".to_owned(), FiscalYear::short);
            format!("{} {year} {}", declared.key(table, key), value.printed)
        };
        amounts.all().map(printed).collect()
    };
    [of(AmountTable::Money, &sheet.money), of(AmountTable::Staff, &sheet.staff)].concat()
}

/// The English messages of the errors of `strategy` with a sheet.
fn errors(strategy: &str, sheet: &str) -> Vec<String> {
    let sheet = format!("+++\n{sheet}\n+++\n");
    let loaded = load(&files(strategy, "+++\nname = \"x\"\n+++\n", &sheet));
    loaded.diagnostics.iter().map(|diagnostic| diagnostic.message.en.clone()).collect()
}

#[test]
fn reads_kinds_and_phases_in_the_order_of_their_declaration() {
    let loaded = read(
        "",
        "[money]\nplan.all = 60\nextra.R5 = '▲3'\nbudget.R5 = 9\ninitial.R5 = 12\nsettlement.R5 = 8\n\
         labour.settlement.R5 = 4\nunit.settlement.R5 = '310円'\n[staff]\nactual.R5 = 2\nhours.actual.R5 = '1,800時間'",
    );
    let expected = [
        "initial R5 12",
        "budget R5 9",
        "extra R5 ▲3",
        "settlement R5 8",
        "labour.settlement R5 4",
        "unit.settlement R5 310円",
        "plan all 60",
        "actual R5 2",
        "hours.actual R5 1,800時間",
    ];
    assert_eq!(amounts(&loaded), expected);
    let declared = &loaded.report.strategies[0].amounts;
    assert_eq!((declared.is_additive(AmountKindIx(1)), declared.is_additive(AmountKindIx(2))), (true, false));
}

#[test]
fn phases_are_in_declared_order_only_if_all_are_declared() {
    let strategy = |ids: &[&str]| {
        let phases: String = ids.iter().map(|id| format!("[[phase]]\nid = '{id}'\ntitle = 'x'\n")).collect();
        format!("title = 'x'\npublisher = 'x'\n{phases}[[edition]]\nid = 'e'\nlabel = 'x'\n[[program]]\nid = 'p'\n")
    };
    let check = |ids: &[&str], expected: &[&str]| {
        let sheet = "+++\n[money]\nbudget.R5 = 1\nsettlement.R5 = 1\nplan.R5 = 1\n+++\n";
        let loaded = load_clean(&files(&strategy(ids), "+++\nname = \"x\"\n+++\n", sheet));
        let keys: Vec<String> = amounts(&loaded).iter().map(|amount| amount.replace(" R5 1", "")).collect();
        assert_eq!(keys, expected, "{ids:?}");
    };
    check(&["plan", "settlement"], &["budget", "settlement", "plan"]);
    check(&["plan", "settlement", "budget"], &["plan", "settlement", "budget"]);
}

#[test]
fn an_amount_printed_again_without_sources_keeps_them() {
    let check = |later: &str, expected: &[&str]| {
        let strategy = STRATEGY.replace(
            "[[money]]\nid = \"labour\"",
            "[[edition]]\nid = \"f\"\nlabel = \"x\"\n[[money]]\nid = \"labour\"",
        );
        let first = "+++\n[money]\nsettlement.R5 = { value = 12, funding = { national = 12 } }\n+++\n";
        let later = format!("+++\n[money]\nsettlement.R5 = {later}\n+++\n");
        let [strategy, program, first] = files(&strategy, "+++\nname = \"x\"\n+++\n", first);
        let loaded = load_clean(&[strategy, program, first, ("s/programs/p/f.md", &later)]);
        let sheets = node(&loaded, "p").sheets.iter();
        let shares = funding_of(sheets, |sheet| &sheet.money, AmountKey::SETTLEMENT, Some(FiscalYear(2023)));
        assert_eq!(shares.iter().map(|share| share.value.printed.as_str()).collect::<Vec<_>>(), expected, "{later}");
    };
    check("12", &["12"]);
    check("{ value = 12, funding = { national = 5, general = 7 } }", &["5", "7"]);
    check("13", &[]);
}

#[test]
fn reads_sources_in_the_order_of_their_declaration() {
    let loaded = read("", "[money]\nbudget.R5 = { value = 12, funding = { general = 8, national = \"4\" } }");
    let key = AmountKey::base(loaded.report.strategies[0].amounts.phase("budget").unwrap());
    let value = &sheet(&loaded, "p").money.by_year[&key][&FiscalYear(2023)];
    let shares: Vec<_> = value.funding.iter().map(|share| (share.funding, share.value.printed.as_str())).collect();
    assert_eq!(shares, [(FundingIx(0), "4"), (FundingIx(1), "8")]);
}

#[test]
fn reads_sub_items() {
    let loaded = read("[[item]]\nid = \"a\"\nname = \"細事業\"", "[item.a.money]\nsettlement.R5 = 7");
    assert_eq!(node(&loaded, "p").items[0].name, "細事業");
    assert_eq!(sheet(&loaded, "p").items[&0].of_years().next().unwrap().2.printed, "7");
}

#[test]
fn reads_accounts_with_and_without_codes() {
    let check = |account: &str, expected: &[&[(&str, &str)]]| {
        let loaded = read(&format!("account = {account}"), "");
        let accounts = &node(&loaded, "p").accounts;
        let steps = accounts.iter().map(|account| account.steps.iter().map(|s| (s.code.as_str(), s.name.as_str())));
        assert_eq!(steps.map(Iterator::collect::<Vec<_>>).collect::<Vec<_>>(), expected, "{account}");
    };
    check("\"01一般会計・07商工費\"", &[&[("01", "一般会計"), ("07", "商工費")]]);
    check("\"土木費・住宅費\"", &[&[("", "土木費・住宅費")]]);
    check("[\"土木費\", \"01-02\"]", &[&[("", "土木費")], &[("01-02", "")]]);
    check(
        "{ printed = \"一般会計 款8 土木費\", steps = [\"一般会計\", \"8 土木費\"] }",
        &[&[("", "一般会計"), ("8", "土木費")]],
    );
}

#[test]
fn rejects_what_is_not_declared() {
    let check = |sheet: &str, expected: &str| assert_eq!(errors(STRATEGY, sheet), [expected], "{sheet}");
    check("[money]\nlabor.settlement.R5 = 4", "there is no key `labor` here");
    check("[money]\nlabour.paid.R5 = 4", "there is no key `paid` here");
    check("[money]\nbudget.all = 4", "only planned amounts can be over all years (`all`)");
    check(
        "[money]\nbudget.R5 = { value = 4, funding = { prefecture = 4 } }",
        "there is no source of funding `prefecture`",
    );
    check(
        "[staff]\nactual.R5 = { value = 4, funding = { national = 4 } }",
        "only amounts of money have sources (`funding`)",
    );
    check("[item.a.money]\nsettlement.R5 = 7", "there is no sub-item `a`");
    check("[money]\nunit.settlement.R5 = \"310千円\"", "`310千円` is not in the monetary unit of this strategy (円)");
}

#[test]
fn rejects_invalid_declarations() {
    let check = |more: &str, expected: &str| {
        let strategy = format!("title = 'x'\npublisher = 'x'\n{more}\n[[edition]]\nid = 'e'\nlabel = 'x'\n");
        assert_eq!(errors(&strategy, ""), [expected], "{more}");
    };
    check("[[phase]]\nid = 'extra'\ntitle = '補正'", "`like` is missing");
    check("[[phase]]\nid = 'budget'\ntitle = '予算'\nsum = ['initial']", "`initial` is not a valid value of `sum`");
    check("[[money]]\nid = 'plan'\ntitle = '計画'", "the id `plan` is already the key of a phase, such as the budget");
    check("sum_tolerance = -1", "`sum_tolerance` is a number");
}
