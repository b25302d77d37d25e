//! Applies `[[acknowledge]]` to findings. The rules `unknown-rule` and `unused-acknowledgement`.
//!
//! A new edition changes no file, and so no acknowledgement: one that stands in the sheet of an earlier edition is held
//! against what the rules find with the editions up to its own. It goes on to mean the same finding in a later sheet
//! that prints the same figures again; other figures are a new finding.

use super::{Finding, Findings, LINTS, Lint, Review};
use crate::diagnostic::{Bilingual, Diagnostic, Rule, SourceId, say};
use crate::model::{Acknowledgement, EditionIx, FiscalYear, Node, NodeId, Report, SeriesKind, StrategyIx};
use std::collections::HashMap;

pub(super) const UNKNOWN: Lint = Lint {
    rule: Rule::UnknownRule,
    title: Bilingual {
        ja: "`[[acknowledge]]` に、ない規則の名前が書かれている",
        en: "an acknowledgement that names no rule",
    },
    explanation: Bilingual {
        ja: "名前の書き間違いと思われます。確認済みにしたかった指摘も、そのまま出ます。\
             この指摘は確認済みにできません。",
        en: "The name was probably misspelled; what it was meant to silence is reported as well. This finding \
             cannot be acknowledged itself.",
    },
    example: concat!("[[acknowledge]]\n", "rule = \"total-sums\"\n", "reason = \"資料のとおり\""),
    remedy: Bilingual {
        ja: "規則の名前を直すか、`[[acknowledge]]` を消してください。名前の一覧は `shirube explain` で見られます。",
        en: "Correct the name, or remove the `[[acknowledge]]`. `shirube explain` lists all rules.",
    },
    run: unknown,
};

pub(super) const UNUSED: Lint = Lint {
    rule: Rule::UnusedAcknowledgement,
    title: Bilingual {
        ja: "`[[acknowledge]]` に当たる指摘がない", en: "an acknowledgement that silences nothing"
    },
    explanation: Bilingual {
        ja: "もとの指摘がなくなったあとに残ったもので、次に同じ誤りがあっても隠してしまいます。\
             前の版の調書にあるものは、その版までで調べます。新しい版が同じ値を載せていれば、そこでも\
             確認済みとします。この指摘は確認済みにできません。",
        en: "It stayed behind when its cause was corrected, and would hide the next mistake of its kind. In the \
             sheet of an earlier edition it is held against the editions up to that one; where a later edition \
             prints the same figures again, they are acknowledged too. This finding cannot be acknowledged itself.",
    },
    example: concat!("[[acknowledge]]\n", "rule = \"total-sum\"\n", "reason = \"資料のとおり\""),
    remedy: Bilingual {
        ja: "その `[[acknowledge]]` を消してください。", en: "Remove the `[[acknowledge]]`."
    },
    run: found_when_sorting,
};

fn unknown(report: &Report, findings: &mut Findings) {
    for (acknowledged, _) in all(report).filter(|(acknowledged, _)| !is_rule(&acknowledged.rule)) {
        let rule = &acknowledged.rule;
        let message = say!(ja: "`{rule}` という規則はありません", en: "there is no rule `{rule}`");
        let names: Vec<&str> = LINTS.iter().map(|lint| lint.rule.code()).collect();
        let listed = names.join(", ");
        let help = say!(ja: "規則の名前: {listed}", en: "the rules are {listed}");
        let diagnostic = Diagnostic::new(Rule::UnknownRule, acknowledged.span, message).help(help);
        let about = "acknowledge".to_owned();
        findings.found.push(Finding { diagnostic: diagnostic.suggest(rule, names), about });
    }
}

/// What is unused is known only when all other rules have run: see [`apply_acknowledgements`].
fn found_when_sorting(_: &Report, _: &mut Findings) {}

/// Parts what is acknowledged from what is not, and finds the acknowledgements left over.
pub(super) fn apply_acknowledgements(report: &Report, findings: Vec<Finding>) -> Review {
    let acknowledgements: Vec<(&Acknowledgement, Option<SheetPlace>)> = all(report).collect();
    let mut used = vec![false; acknowledgements.len()];
    let mut review = Review::default();
    for finding in findings {
        let by = acknowledgements.iter().zip(&mut used).find(|((acknowledged, _), _)| means(acknowledged, &finding));
        match by {
            Some(((acknowledged, _), used)) => {
                *used = true;
                review.acknowledged.push((finding, acknowledged.reason.clone()));
            }
            None => review.open.push(finding),
        }
    }
    let mut earlier = EarlierReports { report, cut: HashMap::new() };
    let mut unused = Findings { rule: Rule::UnusedAcknowledgement, found: Vec::new() };
    for ((acknowledged, place), mut used) in acknowledgements.into_iter().zip(used) {
        let Some(lint) = LINTS.iter().find(|lint| lint.rule.code() == acknowledged.rule) else { continue };
        if let Some(place) = place.filter(|place| place.is_superseded(report)) {
            let later = place.later_sheets(report);
            let is_later = |open: &Finding| {
                open.diagnostic.rule == lint.rule && open.diagnostic.span().is_some_and(|at| later.contains(&at.source))
            };
            if !used || review.open.iter().any(is_later) {
                let then: Vec<Finding> =
                    earlier.findings(lint, place).into_iter().filter(|finding| means(acknowledged, finding)).collect();
                used |= !then.is_empty();
                let again = |open: &mut Finding| is_later(open) && then.iter().any(|then| is_reprinted(then, open));
                let carried = review.open.extract_if(.., again).map(|finding| (finding, acknowledged.reason.clone()));
                review.acknowledged.extend(carried);
            }
        }
        if !used {
            say_unused(acknowledged, &mut unused);
        }
    }
    review.open.append(&mut unused.found);
    review
}

/// The sheet in which an acknowledgement stands.
#[derive(Clone, Copy)]
struct SheetPlace {
    node: NodeId,
    edition: EditionIx,
}

impl SheetPlace {
    /// Whether there is a later edition.
    fn is_superseded(self, report: &Report) -> bool {
        self.edition.0 + 1 < report.strategy(self.node.strategy).editions.len()
    }

    /// The files of the later sheets of the node.
    fn later_sheets(self, report: &Report) -> Vec<SourceId> {
        let sheets = report.node(self.node).sheets.iter();
        sheets.filter(|sheet| sheet.edition > self.edition).map(|sheet| sheet.span.source).collect()
    }
}

/// The report without later editions, made when it is first asked for.
struct EarlierReports<'r> {
    report: &'r Report,
    cut: HashMap<(StrategyIx, EditionIx), Report>,
}

impl EarlierReports<'_> {
    /// What `lint` finds with the editions up to that of the sheet at `place`.
    fn findings(&mut self, lint: &Lint, place: SheetPlace) -> Vec<Finding> {
        let (strategy, edition) = (place.node.strategy, place.edition);
        let cut = self.cut.entry((strategy, edition)).or_insert_with(|| self.report.as_of(strategy, edition));
        lint.findings(cut)
    }
}

/// Whether `later` is about the same cell as `earlier`, printed again in a later sheet: what is said, figures and all,
/// is the same.
fn is_reprinted(earlier: &Finding, later: &Finding) -> bool {
    let steps: Vec<&str> = later.about.split('.').collect();
    let is_cell = match steps.as_slice() {
        ["indicator", _, series, _] => SeriesKind::ALL.iter().any(|kind| kind.key() == *series),
        ["money" | "staff" | "total", _, _] => true,
        _ => false,
    };
    is_cell && earlier.about == later.about && earlier.diagnostic.message == later.diagnostic.message
}

fn say_unused(acknowledged: &Acknowledgement, findings: &mut Findings) {
    let rule = &acknowledged.rule;
    let message = match &acknowledged.about {
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
        ja: "もう要らなければ、この `[[acknowledge]]` を消してください",
        en: "remove this `[[acknowledge]]` if it is not needed any more"
    );
    findings.add(acknowledged.span, "acknowledge", message, help);
}

fn is_rule(name: &str) -> bool {
    LINTS.iter().any(|lint| lint.rule.code() == name)
}

/// Whether `acknowledged` is meant for `finding`: of the same file, rule and key.
fn means(acknowledged: &Acknowledgement, finding: &Finding) -> bool {
    let diagnostic = &finding.diagnostic;
    let of_file = diagnostic.span().is_some_and(|span| span.source == acknowledged.span.source);
    let of_key = acknowledged.about.as_deref().is_none_or(|about| begins_with(&finding.about, about));
    let can_be = Lint::of(diagnostic.rule).is_some_and(Lint::can_be_acknowledged);
    of_file && of_key && can_be && diagnostic.rule.code() == acknowledged.rule
}

/// Whether `key` begins with the steps of `about`; H31 and R1 are the same step.
fn begins_with(key: &str, about: &str) -> bool {
    let mut steps = key.split('.');
    about.split('.').all(|wanted| {
        steps.next().is_some_and(|step| {
            let year = FiscalYear::parse(step);
            step == wanted.trim() || (year.is_some() && year == FiscalYear::parse(wanted))
        })
    })
}

/// All acknowledgements of a report, those of sheets with their place.
fn all(report: &Report) -> impl Iterator<Item = (&Acknowledgement, Option<SheetPlace>)> {
    report.strategies().flat_map(|(ix, strategy)| {
        let of_nodes = report.nodes(ix).flat_map(|(id, node)| of_node(id, node));
        strategy.acknowledged.iter().map(|acknowledged| (acknowledged, None)).chain(of_nodes)
    })
}

fn of_node(id: NodeId, node: &Node) -> impl Iterator<Item = (&Acknowledgement, Option<SheetPlace>)> {
    let of_sheets = node.sheets.iter().flat_map(move |sheet| {
        let place = SheetPlace { node: id, edition: sheet.edition };
        let of_variants = sheet.variants.iter().flat_map(|variant| &variant.acknowledged);
        sheet.acknowledged.iter().chain(of_variants).map(move |acknowledged| (acknowledged, Some(place)))
    });
    node.acknowledged.iter().map(|acknowledged| (acknowledged, None)).chain(of_sheets)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Content, program};

    /// A sheet with two findings of `missing-value`, and an acknowledgement with these keys.
    fn acknowledge(keys: &str) -> Content {
        let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n[[indicator]]\nid = 'y'\nname = 'Y'\n+++\n";
        let sheet = format!(
            "[indicator]\nx.actual.R5 = '-'\ny.actual.R5 = '-'\n[[acknowledge]]\nreason = 'so printed'\n{keys}"
        );
        Content::new().with(program("a", &sheet)).file("programs/a/program.md", node)
    }

    #[test]
    fn it_silences_its_rule_in_its_file() {
        acknowledge("rule = 'missing-value'").finds("missing-value", &[]);
        acknowledge("rule = 'stale-value'").finds("missing-value", &["programs/a/2023.md:3", "programs/a/2023.md:4"]);
    }

    #[test]
    fn it_can_be_about_one_key() {
        for about in ["indicator.x", "indicator.x.actual.R5", "indicator.x.actual.2023"] {
            acknowledge(&format!("rule = 'missing-value'\nabout = '{about}'"))
                .finds("missing-value", &["programs/a/2023.md:4"]);
        }
    }

    #[test]
    fn one_that_silences_nothing_is_found() {
        acknowledge("rule = 'missing-value'").finds("unused-acknowledgement", &[]);
        acknowledge("rule = 'stale-value'").finds("unused-acknowledgement", &["programs/a/2023.md:7"]);
        acknowledge("rule = 'missing-value'\nabout = 'indicator.z'")
            .finds("unused-acknowledgement", &["programs/a/2023.md:7"]);
    }

    /// The sheet of 2023 acknowledges an easy target; that of the next edition has these figures.
    fn a_year_later(figures: &str) -> Content {
        let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nbaseline = 'R1'\nbetter = 'higher'\n+++\n";
        let sheet = "[indicator.x]\nactual.R1 = '90.9'\ntarget.end = '90%以上'\n\
                     [[acknowledge]]\nrule = 'easy-target'\nabout = 'indicator.x.target.end'\nreason = 'so printed'";
        let content = Content::new().with(program("a", sheet)).file("programs/a/program.md", node);
        content
            .edition("2024", "R6")
            .file("programs/a/2024.md", &format!("+++\n[indicator.x]\nactual.R6 = '91'\n{figures}\n+++\n"))
    }

    #[test]
    fn a_new_edition_makes_none_unused() {
        for figures in ["", "target.end = '90%以上'", "target.end = '89%以上'", "target.end = '95%以上'"] {
            a_year_later(figures).finds("unused-acknowledgement", &[]);
        }
        // What no edition up to its own gave reason for is unused, as before.
        let content = a_year_later("");
        let sheet = "+++\n[indicator.x]\nactual.R1 = '90.9'\ntarget.end = '91%以上'\n\
                     [[acknowledge]]\nrule = 'easy-target'\nreason = 'so printed'\n+++\n";
        content.file("programs/a/2023.md", sheet).finds("unused-acknowledgement", &["programs/a/2023.md:6"]);
    }

    #[test]
    fn it_goes_on_where_the_same_figures_are_printed_again() {
        a_year_later("target.end = '90%以上'").finds("easy-target", &[]);
        a_year_later("target.end = '89%以上'").finds("easy-target", &["programs/a/2024.md:4"]);
        a_year_later("actual.R1 = '91.5'\ntarget.end = '90%以上'").finds("easy-target", &["programs/a/2024.md:5"]);
    }

    #[test]
    fn it_does_not_go_on_to_what_a_later_sheet_lacks_itself() {
        let rule = "[[section]]\nof = ['program']\ntitle = '課題'\nrequired = 'always'";
        let acknowledged = "[[acknowledge]]\nrule = 'missing-section'\nreason = 'so printed'";
        let content = Content::new().with(program("a", acknowledged)).edition("2024", "R6").strategy(rule);
        let later = content.file("programs/a/2024.md", "+++\n+++\n");
        later.finds("missing-section", &["programs/a/2024.md:1"]);
        later.finds("unused-acknowledgement", &[]);
    }

    #[test]
    fn one_that_names_no_rule_is_found_once() {
        acknowledge("rule = 'mising-value'").finds("unknown-rule", &["programs/a/2023.md:7"]);
        acknowledge("rule = 'mising-value'").finds("unused-acknowledgement", &[]);
    }

    #[test]
    fn it_does_not_silence_itself() {
        acknowledge("rule = 'unused-acknowledgement'").finds("unused-acknowledgement", &["programs/a/2023.md:7"]);
    }

    #[test]
    fn of_another_file_it_means_nothing() {
        acknowledge("rule = 'stale-value'")
            .strategy("[[acknowledge]]\nrule = 'missing-value'\nreason = 'elsewhere'")
            .finds("missing-value", &["programs/a/2023.md:3", "programs/a/2023.md:4"]);
    }
}
