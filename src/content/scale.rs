//! Parsing of judges and scales: `[[judge]]` and `[[scale]]` of `strategy.toml`.

use super::ids::is_id;
use super::item::Item;
use super::strategy::keyword;
use super::table::TomlTable;
use crate::diagnostic::{Diagnostic, Rule, say};
use crate::model::{Judge, JudgeIx, Mark, Points, Scale, ScaleIx, ScaleKind, Tone};

/// Ids that judges cannot have, because they are keys of a judgement in table form.
const RESERVED_IDS: [&str; 4] = ["mark", "missing", "lost", "note"];

/// The judges that a strategy declares.
pub(super) fn judges(table: &TomlTable<'_>) -> Vec<Judge> {
    table.tables_with_id("judge", |table, id| {
        let starts_with_letter = id.starts_with(|first: char| first.is_ascii_lowercase());
        if let Some(item) = table.get("id").filter(|_| is_id(&id))
            && (!starts_with_letter || RESERVED_IDS.contains(&id.as_str()))
        {
            let reserved = RESERVED_IDS.join(", ");
            item.report(
                Rule::NotAnId,
                say!(ja: "「{id}」は評価者の id に使えません", en: "`{id}` is not a valid id of a judge"),
                say!(
                    ja: "英字で始まる、{reserved} 以外の id にしてください（例: council）",
                    en: "choose an id that begins with a letter and is none of {reserved}, such as council"
                ),
            );
        }
        Judge { title: table.required("title").unwrap_or_else(|| id.clone()), id }
    })
}

/// The scales that a strategy with these `judges` declares.
pub(super) fn scales(table: &TomlTable<'_>, judges: &[Judge]) -> Vec<Scale> {
    let read = table.tables_with_id("scale", |table, id| scale(table, id, judges));
    let (mut scales, sums): (Vec<Scale>, Vec<Option<Item<'_>>>) = read.into_iter().unzip();
    for (index, sum) in sums.into_iter().enumerate() {
        let Some(sum) = sum else { continue };
        let summands = scales.iter().enumerate().filter(|(other, scale)| *other != index && scale.points.is_some());
        let ids: Vec<(usize, &str)> = summands.map(|(other, scale)| (other, scale.id.as_str())).collect();
        let known: Vec<&str> = ids.iter().map(|(_, id)| *id).collect();
        let named: Vec<&str> = sum.one_or_many().into_iter().filter_map(|item| keyword(item, &known)).collect();
        let sum = ids.iter().filter(|(_, id)| named.contains(id)).map(|(other, _)| ScaleIx(*other)).collect();
        if let Some(points) = scales.get_mut(index).and_then(|scale| scale.points.as_mut()) {
            points.sum = sum;
        }
    }
    scales
}

/// A scale, and its key `sum`, which can be read only when all scales are known.
fn scale<'t>(table: &TomlTable<'t>, id: String, judges: &[Judge]) -> (Scale, Option<Item<'t>>) {
    let subjects = ["goal", "policy", "program", "indicator", "row"];
    let applies_to = table.required_item("of").map(Item::one_or_many).unwrap_or_default();
    let applies_to = applies_to.into_iter().filter_map(|item| keyword(item, &subjects)).map(str::to_owned).collect();
    let kind = table.choice("kind", &ScaleKind::ALL, ScaleKind::key).unwrap_or(ScaleKind::Marks);
    let (max, sum) = (table.get("max"), table.get("sum"));
    let others = match kind {
        ScaleKind::Points => [table.get("marks"), None],
        ScaleKind::Marks => [max, sum],
    };
    others.into_iter().flatten().for_each(|item| key_of_other_kind(item, kind));
    let points = (kind == ScaleKind::Points).then(|| Points { max: max.and_then(maximum), sum: Vec::new() });
    let scale = Scale {
        title: table.required("title").unwrap_or_else(|| id.clone()),
        id,
        applies_to,
        group: table.text("group"),
        judges: judges_of_scale(table, judges),
        marks: if points.is_none() { marks(table) } else { Vec::new() },
        points,
        note: table.text("note"),
        lost: table.text("lost"),
        span: table.span,
    };
    (scale, sum.filter(|_| kind == ScaleKind::Points))
}

/// Reports a key that scales of this `kind` do not have.
fn key_of_other_kind(item: Item<'_>, kind: ScaleKind) {
    let (key, kind_key) = (item.key, kind.key());
    let message = say!(
        ja: "`kind = \"{kind_key}\"` の尺度に `{key}` は書けません",
        en: "a scale of the kind `{kind_key}` has no `{key}`"
    );
    let help = match kind {
        ScaleKind::Points => say!(ja: "`{key}` を消すか、`kind` を消してください", en: "remove `{key}`, or `kind`"),
        ScaleKind::Marks => say!(
            ja: "点数の尺度なら `kind = \"points\"` を書き足してください",
            en: "add `kind = \"points\"` if it evaluates with points"
        ),
    };
    item.report_key(Rule::UnknownKey, message, help);
}

fn maximum(item: Item<'_>) -> Option<rust_decimal::Decimal> {
    let number = item.decimal();
    if number.is_none() {
        item.wrong_type(say!(ja: "満点の数（20 や 5）", en: "a number, like 20 or 5"));
    }
    number
}

/// The judges under `judges`, in the order in which they are declared.
fn judges_of_scale(table: &TomlTable<'_>, judges: &[Judge]) -> Vec<JudgeIx> {
    let ids: Vec<&str> = judges.iter().map(|judge| judge.id.as_str()).collect();
    let named = table.get("judges").map(Item::one_or_many).unwrap_or_default();
    let named: Vec<&str> = named.into_iter().filter_map(|item| judge(item, &ids)).collect();
    ids.iter().enumerate().filter(|(_, id)| named.contains(id)).map(|(index, _)| JudgeIx(index)).collect()
}

/// The id of a judge in `item`, which must be one of `ids`.
fn judge<'k>(item: Item<'_>, ids: &[&'k str]) -> Option<&'k str> {
    if !ids.is_empty() {
        return keyword(item, ids);
    }
    let written = item.text()?;
    item.report(
        Rule::UnknownWord,
        say!(ja: "`{written}` という評価者はありません", en: "there is no judge `{written}`"),
        say!(
            ja: "`[[judge]]` に `id = \"{written}\"` を書いてください",
            en: "declare it with `id = \"{written}\"` under `[[judge]]`"
        ),
    );
    None
}

fn marks(table: &TomlTable<'_>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    if table.get("lost").is_none() && table.required_item("marks").is_none() {
        return marks;
    }
    for table in table.tables("marks") {
        let span = table.get("mark").map_or(table.span, Item::span);
        let Some(mark) = mark(&table) else { continue };
        if marks.iter().any(|earlier| earlier.printed == mark.printed) {
            let mark = &mark.printed;
            let message = say!(ja: "評価の印「{mark}」が二つあります", en: "duplicate mark `{mark}`");
            let help = say!(ja: "一つにまとめてください", en: "keep one of them");
            table.file.report(Diagnostic::new(Rule::DuplicateId, span, message).help(help));
        }
        marks.push(mark);
    }
    marks
}

fn mark(table: &TomlTable<'_>) -> Option<Mark> {
    let printed = table.required("mark");
    let (meaning, spoken) = (table.text("meaning"), table.text("spoken"));
    let tone = table.choice("tone", &Tone::ALL, Tone::key).unwrap_or(Tone::Neutral);
    let ends = table.flag("ends");
    Some(Mark { printed: printed?, meaning, spoken, tone, ends })
}
