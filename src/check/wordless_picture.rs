//! The rule `wordless-picture`.

use super::walk::words;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Rule, Span, say};
use crate::model::Report;

pub(super) const LINT: Lint = Lint {
    rule: Rule::WordlessPicture,
    title: Bilingual {
        ja: "画像が見えない人に伝える言葉のない画像",
        en: "a picture without words for those who do not see it",
    },
    explanation: Bilingual {
        ja: "角括弧の中の言葉は、画像が見えない人に読み上げられます。言葉がなければ、\
             その人にとって画像はないのと同じです。",
        en: "Screen readers say the words between the brackets; without them, a picture does not exist for \
             those who do not see it.",
    },
    example: "![](map.svg)",
    remedy: Bilingual {
        ja: "画像が何を示すかを短く書いてください（例: `![空き家の分布](map.svg)`）。",
        en: "Say in a few words what the picture shows: `![空き家の分布](map.svg)`.",
    },
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    words(report, |prose, title| {
        for link in prose.links.iter().filter(|link| link.image && link.words.is_empty()) {
            let start = prose.span.range().start;
            let span = Span::new(prose.span.source, start + link.range.start..start + link.range.end);
            let name = &link.destination;
            findings.add(
                span,
                title,
                say!(ja: "画像「{name}」に、見えない人に伝える言葉がありません", en: "the picture `{name}` has no words for those who do not see it"),
                say!(
                    ja: "`![空き家の分布図]({name})` のように、[ ] の間に何の画像かを書いてください",
                    en: "say between the brackets what it shows, as in `![where houses stand empty]({name})`"
                ),
            );
        }
    });
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Content, program};

    fn check(words: &str, expect: &[&str]) {
        let sheet = format!("+++\n+++\n## 成果\n{words}\n");
        let content = Content::new().with(program("a", "")).file("programs/a/a.png", "x");
        content.file("programs/a/2023.md", &sheet).finds("wordless-picture", expect);
    }

    #[test]
    fn a_picture_says_what_it_shows() {
        check("![図](a.png)", &[]);
        check("![`図`](a.png)", &[]);
        check("文\n\n![](a.png)", &["programs/a/2023.md:6"]);
        check("![ 　](a.png)", &["programs/a/2023.md:4"]);
        check("![](a.png) ![][x]\n\n[x]: a.png", &["programs/a/2023.md:4", "programs/a/2023.md:4"]);
        check("`![](a.png)`", &[]);
    }
}
