//! Tests of marks of rows, responses, departments with a role, and sections for some nodes only.

use super::{load, load_clean, node, sheet};
use crate::model::{ResponseEdition, Verdict};

const STRATEGY: &str = r#"
title = "x"
publisher = "x"
[[edition]]
id = "2022"
label = "x"
[[edition]]
id = "2023"
label = "x"
[[field]]
id = "type"
title = "区分"
of = ["program"]
values = [{ id = "hard", title = "ハード" }, { id = "soft", title = "ソフト" }]
[[scale]]
id = "weight"
title = "貢献度"
of = ["row"]
marks = [{ mark = "大" }, { mark = "小" }]
[[section]]
of = ["program"]
title = "成果"
[[section]]
of = ["program"]
title = "工事"
where = { type = "hard" }
required = "always"
"#;
const POLICY: &str = "+++\nname = \"x\"\n[[program]]\nid = \"p\"\n+++\n";
const PROGRAM: &str = "+++\nname = \"x\"\n[field]\ntype = \"hard\"\n+++\n";
const EMPTY: &str = "+++\n+++\n";

/// Codes of the diagnostics with this program and these sheets of the policy and the program.
fn rules(program: &str, policy_sheet: &str, program_sheet: &str) -> Vec<&'static str> {
    let loaded = load(&[
        ("s/strategy.toml", STRATEGY),
        ("s/policies/q/policy.md", POLICY),
        ("s/policies/q/2023.md", policy_sheet),
        ("s/programs/p/program.md", program),
        ("s/programs/p/2023.md", program_sheet),
    ]);
    assert!(loaded.diagnostics.iter().all(|diagnostic| diagnostic.help.is_some()));
    loaded.diagnostics.iter().map(|diagnostic| diagnostic.rule.code()).collect()
}

#[test]
fn reads_marks_of_rows_and_responses() {
    let policy_sheet = r#"+++
[program.p]
weight = "大"
[[response]]
edition = "2022"
raised_by = "委員会"
point = "a"
answer = "b"
status = "c"
[[response]]
edition = "前回"
point = "d"
+++
"#;
    let loaded = load_clean(&[
        ("s/strategy.toml", STRATEGY),
        ("s/policies/q/policy.md", POLICY),
        ("s/policies/q/2023.md", policy_sheet),
        ("s/programs/p/program.md", PROGRAM),
    ]);
    let sheet = sheet(&loaded, "q");
    assert_eq!(sheet.row_judgements["p"][0].verdict, Verdict::Marks(vec![0]));
    let [first, second] = &sheet.responses[..] else { panic!("{:#?}", sheet.responses) };
    assert!(matches!(first.edition, Some(ResponseEdition::Published(_))));
    assert_eq!((first.raised_by.as_deref(), first.answer.as_deref()), (Some("委員会"), Some("b")));
    assert_eq!(second.edition, Some(ResponseEdition::Printed("前回".to_owned())));
    assert_eq!((second.point.as_str(), &second.status), ("d", &None));
}

#[test]
fn marks_of_rows_need_a_row_and_a_scale_for_rows() {
    let given = |table: &str| format!("+++\n[{table}]\nweight = \"大\"\n+++\n");
    assert_eq!(rules(PROGRAM, &given("program.x"), EMPTY), ["unknown-row"]);
    assert_eq!(rules(PROGRAM, &given("judgement"), EMPTY), ["scale-of-others"]);
    assert_eq!(rules(PROGRAM, EMPTY, &given("program.p")), ["unknown-row"]);
}

#[test]
fn a_section_may_be_for_some_field_values_only() {
    let soft = "+++\nname = \"x\"\n[field]\ntype = \"soft\"\n+++\n";
    let works = "+++\n+++\n## 工事\nx\n";
    assert_eq!(rules(PROGRAM, EMPTY, works), [""; 0]);
    assert_eq!(rules(soft, EMPTY, works), ["unknown-heading"]);
    assert_eq!(rules(soft, EMPTY, "+++\n[field]\ntype = \"ハード\"\n+++\n## 工事\nx\n"), [""; 0]);
    assert_eq!(rules("+++\nname = \"x\"\n+++\n", EMPTY, works), ["unknown-heading"]);
}

#[test]
fn departments_may_have_a_role() {
    let program = "+++\nname = \"x\"\ndepartment = [\"観光課\", { name = \"農政課\", role = \"関係\" }]\n+++\n";
    let loaded = load_clean(&[
        ("s/strategy.toml", STRATEGY),
        ("s/policies/q/policy.md", POLICY),
        ("s/programs/p/program.md", program),
    ]);
    let departments = node(&loaded, "p").departments.iter();
    let departments: Vec<_> =
        departments.map(|department| (department.name.as_str(), department.role.as_deref())).collect();
    assert_eq!(departments, [("観光課", None), ("農政課", Some("関係"))]);
}
