//! The proposed lines of a table, with comments, and which columns they use.

use super::column::{Column, Content};
use super::private::{Private, is_showable};
use super::region::Table;
use super::words::{has, is_generic};
use crate::content::quoted;
use crate::ledger::year::stated_year;
use crate::model::FiscalYear;
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of characters of a sample or heading.
const MAX_SHOWN: usize = 24;

/// A line of the mapping file with its comment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// TOML; empty for a comment on its own line.
    pub text: String,
    /// Comment; may be empty.
    pub comment: String,
}

/// Parts of a table of the mapping file, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Keys of `[[table]]` itself.
    Head,
    /// `[table.node]`.
    Node,
    /// `[[table.block]]`.
    Block,
    /// `[[table.money]]`, `[[table.staff]]`.
    Amount,
    /// `[[table.indicator]]`, `[[table.long]]`.
    Indicator,
    /// `[[table.field]]`.
    Field,
    /// `[[table.judgement]]`.
    Judgement,
    /// `[[table.words]]`.
    Words,
}

/// What becomes of the columns of a table.
pub struct Draft<'a> {
    /// The table.
    pub table: &'a Table<'a>,
    /// Texts that must not be quoted.
    pub private: &'a Private,
    /// Parts with their lines.
    pub parts: BTreeMap<Part, Vec<Line>>,
    /// Columns that are mapped.
    pub mapped: BTreeSet<u32>,
    /// Columns that are not used, with the reasons; `"?"` asks for a decision.
    pub ignored: BTreeMap<u32, (String, String)>,
    /// Columns with figures.
    pub figures: BTreeSet<u32>,
    /// Columns of names of indicators, with those of their figures.
    pub named: Vec<(u32, Vec<u32>)>,
    /// Columns of ids.
    pub ids: BTreeSet<u32>,
    /// Texts in place of a name where a program has no such indicator.
    pub absent: BTreeSet<String>,
    /// Entries of `[names]`.
    pub names: Vec<Line>,
    /// Ids of `[[phase]]` declarations.
    pub phases: BTreeSet<&'static str>,
    /// Unit of amounts; `"?"` if the ledger does not state it.
    pub money_unit: &'static str,
    /// `[[scale]]` declarations.
    pub scales: Vec<Line>,
    /// True if results and later figures share the columns of a block.
    pub needs_past: bool,
    /// Column with the year of each row.
    pub row_year: Option<u32>,
    /// Column with the ids of programs, if a program has several rows.
    pub repeated_key: Option<u32>,
    /// All tables of the ledger.
    pub tables: &'a [Table<'a>],
    /// Zero-based columns in which blocks begin and end, after which the same columns repeat: first, every, repeats.
    pub blocks: Vec<(u32, u32, u32)>,
}

impl<'a> Draft<'a> {
    /// A draft that uses no column.
    pub fn new(table: &'a Table<'a>, tables: &'a [Table<'a>], private: &'a Private, money_unit: &'static str) -> Self {
        Self {
            table,
            private,
            parts: BTreeMap::new(),
            mapped: BTreeSet::new(),
            ignored: BTreeMap::new(),
            figures: BTreeSet::new(),
            named: Vec::new(),
            ids: BTreeSet::new(),
            absent: BTreeSet::new(),
            names: Vec::new(),
            phases: BTreeSet::new(),
            money_unit,
            scales: Vec::new(),
            needs_past: false,
            row_year: None,
            repeated_key: None,
            tables,
            blocks: Vec::new(),
        }
    }

    /// Columns that nothing has decided about.
    pub fn open(&self) -> Vec<&'a Column> {
        let columns = self.table.columns.iter();
        columns.filter(|column| self.is_open(column.index)).collect()
    }

    /// True if nothing has decided about a column.
    pub fn is_open(&self, column: u32) -> bool {
        !self.mapped.contains(&column) && !self.ignored.contains_key(&column)
    }

    /// The column at a zero-based index.
    pub fn column(&self, index: u32) -> Option<&'a Column> {
        self.table.columns.iter().find(|column| column.index == index)
    }

    /// Title of a column: its heading, with the label above it if that alone tells it from another column, or says what
    /// it is about.
    pub fn title(&self, column: &Column) -> String {
        let title = column.title();
        let others: Vec<&Column> =
            self.table.columns.iter().filter(|other| other.index != column.index && other.title() == title).collect();
        let is_telling = |(at, label): &(usize, &String)| {
            let is_stage =
                has(label, &["一次評価", "二次評価", "１次評価", "２次評価", "内部評価", "外部評価", "自己評価"]);
            **label != title && (is_stage || others.iter().any(|other| other.above.get(*at) != Some(*label)))
        };
        let mut labels = column.above.iter().enumerate().rev();
        let label = labels.find(is_telling).map(|(_, label)| label);
        let nearest = || column.above.last().filter(|label| **label != title && is_generic(&title));
        label.or_else(nearest).map_or(title.clone(), |label| format!("{label} {title}"))
    }

    /// Years of the rows, if a column states them.
    pub fn row_years(&self) -> Option<Vec<Option<FiscalYear>>> {
        let column = self.column(self.row_year?)?;
        Some((0..column.cells.len()).map(|row| stated_year(column.text(row)?)).collect())
    }

    /// Adds a line without a comment.
    pub fn line(&mut self, part: Part, text: impl Into<String>) {
        self.noted(part, text, "");
    }

    /// Adds a line with a comment.
    pub fn noted(&mut self, part: Part, text: impl Into<String>, comment: impl Into<String>) {
        self.parts.entry(part).or_default().push(Line { text: text.into(), comment: comment.into() });
    }

    /// Adds the line `key = "C heading"`, which maps a column, with what the column contains.
    pub fn map(&mut self, part: Part, key: &str, column: &Column, reason: &str) {
        self.mapped.insert(column.index);
        let comment = self.note(column, reason);
        self.noted(part, format!("{key} = {}", reference(column)), comment);
    }

    /// Adds a list of columns under a key.
    pub fn map_list(&mut self, part: Part, key: &str, columns: &[&Column], reason: &str) {
        if let [only] = columns {
            return self.map(part, key, only, reason);
        }
        self.line(part, format!("{key} = ["));
        for (n, column) in columns.iter().enumerate() {
            self.mapped.insert(column.index);
            let comment = self.note(column, if n == 0 { reason } else { "" });
            self.noted(part, format!("  {},", reference(column)), comment);
        }
        self.line(part, "]");
    }

    /// Leaves a column out, with the reason.
    pub fn ignore(&mut self, column: &Column, reason: impl Into<String>) {
        let comment = self.note(column, "");
        self.ignored.insert(column.index, (reason.into(), comment));
    }

    /// Leaves a column out without showing anything of it.
    pub fn conceal(&mut self, column: &Column, reason: &str, comment: &str) {
        let filled = format!("記入 {}/{}", column.filled, column.cells.len());
        let comment = if comment.is_empty() { filled } else { format!("{filled}、{comment}") };
        self.ignored.insert(column.index, (reason.to_owned(), comment));
    }

    /// Asks what to do with a column.
    pub fn ask(&mut self, column: &Column, why: &str) {
        let comment = self.note(column, why);
        self.ignored.insert(column.index, ("?".to_owned(), comment));
    }

    /// Number of filled cells, samples, and the reason.
    pub fn note(&self, column: &Column, reason: &str) -> String {
        let mut parts = vec![format!("記入 {}/{}", column.filled, column.cells.len())];
        let mut samples: Vec<String> = Vec::new();
        let rows = if self.is_shown(column) { column.cells.len() } else { 0 };
        parts.extend((!self.is_shown(column) && column.filled > 0).then(|| shape(column)));
        for row in 0..rows {
            let sample = match column.cells.get(row) {
                Some(Content::Text(text, _)) if !self.private.is_in(text) => shown(text),
                _ => continue,
            };
            if !samples.contains(&sample) {
                samples.push(sample);
            }
            if samples.len() == 3 {
                break;
            }
        }
        if !samples.is_empty() {
            parts.push(format!("例 {}", samples.join("")));
        }
        if column.formulas > 0 {
            parts.push(format!("式 {}", column.formulas));
        }
        parts.extend((!reason.is_empty()).then(|| reason.to_owned()));
        parts.join("、")
    }

    /// True if comments may show texts of a column. Those of ids, names and figures that are mapped are shown in any
    /// case; others only if their heading tells what they are.
    pub fn is_shown(&self, column: &Column) -> bool {
        let is_known = self.ids.contains(&column.index) || self.figures.contains(&column.index);
        !column.heading.is_empty() && is_known || is_showable(column)
    }

    /// The most frequent texts of a column with their numbers.
    pub fn values(&self, column: &Column, at_most: usize) -> String {
        if !self.is_shown(column) {
            return String::new();
        }
        let shown = column.distinct.iter().filter(|(text, _)| !self.private.is_in(text));
        let mut listed: Vec<String> =
            shown.take(at_most).map(|(text, n)| format!("{}×{n}", shown_fully(text))).collect();
        let blank = column.cells.len().saturating_sub(column.filled);
        listed.extend((blank > 0).then(|| format!("空欄×{blank}")));
        if column.distinct.len() > at_most {
            listed.push(format!("ほか{}種類", column.distinct.len() - at_most));
        }
        listed.join(" ")
    }
}

/// Kinds of texts of a column, without any of them.
pub fn shape(column: &Column) -> String {
    let texts = column.filled.saturating_sub(column.numbers + column.missing);
    let kinds = [(column.numbers, "数"), (texts, "文字"), (column.missing, "欠測の記号")];
    let kinds: Vec<String> = kinds.into_iter().filter(|(n, _)| *n > 0).map(|(n, kind)| format!("{kind} {n}")).collect();
    let blank = column.cells.len().saturating_sub(column.filled);
    let blank = if blank > 0 { format!("・空欄 {blank}") } else { String::new() };
    format!(
        "{}{blank}（{} 種類、最長 {} 字。内容は示しません）",
        kinds.join("・"),
        column.distinct.len(),
        column.longest
    )
}

/// The reference to a column: letters and heading.
pub fn reference(column: &Column) -> String {
    quoted(&plain_reference(column))
}

/// The reference to a column, without quotation marks.
pub fn plain_reference(column: &Column) -> String {
    let letters = column.letters();
    match column.heading.char_indices().nth(MAX_SHOWN) {
        _ if column.heading.is_empty() => letters,
        Some((end, _)) => format!("{letters} {}…", column.heading.get(..end).unwrap_or_default().trim_end()),
        None => format!("{letters} {}", column.heading),
    }
}

/// A text of a cell for a comment: on one line and shortened, in brackets.
pub fn shown(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|c| !c.is_control()).collect();
    match line.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("「{}…」", line.get(..end).unwrap_or_default()),
        None => format!("「{line}」"),
    }
}

/// A text of a cell for a comment: on one line, in brackets.
pub fn shown_fully(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("「{}」", line.chars().filter(|c| !c.is_control()).collect::<String>())
}
