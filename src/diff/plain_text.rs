//! Changes as lines of text, for people at a terminal.

use super::{Change, Class, EditionKey, NodeKey};
use crate::diagnostic::{Bilingual, Lang, shortened};

/// The changes, grouped by node and edition, with a line of counts at the end.
pub fn format(changes: &[Change]) -> Bilingual {
    Bilingual { ja: in_language(changes, Lang::Ja), en: in_language(changes, Lang::En) }
}

fn in_language(changes: &[Change], lang: Lang) -> String {
    let say = |ja: &'static str, en: &'static str| match lang {
        Lang::Ja => ja,
        Lang::En => en,
    };
    let mut lines = Vec::new();
    let mut group: Option<Group<'_>> = None;
    for change in changes {
        let of_change = (change.strategy.as_str(), change.node.as_ref(), change.edition.as_ref());
        if group != Some(of_change) {
            lines.push(heading(of_change));
            group = Some(of_change);
        }
        let none = say("（記載なし）", "(none)");
        let text = |text: &Option<String>| text.as_deref().map_or_else(|| none.to_owned(), shortened);
        let what = match (&change.before, &change.after, change.path.as_str()) {
            (None, _, "") => say("追加", "added").to_owned(),
            (_, None, "") => say("削除", "gone").to_owned(),
            _ => format!("{}: {} → {}", change.path, text(&change.before), text(&change.after)),
        };
        let declared =
            if change.declared { say("（[[correction]] あり）", " ([[correction]] present)") } else { "" };
        lines.push(format!("  {} {what}{declared}", change.class.name().get(lang)));
    }
    let counts = Class::ALL.into_iter().filter_map(|class| {
        let count = changes.iter().filter(|change| change.class == class).count();
        let name = class.name();
        (count > 0).then(|| match lang {
            Lang::Ja => format!("{} {count}件", name.ja),
            Lang::En => format!("{count} {}", name.en),
        })
    });
    let counts: Vec<String> = counts.collect();
    match counts.is_empty() {
        true => say("変更はありません", "no differences").to_owned(),
        false => format!("{}\n{}", lines.join("\n"), counts.join(say("、", ", "))),
    }
}

/// Strategy, node and edition of a change.
type Group<'c> = (&'c str, Option<&'c NodeKey>, Option<&'c EditionKey>);

fn heading((strategy, node, edition): Group<'_>) -> String {
    let node = node.map(|node| format!(" {}:{} {}", node.kind, node.id, node.name)).unwrap_or_default();
    let edition = edition.map(|edition| format!("（{}）", edition.label)).unwrap_or_default();
    format!("{strategy}{node}{edition}")
}
