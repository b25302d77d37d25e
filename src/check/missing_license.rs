//! The rule `missing-license`.

use super::visit::with_data;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::Report;

pub(super) const LINT: Lint = Lint {
    rule: Rule::MissingLicense,
    title: Bilingual { ja: "データの利用条件が書かれていない", en: "data without terms of use" },
    explanation: Bilingual {
        ja: "利用条件がなければ、公開したデータを転載や加工に使ってよいかを、読み手が判断できません。\
             データのページには「利用条件は掲載されていません」と表示します。",
        en: "Without terms of use, readers cannot know whether they may reuse the data. The page about the data then says \
             that they are not stated.",
    },
    example: "title = \"総合計画\"         # strategy.toml",
    remedy: Bilingual {
        ja: "自治体が定めた利用条件を、site.toml か strategy.toml に `license = { name = \"CC BY 4.0\", url = \"https://…\" }` \
             のように書いてください。定めがなければ、確かめたうえで `[[acknowledge]]` に理由を書いてください。",
        en: "Write the terms that the municipality has set, like `license = { name = \"CC BY 4.0\", url = \"https://…\" }`, in \
             site.toml or strategy.toml. If there are none, acknowledge the finding with the reason.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (_, strategy) in with_data(report).filter(|(ix, _)| report.license(*ix).is_none()) {
        let message = say!(ja: "データの利用条件が書かれていません", en: "the terms of use of the data are not stated");
        let help = say!(
            ja: "site.toml か strategy.toml に `license = {{ name = \"…\", url = \"…\" }}` を書いてください",
            en: "write `license = {{ name = \"…\", url = \"…\" }}` in site.toml or strategy.toml"
        );
        findings.add(strategy.span, "license", message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Fixture;

    #[test]
    fn accepts_terms_of_the_strategy_or_the_site() {
        let site = "title = 'T'\nlicense = { name = 'CC BY 4.0' }\n";
        let fixture = || Fixture::new().site("title = 'T'\n");
        fixture().assert_finds("missing-license", &["strategy.toml:1"]);
        fixture().prepend_to_strategy("license = { name = 'CC BY 4.0' }\n").assert_finds("missing-license", &[]);
        Fixture::new().site(site).assert_finds("missing-license", &[]);
        Fixture::new().site("title = 'T'\ndata = false\n").assert_finds("missing-license", &[]);
    }
}
