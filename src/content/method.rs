//! Parsing of methods (`[[method]]` of `strategy.toml`) and validation of the method ids of indicators.

use super::item::Item;
use super::judgement::mark;
use super::strategy::keyword;
use super::table::TomlTable;
use super::value::{Grammar, ValueReader};
use crate::diagnostic::{Bilingual, Diagnostic, Rule, say};
use crate::model::{
    Band, BandCondition, Bound, Decimal, Kind, Method, MethodKind, MethodRef, MethodTarget, Number, QualitativeResult,
    Scale, ScaleIx, Strategy, Tolerance, ToleranceWidth, Value, ValueContent,
};
use toml::de::DeValue;

/// The methods of a strategy with these `scales`. Reports more than one default method.
pub(super) fn methods(table: &TomlTable<'_>, scales: &[Scale]) -> Vec<Method> {
    let methods = table.tables_with_id("method", |table, id| method(id, table, scales));
    let methods: Vec<Method> = methods.into_iter().flatten().collect();
    let defaults = || methods.iter().filter(|method| method.default);
    for (index, method) in defaults().enumerate() {
        let is_of_same = |earlier: &&Method| match earlier.node_kinds.is_empty() {
            true => method.node_kinds.is_empty(),
            false => earlier.node_kinds.iter().any(|kind| method.node_kinds.contains(kind)),
        };
        if !defaults().take(index).any(|earlier| is_of_same(&earlier)) {
            continue;
        }
        let message = say!(ja: "`default = true` の方法が二つあります", en: "a second method has `default = true`");
        table.file.report(Diagnostic::new(Rule::DefaultTwice, method.span, message).rule_help());
    }
    methods
}

/// Reports indicators with an undeclared method.
pub(super) fn check_method_references(strategy: &Strategy, diagnostics: &mut Vec<Diagnostic>) {
    let of_indicators = || strategy.methods.iter().filter(|method| method.node_kinds.is_empty());
    let ids = || of_indicators().map(|method| method.id.as_str());
    for reference in
        strategy.nodes.iter().flat_map(|node| &node.indicators).filter_map(|indicator| indicator.method.as_ref())
    {
        let id = &reference.id;
        if id == MethodRef::DECLARED || ids().any(|known| known == id) {
            continue;
        }
        let message = say!(ja: "`{id}` という方法はありません", en: "there is no method `{id}`");
        let help = say!(
            ja: "strategy.toml の `[[method]]` に `id = \"{id}\"` を書くか、計算しない場合は \"declared\" としてください",
            en: "declare it with `id = \"{id}\"` under `[[method]]` in strategy.toml, or write \"declared\" to compute nothing"
        );
        let known = ids().chain([MethodRef::DECLARED]);
        diagnostics.push(Diagnostic::new(Rule::UnknownMethod, reference.span, message).help(help).suggest(id, known));
    }
}

fn method(id: String, table: &TomlTable<'_>, scales: &[Scale]) -> Option<Method> {
    let kind = table.required_item("kind").and_then(|_| table.choice("kind", &MethodKind::ALL, MethodKind::key));
    let default = table.flag("default");
    let of = table.get("of");
    let node_kinds = kind.map(|kind| node_kinds(table, of, kind)).unwrap_or_default();
    let subjects: Vec<&str> = match node_kinds.is_empty() {
        true => vec![INDICATOR],
        false => node_kinds.iter().map(|kind| kind.key()).collect(),
    };
    let scale = table.get("scale").and_then(|item| scale(item, scales, &subjects));
    let bands = table.get("bands");
    if bands.is_some() && table.get("scale").is_none() {
        table.record_missing("scale");
    }
    let bands = match (kind, scale) {
        (Some(kind), Some((_, scale))) => self::bands(table.tables("bands"), kind, scale),
        _ => Vec::new(),
    };
    let tolerance = table.get("tolerance").and_then(|item| tolerance(item, kind?));
    let from_zero = table.get("start").zip(kind).is_some_and(|(item, kind)| starts_from_zero(item, kind));
    let target = table.choice("target", &MethodTarget::ALL, MethodTarget::key);
    let note = table.text("note");
    let kind = kind?;
    if id == MethodRef::DECLARED && kind != MethodKind::Declared {
        let message = say!(
            ja: "id「declared」は、計算しない方法のための名前です",
            en: "the id `declared` is reserved for methods that compute nothing"
        );
        let help = say!(ja: "別の id にしてください", en: "give the method another id");
        table.report(Rule::NotAnId, message, help);
    }
    Some(Method {
        id,
        kind,
        node_kinds,
        default,
        scale: scale.map(|(ix, _)| ix),
        bands,
        tolerance,
        from_zero,
        target,
        note,
        span: table.span,
    })
}

/// Word for indicators in `of`.
const INDICATOR: &str = "indicator";

/// The kinds of nodes under `of`; none for a method of indicators. Reports what a method of this `kind` cannot assess, and
/// a method of nodes that is not their default: nodes name no method.
fn node_kinds(table: &TomlTable<'_>, of: Option<Item<'_>>, kind: MethodKind) -> Vec<Kind> {
    if kind.assesses_nodes() && of.is_none() {
        table.record_missing("of");
    }
    if kind.assesses_nodes() && table.get("default").is_none() {
        table.record_missing("default");
    }
    let words: Vec<&str> = Kind::KEYS.into_iter().chain([INDICATOR]).collect();
    let mut node_kinds = Vec::new();
    for item in of.map(Item::one_or_many).unwrap_or_default() {
        let Some(written) = keyword(item, &words) else { continue };
        match Kind::from_key(written) {
            Some(of) if kind.assesses_nodes() => node_kinds.push(of),
            None if !kind.assesses_nodes() => {}
            _ => report_other_subject(item, kind, written),
        }
    }
    node_kinds
}

fn report_other_subject(item: Item<'_>, kind: MethodKind, written: &str) {
    let key = kind.key();
    let help = match kind.assesses_nodes() {
        true => say!(
            ja: "`of` に goal、policy、program のどれかを書いてください",
            en: "write goal, policy or program under `of`"
        ),
        false => say!(
            ja: "この行を消してください。施策などに使えるのは `kind = \"share-reached\"` だけです",
            en: "remove this line; only `kind = \"share-reached\"` assesses nodes"
        ),
    };
    let message = say!(ja: "`{key}` は `{written}` には使えません", en: "a method `{key}` cannot assess `{written}`");
    item.report(Rule::MethodOfOthers, message, help);
}

/// The scale with the id in `item`, which must be for all `subjects`, and its index.
fn scale<'s>(item: Item<'_>, scales: &'s [Scale], subjects: &[&str]) -> Option<(ScaleIx, &'s Scale)> {
    let written = item.text()?;
    let declared = scales.iter().enumerate().find(|(_, scale)| scale.id == written);
    match declared {
        Some((index, scale)) => {
            let other = subjects.iter().find(|subject| !scale.applies_to.iter().any(|of| of == *subject));
            let Some(subject) = other else { return Some((ScaleIx(index), scale)) };
            item.report(
                Rule::ScaleOfOthers,
                say!(
                    ja: "評価尺度 `{written}` は `{subject}` には使えません",
                    en: "the scale `{written}` is not for `{subject}`"
                ),
                say!(
                    ja: "その `[[scale]]` の `of` に \"{subject}\" を加えてください",
                    en: "add \"{subject}\" to the key `of` of that `[[scale]]`"
                ),
            );
            None
        }
        None => {
            let message = say!(ja: "`{written}` という評価尺度はありません", en: "there is no scale `{written}`");
            let help = say!(ja: "`[[scale]]` の id を書いてください", en: "write the id of a `[[scale]]`");
            let ids = scales.iter().map(|scale| scale.id.as_str());
            item.file
                .report(Diagnostic::new(Rule::UnknownScale, item.span(), message).help(help).suggest(&written, ids));
            None
        }
    }
}

fn bands(tables: Vec<TomlTable<'_>>, kind: MethodKind, scale: &Scale) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    let last = tables.len().saturating_sub(1);
    for (index, table) in tables.into_iter().enumerate() {
        let condition = condition(&table, kind);
        let mark = match table.get("mark") {
            Some(item) => mark(item, scale),
            None => {
                table.record_missing("mark");
                None
            }
        };
        let (Some(condition), Some(mark)) = (condition, mark) else { continue };
        if let Some((message, help)) = order_error(&bands, condition, index == last) {
            table.report(Rule::BandOrder, message, help);
        }
        bands.push(Band { condition, mark });
    }
    bands
}

/// Message and help for a band with `condition` that cannot follow the bands `before`. `None` if the order is
/// valid.
fn order_error(before: &[Band], condition: BandCondition, is_last: bool) -> Option<(Bilingual, Bilingual)> {
    let best_first = || say!(ja: "良いものから順に並べてください", en: "write the best band first");
    match (before.last().map(|band| band.condition), condition) {
        (_, BandCondition::Rest) if !is_last => Some((
            say!(ja: "この帯がすべてを含むので、後の帯に当てはまるものがありません", en: "this band matches everything, so the bands after it never match"),
            say!(
                ja: "`from` などのない帯は最後に一つだけ置いてください",
                en: "write only one band without `from`, `to` or `when`, as the last one"
            ),
        )),
        (Some(BandCondition::From(before)), BandCondition::From(from)) if from >= before => Some((
            say!(ja: "{from}% が、前の帯（{before}%）より小さくありません", en: "{from}% is not below the previous band ({before}%)"),
            best_first(),
        )),
        (Some(BandCondition::To(before)), BandCondition::To(to)) if to <= before => Some((
            say!(ja: "{to}% が、前の帯（{before}%）より大きくありません", en: "{to}% is not above the previous band ({before}%)"),
            best_first(),
        )),
        (_, BandCondition::When(result)) if before.iter().any(|band| band.condition == condition) => {
            let key = result.key();
            Some((
                say!(ja: "`when = \"{key}\"` が二つあります", en: "duplicate `when = \"{key}\"`"),
                say!(ja: "一つにしてください", en: "keep one of them"),
            ))
        }
        (Some(BandCondition::From(_)), BandCondition::To(_)) | (Some(BandCondition::To(_)), BandCondition::From(_)) => {
            Some((
                say!(ja: "`from` と `to` が混ざっています", en: "`from` and `to` are mixed in one list"),
                say!(
                    ja: "大きいほど良い率なら `from`、小さいほど良い率なら `to` だけを使ってください",
                    en: "use only `from` if a high rate is good, only `to` if a low rate is good"
                ),
            ))
        }
        _ => None,
    }
}

fn condition(table: &TomlTable<'_>, kind: MethodKind) -> Option<BandCondition> {
    let results = kind.qualitative_results();
    let key = kind.key();
    if kind == MethodKind::Declared {
        let message =
            say!(ja: "`{key}` は計算しないので、帯は使えません", en: "`{key}` computes nothing and has no bands");
        let help =
            say!(ja: "`bands` を消すか、`kind` を見直してください", en: "remove `bands`, or choose another `kind`");
        table.report(Rule::BandOfOthers, message, help);
        return None;
    }
    let (from, to, when) = (table.get("from"), table.get("to"), table.get("when"));
    let given: Vec<String> = [from, to, when].iter().flatten().map(|item| format!("`{}`", item.key)).collect();
    if given.len() > 1 {
        let (all_ja, all) = (given.join("と"), given.join(" and "));
        let message = say!(
            ja: "一つの帯に {all_ja} が書かれています",
            en: "this band has more than one condition: {all}"
        );
        let help = say!(ja: "`from`、`to`、`when` のどれか一つにしてください", en: "keep one of `from`, `to`, `when`");
        table.report(Rule::BandOrder, message, help);
        return None;
    }
    match (from, to, when) {
        (Some(item), ..) | (_, Some(item), _) if !results.is_empty() => {
            let keys: Vec<&str> = results.iter().map(|result| result.key()).collect();
            let all = keys.join(", ");
            item.report(
                Rule::BandOfOthers,
                say!(ja: "`{key}` の結果は率ではありません", en: "`{key}` does not yield a rate"),
                say!(ja: "`when` に {all} のどれかを書いてください", en: "write `when` with one of {all}"),
            );
            None
        }
        (.., Some(item)) if results.is_empty() => {
            item.report(
                Rule::BandOfOthers,
                say!(ja: "`{key}` の結果は率です", en: "`{key}` yields a rate"),
                say!(ja: "`from = 80` のように百分率で書いてください", en: "write a percentage, as in `from = 80`"),
            );
            None
        }
        (Some(item), ..) => percentage(item).map(BandCondition::From),
        (_, Some(item), _) => percentage(item).map(BandCondition::To),
        (.., Some(_)) => table.choice("when", results, QualitativeResult::key).map(BandCondition::When),
        (None, None, None) => Some(BandCondition::Rest),
    }
}

/// Reads `tolerance = 2` (in the unit of the indicator), `"10%"` (of the baseline), `"3未満"` or
/// `{ value = 3, bound = "below" }` (without its end).
fn tolerance(item: Item<'_>, kind: MethodKind) -> Option<Tolerance> {
    let key = kind.key();
    if !kind.uses_tolerance() {
        item.report(
            Rule::ToleranceOfOthers,
            say!(ja: "`{key}` では `tolerance` を使いません", en: "`{key}` does not use `tolerance`"),
            say!(
                ja: "`tolerance` を使うのは maintain と versus-baseline だけです。この行を消してください",
                en: "`tolerance` is only for maintain and versus-baseline; remove this line"
            ),
        );
        return None;
    }
    let tolerance = width(item);
    if tolerance.is_none() {
        let message = say!(ja: "`tolerance` を幅として読めません", en: "`tolerance` is not valid");
        item.file.report(Diagnostic::new(Rule::NotATolerance, item.span(), message).rule_help());
    }
    tolerance
}

/// Reads a non-negative number with the unit `%` or none, exact or with a bound such as 未満.
fn width(item: Item<'_>) -> Option<Tolerance> {
    let reader = ValueReader { missing: &[], grammar: Grammar::Numbers, funding: None };
    let value = match item.raw() {
        DeValue::String(text) => Value::parse(text, item.span())?,
        DeValue::Table(_) => {
            let table = item.table()?;
            let value = table.required_item("value").and_then(|item| reader.single(item));
            let bound = table.choice("bound", &Bound::ALL, Bound::key);
            let mut value = value?;
            if let (Some(bound), ValueContent::Number(number)) = (bound, &mut value.content) {
                number.bound = bound;
            }
            value
        }
        _ => Value::new(
            String::new(),
            ValueContent::Number(Number { decimal: item.decimal()?, unit: None, bound: Bound::Exact }),
            item.span(),
        ),
    };
    let Number { decimal, unit, bound } = value.number()?;
    let width = match unit.as_deref() {
        None => ToleranceWidth::Absolute(*decimal),
        Some("%" | "％") => ToleranceWidth::Percent(*decimal),
        Some(_) => return None,
    };
    let exclusive = match bound {
        Bound::Exact | Bound::AtMost => false,
        Bound::Below => true,
        Bound::AtLeast | Bound::Above | Bound::About => return None,
    };
    (!decimal.is_sign_negative()).then_some(Tolerance { width, exclusive })
}

/// Reads `start = 0`; returns true if it is given.
fn starts_from_zero(item: Item<'_>, kind: MethodKind) -> bool {
    let key = kind.key();
    if !kind.uses_start() {
        item.report(
            Rule::StartOfOthers,
            say!(ja: "`{key}` では `start` を使いません", en: "`{key}` does not use `start`"),
            say!(ja: "`start` を使うのは prorated だけです。この行を消してください", en: "`start` is only for prorated; remove this line"),
        );
        return false;
    }
    let is_zero = item.decimal().is_some_and(|number| number.is_zero());
    if !is_zero {
        item.wrong_type(say!(ja: "`0` だけ", en: "only `0`"));
    }
    is_zero
}

fn percentage(item: Item<'_>) -> Option<Decimal> {
    let number = item.decimal();
    if number.is_none() {
        item.wrong_type(say!(ja: "百分率の数（80 や 62.5）", en: "a percentage, like 80 or 62.5"));
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::tests::load;

    /// Methods and diagnostics of `toml`. The scale `grade` (A to D) is for indicators, `status` for programs.
    fn read(toml: &str) -> (Vec<Method>, Vec<Diagnostic>) {
        let scale = |id: &str, of: &str| {
            let marks = ["A", "B", "C", "D"].map(|mark| format!("{{ mark = \"{mark}\" }}")).join(", ");
            format!("[[scale]]\nid = \"{id}\"\ntitle = \"達成状況\"\nof = [\"{of}\"]\nmarks = [{marks}]\n")
        };
        let toml = format!(
            "title = \"計画\"\npublisher = \"市\"\n{}{}{toml}",
            scale("grade", "indicator"),
            scale("status", "program")
        );
        let loaded = load(&[("s/strategy.toml", &toml)]);
        (loaded.report.strategies[0].methods.clone(), loaded.diagnostics)
    }

    fn check(body: &str, rules: &[&str]) {
        let (_, diagnostics) = read(&format!("[[method]]\nid = \"m\"\n{body}"));
        assert_eq!(diagnostics.iter().map(|d| d.rule.code()).collect::<Vec<_>>(), rules, "{body}");
        assert!(diagnostics.iter().all(|d| d.help.is_some()), "{body}: each error has a help text");
    }

    #[test]
    fn parses_all_keys_of_a_method() {
        let (methods, diagnostics) = read(
            r#"
            [[method]]
            id = "ratio"
            kind = "ratio"
            default = true
            scale = "grade"
            bands = [{ from = 110, mark = "A" }, { from = 62.5, mark = "B" }, { mark = "D" }]
            note = "評価の手引き"
            [[method]]
            id = "survey"
            kind = "versus-baseline"
            scale = "grade"
            bands = [{ when = "reached", mark = "A" }, { when = "kept", mark = "C" }]
            tolerance = "10%"
            "#,
        );
        assert_eq!(diagnostics, []);
        let bands_of = |method: &Method| method.bands.iter().map(|b| (b.condition, b.mark)).collect::<Vec<_>>();
        let [ratio, survey] = methods.as_slice() else { panic!("expected two methods") };
        assert_eq!((ratio.kind, ratio.default, ratio.scale), (MethodKind::Ratio, true, Some(ScaleIx(0))));
        let bands = [
            (BandCondition::From(Decimal::from(110)), 0),
            (BandCondition::From(Decimal::new(625, 1)), 1),
            (BandCondition::Rest, 3),
        ];
        assert_eq!(bands_of(ratio), bands);
        assert_eq!(
            bands_of(survey),
            [(BandCondition::When(QualitativeResult::Reached), 0), (BandCondition::When(QualitativeResult::Kept), 2)]
        );
        let ten = ToleranceWidth::Percent(Decimal::from(10));
        assert_eq!(survey.tolerance, Some(Tolerance { width: ten, exclusive: false }));
    }

    #[test]
    fn reports_each_error_with_its_rule() {
        check("kind = \"ratio\"", &[]);
        check("", &["missing-key"]);
        check("kind = \"percent\"", &["unknown-word"]);
        check("kind = \"ratio\"\nband = []", &["unknown-key"]);
        check("kind = \"ratio\"\nbands = [{ from = 80, mark = \"A\" }]", &["missing-key"]);
        check("kind = \"ratio\"\nscale = \"grades\"", &["unknown-scale"]);
        check("kind = \"ratio\"\nscale = \"status\"", &["scale-of-others"]);
        check("kind = \"ratio\"\ntolerance = 3", &["tolerance-of-others"]);
        check("kind = \"maintain\"\ntolerance = \"about\"", &["not-a-tolerance"]);
        check("kind = \"maintain\"\ntolerance = -1", &["not-a-tolerance"]);
        let bands = |kind: &str, bands: &str, rules: &[&str]| {
            check(&format!("kind = \"{kind}\"\nscale = \"grade\"\nbands = [{bands}]"), rules);
        };
        bands("ratio", r#"{ to = 100, mark = "A" }, { to = 120, mark = "B" }, { mark = "C" }"#, &[]);
        bands("ratio", r#"{ from = 80, mark = "E" }"#, &["unknown-mark"]);
        bands("ratio", r#"{ from = 80, mark = "A" }, { from = 80, mark = "B" }"#, &["band-order"]);
        bands("ratio", r#"{ from = 60, mark = "A" }, { from = 80, mark = "B" }"#, &["band-order"]);
        bands("ratio", r#"{ to = 100, mark = "A" }, { to = 90, mark = "B" }"#, &["band-order"]);
        bands("ratio", r#"{ mark = "D" }, { from = 80, mark = "A" }"#, &["band-order"]);
        bands("ratio", r#"{ from = 80, mark = "A" }, { to = 50, mark = "B" }"#, &["band-order"]);
        bands("ratio", r#"{ from = 80, to = 90, mark = "A" }"#, &["band-order"]);
        bands("ratio", r#"{ when = "kept", mark = "A" }"#, &["band-of-others"]);
        bands("maintain", r#"{ from = 80, mark = "A" }"#, &["band-of-others"]);
        bands("maintain", r#"{ when = "reached", mark = "A" }"#, &["unknown-word"]);
        bands("maintain", r#"{ when = "kept", mark = "A" }, { when = "worse", mark = "B" }"#, &[]);
        bands(
            "maintain",
            r#"{ when = "kept", mark = "A" }, { when = "worse", mark = "B" }, { when = "kept", mark = "C" }"#,
            &["band-order"],
        );
        bands("declared", r#"{ mark = "A" }"#, &["band-of-others"]);
    }

    #[test]
    fn reads_tolerances_with_and_without_their_end() {
        let tolerance = |written: &str| {
            let (methods, diagnostics) =
                read(&format!("[[method]]\nid = 'm'\nkind = 'maintain'\ntolerance = {written}"));
            assert_eq!(diagnostics, [], "{written}");
            methods[0].tolerance.unwrap()
        };
        let absolute = |width: i64, exclusive| Tolerance { width: ToleranceWidth::Absolute(width.into()), exclusive };
        let percent = |width: i64, exclusive| Tolerance { width: ToleranceWidth::Percent(width.into()), exclusive };
        assert_eq!(tolerance("3"), absolute(3, false));
        assert_eq!(tolerance("'3未満'"), absolute(3, true));
        assert_eq!(tolerance("'3以下'"), absolute(3, false));
        assert_eq!(tolerance("'10％'"), percent(10, false));
        assert_eq!(tolerance("'10%未満'"), percent(10, true));
        assert_eq!(tolerance("{ value = 3, bound = 'below' }"), absolute(3, true));
        check("kind = \"maintain\"\ntolerance = '3以上'", &["not-a-tolerance"]);
        check("kind = \"maintain\"\ntolerance = '3点'", &["not-a-tolerance"]);
    }

    #[test]
    fn start_is_zero_and_only_for_prorated() {
        let (methods, diagnostics) = read("[[method]]\nid = 'm'\nkind = 'prorated'\nstart = 0");
        assert_eq!((diagnostics, methods[0].from_zero), (Vec::new(), true));
        check("kind = 'prorated'\nstart = 1", &["wrong-type"]);
        check("kind = 'path'\nstart = 0", &["start-of-others"]);
    }

    #[test]
    fn each_kind_of_node_can_have_a_default_method_beside_that_of_indicators() {
        let share = |id: &str, of: &str| {
            format!("[[method]]\nid = '{id}'\nof = {of}\nkind = 'share-reached'\ndefault = true\nscale = 'status'\n")
        };
        let ratio = "[[method]]\nid = 'ratio'\nof = ['indicator']\nkind = 'ratio'\ndefault = true\n";
        let rules = |toml: &str| read(toml).1.iter().map(|d| d.rule.code()).collect::<Vec<_>>();
        let programs = share("programs", "'program'");
        let (methods, diagnostics) = read(&[ratio, &programs].concat());
        assert_eq!((diagnostics, &methods[1].node_kinds), (Vec::new(), &vec![Kind::Program]));
        assert_eq!(rules(&[programs, share("again", "'program'")].concat()), ["default-twice"]);
        assert_eq!(rules(&share("policies", "'policy'")), ["scale-of-others"], "the scale is for programs");
        check("kind = 'share-reached'\ndefault = true", &["missing-key"]);
        check("kind = 'share-reached'\nof = ['policy']", &["missing-key"]);
        check("kind = 'share-reached'\nof = ['policy', 'indicator']\ndefault = true", &["method-of-others"]);
        check("kind = 'ratio'\nof = ['policies']", &["unknown-word"]);
    }

    #[test]
    fn reports_a_second_default_method() {
        let (_, diagnostics) = read(
            "[[method]]\nid = \"a\"\nkind = \"ratio\"\ndefault = true\n[[method]]\nid = \"b\"\nkind = \"path\"\ndefault = true",
        );
        assert_eq!(diagnostics.iter().map(|d| d.rule.code()).collect::<Vec<_>>(), ["default-twice"]);
    }
}
