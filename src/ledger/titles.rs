//! Ids of a mapping file mean one thing: an id with two titles is an error.

use super::document::Document;
use super::mapping::{AmountKind, Mapping};
use crate::diagnostic::say;
use std::collections::BTreeMap;

/// Reports ids of amounts and fields that have two titles: they would mean two things.
pub fn check(mapping: &Mapping, document: &Document) {
    let amounts = mapping.tables.iter().flat_map(|table| &table.amounts);
    let amounts = amounts.filter_map(|spec| {
        let key = if spec.kind == AmountKind::Money { "money" } else { "staff" };
        Some((key, spec.id.as_deref().unwrap_or("base"), spec.title.as_deref()?, spec.line))
    });
    let fields = mapping.tables.iter().flat_map(|table| &table.fields);
    let fields = fields.map(|field| ("field", field.id.as_str(), field.title.as_str(), field.column.line));
    let mut titles: BTreeMap<(&str, &str), (&str, usize)> = BTreeMap::new();
    for (key, id, title, line) in amounts.chain(fields) {
        let (first, at) = *titles.entry((key, id)).or_insert((title, line));
        if first != title {
            document.report(
                line,
                say!(
                    ja: "id「{id}」の名称が、{at} 行目では「{first}」、ここでは「{title}」です",
                    en: "the title of the id `{id}` is `{first}` in line {at}, but `{title}` here"
                ),
                say!(
                    ja: "同じものなら名称をそろえ、違うものなら別の id にしてください",
                    en: "write the same title if it is the same thing, else another id"
                ),
            );
        }
    }
}
