//! A new strategy, goal, policy or program: its own file, with the keys that it may have.

use super::id::{self, Chosen};
use super::{Proposal, in_comment};
use crate::content::quoted;
use crate::diagnostic::{Bilingual, say};
use crate::model::{Kind, Strategy};
use crate::site::address;

/// What is known of a new node.
#[derive(Debug, Clone, Copy, Default)]
pub struct NodeRequest<'a> {
    /// Its id, if it was given.
    pub id: Option<&'a str>,
    /// Its printed number.
    pub number: Option<&'a str>,
    /// Its name.
    pub name: Option<&'a str>,
    /// The goal above it.
    pub goal: Option<&'a str>,
}

/// Proposes the strategy `path`: `aoba`, `aoba/sogo`.
///
/// # Errors
/// When the path cannot be one.
pub fn strategy(path: &str, title: Option<&str>, publisher: Option<&str>) -> Result<Proposal, Bilingual> {
    if let Some(why) = path.split('/').find_map(id::refusal) {
        return Err(why);
    }
    let unit = path.split('/').next().unwrap_or(path);
    if address::is_site_level(unit) {
        return Err(say!(
            ja: "「{unit}」は、サイト全体のページやファイルの名前と重なります。団体の id など、別の名前にしてください",
            en: "`{unit}` is the name of a page or folder of the site itself; choose another, such as that of the municipality"
        ));
    }
    let text = include_str!("strategy.toml")
        .replace("\"TITLE\"", &quoted(title.unwrap_or("名称未定の計画")))
        .replace("\"PUBLISHER\"", &quoted(publisher.unwrap_or("自治体名")));
    let file = format!("{path}/strategy.toml");
    let write = say!(
        ja: "{file} に、計画の名前・自治体名・期間を書いてください",
        en: "write the title, the publisher and the period in {file}"
    );
    let go_on = say!(
        ja: "施策は `shirube new policy --strategy {path}`、事務事業は `shirube new program --strategy {path}` で足せます",
        en: "add policies with `shirube new policy --strategy {path}`, programs with `shirube new program --strategy {path}`"
    );
    let then = say!(
        ja: "{file} に見出しと評価の記号、policy.md に指標を書いたら、年度ごとの調書を `shirube new edition 2024 --strategy {path}` で作れます",
        en: "when headings and scales stand in {file}, indicators in each policy.md, make the sheets of a year with `shirube new edition 2024 --strategy {path}`"
    );
    Ok(Proposal { files: vec![(file, text)], reasons: Vec::new(), next: vec![write, go_on, then] })
}

/// Proposes a node of `kind` in `strategy`.
///
/// # Errors
/// When it gets no id, or the goal above it is not there.
pub fn node(strategy: &Strategy, kind: Kind, wanted: NodeRequest<'_>) -> Result<Proposal, Bilingual> {
    let Chosen { id, reason } = id::choose(strategy, kind, wanted.id, wanted.number)?;
    if let Some(goal) = wanted.goal {
        let known = strategy.nodes.iter().any(|node| node.kind == Kind::Goal && node.id == goal);
        if !known {
            return Err(say!(ja: "基本目標「{goal}」はありません", en: "there is no goal `{goal}`"));
        }
    }
    let (folder, key) = (kind.folder(), kind.key());
    let file = format!("{}/{folder}/{id}/{key}.md", strategy.id);
    let mut next = vec![say!(ja: "{file} に、名前などを書いてください", en: "write the name and all else in {file}")];
    if kind == Kind::Program {
        next.push(say!(
            ja: "この事務事業を載せる施策の policy.md に、次の二行を書き足してください: [[program]] と id = \"{id}\"",
            en: "add these two lines to the policy.md of the policy that it stands under: [[program]] and id = \"{id}\""
        ));
    }
    if let Some(draft) = strategy.editions.iter().rev().find(|edition| edition.draft) {
        let (path, edition) = (&strategy.id, &draft.id);
        next.push(say!(
            ja: "下書き中の版の調書は `shirube new edition {edition} --strategy {path}` で足せます",
            en: "`shirube new edition {edition} --strategy {path}` adds its sheet to the edition that is a draft"
        ));
    }
    let text = text(strategy, kind, wanted);
    Ok(Proposal { files: vec![(file, text)], reasons: reason.into_iter().collect(), next })
}

fn text(strategy: &Strategy, kind: Kind, wanted: NodeRequest<'_>) -> String {
    let label = in_comment(strategy.label(kind));
    let nameless = format!("名称未定の{label}");
    let key = |name: &str, value: Option<&str>, plain: &str, comment: &str| match value {
        Some(value) => format!("{name} = {}    # {comment}\n", quoted(value)),
        None => format!("# {name} = {}    # {comment}\n", quoted(plain)),
    };
    let mut text = format!("+++\n# {label}。行頭の「# 」を消すと、その行が使われます。\n");
    text.push_str(&key("name", Some(wanted.name.unwrap_or(&nameless)), "", "名前（印刷されたとおり）"));
    text.push_str(&key("number", wanted.number, "1-1", "名前の前に印刷された番号"));
    match kind {
        Kind::Goal => text.push_str(&key("parent", wanted.goal, "1", "上の目標の id")),
        Kind::Policy => text.push_str(&key("goal", wanted.goal, "1", "上の目標の id")),
        Kind::Program => {}
    }
    text.push_str(&key("department", None, "企画課", "担当課"));
    text.push_str(match kind {
        Kind::Program => include_str!("program.md"),
        Kind::Goal | Kind::Policy => include_str!("policy.md"),
    });
    text
}
