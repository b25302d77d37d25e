//! The rule `missing-mark`.

use super::visit::{MarkSubject, SheetRef, applies_in, judgement_key, mark_subjects, sheets};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{FiscalYear, JudgeIx, Report, Scale, ScaleIx, Value};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const LINT: Lint = Lint {
    rule: Rule::MissingMark,
    title: Bilingual {
        ja: "ほかのほとんどの調書にある評価や区分がない",
        en: "a sheet without a mark that most other sheets have",
    },
    explanation: Bilingual {
        ja: "同じ版の同じ階層の調書・指標・行の四つに三つ以上（4件に満たなければ、ほかのすべて）にある評価や区分がないときは、書き忘れかもしれません。\
             金額のある年度に付く区分（単独事業・補助事業）なら、その年度に金額のある行と、\
             そうでなければその年度にある行と比べます。「-」のように値なしと印刷されたものは、\
             あるものとして数えます。",
        en: "If at least three quarters of the sheets, indicators or rows of a level of an edition (all others, if they are \
             fewer than four) have a mark on a scale, a missing one was probably forgotten. A mark that is given for years with money (単独事業・補助事業) is expected in rows with \
             an amount in that year, others in all rows of that year. A mark printed as missing (`\"-\"`) counts \
             as given.",
    },
    example: concat!("[money]\n", "budget.R6 = 1740\n", "[judgement]\n", "funding.R5 = \"単独事業\"    # funding.R6 ?"),
    remedy: Bilingual {
        ja: "評価や区分を書いてください。資料にもないときは、確認済みにしたうえで、\
             `[[remark]]` で読み手に知らせてください。",
        en: "Write the mark. If the source prints none, acknowledge the finding, and inform readers with a \
             `[[remark]]`.",
    },
    confidence: Confidence::Certain,
    run,
};

/// Minimum number of peers to infer an expected mark from.
const MIN_PEERS: usize = 4;
/// Minimum number of other peers that all have a mark which the only one without may lack.
const FEW_PEERS: usize = 2;

fn run(report: &Report, findings: &mut Findings) {
    let mut editions: BTreeSet<_> = BTreeSet::new();
    let subjects: Vec<MarkSubject<'_>> = sheets(report).flat_map(mark_subjects).collect();
    editions.extend(subjects.iter().map(|subject| (subject.item.id.strategy, subject.item.sheet.edition)));
    for (ix, edition) in editions {
        let is_in_edition =
            |subject: &&MarkSubject<'_>| subject.item.id.strategy == ix && subject.item.sheet.edition == edition;
        let subjects: Vec<&MarkSubject<'_>> = subjects.iter().filter(is_in_edition).collect();
        for (i, scale) in report.strategy(ix).scales.iter().enumerate() {
            let mut levels: BTreeMap<_, Vec<&MarkSubject<'_>>> = BTreeMap::new();
            for subject in subjects.iter().filter(|subject| scale.applies_to.iter().any(|kind| kind == subject.kind)) {
                let node = subject.item.node;
                levels.entry((subject.kind, node.kind, &node.label)).or_default().push(subject);
            }
            levels.values().for_each(|subjects| compare(report, subjects, ScaleIx(i), scale, findings));
        }
    }
}

fn compare(report: &Report, subjects: &[&MarkSubject<'_>], ix: ScaleIx, scale: &Scale, findings: &mut Findings) {
    let judgements = subjects.iter().flat_map(|subject| subject.judgements).filter(|judgement| judgement.scale == ix);
    let columns: BTreeSet<(Option<FiscalYear>, Option<JudgeIx>)> =
        judgements.map(|judgement| (judgement.year, judgement.judge)).collect();
    for (year, judge) in columns {
        let peers = peers(report, subjects, year);
        let has_mark = |subject: &MarkSubject<'_>| {
            let mut judgements = subject.judgements.iter();
            judgements.any(|other| (other.scale, other.year, other.judge) == (ix, year, judge))
        };
        let with_mark = peers.iter().filter(|subject| has_mark(subject)).count();
        let confidence = if peers.len() >= MIN_PEERS && with_mark * 4 >= peers.len() * 3 {
            Confidence::Certain
        } else if with_mark >= FEW_PEERS && with_mark + 1 == peers.len() {
            Confidence::Possible
        } else {
            continue;
        };
        for subject in peers.iter().filter(|subject| !has_mark(subject)) {
            let (title, name, all) = (&scale.title, subject.name, peers.len());
            let span = place(subject, ix, year, judge);
            let judge = judge.and_then(|judge| subject.item.strategy.judges.get(judge.0));
            let year_label = year.map(|year| format!(" {}", year.short())).unwrap_or_default();
            let judge_label = judge.map(|judge| format!(" {}", judge.title)).unwrap_or_default();
            let key = format!("{}.{}", subject.key, judgement_key(scale, year, judge));
            let message = say!(
                ja: "「{name}」に「{title}」{year_label}{judge_label} がありません（同じ版の{all}件のうち{with_mark}件にはあります）",
                en: "`{name}` has no mark for `{title}`{year_label}{judge_label}; {with_mark} of {all} in this edition have one"
            );
            let help = say!(
                ja: "`{key} = \"…\"` に、資料にある評価や区分を書いてください",
                en: "write the mark of the source as `{key} = \"…\"`"
            );
            findings.add_as(confidence, span, key, message, help);
        }
    }
}

/// Subjects that are expected to have a mark for `year`.
fn peers<'b, 'r>(
    report: &Report,
    subjects: &[&'b MarkSubject<'r>],
    year: Option<FiscalYear>,
) -> Vec<&'b MarkSubject<'r>> {
    let Some(year) = year else { return subjects.to_vec() };
    let with_money: Vec<_> = subjects.iter().copied().filter(|subject| amount(subject.item, year).is_some()).collect();
    if !with_money.is_empty() {
        return with_money;
    }
    let is_expected = |subject: &&&MarkSubject<'_>| applies_in(report, subject.item.id, &[year]);
    subjects.iter().filter(is_expected).copied().collect()
}

/// Span of the mark or amount beside which the missing one belongs: of the same scale, else the amount of the year, else the
/// mark on the scale before.
fn place(subject: &MarkSubject<'_>, scale: ScaleIx, year: Option<FiscalYear>, judge: Option<JudgeIx>) -> Span {
    let of_scale = || subject.judgements.iter().filter(|judgement| judgement.scale == scale);
    let before = of_scale().filter(|other| (other.year, other.judge) < (year, judge));
    let same = before.max_by_key(|other| (other.year, other.judge)).or_else(|| of_scale().next());
    let money = || year.and_then(|year| amount(subject.item, year));
    let beside = || {
        let earlier = subject.judgements.iter().filter(|other| other.scale < scale).max_by_key(|other| other.scale);
        earlier.or_else(|| subject.judgements.iter().min_by_key(|other| other.scale))
    };
    let span = same.map(|mark| mark.span).or_else(|| money().map(|value| value.span));
    span.or_else(|| beside().map(|mark| mark.span)).unwrap_or(subject.span)
}

/// First amount of money of the sheet for `year`.
fn amount(item: SheetRef<'_>, year: FiscalYear) -> Option<&Value> {
    let of_year = item.sheet.money.of_years().filter(|(_, of_year, _)| *of_year == year);
    of_year.map(|(_, _, value)| value).find(|value| value.decimal().is_some())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    const SCALES: &str = "[[scale]]\nid = 'funding'\ntitle = '区分'\nof = ['program']\nmarks = [{ mark = '単独' }]\n\
        [[scale]]\nid = 'grade'\ntitle = '達成状況'\nof = ['indicator']\nmarks = [{ mark = 'B' }]";

    fn programs(sheets: &[&str]) -> Fixture {
        let files = sheets.iter().enumerate().flat_map(|(i, sheet)| program(&i.to_string(), sheet));
        Fixture::new().append_to_strategy(SCALES).with(files)
    }

    const BOTH: &str = "[money]\nbudget.R6 = 1\n[judgement]\nfunding.R6 = '単独'";
    const MONEY: &str = "[money]\nbudget.R6 = 1";

    #[test]
    fn expects_marks_in_rows_with_money() {
        programs(&[BOTH, BOTH, BOTH, BOTH]).assert_finds("missing-mark", &[]);
        programs(&[BOTH, BOTH, BOTH, MONEY]).assert_finds("missing-mark", &["programs/3/2023.md:3"]);
    }

    #[test]
    fn expects_no_marks_in_rows_without_money() {
        programs(&[BOTH, BOTH, BOTH, BOTH, "[money]\nbudget.R6 = '-'", ""]).assert_finds("missing-mark", &[]);
    }

    #[test]
    fn requires_three_of_four_peers_or_two_others() {
        programs(&[BOTH, BOTH, MONEY, MONEY]).assert_finds("missing-mark", &[]);
        programs(&[BOTH, BOTH, MONEY]).assert_finds("missing-mark", &["programs/2/2023.md:3"]);
        programs(&[BOTH, MONEY]).assert_finds("missing-mark", &[]);
    }

    #[test]
    fn accepts_marks_printed_as_missing() {
        let missing = "[money]\nbudget.R6 = 1\n[judgement]\nfunding.R6 = '-'";
        programs(&[BOTH, BOTH, BOTH, missing]).assert_finds("missing-mark", &[]);
    }

    #[test]
    fn checks_marks_of_indicators() {
        let indicators = |last: &str| {
            let node = "+++\nname = 'A'\n[[indicator]]\nid = 'w'\nname = 'W'\n[[indicator]]\nid = 'x'\nname = 'X'\n[[indicator]]\nid = 'y'\nname = 'Y'\n[[indicator]]\nid = 'z'\nname = 'Z'\n+++\n";
            let sheet = format!(
                "[indicator]\nw.actual.R5 = 1\nw.grade = 'B'\nx.actual.R5 = 1\nx.grade = 'B'\ny.actual.R5 = 1\ny.grade = 'B'\nz.actual.R5 = 1\n{last}"
            );
            programs(&[&sheet]).file("programs/0/program.md", node)
        };
        indicators("z.grade = 'B'").assert_finds("missing-mark", &[]);
        indicators("").assert_finds("missing-mark", &["programs/0/2023.md:9"]);
    }
}
