//! A result in words, for pages: the formula, its values and years, and whose it is.

use super::difference::windows;
use super::input::Input;
use super::marks::falls;
use super::operand::Operand;
use super::outcome::{Agreement, MarkComparison, Measure, MethodOutcome};
use super::{Assessment, exact::Shown, words};
use crate::diagnostic::{Bilingual, say};
use crate::model::{Bound, Column, Estimate, Indicator, Method, MethodKind, Scale, Strategy, YearKind};

/// What a page says of a computed result, or of why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What is computed: 達成率.
    pub name: Bilingual,
    /// The result alone: `97.4%`, 維持; the guard's sentence where there is no number.
    pub result: Result<Bilingual, Bilingual>,
    /// 達成率 = 実績値 ÷ 目標値 = 18,104 ÷ 18,590 = 97.4%; with the words alone where there
    /// is no number.
    pub line: Bilingual,
    /// Whether the actual value is as good as the target, in a sentence, where that is known.
    pub reached: Option<Bilingual>,
    /// The values of the formula with their years, the actual value first.
    pub inputs: Vec<Input>,
    /// Whether the two agree, in a sentence.
    pub agreement: Option<Bilingual>,
    /// What must be read with it: rounding, directions, bounds, old surveys, estimates.
    pub remarks: Vec<Bilingual>,
    /// The note of the method, as its author wrote it.
    pub method_note: Option<String>,
    /// That the site computed it, by the method that the city declared.
    pub origin: Bilingual,
}

impl Assessment {
    /// The result of the declared method in words. `None` where there is none.
    ///
    /// `strategy` and `indicator` are those of the report that was assessed.
    pub fn explain(&self, strategy: &Strategy, indicator: &Indicator) -> Option<Explanation> {
        let (place, result) = self.result.as_ref()?;
        let method = strategy.methods.get(*place)?;
        let outcome = result.as_ref().ok();
        let (name, how) = words::formula(method.kind, outcome.map_or(indicator.better, |outcome| outcome.direction));
        let (result, line) = match result {
            Ok(outcome) => of_outcome(outcome, &name, &how),
            Err(why) => {
                let line = in_both(|of| format!("{} = {}", of(&name), of(&how)));
                (Err(why.sentence(indicator.year_kind)), line)
            }
        };
        let marks = outcome.and_then(|outcome| outcome.marks.as_ref());
        let scale = method.scale.and_then(|scale| strategy.scales.get(scale.0));
        Some(Explanation {
            name,
            result,
            line,
            reached: outcome.and_then(|outcome| outcome.reached).map(reached),
            inputs: outcome.map(|outcome| outcome.inputs.clone()).unwrap_or_default(),
            agreement: marks.zip(scale).and_then(|(marks, scale)| agreement(marks, scale)),
            remarks: outcome.map(|outcome| remarks(outcome, method, indicator.year_kind)).unwrap_or_default(),
            method_note: method.note.clone(),
            origin: origin(strategy),
        })
    }
}

/// The result of a method, and the formula with it.
fn of_outcome(
    MethodOutcome { measure, figures, .. }: &MethodOutcome,
    name: &Bilingual,
    how: &Bilingual,
) -> (Result<Bilingual, Bilingual>, Bilingual) {
    match measure {
        Measure::Rate(rate) => {
            let Shown { text, .. } = rate.shown();
            let line = in_both(|of| format!("{} = {} = {figures} = {text}", of(name), of(how)));
            (Ok(Bilingual { ja: text.clone(), en: text }), line)
        }
        // 判定: 実績値を基準値と比べる（18 < 20）= 維持
        Measure::Step(step) => {
            let (result, compared) = (words::step_name(*step), say!(ja: "（{figures}）", en: " ({figures}) "));
            let line = in_both(|of| format!("{}: {}{}= {}", of(name), of(how), of(&compared), of(&result)));
            (Ok(result), line)
        }
    }
}

/// What `write` makes of texts in each language.
fn in_both(write: impl Fn(fn(&Bilingual) -> &str) -> String) -> Bilingual {
    Bilingual { ja: write(|text| &text.ja), en: write(|text| &text.en) }
}

fn agreement(marks: &MarkComparison, scale: &Scale) -> Option<Bilingual> {
    let mark = |place: &usize| scale.marks.get(*place).map(|mark| mark.mark.as_str());
    let computed = marks.mark.as_ref().ok()?.as_ref().and_then(mark)?;
    let published = marks.published.iter().filter_map(mark).collect::<Vec<_>>().join("・");
    match marks.agreement {
        Agreement::Same => Some(say!(
            ja: "計算による区分「{computed}」は、公表された評価と同じです。",
            en: "The computed mark, {computed}, is the same as the published one."
        )),
        Agreement::Differs => Some(say!(
            ja: "計算による区分は「{computed}」、公表された評価は「{published}」で、異なります。",
            en: "The computed mark is {computed}, the published one {published}; they differ."
        )),
        Agreement::NotComparable => None,
    }
}

fn reached(reached: bool) -> Bilingual {
    if reached {
        say!(ja: "実績値は目標値に届いています。", en: "The target is reached.")
    } else {
        say!(ja: "実績値は目標値に届いていません。", en: "The target is not reached.")
    }
}

fn remarks(outcome: &MethodOutcome, method: &Method, years: YearKind) -> Vec<Bilingual> {
    let mut remarks = Vec::new();
    if matches!(&outcome.measure, Measure::Rate(rate) if rate.shown().rounded) {
        remarks.push(say!(
            ja: "率は小数第2位を四捨五入して示しています。区分と達成は四捨五入する前の値で判断しています。",
            en: "The rate is shown rounded to one decimal; marks are decided before rounding."
        ));
    }
    let actual = outcome.inputs.iter().find(|input| input.operand == Operand::Actual);
    let target = outcome.inputs.iter().find(|input| input.operand == Operand::Target);
    if target.is_some() && falls(method.kind, outcome.direction) {
        remarks.push(say!(
            ja: "少ないほど良い指標なので、100%を超えると目標に届いていないことになります。",
            en: "Less is better here: above 100% the target is missed."
        ));
    }
    if let (Some(actual), Some(target)) = (actual, target) {
        let strict = matches!(target.bound, Bound::Above | Bound::Below) && actual.number == target.number;
        if strict && method.kind != MethodKind::Cumulative {
            let printed = &target.value.printed;
            remarks.push(say!(
                ja: "目標値は「{printed}」なので、ちょうど同じ値では届いたことになりません。",
                en: "The target is \"{printed}\"; just that value does not reach it."
            ));
        }
        remarks.extend(windows(actual, target, years));
    }
    if let Some(actual) = actual {
        if let (Column::Year(column), Some(measured)) = (actual.column, actual.year)
            && column != measured
        {
            remarks.push(say!(
                ja: "{column_ja}の欄の実績値は、{measured_ja}に測られた値です。",
                en: "The actual value printed for {column} was measured in {measured}.",
                column_ja = column.japanese_as(years),
                measured_ja = measured.japanese_as(years),
                column = column.english_as(years),
                measured = measured.english_as(years)
            ));
        }
        if let Some(Estimate::Worded(word)) = &actual.value.estimated {
            remarks.push(say!(ja: "実績値は{word}の値です。", en: "The actual value is an estimate ({word})."));
        }
    }
    if let Some(Err(why)) = outcome.marks.as_ref().map(|marks| &marks.mark) {
        remarks.push(why.sentence(years));
    }
    remarks
}

fn origin(strategy: &Strategy) -> Bilingual {
    let publisher = &strategy.publisher;
    say!(
        ja: "{publisher}が定めた方法によってこのサイトが計算したもので、公表された評価ではありません。",
        en: "Computed by this site by the method that {publisher} declared; not a published evaluation."
    )
}
