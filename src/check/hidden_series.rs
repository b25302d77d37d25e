//! `hidden-series`: a scale of indicators whose id is the key of a series.
//!
//! `forecast` and `interim` became keys of `[indicator.<id>]` after scales could have any id. A scale that
//! already bears one of these names keeps it, and the series cannot be written.
//!
//! ```toml
//! [[scale]]
//! id = "forecast"           # strategy.toml
//! of = ["indicator"]
//! ```
//! Write: another id, here and in the sheets.

use super::{Findings, Rule};
use crate::model::{Report, SeriesKind};
use crate::say;

pub(super) const RULE: Rule = Rule {
    name: "hidden-series",
    ja: "系列のキーと同じ名前の評価尺度",
    en: "a scale whose id is the key of a series",
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (_, strategy) in report.strategies() {
        for scale in strategy.scales.iter().filter(|scale| scale.of.iter().any(|of| of == "indicator")) {
            let series =
                [SeriesKind::Forecast, SeriesKind::Interim].into_iter().find(|series| series.key() == scale.id);
            let Some(series) = series else { continue };
            let (id, title) = (series.key(), &scale.title);
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
    use super::super::testing::Content;

    #[test]
    fn a_scale_may_hide_a_series() {
        let scale = |id: &str| {
            let scale =
                format!("[[scale]]\nid = '{id}'\ntitle = '見通し'\nof = ['indicator']\nmarks = [{{ mark = 'A' }}]");
            Content::new().strategy(&scale)
        };
        scale("outlook").finds("hidden-series", &[]);
        scale("forecast").finds("hidden-series", &["strategy.toml:9"]);
    }
}
