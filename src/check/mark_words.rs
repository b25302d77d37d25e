//! Marks in words that the texts of the sheet contradict, for the rule `mark-method`: 単独事業 beside 国の補助事業, and 遅れている beside
//! 順調に伸びており.

use super::mark_meaning::key_of;
use super::visit::{SheetRef, single_mark};
use super::words::{contains_any, is_plan_title, sentences};
use crate::diagnostic::{Bilingual, Span, say};
use crate::model::{Mark, Section, Tone};

/// Marks of a sheet that its texts contradict: their place, key path and message.
pub(super) fn contradictions(item: SheetRef<'_>) -> Vec<(Span, String, Bilingual)> {
    let marked = item
        .sheet
        .judgements
        .iter()
        .filter(|judgement| judgement.year.is_none_or(|year| Some(year) == item.edition.year));
    let found = marked.filter_map(|judgement| {
        let (scale, mark) = single_mark(item.strategy, judgement)?;
        let said = of_funding(item, mark).or_else(|| on_course(item, mark))?;
        let printed = &mark.printed;
        let message = say!(
            ja: "「{printed}」とされていますが、本文には「{said}」とあります",
            en: "the mark is `{printed}`, but the text says `{said}`"
        );
        Some((judgement.span, key_of(item, scale, judgement, "judgement"), message))
    });
    found.collect()
}

/// Sections about the results of the year.
fn results(item: SheetRef<'_>) -> impl Iterator<Item = &Section> {
    item.sheet.sections.iter().filter(|section| !is_plan_title(&section.title))
}

/// Words on money of the state beside a mark of a program without it, or the opposite.
fn of_funding<'r>(item: SheetRef<'r>, mark: &Mark) -> Option<&'r str> {
    const SUBSIDIZED: [&str; 7] = [
        "国の補助事業",
        "国庫補助事業",
        "県の補助事業",
        "道の補助事業",
        "府の補助事業",
        "国庫補助金を活用し",
        "国の補助金を活用し",
    ];
    const OWN: [&str; 6] = ["市の単独事業", "市単独事業", "町の単独事業", "町単独事業", "村の単独事業", "村単独事業"];
    const NOT: [&str; 9] = ["ない", "なかった", "終了", "対象外", "検討", "以外", "廃止", "要望", "から"];
    let words: &[&str] = match mark.printed.as_str() {
        "単独" | "単独事業" | "市単独" | "町単独" => &SUBSIDIZED,
        "補助" | "補助事業" | "国庫補助" => &OWN,
        _ => return None,
    };
    let texts = results(item).flat_map(|section| sentences(&section.prose.markdown));
    texts.map(|sentence| sentence.text).find(|text| contains_any(text, words) && !contains_any(text, &NOT))
}

/// A sentence that says that all goes well, beside a mark of delay, if no sentence and no figure says otherwise.
fn on_course<'r>(item: SheetRef<'r>, mark: &Mark) -> Option<&'r str> {
    const LATE: [&str; 6] = ["遅れ", "不調", "停滞", "未達", "遅延", "順調でない"];
    const WELL: [&str; 12] = [
        "順調に進",
        "順調に伸",
        "順調に増",
        "順調に推移",
        "計画どおり進",
        "計画通り進",
        "予定どおり進",
        "予定通り進",
        "目標を達成した",
        "目標を上回った",
        "計画どおり実施した",
        "計画通り実施した",
    ];
    const ILL: [&str; 25] = [
        "遅れ",
        "遅延",
        "できな",
        "できず",
        "下回",
        "届か",
        "届いて",
        "達しな",
        "達して",
        "至ら",
        "至って",
        "中止",
        "延期",
        "困難",
        "不足",
        "低迷",
        "伸び悩",
        "減少",
        "減っ",
        "しなかった",
        "影響",
        "進まな",
        "進んでい",
        "未達",
        "一方",
    ];
    let text = mark.meaning.as_deref().unwrap_or(&mark.printed);
    let has_target =
        item.sheet.figures.values().any(|figures| figures.target.values().any(|target| !target.is_missing()));
    if mark.tone != Tone::Poor || !contains_any(text, &LATE) || has_target {
        return None;
    }
    let all: Vec<&str> = item
        .sheet
        .sections
        .iter()
        .flat_map(|section| sentences(&section.prose.markdown))
        .map(|sentence| sentence.text)
        .collect();
    if all.iter().any(|text| contains_any(text, &ILL)) {
        return None;
    }
    let texts = results(item).flat_map(|section| sentences(&section.prose.markdown));
    texts.map(|sentence| sentence.text).find(|text| contains_any(text, &WELL))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(mark: &str, text: &str, expected: bool) {
        const SCALES: &str = "[[scale]]\nid = 'f'\ntitle = '単独・補助の別'\nof = ['program']\nmarks = [{ mark = '単独事業' }, { mark = '補助事業' }]\n\
            [[scale]]\nid = 's'\ntitle = '状況'\nof = ['program']\nmarks = [{ mark = '順調', tone = 'good' }, { mark = '遅れている', tone = 'poor' }, { mark = '遅れを解消', tone = 'good' }]";
        let content = Fixture::new().append_to_strategy(SCALES).with(program("a", ""));
        let found: &[&str] = if expected { &["programs/a/2023.md:3"] } else { &[] };
        let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '合宿の件数'\nunit = '件'\n+++\n";
        let sheet = format!("+++\n[judgement]\n{mark}\n+++\n## 実績\n{text}\n");
        content
            .file("programs/a/program.md", node)
            .file("programs/a/2023.md", &sheet)
            .assert_finds("mark-method", found);
    }

    #[test]
    fn compares_the_funding_with_the_text() {
        check("f = '単独事業'", "国の補助事業により整備した。", true);
        check("f = '補助事業'", "国の補助事業により整備した。", false);
        check("f = '単独事業'", "国の補助事業の対象外である。", false);
        check("f = '補助事業'", "市の単独事業として補助した。", true);
    }

    #[test]
    fn compares_delays_with_the_text() {
        check("s = '遅れている'", "合宿の誘致が順調に伸びている。", true);
        check("s = '遅れている'", "合宿の誘致は順調に伸びたが、工事は遅れた。", false);
        check("s = '順調'", "合宿の誘致が順調に伸びている。", false);
        check("s = '遅れを解消'", "合宿の誘致が順調に伸びている。", false);
        check("s = '遅れている'\n[indicator.x]\ntarget.R5 = 10", "合宿の誘致が順調に伸びている。", false);
    }
}
