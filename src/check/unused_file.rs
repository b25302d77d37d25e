//! `unused-file`: a file beside the words of a goal, policy or program that no words name. It is not published.
//!
//! ```text
//! programs/akiya/写真.jpg          and nowhere `![…](写真.jpg)`
//! programs/akiya/元データ.xlsx
//! ```
//! Write: `![what it shows](写真.jpg)` or `[its title](元データ.xlsx)`; or put the file elsewhere. What is kept
//! there on purpose is acknowledged in the file of the node. A file that only a draft names is not found: it
//! will be published with it.

use super::walk::nodes;
use super::{Findings, Rule};
use crate::model::{AssetKind, Report};
use crate::say;

pub(super) const RULE: Rule = Rule {
    name: "unused-file",
    ja: "どの文章からも使われず、公表されないファイル",
    en: "a file that no words name, so that it is not published",
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (strategy, _, node) in nodes(report) {
        for asset in node.assets.iter().filter(|asset| !asset.named) {
            let name = &asset.name;
            let path = [&strategy.id, node.kind.folder(), &node.id, name].join("/");
            let written = if name.contains([' ', '(', ')']) { format!("<{name}>") } else { name.clone() };
            let message = say!(
                ja: "{path} は、どの文章からも使われていないので公表されません",
                en: "{path} is not published: no words name it"
            );
            let help = match AssetKind::of(name) {
                Some(AssetKind::Picture) => say!(
                    ja: "載せるなら `![何の画像か]({written})` と書き、要らないなら原稿のフォルダーの外に移してください",
                    en: "write `![what it shows]({written})`, or move it out of the content folder"
                ),
                Some(AssetKind::Document) => say!(
                    ja: "載せるなら `[題名]({written})` と書き、要らないなら原稿のフォルダーの外に移してください",
                    en: "write `[its title]({written})`, or move it out of the content folder"
                ),
                None => say!(
                    ja: "公表できる種類のファイルではありません。原稿のフォルダーの外に移してください",
                    en: "it is of no kind that can be published; move it out of the content folder"
                ),
            };
            findings.add(node.name_span, name, message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Content, program};

    #[test]
    fn a_file_that_no_words_name() {
        let content = Content::new().with(program("a", "")).file("programs/a/表 1.xlsx", "x");
        content.finds("unused-file", &["programs/a/program.md:2"]);
        let named = |sheet: &str| content.clone().file("programs/a/2023.md", &format!("+++\n+++\n## 成果\n{sheet}\n"));
        named("[表](<表 1.xlsx>)").finds("unused-file", &[]);
        named("[表][x]\n\n[x]: <表 1.xlsx>").finds("unused-file", &[]);
        named("表 1.xlsx").finds("unused-file", &["programs/a/program.md:2"]);
    }

    #[test]
    fn a_file_that_a_draft_names_waits_for_it() {
        let content = Content::new().with(program("a", "")).file("programs/a/a.png", "x");
        let draft = content.strategy("[[edition]]\nid = '2024'\nlabel = '2024'\nyear = 'R6'\ndraft = true");
        draft.file("programs/a/2024.md", "+++\n+++\n## 成果\n![図](a.png)\n").finds("unused-file", &[]);
    }

    #[test]
    fn what_systems_leave_behind_is_acknowledged_by_name() {
        let acknowledged =
            "+++\nname = 'x'\n[[acknowledge]]\nrule = 'unused-file'\nabout = 'a.xlsx'\nreason = '元データ'\n+++\n";
        let content =
            Content::new().with(program("a", "")).file("programs/a/a.xlsx", "x").file("programs/a/b.xlsx", "x");
        content.file("programs/a/program.md", acknowledged).finds("unused-file", &["programs/a/program.md:2"]);
    }
}
