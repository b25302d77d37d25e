//! The rule `missing-document-url`.

use super::visit::source_documents;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::Report;

pub(super) const LINT: Lint = Lint {
    rule: Rule::MissingDocumentUrl,
    title: Bilingual {
        ja: "もとの資料のアドレスが書かれていない", en: "a source document without its address"
    },
    explanation: Bilingual {
        ja: "アドレスがなければ、読み手は数値をもとの資料と見比べられません。公表されていない資料や、\
             公開が終わった資料は確認済みとしてください。下書きの版は指摘しません。",
        en: "Without the address, readers cannot compare the figures with the document. Acknowledge the finding for documents that \
             are not, or no longer, on the web. Draft editions are not reported.",
    },
    example: "[edition.document]\ntitle = \"評価報告書\"",
    remedy: Bilingual {
        ja: "`url = \"https://www.city.example.jp/hyoka.pdf\"` のように、資料のアドレスを書いてください。",
        en: "Write its address, like `url = \"https://www.city.example.jp/hyoka.pdf\"`.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (edition, _, span) in source_documents(report).filter(|(_, document, _)| document.url.is_none()) {
        let (id, label) = (&edition.id, &edition.label);
        let message = say!(
            ja: "版「{label}」の資料のアドレスが書かれていません",
            en: "the address of the document of the edition `{id}` ({label}) is not stated"
        );
        let help = say!(
            ja: "`[edition.document]` の `url` に、資料のアドレスを書いてください",
            en: "write its address in `url` of `[edition.document]`"
        );
        findings.add(span, format!("edition.{id}.document.url"), message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Fixture;

    #[test]
    fn requires_an_address_of_each_document() {
        let document = "[edition.document]\ntitle = 'D'\n";
        Fixture::new().assert_finds("missing-document-url", &[]);
        Fixture::new().append_to_strategy(document).assert_finds("missing-document-url", &["strategy.toml:5"]);
        Fixture::new()
            .append_to_strategy(&format!("{document}url = 'https://www.city.example.jp/a.pdf'"))
            .assert_finds("missing-document-url", &[]);
        Fixture::new()
            .file("editions/2024.toml", "label = 'E'\n[document]\ntitle = 'D'\n")
            .assert_finds("missing-document-url", &["strategy.toml:1"]);
        Fixture::new()
            .site("title = 'T'\ndata = false\n")
            .append_to_strategy(document)
            .assert_finds("missing-document-url", &[]);
    }
}
