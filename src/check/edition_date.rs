//! The rule `edition-date`.

use super::visit::strategies;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{Day, Edition, FiscalYear, PublicationDate, Report, Stage, Strategy, half_width};

pub(super) const LINT: Lint = Lint {
    rule: Rule::EditionDate,
    title: Bilingual {
        ja: "版の年度や公表日が、計画期間や表題と合わない",
        en: "a year or a date of an edition that does not fit the strategy",
    },
    explanation: Bilingual {
        ja: "計画期間（`period`）の外の年度、表題（`label`、なければ資料の `title`）に書かれたどの年度とも違う年度、\
             調査（`[[survey]]`）の表題と違う年度、ほかの版とは `id` の年との差が違う年度、年度が終わる前（途中の版では始まる前）や6年以上後の公表日、年度の外の基準日（`as_of`）、\
             前の版より前の公表日を指摘します。期間の最後の年度の翌年度までは認めます。",
        en: "Reported are a year outside the period of the strategy (the year after its last is accepted), a year that is none of \
             those in the `label` or else in the title of the document (likewise of a `[[survey]]`), a reference date (`as_of`) outside the year, a year whose distance to that of the `id` differs from the other editions, and a date of \
             publication before the end of the year (of an interim edition, before its beginning), six or more years after it, \
             or before that of the previous edition.",
    },
    example: concat!("[[edition]]\n", "year = \"R6\"\n", "[edition.document]\n", "published = \"令和5年10月3日\""),
    remedy: Bilingual {
        ja: "版の年度と公表日を、資料のとおりに直してください。",
        en: "Write the year of the edition and its date of publication according to the source.",
    },
    confidence: Confidence::Likely,
    run,
};

/// Number of years after which a report on a year is no longer published.
const LATE: i32 = 6;

fn run(report: &Report, findings: &mut Findings) {
    for (_, strategy) in strategies(report) {
        for survey in &strategy.surveys {
            let years = years_in(&survey.title);
            if let Some(year) = survey.year.filter(|year| !years.is_empty() && !years.contains(year)) {
                let message = say!(
                    ja: "調査の年度は {short} ですが、表題は「{title}」です",
                    en: "the year of the survey is {short}, but its title is `{title}`",
                    short = year.short(),
                    title = &survey.title
                );
                let span = survey.year_span.unwrap_or(survey.span);
                findings.add(span, format!("survey.{}.year", survey.id), message, help());
            }
        }
        let mut latest: Option<&PublicationDate> = None;
        for edition in &strategy.editions {
            let span = owned_span(strategy, edition, edition.span);
            if let Some(message) = doubtful_year(strategy, edition) {
                let span = owned_span(strategy, edition, edition.year_span.unwrap_or(edition.span));
                findings.add(span, format!("edition.{}.year", edition.id), message, help());
            }
            if let Some(message) = doubtful_reference_date(edition) {
                findings.add(span, format!("edition.{}.as_of", edition.id), message, help());
            }
            let Some(published) = edition.document.as_ref().and_then(|document| document.published.as_ref()) else {
                continue;
            };
            if let Some(message) = doubtful_date(edition, published, latest) {
                let span = owned_span(strategy, edition, published.span);
                findings.add(span, format!("edition.{}.document.published", edition.id), message, help());
            } else {
                latest = Some(published);
            }
        }
    }
}

/// The span, or that of the strategy for an edition with a file of its own, which cannot hold acknowledgements.
fn owned_span(strategy: &Strategy, edition: &Edition, span: Span) -> Span {
    if edition.span.source == strategy.span.source { span } else { strategy.span }
}

fn help() -> Bilingual {
    say!(
        ja: "版の年度と公表日を資料と見比べてください",
        en: "compare the year of the edition and its date of publication with the source"
    )
}

fn doubtful_year(strategy: &Strategy, edition: &Edition) -> Option<Bilingual> {
    let year = edition.year?;
    let (short, label) = (year.short(), &edition.label);
    if let Some(period) = strategy.period
        && (year < period.from && edition.stage != Stage::Plan
            || year.0 < period.from.0 - 1
            || year.0 > period.to.0 + 1)
    {
        let (from, to) = (period.from.short(), period.to.short());
        return Some(say!(
            ja: "版「{label}」の年度 {short} が、計画期間（{from}～{to}）の外にあります",
            en: "the year {short} of the edition `{label}` is outside the period of the strategy ({from} to {to})"
        ));
    }
    let title = edition.document.as_ref().map(|document| &document.title);
    // The label, else the title of the document.
    let label = title.filter(|_| years_in(label).is_empty()).unwrap_or(label);
    let years = years_in(label);
    if !years.is_empty() && !years.contains(&year) {
        let years = years.iter().map(|year| year.short()).collect::<Vec<_>>().join(", ");
        return Some(say!(
            ja: "版の年度は {short} ですが、表題「{label}」の年度は {years} です",
            en: "the year of the edition is {short}, but that in its label `{label}` is {years}"
        ));
    }
    let distance = |edition: &Edition| Some(year_of_id(&edition.id)? - edition.year?.0);
    let own = distance(edition)?;
    let mut others = strategy.editions.iter().filter(|other| other.id != edition.id).filter_map(distance);
    let usual = others.next()?;
    let id = &edition.id;
    (own != usual && strategy.editions.len() > 2 && others.all(|other| other == usual)).then(|| {
        say!(
            ja: "版 `{id}` の年度は {short} ですが、ほかの版の `id` の年からは {expected} と見込まれます",
            en: "the year of the edition `{id}` is {short}; by the ids of the other editions it would be {expected}",
            expected = FiscalYear(year_of_id(id).unwrap_or_default() - usual).short()
        )
    })
}

fn doubtful_reference_date(edition: &Edition) -> Option<Bilingual> {
    let (year, printed) = (edition.year?, edition.as_of.as_deref()?);
    let day = Day::parse(printed)?;
    let first = Day::parse(&format!("{}-04-01", year.0))?;
    let last = Day::parse(&format!("{}-05-31", year.0 + 1))?;
    (!(first..=last).contains(&day)).then(|| {
        say!(
            ja: "基準日「{printed}」が、版の年度（{year}）の外にあります",
            en: "the reference date `{printed}` is outside the year of the edition ({year})",
            year = year.short()
        )
    })
}

fn year_of_id(id: &str) -> Option<i32> {
    let digits = id.get(..4)?;
    let is_year = id.chars().nth(4).is_none_or(|char| !char.is_ascii_digit());
    if is_year { digits.parse().ok() } else { None }
}

/// Fiscal years named in a label: `令和5年度`, `R5年度`, `2023年度`. `H30～R1` and periods of plans are not among them.
fn years_in(label: &str) -> Vec<FiscalYear> {
    let text: String = label.chars().map(half_width).filter(|char| *char != ' ').collect();
    let mut years = Vec::new();
    for (at, _) in text.match_indices("年度") {
        let before = text.get(..at).unwrap_or_default();
        let starts = before.char_indices().rev().take(6).map(|(start, _)| start);
        let longest = starts.filter_map(|start| FiscalYear::parse(before.get(start..)?)).last();
        years.extend(longest);
    }
    years
}

fn doubtful_date(
    edition: &Edition,
    published: &PublicationDate,
    latest: Option<&PublicationDate>,
) -> Option<Bilingual> {
    let day_of =
        |published: &PublicationDate| published.day.or_else(|| Day::parse(&format!("{}28日", published.printed)));
    let day = day_of(published)?;
    let printed = &published.printed;
    if let Some(year) = edition.year {
        let (first, name) = match edition.stage {
            // Reports are published from March, when the year ends.
            Stage::Final => (Day::parse(&format!("{}-03-01", year.0 + 1))?, year.short()),
            Stage::Interim => (Day::parse(&format!("{}-04-01", year.0))?, year.short()),
            Stage::Plan => (Day::parse(&format!("{}-01-01", year.0 - 2))?, year.short()),
        };
        if day < first {
            return Some(say!(
                ja: "公表日「{printed}」が、版の年度（{name}）の結果が分かるより前です",
                en: "the date of publication `{printed}` is before the results of the year of the edition ({name}) are known"
            ));
        }
        if day.year() - year.0 >= LATE {
            return Some(say!(
                ja: "公表日「{printed}」が、版の年度（{name}）の{LATE}年以上後です",
                en: "the date of publication `{printed}` is {LATE} or more years after the year of the edition ({name})"
            ));
        }
    }
    let before = latest.filter(|latest| day_of(latest).is_some_and(|latest| day < latest))?;
    Some(say!(
        ja: "公表日「{printed}」が、前の版の公表日「{before}」より前です",
        en: "the date of publication `{printed}` is before that of the previous edition, `{before}`",
        before = &before.printed
    ))
}

#[cfg(test)]
mod tests {
    use super::super::testing::Fixture;

    fn edition(keys: &str) -> String {
        format!("[[edition]]\nid = '2023'\n{keys}\n")
    }

    fn check(period: &str, editions: &[String], expected: &[&str]) {
        let strategy = format!("title = 'S'\npublisher = 'C'\n{period}\n{}", editions.join(""));
        Fixture::new().file("strategy.toml", &strategy).assert_finds("edition-date", expected);
    }

    #[test]
    fn the_year_lies_within_the_period_and_in_the_label() {
        let year = |label: &str, year: &str| [edition(&format!("label = '{label}'\nyear = '{year}'"))];
        check("period = 'R3/R7'", &year("E", "R7"), &[]);
        check("period = 'R3/R7'", &year("E", "R2"), &["strategy.toml:7"]);
        check("period = 'R3/R7'", &year("E", "R15"), &["strategy.toml:7"]);
        check("", &year("令和5年度実績・令和6年度実施計画", "R5"), &[]);
        check("", &year("令和５年度 検証シート", "R6"), &["strategy.toml:7"]);
        check("", &year("平成29年度上半期", "H29"), &[]);
        let interim =
            |date: &str| [edition(&format!("label = 'E'\nyear = 'H29'\nstage = 'interim'\nas_of = '{date}'"))];
        check("", &interim("2017-09-30"), &[]);
        check("", &interim("2019-09-30"), &["strategy.toml:4"]);
    }

    #[test]
    fn the_year_of_a_survey_is_in_its_title() {
        let check = |year: &str, expected: &[&str]| {
            let axis = |key: &str| format!("{key} = {{ title = '{key}', mean = 1 }}\n");
            let survey = format!(
                "[[survey]]\nid = 's'\ntitle = '令和5年度 市民意識調査'\nyear = '{year}'\n{}{}",
                axis("x"),
                axis("y")
            );
            Fixture::new().prepend_to_strategy("").append_to_strategy(&survey).assert_finds("edition-date", expected);
        };
        check("R5", &[]);
        check("R6", &["strategy.toml:12"]);
    }

    #[test]
    fn the_document_is_published_after_the_year() {
        let published = |date: &str| {
            [edition(&format!("label = 'E'\nyear = 'R6'\n[edition.document]\ntitle = 'D'\npublished = '{date}'"))]
        };
        check("", &published("令和7年10月3日"), &[]);
        check("", &published("令和7年3月"), &[]);
        check("", &published("令和5年10月3日"), &["strategy.toml:10"]);
        check("", &published("令和17年10月3日"), &["strategy.toml:10"]);
    }
}
