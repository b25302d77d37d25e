//! Budget accounts: printed as they are written, and every step is a part of what is printed.

use super::{Features, read, toml_string};
use crate::diagnostic::{SourceId, Span};
use crate::fuzz::Target;
use crate::model::Account;

pub(in crate::fuzz) const TARGET: Target = Target {
    name: "accounts",
    pieces: &[
        "01",
        "一般会計",
        "・",
        "-",
        "－",
        "０１",
        "総務費",
        "款",
        "項",
        "目",
        " ",
        "　",
        "/",
        ">",
        "･",
        "特別会計",
        "99999",
        "の",
        "、",
    ],
    inputs: 800,
    run,
};

fn run(input: &[u8]) -> Features {
    let Ok(text) = std::str::from_utf8(input) else { return Features::from(["not UTF-8".to_owned()]) };
    let account = Account::parse(text, Span::new(SourceId(0), 0..0));
    let mut features = Features::from([shape(&account)]);
    assert_eq!(account.printed, text);
    assert!(!account.steps.is_empty());
    let parts: Vec<&str> = text.split('・').collect();
    let declared =
        Account::of_steps(text.to_owned(), &parts.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>(), account.span);
    assert_eq!(declared.steps.len(), parts.len());
    for (step, part) in declared.steps.iter().zip(parts) {
        assert!(part.contains(&step.code) && part.contains(&step.name), "{step:?} is not in {part:?}");
    }
    for step in &account.steps {
        assert!(text.contains(&step.code) && text.contains(&step.name), "{step:?} is not in {text:?}");
    }
    assert!(text.contains(account.first_step()));

    let program =
        format!("+++\nname = \"点検\"\naccount = [{0}, {{ printed = {0}, steps = [{0}] }}]\n+++\n", toml_string(text));
    let (analysis, rules) = read(&[("mura/programs/tenken/program.md", program.as_bytes())]);
    features.extend(rules);
    let accounts =
        analysis.report.strategies().flat_map(|(ix, _)| analysis.report.nodes(ix)).flat_map(|(_, node)| &node.accounts);
    for account in accounts {
        assert_eq!(account.printed.trim(), text.trim());
        features.insert(format!("content: {}", shape(account)));
    }
    features
}

fn shape(account: &Account) -> String {
    let steps = account.steps.iter().take(3).map(|step| match (step.code.is_empty(), step.name.is_empty()) {
        (true, true) => '0',
        (true, false) => 'n',
        (false, true) => 'c',
        (false, false) => 'b',
    });
    steps.collect()
}
