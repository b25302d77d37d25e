//! `shirube explain`: description of each rule and of each key of the content.

use clap::Args;

use super::Exit;
use super::console::Console;
use crate::check::Lint;
use crate::diagnostic::{Bilingual, Confidence, Rule, RuleText, Severity, closest, say};
use crate::schema::mistaken_keys::intended_key;
use crate::schema::{FILES, reference};

/// Explain a rule (what it reports and how to fix it) or a key of the content (what to write)
///
/// 指摘の規則（点検の内容と直し方）や、原稿のキー（書き方と例）を説明します。
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// Code of a rule, such as total-sum, or key, such as baseline or indicator.unit (default: list all rules)
    ///
    /// 規則の名前（total-sum など）、またはキー（baseline、indicator.unit など）。省略すると、すべての規則の一覧
    #[arg(value_name = "RULE_OR_KEY")]
    name: Option<String>,
}

/// Maximum number of similar codes suggested for an unknown one.
const MAX_SUGGESTED: usize = 3;

impl Explain {
    pub(super) fn run(&self, console: Console) -> Exit {
        let Some(name) = &self.name else {
            list(console);
            return Exit::Success;
        };
        let mut paragraphs = Vec::new();
        if let Some(rule) = Rule::ALL.iter().find(|rule| rule.code() == name) {
            paragraphs.extend(rule_paragraphs(*rule));
        }
        paragraphs.extend(reference::explanations(name));
        if paragraphs.is_empty() {
            console.error(&unknown(name));
            return Exit::Usage;
        }
        for (index, paragraph) in paragraphs.into_iter().enumerate() {
            if index > 0 {
                console.print(&say!(ja: "", en: ""));
            }
            console.print(&paragraph);
        }
        Exit::Success
    }
}

fn unknown(name: &str) -> Bilingual {
    let keys = reference::key_names();
    let mut similar = Vec::new();
    while similar.len() < MAX_SUGGESTED {
        let names = Rule::ALL.iter().map(|rule| rule.code()).chain(keys.iter().copied());
        let Some(next) = closest(name, names.filter(|name| !similar.contains(name))) else { break };
        similar.push(next);
    }
    let intended = FILES.iter().find_map(|file| Some((intended_key(name, file, Some(file.root))?, file)));
    if let Some((intended, file)) = intended {
        let Bilingual { ja, en } = intended.advice(name, file);
        return say!(ja: "「{name}」という規則やキーはありません。{ja}", en: "no rule or key `{name}`: {en}");
    }
    if similar.is_empty() {
        return say!(
            ja: "「{name}」という規則やキーはありません。`shirube explain` で規則の一覧を表示できます",
            en: "no rule or key `{name}`; `shirube explain` lists all rules"
        );
    }
    let (ja, en) = (similar.join("、"), similar.join(", "));
    say!(ja: "「{name}」という規則やキーはありません。もしかして: {ja}", en: "no rule or key `{name}`; did you mean {en}?")
}

/// Prints all rules with their titles, grouped by severity.
fn list(console: Console) {
    for severity in [Severity::Error, Severity::Warning] {
        let Bilingual { ja, en } = severity.name();
        console.print(&match severity {
            Severity::Error => say!(ja: "{ja}（修正するまで公開できません）\n", en: "{en}: blocks publication\n"),
            Severity::Warning => say!(ja: "\n{ja}（公開はできます）\n", en: "\n{en}: does not block publication\n"),
        });
        for rule in Rule::ALL.iter().filter(|rule| rule.severity() == severity) {
            console.print(&list_item(*rule, text(*rule).title));
        }
    }
}

/// Code and title of a rule as an item of a list.
pub(super) fn list_item(rule: Rule, Bilingual { ja, en }: Bilingual<&str>) -> Bilingual {
    say!(ja: "{rule}\n    {ja}", en: "{rule}\n    {en}")
}

/// Title and help of any rule.
fn text(rule: Rule) -> RuleText {
    let lint_text = || Lint::of(rule).map(|lint| RuleText { title: lint.title, help: lint.remedy });
    let text = rule.text().or_else(lint_text);
    debug_assert!(text.is_some(), "{rule} has neither a text nor a lint");
    text.unwrap_or_default()
}

/// Confidence of the findings of a rule, with its definition.
fn confidence_paragraph(confidence: Confidence) -> Bilingual {
    let (label, Bilingual { ja, en }) = (confidence.label(), confidence.definition());
    say!(
        ja: "確度: {label_ja}（`--only {code}`）。{ja}",
        en: "Confidence: {label_en} (`--only {code}`). {en}",
        label_ja = label.ja,
        label_en = label.en,
        code = confidence.code()
    )
}

/// Title, explanation, example, help and acknowledgement of a rule.
fn rule_paragraphs(rule: Rule) -> Vec<Bilingual> {
    let (RuleText { title, help }, severity) = (text(rule), rule.severity().name());
    let mut paragraphs = vec![Bilingual {
        ja: format!("{}[{rule}]: {}", severity.ja, title.ja),
        en: format!("{}[{rule}]: {}", severity.en, title.en),
    }];
    let lint = Lint::of(rule);
    if let Some(Lint { explanation: Bilingual { ja, en }, example, confidence, .. }) = lint {
        let example = example.replace('\n', "\n    ").replace("    \n", "\n");
        paragraphs.push(say!(ja: "{ja}", en: "{en}"));
        paragraphs.push(confidence_paragraph(*confidence));
        paragraphs.push(say!(ja: "例:\n\n    {example}", en: "Example:\n\n    {example}"));
    }
    let Bilingual { ja, en } = help;
    paragraphs.push(say!(ja: "直し方: {ja}", en: "How to fix: {en}"));
    if lint.is_some_and(Lint::can_be_acknowledged) {
        let toml = format!("    [[acknowledge]]\n    rule = \"{rule}\"\n");
        paragraphs.push(say!(
            ja: "資料の記載どおりの場合は、指摘のあったファイルに次のように理由を書くと、確認済みとなります:\n\n{toml}    reason = \"資料のとおり\"",
            en: "If the printed document really says this, acknowledge the finding with a reason in its file:\n\n{toml}    reason = \"as printed\""
        ));
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::is_japanese;

    #[test]
    fn explains_every_rule_in_both_languages() {
        for rule in Rule::ALL {
            let lint = Lint::of(*rule);
            assert!(rule.text().is_some() != lint.is_some(), "{rule} must have either a text or a lint");
            let RuleText { title, help } = text(*rule);
            for text in [title, help].into_iter().chain(lint.map(|lint| lint.explanation)) {
                assert!(is_japanese(text.ja), "{rule}: {}", text.ja);
                assert!(text.en.starts_with(|c: char| c.is_ascii()), "{rule}: {}", text.en);
            }
            assert!(lint.is_none_or(|lint| !lint.example.is_empty()), "{rule}");
        }
    }

    #[test]
    fn suggests_similar_rules_for_an_unknown_one() {
        assert_eq!(unknown("unkown-key").en, "no rule or key `unkown-key`; did you mean unknown-key?");
        assert!(unknown("何か").en.contains("`shirube explain`"));
        assert!(unknown("決算額").ja.contains("`settlement`"), "{}", unknown("決算額").ja);
    }
}
