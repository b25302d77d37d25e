//! Indicators: pairs of name and unit, with their values in blocks or in columns named by year.

use super::amounts::{listed, long_decimal};
use super::column::{Column, Content};
use super::draft::{Draft, Part};
use super::indicator_rows::{nameless_in_rows, several_rows, write_in_rows};
use super::repeats::{Figures, Form, is_value_column};
use super::words::{has, id_for, is_code_heading, is_missing, is_unit, plain};
use crate::content::quoted;
use crate::model::{Decimal, FiscalYear};
use std::collections::{BTreeMap, BTreeSet};

/// Name and unit of an indicator.
pub struct Pair<'a> {
    /// Column of the names.
    pub name: &'a Column,
    /// Column of the units.
    pub unit: Option<&'a Column>,
}

/// Which values a series holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    /// Actual values.
    Actual,
    /// Targets.
    Target,
    /// Rates of achievement.
    Rate,
    /// Not stated in the headings.
    Unstated,
    /// A baseline or a forecast, which an indicator has no column for.
    Other,
}

/// Writes the indicators. Returns the figures that belong to none.
pub fn propose<'a>(draft: &mut Draft<'a>, figures: Vec<Figures<'a>>, has_row_year: bool) -> Vec<Figures<'a>> {
    let pairs = pairs(draft);
    let (blocks, mut others): (Vec<_>, Vec<_>) =
        figures.into_iter().partition(|f| matches!(f.form, Form::Block { .. }));
    let mut values: Vec<Vec<(Series, Figures<'a>)>> = Vec::new();
    let mut unused = distribute(draft, &pairs, blocks, &mut values);
    let mut labelled: Vec<Vec<Figures<'a>>> = Vec::new();
    labelled.resize_with(pairs.len(), Vec::new);
    for figures in std::mem::take(&mut others) {
        let own = by_group(&pairs, &figures).or_else(|| by_label(&pairs, &figures)).and_then(|at| labelled.get_mut(at));
        own.unwrap_or(&mut others).push(figures);
    }
    // Columns outside blocks belong to the pair of their label, else to the pair to their left.
    for (at, pair) in pairs.iter().enumerate() {
        let next = pairs.get(at + 1).map_or(u32::MAX, |next| next.name.index);
        // Only figures lie between the values; what the indicator is may be described before them.
        let is_after = |column: &&&Column| column.index > pair.unit.unwrap_or(pair.name).index && column.filled > 0;
        let after =
            draft.table.columns.iter().filter(|column| is_after(&column) && !draft.mapped.contains(&column.index));
        let end = after.skip_while(|column| is_explanation(column)).find(|column| !is_value_column(column));
        let end = end.map_or(next, |column| column.index.min(next));
        // Values after several names may belong to any of them.
        let is_only = at.checked_sub(1).and_then(|before| pairs.get(before)).is_none_or(|before| {
            before.unit.unwrap_or(before.name).index + 1 != pair.name.index
                || labelled.get(at - 1).is_some_and(|figures| !figures.is_empty())
        });
        let is_of_pair = |f: &Figures<'_>| is_only && f.all().all(|c| c.index > pair.name.index && c.index < end);
        let (mut own, rest): (Vec<_>, Vec<_>) = others.into_iter().partition(is_of_pair);
        others = rest;
        own.extend(labelled.get_mut(at).map(std::mem::take).unwrap_or_default());
        let Some(list) = values.get_mut(at) else { continue };
        let is_stated = |figures: &Figures<'_>| !matches!(series_of(&figures.label), Series::Unstated | Series::Other);
        let has_stated = own.iter().any(is_stated);
        for figures in own {
            let series = series_of(&figures.label);
            // A baseline or forecast beside stated values is none of them.
            if series == Series::Other || series == Series::Unstated && has_stated {
                unused.push(figures);
                continue;
            }
            // An indicator has one series of actual values and one of targets.
            let is_free = list
                .iter()
                .all(|(known, _)| *known != series && *known != Series::Unstated && series != Series::Unstated);
            let figures = if series == Series::Rate { of_proven_year(figures, list) } else { figures };
            let is_dated = |f: &Figures<'_>| f.form == Form::ByYear;
            let is_of_other_years = |known: &Figures<'_>| {
                let is_known = |year| known.columns.iter().any(|(other, _)| *other == year);
                is_dated(known) && is_dated(&figures) && !figures.columns.iter().any(|(year, _)| is_known(*year))
            };
            // A rate without a year is that of one of the years of the indicator.
            let is_unclear =
                series == Series::Rate && figures.form == Form::Single && list.iter().any(|(_, f)| is_dated(f));
            if is_free && !is_unclear {
                list.push((series, figures));
            } else if let Some((_, known)) = list
                .iter_mut()
                .find(|(known, f)| *known == series && series != Series::Unstated && is_of_other_years(f))
            {
                known.columns.extend(figures.columns);
            } else {
                unused.push(figures);
            }
        }
    }
    unused.extend(others);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (pair, values) in pairs.iter().zip(&values) {
        let stem = id_for(&role_text(pair.name), "shihyo");
        let count = counts.entry(stem.clone()).or_default();
        *count += 1;
        match several_rows(draft, pair) {
            Some(key) => {
                let prefix = if *count > 1 { format!("{stem}-{count}") } else { stem };
                // The values in another table are those of the same prefix.
                let prefix = if values.is_empty() { "shihyo".to_owned() } else { prefix };
                write_in_rows(draft, pair, values, (key, &prefix), has_row_year);
            }
            None => write(draft, pair, values, &format!("{stem}-{count}"), has_row_year),
        }
    }
    if pairs.is_empty() { nameless_in_rows(draft, unused, has_row_year) } else { unused }
}

/// Position of the only pair below the same labels as the figures, such as a merged `成果指標`.
fn by_group(pairs: &[Pair<'_>], figures: &Figures<'_>) -> Option<usize> {
    let is_below = |pair: &Pair<'_>| {
        let above = &pair.name.above;
        !above.is_empty() && figures.all().all(|column| column.above.starts_with(above))
    };
    let below = pairs.iter().enumerate().filter(|(_, pair)| is_below(pair));
    let (at, nearest) = below.max_by_key(|(_, pair)| pair.name.above.len())?;
    (pairs.iter().filter(|pair| pair.name.above == nearest.name.above).count() == 1).then_some(at)
}

/// True for a column that explains an indicator before its values.
fn is_explanation(column: &Column) -> bool {
    const WORDS: [&str; 11] =
        ["考え方", "算式", "計算", "算出", "定義", "説明", "出典", "設定根拠", "設定理由", "方向", "向き"];
    !is_value_column(column) && has(&plain(&column.heading), &WORDS)
}

/// Position of the pair whose label begins that of the figures, if no other pair has the same: `活動指標1`.
fn by_label(pairs: &[Pair<'_>], figures: &Figures<'_>) -> Option<usize> {
    if figures.all().all(|column| is_code_heading(&plain(&column.heading))) {
        return None;
    }
    let stem = |pair: &Pair<'_>| pair.name.label.replace("の名称", "").replace("名称", "").replace("指標名", "指標");
    let stems: Vec<String> = pairs.iter().map(|pair| stem(pair).trim_end_matches('名').to_owned()).collect();
    let is_prefix = |stem: &str| {
        let rest = figures.label.strip_prefix(stem).filter(|_| stem.chars().count() > 2);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let found = stems.iter().enumerate().filter(|(_, stem)| is_prefix(stem));
    let (at, longest) = found.max_by_key(|(_, stem)| stem.len())?;
    (stems.iter().filter(|stem| *stem == longest).count() == 1).then_some(at)
}

/// The rates with the year whose values have them as ratios, if there is one.
fn of_proven_year<'a>(mut rates: Figures<'a>, values: &[(Series, Figures<'a>)]) -> Figures<'a> {
    let find = |series| values.iter().find(|(known, _)| *known == series).map(|(_, figures)| figures);
    let (Some(column), Some(actual), Some(target)) = (rates.first(), find(Series::Actual), find(Series::Target)) else {
        return rates;
    };
    if rates.form != Form::Single || rates.columns.iter().any(|(year, _)| year.is_some()) {
        return rates;
    }
    let proven = actual.columns.iter().find_map(|(year, actual)| {
        let (_, target) = target.columns.iter().find(|(of, _)| of == year && of.is_some())?;
        let rows = (0..column.cells.len()).filter_map(|row| {
            let (rate, target) = (column.number(row)?, target.number(row).filter(|target| !target.is_zero())?);
            let ratio = actual.number(row)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(target)?;
            Some((ratio - rate).abs() < Decimal::ONE)
        });
        let rows: Vec<bool> = rows.collect();
        let right = rows.iter().filter(|is_right| **is_right).count();
        (right > 2 && right * 10 >= rows.len() * 9).then_some(*year)
    });
    if let Some(year) = proven {
        rates.form = Form::ByYear;
        rates.columns.iter_mut().for_each(|(of, _)| *of = year);
    }
    rates
}

/// Pairs of a name and a unit, from the left.
fn pairs<'a>(draft: &Draft<'a>) -> Vec<Pair<'a>> {
    let mut pairs: Vec<Pair<'a>> = Vec::new();
    for name in draft.open() {
        let heading = plain(&name.heading);
        if name.is_numeric() || pairs.iter().any(|pair| pair.unit.is_some_and(|unit| unit.index == name.index)) {
            continue;
        }
        let unit = draft.column(name.index + 1).filter(|unit| draft.is_open(unit.index) && is_unit_column(unit));
        let is_named = has(&heading, &["指標名", "指標の名称", "名称", "指標"])
            && !has(&heading, &["単位", "理由", "説明", "分析", "評価", "考え方", "根拠"]);
        if is_unit_column(name) || !(is_named || unit.is_some() && name.distinct.len() > 2) || name.filled == 0 {
            continue;
        }
        if unit.is_some() || heading.contains("指標名") {
            pairs.push(Pair { name, unit });
        }
    }
    pairs
}

fn is_unit_column(column: &Column) -> bool {
    let units: usize = column.distinct.iter().filter(|(text, _)| is_unit(text)).map(|(_, count)| count).sum();
    let is_short = column.longest <= 12 && column.filled > 0 && !column.is_numeric();
    is_short && (plain(&column.heading).contains("単位") || units * 10 >= column.filled * 6)
}

/// The series that a label states.
pub fn series_of(label: &str) -> Series {
    if has(label, &["見込", "予測", "基準値", "現状値", "初期値"]) {
        Series::Other
    } else if has(label, &["達成率", "達成度", "進捗率"]) {
        Series::Rate
    } else if has(label, &["目標", "計画値", "計画"]) {
        Series::Target
    } else if has(label, &["実績", "実数", "結果"]) {
        Series::Actual
    } else {
        Series::Unstated
    }
}

/// Assigns the figures of blocks to the pairs, in their order, if the rows with names have the values.
fn distribute<'a>(
    draft: &Draft<'a>,
    pairs: &[Pair<'a>],
    figures: Vec<Figures<'a>>,
    values: &mut Vec<Vec<(Series, Figures<'a>)>>,
) -> Vec<Figures<'a>> {
    values.resize_with(pairs.len(), Vec::new);
    let mut unused = Vec::new();
    for series in [Series::Actual, Series::Target, Series::Rate, Series::Unstated, Series::Other] {
        let of_series: Vec<Figures<'a>> = figures.iter().filter(|f| series_of(&f.label) == series).cloned().collect();
        let fits = series != Series::Other
            && of_series.len() == pairs.len()
            && pairs.iter().zip(&of_series).all(|(pair, figures)| fit(draft, pair.name, figures));
        if fits {
            for (list, figures) in values.iter_mut().zip(of_series) {
                list.push((series, figures));
            }
        } else {
            unused.extend(of_series);
        }
    }
    unused
}

/// True if nearly all rows have values exactly if they have a name.
fn fit(draft: &Draft<'_>, name: &Column, figures: &Figures<'_>) -> bool {
    let rows = draft.table.rows.len();
    let is_filled = |row: usize| {
        figures.all().any(|column| match column.cells.get(row) {
            Some(Content::Text(text, number)) => !is_missing(text) && number.is_none_or(|number| !number.is_zero()),
            Some(Content::Problem(_)) => true,
            _ => false,
        })
    };
    let agreeing =
        (0..rows).filter(|row| is_filled(*row) == name.text(*row).is_some_and(|text| !is_absent(text))).count();
    agreeing * 20 >= rows * 19
}

/// True for a text in place of a name where there is no indicator: `0`, `なし`.
fn is_absent(text: &str) -> bool {
    is_missing(text) || matches!(plain(text).as_str(), "0" | "なし" | "無し" | "該当なし" | "無")
}

/// The words of a heading that are a term for indicators.
fn role(name: &Column) -> Option<&'static str> {
    const ROLES: [&str; 8] =
        ["活動指標", "成果指標", "対象指標", "アウトプット指標", "アウトカム指標", "代表指標", "効率指標", "投入指標"];
    let label = role_text(name);
    ROLES.into_iter().find(|role| label.contains(role))
}

fn role_text(name: &Column) -> String {
    name.label.clone()
}

fn write(draft: &mut Draft<'_>, pair: &Pair<'_>, values: &[(Series, Figures<'_>)], id: &str, has_row_year: bool) {
    let part = Part::Indicator;
    draft.line(part, "[[table.indicator]]");
    draft.line(part, format!("id = {}", quoted(id)));
    if let Some(role) = role(pair.name) {
        draft.noted(part, format!("role = {}", quoted(role)), "見出しの語");
    }
    draft.map(part, "name", pair.name, "");
    if let Some(unit) = pair.unit {
        draft.map(part, "unit", unit, &format!("{} 種類", unit.distinct.len()));
    }
    let absent: BTreeSet<&str> =
        pair.name.distinct.iter().map(|(text, _)| text.as_str()).filter(|text| is_absent(text)).collect();
    if !absent.is_empty() {
        let listed: Vec<String> = absent.iter().map(|text| quoted(text)).collect();
        draft.noted(part, format!("absent = [{}]", listed.join(", ")), "指標がないことを表す名称");
        draft.absent.extend(absent.into_iter().map(str::to_owned));
    }
    for (_, figures) in values.iter().filter(|(_, figures)| figures.first().is_some()) {
        draft.named.push((pair.name.index, figures.all().map(|column| column.index).collect()));
    }
    write_values(draft, values, has_row_year);
}

/// Writes the columns of values, their year and decimal places.
pub fn write_values(draft: &mut Draft<'_>, values: &[(Series, Figures<'_>)], has_row_year: bool) {
    let part = Part::Indicator;
    let is_in_rows = draft.repeated_key.is_some();
    let is_shared = !is_in_rows && values.iter().all(|(series, _)| *series == Series::Unstated);
    for (series, figures) in values {
        let Some(first) = figures.first() else { continue };
        let all: Vec<u32> = figures.all().map(|column| column.index).collect();
        draft.figures.extend(&all);
        draft.mapped.extend(&all);
        match (series, figures.form) {
            (Series::Unstated, Form::Block { .. }) if is_shared => {
                draft.needs_past = true;
                draft.map(part, "actual", first, "名称のある行とない行が、値のある行とない行に一致");
                draft.map(part, "target", first, "区切り（block）の past までの年度は実績、その後は目標");
            }
            (Series::Unstated, _) => {
                let columns: Vec<&Column> = figures.all().collect();
                let comment = format!(
                    "実績か目標か、見出しに記載がありません: {}。`actual.R6 = \"…\"` のように、年度ごとに書いてください",
                    listed(&columns)
                );
                draft.noted(part, "actual = \"?\"", comment);
            }
            (series, Form::ByYear) => {
                for (year, column) in &figures.columns {
                    let year = year.map_or_else(|| "?".to_owned(), FiscalYear::short);
                    draft.map(part, &format!("{}.{year}", key(*series)), column, "");
                }
            }
            (series, _) => draft.map(part, key(*series), first, ""),
        }
    }
    let needs_year = values.iter().any(|(_, figures)| figures.form == Form::Single) && !has_row_year;
    if needs_year {
        draft.noted(part, "year = \"?\"", "どの年度の値か、見出しに記載がありません");
    }
    if let Some(sample) = values.iter().find_map(|(_, figures)| long_decimal(figures)) {
        draft.noted(part, "decimals = \"?\"", format!("小数の桁が多いセル（{sample} など）を四捨五入する桁数"));
    }
}

fn key(series: Series) -> &'static str {
    match series {
        Series::Target => "target",
        Series::Rate => "rate",
        Series::Actual | Series::Unstated | Series::Other => "actual",
    }
}
