//! Judges, scales, methods and judgements in `report.json`.

use super::json::{Json, Object};
use super::report_json;
use crate::model::{
    Band, BandCondition, Bound, Judge, Judgement, Mark, Method, Scale, ScaleKind, Strategy, ToleranceWidth, Verdict,
};

pub(super) fn judge(judge: &Judge) -> Object<'_> {
    Object::default().with("id", &judge.id).with("title", &judge.title)
}

pub(super) fn scale<'r>(strategy: &'r Strategy, scale: &'r Scale) -> Object<'r> {
    let judges = scale.judges.iter().filter_map(|judge| strategy.judges.get(judge.0)).map(|judge| &judge.id);
    let points = scale.points.as_ref();
    let sum = points.iter().flat_map(|points| &points.sum).filter_map(|ix| strategy.scales.get(ix.0));
    Object::default()
        .with("id", &scale.id)
        .with("title", &scale.title)
        .with("of", Json::from_iter(&scale.applies_to))
        .with("group", &scale.group)
        .with_filled("judges", Json::from_iter(judges))
        .with("kind", points.map(|_| ScaleKind::Points.key()))
        .with("max", points.and_then(|points| points.max))
        .with_filled("sum", Json::from_iter(sum.map(|scale| &scale.id)))
        .with("marks", Json::from_iter(scale.marks.iter().map(mark)))
        .with("note", &scale.note)
        .with("lost", &scale.lost)
}

fn mark(mark: &Mark) -> Object<'_> {
    Object::default()
        .with("mark", &mark.printed)
        .with("meaning", &mark.meaning)
        .with("spoken", &mark.spoken)
        .with("tone", mark.tone.key())
        .with_filled("ends", mark.ends)
}

/// Declared method for measuring progress. Limits of bands are rates in percent.
pub(super) fn method<'r>(strategy: &'r Strategy, method: &'r Method) -> Object<'r> {
    let scale = method.scale.and_then(|ix| strategy.scales.get(ix.0));
    // A band without `from`, `to` and `when` matches all remaining results.
    let band = |band: &Band| {
        let fields = match band.condition {
            BandCondition::From(from) => Object::default().with("from", from),
            BandCondition::To(to) => Object::default().with("to", to),
            BandCondition::When(result) => Object::default().with("when", result.key()),
            BandCondition::Rest => Object::default(),
        };
        let mark = scale.and_then(|scale| scale.marks.get(band.mark));
        debug_assert!(mark.is_some(), "bands refer to marks of the scale of their method");
        fields.with("mark", mark.map(|mark| &mark.printed))
    };
    let tolerance = method.tolerance.map(|tolerance| match tolerance.width {
        ToleranceWidth::Absolute(width) => width.to_string(),
        ToleranceWidth::Percent(percent) => format!("{percent}%"),
    });
    let excludes_end = method.tolerance.is_some_and(|tolerance| tolerance.exclusive);
    Object::default()
        .with("id", &method.id)
        .with_filled("of", Json::from_iter(method.node_kinds.iter().map(|kind| kind.key())))
        .with("kind", method.kind.key())
        .with_filled("default", method.default)
        .with("scale", scale.map(|scale| &scale.id))
        .with_filled("bands", Json::from_iter(method.bands.iter().map(band)))
        .with("tolerance", tolerance)
        .with("tolerance_bound", excludes_end.then_some(Bound::Below.key()))
        .with("start", method.from_zero.then_some("0"))
        .with("note", &method.note)
}

/// Scales that declare their marks as lost for every indicator, except those with a `given` judgement.
pub(super) fn lost_scales<'r>(strategy: &'r Strategy, given: &'r [Judgement]) -> impl Iterator<Item = &'r Scale> {
    let lost = strategy.scales.iter().enumerate().filter(|(index, scale)| {
        let is_given = given.iter().any(|judgement| judgement.scale.0 == *index);
        scale.lost_for("indicator").is_some() && !is_given
    });
    lost.map(|(_, scale)| scale)
}

/// Judgements of an indicator, with those that scales declare as lost for every indicator.
pub(super) fn indicator_judgements<'r>(strategy: &'r Strategy, given: &'r [Judgement]) -> Json<'r> {
    let lost = lost_scales(strategy, given);
    let lost = lost.map(|scale| Object::default().with("scale", &scale.id).with("lost", true));
    given.iter().filter_map(|given| judgement(strategy, given)).chain(lost).collect()
}

pub(super) fn judgements<'r>(strategy: &'r Strategy, judgements: &'r [Judgement]) -> Json<'r> {
    judgements.iter().filter_map(|given| judgement(strategy, given)).collect()
}

fn judgement<'r>(strategy: &'r Strategy, judgement: &'r Judgement) -> Option<Object<'r>> {
    let scale = strategy.scales.get(judgement.scale.0)?;
    let judge = judgement.judge.and_then(|judge| strategy.judges.get(judge.0));
    let fields = Object::default()
        .with("scale", &scale.id)
        .with("judge_id", judge.map(|judge| &judge.id))
        .with("fiscal_year", judgement.year);
    let fields = match &judgement.verdict {
        Verdict::Marks(marks) => {
            let marks = marks.iter().filter_map(|mark| Some(&scale.marks.get(*mark)?.printed));
            fields.with_filled("marks", Json::from_iter(marks))
        }
        Verdict::Points(points) => fields.with("points", report_json::value(Object::default(), points)),
        Verdict::Missing(printed) => fields.with("missing", printed),
        Verdict::Lost => fields.with("lost", true),
    };
    Some(fields.with("note", &judgement.note))
}

#[cfg(test)]
mod tests {
    use super::report_json::to_json;
    use crate::content::Overlay;
    use crate::diagnostic::has_errors;
    use crate::workspace::{self, AnalysisOptions};

    #[test]
    fn indicators_have_the_lost_marks_of_their_scales() {
        let strategy = "title = 'S'\npublisher = 'C'\n[[edition]]\nid = '2023'\nlabel = 'E'\n\
            [[scale]]\nid = 'grade'\ntitle = 'G'\nof = ['indicator']\nlost = 'illegible'\n";
        let node = "+++\nname = 'P'\n[[indicator]]\nid = 'i'\nname = 'I'\n+++\n";
        let sheet = "+++\n[indicator.i]\nactual.R5 = 1\n+++\n";
        let files = [
            ("site.toml", "title = 'T'\n"),
            ("s/strategy.toml", strategy),
            ("s/policies/1/policy.md", node),
            ("s/policies/1/2023.md", sheet),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let analysis = workspace::analyze(&Overlay::memory(files), &[], &AnalysisOptions::default()).unwrap();
        assert!(!has_errors(&analysis.diagnostics), "{:#?}", analysis.diagnostics);
        let (ix, _) = analysis.report.strategies().next().unwrap();
        let json = String::from_utf8(to_json(&analysis.report, ix).unwrap()).unwrap();
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let judgements = &json["nodes"][0]["sheets"][0]["figures"][0]["judgements"];
        assert_eq!(*judgements, serde_json::json!([{ "scale": "grade", "lost": true }]), "{json}");
    }
}
