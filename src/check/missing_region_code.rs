//! The rule `missing-region-code`.

use super::visit::with_data;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::Report;

pub(super) const LINT: Lint = Lint {
    rule: Rule::MissingRegionCode,
    title: Bilingual {
        ja: "全国地方公共団体コードが書かれていない",
        en: "data without the code of the local government",
    },
    explanation: Bilingual {
        ja: "団体コードがなければ、ほかの自治体や統計のデータと結び付けるときに、名前で照合することになります。\
             同じ名前の市町村があり、名前だけでは区別できません。",
        en: "Without the code, data of several municipalities and statistics can be joined by name only, and some municipalities \
             share their names.",
    },
    example: "title = \"総合計画\"         # strategy.toml",
    remedy: Bilingual {
        ja: "site.toml か strategy.toml に `region_code = \"032069\"` のように、総務省の「全国地方公共団体コード」の6桁を書いてください。",
        en: "Write the six digits of the list of the ministry (全国地方公共団体コード), like `region_code = \"032069\"`, in \
             site.toml or strategy.toml.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (_, strategy) in with_data(report).filter(|(ix, _)| report.region_code(*ix).is_none()) {
        let publisher = &strategy.publisher;
        let message = say!(
            ja: "{publisher}の全国地方公共団体コードが書かれていません",
            en: "the code of the local government ({publisher}) is not stated"
        );
        let help = say!(
            ja: "site.toml か strategy.toml に `region_code = \"…\"` と6桁で書いてください",
            en: "write its six digits as `region_code = \"…\"` in site.toml or strategy.toml"
        );
        findings.add(strategy.span, "region_code", message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Fixture;

    #[test]
    fn accepts_the_code_of_the_strategy_or_the_site() {
        let fixture = || Fixture::new().site("title = 'T'\n");
        fixture().assert_finds("missing-region-code", &["strategy.toml:1"]);
        fixture().prepend_to_strategy("region_code = '032069'\n").assert_finds("missing-region-code", &[]);
        Fixture::new().site("title = 'T'\nregion_code = '032069'\n").assert_finds("missing-region-code", &[]);
        Fixture::new().site("title = 'T'\ndata = false\n").assert_finds("missing-region-code", &[]);
    }
}
