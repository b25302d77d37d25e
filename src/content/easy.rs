//! Parsing of texts in easy Japanese (やさしい日本語): `policy.easy.md` and the like.

use super::front_matter;
use super::item::Item;
use super::sheet::acknowledged;
use crate::diagnostic::{Diagnostic, Rule, SourceId, Sources, Span, say};
use crate::model::EasyText;
use crate::schema::node::EASY_FILE;

/// Words by which authors may mark a file with easy Japanese.
const WORDS: [&str; 8] = ["easy", "eazy", "esay", "easyjapanese", "yasashii", "plain", "やさしい", "やさしい日本語"];

/// The text in `file`. Reports a file without text.
pub(super) fn easy_text(file: SourceId, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Option<EasyText> {
    let (toml, body) = front_matter::split(&EASY_FILE, file, sources);
    let span = Span::new(file, 0..0);
    let mut own = Vec::new();
    let easy = toml.read(&mut own, |table| EasyText {
        title: table.text("title"),
        title_span: table.get("title").map_or(span, Item::span),
        prose: body.prose(),
        acknowledged: acknowledged(table),
        span,
    });
    let is_empty = easy.prose.is_empty();
    if is_empty && own.is_empty() {
        let message = say!(ja: "やさしい日本語の文章がありません", en: "there is no text in easy Japanese");
        let help = say!(ja: "文章を書くか、このファイルを消してください", en: "write the text, or delete the file");
        own.push(Diagnostic::new(Rule::EasyTextFile, span, message).help(help));
    }
    diagnostics.append(&mut own);
    (!is_empty).then_some(easy)
}

/// Returns true if the name of a Markdown file without `.md` suggests a text in easy Japanese: `easy`, `policy.eazy`,
/// `2024.easy`, `policy-easy`.
pub(super) fn looks_easy(stem: &str) -> bool {
    let stem = stem.to_lowercase();
    stem.split(['.', '-', '_', ' ']).any(|part| WORDS.contains(&part))
}

/// Reports that the file with easy Japanese `stem.md` should be named `expected`. `edition` is the edition to which its name
/// assigns it, if any.
pub(super) fn misnamed_easy(file: SourceId, stem: &str, expected: &str, edition: Option<&str>) -> Diagnostic {
    let span = Span::new(file, 0..0);
    let help = say!(ja: "名前を {expected} に直してください", en: "rename it to {expected}");
    let message = match edition {
        Some(edition) => say!(
            ja: "「{stem}.md」は読み込まれません。やさしい日本語の文章は、版「{edition}」ごとではなく、最新のページについて一つだけ書けます",
            en: "`{stem}.md` is not read: a text in easy Japanese is about the current page, not about the edition `{edition}`"
        ),
        None => say!(
            ja: "「{stem}.md」は読み込まれません。やさしい日本語の文章なら、名前が違います",
            en: "`{stem}.md` is not read: a file with easy Japanese has another name"
        ),
    };
    Diagnostic::new(Rule::EasyTextFile, span, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::looks_easy;

    #[test]
    fn recognizes_names_that_suggest_easy_japanese() {
        for stem in
            ["easy", "policy.eazy", "2024.easy", "policy-easy", "Policy.Easy", "やさしい日本語", "goal_yasashii"]
        {
            assert!(looks_easy(stem), "{stem}");
        }
        for stem in ["2024", "policy", "easygoing", "2024@1-1", "progam"] {
            assert!(!looks_easy(stem), "{stem}");
        }
    }
}
