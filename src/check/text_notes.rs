//! Numbers of the texts beside the sections of sheets, for the rule `text-figure`: descriptions, summaries, and notes of cells
//! (29年度の新規4事業を含む合計2事業). Texts of a strategy may also state how many goals, policies and programs it has.

use super::Findings;
use super::text_figure::compare_numbers;
use super::visit::{Key, nodes, sheets, strategies};
use super::words::{Quantity, contains_any, is_slip, quantities, sentences, span_in};
use super::{text_counts, text_relations, text_remarks};
use crate::diagnostic::{Bilingual, Confidence, say};
use crate::model::{Kind, NodeId, Prose, ReferenceKind, Report, Strategy, StrategyIx};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Reports numbers at places that have no finding yet.
pub(super) fn check(report: &Report, findings: &mut Findings) {
    for (ix, strategy) in strategies(report) {
        check_prose(&strategy.body, findings);
        let counts = counts_of(report, ix, strategy);
        check_counts(&strategy.body, &counts, strategy, findings);
        for edition in &strategy.editions {
            let notes =
                edition.note.iter().chain(edition.document.iter().filter_map(|document| document.note.as_ref()));
            for (_, message) in notes.flat_map(|note| wrong_counts(note, &counts, strategy)) {
                findings.add_first(
                    Confidence::Possible,
                    edition.span,
                    format!("edition.{}.note", edition.id),
                    message,
                    help(),
                );
            }
        }
        if let (Some(text), Some(span)) = (&strategy.description, strategy.description_span) {
            for message in relations(text) {
                findings.add_first(Confidence::Likely, span, "description", message, compare_numbers());
            }
            for (_, message) in wrong_counts(text, &counts, strategy) {
                findings.add_first(Confidence::Possible, span, "description", message, help());
            }
        }
    }
    for (strategy, id, node) in nodes(report) {
        check_prose(&node.body, findings);
        if node.kind != Kind::Program {
            check_counts(&node.body, &counts_below(report, id), strategy, findings);
        }
    }
    for item in sheets(report) {
        // A whole and what remains of it are often in two sections.
        let texts: Vec<&str> = item.sheet.sections.iter().map(|section| section.prose.markdown.as_str()).collect();
        for (index, range, message) in text_counts::wrong_remainders(&texts) {
            let Some(section) = item.sheet.sections.get(index) else { continue };
            findings.add_first(
                Confidence::Likely,
                span_in(&section.prose, range),
                &section.title,
                message,
                compare_numbers(),
            );
        }
        for (span, key, message) in text_remarks::contradictions(item) {
            findings.add_first(Confidence::Possible, span, key, message, compare_numbers());
        }
        for (span, title, message) in text_remarks::differing_notes(item) {
            findings.add_first(Confidence::Possible, span, title, message, compare_numbers());
        }
        for (key, value) in item.values() {
            let unit = if let Key::Series(indicator, ..) = key { indicator.unit.as_deref() } else { None };
            if let Some(message) = text_remarks::larger_part(value, unit) {
                findings.add_first(Confidence::Likely, value.span, key, message, compare_numbers());
            }
            // 33人（うち女性41人）, 33人、うち女性41人: a number with a part of it.
            let printed =
                Some(&value.printed).filter(|printed| printed.contains(['（', '(', '、']) && value.number().is_some());
            for message in value.note.iter().chain(printed).flat_map(|text| relations(text)) {
                findings.add_first(Confidence::Likely, value.span, key, message, compare_numbers());
            }
        }
        for (index, figures) in &item.sheet.figures {
            let Some(indicator) = item.node.indicators.get(*index) else { continue };
            let Some((series, column, value)) = figures.values().next() else { continue };
            for message in figures.note.iter().flat_map(|note| relations(note)) {
                findings.add_first(
                    Confidence::Likely,
                    value.span,
                    Key::Series(indicator, series, column),
                    message,
                    compare_numbers(),
                );
            }
        }
    }
}

fn relations(text: &str) -> Vec<Bilingual> {
    let found = sentences(text).into_iter().flat_map(|sentence| text_relations::in_sentence(&sentence));
    found.map(|(_, message)| message).collect()
}

fn check_prose(prose: &Prose, findings: &mut Findings) {
    for sentence in sentences(&prose.markdown) {
        for (range, message) in text_relations::in_sentence(&sentence) {
            findings.add_first(Confidence::Likely, span_in(prose, range), "", message, compare_numbers());
        }
    }
}

fn check_counts(prose: &Prose, counts: &Counts, strategy: &Strategy, findings: &mut Findings) {
    for (quantity, message) in wrong_counts(&prose.markdown, counts, strategy) {
        findings.add_first(Confidence::Possible, span_in(prose, quantity.range), "", message, help());
    }
}

/// Possible numbers of nodes by kind.
type Counts = BTreeMap<Kind, Vec<usize>>;

/// Nodes of a strategy, without and with those that are not published or lost.
fn counts_of(report: &Report, ix: StrategyIx, strategy: &Strategy) -> Counts {
    let of_kind = |kind: Kind| {
        let published = report.nodes(ix).filter(|(_, node)| node.kind == kind).count();
        let unpublished =
            strategy.unpublished.iter().filter(|node| node.reference.kind == ReferenceKind::Node(kind)).count();
        let mut counts = vec![published, published + unpublished];
        if kind == Kind::Program {
            let rows = report.nodes(ix).map(|(_, node)| node.rows.len() + node.lost_rows.len()).sum::<usize>();
            counts.push(rows + strategy.rows.len() + strategy.lost_rows.len());
        }
        (kind, counts)
    };
    [Kind::Goal, Kind::Policy, Kind::Program].into_iter().map(of_kind).collect()
}

/// Policies and programs below a goal or policy.
fn counts_below(report: &Report, id: NodeId) -> Counts {
    let relations = report.relations(id);
    let rows = super::visit::rows_below(report, id);
    let distinct = rows.iter().map(|(_, program)| *program).collect::<std::collections::BTreeSet<_>>();
    let programs = vec![rows.len(), distinct.len(), report.node(id).rows.len()];
    BTreeMap::from([(Kind::Policy, vec![relations.children.len()]), (Kind::Program, programs)])
}

/// Numbers of goals, policies or programs in a text that are not those of the content, but nearly.
fn wrong_counts<'t>(text: &'t str, counts: &Counts, strategy: &Strategy) -> Vec<(Quantity<'t>, Bilingual)> {
    // A part of them, or a change.
    const PARTIAL: [&str; 12] =
        ["うち", "新規", "主な", "重点", "ほか", "年度", "追加", "から", "達成", "終了", "廃止", "予定"];
    let mut found = Vec::new();
    for sentence in sentences(text) {
        for mut quantity in quantities(sentence.text) {
            let before = sentence.text.get(..quantity.range.start).unwrap_or_default();
            let before = before.rsplit('、').next().unwrap_or_default();
            let after = quantity.after.split('、').next().unwrap_or_default();
            if contains_any(before, &PARTIAL) || contains_any(after, &PARTIAL) {
                continue;
            }
            let Some((label, count)) = counts.iter().find_map(|(kind, counts)| {
                let label = strategy.label(*kind);
                let after =
                    ["つの", "個の", "件の", "の", ""].iter().find_map(|word| quantity.after.strip_prefix(word))?;
                // 事業 is short for 事務事業, but 事業者 and 事業所 are others.
                let short = label.strip_suffix("事業").map(|_| "事業");
                let rest = after.strip_prefix(label).or_else(|| after.strip_prefix(short?));
                let is_named = rest.is_some_and(|rest| !rest.starts_with(['者', '所', '費', '年', '体', '主']));
                let is_close = |count: &&usize| {
                    let (number, written) = (Decimal::from(**count), count.to_string());
                    let is_near = (number - quantity.number).abs() <= Decimal::TWO;
                    is_slip(&quantity.digits, &written) && (is_near || written.len() > 1 || **count >= 5)
                };
                let is_right = counts.iter().any(|count| Decimal::from(*count) == quantity.number);
                let count = counts.iter().filter(|count| **count > 0).find(is_close)?;
                (is_named && !is_right).then_some((label, count))
            }) else {
                continue;
            };
            let written = &quantity.digits;
            let message = say!(
                ja: "文章に「{written}」の{label}とありますが、掲載されている{label}は{count}です",
                en: "the text says `{written}` {label}, but there are {count}"
            );
            quantity.range = sentence.start + quantity.range.start..sentence.start + quantity.range.end;
            found.push((quantity, message));
        }
    }
    found
}

fn help() -> Bilingual {
    say!(
        ja: "数と、掲載されているものを資料と見比べてください",
        en: "compare the number and the content with the source"
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, indicator, program};

    #[test]
    fn compares_numbers_of_notes_and_descriptions() {
        let note = |text: &str| indicator("", &format!("actual.R5 = {{ value = 2, note = '{text}' }}"));
        note("新規2事業を含む合計4事業").assert_finds("text-figure", &[]);
        note("新規4事業を含む合計2事業").assert_finds("text-figure", &["programs/a/2023.md:3"]);
        let printed =
            |value: &str| indicator("unit = '人'", &format!("actual.R5 = {{ value = 33, printed = '{value}' }}"));
        printed("33人（うち女性14人）").assert_finds("text-figure", &[]);
        printed("33人（うち女性41人）").assert_finds("text-figure", &["programs/a/2023.md:3"]);
        printed("33人、うち女性41人").assert_finds("text-figure", &["programs/a/2023.md:3"]);
        let body = |text: &str| {
            let node = format!("+++\nname = 'A'\n+++\n{text}\n");
            Fixture::new().with(program("a", "")).file("programs/a/program.md", &node)
        };
        body("12地区のうち9地区で行う。").assert_finds("text-figure", &[]);
        body("12地区のうち19地区で行う。").assert_finds("text-figure", &["programs/a/program.md:4"]);
    }

    #[test]
    fn compares_numbers_of_programs_with_the_content() {
        let content = |number: &str| {
            let description = format!("description = '{number}つの事務事業の報告です。'\n");
            let content = Fixture::new().with(program("a", "")).with(program("b", ""));
            content.policy("1", &["a", "b"]).prepend_to_strategy(&description)
        };
        content("2").assert_finds("text-figure", &[]);
        content("3").assert_finds("text-figure", &["strategy.toml:1"]);
        // Content of a part of the report.
        content("3つの事務事業者、2").assert_finds("text-figure", &[]);
        content("25").assert_finds("text-figure", &[]);
        let body = |text: &str| content("2").file("strategy.md", text);
        body("2の事務事業を評価しました。\n").assert_finds("text-figure", &[]);
        body("この報告は3の事務事業を載せています。\n").assert_finds("text-figure", &["strategy.md:1"]);
        let policy = |number: &str| {
            let text = format!(
                "+++\nname = 'P'\n[[program]]\nid = 'a'\n[[program]]\nid = 'b'\n+++\n{number}つの事務事業からなります。\n"
            );
            content("2").file("policies/1/policy.md", &text.replace("から", "で"))
        };
        policy("2").assert_finds("text-figure", &[]);
        policy("1").assert_finds("text-figure", &["policies/1/policy.md:8"]);
    }
}
