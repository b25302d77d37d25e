//! Remarks and notes beside the cells that they are about, for the rule `text-figure`: a target that a remark names (目標値1,063人), a
//! part that a note names (うち新規4名), and a number that a note and a text both name (参加者数：14名).

use super::contradictory_text::is_total;
use super::stated_figures::{digits, is_shifted};
use super::text_labels::label;
use super::visit::{Key, SheetRef};
use super::words::{Quantity, contains_any, is_slip, noun_at_end, plain_unit, quantities, sentences, span_in};
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{SeriesKind, Value, half_width};
use rust_decimal::Decimal;
use std::ops::Range;

/// Targets and actual values of a sheet that its remarks name with a slip of typing: their place, key and message.
pub(super) fn contradictions<'r>(item: SheetRef<'r>) -> Vec<(Span, Key<'r>, Bilingual)> {
    let remarks = item.sheet.remarks.iter().map(|remark| remark.text.as_str());
    let mut found = Vec::new();
    for text in remarks.filter(|text| contains_any(text, &["目標", "実績"])) {
        // A remark on a correction, or on another edition, names other values.
        if contains_any(text, &["訂正", "修正", "改め", "前年度の"]) {
            continue;
        }
        let quantities = quantities(text);
        for quantity in quantities.iter().filter(|quantity| quantity.digits.len() > 1) {
            let before = text.get(..quantity.range.start).unwrap_or_default().trim_end_matches(['の', 'は']);
            let before = before.strip_suffix('値').unwrap_or(before);
            let series = [("目標", SeriesKind::Target), ("実績", SeriesKind::Actual)];
            let Some((word, series)) = series.into_iter().find(|(word, _)| before.ends_with(word)) else { continue };
            let cells = cells(item, series, quantity);
            if cells.iter().any(|(_, _, number)| *number == quantity.number) {
                continue;
            }
            let is_wrong = |number: Decimal| {
                is_slip(&quantity.digits, &digits(number.normalize())) || is_shifted(quantity.number, number)
            };
            let is_named = |number: Decimal| quantities.iter().any(|other| other.number == number);
            let wrong = cells.iter().filter(|(_, _, number)| is_wrong(*number) && !is_named(*number));
            // Digits in another order are hardly another value.
            let is_reordered = |number: Decimal| digits(number.normalize()).len() == quantity.digits.len();
            if let Some((key, value, _)) = wrong.max_by_key(|(_, _, number)| is_reordered(*number)) {
                let (written, printed) = (&quantity.digits, &value.printed);
                let message = say!(
                    ja: "「{printed}」が、注記の{word}「{written}」と合いません",
                    en: "`{printed}` is `{written}` in the remark"
                );
                found.push((value.span, *key, message));
            }
        }
    }
    found
}

/// All values of a kind in the unit of a number, of the indicators of a sheet, with their numbers in units of one.
fn cells<'r>(item: SheetRef<'r>, kind: SeriesKind, quantity: &Quantity<'_>) -> Vec<(Key<'r>, &'r Value, Decimal)> {
    let mut cells = Vec::new();
    for (index, figures) in &item.sheet.figures {
        let Some(indicator) = item.node.indicators.get(*index) else { continue };
        for (series, column, value) in figures.values().filter(|(series, ..)| *series == kind) {
            let unit = value.number().and_then(|number| number.unit.as_deref()).or(indicator.unit.as_deref());
            let Some((unit, factor)) = unit.map(plain_unit) else { continue };
            let number = value.decimal().and_then(|number| number.abs().checked_mul(factor));
            let number = number.filter(|_| quantity.has_unit(&unit));
            cells.extend(number.map(|number| (Key::Series(indicator, series, column), value, number)));
        }
    }
    cells
}

/// A part in the note of a value that exceeds it: 31名, うち新規40名.
pub(super) fn larger_part(value: &Value, unit: Option<&str>) -> Option<Bilingual> {
    let note = value.note.as_deref().filter(|note| contains_any(note, &["うち", "含"]))?;
    let number = value.number()?;
    let (unit, factor) = plain_unit(number.unit.as_deref().or(unit)?);
    let whole = number.decimal.checked_mul(factor)?;
    let quantities = quantities(note);
    let part = quantities.iter().find(|part| {
        let before = note.get(..part.range.start).unwrap_or_default();
        let clause = before.rsplit(['、', '。']).next().unwrap_or_default();
        let is_people = ["人", "名"].contains(&unit.as_str()) && (part.has_unit("人") || part.has_unit("名"));
        let is_part =
            clause.starts_with("うち") || part.after.chars().skip(1).take(6).collect::<String>().contains("を含");
        is_part && (part.has_unit(&unit) || is_people) && part.number > whole
    })?;
    let (part, printed) = (&part.digits, &value.printed);
    Some(say!(
        ja: "注記の「{part}{unit}」が、その全体の「{printed}」を上回っています",
        en: "the part `{part}{unit}` in the note is larger than the whole, `{printed}`"
    ))
}

/// A number with the words before it, and its unit.
struct Named<'t> {
    name: &'t str,
    unit: String,
    number: Decimal,
    digits: String,
    range: Range<usize>,
}

/// Numbers of the texts of a sheet that the notes of its values have with a slip of typing, with the title of their section.
pub(super) fn differing_notes(item: SheetRef<'_>) -> Vec<(Span, &str, Bilingual)> {
    let notes: Vec<Named<'_>> =
        item.values().filter_map(|(_, value)| value.note.as_deref()).flat_map(named_numbers).collect();
    let mut found = Vec::new();
    for section in item.sheet.sections.iter().filter(|_| !notes.is_empty()) {
        for named in named_numbers(&section.prose.markdown) {
            let same = || notes.iter().filter(|note| note.name == named.name && note.unit == named.unit);
            if same().any(|note| note.number == named.number) {
                continue;
            }
            let is_wrong =
                |note: &&Named<'_>| is_slip(&named.digits, &note.digits) || is_shifted(named.number, note.number);
            if let Some(note) = same().find(|note| named.digits.len().max(note.digits.len()) > 1 && is_wrong(note)) {
                let (name, unit, written, right) = (named.name, &named.unit, &named.digits, &note.digits);
                let message = say!(
                    ja: "文章の「{name}」の「{written}{unit}」が、欄の注記の「{right}{unit}」と合いません",
                    en: "the text says `{written}{unit}` of `{name}`, but the note of a cell says `{right}{unit}`"
                );
                found.push((span_in(&section.prose, named.range), section.title.as_str(), message));
            }
        }
    }
    found
}

fn named_numbers(text: &str) -> Vec<Named<'_>> {
    let mut named = Vec::new();
    for sentence in sentences(text) {
        for quantity in quantities(sentence.text) {
            let Some(name) = label(sentence.text, &quantity).or_else(|| word_before(sentence.text, &quantity)) else {
                continue;
            };
            let is_unit = |char: &char| {
                !matches!(char, 'ぁ'..='ゖ') && (char.is_alphabetic() || matches!(half_width(*char), '%'))
            };
            let unit: String = quantity.after.chars().take_while(is_unit).take(3).map(half_width).collect();
            // The rule `contradictory-text` compares totals.
            if is_total(sentence.text, &quantity.range) {
                continue;
            }
            if unit.is_empty() || unit.starts_with(['年', '月', '日', '時', '分', '号', '条', '期', '次', '章'])
            {
                continue;
            }
            let range = sentence.start + quantity.range.start..sentence.start + quantity.range.end;
            named.push(Named { name, unit, number: quantity.number, digits: quantity.digits, range });
        }
    }
    named
}

/// The kanji or katakana right before a number: 新規2事業.
fn word_before<'t>(text: &'t str, quantity: &Quantity<'_>) -> Option<&'t str> {
    text.get(..quantity.range.start).map(noun_at_end).filter(|word| word.chars().count() > 1)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(sheet: &str, text: &str, expected: &[&str]) {
        let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nunit = '人'\n+++\n";
        let sheet = format!("+++\n{sheet}\n+++\n## 実績\n{text}\n");
        Fixture::new()
            .with(program("a", ""))
            .file("programs/a/program.md", node)
            .file("programs/a/2023.md", &sheet)
            .assert_finds("text-figure", expected);
    }

    #[test]
    fn remarks_name_the_values_of_the_cells() {
        let remark = |text: &str, expected: &[&str]| {
            let figures = "[indicator.x]\nactual.R5 = 623\ntarget.R5 = 1063\n[[remark]]\n";
            check(&format!("{figures}text = '{text}'"), "", expected);
        };
        remark("目標値1,063人と実績値623人の差です。", &[]);
        remark("目標値10,630人と実績値623人の差です。", &["programs/a/2023.md:4"]);
        remark("目標1,063人に対する実績632人です。", &["programs/a/2023.md:3"]);
        remark("県の目標2,500人です。", &[]);
        remark("目標10,630人を1,063人に訂正しました。", &[]);
    }

    #[test]
    fn notes_name_parts_of_their_values() {
        let note = |note: &str, expected: &[&str]| {
            check(&format!("[indicator.x]\nactual.R5 = {{ value = 31, note = '{note}' }}"), "", expected);
        };
        note("うち新規4名", &[]);
        note("うち新規40名", &["programs/a/2023.md:3"]);
        note("オンライン 214人を含む。", &["programs/a/2023.md:3"]);
        note("うち新規40件", &[]);
    }

    #[test]
    fn texts_and_notes_name_the_same_numbers() {
        let figures = "[indicator.x]\nactual.R5 = { value = 1, note = '相談件数：73件' }";
        check(figures, "相談件数は73件であった。", &[]);
        check(figures, "相談件数は37件であった。", &["programs/a/2023.md:6"]);
        check(figures, "相談件数は150件であった。", &[]);
        check(figures, "電話は37件であった。", &[]);
        let figures = "[indicator.x]\nactual.R5 = { value = 1, note = '全小学校25校' }";
        check(figures, "全小学校29校で開いた。", &[]);
    }
}
