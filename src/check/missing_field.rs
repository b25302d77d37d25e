//! The rule `missing-field`.

mod heading;

use super::visit::nodes;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{FieldIx, Report};

pub(super) const LINT: Lint = Lint {
    rule: Rule::MissingField,
    title: Bilingual {
        ja: "必ず記載する欄や、ほかのすべてにある欄に、記載がない",
        en: "a missing field that is required, or that all others have",
    },
    explanation: Bilingual {
        ja: "`[[field]] required = \"always\"` は、対象のすべてに記載する欄を決めます。\
             目標・施策・事務事業のファイルか、いちばん新しい調書のどちらかに書きます。\
             ほかに、調書のある同じ階層のほかのすべて（4件以上）にある担当・番号・会計科目（金額のあるもの）・値を選ぶ欄、同じ版のほかのすべての調書に\
             あるページ、ほかのすべての指標（8件以上）にある単位が、一つだけないときも指摘します。数値に単位を添えた指標、数値が一つの指標、出生率や指数などは、単位がなくても\
             指摘しません。",
        en: "`[[field]] required = \"always\"` declares a field that every node of its kinds has, in the file of the \
             node or in its newest sheet. Also reported are the only node without a department, number, account (if it has \
             money) or field with declared values that all others of its level with sheets have (four or more), the only sheet of an edition \
             without a page, and the only indicator without a unit (of nine or more), unless units stand beside its numbers, \
             or it has a single number, or it is a birth rate or an index.",
    },
    example: concat!("[field]\n", "means = \"直営\""),
    remedy: Bilingual {
        ja: "資料にある値を `[field]` に書いてください。資料でも空欄なら、確認済みにしてください。",
        en: "Write the value of the source under `[field]`. If the source leaves it empty, acknowledge the finding.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    heading::check(report, findings);
    for (strategy, _, node) in nodes(report).filter(|(strategy, ..)| !strategy.outline_only) {
        let entries = node.fields_in(node.sheets.last());
        for (index, field) in strategy.fields.iter().enumerate() {
            let applies = field.required && field.applies_to.contains(&node.kind);
            if !applies || entries.iter().any(|entry| entry.field == FieldIx(index)) {
                continue;
            }
            let (title, id, name) = (&field.title, &field.id, &node.name);
            let message = say!(
                ja: "「{name}」に「{title}」の記載がありません",
                en: "`{name}` has no field `{title}`"
            );
            let help = say!(
                ja: "`[field]` に `{id} = \"…\"` を書いてください",
                en: "write `{id} = \"…\"` under `[field]`"
            );
            findings.add(node.name_span, format!("field.{id}"), message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn reports_nodes_without_a_required_field() {
        let field =
            "[[field]]\nid = 'means'\ntitle = '実施方法'\nof = ['program']\nvalues = ['直営']\nrequired = 'always'";
        let content = Fixture::new().append_to_strategy(field).policy("1", &["a"]);
        let check = |file: &str, sheet: &str, expected: &[&str]| {
            let node = format!("+++\nname = 'A'\n{file}+++\n");
            let content = content.clone().with(program("a", sheet)).file("programs/a/program.md", &node);
            content.assert_finds("missing-field", expected);
        };
        check("", "", &["programs/a/program.md:2"]);
        check("[field]\nmeans = '直営'\n", "", &[]);
        check("", "[field]\nmeans = '直営'\n", &[]);
    }

    /// Five programs with the same keys, the last one with `keys` and the sheet `sheet`.
    fn programs(usual: &str, usual_sheet: &str, keys: &str, sheet: &str) -> Fixture {
        ["a", "b", "c", "d", "e"].into_iter().fold(Fixture::new(), |content, id| {
            let (keys, sheet) = if id == "e" { (keys, sheet) } else { (usual, usual_sheet) };
            let node = format!("+++\nname = 'program {id}'\n{keys}\n+++\n");
            content.with(program(id, sheet)).file(&format!("programs/{id}/program.md"), &node)
        })
    }

    #[test]
    fn reports_the_only_node_without_what_all_others_have() {
        let found = &["programs/e/program.md:2"];
        let check = |usual: &str, keys: &str, sheet: &str, expected: &[&str]| {
            programs(usual, "[money]\nbudget.R5 = 1", keys, sheet).assert_finds("missing-field", expected);
        };
        let money = "[money]\nbudget.R5 = 1";
        check("department = '課'", "department = '課'", money, &[]);
        check("department = '課'", "", money, found);
        check("department = '課'", "", "department = '課'", &[]);
        check("account = '01一般会計'", "", money, found);
        check("account = '01一般会計'", "", "", &[]);
        let two_without = programs("department = '課'", "", "", "").with(program("d", ""));
        two_without.assert_finds("missing-field", &[]);
    }

    #[test]
    fn reports_the_only_sheet_without_a_page() {
        programs("", "page = '3'", "", "page = '9'").assert_finds("missing-field", &[]);
        programs("", "page = '3'", "", "").assert_finds("missing-field", &["programs/e/2023.md:1"]);
    }

    #[test]
    fn reports_the_only_indicator_without_a_unit() {
        let check = |name: &str, value: &str, expected: &[&str]| {
            let ids = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
            let of = |id: &str| if id == "i" { ("", name, value) } else { ("unit = '人'", "X", "5") };
            let indicators = ids.map(|id| {
                let (unit, name, _) = of(id);
                format!("[[indicator]]\nid = '{id}'\nname = '{name}'\n{unit}\n")
            });
            let figures = ids.map(|id| {
                format!("[indicator.{id}]\nactual.R4 = '{value}'\nactual.R5 = '{value}'\n", value = of(id).2)
            });
            Fixture::new()
                .with(program("a", &figures.concat()))
                .file("programs/a/program.md", &format!("+++\nname = 'A'\n{}+++\n", indicators.concat()))
                .assert_finds("missing-field", expected);
        };
        check("参加者数", "5", &["programs/a/program.md:35"]);
        check("参加者数", "5人", &[]);
        check("出生率", "5", &[]);
    }
}
