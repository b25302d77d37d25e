//! Methods: `[[method]]` of `strategy.toml`, and the names by which indicators choose them.

use super::judgement::mark;
use super::table::{Item, TomlTable};
use crate::diagnostic::{Bilingual, Diagnostic, Rule, say};
use crate::model::{
    Band, Decimal, Method, MethodKind, MethodName, MethodTarget, Scale, ScaleIx, Step, Strategy, Takes, Tolerance,
};
use toml::de::DeValue;

/// The methods of a strategy whose scales are `scales`.
pub(super) fn methods(table: &TomlTable<'_>, scales: &[Scale]) -> Vec<Method> {
    let methods = table.declared("method", |table, id| method(id, table, scales));
    let methods: Vec<Method> = methods.into_iter().flatten().collect();
    for method in methods.iter().filter(|method| method.default).skip(1) {
        let message = say!(ja: "`default = true` の方法が二つあります", en: "two methods are the default");
        table.file.report(Diagnostic::new(Rule::DefaultTwice, method.span, message).remedy());
    }
    methods
}

/// Reports indicators that name a method which is not declared.
pub(super) fn check_names(strategy: &Strategy, found: &mut Vec<Diagnostic>) {
    let ids = || strategy.methods.iter().map(|method| method.id.as_str());
    for name in
        strategy.nodes.iter().flat_map(|node| &node.indicators).filter_map(|indicator| indicator.method.as_ref())
    {
        let id = &name.id;
        if id == MethodName::DECLARED || ids().any(|known| known == id) {
            continue;
        }
        let message = say!(ja: "`{id}` という方法はありません", en: "there is no method `{id}`");
        let help = say!(
            ja: "strategy.toml の `[[method]]` に `id = \"{id}\"` を書くか、計算しないなら \"declared\" としてください",
            en: "declare it with `id = \"{id}\"` under `[[method]]` in strategy.toml, or write \"declared\" to compute nothing"
        );
        let known = ids().chain([MethodName::DECLARED]);
        found.push(Diagnostic::new(Rule::UnknownMethod, name.span, message).help(help).suggest(id, known));
    }
}

fn method(id: String, table: &TomlTable<'_>, scales: &[Scale]) -> Option<Method> {
    let kind = table.required_item("kind").and_then(|_| table.choice("kind", &MethodKind::ALL, MethodKind::key));
    let default = table.flag("default");
    let scale = table.get("scale").and_then(|item| scale(item, scales));
    let bands = table.get("bands");
    if bands.is_some() && table.get("scale").is_none() {
        table.missing("scale");
    }
    let bands = match (kind, scale) {
        (Some(kind), Some((_, scale))) => self::bands(table.tables("bands"), kind, scale),
        _ => Vec::new(),
    };
    let tolerance = table.get("tolerance").and_then(|item| tolerance(item, kind?));
    let target = table.choice("target", &MethodTarget::ALL, MethodTarget::key);
    let note = table.text("note");
    let kind = kind?;
    if id == MethodName::DECLARED && kind != MethodKind::Declared {
        let message = say!(
            ja: "id「declared」は、計算しないという意味の名前です",
            en: "the id `declared` is the name for computing nothing"
        );
        let help = say!(ja: "別の id にしてください", en: "give the method another id");
        table.report(Rule::NotAnId, message, help);
    }
    Some(Method { id, kind, default, scale: scale.map(|(ix, _)| ix), bands, tolerance, target, note, span: table.span })
}

/// The scale that `item` names, which must judge indicators.
fn scale<'s>(item: Item<'_>, scales: &'s [Scale]) -> Option<(ScaleIx, &'s Scale)> {
    let written = item.text()?;
    let found = scales.iter().enumerate().find(|(_, scale)| scale.id == written);
    match found {
        Some((place, scale)) if scale.of.iter().any(|of| of == "indicator") => Some((ScaleIx(place), scale)),
        Some(_) => {
            item.report(
                Rule::ScaleOfOthers,
                say!(ja: "評価尺度 `{written}` は指標のものではありません", en: "the scale `{written}` does not judge indicators"),
                say!(
                    ja: "その `[[scale]]` の `of` に \"indicator\" を加えてください",
                    en: "add \"indicator\" to `of` of that `[[scale]]`"
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
    for (place, table) in tables.into_iter().enumerate() {
        let takes = takes(&table, kind);
        let mark = match table.get("mark") {
            Some(item) => mark(item, scale),
            None => {
                table.missing("mark");
                None
            }
        };
        let (Some(takes), Some(mark)) = (takes, mark) else { continue };
        if let Some((message, help)) = misplaced(bands.last().map(|band| band.takes), takes, place == last) {
            table.report(Rule::BandOrder, message, help);
        }
        bands.push(Band { takes, mark });
    }
    bands
}

/// What is wrong with a band that takes `takes` after one that takes `before`.
fn misplaced(before: Option<Takes>, takes: Takes, last: bool) -> Option<(Bilingual, Bilingual)> {
    let best_first = || say!(ja: "良いものから順に並べてください", en: "write the best first");
    match (before, takes) {
        (_, Takes::Rest) if !last => Some((
            say!(ja: "この帯より後の帯には何も残りません", en: "this band leaves nothing to those after it"),
            say!(
                ja: "`from` などのない帯は最後に一つだけ置いてください",
                en: "a band without `from`, `to` or `when` stands last, and once"
            ),
        )),
        (Some(Takes::From(before)), Takes::From(from)) if from >= before => Some((
            say!(ja: "{from}% 以上は、前の帯の {before}% 以上に含まれません", en: "{from}% does not lie below the {before}% of the band before it"),
            best_first(),
        )),
        (Some(Takes::To(before)), Takes::To(to)) if to <= before => Some((
            say!(ja: "{to}% 以下は、前の帯の {before}% 以下に含まれています", en: "{to}% does not lie above the {before}% of the band before it"),
            best_first(),
        )),
        (Some(Takes::When(before)), Takes::When(step)) if before == step => {
            let key = step.key();
            Some((
                say!(ja: "`when = \"{key}\"` が二つあります", en: "`when = \"{key}\"` stands twice"),
                say!(ja: "一つにしてください", en: "keep one of them"),
            ))
        }
        (Some(Takes::From(_)), Takes::To(_)) | (Some(Takes::To(_)), Takes::From(_)) => Some((
            say!(ja: "`from` と `to` が混じっています", en: "`from` and `to` stand in one list"),
            say!(
                ja: "大きいほど良い率なら `from`、小さいほど良い率なら `to` だけを使ってください",
                en: "use only `from` where a high rate is good, only `to` where a low one is"
            ),
        )),
        _ => None,
    }
}

fn takes(table: &TomlTable<'_>, kind: MethodKind) -> Option<Takes> {
    let steps = kind.steps();
    let key = kind.key();
    if kind == MethodKind::Declared {
        let message =
            say!(ja: "`{key}` は計算しないので、帯はありません", en: "`{key}` computes nothing and has no bands");
        let help =
            say!(ja: "`bands` を消すか、`kind` を見直してください", en: "remove `bands`, or choose another `kind`");
        table.report(Rule::BandOfOthers, message, help);
        return None;
    }
    let (from, to, when) = (table.get("from"), table.get("to"), table.get("when"));
    let given = [from, to, when].iter().flatten().count();
    if given > 1 {
        let message = say!(ja: "帯の条件が {given} つあります", en: "this band has {given} conditions");
        let help = say!(ja: "`from`、`to`、`when` のどれか一つにしてください", en: "keep one of `from`, `to`, `when`");
        table.report(Rule::BandOrder, message, help);
        return None;
    }
    match (from, to, when) {
        (Some(item), ..) | (_, Some(item), _) if !steps.is_empty() => {
            let words: Vec<&str> = steps.iter().map(|step| step.key()).collect();
            let all = words.join(", ");
            item.report(
                Rule::BandOfOthers,
                say!(ja: "`{key}` の結果は率ではありません", en: "`{key}` does not result in a rate"),
                say!(ja: "`when` に {all} のどれかを書いてください", en: "write `when` with one of {all}"),
            );
            None
        }
        (.., Some(item)) if steps.is_empty() => {
            item.report(
                Rule::BandOfOthers,
                say!(ja: "`{key}` の結果は率です", en: "`{key}` results in a rate"),
                say!(ja: "`from = 80` のように百分率で書いてください", en: "write percents, as in `from = 80`"),
            );
            None
        }
        (Some(item), ..) => number(item).map(Takes::From),
        (_, Some(item), _) => number(item).map(Takes::To),
        (.., Some(_)) => table.choice("when", steps, Step::key).map(Takes::When),
        (None, None, None) => Some(Takes::Rest),
    }
}

/// `tolerance = 2`, `tolerance = "10%"`.
fn tolerance(item: Item<'_>, kind: MethodKind) -> Option<Tolerance> {
    let key = kind.key();
    if !kind.tolerates() {
        item.report(
            Rule::ToleranceOfOthers,
            say!(ja: "`{key}` に `tolerance` は使われません", en: "`{key}` has no use for `tolerance`"),
            say!(
                ja: "`tolerance` は maintain と versus-baseline のためのものです。この行を消してください",
                en: "`tolerance` is for maintain and versus-baseline; remove the line"
            ),
        );
        return None;
    }
    let tolerance = match item.raw() {
        DeValue::String(text) => {
            let percent = text.trim().strip_suffix(['%', '％']);
            percent.and_then(|digits| Decimal::from_str_exact(digits.trim()).ok()).map(Tolerance::Percent)
        }
        _ => decimal(item).map(Tolerance::Absolute),
    };
    let width = tolerance.map(|(Tolerance::Absolute(width) | Tolerance::Percent(width))| width);
    if width.is_none_or(|width| width.is_sign_negative()) {
        let message = say!(ja: "`tolerance` を幅として読めません", en: "`tolerance` cannot be read as a width");
        item.file.report(Diagnostic::new(Rule::NotATolerance, item.span(), message).remedy());
        return None;
    }
    tolerance
}

fn number(item: Item<'_>) -> Option<Decimal> {
    let number = decimal(item);
    if number.is_none() {
        item.wrong_type(say!(ja: "百分率の数（80 や 62.5）", en: "a number of percent, 80 or 62.5"));
    }
    number
}

/// A TOML number, from its source text.
fn decimal(item: Item<'_>) -> Option<Decimal> {
    let digits = match item.raw() {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
        DeValue::Float(number) => number.as_str(),
        _ => return None,
    };
    let digits = digits.replace('_', "");
    Decimal::from_str_exact(digits.strip_prefix('+').unwrap_or(&digits)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::front_matter::Toml;
    use crate::diagnostic::{Sources, Span};
    use crate::model::{Mark, Tone};

    /// Reads `toml` where the strategy has the scale `grade`, A to D, for indicators.
    fn read(toml: &str) -> (Vec<Method>, Vec<Diagnostic>) {
        let mark =
            |mark: &str| Mark { mark: mark.to_owned(), meaning: None, spoken: None, tone: Tone::Neutral, ends: false };
        let scale = |id: &str, of: &str| Scale {
            id: id.to_owned(),
            title: "達成状況".to_owned(),
            of: vec![of.to_owned()],
            marks: ["A", "B", "C", "D"].map(mark).to_vec(),
            note: None,
            lost: None,
            span: Span::default(),
        };
        let mut sources = Sources::default();
        let file = sources.add("strategy.toml", toml);
        let scales = [scale("grade", "indicator"), scale("status", "program")];
        let mut found = Vec::new();
        (Toml::whole(file, &sources).read(&mut found, |table| methods(table, &scales)), found)
    }

    fn check(body: &str, rules: &[&str]) {
        let (_, found) = read(&format!("[[method]]\nid = \"m\"\n{body}"));
        assert_eq!(found.iter().map(|d| d.rule.code()).collect::<Vec<_>>(), rules, "{body}");
        assert!(found.iter().all(|d| d.help.is_some()), "{body}: each mistake says what to write");
    }

    #[test]
    fn a_method_is_read_as_written() {
        let (methods, found) = read(
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
        assert_eq!(found, []);
        let takes = |method: &Method| method.bands.iter().map(|b| (b.takes, b.mark)).collect::<Vec<_>>();
        let [ratio, survey] = methods.as_slice() else { panic!("two methods") };
        assert_eq!((ratio.kind, ratio.default, ratio.scale), (MethodKind::Ratio, true, Some(ScaleIx(0))));
        let bands = [(Takes::From(Decimal::from(110)), 0), (Takes::From(Decimal::new(625, 1)), 1), (Takes::Rest, 3)];
        assert_eq!(takes(ratio), bands);
        assert_eq!(takes(survey), [(Takes::When(Step::Reached), 0), (Takes::When(Step::Kept), 2)]);
        assert_eq!(survey.tolerance, Some(Tolerance::Percent(Decimal::from(10))));
    }

    #[test]
    fn mistakes_are_found_each_with_its_rule() {
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
        bands("declared", r#"{ mark = "A" }"#, &["band-of-others"]);
    }

    #[test]
    fn one_method_is_the_default() {
        let (_, found) = read(
            "[[method]]\nid = \"a\"\nkind = \"ratio\"\ndefault = true\n[[method]]\nid = \"b\"\nkind = \"path\"\ndefault = true",
        );
        assert_eq!(found.iter().map(|d| d.rule.code()).collect::<Vec<_>>(), ["default-twice"]);
    }
}
