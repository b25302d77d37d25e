//! The rule `placeholder`.

use super::broken_sentence::broken;
use super::remnants::{Kind, find, find_with_doubled};
use super::visit::{for_each_prose, node_key, nodes, sheets, strategies};
use super::words::span_in;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{FieldEntry, InCharge, Prose, Report};

pub(super) const LINT: Lint = Lint {
    rule: Rule::Placeholder,
    title: Bilingual {
        ja: "作成中の書き込み、伏せ字、文字化けが残っている",
        en: "a note of the authors, a placeholder or garbled characters",
    },
    explanation: Bilingual {
        ja: "「要確認」「照会中」「差し替え」「数値は仮」のような作成中の書き込み、`●●`・`○○課`・`令和○年度`・`xxx`・`???`・`Ｘ回` の\
             ような伏せ字、`TODO`、表計算の誤り（`#REF!` など）、文字コードの誤りでできる文字（`�`、`縺`・`繧` の並び、\
             かなや漢字の間の半角の `?` など）、「参加者は104」のように途切れた文を、文章・名前・担当・注記の中で探します。\
             「（仮称）」や「検討中」は通常の記載なので指摘しません。",
        en: "Texts, names, departments and notes are searched for notes of the authors (要確認, 照会中, 差し替え, 数値は仮, TODO), \
             placeholders (●●, ○○課, 令和○年度, xxx, ???, Ｘ回), errors of spreadsheets (#REF!) and characters that result from a \
             wrong encoding (�, sequences of 縺 and 繧, a half-width ? between kana or kanji), and sentences that break off (参加者は104). Usual words such as （仮称） and 検討中 are not reported.",
    },
    example: "- 職員向けセミナー（※実施日は商工観光課に照会中、要確認）",
    remedy: Bilingual {
        ja: "確定した内容に書き換えるか、書き込みを消してください。",
        en: "Replace it by the final text, or remove it.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for_each_prose(report, |prose, title| check_prose(prose, title, findings));
    for (_, strategy) in strategies(report) {
        check_text(&strategy.title, strategy.span, "title", findings);
    }
    for (strategy, _, node) in nodes(report) {
        check_text(&node.name, node.name_span, node_key(strategy, node, "name"), findings);
        check_departments(&node.departments, findings);
        check_fields(&node.fields, findings);
        for account in &node.accounts {
            check_text(&account.printed, account.span, "account", findings);
        }
        for indicator in &node.indicators {
            let texts = [Some(&indicator.name), indicator.definition.as_ref(), indicator.note.as_ref()];
            for text in texts.into_iter().flatten() {
                check_text(text, indicator.span, format!("indicator.{}", indicator.id), findings);
            }
        }
        for remark in &node.remarks {
            check_text(&remark.text, remark.span, "remark", findings);
        }
    }
    for item in sheets(report) {
        check_departments(&item.sheet.departments, findings);
        for (key, value) in item.values() {
            // Placeholders of missing values are declared by the strategy.
            let printed = (!value.is_missing()).then_some(&value.printed);
            for text in printed.into_iter().chain(&value.note) {
                check_text(text, value.span, key, findings);
            }
        }
        check_fields(&item.sheet.fields, findings);
        for response in &item.sheet.responses {
            response.raised_by.iter().for_each(|text| check_text(text, response.span, "response", findings));
            response.texts().for_each(|(text, span)| check_text(text, span, "response", findings));
        }
        for judgement in &item.sheet.judgements {
            judgement.note.iter().for_each(|text| check_text(text, judgement.span, "judgement", findings));
        }
        for remark in &item.sheet.remarks {
            check_text(&remark.text, remark.span, "remark", findings);
        }
    }
}

fn check_departments(departments: &[InCharge], findings: &mut Findings) {
    departments.iter().for_each(|department| check_text(&department.name, department.span, "department", findings));
}

fn check_fields(fields: &[FieldEntry], findings: &mut Findings) {
    for entry in fields {
        entry.values.iter().for_each(|text| check_text(text, entry.span, "field", findings));
    }
}

fn check_prose(prose: &Prose, title: &str, findings: &mut Findings) {
    // A text that is nothing but a state of work. A cell may contain one: an indicator can be 作成中.
    const STATES: [&str; 9] =
        ["確認中", "調整中", "作成中", "作業中", "集計中", "精査中", "入力中", "記入中", "後日記載"];
    let alone = prose.markdown.trim().trim_matches(['※', '（', '）', '。', '-', ' ']);
    if STATES.contains(&alone)
        && let Some(start) = prose.markdown.find(alone)
    {
        report_text(alone, Kind::Note, span_in(prose, start..start + alone.len()), title, findings);
    }
    // One finding per line.
    let mut start = 0;
    for line in prose.markdown.split_inclusive('\n') {
        let (found, doubled) = find_with_doubled(line);
        if let Some(found) = found {
            let written = line.get(found.range.clone()).unwrap_or_default();
            let span = span_in(prose, start + found.range.start..start + found.range.end);
            report_text(written, found.kind, span, title, findings);
        } else if let Some(range) = doubled.or_else(|| broken(line)) {
            let written = line.get(range.clone()).unwrap_or_default();
            let span = span_in(prose, start + range.start..start + range.end);
            report_text(written, Kind::Broken, span, title, findings);
        }
        start += line.len();
    }
}

fn check_text(text: &str, span: Span, about: impl std::fmt::Display, findings: &mut Findings) {
    if let Some(found) = find(text) {
        report_text(text.get(found.range).unwrap_or_default(), found.kind, span, about, findings);
    }
}

fn report_text(written: &str, kind: Kind, span: Span, about: impl std::fmt::Display, findings: &mut Findings) {
    let message = match kind {
        Kind::Note => say!(
            ja: "作成中の書き込み「{written}」が残っています",
            en: "`{written}` is a note of the authors"
        ),
        Kind::Blank => say!(
            ja: "伏せ字「{written}」が残っています",
            en: "`{written}` is a placeholder"
        ),
        Kind::Garbled => say!(
            ja: "「{written}」は、文字化けと思われます",
            en: "`{written}` looks like text in a wrong encoding"
        ),
        Kind::Broken => say!(
            ja: "文が「{written}」で途切れているか、重ねて打たれています",
            en: "the sentence breaks off at `{written}`, or it was typed twice"
        ),
    };
    let help = say!(
        ja: "確定した内容に書き換えるか、消してください",
        en: "replace it by the final text, or remove it"
    );
    let confidence = if kind == Kind::Broken { Confidence::Likely } else { Confidence::Certain };
    findings.add_as(confidence, span, about, message, help);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    #[test]
    fn searches_texts_names_and_notes() {
        let content = |sheet: &str, text: &str, name: &str| {
            Fixture::new()
                .with(program("a", sheet))
                .file("programs/a/program.md", &format!("+++\nname = '{name}'\n+++\n"))
                .file("programs/a/2023.md", &format!("+++\n{sheet}\n+++\n## 実績\n一行目\n{text}\n"))
        };
        content("", "文。", "事業").assert_finds("placeholder", &[]);
        content("", "要確認、照会中", "事業").assert_finds("placeholder", &["programs/a/2023.md:6"]);
        content("", "文。", "●●事業").assert_finds("placeholder", &["programs/a/program.md:2"]);
        content("[money]\nbudget.R5 = { value = 1, note = '要確認' }", "文。", "事業")
            .assert_finds("placeholder", &["programs/a/2023.md:3"]);
    }
}
