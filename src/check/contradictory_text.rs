//! The rule `contradictory-text`.

mod absence;
mod answers;
mod dates;
mod events;
mod groups;
mod labels;
mod months;
mod names;
mod notes;
mod surveys;
mod totals;

use super::visit::{SheetRef, sheets};
use super::words::{Sentence, is_plan_title, span_in};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{Kind, Owner, Report, Section};
use std::ops::Range;

pub(super) const LINT: Lint = Lint {
    rule: Rule::ContradictoryText,
    title: Bilingual {
        ja: "同じことについての記載が、ほかの文章や注記と食い違う",
        en: "a text that states something otherwise than another text or a note",
    },
    explanation: Bilingual {
        ja: "一つの調書の文章、欄の言葉と注記、指標の定義、事業の本文（施策では、その行の事業の調書も）を比べます。「全小学校25校」のような全体の数と\
             「25周年記念市民訪問団」のような周年がほかと違うとき。「移管者：30名」のような項目の数が、施策の文章の「移管者33名」と違うとき。「訪問者数：\
             120人（前年度比94.7%）」のある項目を、前年より増えたとする文。「利用者が1人もいなかった」という文と、実績に挙げられた件数。\
             注記に「4月に実施した」とあることを、行っていないとする文。「子ども文化祭は12月」のような月や、「筑波大学と提携した」のような相手の名前が、\
             指標の注記と違うもの。「令和5年4月にセンターを設置した」のような出来事の年月で、ほかの文章や前の版の予定と合わないもの。\
             決算額のある年度より前に終了したとする文、「対応済み」なのに後の年度に行うとする対応、定義の「全小学校25校」を上回る値。\
             「西部地区で少ない」と内訳の値、「６月から５月に早めた」と「２か月早め」、「満足度は低下した」「平均を上回った」\
             「「重点改善」に移った」と調査の値、前の調書と少し違う学校などの名前と、別の年度の名前の並び。\
             年度を述べる文、見込みや予定と実績のように時点の違うもの、一部についての文は比べません。",
        en: "The texts of a sheet, the words and notes of its cells, the definitions of indicators and the description of the node are \
             compared, for policies also with the sheets of their programs. Reported are: a total such as 全小学校25校, or an anniversary \
             such as 25周年記念市民訪問団, that differs from the others; a count of a list (移管者：30名) that is another one in the text of the \
             policy; an increase of what a list calls 94.7% of the year before; 利用者が1人もいなかった beside counts of results; a \
             sentence that says that something was not done which a note says was done; and a month (子ども文化祭は12月) or a partner \
             (筑波大学と提携した) that differs from the note of the indicator; an event such as 令和5年4月にセンターを設置した that another text \
             dates otherwise, or that an earlier edition planned for later; an end before a year with a settlement; an answer with the state \
             対応済み that announces work for a later year; a value above the total of its definition; 西部地区で少ない beside the values of the \
             groups; ６月から５月に早めた beside ２か月早め; changes, means, ranks and quadrants of a survey (満足度は低下した); and names of schools \
             and other places that differ slightly from an earlier sheet, or are those of another year. Sentences about other years, plans \
             or parts are not compared.",
    },
    example: concat!("definition = \"市内全小学校25校が対象\"\n", "\n", "市内全小学校29校で開催する。"),
    remedy: Bilingual {
        ja: "どちらが正しいかを資料と見比べ、直してください。",
        en: "Compare both with the source, and correct the wrong one.",
    },
    confidence: Confidence::Possible,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for item in sheets(report) {
        let mut below = Vec::new();
        if item.node.kind == Kind::Policy {
            for (_, id) in report.rows(Owner::Node(item.id)) {
                let node = report.node(id);
                let sheet = node.sheet(item.sheet.edition);
                below.extend(sheet.map(|sheet| SheetRef { id, node, sheet, ..item }));
            }
        }
        let mut found = totals::contradictions(item);
        found.extend(labels::contradictions(item, &below));
        found.extend(absence::contradictions(item));
        found.extend(notes::contradictions(item));
        found.extend(dates::contradictions(item));
        found.extend(events::contradictions(item, &below));
        found.extend(answers::contradictions(item));
        found.extend(groups::contradictions(item));
        found.extend(months::contradictions(item));
        found.extend(names::contradictions(item, &below));
        found.extend(surveys::contradictions(report, item));
        for contradiction in found {
            let Contradiction { span, about, message } = contradiction;
            findings.add_first(Confidence::Possible, span, about, message, help());
        }
    }
}

/// Returns true for the number of a total such as 全小学校25校, which this rule compares.
pub(super) fn is_total(sentence: &str, number: &Range<usize>) -> bool {
    totals::in_sentence(sentence).iter().any(|(_, _, range)| range == number)
}

fn help() -> Bilingual {
    say!(
        ja: "二つの記載のどちらが正しいか、資料と見比べてください",
        en: "compare both texts with the source"
    )
}

/// A text that another one contradicts.
struct Contradiction<'r> {
    span: Span,
    /// Title of the section.
    about: &'r str,
    message: Bilingual,
}

impl<'r> Contradiction<'r> {
    fn new(section: &'r Section, range: Range<usize>, message: Bilingual) -> Self {
        Self { span: span_in(&section.prose, range), about: &section.title, message }
    }

    fn of_sentence(section: &'r Section, sentence: &Sentence<'_>, message: Bilingual) -> Self {
        Self::new(section, sentence.start..sentence.start + sentence.text.len(), message)
    }
}

/// A text about a node in the year of a sheet.
struct Passage<'r> {
    text: &'r str,
    /// Section of a sheet; `None` for cells, definitions and descriptions, which are less likely wrong than a sentence.
    section: Option<&'r Section>,
}

/// All texts about the node of a sheet, those of its sections first.
fn passages(item: SheetRef<'_>) -> Vec<Passage<'_>> {
    let outside = |text| Passage { text, section: None };
    let sections = item.sheet.sections.iter();
    let mut passages: Vec<Passage<'_>> =
        sections.map(|section| Passage { text: &section.prose.markdown, section: Some(section) }).collect();
    passages.push(outside(item.node.body.markdown.as_str()));
    for indicator in &item.node.indicators {
        let texts = [Some(&indicator.name), indicator.definition.as_ref(), indicator.note.as_ref()];
        passages.extend(texts.into_iter().flatten().map(|text| outside(text.as_str())));
    }
    for (_, value) in item.values() {
        let words = (value.number().is_none() && !value.is_missing()).then_some(&value.printed);
        passages.extend(words.into_iter().chain(&value.note).map(|text| outside(text.as_str())));
    }
    let notes = item.sheet.figures.values().filter_map(|figures| figures.note.as_deref());
    passages.extend(notes.map(outside));
    passages
}

/// Returns true for a section about plans, or about what the work is.
fn is_plan(section: &Section) -> bool {
    is_plan_title(&section.title) || section.title.contains("概要")
}
