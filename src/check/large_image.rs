//! The rule `large-image`.

use super::visit::nodes;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{Report, grouped};

/// Length in bytes above which an image delays its page noticeably on a mobile connection: about 2 seconds at 2 Mbit/s.
const LIMIT: u64 = 500_000;

pub(super) const LINT: Lint = Lint {
    rule: Rule::LargeImage,
    title: Bilingual { ja: "500 kB を超える画像", en: "an image of more than 500 kB" },
    explanation: Bilingual {
        ja: "スマートフォンで見る人は、表示されるまで待たされ、通信量も消費します。",
        en: "Readers on phones wait until it is loaded, and pay for its transfer.",
    },
    example: "![](map.png)",
    remedy: Bilingual {
        ja: "幅を 1,600 画素程度に縮めるか、写真は JPEG か WebP、図は PNG か SVG で保存し直してください。",
        en: "Reduce its width to about 1,600 pixels, or save a photograph as JPEG or WebP and a drawing as PNG or SVG.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (_, _, node) in nodes(report) {
        for asset in &node.assets {
            let Some(length) = asset.image.map(|image| image.length).filter(|length| *length > LIMIT) else { continue };
            let shown = node.prose().find_map(|prose| {
                let link = prose.links.iter().find(|link| link.image && asset.is_linked_as(&link.destination))?;
                let start = prose.span.range().start;
                Some(Span::new(prose.span.source, start + link.range.start..start + link.range.end))
            });
            let Some(span) = shown else { continue };
            let (name, kilobytes) = (&asset.name, grouped(length.div_ceil(1_000)));
            findings.add(
                span,
                name,
                say!(ja: "画像「{name}」は {kilobytes} kB あります", en: "the image `{name}` has {kilobytes} kB"),
                say!(
                    ja: "500 kB 以下に縮めてください（幅 1,600 画素程度で足ります）",
                    en: "reduce it to at most 500 kB; a width of about 1,600 pixels is enough"
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn reports_images_above_the_limit_once() {
        let check = |length: usize, text: &str, expect: &[&str]| {
            let content = Fixture::new().with(program("a", "")).file("programs/a/a.png", &"x".repeat(length));
            let sheet = format!("+++\n+++\n## 成果\n{text}\n");
            content.file("programs/a/2023.md", &sheet).assert_finds("large-image", expect);
        };
        check(500_000, "![図](a.png)", &[]);
        check(500_001, "![図](a.png)\n\n![図](a.png)", &["programs/a/2023.md:4"]);
        check(500_001, "[図](a.png)", &[]);
    }
}
