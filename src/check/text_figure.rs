//! The rule `text-figure`.

use super::stated_figures::{Fact, Facts, digits, indicators_above, is_shifted, known_numbers, shares_word};
use super::text_baseline;
use super::text_changes;
use super::text_context::{Context, is_result};
use super::text_labels;
use super::text_money;
use super::text_notes;
use super::text_products;
use super::text_progress;
use super::text_records;
use super::text_relations;
use super::text_rows;
use super::text_sums::{self, table_sums, totals_and_products, wrong_sum};
use super::text_swapped;
use super::text_target_years;
use super::text_targets::{as_planned, of_other_target, of_shifted_target};
use super::text_trend::contradictions;
use super::text_years::of_other_year;
use super::visit::{SheetRef, sheets};
use super::words::{Quantity, Sentence, contains_any, is_plan_title, is_slip, pairs, quantities, sentences, span_in};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Kind, Node, Owner, Report, Section};
use rust_decimal::Decimal;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

pub(super) const LINT: Lint = Lint {
    rule: Rule::TextFigure,
    title: Bilingual {
        ja: "文章の中の数が、欄の値や計算と合わない",
        en: "a figure in a text that contradicts the cells or a sum",
    },
    explanation: Bilingual {
        ja: "文章の中の数を、調書の欄や文章の中のほかの数と比べます。\
             欄とは、指標の名前と同じ言葉のある文の、単位も同じ数を比べます（人・件・回以外の単位の指標が一つだけなら、言葉が違っても比べます）。実績、目標値、\
             前年度や目標との差の打ち間違い（数字の並べ替え、1桁の違い・過不足、桁の違い）、前年度や別の年度の値、実績として書かれた目標値や予算額、内訳や決算額と\
             違う金額を指摘します。「前年度の1.2倍」「3ポイント」は計算した値と、「観光消費額が増えた」「目標との差が縮まった」「いずれも目標に達した」「全て中止となった」「基準値を\
             上回った」「計画より遅れている」は指標の値と、「事業費の実績が増額となった」「来年度は補助金を拡充する」は金額と比べます。施策の文章は、その行の事業の指標とも比べます。\
             文章の中では、「計」「合わせて」、表の合計と「9名×5,000円｜45,000円」のような積、「500千円×8、450千円×1」のような内訳、「3地区（東、西、南）」の個数、「うち」や\
             「を含む」の数と全体、「残る3地区」、「12件から15件に3件増えた」の増減と差、「定員50人に対し40人（80%）」の割合、滞納額・収納額・収納率のような\
             部分と全体と率、1人当たりの額、組や延べの数と人数、「1日25時間」のような長さ、「徴収率は100%であったが、一部が未納」「前年度比94%に増えた」のような言葉を比べます。\
             「過去最高」と前の年度の数、「13,872世帯×17円」のような積と金額、「612灯を令和7年度に」のような計画と目標の年度や事業期間も比べます。\
             欄の注記、`[[remark]]`、本文や概要の中の数も比べ、「25の事務事業」のような数は、掲載されている数と比べます。\
             欄のどこかに同じ値があるもの、正しい値も同じ見出しにあるものは指摘しません。",
        en: "Numbers of texts are compared with the cells of the sheet and with each other. \
             With the cells: numbers in a sentence that shares words with the name of an indicator of their unit (or without them, if it \
             is the only indicator of a unit other than 人, 件 and 回). Reported are slips of typing (digits in another order, one digit \
             different, added or omitted, another magnitude) in actual values, targets, and changes from the year before or from the \
             target; values of the year before or of another year than the one named; results that are the target or the budget; and amounts \
             that are not those of components or the settlement. 前年度の1.2倍 and 3ポイント are compared with the computed value, statements such \
             as 観光消費額が増えた, 目標との差が縮まった, いずれも目標に達した, 全て中止となった, 基準値を上回った and 計画より遅れている with the values, 事業費の実績が増額となった and \
             来年度は補助金を拡充する with the amounts; texts of policies also with the indicators of their programs. \
             With each other: sums (計, 合わせて), totals and products of tables (9名×5,000円), multiples (500千円×8、450千円×1), lengths of lists \
             (3地区（東、西、南）), parts and their whole (うち, を含む), remainders (残る3地区), changes (12件から15件に3件増えた), shares \
             (定員50人に対し40人（80%）), parts, wholes and rates such as 収納額, 滞納額 and 収納率, averages, groups or visits and people, durations \
             such as 1日25時間, and words that contradict their number (徴収率は100%であったが、一部が未納, 前年度比94%に増えた). 過去最高 is compared \
             with numbers of earlier years, products such as 13,872世帯×17円 with the amounts, and plans such as 612灯を令和7年度に with the \
             years of the targets and the period. Numbers of notes \
             of cells, of `[[remark]]`, descriptions and summaries are compared too, and a number of goals, policies or programs with the content. \
             Not reported if a cell has the same value, or if the right value is in the same section.",
    },
    example: concat!("actual.R6 = 104        # 支援した児童生徒数、人\n", "\n", "3人を配置し、140人を支援した。"),
    remedy: Bilingual {
        ja: "文章か欄の値を、資料のとおりに直してください。",
        en: "Correct the text or the cell according to the source.",
    },
    confidence: Confidence::Likely,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    let above = indicators_above(report);
    for item in sheets(report) {
        let mut checker = Checker { item, known: None, reported: BTreeSet::new() };
        let below: Vec<&Node> = match item.node.kind {
            Kind::Policy => report.rows(Owner::Node(item.id)).map(|(_, id)| report.node(id)).collect(),
            _ => Vec::new(),
        };
        let facts = Facts::new(item, above.get(&item.id).map(Vec::as_slice).unwrap_or_default(), &below);
        for section in &item.sheet.sections {
            checker.check(&facts, section, findings);
        }
        let statements = contradictions(item, &below).into_iter().chain(text_money::contradictions(item));
        let statements =
            statements.chain(text_baseline::contradictions(item)).chain(text_progress::contradictions(item));
        for (span, title, message) in statements {
            let help = say!(
                ja: "文章と欄のどちらが正しいか、資料と見比べてください",
                en: "compare the text and the cell with the source"
            );
            findings.add_first(Confidence::Possible, span, title, message, help);
        }
    }
    text_notes::check(report, findings);
}

pub(super) fn compare_numbers() -> Bilingual {
    say!(
        ja: "文章の中の数を資料と見比べてください",
        en: "compare the numbers of the text with the source"
    )
}

/// Comparison of the texts of one sheet with its cells.
struct Checker<'r> {
    item: SheetRef<'r>,
    /// All numbers of the cells of the node, in units of one; collected when the first number is in doubt.
    known: Option<HashSet<Decimal>>,
    /// Starts of the reported numbers.
    reported: BTreeSet<usize>,
}

impl<'r> Checker<'r> {
    fn check(&mut self, facts: &Facts<'r>, section: &'r Section, findings: &mut Findings) {
        let text = section.prose.markdown.as_str();
        let sentences = sentences(text);
        let quantities: Vec<Vec<Quantity<'_>>> = sentences.iter().map(|sentence| quantities(sentence.text)).collect();
        let numbers: Vec<&Quantity<'_>> = quantities.iter().flatten().collect();
        let mut heading = "";
        for (sentence, quantities) in sentences.iter().zip(&quantities) {
            if is_heading(text, sentence) {
                heading = sentence.text;
                continue;
            }
            for quantity in quantities {
                let context = Context { section, sentence, heading, quantities, numbers: &numbers };
                if let Some(message) = self.contradiction(facts, &context, quantity) {
                    let start = sentence.start + quantity.range.start;
                    if self.reported.insert(section.prose.span.range().start + start) {
                        let help = say!(
                            ja: "文章と欄のどちらが正しいか、資料と見比べてください",
                            en: "compare the text and the cell with the source"
                        );
                        let span = span_in(&section.prose, start..sentence.start + quantity.range.end);
                        findings.add(span, &section.title, message, help);
                    }
                }
            }
        }
        let mut add = |range: Range<usize>, message: Bilingual, help: Bilingual| {
            if self.reported.insert(section.prose.span.range().start + range.start) {
                findings.add(span_in(&section.prose, range), &section.title, message, help);
            }
        };
        let of_sentences = sentences.iter().flat_map(text_relations::in_sentence);
        for (range, message) in of_sentences
            .chain(text_labels::contradictions(&sentences, &quantities))
            .chain(text_swapped::contradictions(facts, section, &sentences, &quantities))
            .chain(text_records::contradictions(facts, &sentences, &quantities))
            .chain(text_products::contradictions(self.item, section))
            .chain(text_target_years::contradictions(self.item, section))
        {
            add(range, message, compare_numbers());
        }
        let of_tables = table_sums(text, &sentences).into_iter().chain(totals_and_products(text));
        let of_tables = of_tables.chain(text_rows::contradiction(text, &sentences, &quantities));
        for (range, message) in of_tables.chain(text_sums::multiples(&sentences, &quantities)) {
            let help = say!(
                ja: "文章と表のどちらが正しいか、資料と見比べてください",
                en: "compare the text and the table with the source"
            );
            add(range, message, help);
        }
    }

    fn contradiction(
        &mut self,
        facts: &Facts<'r>,
        context: &Context<'_>,
        quantity: &Quantity<'_>,
    ) -> Option<Bilingual> {
        if let Some(sum) = wrong_sum(context.sentence, context.quantities, quantity) {
            let (written, sum) = (&quantity.digits, sum.normalize());
            return Some(say!(
                ja: "文章の「{written}」は、その前の数の合計{sum}と合いません",
                en: "the text says `{written}`, but the numbers before it add up to {sum}"
            ));
        }
        let clause = &*context.clause(quantity);
        let known = &mut |number| self.is_known(number);
        if let Some(message) = of_other_year(facts, context, clause, quantity)
            .or_else(|| as_planned(facts, context.sentence.text, &context.section.title, quantity))
            .or_else(|| text_changes::without_own_unit(facts, clause, quantity))
            .or_else(|| text_changes::of_total(facts, clause, quantity))
            .or_else(|| text_changes::of_tenths(facts, context, clause, quantity))
            .or_else(|| text_changes::of_settlement(facts, context, clause, quantity, known))
            .or_else(|| text_changes::of_subject(facts, context, clause, quantity, known))
            .or_else(|| text_changes::of_long_number(facts, context, clause, quantity, known))
        {
            return Some(message);
        }
        let about = |fact: &&Fact<'_>| {
            quantity.has_unit(&fact.unit)
                && if fact.whole_name {
                    text_changes::mentions(context.sentence.text, &fact.name) || context.heading.contains(&fact.name)
                } else {
                    shares_word(&fact.words, clause)
                }
        };
        let mut relevant: Vec<&Fact<'_>> = facts.0.iter().filter(about).collect();
        // The indicator that the clause is about shares the most words with it.
        let shared = |fact: &Fact<'_>| pairs(clause).intersection(&fact.words).count();
        let most = relevant.iter().map(|fact| shared(fact)).max().unwrap_or_default();
        relevant.retain(|fact| fact.whole_name || shared(fact) == most);
        text_changes::retain_named_before(&mut relevant, context.sentence.text, quantity);
        // Without a shared word, the only indicator of the unit is meant, if the number has several digits.
        let is_largest = || context.numbers.iter().all(|other| other.number <= quantity.number);
        let begins = quantity.range.start == 0 && is_largest();
        let is_meant_by_unit = relevant.is_empty() && (quantity.digits.len() > 1 || begins || is_result(quantity));
        if is_meant_by_unit {
            relevant.extend(only_of_unit(facts, self.item, quantity));
        }
        if relevant.is_empty() || self.is_known_of_year(facts, quantity) {
            return None;
        }
        let written = &quantity.digits;
        let has = |words: &[&str]| contains_any(clause, words);
        let of_target = has(&["下回", "上回", "届か", "不足"]) && clause.contains("目標");
        let of_last_year = has(&["前年", "昨年"]) && has(&["増", "減", "下回", "上回", "多", "少な", "伸び"]);
        if of_last_year {
            let change = |fact: &Fact<'_>| Some((fact.value - fact.before.as_ref()?.0).abs());
            let changes = || relevant.iter().filter_map(|fact| Some((fact, change(fact)?)));
            if changes().any(|(_, change)| change == quantity.number) || self.is_known(quantity.number) {
                return None;
            }
            let (fact, change) = changes().find(|(_, change)| is_slip(&digits(quantity.number), &digits(*change)))?;
            let (name, change) = (&fact.name, change.normalize());
            return Some(say!(
                ja: "文章の「{written}」は、「{name}」の前年度との差{change}と合いません",
                en: "the text says `{written}`, but `{name}` changed by {change} from the year before"
            ));
        }
        if of_target {
            return text_changes::of_gap(&relevant, clause, quantity);
        }
        if context.is_called_target(quantity) {
            let (sentence, title) = (context.sentence.text, &context.section.title);
            if let Some(message) = of_other_target(&relevant, sentence, title, quantity) {
                return Some(message);
            }
            let targets = || relevant.iter().filter_map(|fact| Some((fact, fact.target.as_ref()?)));
            if targets().any(|(_, (target, _))| *target == quantity.number) || self.is_known(quantity.number) {
                return None;
            }
            let (fact, (_, target)) = targets().find(|(_, (_, target))| is_slip(written, target))?;
            let name = &fact.name;
            return Some(say!(
                ja: "文章の「{written}」は、「{name}」の目標値{target}と合いません",
                en: "the text says `{written}`, but the target of `{name}` is {target}"
            ));
        }
        if let Some(message) = text_changes::of_change(&relevant, clause, quantity, &mut |number| self.is_known(number))
            .or_else(|| text_changes::of_target(&relevant, context, clause, quantity))
        {
            return Some(message);
        }
        if is_plan_title(&context.section.title) {
            return of_shifted_target(&relevant, clause, quantity);
        }
        let is_stated = |fact: &&Fact<'_>| {
            context.numbers.iter().any(|other| other.number == fact.value && other.has_unit(&fact.unit))
        };
        if relevant.iter().any(is_stated) || context.is_about_other_time(clause, quantity) {
            return None;
        }
        let of_unit = |other: &Quantity<'_>| relevant.iter().any(|fact| other.has_unit(&fact.unit));
        let is_part = |other: &&Quantity<'_>| {
            context.sentence.text.get(..other.range.start).is_some_and(|before| before.ends_with("うち"))
        };
        let alone = context.quantities.iter().filter(|other| of_unit(other) && !is_part(other)).count() == 1;
        let alone_in_clause = super::words::quantities(clause).iter().filter(|other| of_unit(other)).count() == 1;
        let outdated = relevant.iter().find_map(|fact| {
            let (before, printed) = fact.before.as_ref()?;
            (*before == quantity.number && (alone || alone_in_clause && written.len() > 1)).then_some((fact, *printed))
        });
        if let Some((fact, printed)) = outdated {
            let (name, now) = (&fact.name, fact.printed);
            return Some(say!(
                ja: "文章の「{written}」は、「{name}」の前年度の値（{printed}）で、この年度は「{now}」です",
                en: "the text says `{written}`, which is the value of `{name}` of the year before ({printed}); it is now `{now}`"
            ));
        }
        // A change from the year before is a number of its own, as is a single digit among other numbers.
        let is_change = |fact: &Fact<'_>| {
            fact.before.as_ref().is_some_and(|(before, _)| (fact.value - before).abs() == quantity.number)
        };
        let long_enough = |fact: &Fact<'_>| written.len() > 1 && fact.digits.len() > 1 || alone;
        if relevant.iter().any(|fact| is_change(fact)) {
            return None;
        }
        let fact = relevant.iter().find(|fact| {
            let slip = is_slip(written, &fact.digits) || is_shifted(quantity.number, fact.value);
            !fact.is_above && slip && long_enough(fact)
        })?;
        if self.is_known(quantity.number) {
            return None;
        }
        let (name, now) = (&fact.name, fact.printed);
        Some(say!(
            ja: "文章の「{written}」は、「{name}」の値「{now}」と合いません",
            en: "the text says `{written}`, but the value of `{name}` is `{now}`"
        ))
    }

    /// Returns true if an indicator or amount has the number as its value of the year.
    fn is_known_of_year(&self, facts: &Facts<'r>, quantity: &Quantity<'_>) -> bool {
        facts.0.iter().any(|fact| fact.value == quantity.number && quantity.has_unit(&fact.unit))
    }

    /// Returns true if any cell of the node has the number.
    fn is_known(&mut self, number: Decimal) -> bool {
        let item = self.item;
        let known = self.known.get_or_insert_with(|| known_numbers(item));
        known.contains(&number)
    }
}

/// The only indicator of the node with the unit of a number, unless other cells have that unit.
fn only_of_unit<'f, 'r>(facts: &'f Facts<'r>, item: SheetRef<'_>, quantity: &Quantity<'_>) -> Option<&'f Fact<'r>> {
    let mut of_unit = facts.0.iter().filter(|fact| quantity.has_unit(&fact.unit));
    let (Some(only), None) = (of_unit.next(), of_unit.next()) else { return None };
    let is_own = item.node.indicators.iter().any(|indicator| indicator.name == only.name);
    // People, cases, times and amounts are those of many things that have no cell.
    let is_counted = !["円", "%", "年", "月", "日", "時間", "分", "人", "名", "件", "回"].contains(&only.unit.as_str());
    let is_alone =
        item.node.indicators.iter().filter(|indicator| indicator.unit.as_deref() == Some(&only.unit)).count() == 1;
    (is_own && is_counted && is_alone && !only.is_above).then_some(only)
}

fn is_heading(text: &str, sentence: &Sentence<'_>) -> bool {
    let before = text.get(..sentence.start).unwrap_or_default();
    before.rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    const FRONT: &str = "[indicator.x]\nactual.R4 = 78\nactual.R5 = 104\ntarget.R5 = 150";

    fn sheet(front: &str, text: &str) -> Fixture {
        let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '支援した児童生徒数'\nunit = '人'\n+++\n";
        let content = Fixture::new().with(program("a", "")).file("programs/a/program.md", node);
        content.file("programs/a/2023.md", &format!("+++\n{front}\n+++\n## 実績\n{text}\n"))
    }

    fn check(text: &str, found: bool) {
        let expected: &[&str] = if found { &["programs/a/2023.md:8"] } else { &[] };
        sheet(FRONT, text).assert_finds("text-figure", expected);
    }

    #[test]
    fn a_number_at_the_beginning_is_that_of_the_only_indicator_of_its_unit() {
        let check = |text: &str, found: &[&str]| {
            let node = "+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '誘致した企業数'\nunit = '社'\n+++\n";
            let sheet = format!("+++\n[indicator.x]\nactual.R4 = 7\nactual.R5 = 4\n+++\n## 実績\n{text}\n");
            let content = Fixture::new().with(program("a", "")).file("programs/a/program.md", node);
            content.file("programs/a/2023.md", &sheet).assert_finds("text-figure", found);
        };
        check("4社が操業を始めた。", &[]);
        check("7社が操業を始めた。", &["programs/a/2023.md:7"]);
        check("新たに7社が操業を始めた。", &[]);
        // A part of it is another number of its unit.
        check("誘致した企業は7社、うち2社が操業した。", &["programs/a/2023.md:7"]);
    }

    #[test]
    fn compares_numbers_with_indicators_of_the_same_words_and_unit() {
        check("3人を配置し、104人を支援した。", false);
        check("3人を配置し、140人を支援した。", true);
        check("支援は140回だった。", false);
        check("140人が来場した。", false);
        check("支援した人は104人（うち市外からの支援は14人）だった。", false);
    }

    #[test]
    fn a_number_can_be_that_of_the_only_indicator_of_its_unit() {
        let content = |unit: &str| {
            let node = format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '設置数'\nunit = '{unit}'\n+++\n");
            let sheet = format!("+++\n[indicator.x]\nactual.R5 = 36\n+++\n## 実績\n器具を63{unit}に取り付けた。\n");
            Fixture::new()
                .with(program("a", ""))
                .file("programs/a/program.md", &node)
                .file("programs/a/2023.md", &sheet)
        };
        content("基").assert_finds("text-figure", &["programs/a/2023.md:6"]);
        content("人").assert_finds("text-figure", &[]);
    }

    #[test]
    fn reports_values_of_the_year_before() {
        check("児童78人を支援した。", true);
        check("前年度は児童78人を支援した。", false);
        check("支援は78人から104人に増えた。", false);
    }

    #[test]
    fn compares_differences_from_the_target() {
        check("支援は目標を46人下回った。", false);
        check("支援は目標を64人下回った。", true);
        check("支援した人は、目標を64人下回った。", true);
        check("支援は前年度より26人増えた。", false);
        check("支援は前年度より62人増えた。", true);
    }

    #[test]
    fn compares_sums() {
        check("小学校3校、中学校2校の計5校で開いた。", false);
        check("小学校3校、中学校2校の計6校で開いた。", true);
        let table = |total| {
            format!("{total}町内会が使った。\n\n| 数 | 町内会 |\n|---|---|\n| 7 | 53町内会 |\n| 6 | 33町内会 |")
        };
        check(&table(86), false);
        check(&table(68), true);
        check(&table(40), false);
    }

    #[test]
    fn compares_components_of_amounts() {
        let front = "[money]\nsettlement.R5 = { value = 20000, parts = [{ name = '貸付金', value = 15000 }] }\n\n";
        sheet(front, "貸付金は15,000千円だった。").assert_finds("text-figure", &[]);
        sheet(front, "貸付金は1,500千円だった。").assert_finds("text-figure", &["programs/a/2023.md:8"]);
    }
}
