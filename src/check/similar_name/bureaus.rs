//! Names of offices with their bureaus: 健康福祉局 保険年金課.

use super::super::Findings;
use super::super::name_slip::slip;
use super::{Names, Place, comparable, compare_help, count};
use crate::diagnostic::{Span, say};
use std::collections::{BTreeMap, BTreeSet};

/// Number of names with a space between bureau and office that show that it is usual.
const CONVENTION: usize = 4;

/// Reports the only place in which an office belongs to another bureau than everywhere else: 健康福祉局 こども家庭課.
pub(super) fn report_other_bureaus(departments: &Names<'_>, findings: &mut Findings) {
    let mut bureaus: BTreeMap<&str, BTreeMap<&str, &Vec<Place<'_>>>> = BTreeMap::new();
    for (name, places) in departments {
        if let Some((bureau, office)) = name.split_once(char::is_whitespace) {
            bureaus.entry(office.trim()).or_default().insert(bureau, places);
        }
    }
    for (office, of) in &bureaus {
        for (bureau, places) in of.iter().filter(|(_, places)| count(places) == 1) {
            let Some(place) = places.first() else { continue };
            let usual = of.iter().filter(|(other, _)| *other != bureau && slip(bureau, other).is_none());
            let usual = usual.max_by_key(|(_, others)| comparable(place, others).len());
            let Some((usual, count)) = usual.map(|(usual, others)| (usual, comparable(place, others).len())) else {
                continue;
            };
            // Of two places, the one with the rarer bureau is in question; every bureau can have an office of general affairs.
            const GENERAL: [&str; 6] = ["総務課", "庶務課", "管理課", "企画課", "計画課", "総務部"];
            let places_of = |bureau: &str| departments.get(bureau).map_or(0, Vec::len);
            let is_rarer = || count == 1 && !GENERAL.contains(office) && places_of(bureau) < places_of(usual);
            if count < 2 && !is_rarer() {
                continue;
            }
            let message = say!(
                ja: "「{office}」は、ここでは「{bureau}」、ほかの{count}件では「{usual}」の所属です",
                en: "`{office}` belongs to `{bureau}` here, but to `{usual}` in {count} other places"
            );
            let help = say!(
                ja: "正しい所属に直してください。本当に別の所属なら、確認済みにしてください",
                en: "write the right one, or acknowledge the finding if the office has moved"
            );
            findings.add(place.span, place.key, message, help);
        }
    }
}

/// Reports the only name whose bureau and office have each other's words: こども家庭局 こども青少年課 for こども青少年局 こども家庭課.
pub(super) fn report_swapped(departments: &Names<'_>, findings: &mut Findings) {
    let stem =
        |name: &str| name.char_indices().next_back().map(|(end, _)| name.get(..end).unwrap_or_default().to_owned());
    let mut by_stems: BTreeMap<(String, String), (&str, &Vec<Place<'_>>)> = BTreeMap::new();
    for (name, places) in departments {
        let stems =
            name.split_once(char::is_whitespace).and_then(|(of, office)| Some((stem(of)?, stem(office.trim())?)));
        by_stems.extend(stems.map(|stems| (stems, (name.as_str(), places))));
    }
    for ((bureau, office), (name, places)) in by_stems.iter().filter(|((bureau, office), _)| bureau != office) {
        let swapped = (office.clone(), bureau.clone());
        let (Some((usual, others)), Some(place)) = (by_stems.get(&swapped), places.first()) else { continue };
        // Of two, the one whose bureau occurs in no other name is in question.
        let places_of = |name: &str| {
            let bureau = name.split_whitespace().next().unwrap_or_default();
            departments.get(bureau).map_or(0, |places| count(places))
        };
        let of_usual = comparable(place, others).len();
        if count(places) != 1 || of_usual == 0 || places_of(name) >= places_of(usual) {
            continue;
        }
        let message = say!(
            ja: "「{name}」は、ほかの{of_usual}件にある「{usual}」の局と課の言葉が入れ替わっています",
            en: "`{name}` is `{usual}` of {of_usual} others with the words of bureau and office swapped"
        );
        findings.add(place.span, place.key, message, compare_help(usual));
    }
}

/// Reports the only office without its bureau where all others are printed with theirs: 保険年金課.
pub(super) fn report_missing_bureaus(departments: &Names<'_>, findings: &mut Findings) {
    let mut with_bureau: BTreeMap<&str, (&str, &Vec<Place<'_>>)> = BTreeMap::new();
    for (name, places) in departments {
        if let Some((_, office)) = name.split_once(char::is_whitespace) {
            with_bureau.insert(office.trim(), (name, places));
        }
    }
    for (office, (whole, places)) in &with_bureau {
        // The parts of a whole name are names at the same places.
        let whole_spans: BTreeSet<Span> = departments
            .iter()
            .filter(|(name, _)| name.contains(char::is_whitespace) && name.ends_with(office))
            .flat_map(|(_, places)| places.iter().map(|place| place.span))
            .collect();
        let alone = departments.get(*office).into_iter().flatten().filter(|place| !whole_spans.contains(&place.span));
        let alone: Vec<&Place<'_>> = alone.collect();
        let [place] = alone.as_slice() else { continue };
        let count = comparable(place, places).len();
        if count == 0 {
            continue;
        }
        let message = say!(
            ja: "「{office}」は、ほかの{count}件では「{whole}」と記載されています",
            en: "`{office}` is `{whole}` in {count} other places"
        );
        findings.add(place.span, place.key, message, compare_help(whole));
    }
}

/// Reports the only name without a space between bureau and office: 経済局市場課.
pub(super) fn report_spaces(departments: &Names<'_>, findings: &mut Findings) {
    let bureaus: BTreeSet<&str> =
        departments.keys().filter_map(|name| name.split_once(char::is_whitespace)).map(|(bureau, _)| bureau).collect();
    let whole = departments.keys().filter(|name| name.contains(char::is_whitespace)).count();
    let all: Vec<(&str, &Place<'_>, (&str, &str))> = departments
        .iter()
        .filter(|(name, _)| !name.contains(char::is_whitespace))
        .filter_map(|(name, places)| {
            Some((name.as_str(), places.first()?, joined(name, &bureaus).filter(|_| whole >= CONVENTION)?))
        })
        .collect();
    let [(name, place, (bureau, office))] = all.as_slice() else { return };
    let message = say!(
        ja: "「{name}」の「{bureau}」と「{office}」の間に空白がありません（ほかの{whole}個の名前にはあります）",
        en: "there is no space between `{bureau}` and `{office}` in `{name}`, as in {whole} other names"
    );
    findings.add(place.span, place.key, message, compare_help(&format!("{bureau} {office}")));
}

/// The bureau with which a name begins, and the office after it.
fn joined<'n>(name: &'n str, bureaus: &BTreeSet<&'n str>) -> Option<(&'n str, &'n str)> {
    let mut parts = bureaus.iter().filter_map(|bureau| Some((*bureau, name.strip_prefix(bureau)?)));
    parts.find(|(_, office)| office.chars().count() > 1)
}
