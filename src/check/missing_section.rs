//! The rule `missing-section`.

use super::visit::{SheetRef, sheets};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{Prose, Report, Required, SectionRule};

pub(super) const LINT: Lint = Lint {
    rule: Rule::MissingSection,
    title: Bilingual {
        ja: "必須の見出しがない、または内容が空である",
        en: "a required section that is missing or empty",
    },
    explanation: Bilingual {
        ja: "`[[section]] required = \"always\"` は、その種類の調書に必須の見出しを決めます。\
             評価を見出しにしているときは、そのうち一つがあれば足ります。",
        en: "`[[section]] required = \"always\"` declares headings that every sheet of a kind must have. If the \
             headings are the marks of a scale, one of them is enough.",
    },
    example: concat!("## 事業実績\n", "\n", "## 課題"),
    remedy: Bilingual {
        ja: "資料にある文をその見出しの下に書いてください。資料でも空欄なら、確認済みにしてください。",
        en: "Write the text of the source under that heading. If the source leaves it empty, acknowledge the \
             finding.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for item in sheets(report) {
        for rule in rules(item) {
            if rule.required != Some(Required::Always) || has_section(item, rule) {
                continue;
            }
            let title = title(item, rule);
            let message = say!(
                ja: "見出し「{title}」がないか、何も書かれていません",
                en: "the section `{title}` is missing or empty"
            );
            let help = say!(
                ja: "`## {title}` の下に本文を書いてください",
                en: "write the text under `## {title}`"
            );
            let span = prose_under(item, &title).map_or(item.sheet.span, end_of_heading);
            findings.add(span, title, message, help);
        }
    }
}

/// Rules for the headings of the sheet.
pub(super) fn rules(item: SheetRef<'_>) -> impl Iterator<Item = &SectionRule> {
    let fields = item.node.fields_in(Some(item.sheet));
    item.strategy.sections.iter().filter(move |rule| rule.applies(item.node.kind, &fields))
}

/// Prose under the heading `title`; `None` if there is no such heading.
pub(super) fn prose_under<'r>(item: SheetRef<'r>, title: &str) -> Option<&'r Prose> {
    item.sheet.sections.iter().find(|section| section.title == title).map(|section| &section.prose)
}

/// Empty span at the end of a heading, before its empty prose.
pub(super) fn end_of_heading(empty: &Prose) -> Span {
    let end = empty.span.start.saturating_sub(1);
    Span { start: end, end, ..empty.span }
}

/// Returns true if the sheet has a non-empty section of `rule`.
pub(super) fn has_section(item: SheetRef<'_>, rule: &SectionRule) -> bool {
    let written = |title: &str| prose_under(item, title).is_some_and(|prose| !prose.is_empty());
    let marks = rule.scale.and_then(|scale| item.strategy.scales.get(scale.0));
    rule.title.as_deref().is_some_and(written)
        || marks.is_some_and(|scale| scale.marks.iter().any(|mark| written(&mark.printed)))
}

/// Heading of `rule`, or the first mark of its scale.
pub(super) fn title(item: SheetRef<'_>, rule: &SectionRule) -> String {
    let scale = rule.scale.and_then(|scale| item.strategy.scales.get(scale.0));
    let first = scale.and_then(|scale| scale.marks.first()).map(|mark| mark.printed.clone());
    rule.title.clone().or(first).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn sheet(text: &str) -> Fixture {
        Fixture::new()
            .append_to_strategy("[[section]]\nof = ['program']\ntitle = '実績'\nrequired = 'always'\n[[section]]\nof = ['program']\ntitle = '補足'")
            .with(program("a", ""))
            .file("programs/a/2023.md", text)
    }

    #[test]
    fn reports_missing_required_sections() {
        sheet("## 実績\n25名\n").assert_finds("missing-section", &[]);
        sheet("## 補足\n25名\n").assert_finds("missing-section", &["programs/a/2023.md:1"]);
    }

    #[test]
    fn reports_empty_required_sections() {
        sheet("## 補足\n25名\n\n## 実績\n\n").assert_finds("missing-section", &["programs/a/2023.md:4"]);
    }

    #[test]
    fn requires_a_section_only_where_its_condition_is_met() {
        let strategy = "[[field]]\nid = 'type'\ntitle = '区分'\nof = ['program']\n[[section]]\nof = ['program']\ntitle = '工事'\nwhere = { type = 'ハード' }\nrequired = 'always'";
        let content = Fixture::new().append_to_strategy(strategy);
        let check = |field: &str, expected: &[&str]| {
            let sheet = format!("+++\n[field]\ntype = '{field}'\n+++\n");
            content
                .clone()
                .with(program("a", ""))
                .file("programs/a/2023.md", &sheet)
                .assert_finds("missing-section", expected);
        };
        check("ハード", &["programs/a/2023.md:1"]);
        check("ソフト", &[]);
    }

    #[test]
    fn accepts_one_of_several_marks_as_heading() {
        let scale = "[[scale]]\nid = 's'\ntitle = 'S'\nof = ['program']\nmarks = [{ mark = '実施' }, { mark = '予定' }]\n[[section]]\nof = ['program']\nscale = 's'\nrequired = 'always'";
        let sheet =
            |text| Fixture::new().append_to_strategy(scale).with(program("a", "")).file("programs/a/2023.md", text);
        sheet("## 予定\n来年\n").assert_finds("missing-section", &[]);
        sheet("").assert_finds("missing-section", &["programs/a/2023.md:1"]);
    }
}
