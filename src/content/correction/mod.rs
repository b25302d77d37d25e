//! Parsing of corrections: `[[correction]]` of a sheet.

mod check;
mod key;
mod mark;

pub(super) use mark::mark_corrected_cells;

use super::href::href;
use super::item::Item;
use super::sheet::SheetContext;
use super::table::TomlTable;
use crate::correction::cell;
use crate::diagnostic::{Diagnostic, Rule, say};
use crate::model::{Correction, CorrectionKind, Day, Scheme, Sheet, grouped};
use toml::de::DeValue;

impl SheetContext<'_> {
    /// The `[[correction]]` tables of a sheet, in the order of the file.
    pub(super) fn corrections(self, table: &TomlTable<'_>, sheet: &Sheet) -> Vec<Correction> {
        let edition = self.strategy.editions.get(sheet.edition.0).map_or("", |edition| &edition.id);
        let anchor = |number| format!("{}.{}.{edition}.{number}", self.kind.key(), self.node.id);
        let tables = (1..).zip(table.tables("correction"));
        tables.filter_map(|(number, table)| self.correction(&table, sheet, anchor(number))).collect()
    }

    fn correction(self, table: &TomlTable<'_>, sheet: &Sheet, anchor: String) -> Option<Correction> {
        let date = table.required_item("date").and_then(Item::day);
        let about = table.required_item("about");
        let was = table.required_item("was").and_then(before);
        let kind = table.choice("kind", &CorrectionKind::ALL, CorrectionKind::key);
        if table.get("kind").is_none() {
            table.record_missing("kind");
        }
        let reason = table.required("reason");
        let url = table.get("url").and_then(|item| href(item, &[Scheme::Web]));
        let about = about?;
        let (written, span) = (about.text()?, about.span());
        let Some(key) = self.cell_key(&written) else {
            self.report_unknown_cell(about, &written, sheet);
            return None;
        };
        Some(Correction { date: date?, about: key, was: was?, kind: kind?, reason: reason?, url, anchor, span })
    }

    fn report_unknown_cell(self, about: Item<'_>, written: &str, sheet: &Sheet) {
        let keys = cell::keys(self.node, sheet);
        let headings = self.headings(|_| true).into_iter().map(|title| format!("section:{title}"));
        let keys = keys.iter().map(|key| key.dotted(self.strategy, self.node));
        let keys: Vec<String> = keys.chain(headings).collect();
        let message = say!(
            ja: "`{written}` に当たる欄は、この調書にありません",
            en: "the sheet has no cell `{written}`"
        );
        let help = say!(
            ja: "`indicator.<id>.actual.R5`、`money.settlement.R5`、`judgement.<id>`、`name`、`section:見出し` のように書いてください",
            en: "write it like `indicator.<id>.actual.R5`, `money.settlement.R5`, `judgement.<id>`, `name` or `section:<heading>`"
        );
        let diagnostic = Diagnostic::new(Rule::CorrectionUnknownKey, about.span(), message).help(help);
        about.file.report(diagnostic.suggest_first(written, keys.iter().map(String::as_str)));
    }
}

impl Item<'_> {
    /// The value as a day: a TOML date, or a text such as `2026-12-01`.
    fn day(self) -> Option<Day> {
        let written = match self.raw() {
            DeValue::Datetime(date) => date.to_string(),
            _ => self.text()?,
        };
        let day = Day::parse(&written);
        if day.is_none() {
            self.report(
                Rule::NotADay,
                say!(ja: "「{written}」は日付として読めません", en: "`{written}` is not a date"),
                say!(ja: "`2026-12-01` のように、年月日を書いてください", en: "write year, month and day, like `2026-12-01`"),
            );
        }
        day
    }
}

/// The text before a correction, which may be empty.
fn before(item: Item<'_>) -> Option<String> {
    match item.raw() {
        DeValue::String(text) => Some(text.trim().to_owned()),
        DeValue::Integer(number) if number.radix() == 10 => Some(grouped(number.as_str().replace('_', ""))),
        DeValue::Float(number) => Some(grouped(number.as_str().replace('_', ""))),
        _ => item.text(),
    }
}
