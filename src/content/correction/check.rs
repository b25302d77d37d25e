//! Corrections that cannot be right: of headings that do not exist, of nothing, and before publication.

use crate::content::sheet::SheetContext;
use crate::correction::cell;
use crate::diagnostic::{Diagnostic, Rule, say};
use crate::model::{CellKey, Correction, Sheet};

impl SheetContext<'_> {
    /// Reports corrections of `sheet`, read completely, that change nothing or precede the publication of its edition.
    pub(in crate::content) fn check_corrections(self, sheet: &Sheet, diagnostics: &mut Vec<Diagnostic>) {
        let edition = self.strategy.editions.get(sheet.edition.0);
        let published = edition.and_then(|edition| edition.document.as_ref()?.published.as_ref()?.day);
        for correction in &sheet.corrections {
            diagnostics.extend(self.unknown_heading(sheet, correction).or_else(|| self.unchanged(sheet, correction)));
            if let Some(published) = published.filter(|published| correction.date < *published) {
                let date = correction.date;
                let message = say!(
                    ja: "訂正の日付 {date} が、この版の公表日 {published} より前です",
                    en: "the correction of {date} precedes the publication of the edition on {published}"
                );
                let diagnostic = Diagnostic::new(Rule::CorrectionBeforePublished, correction.span, message);
                diagnostics.push(diagnostic.rule_help());
            }
        }
    }

    /// The error if a correction is about a heading that the sheet does not have, and no others are declared.
    fn unknown_heading(self, sheet: &Sheet, correction: &Correction) -> Option<Diagnostic> {
        let CellKey::Section(title) = &correction.about else { return None };
        let is_known = sheet.sections.iter().any(|section| section.title == *title);
        if is_known || !self.headings(|_| true).is_empty() {
            return None;
        }
        let titles = sheet.sections.iter().map(|section| section.title.as_str());
        let message = say!(
            ja: "見出し「{title}」は、この調書にありません",
            en: "the sheet has no heading `{title}`"
        );
        let diagnostic = Diagnostic::new(Rule::CorrectionUnknownKey, correction.span, message).rule_help();
        Some(diagnostic.suggest_first(title, titles))
    }

    /// The error if the text before a correction is the text after it.
    fn unchanged(self, sheet: &Sheet, correction: &Correction) -> Option<Diagnostic> {
        let later = crate::correction::next(sheet, correction);
        let is_same = match later {
            Some(later) => later.was == correction.was,
            None => match cell::text(self.strategy, self.node, sheet, &correction.about) {
                Some(now) => now.is(&correction.was),
                None => correction.was.is_empty(),
            },
        };
        let was = &correction.was;
        let message = match was.as_str() {
            "" => say!(
                ja: "訂正の前にも後にも、記載がありません",
                en: "there is no text, neither before nor after the correction"
            ),
            _ => say!(
                ja: "訂正前の「{was}」が、訂正後と同じです",
                en: "the text before the correction, `{was}`, is the same as after it"
            ),
        };
        is_same.then(|| Diagnostic::new(Rule::CorrectionSameValue, correction.span, message).rule_help())
    }
}
