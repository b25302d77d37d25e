//! Ids of new nodes. An id is given, or read from the number that the report prints, or the
//! next number that is free. It is never made from a Japanese name: how that is spelt in
//! letters would be a guess, and ids stay for ever.

use crate::content::{is_id, natural, unpublishable};
use crate::diagnostic::{Bilingual, say};
use crate::model::{Kind, Strategy};
use unicode_normalization::UnicodeNormalization;

/// An id, and why it is this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The id.
    pub id: String,
    /// Why, if it was not given.
    pub reason: Option<Bilingual>,
}

/// The id for a new node of `kind`: the one that is `given`, else that of the printed `number`,
/// else the next number, where all ids so far are numbers.
///
/// # Errors
/// When it cannot be an id, is taken, or none can be proposed; says what to write.
pub fn choose(strategy: &Strategy, kind: Kind, given: Option<&str>, number: Option<&str>) -> Result<Chosen, Bilingual> {
    let taken: Vec<&str> =
        strategy.nodes.iter().filter(|node| node.kind == kind).map(|node| node.id.as_str()).collect();
    let chosen = match (given, number) {
        (Some(id), _) => Chosen { id: id.to_owned(), reason: None },
        (None, Some(number)) => {
            let id = of_number(number).ok_or_else(|| no_id_in(number))?;
            let reason =
                say!(ja: "id は番号「{number}」から「{id}」としました", en: "the id `{id}` is the number `{number}`");
            Chosen { id, reason: Some(reason) }
        }
        (None, None) => {
            let id = next(&taken).ok_or_else(|| no_number(kind, &taken))?;
            let reason = if taken.is_empty() {
                say!(ja: "id は最初の番号「{id}」としました", en: "the id `{id}` is the first number")
            } else {
                say!(ja: "id は今ある番号の次の「{id}」としました", en: "the id `{id}` is the next number that is free")
            };
            Chosen { id, reason: Some(reason) }
        }
    };
    if let Some(why) = refusal(&chosen.id) {
        return Err(why);
    }
    if taken.contains(&chosen.id.as_str()) {
        return Err(is_taken(&chosen.id, &taken));
    }
    Ok(chosen)
}

/// A printed number as an id: `５－１－１`, `5.1.1` and `(5-1-1)` are `5-1-1`. `None` where it
/// holds other than digits and the letters a to z.
pub fn of_number(number: &str) -> Option<String> {
    let plain: String = number.nfkc().flat_map(char::to_lowercase).collect();
    let is_between = |c: char| c.is_whitespace() || "-.,()[]<>【】〔〕_/・、ー―‐–—−".contains(c);
    let steps: Vec<&str> = plain.split(is_between).filter(|step| !step.is_empty()).collect();
    let id = steps.join("-");
    is_id(&id).then_some(id)
}

/// The number after the highest, where all ids are numbers: `4` after `3`, `5-1-2` after `5-1-1`;
/// 1 where there are none.
fn next(taken: &[&str]) -> Option<String> {
    let is_number = |id: &str| id.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !taken.iter().all(|id| is_number(id)) {
        return None;
    }
    let highest = taken.iter().max_by(|a, b| natural(a, b)).copied().unwrap_or("0");
    let (above, last) = highest.rfind('-').map_or(("", highest), |at| highest.split_at(at + 1));
    let next = last.parse::<u32>().ok()?.checked_add(1)?;
    Some(format!("{above}{next}"))
}

/// `id` with the first number at its end with which it is free.
fn beside(id: &str, taken: &[&str]) -> String {
    let free = (2_u32..).map(|n| format!("{id}-{n}")).find(|id| !taken.contains(&id.as_str()));
    next(taken).or(free).unwrap_or_default()
}

/// Why `id` cannot be one, if it cannot.
pub(super) fn refusal(id: &str) -> Option<Bilingual> {
    if !is_id(id) {
        return Some(say!(
            ja: "「{id}」は id に使えません。半角の小文字 a-z、数字、ハイフンだけを使ってください（例: kaigo-yosei、5-1-1）",
            en: "`{id}` cannot be an id; use only lower-case letters a-z, digits and hyphens, as in kaigo-yosei or 5-1-1"
        ));
    }
    let Bilingual { ja, en } = unpublishable(id)?;
    Some(say!(
        ja: "「{id}」という名前のページは公開できません。{ja}。別の id にしてください",
        en: "no page can be published under the id `{id}`: {en}; choose another id"
    ))
}

fn no_id_in(number: &str) -> Bilingual {
    say!(
        ja: "番号「{number}」からは id を決められません。id を書き添えてください（例: kaigo-yosei、5-1-1）",
        en: "the number `{number}` gives no id; write an id before it, as in kaigo-yosei or 5-1-1"
    )
}

fn no_number(kind: Kind, taken: &[&str]) -> Bilingual {
    let kind = kind.key();
    let some = taken.iter().take(3).copied().collect::<Vec<_>>().join("、");
    let listed = taken.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    say!(
        ja: "今ある id（{some} など）は番号の順ではないため、次の id を決められません。`shirube new {kind} ID` のように書くか、--number で番号を指定してください",
        en: "the ids so far ({listed} …) are no run of numbers, so there is no next one; write `shirube new {kind} ID`, or give the number with --number"
    )
}

fn is_taken(id: &str, taken: &[&str]) -> Bilingual {
    let free = beside(id, taken);
    say!(
        ja: "id「{id}」はもう使われています。空いているのは、たとえば「{free}」です",
        en: "the id `{id}` is taken; `{free}` is free"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_becomes_an_id() {
        let check = |number: &str, expect: Option<&str>| assert_eq!(of_number(number).as_deref(), expect, "{number}");
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
    fn the_next_number_follows_the_highest() {
        assert_eq!(next(&[]).as_deref(), Some("1"));
        assert_eq!(next(&["1", "10", "2"]).as_deref(), Some("11"));
        assert_eq!(next(&["1-9", "1-10", "1-2"]).as_deref(), Some("1-11"));
        assert_eq!(next(&["1", "kaigo"]), None);
        assert_eq!(next(&["1-"]), None);
        assert_eq!(next(&["4294967295"]), None);
    }

    #[test]
    fn beside_one_that_is_taken_stands_one_that_is_free() {
        assert_eq!(beside("1", &["1", "2"]), "3");
        assert_eq!(beside("kaigo", &["kaigo", "kaigo-2"]), "kaigo-3");
    }
}
