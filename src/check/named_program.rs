//! Names of programs in texts of sheets that are not about them, for the rule `copied-text`.

use super::visit::{SheetRef, sheets};
use super::words::span_in;
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{Kind, NodeId, Owner, Report, Section, StrategyIx};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;

/// Number of characters of the shortest name that is looked for: 広報 is a word of many texts.
const MINIMUM: usize = 6;
/// Words of sentences about two programs.
const JOINT: [&str; 12] =
    ["統合", "連携", "移行", "引き継", "一体", "併せ", "あわせ", "一本化", "組み合わせ", "から", "とともに", "ほか"];

/// Names of other programs: their place, the title of the section and the message.
pub(super) fn named(report: &Report) -> Vec<(Span, &str, Bilingual)> {
    let mut programs: BTreeMap<StrategyIx, Programs> = BTreeMap::new();
    for (ix, _) in report.strategies() {
        programs.extend(Programs::of(report, ix).map(|programs| (ix, programs)));
    }
    let mut found = Vec::new();
    for item in sheets(report) {
        let Some(programs) = programs.get(&item.id.strategy) else { continue };
        for section in &item.sheet.sections {
            let text = section.prose.markdown.as_str();
            found.extend(links(report, item, section));
            let names = programs.finder.find_iter(text).filter_map(|found| {
                let named = *programs.nodes.get(found.pattern().as_usize())?;
                (!is_linked(section, found.start()) && !is_related(report, item, named))
                    .then_some((named, found.range()))
            });
            let is_joint = |at| JOINT.iter().any(|word| sentence_at(text, at).contains(word));
            let Some((named, range)) = names.into_iter().find(|(_, range)| !is_joint(range.start)) else { continue };
            let name = &report.node(named).name;
            let message = match item.node.kind {
                Kind::Program => say!(
                    ja: "別の事業の名前「{name}」が書かれています",
                    en: "the text names another program, `{name}`"
                ),
                _ => say!(
                    ja: "この施策・目標の行にない事業の名前「{name}」が書かれています",
                    en: "the text names a program that is none of the rows, `{name}`"
                ),
            };
            found.push((span_in(&section.prose, range), section.title.as_str(), message));
        }
    }
    found
}

/// Programs of a strategy with a search for their names.
struct Programs {
    nodes: Vec<NodeId>,
    finder: AhoCorasick,
}

impl Programs {
    fn of(report: &Report, ix: StrategyIx) -> Option<Self> {
        let programs = report.nodes(ix).filter(|(_, node)| node.kind == Kind::Program);
        let named = programs.filter(|(_, node)| node.name.chars().count() >= MINIMUM);
        let (nodes, names): (Vec<NodeId>, Vec<&str>) = named.map(|(id, node)| (id, node.name.as_str())).unzip();
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names).ok()?;
        Some(Self { nodes, finder })
    }
}

/// Links whose text is the name of another program than that of their target.
fn links<'r>(report: &Report, item: SheetRef<'r>, section: &'r Section) -> Vec<(Span, &'r str, Bilingual)> {
    let mut found = Vec::new();
    for link in &section.prose.links {
        let written = &link.text;
        let Some(rest) = link.destination.strip_prefix("program:") else { continue };
        let id = rest.split(['#', '/']).next().unwrap_or_default();
        let target = report.nodes(item.id.strategy).find(|(_, node)| node.kind == Kind::Program && node.id == id);
        let Some((_, node)) = target else { continue };
        let is_name =
            written.ends_with("事業") && node.name.ends_with("事業") && written != "本事業" && written != "この事業";
        if is_name && !node.name.contains(written) && !written.contains(node.name.as_str()) {
            let name = &node.name;
            let message = say!(
                ja: "リンクの「{written}」は、リンク先の名前「{name}」と違います",
                en: "the link says `{written}`, but the name of its target is `{name}`"
            );
            found.push((span_in(&section.prose, link.range.clone()), section.title.as_str(), message));
        }
    }
    found
}

/// Returns true within a link, which names its target on purpose.
fn is_linked(section: &Section, at: usize) -> bool {
    section.prose.links.iter().any(|link| link.range.contains(&at))
}

fn sentence_at(text: &str, at: usize) -> &str {
    let start = text.get(..at).and_then(|before| before.rfind(['。', '\n'])).unwrap_or_default();
    let end = text.get(at..).and_then(|after| after.find(['。', '\n'])).map_or(text.len(), |end| at + end);
    text.get(start..end).unwrap_or_default()
}

/// Returns true if a program is the node itself, its row or that of a node above or below, or its successor, or declared to
/// be linked.
fn is_related(report: &Report, item: SheetRef<'_>, program: NodeId) -> bool {
    let relations = report.relations(item.id);
    let is_named = item.node.name.contains(&report.node(program).name);
    if program == item.id
        || is_named
        || relations.succeeds.contains(&program)
        || relations.succeeded_by.contains(&program)
    {
        return true;
    }
    let has_row = |node: NodeId| report.rows(Owner::Node(node)).any(|(_, row)| row == program);
    let below = super::visit::rows_below(report, item.id).into_iter().any(|(_, row)| row == program);
    let parents = std::iter::successors(relations.parent, |parent| report.relations(*parent).parent);
    below || has_row(item.id) || item.node.kind != Kind::Program && parents.into_iter().any(has_row)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(path: &str, text: &str, found: &[&str]) {
        let name = |name: &str| format!("+++\nname = '{name}'\n+++\n");
        Fixture::new()
            .with(program("a", ""))
            .with(program("b", ""))
            .policy("1", &["a"])
            .file("programs/a/program.md", &name("移住相談支援事業"))
            .file("programs/b/program.md", &name("空き家活用促進事業"))
            .file(path, &format!("## 成果\n{text}\n"))
            .assert_finds("copied-text", found);
    }

    #[test]
    fn reports_names_of_other_programs() {
        let path = "programs/a/2023.md";
        check(path, "移住相談支援事業の窓口を設けた。", &[]);
        check(path, "空き家活用促進事業の窓口を設けた。", &["programs/a/2023.md:2"]);
        check(path, "空き家活用促進事業と連携して窓口を設けた。", &[]);
        check(path, "[空き家活用促進事業](program:b)の窓口を使った。", &[]);
    }

    #[test]
    fn reports_programs_that_are_no_rows() {
        let path = "policies/1/2023.md";
        check(path, "移住相談支援事業の窓口を設けた。", &[]);
        check(path, "空き家活用促進事業の窓口を設けた。", &["policies/1/2023.md:2"]);
    }

    #[test]
    fn reports_links_that_name_another_program() {
        let path = "policies/1/2023.md";
        check(path, "[移住相談支援事業](program:a)を行った。", &[]);
        check(path, "[買い物支援事業](program:a)を行った。", &["policies/1/2023.md:2"]);
        check(path, "[相談の窓口](program:a)を設けた。", &[]);
    }
}
