//! Sentences that call a group of an indicator the highest or lowest one, or compare two of them, against their values: 西部地区で
//! 少ない beside 8.8, 9.6 and 7.0.

use super::Contradiction;
use crate::check::visit::SheetRef;
use crate::check::words::{contains_any, pairs, sentences};
use crate::diagnostic::{Bilingual, say};
use crate::model::FiscalYear;
use rust_decimal::Decimal;

/// Sentences of a sheet that contradict the groups of its indicators.
pub(super) fn contradictions(item: SheetRef<'_>) -> Vec<Contradiction<'_>> {
    let Some(year) = item.edition.year else { return Vec::new() };
    let divided = divided(item, year);
    let mut found = Vec::new();
    for section in item.sheet.sections.iter().filter(|_| !divided.is_empty()) {
        for sentence in sentences(&section.prose.markdown) {
            let message = contradiction(&divided, sentence.text);
            found.extend(message.map(|message| Contradiction::of_sentence(section, &sentence, message)));
        }
    }
    found
}

/// An indicator with the names and values of its groups.
struct Divided<'r> {
    name: &'r str,
    groups: Vec<(&'r str, Decimal)>,
}

impl Divided<'_> {
    fn value(&self, name: &str) -> Option<Decimal> {
        self.groups.iter().find(|(group, _)| *group == name).map(|(_, value)| *value)
    }

    /// A group whose value contradicts the statement on group `name`.
    fn against(&self, name: &str, said: &Said) -> Option<(&str, Decimal)> {
        let value = self.value(name)?;
        let is_beyond = |other: Decimal| if said.high { other > value } else { other < value };
        let mut groups = self.groups.iter().filter(|(_, other)| is_beyond(*other));
        if let Some(other) = &said.than {
            return groups.find(|(group, _)| group == other).copied();
        }
        let sum: Decimal = self.groups.iter().map(|(_, value)| *value).sum();
        let mean = sum.checked_div(Decimal::from(self.groups.len()))?;
        // Several groups can be low, but none above the mean.
        let is_wrong = said.is_extreme || if said.high { value < mean } else { value > mean };
        let furthest = |(_, one): &&(&str, Decimal)| if said.high { *one } else { -*one };
        groups.max_by_key(furthest).filter(|_| is_wrong).copied()
    }
}

fn divided(item: SheetRef<'_>, year: FiscalYear) -> Vec<Divided<'_>> {
    let mut found = Vec::new();
    for (index, figures) in &item.sheet.figures {
        let Some(indicator) = item.node.indicators.get(*index) else { continue };
        let groups: Vec<(&str, Decimal)> = figures
            .breakdowns
            .iter()
            .filter_map(|(index, years)| {
                let group = indicator.breakdowns.get(*index)?;
                Some((group.name.as_str(), years.get(&year)?.decimal()?))
            })
            .collect();
        if groups.len() > 1 {
            found.push(Divided { name: &indicator.name, groups });
        }
    }
    found
}

/// Statement of a clause on a group.
struct Said<'t> {
    high: bool,
    is_extreme: bool,
    /// Group that it is compared with.
    than: Option<&'t str>,
}

fn contradiction(divided: &[Divided<'_>], sentence: &str) -> Option<Bilingual> {
    const OTHER: [&str; 8] = ["前年", "昨年", "令和", "平成", "前回", "以前", "今後", "かつて"];
    sentence.split('、').filter(|clause| !contains_any(clause, &OTHER)).find_map(|clause| {
        let shared = |of: &&Divided<'_>| pairs(of.name).intersection(&pairs(sentence)).count();
        let about = divided.iter().filter(|of| of.groups.iter().any(|(name, _)| clause.contains(name)));
        let most = about.clone().map(|of| shared(&of)).max()?;
        let about: Vec<&Divided<'_>> = about.filter(|of| shared(of) == most).collect();
        let names = about.first()?.groups.iter().map(|(name, _)| *name);
        let mut named: Vec<(usize, &str)> = names.filter_map(|name| Some((clause.find(name)?, name))).collect();
        named.sort_unstable();
        let (name, said) = match named.as_slice() {
            [(at, name)] => (*name, said(clause.get(at + name.len()..)?, clause.contains("最も"), None)?),
            [(_, one), (at, other)] => {
                let rest = clause.get(at + other.len()..)?;
                let (name, than) = if rest.starts_with("より") || rest.starts_with("を上回") || rest.starts_with("を下回") {
                    (*one, *other)
                } else if clause.contains(&format!("{one}より")) {
                    (*other, *one)
                } else {
                    return None;
                };
                (name, said(rest, false, Some(than))?)
            }
            _ => return None,
        };
        // One indicator that agrees suffices.
        let against: Option<Vec<_>> = about.iter().map(|of| Some((of, of.against(name, &said)?))).collect();
        let against = against?;
        let (of, (group, value)) = against.first()?;
        let (indicator, own, value) = (of.name, of.value(name)?.normalize(), value.normalize());
        Some(say!(
            ja: "「{name}」についての記載が、「{indicator}」の値と合いません（「{name}」は{own}、「{group}」は{value}）",
            en: "the text about `{name}` contradicts `{indicator}`: {own} in `{name}`, and {value} in `{group}`"
        ))
    })
}

fn said<'t>(rest: &str, is_extreme: bool, than: Option<&'t str>) -> Option<Said<'t>> {
    const HIGH: [&str; 7] = ["多い", "多く、", "多く", "多か", "高い", "高く", "高か"];
    const LOW: [&str; 6] = ["少ない", "少なく", "少なか", "低い", "低く", "低か"];
    let ends_well = |word: &str| {
        let after = rest.split_once(word).map(|(_, after)| after);
        after.is_some_and(|after| !after.starts_with(['な', 'の']) && !after.starts_with("はな"))
    };
    let has = |words: &[&str]| words.iter().any(|word| ends_well(word));
    let (high, low) =
        (has(&HIGH) || than.is_some() && rest.contains("上回"), has(&LOW) || than.is_some() && rest.contains("下回"));
    // At most 23 characters between the group and the statement: 東部地区の割合が高い.
    let is_near = rest.chars().count() < 24
        && ["で", "が", "は", "の", "より", "を", "に"].iter().any(|word| rest.starts_with(word));
    (high != low && is_near).then_some(Said { high, is_extreme, than })
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{Fixture, indicator, program};

    fn check(text: &str, expected: bool) {
        let groups = "breakdown = [{ id = 'e', name = '東部地区' }, { id = 'c', name = '中央地区' }, { id = 'w', name = '西部地区' }]";
        let figures = "breakdown.e.R5 = 9.6\nbreakdown.c.R5 = 7.0\nbreakdown.w.R5 = 8.8";
        let content = indicator(groups, "")
            .file("programs/a/2023.md", &format!("+++\n[indicator.x]\n{figures}\n+++\n## 課題\n{text}\n"));
        let found: &[&str] = if expected { &["programs/a/2023.md:8"] } else { &[] };
        content.assert_finds("contradictory-text", found);
    }

    #[test]
    fn compares_groups_with_each_other() {
        check("通いの場は48か所に増えたが、中央地区で少ない。", false);
        check("通いの場は48か所に増えたが、西部地区で少ない。", true);
        check("参加は西部地区が最も多い。", true);
        check("参加は東部地区が最も多い。", false);
        check("参加は中央地区で多くなった。", false);
        check("前年は西部地区が最も多い。", false);
        check("中央地区が東部地区より高い。", true);
        check("東部地区が中央地区より高い。", false);
    }

    #[test]
    fn the_indicator_with_the_most_words_of_the_sentence_is_meant() {
        let of = |id: &str, name: &str| {
            let groups = "[{ id = 'c', name = '中央地区' }, { id = 'w', name = '西部地区' }]";
            format!("[[indicator]]\nid = '{id}'\nname = '{name}'\nunit = '%'\nbreakdown = {groups}\n")
        };
        let node = format!("+++\nname = 'A'\n{}{}+++\n", of("x", "参加率"), of("y", "相談率"));
        let figures = |id: &str, central: u32, west: u32| {
            format!("[indicator.{id}]\nbreakdown.c.R5 = {central}\nbreakdown.w.R5 = {west}\n")
        };
        let sheet =
            format!("+++\n{}{}+++\n## 課題\n参加は西部地区が最も高い。\n", figures("x", 9, 7), figures("y", 7, 9));
        let content = Fixture::new().with(program("a", "")).file("programs/a/program.md", &node);
        content.file("programs/a/2023.md", &sheet).assert_finds("contradictory-text", &["programs/a/2023.md:10"]);
    }
}
