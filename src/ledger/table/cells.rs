//! Cells of a table: their texts after corrections, and their figures.

use super::Grid;
use crate::diagnostic::{Bilingual, say, shortened};
use crate::ledger::cell::{Figure, FigureKind, Origin, Reported, Shown};
use crate::model::{Decimal, Value};
use crate::spreadsheet::{CellProblem, CellRef};
use rust_decimal::RoundingStrategy;
use unicode_normalization::UnicodeNormalization;

impl Grid<'_> {
    /// Text of a cell; `None` if it is blank.
    ///
    /// # Errors
    /// Fails if its displayed text is not certain.
    pub fn text(&self, cell: CellRef) -> Result<Option<Shown>, Reported> {
        self.text_with(cell, None)
    }

    fn text_with(&self, at: CellRef, decimals: Option<u32>) -> Result<Option<Shown>, Reported> {
        let origin = Origin { table: self.index, cell: at };
        if let Some(fix) = self.fixes.get(&at) {
            self.findings.applied.borrow_mut().insert(fix.line);
            let shown = || Shown {
                text: fix.to.trim().to_owned(),
                note: fix.note.clone(),
                is_words: fix.is_words,
                is_fixed: true,
                origin,
            };
            return Ok((!fix.to.trim().is_empty()).then(shown));
        }
        let Some(cell) = self.sheet.cells.get(&at) else { return Ok(None) };
        if cell.is_formula {
            self.findings.formulas.borrow_mut().insert(origin);
        }
        if cell.is_struck_out {
            self.findings.struck_out.borrow_mut().insert(self.place(at));
        }
        let text = match (&cell.text, decimals) {
            (Ok(text), _) => text.trim().to_owned(),
            (Err(CellProblem::LongDecimal { number }), Some(decimals)) => self.rounded(at, number, decimals)?,
            (Err(problem), _) => {
                let help = match problem {
                    CellProblem::LongDecimal { .. } => decimals_help(),
                    _ => problem.help(),
                };
                self.findings.report(self.place(at), problem.message(), help);
                return Err(Reported);
            }
        };
        let shown = |text| Shown { text, note: None, is_words: false, is_fixed: false, origin };
        Ok(Some(text).filter(|text| !text.is_empty()).map(shown))
    }

    /// A number with the decimal places that the mapping declares.
    fn rounded(&self, at: CellRef, number: &str, decimals: u32) -> Result<String, Reported> {
        let parsed = Decimal::from_str_exact(number).or_else(|_| Decimal::from_scientific(number));
        let Ok(parsed) = parsed else {
            let problem = CellProblem::LongDecimal { number: number.to_owned() };
            self.findings.report(self.place(at), problem.message(), problem.help());
            return Err(Reported);
        };
        let text =
            parsed.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero).normalize().to_string();
        self.findings.rounded.borrow_mut().insert(self.place(at), (number.to_owned(), text.clone()));
        Ok(text)
    }

    /// Figure of a cell; `None` if it is blank. `unit` is the unit of the figure: empty if it has none, `None` if the
    /// unit does not matter.
    ///
    /// # Errors
    /// Fails if it is neither a number nor a placeholder for a missing value, or if it is printed with another unit.
    pub fn figure(&self, at: CellRef, decimals: Option<u32>, unit: Option<&str>) -> Result<Option<Figure>, Reported> {
        let Some(shown) = self.text_with(at, decimals)? else { return Ok(None) };
        let kind = if shown.is_words {
            FigureKind::Words
        } else if self.is_missing(&shown.text) {
            FigureKind::Missing
        } else if let Some(value) = Value::parse(&shown.text, crate::diagnostic::Span::default()) {
            self.check_unit(&shown, &value, unit)?;
            FigureKind::Number(value.exact())
        } else {
            let text = shortened(&shown.text);
            self.findings.report(
                self.place(at),
                say!(ja: "「{text}」は数でも欠測でもありません", en: "`{text}` is neither a number nor a missing value"),
                say!(
                    ja: "欠測を表す記号なら対応表の `missing` に加え、そのほかは `[[fix]]` に正しい値（言葉のままなら `words = true`）を書いてください",
                    en: "add it to `missing` if it stands for a missing value; else write a `[[fix]]` with the value, or with `words = true` to keep it"
                ),
            );
            return Err(Reported);
        };
        Ok(Some(Figure { shown, kind }))
    }

    /// Reports a number that is printed with another unit: `8O` may be a mistyped `80`.
    fn check_unit(&self, shown: &Shown, value: &Value, unit: Option<&str>) -> Result<(), Reported> {
        let written = value.number().and_then(|number| number.unit.as_deref());
        let (Some(unit), Some(written)) = (unit, written) else { return Ok(()) };
        if shown.is_fixed || written.nfkc().eq(unit.nfkc()) {
            return Ok(());
        }
        let text = shortened(&shown.text);
        let message = match unit {
            "" => say!(
                ja: "「{text}」は、数の後に「{written}」がありますが、単位の記載がありません",
                en: "`{text}` ends with `{written}`, but no unit is given"
            ),
            _ => say!(
                ja: "「{text}」の「{written}」は、単位「{unit}」ではありません",
                en: "`{text}` ends with `{written}`, which is not the unit `{unit}`"
            ),
        };
        self.findings.report(
            self.place(shown.origin.cell),
            message,
            say!(
                ja: "台帳を直すか、`[[fix]]` に正しい値（このままなら同じ値）を書いてください",
                en: "correct the ledger, or write a `[[fix]]` with the value, or with the same one to confirm it"
            ),
        );
        Err(Reported)
    }
}

/// Remedy for numbers with more decimal places than the cell may show.
fn decimals_help() -> Bilingual {
    say!(
        ja: "対応表で `decimals` に小数の桁数を指定するか、セルの書式を「文字列」にして入力し直してください",
        en: "specify the number of `decimals` in the mapping, or format the cell as text and enter it again"
    )
}
