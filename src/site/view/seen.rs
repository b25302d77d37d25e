//! What is seen on a chart, in one sentence: its title. It is made of printed figures and of
//! the plain differences that the page tells anyway; no verdict is added.

use super::assessment::DifferenceView;
use super::key::{KeyAmount, KeyFigure, KeyView};
use super::value::ValueView;
use crate::assess::NotComputable;
use crate::chart::Texts;
use crate::diagnostic::Lang;
use crate::model::{Indicator, MoneyKind, accumulate_alike};

/// The title of a chart, and what need not be told beside it again.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// What it says, statement by statement, without a full stop.
    pub title: Vec<String>,
    /// How many of the differences, from the first, it tells.
    pub tells: usize,
    /// Whether it names the target without saying how the value lies to it.
    pub names_goal: bool,
}

/// The longest target in words that goes into a title, in letters.
const WORDS: usize = 24;

/// What the chart of an indicator shows: the newest value, and how it stands to the target;
/// where that has no difference, the target alone. `None` without an actual value.
pub(super) fn of_indicator(
    indicator: &Indicator,
    key: Option<&KeyView<'_>>,
    differences: &[DifferenceView],
    lang: Lang,
) -> Option<Seen> {
    let key = key?;
    let now = key.now.as_ref()?;
    let first = differences.first();
    let told = |goal: &&KeyFigure<'_>| !goal.value.words || goal.figure.chars().count() <= WORDS;
    let (stood, goal) = match first {
        // What differs may be another value than the newest one: then the title is of that.
        Some(first) if now.when.as_ref() != Some(&first.when) => (stood(&first.when, &first.actual, lang), None),
        _ => {
            let figure = figure(now, key.total.then(|| total_word(lang)), lang);
            (stood(now.when.as_deref()?, &figure, lang), key.goal.as_ref().filter(told))
        }
    };
    // A target that counts something else is not named beside the value, but for a total, which is called one.
    let total = accumulate_alike(indicator).is_err();
    let goal = goal
        .filter(|_| key.guard.as_ref().is_none_or(|guard| matches!(guard, NotComputable::AnnualAgainstCumulative(_))));
    let (rest, tells) = match (first, goal) {
        (Some(first), _) if first.from == "target" => (Some(difference(first, lang)), 1),
        (_, Some(goal)) => (Some(target(goal, now, total, lang)), 0),
        (Some(first), None) => (Some(difference(first, lang)), 1),
        (None, None) => (None, 0),
    };
    let names_goal = rest.is_some() && tells == 0;
    Some(Seen { title: std::iter::once(stood).chain(rest).collect(), tells, names_goal })
}

/// What the chart of money shows: each kind in its newest year.
pub(super) fn of_money(amounts: &[(MoneyKind, KeyAmount<'_>)], texts: &Texts, lang: Lang) -> Vec<String> {
    // What is only planned is told where nothing else is.
    let firm = |(kind, _): &&(MoneyKind, KeyAmount<'_>)| *kind != MoneyKind::Plan || amounts.len() < 3;
    let mut before = None;
    let told = amounts.iter().filter(firm).map(|(kind, amount)| {
        let (kind, year) = (texts.money(*kind), amount.year.name.as_str());
        let figure = figure(&amount.figure, amount.figure.value.yen.as_deref(), lang);
        match (lang, before.replace(year) == Some(year)) {
            (Lang::Ja, true) => format!("{kind}は{figure}"),
            (Lang::Ja, false) => format!("{year}の{kind}は{figure}"),
            (Lang::En, _) => format!("{kind} in {year}: {figure}"),
        }
    });
    told.collect()
}

/// The statements of a title as one sentence.
pub(super) fn sentence(title: &[String], lang: Lang) -> Option<String> {
    let between = match lang {
        Lang::Ja => "、",
        Lang::En => "; ",
    };
    (!title.is_empty()).then(|| title.join(between))
}

/// What a running total is called.
const fn total_word(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => "累計",
        Lang::En => "running total",
    }
}

/// 令和元年度は22人.
fn stood(when: &str, figure: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{when}は{figure}"),
        Lang::En => format!("{figure} in {when}"),
    }
}

/// 目標（計画期間末）は400人.
fn target(goal: &KeyFigure<'_>, now: &KeyFigure<'_>, cumulative: bool, lang: Lang) -> String {
    let figure = figure(goal, None, lang);
    let when = goal.when.as_deref();
    match (lang, cumulative) {
        (Lang::Ja, false) if goal.when == now.when => format!("目標は{figure}"),
        (Lang::En, false) if goal.when == now.when => format!("the target is {figure}"),
        (Lang::Ja, false) => format!("目標（{}）は{figure}", when.unwrap_or("計画期間末")),
        (Lang::Ja, true) => format!("目標（{}までの累計）は{figure}", when.unwrap_or("計画期間末")),
        (Lang::En, false) => format!("the target for {} is {figure}", when.unwrap_or("the end of the plan")),
        (Lang::En, true) => format!("the target, all years to {} together, is {figure}", when.unwrap_or("the end")),
    }
}

/// A figure with its unit, and in brackets what must stay with it.
fn figure(figure: &KeyFigure<'_>, yen: Option<&str>, lang: Lang) -> String {
    let unit = figure.unit.as_deref().unwrap_or_default();
    let ValueView { interim, estimated, estimate_word, as_of, .. } = &figure.value;
    let mut tags: Vec<String> = yen.map(str::to_owned).into_iter().collect();
    match lang {
        Lang::Ja => {
            tags.extend(interim.then(|| "途中の値".to_owned()));
            tags.extend(as_of.as_ref().map(|day| format!("{day}現在")));
            tags.extend(estimated.then(|| estimate_word.unwrap_or("見込み").to_owned()));
        }
        Lang::En => {
            tags.extend(interim.then(|| "interim".to_owned()));
            tags.extend(as_of.as_ref().map(|day| format!("as of {day}")));
            tags.extend(estimated.then(|| estimate_word.unwrap_or("expected").to_owned()));
        }
    }
    let tags = match (tags.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Ja) => format!("（{}）", tags.join("、")),
        (false, Lang::En) => format!(" ({})", tags.join(", ")),
    };
    format!("{}{unit}{tags}", joined(figure.figure))
}

/// A figure without the blank that a cell may have before its unit: 34 地区 → 34地区.
fn joined(figure: &str) -> String {
    match figure.split_once(' ') {
        Some((digits, unit)) if digits.ends_with(|c: char| c.is_ascii_digit()) && !unit.contains(' ') => {
            format!("{digits}{unit}")
        }
        _ => figure.to_owned(),
    }
}

/// How the value lies to another: 目標（令和2年度）の1,960千人まであと154千人.
fn difference(difference: &DifferenceView, lang: Lang) -> String {
    let DifferenceView { from, lies, other_when, other, gap, .. } = difference;
    let when = other_when.as_deref();
    match lang {
        Lang::Ja => {
            let name = match *from {
                "target" => "目標",
                "baseline" => "基準値",
                _ => "前の値",
            };
            let other = match when {
                Some(when) => format!("{when}の{name}の{other}"),
                None => format!("{name}の{other}"),
            };
            match *lies {
                "short" => format!("{other}まであと{gap}"),
                "over" => format!("{other}まであと{gap}の減"),
                "met" => format!("{other}を満たす"),
                "same" => format!("{other}と同じ"),
                "less" => format!("{other}を{gap}下回る"),
                _ => format!("{other}を{gap}上回る"),
            }
        }
        Lang::En => {
            let name = match *from {
                "target" => "target",
                "baseline" => "baseline",
                _ => "value before",
            };
            let other = match when {
                Some(when) if *from == "target" => format!("the {name} for {when}, {other}"),
                Some(when) => format!("the {name} ({when}), {other}"),
                None => format!("the {name}, {other}"),
            };
            match *lies {
                "short" => format!("still {gap} short of {other}"),
                "over" => format!("still {gap} above {other}"),
                "met" => format!("in keeping with {other}"),
                "same" => format!("the same as {other}"),
                "less" => format!("{gap} below {other}"),
                _ => format!("{gap} above {other}"),
            }
        }
    }
}
