//! The rule `odd-character`.

use super::visit::{nodes, strategies};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{Report, half_width};
use std::fmt::Display;
use unicode_normalization::UnicodeNormalization;

pub(super) const LINT: Lint = Lint {
    rule: Rule::OddCharacter,
    title: Bilingual {
        ja: "予算科目や金額の単位に、全角の英数字や機種依存文字がある",
        en: "full-width or compatibility characters in account titles or the money unit",
    },
    explanation: Bilingual {
        ja: "公開したデータは、予算科目によってほかの表と突き合わせ、金額の単位によって集計されます。全角の英数字、\
             半角カナ、`①`・`㈱`・`㌔` のような文字があると、同じものが別のものとして扱われます。文章、名前、\
             指標の単位（`％`、`㎡`）は、印刷どおりのままで構いません。",
        en: "Exported data is joined with other tables by account title, and amounts are summed by unit. \
             Full-width letters and digits, half-width kana and compatibility characters (`①`, `㈱`, `㌔`) make \
             equal items differ. Prose, names and the units of indicators (`％`, `㎡`) are not checked.",
    },
    example: "account = \"０１一般会計・０２総務費\"",
    remedy: Bilingual {
        ja: "ふつうの文字で書いてください（例: `01一般会計・02総務費`）。",
        en: "Write the plain characters: `01一般会計・02総務費`.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (_, strategy) in strategies(report) {
        check_text(&strategy.money_unit, strategy.money_unit_span.unwrap_or(strategy.span), "money_unit", findings);
    }
    for (_, _, node) in nodes(report) {
        for account in &node.accounts {
            check_text(&account.printed, account.span, "account", findings);
        }
    }
}

fn check_text(text: &str, span: Span, key: impl Display, findings: &mut Findings) {
    let Some(odd) = text.chars().find(|char| is_odd(*char)) else { return };
    let plain: String = text.chars().map(|char| if is_odd(char) { plain(char) } else { char.to_string() }).collect();
    let message = say!(
        ja: "「{text}」に、データに使うべきでない文字「{odd}」があります",
        en: "`{text}` contains the character `{odd}`, which should not be used in data"
    );
    let help = say!(ja: "「{plain}」と書いてください", en: "write `{plain}`");
    findings.add(span, key, message, help);
}

/// Returns true if NFKC normalization replaces a character. Japanese brackets and punctuation are regularly
/// full-width and therefore excepted.
fn is_odd(char: char) -> bool {
    let ascii = half_width(char);
    let punctuation = ascii != char && !ascii.is_ascii_alphanumeric() && ascii != '%';
    !punctuation && !char.nfkc().eq([char])
}

fn plain(char: char) -> String {
    char.nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};
    use super::is_odd;

    #[test]
    fn detects_compatibility_characters() {
        for char in "％ＫＡ１①㈱㌔㎡ｱ".chars() {
            assert!(is_odd(char), "{char}");
        }
        for char in "%kA1千円人（）・～件ヵ所ー々".chars() {
            assert!(!is_odd(char), "{char}");
        }
    }

    #[test]
    fn checks_accounts_but_not_names_and_units() {
        let content = |unit: &str, account: &str, value: &str| {
            let node = format!(
                "+++\nname = '①１㈱'\naccount = '{account}'\n[[indicator]]\nid = 'x'\nname = 'Ａ'\nunit = '{unit}'\n+++\n"
            );
            let sheet = format!("[indicator.x]\nactual.R5 = '{value}'");
            Fixture::new().with(program("a", &sheet)).file("programs/a/program.md", &node)
        };
        content("%", "01一般会計・02総務費", "12%").assert_finds("odd-character", &[]);
        content("％", "01一般会計・02総務費", "12％").assert_finds("odd-character", &[]);
        content("ｍ", "01一般会計・02総務費", "12ｍ").assert_finds("odd-character", &[]);
        content("㎡", "01一般会計・02総務費", "12㎡").assert_finds("odd-character", &[]);
        content("%", "01一般会計・02㈱総務費", "12").assert_finds("odd-character", &["programs/a/program.md:3"]);
    }
}
