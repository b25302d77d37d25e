//! The rule `raw-html`.

use super::visit::for_each_prose;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::markdown;
use crate::model::Report;

pub(super) const LINT: Lint = Lint {
    rule: Rule::RawHtml,
    title: Bilingual {
        ja: "文字として表示されてしまう HTML のタグやコメント",
        en: "HTML tags and comments, which are rendered as text",
    },
    explanation: Bilingual {
        ja: "HTML は使えません。タグもコメントも、そのまま文字として公表されます。",
        en: "Raw HTML is not supported: tags and comments are published as visible text.",
    },
    example: concat!("空き家の登録<br>仕事の紹介\n", "<!-- 課長確認待ち -->"),
    remedy: Bilingual {
        ja: "段落は空の行で分け、強調は `**…**` と書き、コメントは消してください。",
        en: "Separate paragraphs by an empty line, write emphasis as `**…**`, and remove comments.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for_each_prose(report, |prose, title| {
        // Only the first one is reported: tags usually come in groups, pasted from elsewhere.
        let Some(range) = markdown::raw_html(&prose.markdown) else { return };
        let tag = prose.markdown.get(range.clone()).unwrap_or_default();
        let start = prose.span.range().start;
        let span = Span::new(prose.span.source, start + range.start..start + range.end);
        let message =
            say!(ja: "「{tag}」は、そのまま文字として表示されます", en: "`{tag}` is rendered as literal text");
        let help = match tag.starts_with("<!--") {
            true => say!(
                ja: "コメントも公表されます。消してください",
                en: "comments are published too; remove it"
            ),
            false => say!(
                ja: "HTML は使えません。改行するなら空の行を入れて段落を分け、強調は `**…**`、表は `|` で書いてください",
                en: "HTML is not supported; separate paragraphs by an empty line, write emphasis as `**…**` and tables with `|`"
            ),
        };
        findings.add(span, title, message, help);
    });
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(text: &str, expect: &[&str]) {
        let sheet = format!("+++\n+++\n## 成果\n{text}\n");
        Fixture::new().with(program("a", "")).file("programs/a/2023.md", &sheet).assert_finds("raw-html", expect);
    }

    #[test]
    fn reports_tags_and_comments() {
        check("登録<br>紹介", &["programs/a/2023.md:4"]);
        check("文。\n\n<table>\n<tr><td>x</td></tr>\n</table>", &["programs/a/2023.md:6"]);
        check("<!-- 確認待ち -->", &["programs/a/2023.md:4"]);
        check("| a |\n|---|\n| b<br>c |", &["programs/a/2023.md:6"]);
        check("5 < 6、A<B、`<br>`、<https://example.jp/>", &[]);
        check("```\n<br>\n```", &[]);
    }
}
