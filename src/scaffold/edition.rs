//! Proposal of a new edition: its declaration in a separate file, and a template of every sheet.
//!
//! The sheets have the cells of the previous edition, each empty and with the previous value as a comment; on request,
//! the values of past years are copied. Without a previous edition, the cells are all that is declared.

pub use super::context::EditionRequest;

use super::Proposal;
use super::context::{EditionContext, NodesWithoutSheet};
use super::id::invalid_id_reason;
use super::sheet::SheetTemplate;
use crate::content::is_id;
use crate::diagnostic::{Bilingual, say};
use crate::model::{Edition, EditionIx, FiscalYear, Kind, Strategy};

/// Proposes a new edition of `strategy`. For an existing draft, only the missing sheets are proposed.
///
/// # Errors
/// Fails if the edition is not possible or no sheet is missing.
pub fn edition<'a>(strategy: &'a Strategy, request: EditionRequest<'a>) -> Result<Proposal, Bilingual> {
    let id = request.id;
    if !is_id(id) {
        return Err(invalid_id_error(id));
    }
    if let Some(why) = invalid_id_reason(id) {
        return Err(why);
    }
    if Kind::from_key(id).is_some() {
        return Err(say!(
            ja: "{id}.md は調書のファイル名に使えません。2024 のような id を指定してください",
            en: "`{id}.md` cannot be the file name of a sheet; choose an id such as 2024"
        ));
    }
    if strategy.outline_only {
        return Err(
            say!(ja: "この計画は概要だけ（`outline = true`）のため、版は作成できません", en: "this strategy is only an outline (`outline = true`) and cannot have editions"),
        );
    }
    let declared = strategy.editions.iter().position(|edition| edition.id == id).map(EditionIx);
    let context = match declared.and_then(|at| Some((at, strategy.editions.get(at.0)?))) {
        Some((_, edition)) if !edition.draft => return Err(already_published_error(edition)),
        Some((at, edition)) => EditionContext::of_draft(strategy, at, edition, request.carry),
        None => EditionContext::new(strategy, request),
    };
    let mut proposal = Proposal::default();
    let folder = &strategy.id;
    if declared.is_none() {
        proposal.files.push((format!("{folder}/editions/{id}.toml"), context.declaration()));
    }
    let (mut without_sheet, mut all_empty) = (NodesWithoutSheet::default(), true);
    let programs = context.programs_with_rows();
    for node in strategy.nodes.iter().filter(|node| context.expects_sheet(node)) {
        if declared.is_some_and(|at| node.sheet(at).is_some()) {
            continue;
        }
        if context.is_discontinued(node) {
            without_sheet.discontinued += 1;
            continue;
        }
        if context.has_ended(node) {
            without_sheet.ended += 1;
            continue;
        }
        if programs.get(node.id.as_str()).is_some_and(|is_listed| node.kind == Kind::Program && !is_listed) {
            without_sheet.without_row += 1;
            continue;
        }
        let path = format!("{folder}/{}/{}/{id}.md", node.kind.folder(), node.id);
        let template = SheetTemplate { context: &context, node };
        all_empty &= template.is_empty();
        proposal.files.push((path, template.text()));
    }
    if proposal.files.is_empty() {
        return Err(say!(
            ja: "版「{id}」の調書は、すべて作成済みです",
            en: "no sheet is missing in the edition `{id}`"
        ));
    }
    proposal.reasons.extend(context.reasons(without_sheet));
    proposal.next_steps = next_steps(strategy, declared.is_none().then_some(id));
    if all_empty {
        // Replaces the first step, because there are no cells to fill in.
        proposal.next_steps.splice(..1, [missing_declarations(strategy, id)]);
    }
    Ok(proposal)
}

/// Next step for an edition without cells and headings: the declarations that create them.
fn missing_declarations(strategy: &Strategy, id: &str) -> Bilingual {
    let folder = &strategy.id;
    say!(
        ja: "見出しも評価の記号も指標も定義されていないため、調書に欄がありません。{folder}/strategy.toml に見出し（`[[section]]`）と評価の記号（`[[scale]]`）、各 policy.md に指標（`[[indicator]]`）を記載してください。作成された {id}.md を削除し、もう一度 `shirube new edition {id} --strategy {folder}` を実行すると、欄が作成されます",
        en: "nothing is declared yet, so the sheets have no cells: declare headings (`[[section]]`) and scales (`[[scale]]`) in {folder}/strategy.toml, and indicators (`[[indicator]]`) in each policy.md; then delete the sheets {id}.md and run `shirube new edition {id} --strategy {folder}` again"
    )
}

/// Error for an invalid id; for a year in another spelling, with the corresponding id.
fn invalid_id_error(id: &str) -> Bilingual {
    match FiscalYear::parse(&id.to_uppercase()) {
        Some(year) => {
            let (japanese, number) = (year.japanese(), year.0);
            say!(
                ja: "版の id は半角数字の西暦で指定します。{japanese}の場合は `{number}` と指定してください",
                en: "the id of an edition uses the Gregorian year: write `{number}` for {japanese}"
            )
        }
        None => say!(
            ja: "「{id}」は版の id に使えません。半角の小文字 a-z、数字、ハイフンだけを使ってください（例: 2024、2024-interim）",
            en: "`{id}` cannot be the id of an edition; use only lower-case letters a-z, digits and hyphens, as in 2024 or 2024-interim"
        ),
    }
}

fn already_published_error(edition: &Edition) -> Bilingual {
    let Edition { id, label, .. } = edition;
    say!(
        ja: "版「{id}」（{label}）はすでに公開されています。別の id を指定してください",
        en: "the edition `{id}` ({label}) is already published; choose another id"
    )
}

/// Next steps for an edition; `new_id` is its id if it is declared in a new file.
fn next_steps(strategy: &Strategy, new_id: Option<&str>) -> Vec<Bilingual> {
    let mut steps = vec![
        say!(
            ja: "各調書の `\"\"` の中に値を、見出しの下に文章を記入してください（`shirube serve` で表示を確認しながら記入できます）",
            en: "fill in the values (`\"\"`) of each sheet, and write the text below its headings; `shirube serve` shows the result"
        ),
        say!(
            ja: "`shirube check` を実行すると、未記入の値の数を調書ごとに確認できます",
            en: "`shirube check` counts the missing values of each sheet"
        ),
    ];
    if let Some(id) = new_id {
        let file = format!("{}/editions/{id}.toml", strategy.id);
        steps.push(say!(
            ja: "公開するときは、{file} の `draft = true` の行を削除してください",
            en: "to publish it, delete the line `draft = true` in {file}"
        ));
    }
    steps
}
