//! The rule `missing-publication-date`.

use super::visit::source_documents;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::Report;

pub(super) const LINT: Lint = Lint {
    rule: Rule::MissingPublicationDate,
    title: Bilingual {
        ja: "もとの資料の公表日が年月日で分からない",
        en: "a source document without its date of publication",
    },
    explanation: Bilingual {
        ja: "公表日がなければ、資料がいつのものかを読み手が確かめられず、データの更新の順も分かりません。\
             「令和6年9月」のように日のない記載からは、年月日を読み取れません。下書きの版は指摘しません。",
        en: "Without the date, readers cannot tell how old the document is, nor programs in which order data was published. A \
             text without a day, such as 令和6年9月, is no date. Draft editions are not reported.",
    },
    example: "[edition.document]\ntitle = \"評価報告書\"\npublished = \"令和6年秋\"",
    remedy: Bilingual {
        ja: "`published = \"2024-09-30\"` のように、資料の記載のとおりに書いてください。記載から年月日を読み取れないときは \
             `published = { printed = \"令和6年秋\", date = \"2024-10-01\" }` と書けます。",
        en: "Write it as printed, like `published = \"2024-09-30\"`. If the printed text is no date, write it like \
             `published = { printed = \"令和6年秋\", date = \"2024-10-01\" }`.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (edition, document, span) in source_documents(report) {
        let (id, label) = (&edition.id, &edition.label);
        let message = match &document.published {
            Some(published) if published.day.is_some() => continue,
            Some(published) => {
                let printed = &published.printed;
                say!(
                    ja: "版「{label}」の資料の公表日「{printed}」から、年月日を読み取れません",
                    en: "the publication date `{printed}` of the document of the edition `{id}` ({label}) is no day"
                )
            }
            None => say!(
                ja: "版「{label}」の資料の公表日が書かれていません",
                en: "the publication date of the document of the edition `{id}` ({label}) is not stated"
            ),
        };
        let help = say!(
            ja: "`published` に、資料の公表日を `2024-09-30` のように書いてください",
            en: "write the date in `published`, like `2024-09-30`"
        );
        findings.add(span, format!("edition.{id}.document.published"), message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Fixture;

    #[test]
    fn requires_a_day() {
        let check = |published: &str, expect: &[&str]| {
            let document = format!("[edition.document]\ntitle = 'D'\n{published}");
            Fixture::new().append_to_strategy(&document).assert_finds("missing-publication-date", expect);
        };
        check("", &["strategy.toml:5"]);
        check("published = '令和6年9月'", &["strategy.toml:5"]);
        check("published = '令和6年9月30日'", &[]);
        check("published = { printed = '令和6年秋', date = '2024-10-01' }", &[]);
        Fixture::new().assert_finds("missing-publication-date", &[]);
        Fixture::new()
            .site("title = 'T'\ndata = false\n")
            .append_to_strategy("[edition.document]\ntitle = 'D'")
            .assert_finds("missing-publication-date", &[]);
    }
}
