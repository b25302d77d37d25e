//! `shirube explain`: what a rule finds and what to do about it.

use clap::Args;

use super::Ending;
use super::console::Console;
use crate::check::Lint;
use crate::diagnostic::{Bilingual, Rule, RuleText, Severity, closest, say};

/// Explain a rule: what it finds and what to do about it
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The rule, such as total-sum; without it, all rules are listed
    rule: Option<String>,
}

/// Maximum number of similar codes suggested for an unknown one.
const MAX_SUGGESTED: usize = 3;

impl Explain {
    pub(super) fn run(&self, console: Console) -> Ending {
        let Some(code) = &self.rule else {
            list(console);
            return Ending::Done;
        };
        match Rule::ALL.iter().find(|rule| rule.code() == code) {
            Some(rule) => {
                explain(*rule, console);
                Ending::Done
            }
            None => {
                console.fail(&unknown(code));
                Ending::Misused
            }
        }
    }
}

fn unknown(code: &str) -> Bilingual {
    let mut near = Vec::new();
    while near.len() < MAX_SUGGESTED
        && let Some(next) = closest(code, Rule::ALL.iter().map(|rule| rule.code()).filter(|code| !near.contains(code)))
    {
        near.push(next);
    }
    if near.is_empty() {
        return say!(
            ja: "「{code}」という規則はありません。`shirube explain` で一覧を見られます",
            en: "there is no rule `{code}`; list all with `shirube explain`"
        );
    }
    let (ja, en) = (near.join("、"), near.join(", "));
    say!(ja: "「{code}」という規則はありません。もしかして: {ja}", en: "there is no rule `{code}`; did you mean {en}?")
}

/// All rules with their titles, grouped by severity.
fn list(console: Console) {
    for severity in [Severity::Error, Severity::Warning] {
        let Bilingual { ja, en } = severity.name();
        console.done(&match severity {
            Severity::Error => say!(ja: "{ja}（直すまで公開できません）\n", en: "{en}: nothing is published\n"),
            Severity::Warning => say!(ja: "\n{ja}（公開はできます）\n", en: "\n{en}: does not stop publication\n"),
        });
        for rule in Rule::ALL.iter().filter(|rule| rule.severity() == severity) {
            console.done(&listed(*rule, text(*rule).title));
        }
    }
}

/// A code and a title as an entry of a list.
pub(super) fn listed(rule: Rule, Bilingual { ja, en }: Bilingual<&str>) -> Bilingual {
    say!(ja: "{rule}\n    {ja}", en: "{rule}\n    {en}")
}

/// Title and remedy of any rule.
fn text(rule: Rule) -> RuleText {
    let of_lint = || Lint::of(rule).map(|lint| RuleText { title: lint.title, remedy: lint.remedy });
    let text = rule.text().or_else(of_lint);
    debug_assert!(text.is_some(), "{rule} has a text or is a lint");
    text.unwrap_or_default()
}

/// Paragraphs with a blank line between them.
fn explain(rule: Rule, console: Console) {
    let (RuleText { title, remedy }, severity) = (text(rule), rule.severity().name());
    let mut paragraphs = vec![Bilingual {
        ja: format!("{}[{rule}]: {}", severity.ja, title.ja),
        en: format!("{}[{rule}]: {}", severity.en, title.en),
    }];
    let lint = Lint::of(rule);
    if let Some(Lint { explanation: Bilingual { ja, en }, example, .. }) = lint {
        let example = example.replace('\n', "\n    ").replace("    \n", "\n");
        paragraphs.push(say!(ja: "{ja}", en: "{en}"));
        paragraphs.push(say!(ja: "例:\n\n    {example}", en: "Example:\n\n    {example}"));
    }
    let Bilingual { ja, en } = remedy;
    paragraphs.push(say!(ja: "直し方: {ja}", en: "What to do: {en}"));
    if lint.is_some_and(Lint::can_be_acknowledged) {
        let toml = format!("    [[acknowledge]]\n    rule = \"{rule}\"\n");
        paragraphs.push(say!(
            ja: "資料のとおりであれば、指摘のあったファイルに理由を書くと、出なくなります（確認済み）:\n\n{toml}    reason = \"資料のとおり\"",
            en: "Where it is as in the source, say so with a reason in the file of the finding, to acknowledge it:\n\n{toml}    reason = \"as in the source\""
        ));
    }
    for (place, paragraph) in paragraphs.into_iter().enumerate() {
        if place > 0 {
            console.done(&say!(ja: "", en: ""));
        }
        console.done(&paragraph);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_explained_in_both_languages() {
        let is_japanese = |text: &str| text.chars().any(|c| ('ぁ'..='ん').contains(&c));
        for rule in Rule::ALL {
            let lint = Lint::of(*rule);
            assert!(rule.text().is_some() != lint.is_some(), "{rule} has its texts in one place");
            let RuleText { title, remedy } = text(*rule);
            for words in [title, remedy].into_iter().chain(lint.map(|lint| lint.explanation)) {
                assert!(is_japanese(words.ja), "{rule}: {}", words.ja);
                assert!(words.en.starts_with(|c: char| c.is_ascii()), "{rule}: {}", words.en);
            }
            assert!(lint.is_none_or(|lint| !lint.example.is_empty()), "{rule}");
        }
    }

    #[test]
    fn an_unknown_rule_is_answered_with_similar_ones() {
        assert_eq!(unknown("unkown-key").en, "there is no rule `unkown-key`; did you mean unknown-key?");
        assert!(unknown("何か").en.contains("`shirube explain`"));
    }
}
