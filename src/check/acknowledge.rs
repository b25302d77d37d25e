//! Applies `[[acknowledge]]` to findings. The rules `unknown-rule` and `unused-acknowledgement`.
//!
//! A new edition must not require changes in older files. An acknowledgement in the sheet of an earlier edition is
//! therefore matched against the findings of the report up to that edition. It also applies to the same finding in a
//! later sheet that reprints the figures; other figures are a new finding.

use super::{Finding, Findings, LINTS, Lint, Review, ReviewScope};
use crate::diagnostic::{Bilingual, Confidence, Diagnostic, Rule, SourceId, say};
use crate::model::{Acknowledgement, EditionIx, FiscalYear, Node, NodeId, Report, StrategyIx};
use std::collections::HashMap;

pub(super) const UNKNOWN: Lint = Lint {
    rule: Rule::UnknownRule,
    title: Bilingual {
        ja: "`[[acknowledge]]` に、存在しない規則の名前が書かれている",
        en: "an acknowledgement of an unknown rule",
    },
    explanation: Bilingual {
        ja: "名前の書き間違いと思われます。確認済みにしようとした指摘は、そのまま表示されます。\
             この指摘は確認済みにできません。",
        en: "The name is probably misspelled; the finding that it was meant to silence is still reported. This \
             finding cannot be acknowledged itself.",
    },
    example: concat!("[[acknowledge]]\n", "rule = \"total-sums\"\n", "reason = \"資料のとおり\""),
    remedy: Bilingual {
        ja: "規則の名前を直すか、`[[acknowledge]]` を消してください。名前の一覧は `shirube explain` で見られます。",
        en: "Correct the name, or remove the `[[acknowledge]]`. `shirube explain` lists all rules.",
    },
    confidence: Confidence::Certain,
    run: unknown,
};

pub(super) const UNUSED: Lint = Lint {
    rule: Rule::UnusedAcknowledgement,
    title: Bilingual { ja: "`[[acknowledge]]` に当たる指摘がない", en: "an unused acknowledgement" },
    explanation: Bilingual {
        ja: "もとの指摘がなくなったあとに残ったもので、次に同じ誤りがあっても隠してしまいます。\
             前の版の調書にあるものは、その版までの内容と照らし合わせます。新しい版が同じ値を載せていれば、\
             そこでも確認済みとします。この指摘は確認済みにできません。",
        en: "The cause of the finding was corrected; the acknowledgement would hide the next error of the same \
             kind. An acknowledgement in the sheet of an earlier edition is compared with the editions up to that \
             one; if a later edition prints the same figures again, they are acknowledged too. This finding cannot \
             be acknowledged itself.",
    },
    example: concat!("[[acknowledge]]\n", "rule = \"total-sum\"\n", "reason = \"資料のとおり\""),
    remedy: Bilingual {
        ja: "その `[[acknowledge]]` を消してください。", en: "Remove the `[[acknowledge]]`."
    },
    confidence: Confidence::Certain,
    run: no_findings,
};

fn unknown(report: &Report, findings: &mut Findings) {
    for (acknowledgement, _) in acknowledgements(report).filter(|(it, _)| !is_rule(&it.rule)) {
        let rule = &acknowledgement.rule;
        let message = say!(ja: "`{rule}` という規則はありません", en: "unknown rule `{rule}`");
        let names: Vec<&str> = LINTS.iter().map(|lint| lint.rule.code()).collect();
        let listed = names.join(", ");
        let help = say!(ja: "規則の名前: {listed}", en: "known rules: {listed}");
        let diagnostic = Diagnostic::new(Rule::UnknownRule, acknowledgement.span, message).help(help);
        let about = "acknowledge".to_owned();
        findings.found.push(Finding { diagnostic: diagnostic.suggest(rule, names), about });
    }
}

/// Finds nothing itself: unused acknowledgements are known only after all other lints have run, in
/// [`apply_acknowledgements`].
fn no_findings(_: &Report, _: &mut Findings) {}

/// Separates acknowledged from open findings, and reports unused acknowledgements of the lints in `scope`.
pub(super) fn apply_acknowledgements(report: &Report, findings: Vec<Finding>, scope: ReviewScope) -> Review {
    let acknowledgements: Vec<(&Acknowledgement, Option<SheetKey>)> = acknowledgements(report).collect();
    let mut used = vec![false; acknowledgements.len()];
    let mut review = Review::default();
    for finding in findings {
        let matching = acknowledgements
            .iter()
            .zip(&mut used)
            .find(|((acknowledgement, _), _)| applies_to(acknowledgement, &finding));
        match matching {
            Some(((acknowledgement, _), used)) => {
                *used = true;
                review.acknowledged.push((finding, acknowledgement.reason.clone()));
            }
            None => review.open.push(finding),
        }
    }
    let mut earlier = EarlierReports { report, reports: HashMap::new() };
    let mut unused = Findings { rule: UNUSED.rule, confidence: UNUSED.confidence, found: Vec::new() };
    for ((acknowledgement, sheet), mut used) in acknowledgements.into_iter().zip(used) {
        let is_acknowledged = |lint: &&Lint| lint.rule.code() == acknowledgement.rule && scope.includes(lint);
        let Some(lint) = LINTS.iter().find(is_acknowledged) else { continue };
        if let Some(sheet) = sheet.filter(|sheet| sheet.is_superseded(report)) {
            let later = sheet.later_sheets(report);
            let is_later = |open: &Finding| {
                open.diagnostic.rule == lint.rule
                    && open.diagnostic.span().is_some_and(|span| later.contains(&span.source))
            };
            if !used || review.open.iter().any(is_later) {
                let earlier_findings: Vec<Finding> = earlier
                    .findings(lint, sheet)
                    .into_iter()
                    .filter(|finding| applies_to(acknowledgement, finding))
                    .collect();
                used |= !earlier_findings.is_empty();
                let is_reprint = |open: &mut Finding| {
                    is_later(open) && earlier_findings.iter().any(|earlier| is_reprinted(earlier, open))
                };
                let moved =
                    review.open.extract_if(.., is_reprint).map(|finding| (finding, acknowledgement.reason.clone()));
                review.acknowledged.extend(moved);
            }
        }
        if !used {
            report_unused(acknowledgement, &mut unused);
        }
    }
    review.open.append(&mut unused.found);
    review
}

/// The sheet that contains an acknowledgement.
#[derive(Clone, Copy)]
struct SheetKey {
    node: NodeId,
    edition: EditionIx,
}

impl SheetKey {
    /// Returns true if there is a later edition.
    fn is_superseded(self, report: &Report) -> bool {
        self.edition.0 + 1 < report.strategy(self.node.strategy).editions.len()
    }

    /// Source files of the later sheets of the node.
    fn later_sheets(self, report: &Report) -> Vec<SourceId> {
        let sheets = report.node(self.node).sheets.iter();
        sheets.filter(|sheet| sheet.edition > self.edition).map(|sheet| sheet.span.source).collect()
    }
}

/// The report as of earlier editions, computed on demand.
struct EarlierReports<'r> {
    report: &'r Report,
    reports: HashMap<(StrategyIx, EditionIx), Report>,
}

impl EarlierReports<'_> {
    /// Findings of `lint` in the editions up to that of `sheet`.
    fn findings(&mut self, lint: &Lint, sheet: SheetKey) -> Vec<Finding> {
        let (strategy, edition) = (sheet.node.strategy, sheet.edition);
        let report = self.reports.entry((strategy, edition)).or_insert_with(|| self.report.as_of(strategy, edition));
        lint.findings(report)
    }
}

/// Returns true if `later` is the same finding as `earlier`, in a later sheet that reprints the cell: key and
/// message, which quotes the figures, are equal.
fn is_reprinted(earlier: &Finding, later: &Finding) -> bool {
    let steps: Vec<&str> = later.about.split('.').collect();
    let is_cell = matches!(
        steps.as_slice(),
        ["indicator", _, "actual" | "target" | "forecast" | "interim" | "rate" | "rank", _]
            | ["indicator", _, "comparison" | "breakdown", _, _]
            | ["money" | "staff" | "total", _, _]
    );
    is_cell && earlier.about == later.about && earlier.diagnostic.message == later.diagnostic.message
}

fn report_unused(acknowledgement: &Acknowledgement, findings: &mut Findings) {
    let rule = &acknowledgement.rule;
    let message = match &acknowledgement.about {
        Some(about) => say!(
            ja: "このファイルの `{about}` に、`{rule}` の指摘はありません",
            en: "`{rule}` finds nothing about `{about}` in this file"
        ),
        None => say!(
            ja: "このファイルに `{rule}` の指摘はありません",
            en: "`{rule}` finds nothing in this file"
        ),
    };
    let help = say!(
        ja: "不要であれば、この `[[acknowledge]]` を消してください",
        en: "remove this `[[acknowledge]]` if it is no longer needed"
    );
    findings.add(acknowledgement.span, "acknowledge", message, help);
}

fn is_rule(name: &str) -> bool {
    LINTS.iter().any(|lint| lint.rule.code() == name)
}

/// Returns true if `acknowledgement` applies to `finding`: same file, rule and key path.
fn applies_to(acknowledgement: &Acknowledgement, finding: &Finding) -> bool {
    let diagnostic = &finding.diagnostic;
    let same_file = diagnostic.span().is_some_and(|span| span.source == acknowledgement.span.source);
    let same_key = acknowledgement.about.as_deref().is_none_or(|about| has_key_prefix(&finding.about, about));
    let can_be_acknowledged = Lint::of(diagnostic.rule).is_some_and(Lint::can_be_acknowledged);
    same_file && same_key && can_be_acknowledged && diagnostic.rule.code() == acknowledgement.rule
}

/// Returns true if the key path `key` begins with the segments of `about`; H31 and R1 are the same segment.
fn has_key_prefix(key: &str, about: &str) -> bool {
    let mut steps = key.split('.');
    about.split('.').all(|wanted| {
        steps.next().is_some_and(|step| {
            let year = FiscalYear::parse(step);
            step == wanted.trim() || (year.is_some() && year == FiscalYear::parse(wanted))
        })
    })
}

/// All acknowledgements of a report, with the sheet that contains them, if any.
fn acknowledgements(report: &Report) -> impl Iterator<Item = (&Acknowledgement, Option<SheetKey>)> {
    report.strategies().flat_map(|(ix, strategy)| {
        let of_nodes = report.nodes(ix).flat_map(|(id, node)| acknowledgements_of_node(id, node));
        let of_easy_text = strategy.easy.iter().flat_map(|easy| &easy.acknowledged);
        let own = strategy.acknowledged.iter().chain(of_easy_text);
        own.map(|acknowledgement| (acknowledgement, None)).chain(of_nodes)
    })
}

fn acknowledgements_of_node(id: NodeId, node: &Node) -> impl Iterator<Item = (&Acknowledgement, Option<SheetKey>)> {
    let of_sheets = node.sheets.iter().flat_map(move |sheet| {
        let key = SheetKey { node: id, edition: sheet.edition };
        let of_variants = sheet.variants.iter().flat_map(|variant| &variant.acknowledged);
        sheet.acknowledged.iter().chain(of_variants).map(move |acknowledgement| (acknowledgement, Some(key)))
    });
    let own = node.acknowledged.iter().chain(node.easy.iter().flat_map(|easy| &easy.acknowledged));
    own.map(|acknowledgement| (acknowledgement, None)).chain(of_sheets)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};
    use super::super::{Lint, ReviewScope, review};
    use crate::diagnostic::{Confidence, Rule};

    /// A sheet with two findings of `missing-value`, and an acknowledgement with the keys `keys`.
    fn acknowledge(keys: &str) -> Fixture {
        let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n[[indicator]]\nid = 'y'\nname = 'Y'\n+++\n";
        let sheet = format!(
            "[indicator]\nx.actual.R5 = '-'\ny.actual.R5 = '-'\n[[acknowledge]]\nreason = 'so printed'\n{keys}"
        );
        Fixture::new().with(program("a", &sheet)).file("programs/a/program.md", node)
    }

    #[test]
    fn silences_its_rule_in_its_file() {
        acknowledge("rule = 'missing-value'").assert_finds("missing-value", &[]);
        acknowledge("rule = 'stale-value'")
            .assert_finds("missing-value", &["programs/a/2023.md:3", "programs/a/2023.md:4"]);
    }

    #[test]
    fn can_be_limited_to_a_key() {
        for about in ["indicator.x", "indicator.x.actual.R5", "indicator.x.actual.2023"] {
            acknowledge(&format!("rule = 'missing-value'\nabout = '{about}'"))
                .assert_finds("missing-value", &["programs/a/2023.md:4"]);
        }
    }

    #[test]
    fn are_not_unused_if_their_rule_did_not_run() {
        let report = acknowledge("rule = 'stale-value'").load().report;
        let rules = |scope| review(&report, scope).open.into_iter().map(|finding| finding.diagnostic.rule).collect();
        let (certain, complete): (Vec<Rule>, Vec<Rule>) = (rules(ReviewScope::Certain), rules(ReviewScope::Complete));
        assert!(complete.contains(&Rule::UnusedAcknowledgement) && complete.contains(&Rule::MissingValue));
        assert!(certain.iter().all(|rule| Lint::of(*rule).unwrap().confidence == Confidence::Certain), "{certain:?}");
        assert!(!certain.contains(&Rule::UnusedAcknowledgement), "{certain:?}");
    }

    #[test]
    fn reports_unused_acknowledgements() {
        acknowledge("rule = 'missing-value'").assert_finds("unused-acknowledgement", &[]);
        acknowledge("rule = 'stale-value'").assert_finds("unused-acknowledgement", &["programs/a/2023.md:7"]);
        acknowledge("rule = 'missing-value'\nabout = 'indicator.z'")
            .assert_finds("unused-acknowledgement", &["programs/a/2023.md:7"]);
    }

    /// Fixture whose 2023 sheet acknowledges an easy target, and whose next sheet has `figures`.
    fn a_year_later(figures: &str) -> Fixture {
        let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nbaseline = 'R1'\nbetter = 'higher'\n+++\n";
        let sheet = "[indicator.x]\nactual.R1 = '90.9'\ntarget.end = '90%以上'\n\
                     [[acknowledge]]\nrule = 'easy-target'\nabout = 'indicator.x.target.end'\nreason = 'so printed'";
        let content = Fixture::new().with(program("a", sheet)).file("programs/a/program.md", node);
        content
            .edition("2024", "R6")
            .file("programs/a/2024.md", &format!("+++\n[indicator.x]\nactual.R6 = '91'\n{figures}\n+++\n"))
    }

    #[test]
    fn stays_used_when_an_edition_is_added() {
        for figures in ["", "target.end = '90%以上'", "target.end = '89%以上'", "target.end = '95%以上'"] {
            a_year_later(figures).assert_finds("unused-acknowledgement", &[]);
        }
        // Without a finding up to its edition, an acknowledgement remains unused.
        let content = a_year_later("");
        let sheet = "+++\n[indicator.x]\nactual.R1 = '90.9'\ntarget.end = '91%以上'\n\
                     [[acknowledge]]\nrule = 'easy-target'\nreason = 'so printed'\n+++\n";
        content.file("programs/a/2023.md", sheet).assert_finds("unused-acknowledgement", &["programs/a/2023.md:6"]);
    }

    #[test]
    fn applies_to_later_sheets_that_reprint_the_figures() {
        a_year_later("target.end = '90%以上'").assert_finds("easy-target", &[]);
        a_year_later("target.end = '89%以上'").assert_finds("easy-target", &["programs/a/2024.md:4"]);
        a_year_later("actual.R1 = '91.5'\ntarget.end = '90%以上'")
            .assert_finds("easy-target", &["programs/a/2024.md:5"]);
    }

    #[test]
    fn does_not_apply_to_sections_missing_from_later_sheets() {
        let rule = "[[section]]\nof = ['program']\ntitle = '課題'\nrequired = 'always'";
        let acknowledged = "[[acknowledge]]\nrule = 'missing-section'\nreason = 'so printed'";
        let content = Fixture::new().with(program("a", acknowledged)).edition("2024", "R6").append_to_strategy(rule);
        let later = content.file("programs/a/2024.md", "+++\n+++\n");
        later.assert_finds("missing-section", &["programs/a/2024.md:1"]);
        later.assert_finds("unused-acknowledgement", &[]);
    }

    #[test]
    fn reports_an_unknown_rule_once() {
        acknowledge("rule = 'mising-value'").assert_finds("unknown-rule", &["programs/a/2023.md:7"]);
        acknowledge("rule = 'mising-value'").assert_finds("unused-acknowledgement", &[]);
    }

    #[test]
    fn cannot_silence_itself() {
        acknowledge("rule = 'unused-acknowledgement'")
            .assert_finds("unused-acknowledgement", &["programs/a/2023.md:7"]);
    }

    #[test]
    fn has_no_effect_on_other_files() {
        acknowledge("rule = 'stale-value'")
            .append_to_strategy("[[acknowledge]]\nrule = 'missing-value'\nreason = 'elsewhere'")
            .assert_finds("missing-value", &["programs/a/2023.md:3", "programs/a/2023.md:4"]);
    }
}
