//! Parsing of judgements: `[judgement]` of a node, and the keys of scales in `[indicator.<id>]`.

use super::item::Item;
use super::table::TomlTable;
use super::value::{Grammar, ValueReader};
use crate::diagnostic::{Diagnostic, Rule, Span, say};
use crate::model::half_width;
use crate::model::{FiscalYear, Judge, JudgeIx, Judgement, Scale, ScaleIx, ValueContent, Verdict};
use crate::schema::{Table, ValueType};
use toml::de::DeValue;

/// Keys of a judgement in table form.
const JUDGEMENT_KEYS: [&str; 4] = ["mark", "missing", "lost", "note"];

/// Declarations of the strategy that are needed to parse judgements.
#[derive(Clone, Copy)]
pub(super) struct JudgementContext<'a> {
    /// The judges of the strategy.
    pub(super) judges: &'a [Judge],
    /// The scales of the strategy.
    pub(super) scales: &'a [Scale],
    /// The placeholders in `strategy.missing`.
    pub(super) missing: &'a [String],
}

impl JudgementContext<'_> {
    /// The judgements under `items`, whose keys are the ids of scales for `subject`, a keyword of
    /// [`Scale::applies_to`]. `declared` are the other keys allowed in the same table, for help on unknown keys.
    pub(super) fn judgements(
        self,
        items: Vec<Item<'_>>,
        subject: &str,
        declared: Option<&'static Table>,
    ) -> Vec<Judgement> {
        let mut judgements = Vec::new();
        for item in items {
            match self.scale(item.key, subject) {
                Some(scale) => self.read_scale(item, scale, &mut judgements),
                None => self.unknown_scale(item, subject, declared),
            }
        }
        judgements
    }

    fn scale(self, id: &str, subject: &str) -> Option<ScaleIx> {
        let fits = |scale: &Scale| scale.id == id && scale.applies_to.iter().any(|of| of == subject);
        self.scales.iter().position(fits).map(ScaleIx)
    }

    fn unknown_scale(self, item: Item<'_>, subject: &str, declared: Option<&'static Table>) {
        let key = item.key;
        if self.scales.iter().any(|scale| scale.id == key) {
            let message = say!(
                ja: "評価尺度 `{key}` は、ここでは使えません",
                en: "the scale `{key}` cannot be used here"
            );
            let help = say!(
                ja: "strategy.toml の `[[scale]]` の `of` に \"{subject}\" を加えてください",
                en: "add \"{subject}\" to the key `of` of the `[[scale]]` in strategy.toml"
            );
            item.report_key(Rule::ScaleOfOthers, message, help);
        } else {
            let fitting = self.scales.iter().filter(|scale| scale.applies_to.iter().any(|of| of == subject));
            let declared_keys = declared.into_iter().flat_map(|table| table.keys()).map(|key| key.name);
            let known: Vec<&str> = declared_keys.chain(fitting.map(|s| s.id.as_str())).collect();
            item.report_unknown_key(declared, &known, &known);
        }
    }

    /// Reads `"B"`, `["実施", "予定"]`, `18`, `{ mark = "B", note = "…" }`, or a table of these by fiscal year, by judge, or
    /// by both.
    fn read_scale(self, item: Item<'_>, ix: ScaleIx, judgements: &mut Vec<Judgement>) {
        let item = item.of_type(&ValueType::Judgement);
        let Some(scale) = self.scales.get(ix.0) else { return };
        let keys: Vec<&str> = match item.raw() {
            DeValue::Table(table) => table.keys().map(|key| key.get_ref().as_ref()).collect(),
            _ => Vec::new(),
        };
        let is_single = |keys: &[&str]| keys.iter().any(|key| JUDGEMENT_KEYS.contains(key));
        if scale.judges.is_empty() && (!item.raw().is_table() || is_single(&keys)) {
            judgements.extend(self.single_judgement(item, ix, None, None));
            return;
        }
        if scale.judges.is_empty() && self.judges.iter().any(|judge| keys.contains(&judge.id.as_str())) {
            judges_not_declared(item, &keys);
            return;
        }
        if !scale.judges.is_empty() && !keys.iter().any(|key| FiscalYear::parse(key).is_some()) {
            self.read_judges(item, (ix, scale), None, judgements);
            return;
        }
        let Some(table) = item.entries() else { return };
        for (year, item) in table.years() {
            match scale.judges.is_empty() {
                true => judgements.extend(self.single_judgement(item, ix, None, Some(year))),
                false => self.read_judges(item, (ix, scale), Some(year), judgements),
            }
        }
    }

    /// Reads the judgements of several judges, `{ primary = "A", council = "B" }`.
    fn read_judges(
        self,
        item: Item<'_>,
        (ix, scale): (ScaleIx, &Scale),
        year: Option<FiscalYear>,
        judgements: &mut Vec<Judgement>,
    ) {
        let id = |judge: &JudgeIx| self.judges.get(judge.0).map_or("", |judge| judge.id.as_str());
        let ids: Vec<&str> = scale.judges.iter().map(id).collect();
        let without_judge = match item.raw() {
            DeValue::Table(table) => JUDGEMENT_KEYS.iter().any(|key| table.contains_key(*key)),
            _ => true,
        };
        if without_judge {
            judge_not_named(item, scale, &ids);
            return;
        }
        let Some(table) = item.entries() else { return };
        for item in table.items() {
            match scale.judges.iter().find(|judge| id(judge) == item.key) {
                Some(judge) => judgements.extend(self.single_judgement(item, ix, Some(*judge), year)),
                None => drop(item.report_unknown_key(None, &ids, &ids)),
            }
        }
    }

    fn single_judgement(
        self,
        item: Item<'_>,
        scale: ScaleIx,
        judge: Option<JudgeIx>,
        year: Option<FiscalYear>,
    ) -> Option<Judgement> {
        let span = item.span();
        let (verdict, note) = match item.raw() {
            DeValue::Table(_) => self.detailed(&item.table()?, scale)?,
            _ => (self.marks_or_points(item, scale)?, None),
        };
        Some(Judgement { scale, judge, year, verdict, note, corrected: None, span })
    }

    /// Reads `{ mark, note }`, `{ missing, note }` or `{ lost = true, note }`.
    fn detailed(self, table: &TomlTable<'_>, scale: ScaleIx) -> Option<(Verdict, Option<String>)> {
        let (mark, missing) = (table.get("mark"), table.get("missing"));
        let lost = table.flag("lost");
        let note = table.text("note");
        let verdict = match (mark, missing, lost) {
            (Some(mark), None, false) => self.marks_or_points(mark, scale),
            (None, Some(missing), false) => missing.text().map(Verdict::Missing),
            (None, None, true) => Some(Verdict::Lost),
            (None, None, false) => {
                table.record_missing("mark");
                None
            }
            _ => {
                table.file.report(ambiguous_judgement(table.span));
                None
            }
        };
        Some((verdict?, note))
    }

    fn marks_or_points(self, item: Item<'_>, scale: ScaleIx) -> Option<Verdict> {
        match &self.scales.get(scale.0)?.points {
            Some(_) => self.points(item),
            None => self.marks(item, scale),
        }
    }

    /// Points as printed, or a placeholder for missing points.
    fn points(self, item: Item<'_>) -> Option<Verdict> {
        let value = ValueReader { missing: self.missing, grammar: Grammar::Numbers, funding: None }.single(item)?;
        Some(match value.content {
            ValueContent::Missing => Verdict::Missing(value.printed),
            _ => Verdict::Points(Box::new(value)),
        })
    }

    /// One mark, a list of marks, or a placeholder for a missing mark.
    fn marks(self, item: Item<'_>, scale: ScaleIx) -> Option<Verdict> {
        let items = item.one_or_many();
        if let [only] = items.as_slice()
            && let DeValue::String(written) = only.raw()
            && self.missing.iter().any(|placeholder| placeholder == written.trim())
        {
            return Some(Verdict::Missing(written.trim().to_owned()));
        }
        if items.is_empty() {
            item.report_empty();
        }
        let scale = self.scales.get(scale.0)?;
        let marks: Vec<usize> = items.into_iter().filter_map(|item| mark(item, scale)).collect();
        (!marks.is_empty()).then_some(Verdict::Marks(marks))
    }
}

/// Index of the mark in `scale` that `item` names.
pub(super) fn mark(item: Item<'_>, scale: &Scale) -> Option<usize> {
    let written = item.text()?;
    let index = scale.marks.iter().position(|mark| mark.printed == written);
    if index.is_none() {
        let marks: Vec<&str> = scale.marks.iter().map(|mark| mark.printed.as_str()).collect();
        let (title, all) = (&scale.title, marks.join(", "));
        let message = say!(
            ja: "「{written}」は「{title}」の尺度にありません",
            en: "`{written}` is not a mark of the scale `{title}`"
        );
        let help = say!(ja: "この尺度にあるのは {all} です", en: "its marks are: {all}");
        let half_width: String = written.chars().map(half_width).collect();
        item.file.report(
            Diagnostic::new(Rule::UnknownMark, item.span(), message).help(help).suggest_first(&half_width, marks),
        );
    }
    index
}

fn ambiguous_judgement(span: Span) -> Diagnostic {
    let message = say!(
        ja: "この評価には `mark`、`missing`、`lost` のどれか一つだけを書けます",
        en: "a judgement has exactly one of `mark`, `missing` and `lost`"
    );
    Diagnostic::new(Rule::NotAJudgement, span, message)
        .help(say!(ja: "例: `{{ mark = \"B\", note = \"…\" }}`", en: "for example `{{ mark = \"B\", note = \"…\" }}`"))
}

/// Reports judgements by judge on a scale without judges. `keys` are the keys of the table, some of them judges.
fn judges_not_declared(item: Item<'_>, keys: &[&str]) {
    let (key, ids) = (item.key, keys.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(", "));
    item.report(
        Rule::NotAJudgement,
        say!(ja: "評価尺度 `{key}` には評価者がありません", en: "the scale `{key}` has no judges"),
        say!(
            ja: "strategy.toml のその `[[scale]]` に `judges = [{ids}]` を書き足してください",
            en: "add `judges = [{ids}]` to that `[[scale]]` in strategy.toml"
        ),
    );
}

/// Reports a judgement without its judge on a scale with the judges `ids`.
fn judge_not_named(item: Item<'_>, scale: &Scale, ids: &[&str]) {
    let title = &scale.title;
    let example = ids.iter().map(|id| format!("{id} = …")).collect::<Vec<_>>().join(", ");
    item.report(
        Rule::NotAJudgement,
        say!(ja: "「{title}」の評価者が書かれていません", en: "the judge of `{title}` is missing"),
        say!(ja: "`{{ {example} }}` のように評価者ごとに書いてください", en: "write it by judge: `{{ {example} }}`"),
    );
}
