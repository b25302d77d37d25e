//! The indicators that clauses of a text are about, for the comparison of statements with values.

use super::visit::SheetRef;
use super::words::{noun_at_end, pairs};
use crate::model::{Figures, FiscalYear, Indicator, Node, Value};
use std::collections::BTreeSet;

/// An indicator that a clause can be about.
pub(super) struct Subject<'r> {
    node: &'r Node,
    index: usize,
    is_own: bool,
    pub(super) indicator: &'r Indicator,
    /// Its figures in the sheet.
    pub(super) figures: &'r Figures,
    /// Names by which a text can call it, the longest first.
    names: Vec<&'r str>,
    /// Words of its name, and of that of its program if that is a row of the node of the text.
    words: [BTreeSet<[char; 2]>; 2],
}

impl<'r> Subject<'r> {
    /// Returns true if the indicator counts work, so that a greater value is better: 移住体験ツアー実施回数.
    pub(super) fn counts_work(&self) -> bool {
        self.indicator.better.is_none() && work_of(&self.indicator.name).is_some()
    }

    /// Returns true if a text contains a name of the indicator.
    pub(super) fn is_named_in(&self, text: &str) -> bool {
        self.names.iter().any(|name| text.contains(name))
    }

    /// Actual value of a year in the sheet, or else in another one.
    pub(super) fn actual(&self, year: FiscalYear) -> Option<&'r Value> {
        let others = self.node.sheets.iter().rev().filter_map(|sheet| sheet.figures.get(&self.index));
        std::iter::once(self.figures).chain(others).find_map(|figures| figures.actual.get(&year))
    }
}

/// All indicators that the texts of a sheet can be about.
pub(super) struct Subjects<'r>(Vec<Subject<'r>>);

impl<'r> Subjects<'r> {
    pub(super) fn new(item: SheetRef<'r>, below: &[&'r Node]) -> Self {
        let mut subjects = Vec::new();
        for (node, is_below) in std::iter::once((item.node, false)).chain(below.iter().map(|node| (*node, true))) {
            let Some(sheet) = node.sheet(item.sheet.edition) else { continue };
            for (index, figures) in &sheet.figures {
                let Some(indicator) = node.indicators.get(*index) else { continue };
                let of_program = if is_below { pairs(&node.name) } else { BTreeSet::new() };
                let words = [pairs(&indicator.name), of_program];
                subjects.push(Subject {
                    node,
                    index: *index,
                    is_own: !is_below,
                    indicator,
                    figures,
                    names: names(&indicator.name),
                    words,
                });
            }
        }
        Self(subjects)
    }

    /// Indicators of the node of the text itself.
    pub(super) fn own(&self) -> impl Iterator<Item = &Subject<'r>> {
        self.0.iter().filter(|subject| subject.is_own)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets `topic` to the indicator that is the subject of a clause, and returns what the clause says about it. A clause
    /// without a subject is about the topic so far; one with another subject has no topic.
    pub(super) fn topic_of<'s, 't>(&'s self, clause: &'t str, topic: &mut Option<&'s Subject<'r>>) -> &'t str {
        const PARTICLES: [char; 3] = ['が', 'は', 'も'];
        let named = |name: &str| clause.strip_prefix(name).filter(|rest| rest.starts_with(PARTICLES));
        let best = self
            .0
            .iter()
            .flat_map(|subject| &subject.names)
            .filter(|name| named(name).is_some())
            .max_by_key(|name| name.len());
        if let Some(name) = best {
            let mut called = self.0.iter().filter(|subject| subject.names.contains(name));
            *topic = called.next().filter(|_| called.next().is_none());
            return named(name).unwrap_or(clause).get('が'.len_utf8()..).unwrap_or_default();
        }
        // 移住体験ツアーの実施が心配されたが、: the work that 移住体験ツアー実施回数 counts.
        if let Some((work, rest)) = work_before_particle(clause, PARTICLES) {
            let mut called = self
                .own()
                .filter(|subject| work_of(&subject.indicator.name).is_some_and(|name| ends_with_word(work, name)));
            if let (Some(only), None) = (called.next(), called.next()) {
                *topic = Some(only);
                return rest;
            }
        }
        // 窓口の統合により相談が減り: what the only indicator with this noun counts.
        if let Some((before, rest)) = clause.split_once(PARTICLES)
            && let Some(noun) = subject_noun(before)
        {
            let mut called = self.0.iter().filter(|subject| counts_noun(&subject.indicator.name, noun));
            if let (Some(only), None) = (called.next(), called.next())
                && only.is_own
            {
                *topic = Some(only);
                return rest;
            }
        }
        // 目標を下回った without a subject is about the only indicator.
        if ["目標を", "目標に", "目標の", "計画を"].iter().any(|words| clause.starts_with(words)) {
            if let (None, [only]) = (&topic, self.0.as_slice()) {
                *topic = Some(only);
            }
            return clause;
        }
        let Some((before, rest)) = clause.split_once(PARTICLES) else { return clause };
        if before.starts_with("目標") || before.starts_with("前年") {
            return clause;
        }
        let of_clause = pairs(before);
        let mut described = self.0.iter().filter(|subject| {
            let [of_indicator, of_program] = &subject.words;
            of_clause.iter().any(|pair| of_indicator.contains(pair))
                && of_clause.iter().all(|pair| of_indicator.contains(pair) || of_program.contains(pair))
                && (of_clause.len() > 1 || of_clause.iter().any(|pair| of_program.contains(pair)))
        });
        *topic = described.next().filter(|_| described.next().is_none());
        rest
    }
}

/// Returns true if a noun is the last word of what the name of an indicator counts: 相談 or 創業相談 for 創業相談の件数.
pub(super) fn counts_noun(name: &str, noun: &str) -> bool {
    const COUNTS: [&str; 12] =
        ["の件数", "件数", "の人数", "人数", "の回数", "回数", "の組数", "組数", "の者数", "者数", "の数", "数"];
    let name = name.split(['（', '(']).next().unwrap_or(name);
    noun.chars().count() > 1
        && COUNTS.iter().find_map(|count| name.strip_suffix(count)).is_some_and(|counted| counted.ends_with(noun))
}

/// The noun before the particle of a clause, if what comes before it is another part of the sentence: 相談 of 統合により相談が.
pub(super) fn subject_noun(before: &str) -> Option<&str> {
    let noun = noun_at_end(before);
    let rest = before.strip_suffix(noun)?.chars().next_back();
    (noun.chars().count() > 1 && rest.is_none_or(|char| matches!(char, 'で' | 'り' | 'て' | 'ず' | '、')))
        .then_some(noun)
}

/// Work that the name of an indicator counts: 移住体験ツアー of 移住体験ツアー実施回数.
fn work_of(name: &str) -> Option<&str> {
    const COUNTS: [&str; 8] =
        ["の実施回数", "実施回数", "の開催回数", "開催回数", "の実施件数", "実施件数", "の回数", "実施数"];
    let name = name.split(['（', '(']).next().unwrap_or(name);
    COUNTS.iter().find_map(|count| name.strip_suffix(count)).filter(|work| work.chars().count() > 3)
}

/// Returns true if a text ends with a word: 感染拡大で移住体験ツアー, but not 新移住体験ツアー.
fn ends_with_word(text: &str, word: &str) -> bool {
    let before = text.strip_suffix(word).map(|before| before.chars().next_back());
    before.is_some_and(|last| last.is_none_or(|char| matches!(char, 'で' | 'に' | 'り' | 'て' | 'ず' | '、')))
}

/// Subject of a clause without the word for its holding, and what the clause says about it: 移住体験ツアーの実施が.
fn work_before_particle(clause: &str, particles: [char; 3]) -> Option<(&str, &str)> {
    let (before, rest) = clause.split_once(particles)?;
    let work = ["の実施", "の開催"].iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
    Some((work, rest))
}

/// Names by which a text can call an indicator: the whole name, its end after の or 」, and both without 数.
pub(super) fn names(name: &str) -> Vec<&str> {
    let name = name.split(['（', '(']).next().unwrap_or(name);
    let end = name.rsplit(['の', '」']).next().unwrap_or(name);
    let mut names: Vec<&str> = Vec::new();
    for one in [name, end] {
        names.extend([Some(one), one.strip_suffix("数")].into_iter().flatten().filter(|it| it.chars().count() > 2));
    }
    names.dedup();
    names
}
