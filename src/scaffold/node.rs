//! Proposal of a new strategy, goal, policy or program: its file, with its common keys.

use super::id::{self, ChosenId};
use super::keys::{commented_table, key_line};
use super::{Proposal, in_comment};
use crate::diagnostic::{Bilingual, say};
use crate::model::{Kind, Strategy};
use crate::schema::node::file_of;
use crate::schema::strategy::STRATEGY_FILE;
use crate::site::address;

/// Request for a new node.
#[derive(Debug, Clone, Copy, Default)]
pub struct NodeRequest<'a> {
    /// Id; `None` to choose one.
    pub id: Option<&'a str>,
    /// Number as printed.
    pub number: Option<&'a str>,
    /// Name as printed.
    pub name: Option<&'a str>,
    /// Id of the parent goal.
    pub goal: Option<&'a str>,
}

/// Proposes a strategy with the id `path`, such as `aoba` or `aoba/sogo`.
///
/// # Errors
/// Fails if `path` is not a valid id, or collides with a page or folder of the site itself.
pub fn strategy(path: &str, title: Option<&str>, publisher: Option<&str>) -> Result<Proposal, Bilingual> {
    if let Some(why) = path.split('/').find_map(id::invalid_id_reason) {
        return Err(why);
    }
    let unit = path.split('/').next().unwrap_or(path);
    if address::collides_with_site_level(unit) {
        return Err(say!(
            ja: "「{unit}」は、サイト全体のページやフォルダーの名前と重複します。自治体名のローマ字表記など、別の id を指定してください",
            en: "`{unit}` is the name of a page or folder of the site itself; choose another id, such as the name of the municipality"
        ));
    }
    let text = strategy_text(title.unwrap_or("名称未定の計画"), publisher.unwrap_or("自治体名"));
    let file = format!("{path}/strategy.toml");
    let next_steps = vec![
        say!(
            ja: "{file} に、計画の名称・自治体名・計画期間を記入してください",
            en: "write the title, the publisher and the period in {file}"
        ),
        say!(
            ja: "施策は `shirube new policy --strategy {path}`、事務事業は `shirube new program --strategy {path}` で追加できます",
            en: "add policies with `shirube new policy --strategy {path}`, programs with `shirube new program --strategy {path}`"
        ),
        say!(
            ja: "{file} に見出しと評価の記号、各 policy.md に指標を記載した後、年度ごとの調書を `shirube new edition 2024 --strategy {path}` で作成できます",
            en: "after declaring headings and scales in {file} and indicators in each policy.md, create the sheets of a year with `shirube new edition 2024 --strategy {path}`"
        ),
    ];
    Ok(Proposal { files: vec![(file, text)], reasons: Vec::new(), next_steps })
}

/// Text of a new `strategy.toml`: the common keys, commented out unless they are required.
fn strategy_text(title: &str, publisher: &str) -> String {
    let root = STRATEGY_FILE.root;
    let mut text = "# 計画。行頭の「# 」を削除すると、その行が有効になります。キーの説明は `shirube explain キー` で表示できます。\n".to_owned();
    text.push_str(&key_line(root, "title", Some(title)));
    text.push_str(&key_line(root, "publisher", Some(publisher)));
    for name in ["period", "description", "missing", "money_unit"] {
        text.push_str(&key_line(root, name, None));
    }
    for place in STRATEGY_FILE.tables() {
        let names: &[&str] = match place.path.as_slice() {
            ["labels"] => &["goal", "policy", "program"],
            ["section"] => &["of", "title"],
            ["scale"] => &["id", "title", "of", "marks"],
            _ => continue,
        };
        text.push_str(&commented_table(&place, names));
    }
    text
}

/// Proposes a node of `kind` in `strategy`.
///
/// # Errors
/// Fails if no valid id can be chosen, or the parent goal does not exist.
pub fn node(strategy: &Strategy, kind: Kind, request: NodeRequest<'_>) -> Result<Proposal, Bilingual> {
    let ChosenId { id, reason } = id::choose(strategy, kind, request.id, request.number)?;
    if let Some(goal) = request.goal {
        let known = strategy.nodes.iter().any(|node| node.kind == Kind::Goal && node.id == goal);
        if !known {
            return Err(say!(ja: "基本目標「{goal}」は存在しません", en: "no goal `{goal}` exists in the strategy"));
        }
    }
    let (folder, key) = (kind.folder(), kind.key());
    let file = format!("{}/{folder}/{id}/{key}.md", strategy.id);
    let mut next_steps =
        vec![say!(ja: "{file} に、名称などを記入してください", en: "write the name and other keys in {file}")];
    if kind == Kind::Program {
        next_steps.push(say!(
            ja: "この事務事業を掲載する施策の policy.md に、次の 2 行を追加してください: [[program]] と id = \"{id}\"",
            en: "add these two lines to the policy.md of the policy that lists it: [[program]] and id = \"{id}\""
        ));
    }
    if let Some(draft) = strategy.editions.iter().rev().find(|edition| edition.draft) {
        let (path, edition) = (&strategy.id, &draft.id);
        next_steps.push(say!(
            ja: "下書き中の版の調書は `shirube new edition {edition} --strategy {path}` で追加できます",
            en: "`shirube new edition {edition} --strategy {path}` adds its sheet to the draft edition"
        ));
    }
    let text = text(strategy, kind, request);
    Ok(Proposal { files: vec![(file, text)], reasons: reason.into_iter().collect(), next_steps })
}

fn text(strategy: &Strategy, kind: Kind, request: NodeRequest<'_>) -> String {
    let label = in_comment(strategy.label(kind));
    let placeholder = format!("名称未定の{label}");
    let file = file_of(kind);
    let mut text = format!("+++\n# {label}。行頭の「# 」を削除すると、その行が有効になります。\n");
    text.push_str(&key_line(file.root, "name", Some(request.name.unwrap_or(&placeholder))));
    text.push_str(&key_line(file.root, "number", request.number));
    match kind {
        Kind::Goal => text.push_str(&key_line(file.root, "parent", request.goal)),
        Kind::Policy => text.push_str(&key_line(file.root, "goal", request.goal)),
        Kind::Program => {}
    }
    text.push_str(&key_line(file.root, "department", None));
    if kind == Kind::Program {
        text.push_str(&key_line(file.root, "period", None));
    }
    text.push_str(&fields(strategy, kind));
    for place in file.tables() {
        let names: &[&str] = match place.path.as_slice() {
            ["indicator"] if kind == Kind::Program => &["id", "name", "unit"],
            ["indicator"] => &["id", "name", "unit", "better", "baseline"],
            ["program"] => &["id", "repeat"],
            _ => continue,
        };
        text.push_str(&commented_table(&place, names));
    }
    text.push_str("+++\n");
    text
}

/// `[field]` with the declared fields of this kind, commented out.
fn fields(strategy: &Strategy, kind: Kind) -> String {
    let declared = strategy.fields.iter().filter(|field| field.applies_to.contains(&kind));
    let lines: String = declared
        .map(|field| {
            let options: Vec<&str> = field.options.iter().map(|option| option.id.as_str()).collect();
            let choice = if options.is_empty() { String::new() } else { format!("（{}）", options.join("・")) };
            format!("# {} = \"\"    # {}\n", field.id, in_comment(&format!("{}{choice}", field.title)))
        })
        .collect();
    if lines.is_empty() { lines } else { format!("\n# [field]\n{lines}") }
}
