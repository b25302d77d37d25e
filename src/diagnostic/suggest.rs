//! Suggestions: the most similar known name, and lists of known names.

use super::Bilingual;
use crate::diagnostic::say;

/// Maximum number of candidates listed in a help message.
const MAX_LISTED: usize = 12;

impl Bilingual {
    /// Prefixes a help text with the candidates by id and name, `あるのは 1（くらし）です。…`. Unchanged if there are
    /// no candidates or too many to list.
    pub fn with_candidates<'a>(self, ids: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let all: Vec<_> = ids.into_iter().collect();
        if all.is_empty() || all.len() > MAX_LISTED {
            return self;
        }
        let Self { ja, en } = self;
        let listed_ja = all.iter().map(|(id, name)| format!("{id}（{name}）")).collect::<Vec<_>>().join("、");
        let listed = all.iter().map(|(id, name)| format!("`{id}` ({name})")).collect::<Vec<_>>().join(", ");
        say!(ja: "あるのは {listed_ja}です。{ja}", en: "known ids: {listed}; {en}")
    }
}

/// The candidate most similar to `written` (the first in a tie); `None` if none is similar.
pub fn closest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        if let Some(similarity) = similarity(written, candidate)
            && best.is_none_or(|(top, _)| similarity > top)
        {
            best = Some((similarity, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Similarity of two words; `None` if they are not similar. Similar words differ by a single edit
/// or by at most one edit per three letters, or have the same first letter and a Jaro-Winkler
/// similarity of at least 0.85. Words without a common letter are not similar, and neither are two
/// numbers with different digits.
fn similarity(written: &str, candidate: &str) -> Option<f64> {
    if written.eq_ignore_ascii_case(candidate) {
        return Some(1.0);
    }
    let is_number = |word: &str| word.bytes().all(|byte| !byte.is_ascii_alphabetic() && byte.is_ascii());
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>();
    if is_number(written) && is_number(candidate) {
        return (digits(written) == digits(candidate)).then_some(1.0);
    }
    let letters = written.chars().count().max(candidate.chars().count());
    let edits = strsim::damerau_levenshtein(written, candidate);
    let begins_alike = written.chars().next() == candidate.chars().next();
    let winkler = strsim::jaro_winkler(written, candidate);
    if edits <= (letters / 3).max(1) && edits < letters {
        Some(strsim::normalized_damerau_levenshtein(written, candidate).max(winkler - 0.25))
    } else {
        (begins_alike && winkler >= 0.85).then_some(winkler - 0.25)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_only_similar_names() {
        let check = |written, candidates: &[&str], expected: Option<&str>| {
            assert_eq!(closest(written, candidates.iter().copied()), expected, "{written}");
        };
        check("progam", &["goal", "policy", "program"], Some("program"));
        check("b", &["A", "B"], Some("B"));
        check("順長", &["順調", "遅れ"], Some("順調"));
        check("◎", &["A", "B", "C"], None);
        check("2", &["1", "3"], None);
        check("2024", &["2022", "2023"], None);
        check("211", &["2-1", "2-1-1"], Some("2-1-1"));
        check("r5", &["R4", "R5"], Some("R5"));
    }
}
