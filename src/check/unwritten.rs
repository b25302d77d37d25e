//! The rule `unwritten`.

use super::visit::sheets;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::Report;

pub(super) const LINT: Lint = Lint {
    rule: Rule::Unwritten,
    title: Bilingual {
        ja: "下書きの調書に、まだ書かれていない値がある",
        en: "a draft sheet with values that are still empty",
    },
    explanation: Bilingual {
        ja: "`shirube new edition` は、値が空の調書を作ります。すべて書き終わるまで、調書ごとに一度、\
             初めの空の値を示します。版が下書きでなくなると、空の値は一つずつ誤り（`empty-text`）になります。",
        en: "`shirube new edition` creates sheets with empty values. Until all are filled in, each sheet is \
             reported once, at its first empty value. When the edition is no longer a draft, each empty value \
             is an error (`empty-text`).",
    },
    example: "settlement.R6 = \"\"",
    remedy: Bilingual {
        ja: "印刷された値を書くか、欄がなければ行を消してください。",
        en: "Write the printed value, or delete the line if the source has no such cell.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for item in sheets(report) {
        let Some(first) = item.sheet.unwritten.first() else { continue };
        let n = item.sheet.unwritten.len();
        let message = say!(ja: "まだ書かれていない値が {n} 件あります", en: "values not filled in yet: {n}");
        let help = say!(
            ja: "`\"\"` の中に印刷されたとおりに書くか、欄がなければ行を消してください",
            en: "write the printed value between the `\"\"`, or delete the line if the source has no such cell"
        );
        findings.add(*first, "", message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn reports_a_draft_with_empty_values_once() {
        let sheet = "+++\n[money]\nbudget.R6 = 1\nsettlement.R6 = \"\"\nplan.R7 = \"\"\n+++\n";
        let draft = || {
            let content = Fixture::new().with(program("a", ""));
            content.file("editions/2024.toml", "label = 'R6'\nyear = 'R6'\ndraft = true\n")
        };
        draft().file("programs/a/2024.md", sheet).assert_finds("unwritten", &["programs/a/2024.md:4"]);
        draft().file("programs/a/2024.md", &sheet.replace("\"\"", "2")).assert_finds("unwritten", &[]);
    }
}
