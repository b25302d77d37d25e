//! Applies `[[acknowledge]]` to findings. The rules `unknown-rule` and `unused-acknowledgement`.

use super::{Finding, Findings, LINTS, Lint, Review};
use crate::diagnostic::{Bilingual, Diagnostic, Rule, say};
use crate::model::{Acknowledgement, FiscalYear, Report};

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
             この指摘は確認済みにできません。",
        en: "It stayed behind when its cause was corrected, and would hide the next mistake of its kind. This \
             finding cannot be acknowledged itself.",
    },
    example: concat!("[[acknowledge]]\n", "rule = \"total-sum\"\n", "reason = \"資料のとおり\""),
    remedy: Bilingual {
        ja: "その `[[acknowledge]]` を消してください。", en: "Remove the `[[acknowledge]]`."
    },
    run: found_when_sorting,
};

fn unknown(report: &Report, findings: &mut Findings) {
    for acknowledged in all(report).filter(|acknowledged| !is_rule(&acknowledged.rule)) {
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
    let acknowledgements: Vec<&Acknowledgement> = all(report).collect();
    let mut used = vec![false; acknowledgements.len()];
    let mut review = Review::default();
    for finding in findings {
        let by = acknowledgements.iter().zip(&mut used).find(|(acknowledged, _)| means(acknowledged, &finding));
        match by {
            Some((acknowledged, used)) => {
                *used = true;
                review.acknowledged.push((finding, acknowledged.reason.clone()));
            }
            None => review.open.push(finding),
        }
    }
    let mut unused = Findings { rule: Rule::UnusedAcknowledgement, found: Vec::new() };
    for (acknowledged, _) in acknowledgements.iter().zip(used).filter(|(_, used)| !used) {
        if is_rule(&acknowledged.rule) {
            say_unused(acknowledged, &mut unused);
        }
    }
    review.open.append(&mut unused.found);
    review
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

/// All acknowledgements of a report.
fn all(report: &Report) -> impl Iterator<Item = &Acknowledgement> {
    report.strategies.iter().flat_map(|strategy| {
        let of_nodes = strategy.nodes.iter().flat_map(|node| {
            let of_sheets = node.sheets.iter().flat_map(|sheet| {
                let of_variants = sheet.variants.iter().flat_map(|variant| &variant.acknowledged);
                sheet.acknowledged.iter().chain(of_variants)
            });
            node.acknowledged.iter().chain(of_sheets)
        });
        strategy.acknowledged.iter().chain(of_nodes)
    })
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
