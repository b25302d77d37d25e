//! Glossary page.

use crate::site::address;
use crate::site::view::context::ViewContext;
use crate::site::view::sections::layout::Layout;
use crate::site::view::values::reading::ReadingView;
use serde::Serialize;

/// Glossary page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GlossaryView<'a> {
    /// Layout data.
    pub layout: Layout<'a>,
    /// Terms, in the order of the content file.
    pub terms: Vec<TermView<'a>>,
    /// Rows of the kana table (あ, か, …) in which terms are read, with their first terms; empty for a short glossary.
    pub rows: Vec<KanaRow>,
}

/// Row of the kana table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KanaRow {
    /// First kana of the row.
    pub kana: char,
    /// Id of the first of its terms on the page.
    pub anchor: String,
}

/// Glossary term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermView<'a> {
    /// Id of the term on the page.
    pub anchor: String,
    /// Term.
    pub term: &'a str,
    /// Reading of the term in kana; `None` if not given.
    pub reading: Option<&'a str>,
    /// Reading of the term as the page shows it.
    pub name_reading: ReadingView<'a>,
    /// Definition.
    pub meaning: &'a str,
    /// Other spellings; empty if there are none.
    pub also: &'a [String],
}

/// Builds the glossary page.
pub(crate) fn glossary<'a>(context: &ViewContext<'a>) -> GlossaryView<'a> {
    let anchors = address::term_anchors(&context.report.glossary);
    let terms = context.report.glossary.iter().map(|term| TermView {
        anchor: anchors.get(&term.term).unwrap_or_default().to_owned(),
        term: &term.term,
        reading: term.reading.as_deref(),
        name_reading: ReadingView::new(&term.term, term.reading.as_deref()),
        meaning: &term.meaning,
        also: &term.also,
    });
    let terms: Vec<TermView<'a>> = terms.collect();
    GlossaryView { layout: Layout::of_site(context), rows: kana_rows(&terms), terms }
}

/// Number of terms from which a glossary has an index.
const MIN_INDEXED: usize = 12;

fn kana_rows(terms: &[TermView<'_>]) -> Vec<KanaRow> {
    let row = |term: &TermView<'_>| kana_row(term.reading.unwrap_or(term.term).chars().next()?);
    let first = |kana: char| terms.iter().find(|term| row(term) == Some(kana));
    let rows = "あかさたなはまやらわ".chars().filter_map(|kana| {
        let anchor = first(kana)?.anchor.clone();
        Some(KanaRow { kana, anchor })
    });
    if terms.len() < MIN_INDEXED { Vec::new() } else { rows.collect() }
}

/// First kana of the row of the kana table that contains `char`; `None` for all other characters.
fn kana_row(char: char) -> Option<char> {
    let hiragana = match char {
        'ァ'..='ヶ' => char::from_u32(u32::from(char) - 0x60)?,
        _ => char,
    };
    Some(match hiragana {
        'ぁ'..='お' | 'ゔ' => 'あ',
        'か'..='ご' | 'ゕ' | 'ゖ' => 'か',
        'さ'..='ぞ' => 'さ',
        'た'..='ど' => 'た',
        'な'..='の' => 'な',
        'は'..='ぽ' => 'は',
        'ま'..='も' => 'ま',
        'ゃ'..='よ' => 'や',
        'ら'..='ろ' => 'ら',
        'ゎ'..='ん' => 'わ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_row_of_a_kana() {
        let rows: String = "いガがぞヅぬぴパみょルヲA漢".chars().map(|char| kana_row(char).unwrap_or('-')).collect();
        assert_eq!(rows, "あかかさたなははまやらわ--");
    }
}
