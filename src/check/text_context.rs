//! A number of a text with its surroundings, for the rule `text-figure`.

use super::words::{Quantity, Sentence, contains_any, is_plan_title};
use crate::model::Section;

/// A number within its text.
pub(super) struct Context<'t> {
    pub(super) section: &'t Section,
    pub(super) sentence: &'t Sentence<'t>,
    /// Heading above the sentence.
    pub(super) heading: &'t str,
    /// Quantities of the sentence.
    pub(super) quantities: &'t [Quantity<'t>],
    /// Quantities of the section.
    pub(super) numbers: &'t [&'t Quantity<'t>],
}

impl<'t> Context<'t> {
    /// Part of the sentence between the commas around a number.
    pub(super) fn clause(&self, quantity: &Quantity<'_>) -> String {
        let text = self.sentence.text;
        let is_comma = |char| matches!(char, '、' | '；' | ';');
        let start = text
            .get(..quantity.range.start)
            .and_then(|before| before.rfind(is_comma))
            .map_or(0, |at| at + '、'.len_utf8());
        let after = text.get(quantity.range.end..).unwrap_or_default();
        let end = after.find(is_comma).map_or(text.len(), |at| quantity.range.end + at);
        // The topic of a sentence, 利用者は、 applies to all its clauses.
        let topic = text.find(is_comma).and_then(|at| text.get(..at));
        let topic = topic.filter(|topic| topic.ends_with(['は', 'も']) && topic.len() < start);
        format!("{}{}", topic.unwrap_or_default(), text.get(start..end).unwrap_or(text))
    }

    /// Returns true for a number that the text calls the target: 目標の60人.
    pub(super) fn is_called_target(&self, quantity: &Quantity<'_>) -> bool {
        let before = self.sentence.text.get(..quantity.range.start).unwrap_or_default();
        ["目標", "目標の", "目標値", "目標値の", "目標である", "目標値である", "目標（", "目標値（"]
            .iter()
            .any(|word| before.ends_with(word))
    }

    /// Returns true if a clause or the heading speaks of plans, of parts or of other years.
    pub(super) fn is_about_other_time(&self, clause: &str, quantity: &Quantity<'_>) -> bool {
        // 48か所に増えた states the value of the year.
        const CHANGES: [&str; 4] = ["から", "増", "減", "初めて"];
        const OTHER: [&str; 18] = [
            "前年",
            "昨年",
            "前回",
            "過去",
            "うち",
            "目標",
            "予定",
            "計画",
            "見込",
            "翌年",
            "来年",
            "次年度",
            "当初",
            "累計",
            "延べ",
            "毎",
            "あたり",
            "ほか",
        ];
        let is_change = !is_result(quantity) && contains_any(clause, &CHANGES);
        let has_year = || contains_any(clause, &["令和", "平成", "年度", "月"]);
        let plans = is_plan_title(&self.section.title);
        plans || is_change || contains_any(clause, &OTHER) || has_year()
    }
}

/// Returns true if the words after a number and its unit say that it is the value reached: 48か所に増えた, 33.6%となった.
pub(super) fn is_result(quantity: &Quantity<'_>) -> bool {
    const RESULTS: [&str; 12] = [
        "に増え",
        "に増加",
        "に減っ",
        "に減少",
        "に下が",
        "に上が",
        "に伸び",
        "に縮",
        "に達し",
        "となっ",
        "になっ",
        "にとどま",
    ];
    // Units have up to four characters.
    let mut starts = quantity.after.char_indices().map(|(at, _)| at).take(6);
    starts.any(|at| quantity.after.get(at..).is_some_and(|rest| RESULTS.iter().any(|word| rest.starts_with(word))))
}
