//! The rule `hidden-series`.

use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Figures, Report};

pub(super) const LINT: Lint = Lint {
    rule: Rule::HiddenSeries,
    title: Bilingual {
        ja: "系列のキーと同じ名前の評価尺度", en: "a scale whose id is also the key of a series"
    },
    explanation: Bilingual {
        ja: "`forecast`、`interim`、`rate`、`rank`、`comparison`、`breakdown` は、あとから `[indicator.<id>]` のキーになりました。\
             先にこの名前を使っていた評価尺度はそのまま読まれますが、同じ名前の系列を書けません。",
        en: "`forecast`, `interim`, `rate`, `rank`, `comparison` and `breakdown` became keys of `[indicator.<id>]` \
             later, when scales could already have these ids. A scale with such an id is still read as before, but the series of that name \
             cannot be written.",
    },
    example: concat!("[[scale]]\n", "id = \"forecast\"          # strategy.toml\n", "of = [\"indicator\"]"),
    remedy: Bilingual {
        ja: "評価尺度の id を、strategy.toml と調書の両方で別の名前にしてください。",
        en: "Give the scale another id, in strategy.toml and in the sheets.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (_, strategy) in report.strategies() {
        for scale in strategy.scales.iter().filter(|scale| scale.applies_to.iter().any(|kind| kind == "indicator")) {
            if !Figures::LATER_KEYS.contains(&scale.id.as_str()) {
                continue;
            }
            let (id, title) = (&scale.id, &scale.title);
            let message = say!(
                ja: "評価尺度「{title}」の id `{id}` は、指標の値のキーと同じです。この名前では評価として読みます",
                en: "the id `{id}` of the scale `{title}` is also the key of a series of values; it is read as the scale"
            );
            let help = say!(
                ja: "`{id}.R5 = …` の値を書くときは、尺度の id を `{id}-mark` などに改め、調書のキーも直してください",
                en: "to write values as `{id}.R5 = …`, rename the scale, for example to `{id}-mark`, here and in the sheets"
            );
            findings.add(scale.span, format!("scale.{id}"), message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Fixture;

    #[test]
    fn reports_scales_that_hide_a_series() {
        let scale = |id: &str| {
            let scale =
                format!("[[scale]]\nid = '{id}'\ntitle = '見通し'\nof = ['indicator']\nmarks = [{{ mark = 'A' }}]");
            Fixture::new().append_to_strategy(&scale)
        };
        scale("outlook").assert_finds("hidden-series", &[]);
        scale("forecast").assert_finds("hidden-series", &["strategy.toml:9"]);
        scale("rate").assert_finds("hidden-series", &["strategy.toml:9"]);
    }
}
