//! Ids of new nodes.
//!
//! An id is given, derived from the number printed in the report, or the next free number. It is never derived from a
//! Japanese name: its romanization would be a guess, and ids are permanent.

use crate::content::{is_id, natural_cmp, unpublishable_reason};
use crate::diagnostic::{Bilingual, say};
use crate::model::{Kind, Strategy};
use unicode_normalization::UnicodeNormalization;

/// A chosen id, with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenId {
    /// The id.
    pub id: String,
    /// Reason for the choice; `None` if the id was given.
    pub reason: Option<Bilingual>,
}

/// Chooses the id of a new node of `kind`: the `given` one, otherwise the printed `number`, otherwise the next number
/// if all existing ids are numbers.
///
/// # Errors
/// Fails if the id is invalid or taken, or if none can be proposed. The message suggests a correction.
pub fn choose(
    strategy: &Strategy,
    kind: Kind,
    given: Option<&str>,
    number: Option<&str>,
) -> Result<ChosenId, Bilingual> {
    let taken: Vec<&str> =
        strategy.nodes.iter().filter(|node| node.kind == kind).map(|node| node.id.as_str()).collect();
    let chosen = match (given, number) {
        (Some(id), _) => ChosenId { id: id.to_owned(), reason: None },
        (None, Some(number)) => {
            let id = from_number(number).ok_or_else(|| no_id_from_number_error(number))?;
            let reason = say!(ja: "id は、番号「{number}」から「{id}」としました", en: "chose the id `{id}`, derived from the number `{number}`");
            ChosenId { id, reason: Some(reason) }
        }
        (None, None) => {
            let id = next_number(&taken).ok_or_else(|| no_next_number_error(kind, &taken))?;
            let reason = if taken.is_empty() {
                say!(ja: "id は、最初の番号「{id}」としました", en: "chose the id `{id}`, the first number")
            } else {
                say!(ja: "id は、既存の番号の次の「{id}」としました", en: "chose the id `{id}`, the next free number")
            };
            ChosenId { id, reason: Some(reason) }
        }
    };
    if let Some(why) = invalid_id_reason(&chosen.id) {
        return Err(why);
    }
    if taken.contains(&chosen.id.as_str()) {
        return Err(id_taken_error(&chosen.id, &taken));
    }
    Ok(chosen)
}

/// Converts a printed number to an id: `５－１－１`, `5.1.1` and `(5-1-1)` become `5-1-1`. `None` if it
/// contains characters other than separators, digits and the letters a to z, or only separators.
pub fn from_number(number: &str) -> Option<String> {
    let plain: String = number.nfkc().flat_map(char::to_lowercase).collect();
    let is_separator = |c: char| c.is_whitespace() || "-.,()[]<>【】〔〕_/・、ー―‐–—−".contains(c);
    let parts: Vec<&str> = plain.split(is_separator).filter(|part| !part.is_empty()).collect();
    let id = parts.join("-");
    is_id(&id).then_some(id)
}

/// The number after the highest: `4` after `3`, `5-1-2` after `5-1-1`, 1 if there are no ids. `None` if some ids are
/// not numbers.
fn next_number(taken: &[&str]) -> Option<String> {
    let is_number = |id: &str| id.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !taken.iter().all(|id| is_number(id)) {
        return None;
    }
    let highest = taken.iter().max_by(|a, b| natural_cmp(a, b)).copied().unwrap_or("0");
    let (prefix, last) = highest.rfind('-').map_or(("", highest), |at| highest.split_at(at + 1));
    let next = last.parse::<u32>().ok()?.checked_add(1)?;
    Some(format!("{prefix}{next}"))
}

/// Suggests a free id: the next number or, if the ids are not numbers, `id` with the first free numeric suffix.
fn suggest_free_id(id: &str, taken: &[&str]) -> String {
    let free = (2_u32..).map(|n| format!("{id}-{n}")).find(|id| !taken.contains(&id.as_str()));
    next_number(taken).or(free).unwrap_or_default()
}

/// Reason why `id` cannot be used; `None` if it can.
pub(super) fn invalid_id_reason(id: &str) -> Option<Bilingual> {
    if !is_id(id) {
        return Some(say!(
            ja: "「{id}」は id に使えません。半角の小文字 a-z、数字、ハイフンだけを使ってください（例: kaigo-yosei、5-1-1）",
            en: "`{id}` cannot be an id; use only lower-case letters a-z, digits and hyphens, as in kaigo-yosei or 5-1-1"
        ));
    }
    let Bilingual { ja, en } = unpublishable_reason(id)?;
    Some(say!(
        ja: "「{id}」という名前のページは公開できません。{ja}。別の id を指定してください",
        en: "cannot publish a page with the id `{id}`: {en}; choose another id"
    ))
}

fn no_id_from_number_error(number: &str) -> Bilingual {
    say!(
        ja: "番号「{number}」からは id を決められません。id も指定してください（例: kaigo-yosei、5-1-1）",
        en: "cannot derive an id from the number `{number}`; add an id, such as kaigo-yosei or 5-1-1"
    )
}

fn no_next_number_error(kind: Kind, taken: &[&str]) -> Bilingual {
    let kind = kind.key();
    let some = taken.iter().take(3).copied().collect::<Vec<_>>().join("、");
    let listed = taken.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    say!(
        ja: "既存の id（{some} など）が番号ではないため、次の id を決められません。`shirube new {kind} ID` のように id を指定するか、--number で番号を指定してください",
        en: "cannot choose the next id because the existing ids ({listed} …) are not numbers; give an id, as in `shirube new {kind} ID`, or a number with --number"
    )
}

fn id_taken_error(id: &str, taken: &[&str]) -> Bilingual {
    let free = suggest_free_id(id, taken);
    say!(
        ja: "id「{id}」はすでに使われています。「{free}」は使えます",
        en: "the id `{id}` is taken; `{free}` is free"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_a_number_to_an_id() {
        let check =
            |number: &str, expected: Option<&str>| assert_eq!(from_number(number).as_deref(), expected, "{number}");
        check("5-1-1", Some("5-1-1"));
        check("５－１－１", Some("5-1-1"));
        check("5.1.1", Some("5-1-1"));
        check("（1）", Some("1"));
        check("①", Some("1"));
        check("3 A", Some("3-a"));
        check("第2章", None);
        check("イ", None);
        check("", None);
    }

    #[test]
    fn next_number_follows_the_highest() {
        assert_eq!(next_number(&[]).as_deref(), Some("1"));
        assert_eq!(next_number(&["1", "10", "2"]).as_deref(), Some("11"));
        assert_eq!(next_number(&["1-9", "1-10", "1-2"]).as_deref(), Some("1-11"));
        assert_eq!(next_number(&["1", "kaigo"]), None);
        assert_eq!(next_number(&["1-"]), None);
        assert_eq!(next_number(&["4294967295"]), None);
    }

    #[test]
    fn suggests_a_free_id_for_a_taken_one() {
        assert_eq!(suggest_free_id("1", &["1", "2"]), "3");
        assert_eq!(suggest_free_id("kaigo", &["kaigo", "kaigo-2"]), "kaigo-3");
    }
}
