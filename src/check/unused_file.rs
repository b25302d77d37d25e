//! The rule `unused-file`.

use super::visit::nodes;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{AssetKind, Report};

pub(super) const LINT: Lint = Lint {
    rule: Rule::UnusedFile,
    title: Bilingual {
        ja: "どの文章からも使われず、公表されないファイル",
        en: "a file that no text references and that is therefore not published",
    },
    explanation: Bilingual {
        ja: "公表されるのは、文章から使われているファイルだけです。下書きだけが使うファイルは、\
             下書きとともに公表されるため指摘しません。",
        en: "Only files that a text references are published. A file that is referenced only by a draft is not \
             reported: it will be published with the draft.",
    },
    example: concat!("programs/akiya/写真.jpg\n", "programs/akiya/元データ.xlsx"),
    remedy: Bilingual {
        ja: "文章に `![…](写真.jpg)` や `[…](元データ.xlsx)` と書くか、別の場所に移してください。\
             意図して置いているときは、そのフォルダーの program.md などで確認済みにしてください。",
        en: "Reference it in a text as `![…](写真.jpg)` or `[…](元データ.xlsx)`, or move it elsewhere. If it is \
             kept there on purpose, acknowledge the finding in the file of the node.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (strategy, _, node) in nodes(report) {
        for asset in node.assets.iter().filter(|asset| !asset.linked) {
            let name = &asset.name;
            let path = [&strategy.id, node.kind.folder(), &node.id, name].join("/");
            let written = if name.contains([' ', '(', ')']) { format!("<{name}>") } else { name.clone() };
            let message = say!(
                ja: "{path} は、どの文章からも使われていないので公表されません",
                en: "{path} is not published, because no text references it"
            );
            let help = match AssetKind::from_name(name) {
                Some(AssetKind::Image) => say!(
                    ja: "載せるなら `![何の画像か]({written})` と書き、要らないなら原稿のフォルダーの外に移してください",
                    en: "write `![what it shows]({written})`, or move it out of the content folder"
                ),
                Some(AssetKind::Document) => say!(
                    ja: "載せるなら `[題名]({written})` と書き、要らないなら原稿のフォルダーの外に移してください",
                    en: "write `[its title]({written})`, or move it out of the content folder"
                ),
                None => say!(
                    ja: "公表できる種類のファイルではありません。原稿のフォルダーの外に移してください",
                    en: "this file type cannot be published; move the file out of the content folder"
                ),
            };
            findings.add(node.name_span, name, message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn reports_unreferenced_files() {
        let content = Fixture::new().with(program("a", "")).file("programs/a/表 1.xlsx", "x");
        content.assert_finds("unused-file", &["programs/a/program.md:2"]);
        let named = |sheet: &str| content.clone().file("programs/a/2023.md", &format!("+++\n+++\n## 成果\n{sheet}\n"));
        named("[表](<表 1.xlsx>)").assert_finds("unused-file", &[]);
        named("[表][x]\n\n[x]: <表 1.xlsx>").assert_finds("unused-file", &[]);
        named("表 1.xlsx").assert_finds("unused-file", &["programs/a/program.md:2"]);
    }

    #[test]
    fn ignores_files_referenced_by_a_draft() {
        let content = Fixture::new().with(program("a", "")).file("programs/a/a.png", "x");
        let draft = content.append_to_strategy("[[edition]]\nid = '2024'\nlabel = '2024'\nyear = 'R6'\ndraft = true");
        draft.file("programs/a/2024.md", "+++\n+++\n## 成果\n![図](a.png)\n").assert_finds("unused-file", &[]);
    }

    #[test]
    fn files_are_acknowledged_by_name() {
        let acknowledged =
            "+++\nname = 'x'\n[[acknowledge]]\nrule = 'unused-file'\nabout = 'a.xlsx'\nreason = '元データ'\n+++\n";
        let content =
            Fixture::new().with(program("a", "")).file("programs/a/a.xlsx", "x").file("programs/a/b.xlsx", "x");
        content.file("programs/a/program.md", acknowledged).assert_finds("unused-file", &["programs/a/program.md:2"]);
    }
}
