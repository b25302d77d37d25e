//! The rule `wordless-picture`.

use super::visit::for_each_prose;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::Report;

pub(super) const LINT: Lint = Lint {
    rule: Rule::MissingAltText,
    title: Bilingual {
        ja: "代替テキスト（画像が見えない人のための説明）のない画像",
        en: "an image without alternative text",
    },
    explanation: Bilingual {
        ja: "角括弧の中の文は、画像が見えない人に読み上げられます。文がなければ、\
             その人には画像の内容が伝わりません。",
        en: "Screen readers read out the text between the brackets; without it, the image is inaccessible to \
             people who cannot see it.",
    },
    example: "![](map.svg)",
    remedy: Bilingual {
        ja: "画像が何を示すかを短く書いてください（例: `![空き家の分布](map.svg)`）。",
        en: "Describe briefly what the image shows: `![空き家の分布](map.svg)`.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for_each_prose(report, |prose, title| {
        for link in prose.links.iter().filter(|link| link.image && link.text.is_empty()) {
            let start = prose.span.range().start;
            let span = Span::new(prose.span.source, start + link.range.start..start + link.range.end);
            let name = &link.destination;
            findings.add(
                span,
                title,
                say!(ja: "画像「{name}」に、代替テキスト（見えない人のための説明）がありません", en: "the image `{name}` has no alternative text"),
                say!(
                    ja: "`![空き家の分布図]({name})` のように、[ ] の間に何の画像かを書いてください",
                    en: "describe between the brackets what it shows, as in `![map of vacant houses]({name})`"
                ),
            );
        }
    });
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(text: &str, expect: &[&str]) {
        let sheet = format!("+++\n+++\n## 成果\n{text}\n");
        let content = Fixture::new().with(program("a", "")).file("programs/a/a.png", "x");
        content.file("programs/a/2023.md", &sheet).assert_finds("wordless-picture", expect);
    }

    #[test]
    fn reports_images_without_alternative_text() {
        check("![図](a.png)", &[]);
        check("![`図`](a.png)", &[]);
        check("文\n\n![](a.png)", &["programs/a/2023.md:6"]);
        check("![ 　](a.png)", &["programs/a/2023.md:4"]);
        check("![](a.png) ![][x]\n\n[x]: a.png", &["programs/a/2023.md:4", "programs/a/2023.md:4"]);
        check("`![](a.png)`", &[]);
    }
}
