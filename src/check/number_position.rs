//! The rule `number-position`.

use super::number_code;
use super::visit::{node_key, strategies};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{Kind, Node, NodeId, Owner, Report, Strategy, StrategyIx};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use unicode_normalization::UnicodeNormalization;

pub(super) const LINT: Lint = Lint {
    rule: Rule::NumberPosition,
    title: Bilingual {
        ja: "番号が、上位の番号や前後の番号と合わない",
        en: "a number that does not fit the number above it or the numbers around it",
    },
    explanation: Bilingual {
        ja: "次のことを調べます。1. 「5-3-2」のように上位の番号を含む番号。同じ階層の大半が上位の番号で始まるのに、始まらない\
             もの。2. 施策の行や同じ上位の下の番号で、前後の番号は続いているのに、間の一つだけが続きの番号でないもの。\
             3. 同じ階層のほかの番号と桁の区切りが違う番号（「5-3-4」の並びの中の「53-4」）。4. ほかはすべて id と同じなのに、\
             id と違う番号。5. 事業の番号のうち、ほかの大半と違い施策の番号の数字で始まらないもの、\
             続き番号の欠けた一つと打ち間違いの関係にあるもの。途中の欠番や、区分ごとに付け直した番号は指摘しません。",
        en: "Reported are numbers that contain the number above them, such as `5-3-2`, if most numbers of \
             that level begin with it and this one does not; and numbers of rows or siblings of which only one breaks a \
             sequence that continues after it; the one number of a level with more or fewer parts (53-4 among 5-3-1); and \
             the one number that differs from the id of its node; and numbers of programs that do not begin with the digits of their policy \
             although most do, or that are the one missing number of a sequence with a slip of typing. Gaps and numbering that restarts are not reported.",
    },
    example: concat!(
        "# goals/5-3/goal.md\n",
        "number = \"5-3\"\n",
        "\n",
        "# policies/5-4-2/policy.md\n",
        "goal = \"5-3\"\n",
        "number = \"5-4-2\""
    ),
    remedy: Bilingual {
        ja: "番号か上位（`goal`、`parent`）を、資料のとおりに直してください。",
        en: "Correct the number or the node above (`goal`, `parent`) according to the source.",
    },
    confidence: Confidence::Likely,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (ix, strategy) in strategies(report) {
        let mut reported = BTreeSet::new();
        check_prefixes(report, ix, strategy, &mut reported, findings);
        check_lengths(report, ix, strategy, &mut reported, findings);
        check_sequences(report, ix, strategy, &mut reported, findings);
        check_ids(report, ix, strategy, &mut reported, findings);
        check_unique(report, ix, strategy, &mut reported, findings);
        number_code::check(report, ix, strategy, &mut reported, findings);
    }
}

/// Components of a number: `5-3-2` and `５－３－２` are 5, 3, 2; ③ is 3, 第5章 is 5. `None` without a digit, and for
/// letters.
pub(super) fn components(number: &str) -> Option<Vec<u32>> {
    let plain: String = number.nfkc().collect();
    if plain.contains(|char: char| char.is_ascii_alphabetic()) {
        return None;
    }
    let parts = plain.split(|char: char| !char.is_ascii_digit()).filter(|part| !part.is_empty());
    let parts: Option<Vec<u32>> = parts.map(|part| part.parse().ok()).collect();
    parts.filter(|parts| !parts.is_empty())
}

/// A node with its number and the node above it.
struct Child<'r> {
    id: NodeId,
    node: &'r Node,
    number: Vec<u32>,
    parent: NodeId,
    above: Option<Vec<u32>>,
}

impl Child<'_> {
    fn prefix(&self) -> &[u32] {
        self.number.split_last().map(|(_, prefix)| prefix).unwrap_or_default()
    }
}

/// Reports numbers that do not begin with the number above, in levels where most do.
fn check_prefixes(
    report: &Report,
    ix: StrategyIx,
    strategy: &Strategy,
    reported: &mut BTreeSet<NodeId>,
    findings: &mut Findings,
) {
    let mut levels: BTreeMap<(Kind, usize, Option<usize>), Vec<Child<'_>>> = BTreeMap::new();
    for (id, node) in report.nodes(ix).filter(|(_, node)| node.kind != Kind::Program) {
        let (Some(parent), Some(number)) = (report.relations(id).parent, node.number.as_deref().and_then(components))
        else {
            continue;
        };
        let above = report.node(parent).number.as_deref().and_then(components);
        let key = (node.kind, number.len(), above.as_ref().map(Vec::len));
        levels.entry(key).or_default().push(Child { id, node, number, parent, above });
    }
    // Levels from the top: a wrong number must not be reported for each node below it.
    let mut levels: Vec<_> = levels.into_iter().filter(|((_, length, _), _)| *length > 1).collect();
    levels.sort_by_key(|((_, length, _), _)| *length);
    for (_, children) in levels {
        let expected = expected_prefixes(&children);
        let fits =
            |child: &Child<'_>| expected.get(&child.parent).is_none_or(|prefix| child.prefix().ends_with(prefix));
        let odd: Vec<&Child<'_>> = children.iter().filter(|child| !fits(child)).collect();
        if odd.is_empty() || odd.len() * 3 > children.len() {
            continue;
        }
        let mut by_parent: BTreeMap<NodeId, Vec<&Child<'_>>> = BTreeMap::new();
        for child in odd.into_iter().filter(|child| !reported.contains(&child.parent)) {
            by_parent.entry(child.parent).or_default().push(child);
        }
        for (parent, odd) in by_parent {
            let Some(first) = odd.first() else { continue };
            let all = children.iter().filter(|child| child.parent == parent).count();
            let agree = odd.iter().all(|child| child.prefix() == first.prefix());
            let above = report.node(parent);
            // If all numbers below disagree alike, or the ids show it, the number above is wrong.
            let id_agrees = components(&above.id).as_deref() == Some(first.prefix())
                && components(&first.node.id).as_ref() == Some(&first.number);
            if odd.len() == all && agree && (all > 1 || id_agrees) && above.number.is_some() {
                reported.insert(parent);
                report_parent(strategy, above, first, findings);
                continue;
            }
            for child in odd {
                reported.insert(child.id);
                report_child(strategy, child, report.node(parent), findings);
            }
        }
    }
}

/// Prefix that the numbers below each node should have: the number of the node, or else that of most of them.
fn expected_prefixes(children: &[Child<'_>]) -> HashMap<NodeId, Vec<u32>> {
    let mut expected = HashMap::new();
    let mut counts: BTreeMap<NodeId, BTreeMap<&[u32], usize>> = BTreeMap::new();
    for child in children {
        match &child.above {
            Some(above) => {
                expected.insert(child.parent, above.clone());
            }
            None => *counts.entry(child.parent).or_default().entry(child.prefix()).or_default() += 1,
        }
    }
    for (parent, prefixes) in counts {
        let most = prefixes.iter().max_by_key(|(_, count)| **count);
        if let Some((prefix, _)) = most.filter(|(_, count)| **count > 1) {
            expected.insert(parent, prefix.to_vec());
        }
    }
    expected
}

/// Reports a number or, if the id of the node agrees with it, the reference to the node above.
fn report_child(strategy: &Strategy, child: &Child<'_>, parent: &Node, findings: &mut Findings) {
    let number = child.node.number.as_deref().unwrap_or_default();
    let above = parent.number.as_deref().unwrap_or(&parent.name);
    let message = say!(
        ja: "番号「{number}」が、上位「{above}」の番号で始まっていません",
        en: "the number `{number}` does not begin with the number `{above}` above it"
    );
    let is_id = components(&child.node.id).is_some_and(|id| id == child.number);
    let (key, span) = match child.node.parent.as_ref().filter(|_| is_id) {
        Some(reference) if child.node.kind == Kind::Goal => ("parent", reference.span),
        Some(reference) => ("goal", reference.span),
        None => ("number", child.node.number_span.unwrap_or(child.node.name_span)),
    };
    findings.add(span, node_key(strategy, child.node, key), message, help());
}

fn report_parent(strategy: &Strategy, parent: &Node, child: &Child<'_>, findings: &mut Findings) {
    let number = parent.number.as_deref().unwrap_or_default();
    let below = child.node.number.as_deref().unwrap_or_default();
    let message = say!(
        ja: "番号「{number}」が、下位の番号（「{below}」など）の始めの番号と合いません",
        en: "the number `{number}` is not the beginning of the numbers below it, such as `{below}`"
    );
    findings.add(parent.number_span.unwrap_or(parent.name_span), node_key(strategy, parent, "number"), message, help());
}

pub(super) fn help() -> Bilingual {
    say!(ja: "番号と上位を資料と見比べてください", en: "compare the number and the node above with the source")
}

/// A node and the number of parts of its number.
type NumberedNode<'r> = (NodeId, &'r Node, usize);

/// Reports the one number of a level that has fewer or more parts than all others: 53-4 among 5-3-1 and 5-3-2.
fn check_lengths(
    report: &Report,
    ix: StrategyIx,
    strategy: &Strategy,
    reported: &mut BTreeSet<NodeId>,
    findings: &mut Findings,
) {
    let mut levels: BTreeMap<(Kind, &Option<String>, bool), Vec<NumberedNode<'_>>> = BTreeMap::new();
    for (id, node) in report.nodes(ix).filter(|(_, node)| node.kind != Kind::Program) {
        let Some(number) = node.number.as_deref().and_then(components) else { continue };
        let is_below = report.relations(id).parent.is_some();
        levels.entry((node.kind, &node.label, is_below)).or_default().push((id, node, number.len()));
    }
    for level in levels.into_values().filter(|level| level.len() >= 4) {
        let lengths: BTreeSet<usize> = level.iter().map(|(_, _, length)| *length).collect();
        let odd: Vec<_> = lengths
            .iter()
            .filter_map(|length| {
                let mut of_length = level.iter().filter(|(_, _, other)| other == length);
                of_length.next().filter(|_| of_length.next().is_none())
            })
            .collect();
        let ([(id, node, _)], 2) = (odd.as_slice(), lengths.len()) else { continue };
        if !reported.insert(*id) {
            continue;
        }
        let number = node.number.as_deref().unwrap_or_default();
        let others = level.iter().find(|(other, ..)| other != id).and_then(|(_, node, _)| node.number.as_deref());
        let message = say!(
            ja: "番号「{number}」の桁の区切りが、同じ階層のほかの番号（「{others}」など）と違います",
            en: "the number `{number}` has another form than all others of its level, such as `{others}`",
            others = others.unwrap_or_default()
        );
        let span = node.number_span.unwrap_or(node.name_span);
        findings.add(span, node_key(strategy, node, "number"), message, help());
    }
}

/// Reports a number that differs from the id of its node, if all other ids of its kind are the numbers.
fn check_ids(
    report: &Report,
    ix: StrategyIx,
    strategy: &Strategy,
    reported: &mut BTreeSet<NodeId>,
    findings: &mut Findings,
) {
    for kind in Kind::ALL {
        let nodes = report.nodes(ix).filter(|(_, node)| node.kind == kind);
        let numbered: Vec<(NodeId, &Node, Vec<u32>)> =
            nodes.filter_map(|(id, node)| Some((id, node, components(node.number.as_deref()?)?))).collect();
        let odd: Vec<_> =
            numbered.iter().filter(|(_, node, number)| components(&node.id).as_ref() != Some(number)).collect();
        let ([(id, node, number)], true) = (odd.as_slice(), numbered.len() >= 4) else { continue };
        // A number given twice is left to the rule `number-and-name`.
        let parent = report.relations(*id).parent;
        let mut others = numbered.iter().filter(|(other, ..)| other != id && report.relations(*other).parent == parent);
        if others.any(|(.., other)| other == number) || components(&node.id).is_none() || !reported.insert(*id) {
            continue;
        }
        let (printed, folder) = (node.number.as_deref().unwrap_or_default(), &node.id);
        let message = say!(
            ja: "番号「{printed}」が id「{folder}」と違います（ほかの{count}件では番号と id が同じです）",
            en: "the number `{printed}` differs from the id `{folder}`; the numbers of {count} others are their ids",
            count = numbered.len() - 1
        );
        let span = node.number_span.unwrap_or(node.name_span);
        findings.add(span, node_key(strategy, node, "number"), message, help());
    }
}

/// A number in a sequence.
struct InSequence<'r> {
    number: &'r str,
    components: Vec<u32>,
    span: Span,
    key: String,
    id: NodeId,
}

/// Reports the one number that breaks a sequence of rows or siblings.
fn check_sequences(
    report: &Report,
    ix: StrategyIx,
    strategy: &Strategy,
    reported: &mut BTreeSet<NodeId>,
    findings: &mut Findings,
) {
    let owners = report.nodes(ix).map(|(id, _)| Owner::Node(id));
    for owner in std::iter::once(Owner::Strategy(ix)).chain(owners) {
        let rows = report.rows(owner).filter_map(|(row, program)| {
            let (number, span) = (row.number.as_deref()?, row.number_span?);
            let node = report.node(program);
            let components = components(number)?;
            Some(InSequence { number, components, span, key: format!("program.{}", node.id), id: program })
        });
        check_sequence(&rows.collect::<Vec<_>>(), reported, findings);
        let programs = report.rows(owner).filter_map(|(_, program)| in_sequence(report, strategy, program));
        check_sequence(&programs.collect::<Vec<_>>(), reported, findings);
    }
    let mut siblings: BTreeMap<(Kind, Option<NodeId>), Vec<InSequence<'_>>> = BTreeMap::new();
    for (id, node) in report.nodes(ix).filter(|(_, node)| node.kind != Kind::Program) {
        siblings.entry((node.kind, report.relations(id).parent)).or_default().extend(in_sequence(report, strategy, id));
    }
    siblings.into_values().for_each(|siblings| check_sequence(&siblings, reported, findings));
}

fn in_sequence<'r>(report: &'r Report, strategy: &Strategy, id: NodeId) -> Option<InSequence<'r>> {
    let node = report.node(id);
    let (number, span) = (node.number.as_deref()?, node.number_span?);
    Some(InSequence { number, components: components(number)?, span, key: node_key(strategy, node, "number"), id })
}

/// Reports the one number of at least four that differs from the number that its neighbours leave free. Duplicates are
/// left to the rule `number-and-name`.
fn check_sequence(items: &[InSequence<'_>], reported: &mut BTreeSet<NodeId>, findings: &mut Findings) {
    let (Some(first), Some(length)) = (items.first(), items.first().map(|item| item.components.len())) else { return };
    let prefix = |item: &InSequence<'_>| item.components.split_last().map(|(_, prefix)| prefix.to_vec());
    // Longer numbers are codes, whose parts have meanings of their own.
    let is_code = items.iter().flat_map(|item| &item.components).any(|number| *number > 9999);
    if is_code
        || items.len() < 4
        || items.iter().any(|item| item.components.len() != length || prefix(item) != prefix(first))
    {
        return;
    }
    let numbers: Vec<u32> = items.iter().filter_map(|item| item.components.last().copied()).collect();
    let Some(start) = numbers.first().zip(numbers.get(1)).map(|(one, two)| if one + 1 == *two { *one } else { 1 })
    else {
        return;
    };
    let expected = |index: usize| start + index as u32;
    let odd: Vec<usize> = (0..numbers.len()).filter(|index| numbers.get(*index) != Some(&expected(*index))).collect();
    let only = match odd.as_slice() {
        [only] => only,
        // Two numbers in each other's place.
        [one, other]
            if numbers.get(*one) == Some(&expected(*other)) && numbers.get(*other) == Some(&expected(*one)) =>
        {
            one
        }
        _ => return,
    };
    let Some((item, number)) = items.get(*only).zip(numbers.get(*only)) else { return };
    let is_duplicate = numbers.iter().filter(|other| *other == number).count() > 1;
    let is_last = *only + 1 == numbers.len();
    if is_duplicate || is_last && *number > expected(*only) || !reported.insert(item.id) {
        return;
    }
    let (number, expected) = (item.number, expected(*only));
    let message = say!(
        ja: "番号「{number}」の前後の番号は続いており、ここは{expected}番目です",
        en: "the numbers around `{number}` are consecutive, and this position is number {expected}"
    );
    findings.add(item.span, &item.key, message, help());
}

/// Reports a number of a program that another program has too, if all other programs have numbers of their own.
fn check_unique(
    report: &Report,
    ix: StrategyIx,
    strategy: &Strategy,
    reported: &mut BTreeSet<NodeId>,
    findings: &mut Findings,
) {
    let programs = report.nodes(ix).filter(|(_, node)| node.kind == Kind::Program);
    let numbered: Vec<(NodeId, &Node, &str)> =
        programs.filter_map(|(id, node)| Some((id, node, node.number.as_deref()?))).collect();
    let mut by_number: BTreeMap<&str, Vec<(NodeId, &Node)>> = BTreeMap::new();
    for (id, node, number) in &numbered {
        by_number.entry(number).or_default().push((*id, node));
    }
    // Numbers that restart under each policy occur several times.
    let repeated: Vec<_> = by_number.iter().filter(|(_, nodes)| nodes.len() > 1).collect();
    let [(number, nodes)] = repeated.as_slice() else { return };
    let ([_, _], true) = (nodes.as_slice(), by_number.len() >= 5) else { return };
    // Rows of one owner are compared by the rule `number-and-name`.
    let owners = |id: NodeId| report.relations(id).places.iter().map(|place| place.owner).collect::<Vec<_>>();
    let places: Vec<Vec<Owner>> = nodes.iter().map(|(id, _)| owners(*id)).collect();
    if let [one, other] = places.as_slice()
        && one.iter().any(|owner| other.contains(owner))
    {
        return;
    }
    let [(first_id, first), (second_id, second)] = nodes.as_slice() else { return };
    // The one whose neighbours by position have other numbers is wrong; the order of rows shows it.
    let order = row_order(report, ix);
    let misplaced = |id: NodeId| !is_between_neighbours(report, &order, id);
    let ((id, node), other) = if misplaced(*first_id) && !misplaced(*second_id) {
        ((*first_id, *first), *second)
    } else {
        ((*second_id, *second), *first)
    };
    if !reported.insert(id) {
        return;
    }
    let (name, all) = (&other.name, numbered.len());
    let message = say!(
        ja: "番号「{number}」は「{name}」にも付いていますが、番号のある{all}事業のほかの番号はすべて一つずつです",
        en: "`{name}` has the number `{number}` too, although all other numbers of the {all} numbered programs are unique"
    );
    findings.add(node.number_span.unwrap_or(node.name_span), node_key(strategy, node, "number"), message, help());
}

/// Programs in the order of their rows.
fn row_order(report: &Report, ix: StrategyIx) -> Vec<NodeId> {
    let owners = report.nodes(ix).map(|(id, _)| Owner::Node(id));
    let owners = std::iter::once(Owner::Strategy(ix)).chain(owners);
    owners.flat_map(|owner| report.rows(owner)).filter(|(row, _)| !row.repeat).map(|(_, program)| program).collect()
}

/// Returns true if the number of a program is between those of the programs before and after it.
fn is_between_neighbours(report: &Report, order: &[NodeId], id: NodeId) -> bool {
    let number = |id: &NodeId| report.node(*id).number.as_deref().and_then(components);
    let Some(at) = order.iter().position(|other| *other == id) else { return true };
    let before = at.checked_sub(1).and_then(|before| order.get(before)).and_then(number);
    let (own, after) = (number(&id), order.get(at + 1).and_then(number));
    before.is_none_or(|before| own.as_ref().is_some_and(|own| before < *own))
        && after.is_none_or(|after| own.as_ref().is_some_and(|own| *own < after))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};
    use super::components;

    fn policies(policies: &[(&str, &str, &str)]) -> Fixture {
        let goals = ["1", "2"].map(|id| format!("[[goal]]\nid = '{id}'\nnumber = '{id}'\nname = 'G{id}'\n")).concat();
        policies.iter().fold(Fixture::new().append_to_strategy(&goals), |content, (id, goal, number)| {
            let policy = format!("+++\nnumber = '{number}'\nname = '{id}'\ngoal = '{goal}'\n+++\n");
            content.file(&format!("policies/{id}/policy.md"), &policy)
        })
    }

    #[test]
    fn numbers_begin_with_the_number_above() {
        let usual = [("1-1", "1", "1-1"), ("1-2", "1", "１－２"), ("2-1", "2", "2-1")];
        policies(&usual).assert_finds("number-position", &[]);
        let with = |odd| policies(&[usual.as_slice(), &[odd]].concat());
        with(("p", "2", "1-3")).assert_finds("number-position", &["policies/p/policy.md:2"]);
        // The id agrees with the number: the goal is wrong.
        with(("1-3", "2", "1-3")).assert_finds("number-position", &["policies/1-3/policy.md:4"]);
        // Numbers of two parts that do not contain the number above.
        policies(&[("a", "1", "5-1"), ("b", "2", "5-2"), ("c", "2", "5-3")]).assert_finds("number-position", &[]);
    }

    fn rows(numbers: &[&str]) -> Fixture {
        let ids: Vec<String> = (0..numbers.len()).map(|index| format!("a{index}")).collect();
        let row = |(id, number): (&String, &&str)| format!("[[program]]\nid = '{id}'\nnumber = '{number}'\n");
        let rows: String = ids.iter().zip(numbers).map(row).collect();
        let content = ids.iter().fold(Fixture::new(), |content, id| content.with(program(id, "")));
        content.file("policies/1/policy.md", &format!("+++\nname = 'P'\n{rows}+++\n"))
    }

    #[test]
    fn reports_the_one_number_that_breaks_a_sequence() {
        rows(&["①", "②", "⑧", "④"]).assert_finds("number-position", &["policies/1/policy.md:11"]);
        rows(&["①", "②", "③", "④"]).assert_finds("number-position", &[]);
        rows(&["①", "②", "④", "⑤"]).assert_finds("number-position", &[]);
        rows(&["①", "②", "③", "⑧"]).assert_finds("number-position", &[]);
        rows(&["①", "③", "②", "④"]).assert_finds("number-position", &["policies/1/policy.md:8"]);
        rows(&["110101", "110102", "220103", "110104"]).assert_finds("number-position", &[]);
    }

    #[test]
    fn numbers_of_programs_are_unique_if_almost_all_are() {
        let programs = |numbers: &[&str]| {
            numbers.iter().enumerate().fold(Fixture::new(), |content, (index, number)| {
                let id = format!("a{index}");
                let node = format!("+++\nnumber = '{number}'\nname = 'program {id}'\n+++\n");
                let content = content.with(program(&id, "")).file(&format!("programs/{id}/program.md"), &node);
                content.policy(&format!("p{index}"), &[&id])
            })
        };
        let found = &["programs/a5/program.md:2"];
        programs(&["0001", "0002", "0003", "0004", "0005", "0003"]).assert_finds("number-position", found);
        programs(&["1", "2", "3", "1", "2", "3"]).assert_finds("number-position", &[]);
    }

    #[test]
    fn reports_the_one_number_of_another_form() {
        policies(&[("a", "1", "1-1-1"), ("b", "1", "1-1-2"), ("c", "1", "1-1-3"), ("d", "2", "21-1")])
            .assert_finds("number-position", &["policies/d/policy.md:2"]);
    }

    #[test]
    fn compares_numbers_with_ids_if_all_others_agree() {
        let with = |number| policies(&[("1", "1", "1"), ("2", "1", "2"), ("4", "2", "4"), ("8", "2", number)]);
        with("8").assert_finds("number-position", &[]);
        with("6").assert_finds("number-position", &["policies/8/policy.md:2"]);
    }

    #[test]
    fn reads_components() {
        assert_eq!(components("５－３－２"), Some(vec![5, 3, 2]));
        assert_eq!(components("③"), Some(vec![3]));
        assert_eq!(components("A-1"), None);
    }
}
