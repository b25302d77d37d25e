//! The rule `repeat-figures`.

use super::visit::sheets;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::markdown;
use crate::model::{Prose, ProseLink, Report, half_width};
use std::ops::Range;

pub(super) const LINT: Lint = Lint {
    rule: Rule::RepeatFigures,
    title: Bilingual {
        ja: "再掲の文にある数が、本来の調書の文にない",
        en: "a figure in the text of a repeat that is missing in the original sheet",
    },
    explanation: Bilingual {
        ja: "一つの事業は、再掲の文（`2023@35-2.md`）で言い回しが違っても、実績が違うことはありません。\
             同じ見出しの下にある数を、全角と半角を区別せずに比べます。再掲で省かれた数は指摘しません。",
        en: "The text of a repeat (再掲, `2023@35-2.md`) can describe a program differently, but the results of \
             the program are the same. Figures under the same heading are compared; full-width and \
             half-width digits count as equal. Figures omitted in the repeat are not reported.",
    },
    example: concat!(
        "# programs/chiiki-kyodo/2023.md\n",
        "10町内会\n",
        "\n",
        "# programs/chiiki-kyodo/2023@35-2.md\n",
        "８町内会",
    ),
    remedy: Bilingual {
        ja: "どちらかが書き間違いなら、同じ数にしてください。そうでなければ、\
             再掲のファイルで確認済みにしたうえで、`[[remark]]` で読み手に知らせてください。",
        en: "Write the same figure if one is mistyped. Otherwise acknowledge the finding in the file of the \
             repeat, and inform readers with a `[[remark]]`.",
    },
    confidence: Confidence::Likely,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for item in sheets(report) {
        for section in item.sheet.variants.iter().flat_map(|variant| &variant.sections) {
            let original = item.sheet.sections.iter().find(|original| original.title == section.title);
            if let Some(original) = original {
                compare(&original.prose, &section.prose, &section.title, findings);
            }
        }
    }
}

fn compare(original: &Prose, repeat: &Prose, title: &str, findings: &mut Findings) {
    let original: Vec<String> = figures(&original.markdown).into_iter().map(|(number, _)| number).collect();
    let repeated = figures(&repeat.markdown);
    let numbers: Vec<String> = repeated.iter().map(|(number, _)| number.clone()).collect();
    let added = multiset_difference(&numbers, &original);
    let Some((first, range)) = repeated.iter().find(|(number, _)| added.contains(number)) else { return };
    let (added, left_out) = (added.join(", "), multiset_difference(&original, &numbers).join(", "));
    let start = repeat.span.start as usize;
    let span = Span::new(repeat.span.source, start + range.start..start + range.end);
    let message = if left_out.is_empty() {
        say!(
            ja: "再掲の文にある数「{added}」が、本来の調書の同じ見出しの文にありません",
            en: "the figure `{added}` of this repeat is not in the same section of the original sheet"
        )
    } else {
        say!(
            ja: "再掲の文にある数「{added}」が、本来の調書の文では「{left_out}」です",
            en: "this repeat has the figure `{added}`, but the original sheet has `{left_out}`"
        )
    };
    let help = say!(
        ja: "「{first}」を資料と見比べてください",
        en: "compare `{first}` with the source"
    );
    findings.add(span, title, message, help);
}

/// Multiset difference: the entries of `numbers` that are not in `others`, with multiplicity.
fn multiset_difference(numbers: &[String], others: &[String]) -> Vec<String> {
    let mut others: Vec<&String> = others.iter().collect();
    let mut rest = numbers.to_vec();
    rest.retain(|number| match others.iter().position(|other| *other == number) {
        Some(i) => {
            others.swap_remove(i);
            false
        }
        None => true,
    });
    rest
}

/// Numbers of a text with their ranges, normalized to half-width digits without separators. Link
/// destinations are skipped.
fn figures(text: &str) -> Vec<(String, Range<usize>)> {
    let destinations = markdown::links(text).into_iter().filter_map(|link| destination_range(text, &link));
    let link_destinations: Vec<Range<usize>> = destinations.collect();
    let mut figures: Vec<(String, Range<usize>)> = Vec::new();
    let mut in_number = false;
    for (offset, char) in text.char_indices() {
        let plain = half_width(char);
        let end = offset + char.len_utf8();
        match figures.last_mut().filter(|_| in_number) {
            Some((number, range)) if plain.is_ascii_digit() => {
                number.push(plain);
                range.end = end;
            }
            Some((number, _)) if plain == '.' => number.push('.'),
            Some(_) if plain == ',' && starts_with_group(text.get(end..).unwrap_or_default()) => {}
            _ => {
                in_number = plain.is_ascii_digit() && !link_destinations.iter().any(|range| range.contains(&offset));
                if in_number {
                    figures.push((plain.to_string(), offset..end));
                }
            }
        }
    }
    for (number, _) in &mut figures {
        number.truncate(number.trim_end_matches('.').len());
    }
    figures
}

/// Returns true if `text` starts with exactly three digits, as after a thousands separator.
fn starts_with_group(text: &str) -> bool {
    text.chars().take_while(|c| half_width(*c).is_ascii_digit()).take(4).count() == 3
}

/// Range of a link's destination: `(…)` or `[…]` after its text, or the whole link `<…>`. `None` for `[…]` alone.
fn destination_range(text: &str, link: &ProseLink) -> Option<Range<usize>> {
    let written = text.get(link.range.clone())?;
    let start = match written.starts_with('<') {
        true => 0,
        false => written.rfind("](").or_else(|| written.rfind("]["))?,
    };
    Some(link.range.start + start..link.range.end)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};
    use super::figures;

    fn repeat(home: &str, repeat: &str) -> Fixture {
        Fixture::new()
            .with(program("a", ""))
            .file("policies/2/policy.md", "+++\nname = 'Q'\n[[program]]\nid = 'a'\nrepeat = true\n+++\n")
            .file("programs/a/2023.md", &format!("## 実績\n{home}\n"))
            .file("programs/a/2023@2.md", &format!("## 実績\n{repeat}\n"))
    }

    #[test]
    fn compares_figures_regardless_of_wording() {
        repeat("10町内会、1,234千円", "１０の町内会に、計1234千円を交付").assert_finds("repeat-figures", &[]);
        repeat("10町内会、1,234千円", "８町内会、1,234千円")
            .assert_finds("repeat-figures", &["programs/a/2023@2.md:2"]);
    }

    #[test]
    fn allows_omitted_figures() {
        repeat("5件を実施し、意見は2件", "5件を実施").assert_finds("repeat-figures", &[]);
    }

    #[test]
    fn compares_how_often_a_number_occurs() {
        repeat("4町内会と4町内会", "4町内会と4町内会と4町内会")
            .assert_finds("repeat-figures", &["programs/a/2023@2.md:2"]);
    }

    #[test]
    fn extracts_normalized_numbers() {
        let numbers = |text| figures(text).into_iter().map(|(number, _)| number).collect::<Vec<_>>();
        assert_eq!(numbers("令和５年12月、1,234千円（97.4％）。"), ["5", "12", "1234", "97.4"]);
        assert_eq!(numbers("3. [事業2](program:a-7) は 8."), ["3", "2", "8"]);
        assert_eq!(
            numbers("[5件][x7]と[6件]と<https://x.jp/8>\n\n[x7]: a\n[6件]: b").get(..2),
            Some(&["5", "6"].map(str::to_owned)[..])
        );
        assert_eq!(numbers("2,3町内会、1,234,567円、12,3456"), ["2", "3", "1234567", "12", "3456"]);
        assert_eq!(numbers("なし"), [""; 0]);
    }
}
