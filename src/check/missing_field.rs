//! The rule `missing-field`.

use super::visit::nodes;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{FieldIx, Report};

pub(super) const LINT: Lint = Lint {
    rule: Rule::MissingField,
    title: Bilingual { ja: "必ず記載する欄に、記載がない", en: "a required field that is missing" },
    explanation: Bilingual {
        ja: "`[[field]] required = \"always\"` は、対象のすべてに記載する欄を決めます。\
             目標・施策・事務事業のファイルか、いちばん新しい調書のどちらかに書きます。",
        en: "`[[field]] required = \"always\"` declares a field that every node of its kinds has, in the file of the \
             node or in its newest sheet.",
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
}
