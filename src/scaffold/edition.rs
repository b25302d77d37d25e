//! A new edition: its declaration in a file of its own, and a draft of every sheet.
//!
//! What the last edition printed shows which cells the new one will have. Each comes empty, with
//! the last value beside it as a comment; no figure is carried over.

pub use super::context::EditionRequest;

use super::Proposal;
use super::context::DraftContext;
use super::id::refusal;
use super::sheet::Draft;
use crate::content::is_id;
use crate::diagnostic::{Bilingual, say};
use crate::model::{Edition, EditionIx, FiscalYear, Kind, Strategy};

/// Proposes the edition `wanted` of `strategy`. Where it is a draft already, the sheets are
/// added that it lacks.
///
/// # Errors
/// When there is nothing to add, or it cannot be.
pub fn edition(strategy: &Strategy, wanted: EditionRequest<'_>) -> Result<Proposal, Bilingual> {
    let id = wanted.id;
    if !is_id(id) {
        return Err(not_an_id(id));
    }
    if let Some(why) = refusal(id) {
        return Err(why);
    }
    if Kind::from_key(id).is_some() {
        return Err(say!(
            ja: "{id}.md は調書のファイル名に使えません。2024 のような id にしてください",
            en: "no sheet can be called {id}.md; choose an id such as 2024"
        ));
    }
    if strategy.outline {
        return Err(
            say!(ja: "概要だけの戦略（outline）に版はありません", en: "a strategy that is an outline has no editions"),
        );
    }
    let declared = strategy.editions.iter().position(|edition| edition.id == id).map(EditionIx);
    let setting = match declared.and_then(|at| Some((at, strategy.editions.get(at.0)?))) {
        Some((_, edition)) if !edition.draft => return Err(published(edition)),
        Some((at, edition)) => DraftContext::of(strategy, at, edition),
        None => DraftContext::new(strategy, wanted),
    };
    let mut proposal = Proposal::default();
    let folder = &strategy.id;
    if declared.is_none() {
        proposal.files.push((format!("{folder}/editions/{id}.toml"), setting.declaration()));
    }
    let (mut left_out, mut without_row, mut all_bare) = (0, 0, true);
    let programs = setting.programs_with_rows();
    for node in strategy.nodes.iter().filter(|node| setting.has_sheets(node)) {
        if declared.is_some_and(|at| node.sheet(at).is_some()) {
            continue;
        }
        if setting.has_ended(node) {
            left_out += 1;
            continue;
        }
        if programs.get(node.id.as_str()).is_some_and(|stands| node.kind == Kind::Program && !stands) {
            without_row += 1;
            continue;
        }
        let path = format!("{folder}/{}/{}/{id}.md", node.kind.folder(), node.id);
        let draft = Draft { setting: &setting, node };
        all_bare &= draft.is_bare();
        proposal.files.push((path, draft.text()));
    }
    if proposal.files.is_empty() {
        return Err(say!(
            ja: "版「{id}」の調書は、もうそろっています",
            en: "the edition `{id}` lacks no sheet"
        ));
    }
    proposal.reasons.extend(setting.reasons(left_out, without_row));
    let steps = if declared.is_none() { id } else { "" };
    proposal.next = next_steps(strategy, steps);
    if all_bare {
        // In place of the first step: there is nowhere to write a value.
        proposal.next.splice(..1, [declare_first(strategy, id)]);
    }
    Ok(proposal)
}

/// Says how an edition gets cells and headings that has none.
fn declare_first(strategy: &Strategy, id: &str) -> Bilingual {
    let folder = &strategy.id;
    say!(
        ja: "何も宣言されていないため、調書に欄がありません。{folder}/strategy.toml に見出し（`[[section]]`）と評価の記号（`[[scale]]`）、各 policy.md に指標（`[[indicator]]`）を書いてください。できた {id}.md を消して、もう一度 `shirube new edition {id} --strategy {folder}` を行うと、欄がそろいます",
        en: "nothing is declared yet, so the sheets have no cells: declare headings (`[[section]]`) and scales (`[[scale]]`) in {folder}/strategy.toml, indicators (`[[indicator]]`) in each policy.md; then delete the sheets {id}.md and run `shirube new edition {id} --strategy {folder}` again"
    )
}

/// Says that `id` is none; where it is a year, what that is as an id.
fn not_an_id(id: &str) -> Bilingual {
    match FiscalYear::parse(&id.to_uppercase()) {
        Some(year) => {
            let (japanese, number) = (year.japanese(), year.0);
            say!(
                ja: "版の id は半角の西暦で書きます。{japanese}なら `{number}` と書いてください",
                en: "the id of an edition is the western year in plain digits: write `{number}` for {japanese}"
            )
        }
        None => say!(
            ja: "「{id}」は版の id に使えません。半角の小文字 a-z、数字、ハイフンだけを使ってください（例: 2024、2024-interim）",
            en: "`{id}` cannot be the id of an edition; use only lower-case letters a-z, digits and hyphens, as in 2024 or 2024-interim"
        ),
    }
}

fn published(edition: &Edition) -> Bilingual {
    let Edition { id, label, .. } = edition;
    say!(
        ja: "版「{id}」（{label}）はもう公開されています。別の id にしてください",
        en: "the edition `{id}` ({label}) is published already; choose another id"
    )
}

fn next_steps(strategy: &Strategy, new: &str) -> Vec<Bilingual> {
    let mut steps = vec![
        say!(
            ja: "各調書の `\"\"` の中に値を、見出しの下に文章を書いてください（`shirube serve` で確かめながら書けます）",
            en: "write the values between the `\"\"` of each sheet and the words below its headings; `shirube serve` shows them"
        ),
        say!(
            ja: "`shirube check` が、まだ書かれていない値を調書ごとに数えます",
            en: "`shirube check` counts what is not written yet, sheet by sheet"
        ),
    ];
    if !new.is_empty() {
        let file = format!("{}/editions/{new}.toml", strategy.id);
        steps.push(say!(
            ja: "公開するときは、{file} の `draft = true` の行を消してください",
            en: "to publish it, delete the line `draft = true` in {file}"
        ));
    }
    steps
}
