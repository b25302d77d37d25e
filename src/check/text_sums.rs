//! Sums and products within a text, for the rule `text-figure`.

use super::stated_figures::digits;
use super::words::{Quantity, Sentence, contains_any, is_slip, quantities};
use crate::diagnostic::{Bilingual, say};
use crate::model::half_width;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Sum of the numbers before 計 or 合わせて in a sentence, if the number after it is another one.
pub(super) fn wrong_sum(
    sentence: &Sentence<'_>,
    quantities: &[Quantity<'_>],
    quantity: &Quantity<'_>,
) -> Option<Decimal> {
    let text = sentence.text;
    let before = text.get(..quantity.range.start)?;
    let word = ["の合計", "の計", "合計", "合わせて", "、計", "，計"]
        .into_iter()
        .find(|word| before.trim_end().ends_with(word))?;
    if contains_any(text, &["うち", "延べ", "前年", "昨年", "ほか", "など", "から"]) {
        return None;
    }
    let unit = quantity.after.chars().next().filter(|char| !char.is_whitespace() && !"、（(を".contains(*char))?;
    let unit = half_width(unit).to_string();
    let end = quantity.range.start - word.len().min(quantity.range.start);
    let addends: Vec<Decimal> = quantities
        .iter()
        .filter(|other| other.range.end <= end && other.has_unit(&unit))
        .map(|other| other.number)
        .collect();
    let sum: Decimal = addends.iter().copied().sum();
    let is_date = ["年", "月", "日", "時"].contains(&unit.as_str());
    (addends.len() > 1 && !is_date && quantity.has_unit(&unit) && sum != quantity.number).then_some(sum)
}

/// Numbers of a text that differ by a slip from the sum of a column of a table with the same unit.
pub(super) fn table_sums(text: &str, sentences: &[Sentence<'_>]) -> Vec<(std::ops::Range<usize>, Bilingual)> {
    let mut columns: BTreeMap<usize, Vec<(Decimal, String)>> = BTreeMap::new();
    let mut sums: Vec<(String, Decimal)> = Vec::new();
    let mut close = |columns: &mut BTreeMap<usize, Vec<(Decimal, String)>>| {
        for cells in std::mem::take(columns).into_values() {
            let same_unit = cells.first().is_some_and(|(_, unit)| cells.iter().all(|(_, other)| other == unit));
            if let Some((_, unit)) = cells.first().filter(|_| cells.len() > 1 && same_unit) {
                sums.push((unit.clone(), cells.iter().map(|(number, _)| *number).sum()));
            }
        }
    };
    for line in text.lines() {
        if !line.trim_start().starts_with('|') {
            close(&mut columns);
            continue;
        }
        for (index, cell) in line.split('|').enumerate() {
            if let [quantity] = quantities(cell.trim()).as_slice()
                && quantity.range.start == 0
                && !quantity.after.trim().is_empty()
            {
                columns
                    .entry(index)
                    .or_default()
                    .push((quantity.number, quantity.after.trim().chars().map(half_width).collect()));
            }
        }
    }
    close(&mut columns);
    if sums.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let in_table = |sentence: &Sentence<'_>| {
        let line = text.get(..sentence.start).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        line.trim_start().starts_with('|')
    };
    let outside: Vec<(&Sentence<'_>, Quantity<'_>)> = sentences
        .iter()
        .filter(|sentence| !in_table(sentence))
        .flat_map(|sentence| quantities(sentence.text).into_iter().map(move |quantity| (sentence, quantity)))
        .collect();
    for (unit, sum) in sums {
        let of_unit = || outside.iter().filter(|(_, quantity)| quantity.has_unit(&unit));
        if of_unit().any(|(_, quantity)| quantity.number == sum) {
            continue;
        }
        if let Some((sentence, quantity)) = of_unit().find(|(_, quantity)| is_slip(&quantity.digits, &digits(sum))) {
            let (written, sum) = (&quantity.digits, sum.normalize());
            let message = say!(
                ja: "文章の「{written}{unit}」は、表の合計{sum}{unit}と合いません",
                en: "the text says `{written}{unit}`, but the table adds up to {sum}"
            );
            found.push((sentence.start + quantity.range.start..sentence.start + quantity.range.end, message));
        }
    }
    found
}

/// Units of what gets an amount each.
const RECEIVERS: [&str; 17] = [
    "団体",
    "人",
    "名",
    "件",
    "世帯",
    "戸",
    "組",
    "社",
    "校",
    "地区",
    "者",
    "事業者",
    "事業所",
    "店舗",
    "町内会",
    "自治会",
    "台",
];

/// Numbers that are not the sum of multiples in their section: 10団体 and 500千円×9、450千円×1、400千円×1.
pub(super) fn multiples(
    sentences: &[Sentence<'_>],
    quantities: &[Vec<Quantity<'_>>],
) -> Vec<(std::ops::Range<usize>, Bilingual)> {
    let mut found = Vec::new();
    for (index, (sentence, own)) in sentences.iter().zip(quantities).enumerate() {
        let Some(multiples) = multiples_of(sentence.text, own) else { continue };
        let count: Decimal = multiples.iter().map(|(_, count)| *count).sum();
        let amount = multiples.iter().map(|(amount, count)| amount.saturating_mul(*count)).sum::<Decimal>();
        let others = || {
            let others = sentences.iter().zip(quantities).enumerate().filter(|(other, _)| *other != index);
            others.flat_map(|(_, (sentence, quantities))| quantities.iter().map(move |quantity| (sentence, quantity)))
        };
        for (sum, units) in [(count, &RECEIVERS[..]), (amount, &["円"])] {
            let of_unit = || others().filter(|(_, other)| units.iter().any(|unit| other.has_unit(unit)));
            let in_units = |number: Decimal, digits: &str| {
                digits.parse().ok().and_then(|digits: Decimal| number.checked_div(digits)).unwrap_or(Decimal::ONE)
            };
            if of_unit().any(|(_, other)| other.number == sum) {
                continue;
            }
            let wrong = of_unit().find_map(|(of, other)| {
                let sum = sum.checked_div(in_units(other.number, &other.digits))?.normalize();
                is_slip(&other.digits, &digits(sum)).then_some((of, other, sum))
            });
            // 10団体を誘致 directly above the list is the number of those that get an amount.
            let above = || {
                let (of, own) =
                    index.checked_sub(1).and_then(|last| Some((sentences.get(last)?, quantities.get(last)?)))?;
                let [other] = own.as_slice() else { return None };
                let is_count = units.len() > 1 && units.iter().any(|unit| other.has_unit(unit));
                let is_near = (other.number - sum).abs() * Decimal::from(4) <= sum;
                (is_count && is_near && other.range.end + 24 > of.text.len()).then_some((of, other, sum))
            };
            if let Some((of, other, sum)) = wrong.or_else(above) {
                let (written, listed) = (&other.digits, sentence.text);
                let message = say!(
                    ja: "文章の「{written}」が、「{listed}」の合計{sum}と合いません",
                    en: "the text says `{written}`, but `{listed}` adds up to {sum}"
                );
                found.push((of.start + other.range.start..of.start + other.range.end, message));
            }
        }
    }
    found
}

/// Amounts with the number of those that get them, if a sentence lists two or more: 500千円×8、450千円×1.
fn multiples_of(text: &str, quantities: &[Quantity<'_>]) -> Option<Vec<(Decimal, Decimal)>> {
    let pairs = quantities.chunks(2).map(|pair| {
        let [amount, count] = pair else { return None };
        let between = text.get(amount.range.end..count.range.start)?;
        let is_pair = between.strip_prefix('円').is_some_and(|sign| matches!(sign.trim(), "×" | "✕"));
        (is_pair && count.number.is_integer()).then_some((amount.number, count.number))
    });
    let pairs: Vec<(Decimal, Decimal)> = pairs.collect::<Option<_>>()?;
    (pairs.len() > 1).then_some(pairs)
}

/// Rows 計 of the tables of a text that are not the sum of the rows above them, and products that are another number.
pub(super) fn totals_and_products(text: &str) -> Vec<(std::ops::Range<usize>, Bilingual)> {
    let mut found = Vec::new();
    let mut rows: Vec<Vec<Cell<'_>>> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('|') {
            let row = cells(line, start);
            found.extend(product(&row));
            if is_total(&row) {
                found.extend(wrong_totals(&rows, &row));
                rows.clear();
            } else {
                rows.push(row);
            }
        } else {
            rows.clear();
        }
        start += line.len();
    }
    found
}

/// A cell of a table with its offset in the text.
#[derive(Clone)]
pub(super) struct Cell<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
}

impl<'t> Cell<'t> {
    /// The number of a cell that contains nothing but a number and its unit.
    pub(super) fn quantity(&self) -> Option<Quantity<'t>> {
        let mut quantities = quantities(self.text);
        let only = quantities.pop().filter(|quantity| quantities.is_empty() && quantity.range.start == 0)?;
        (only.after.chars().count() < 6).then_some(only)
    }
}

/// Cells of a line that begins at `start`.
pub(super) fn cells(line: &str, start: usize) -> Vec<Cell<'_>> {
    let mut at = start;
    let cells = line.trim_end().split('|').map(|cell| {
        let offset = at + cell.len() - cell.trim_start().len();
        at += cell.len() + 1;
        Cell { text: cell.trim(), start: offset }
    });
    let mut cells: Vec<Cell<'_>> = cells.skip(1).collect();
    // The text after the last bar.
    cells.pop_if(|last| last.text.is_empty());
    cells
}

fn is_total(row: &[Cell<'_>]) -> bool {
    row.first().is_some_and(|cell| ["計", "合計", "総計"].contains(&cell.text))
}

/// Numbers of a total row that are not the sum of the numbers above them. Columns with several units are not added up.
fn wrong_totals(rows: &[Vec<Cell<'_>>], total: &[Cell<'_>]) -> Vec<(std::ops::Range<usize>, Bilingual)> {
    let mut found = Vec::new();
    for (index, cell) in total.iter().enumerate().skip(1) {
        let Some(quantity) = cell.quantity() else { continue };
        // The first rows are the heading and the line below it.
        let column: Option<Vec<Quantity<'_>>> =
            rows.iter().skip(2).map(|row| row.get(index).and_then(Cell::quantity)).collect();
        let Some(column) = column.filter(|column| column.len() > 1) else { continue };
        let same_unit = column.iter().all(|other| other.after == quantity.after);
        // An average or a rate is no sum.
        let is_rate =
            quantity.after.starts_with(['%', '％']) || column.iter().any(|other| other.number > quantity.number);
        let sum: Decimal = column.iter().map(|other| other.number).sum();
        if same_unit && !is_rate && sum != quantity.number && is_slip(&quantity.digits, &digits(sum)) {
            let (written, sum) = (cell.text, sum.normalize());
            let message = say!(
                ja: "表の計「{written}」が、上の行の合計{sum}と合いません",
                en: "the total `{written}` of the table is not the sum of the rows above it, {sum}"
            );
            found.push((cell.start..cell.start + cell.text.len(), message));
        }
    }
    found
}

/// A number that is not the product in the cell before it: 9名 × 5,000円 | 45,000円.
fn product(row: &[Cell<'_>]) -> Option<(std::ops::Range<usize>, Bilingual)> {
    row.windows(2).find_map(|pair| {
        let [factors, result] = pair else { return None };
        let parts = factors.text.split(['×', '✕']).map(|part| {
            let mut quantities = quantities(part.trim());
            quantities.pop().filter(|quantity| quantities.is_empty() && quantity.range.start == 0)
        });
        let parts: Vec<Quantity<'_>> = parts.collect::<Option<_>>()?;
        let quantity = result.quantity()?;
        let has_unit = |part: &Quantity<'_>| !part.after.is_empty() && part.after == quantity.after;
        if parts.len() < 2 || !parts.iter().any(has_unit) {
            return None;
        }
        let mut product = Decimal::ONE;
        for part in &parts {
            product = product.checked_mul(part.number)?;
        }
        (product != quantity.number).then(|| {
            let (factors, written, product) = (factors.text, result.text, product.normalize());
            let message = say!(
                ja: "「{factors}」は{product}ですが、「{written}」とあります",
                en: "`{factors}` is {product}, but the table says `{written}`"
            );
            (result.start..result.start + result.text.len(), message)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::words::{quantities, sentences};
    use super::{multiples, totals_and_products};

    fn found(text: &str) -> Vec<&str> {
        totals_and_products(text).into_iter().filter_map(|(range, _)| text.get(range)).collect()
    }

    #[test]
    fn totals_are_the_sums_of_their_columns() {
        let table =
            |total: &str| format!("| 地区 | 人数 |\n|---|---|\n| 東 | 12人 |\n| 西 | 30人 |\n| 計 | {total} |\n");
        assert_eq!(found(&table("42人")), [""; 0]);
        assert_eq!(found(&table("24人")), [""; 0]);
        assert_eq!(found(&table("43人")), ["43人"]);
    }

    #[test]
    fn multiples_add_up_to_the_count_and_the_amount() {
        let found = |text: &str| {
            let sentences = sentences(text);
            let quantities: Vec<_> = sentences.iter().map(|sentence| quantities(sentence.text)).collect();
            multiples(&sentences, &quantities)
                .into_iter()
                .filter_map(|(range, _)| text.get(range).map(str::to_owned))
                .collect::<Vec<_>>()
        };
        assert_eq!(found("- 10団体を誘致\n- 500千円×8、450千円×1、400千円×1"), [""; 0]);
        assert_eq!(found("- 10団体を誘致\n- 500千円×9、450千円×1、400千円×1"), ["10"]);
        assert_eq!(found("- 10団体を誘致\n- 500千円×6、450千円×1、400千円×1"), ["10"]);
        assert_eq!(found("- 12団体を誘致\n- 500千円 × 8、450千円 ✕ 1、400千円×１"), ["12"]);
        assert_eq!(found("- 補助額：4,860千円\n- 500千円×8、450千円×1、400千円×1"), ["4,860千"]);
        assert_eq!(found("- 45団体を誘致\n- 500千円×8、450千円×1、400千円×1"), [""; 0]);
        let apart = "- 9団体を誘致し、道内の各地から集まった人たちが市民と交流する催しを開いた";
        assert_eq!(found(&format!("{apart}\n- 500千円×8、450千円×1、400千円×1")), [""; 0]);
    }

    #[test]
    fn products_are_those_of_their_factors() {
        let row = |product: &str| format!("| 8月 | 9名 × 5,000円 | {product} |\n");
        assert_eq!(found(&row("45,000円")), [""; 0]);
        assert_eq!(found(&row("54,000円")), ["54,000円"]);
        assert_eq!(found("| 5×6 | 31 |\n"), [""; 0]);
    }
}
