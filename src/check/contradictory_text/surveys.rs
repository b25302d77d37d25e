//! Sentences about the place of a node in a survey of residents that its values contradict: 満足度は低下した beside ▲0.64 and
//! then ▲0.51, 平均を上回った below the mean, 全施策のうち最も低い, and 「重点改善」に移った beside another quadrant.

use super::Contradiction;
use crate::check::visit::SheetRef;
use crate::check::words::{contains_any, is_plan_title, quantities, sentences};
use crate::diagnostic::{Bilingual, say};
use crate::model::{Report, Survey, SurveyAxis, SurveyEntry, SurveyIx, Value};
use rust_decimal::Decimal;

/// Sentences of a sheet that contradict its newest survey.
pub(super) fn contradictions<'r>(report: &'r Report, item: SheetRef<'r>) -> Vec<Contradiction<'r>> {
    let survey_of = |entry: &SurveyEntry| item.strategy.surveys.get(entry.survey.0);
    let Some(entry) = item.sheet.surveys.iter().max_by_key(|entry| survey_of(entry).and_then(|survey| survey.year))
    else {
        return Vec::new();
    };
    let Some(survey) = survey_of(entry) else { return Vec::new() };
    let place = Place { report, item, entry, survey, before: before(item, survey) };
    let mut found = Vec::new();
    for section in item.sheet.sections.iter().filter(|section| !is_plan_title(&section.title)) {
        for sentence in sentences(&section.prose.markdown) {
            let message =
                [Measure::X, Measure::Y].into_iter().find_map(|measure| place.of_measure(sentence.text, measure));
            let message = message.or_else(|| place.of_quadrant(sentence.text));
            found.extend(message.map(|message| Contradiction::of_sentence(section, &sentence, message)));
        }
    }
    found
}

/// The place of the node in the newest survey before `survey`.
fn before<'r>(item: SheetRef<'r>, survey: &Survey) -> Option<&'r SurveyEntry> {
    let year = survey.year?;
    let sheets = item.node.sheets.iter().filter(|sheet| sheet.edition <= item.sheet.edition);
    let entries = sheets.flat_map(|sheet| &sheet.surveys);
    let dated = entries.filter_map(|entry| Some((item.strategy.surveys.get(entry.survey.0)?.year?, entry)));
    dated.filter(|(of, _)| *of < year).max_by_key(|(of, _)| *of).map(|(_, entry)| entry)
}

#[derive(Clone, Copy)]
enum Measure {
    X,
    Y,
}

impl Measure {
    fn axis(self, survey: &Survey) -> &SurveyAxis {
        match self {
            Self::X => &survey.x,
            Self::Y => &survey.y,
        }
    }

    fn number(self, entry: &SurveyEntry) -> Option<Decimal> {
        let value = match self {
            Self::X => entry.x.as_ref(),
            Self::Y => entry.y.as_ref(),
        };
        value.and_then(Value::decimal)
    }
}

/// The newest place of a node, and the one before.
struct Place<'r> {
    report: &'r Report,
    item: SheetRef<'r>,
    entry: &'r SurveyEntry,
    survey: &'r Survey,
    before: Option<&'r SurveyEntry>,
}

impl Place<'_> {
    fn of_measure(&self, sentence: &str, measure: Measure) -> Option<Bilingual> {
        let title = measure.axis(self.survey).title.as_str();
        let at = sentence.find(title).filter(|_| !title.is_empty())?;
        let rest = sentence.get(at + title.len()..)?;
        let other = match measure {
            Measure::X => &self.survey.y.title,
            Measure::Y => &self.survey.x.title,
        };
        let rest = rest.split(other.as_str()).next()?;
        if contains_any(rest, &["前々", "以降", "ずつ", "年連続"]) {
            return None;
        }
        let now = measure.number(self.entry)?;
        rest.split('、').find_map(|clause| {
            self.of_change(clause, measure, now)
                .or_else(|| Self::of_mean(clause, measure.axis(self.survey), now))
                .or_else(|| self.of_rank(clause, measure, now))
        })
    }

    /// A change from the survey before: 0.13ポイント低下した.
    fn of_change(&self, clause: &str, measure: Measure, now: Decimal) -> Option<Bilingual> {
        const RISEN: [&str; 9] =
            ["上昇し", "向上し", "高まっ", "高まり", "増加し", "上がっ", "上がり", "改善し", "伸び"];
        const FALLEN: [&str; 8] = ["低下し", "下降し", "下がっ", "下がり", "減少し", "悪化し", "落ち込", "後退し"];
        let (risen, fallen) = (contains_any(clause, &RISEN), contains_any(clause, &FALLEN));
        if risen == fallen {
            return None;
        }
        let before = measure.number(self.before?)?;
        let title = &measure.axis(self.survey).title;
        if risen && now <= before || fallen && now >= before {
            let (now, before) = (now.normalize(), before.normalize());
            return Some(say!(
                ja: "「{title}」の増減が逆です（前回の調査は{before}、今回は{now}）",
                en: "the text contradicts the change of `{title}` from {before} to {now}"
            ));
        }
        let quantities = quantities(clause);
        let [stated] = quantities.as_slice() else { return None };
        let change = (now - before).abs();
        let is_change = stated.after.starts_with("ポイント") || stated.after.starts_with('点');
        (is_change && stated.number.round_dp(1) != change && stated.number != change).then(|| {
            let (written, change) = (&stated.digits, change.normalize());
            say!(
                ja: "文章の「{written}」が、「{title}」の前回との差{change}と合いません",
                en: "the text says `{written}`, but `{title}` changed by {change}"
            )
        })
    }

    /// A comparison with the mean of all nodes.
    fn of_mean(clause: &str, axis: &SurveyAxis, now: Decimal) -> Option<Bilingual> {
        let at = clause.find("平均")?;
        let rest = clause.get(at..)?;
        let above =
            contains_any(rest, &["平均を上回", "平均をわずかに上回", "平均より高", "平均よりも高", "平均を大きく上回"]);
        let below =
            contains_any(rest, &["平均を下回", "平均をわずかに下回", "平均より低", "平均よりも低", "平均を大きく下回"]);
        let mean = axis.mean.as_ref()?.decimal()?;
        let is_wrong = above != below && (above && now < mean || below && now > mean);
        is_wrong.then(|| {
            let (title, now, mean) = (&axis.title, now.normalize(), mean.normalize());
            say!(
                ja: "平均との比較が、「{title}」の値{now}と平均{mean}に合いません",
                en: "the text contradicts the value {now} of `{title}`, whose mean is {mean}"
            )
        })
    }

    /// The first or last place among all nodes of the survey.
    fn of_rank(&self, clause: &str, measure: Measure, now: Decimal) -> Option<Bilingual> {
        let is_of_all = contains_any(clause, &["全施策", "全ての施策", "すべての施策", "施策のうち", "施策の中"]);
        let (highest, lowest) = (clause.contains("最も高"), clause.contains("最も低"));
        if !is_of_all || highest == lowest {
            return None;
        }
        let survey: SurveyIx = self.entry.survey;
        let others = self.report.nodes(self.item.id.strategy).filter(|(id, _)| *id != self.item.id);
        let mut values = others.filter_map(|(_, node)| {
            let entries = node.sheet(self.item.sheet.edition)?.surveys.iter();
            let number = entries.filter(|entry| entry.survey == survey).find_map(|entry| measure.number(entry))?;
            Some((node, number))
        });
        let (node, number) = values.find(|(_, other)| if highest { *other > now } else { *other < now })?;
        let (title, name, number, now) =
            (&measure.axis(self.survey).title, &node.name, number.normalize(), now.normalize());
        Some(say!(
            ja: "「{title}」の順位が値と合いません（この値は{now}、「{name}」は{number}）",
            en: "the text contradicts the values of `{title}`: {now} here, and {number} of `{name}`"
        ))
    }

    /// The quadrant that the text names: 「重点改善」に移った.
    fn of_quadrant(&self, sentence: &str) -> Option<Bilingual> {
        const WORDS: [&str; 7] = ["」に移", "」とな", "」にな", "」に位置", "」に分類", "」に該当", "」に属"];
        let (quadrant, names) = (self.entry.quadrant.as_deref()?, self.survey.quadrants.as_ref()?);
        let named = names.iter().find(|name| WORDS.iter().any(|word| sentence.contains(&format!("「{name}{word}"))))?;
        (named != quadrant
            && !sentence.contains(&format!("「{quadrant}」"))
            && !contains_any(sentence, &["前回の「", "前回は「"]))
        .then(|| {
            say!(
                ja: "文章では「{named}」ですが、調査の区分は「{quadrant}」です",
                en: "the text says `{named}`, but the quadrant of the survey is `{quadrant}`"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::Fixture;

    fn check(text: &str, expected: bool) {
        check_under("結果", text, expected);
    }

    fn check_under(title: &str, text: &str, expected: bool) {
        let survey = |id: &str, year: &str| {
            format!(
                "[[survey]]\nid = '{id}'\ntitle = '{id}'\nyear = '{year}'\nx = {{ title = '満足度', mean = '0.2' }}\n\
                 y = {{ title = '重要度', mean = '1.0' }}\nquadrants = ['重点改善', '重点維持', '改善検討', '現状維持']\n"
            )
        };
        let sheet = |id: &str, x: &str, text: &str| {
            format!("+++\n[survey.{id}]\nx = '{x}'\ny = '1.2'\nquadrant = '重点改善'\n+++\n## {title}\n{text}\n")
        };
        let content =
            Fixture::new().edition("2024", "R6").append_to_strategy(&[survey("r5", "R5"), survey("r6", "R6")].concat());
        let content = content.policy("1", &[]).policy("2", &[]);
        let content = content
            .file("policies/1/2023.md", &sheet("r5", "▲0.64", ""))
            .file("policies/2/2024.md", &sheet("r6", "0.4", ""));
        let found: &[&str] = if expected { &["policies/1/2024.md:8"] } else { &[] };
        content.file("policies/1/2024.md", &sheet("r6", "▲0.51", text)).assert_finds("contradictory-text", found);
    }

    #[test]
    fn compares_changes_with_the_survey_before() {
        check("満足度は0.13ポイント上昇したが、なお全施策のうち最も低い。", false);
        check("満足度は0.13ポイント低下し、全施策のうち最も低い。", true);
        check("満足度は0.31ポイント上昇した。", true);
        check("満足度は令和2年度以降で見ると低下した。", false);
    }

    #[test]
    fn compares_places_with_the_mean_and_the_other_nodes() {
        check("満足度は平均を下回っている。", false);
        check("満足度は平均を上回っている。", true);
        check("満足度は全施策のうち最も高い。", true);
        check("重要度は平均より高い。", false);
        check_under("今後の方針", "満足度は平均を上回る水準とする。", false);
    }

    #[test]
    fn compares_names_of_quadrants() {
        check("前年度の「重点維持」から「重点改善」に移った。", false);
        check("「重点維持」に移った。", true);
        check("「重点維持」に位置していたが、今回は「重点改善」である。", false);
        check("前回は「重点維持」に位置していた。", false);
    }
}
