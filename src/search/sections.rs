//! Conversion of views to search sections: texts and figures of a page under its headings.
//!
//! Only content of the report is indexed. What the site adds (counts, sums, differences, legends) is omitted, as are
//! marks shown on behalf of other pages, so that a search for a mark finds only the page to which it was given.

use super::sentences::{FigureClause, SentenceFormatter, joined};
use crate::markdown::Passage;
use crate::site::view::{
    AmountsView, ChangesView, CorrectionView, DepartmentLink, EasyView, EditionView, FigureChange, FundingView,
    GoalTablesView, IndicatorSummaryView, IndicatorView, LineView, NodeHeaderView, NodeView, PlaceView, ProseView,
    RefView, RelationsView, RowView, RowsView, SectionView, SheetContentView, SheetView, StrategyView, ValueView,
    YearView,
};
use crate::texts::InterfaceTexts;
use serde::Serialize;
use std::borrow::Cow;

/// Lines under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct EntrySection {
    /// Anchor of the heading; `None` for lines before the first heading.
    #[serde(rename = "at", skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// Text of the heading; `None` for lines before the first heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// Paragraphs, facts and table rows, one per line.
    pub lines: Vec<String>,
}

impl EntrySection {
    fn new(anchor: &str, heading: impl Into<String>) -> Self {
        Self { anchor: Some(anchor.to_owned()), heading: Some(heading.into()), lines: Vec::new() }
    }
}

/// Sections of the page of a strategy.
pub(super) fn of_strategy(view: &StrategyView<'_>, texts: &InterfaceTexts) -> Vec<EntrySection> {
    let mut page = Sections::new(texts);
    page.lines(view.description);
    page.fact("period", view.period.as_deref());
    page.goal_tables(view.goal_tables.as_ref(), ("tree", "tree"));
    page.rows(view.rows.as_ref());
    page.site_heading("unplaced", "unplaced_programs");
    page.references(&view.programs_without_row);
    if let Some(changes) = &view.changes {
        page.site_heading("changes", "changes");
        page.added_and_removed(changes);
    }
    page.site_heading("about", "about_strategy");
    page.passages(&view.passages);
    for scale in &view.scales {
        page.report_heading(&scale.anchor, scale.title);
        page.lines(scale.lost.into_iter().chain(scale.note));
    }
    page.remarks(&[&view.remarks]);
    for edition in &view.editions {
        page.edition(edition);
    }
    page.sections
}

/// Sections of the current page of a goal, policy or program.
pub(super) fn of_node(view: &NodeView<'_>, texts: &InterfaceTexts) -> Vec<EntrySection> {
    let mut page = Sections::new(texts);
    page.head(&view.head, &view.sheet_content);
    page.changes(view.changes.as_ref());
    page.site_heading("about", "about");
    page.passages(&view.passages);
    view.sheet_content.indicators.iter().for_each(|indicator| page.indicator(indicator));
    page.surveys(&view.sheet_content);
    page.goal_tables(view.below.as_ref(), ("below", "below"));
    page.rows(view.rows.as_ref());
    page.sheet_prose(view.sheet_content.prose.as_ref());
    page.costs(&view.sheet_content, view.rows.as_ref());
    page.responses(&view.sheet_content);
    page.relations(view.relations.as_ref());
    page.remarks(&[&view.remarks, &view.sheet_content.remarks]);
    page.sections
}

/// Sections of a page in easy Japanese: its text, since its figures are found on the full page.
pub(super) fn of_easy(view: &EasyView<'_>, texts: &InterfaceTexts) -> Vec<EntrySection> {
    let mut page = Sections::new(texts);
    page.lines(view.has_own_title.then_some(view.name));
    page.passages(&view.passages);
    page.sections
}

/// Sections of the permalink page of a sheet.
pub(super) fn of_sheet(view: &SheetView<'_>, texts: &InterfaceTexts) -> Vec<EntrySection> {
    let mut page = Sections::new(texts);
    page.head(&view.head, &view.sheet_content);
    view.sheet_content.indicators.iter().for_each(|indicator| page.indicator(indicator));
    page.surveys(&view.sheet_content);
    page.rows(view.rows.as_ref());
    page.sheet_prose(view.sheet_content.prose.as_ref());
    page.costs(&view.sheet_content, view.rows.as_ref());
    page.responses(&view.sheet_content);
    page.remarks(&[&view.sheet_content.remarks]);
    page.sections
}

/// Builder of sections; lines are appended to the last one.
struct Sections<'t> {
    t: SentenceFormatter<'t>,
    sections: Vec<EntrySection>,
    /// Section under a heading of the site, added with its first line.
    pending: Option<EntrySection>,
}

impl<'t> Sections<'t> {
    fn new(texts: &'t InterfaceTexts) -> Self {
        Self { t: SentenceFormatter(texts), sections: Vec::new(), pending: Some(EntrySection::default()) }
    }

    /// Begins a section under a heading of the report, which is indexed even without lines.
    fn report_heading(&mut self, anchor: &str, heading: impl Into<String>) {
        self.pending = None;
        self.sections.push(EntrySection::new(anchor, heading));
    }

    /// Begins a section under a heading of the site, which is omitted if no line follows.
    fn site_heading(&mut self, anchor: &str, key: &str) {
        self.pending = Some(EntrySection::new(anchor, self.t.text(key)));
    }

    fn line(&mut self, line: impl Into<String>) {
        let line = line.into();
        if line.is_empty() {
            return;
        }
        self.sections.extend(self.pending.take());
        if let Some(section) = self.sections.last_mut() {
            section.lines.push(line);
        }
    }

    fn lines<L: Into<String>>(&mut self, lines: impl IntoIterator<Item = L>) {
        for line in lines {
            self.line(line);
        }
    }

    /// Adds a fact named by the interface text `key`, unless the value is missing or empty.
    fn fact(&mut self, key: &str, value: Option<&str>) {
        self.named(self.t.text(key), value.unwrap_or_default());
    }

    fn named(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.line(self.t.named(name, value));
        }
    }

    fn references(&mut self, to: &[RefView<'_>]) {
        self.lines(to.iter().map(|to| self.t.reference(to)).collect::<Vec<_>>());
    }

    fn head(&mut self, head: &NodeHeaderView<'_>, content: &SheetContentView<'_>) {
        let t = self.t;
        self.line(t.joined(&head.markers));
        self.lines(head.lost);
        if let Some(judged) = content.judgements.first() {
            let verdicts = judged
                .judgements
                .iter()
                .flat_map(|judgement| judgement.given.iter().map(move |verdict| t.verdict(&judgement.scale, verdict)));
            self.lines(verdicts);
            for row in judged.tables.iter().flat_map(|table| &table.rows) {
                self.lines(row.cells.iter().flatten().map(|verdict| t.verdict(row.scale, verdict)));
            }
            let who = judged.judged_by.map(|who| t.0.fill("judged_by", &[("who", who)]));
            let edition = t.0.fill("judged_in", &[("edition", judged.edition)]);
            self.line(joined([Some(edition), who].into_iter().flatten(), " "));
        }
        let place = |place: &PlaceView<'_>| {
            let number = place.number.map(|number| t.0.fill("row_number", &[("number", number)]));
            let repeat = place.repeat.then(|| t.in_brackets(t.text("repeat")));
            let owner = [t.reference(&place.owner), number.unwrap_or_default(), repeat.unwrap_or_default()].concat();
            t.joined([owner, t.references(&place.also)])
        };
        self.fact("places", Some(&t.joined(head.places.iter().map(place))));
        self.fact("category", head.category);
        let department = |department: &DepartmentLink<'_>| {
            let role = department.role.map(|role| t.in_brackets(role)).unwrap_or_default();
            format!("{}{role}", department.name)
        };
        self.fact("department", Some(&t.joined(head.departments.iter().map(department))));
        self.fact("node_period", head.period.as_ref().map(|period| period.text.as_str()));
        for field in &head.fields {
            self.named(field.title, &t.joined(field.values.iter().map(|value| value.text)));
        }
        let accounts = head.accounts.iter().map(|account| {
            joined(account.iter().map(|step| format!("{} {}", step.code, step.name).trim().to_owned()), " › ")
        });
        self.fact("account", Some(&t.joined(accounts)));
        for printed in &head.printed {
            let sic = if printed.sic { t.in_brackets(t.text("sic")) } else { String::new() };
            let name = t.0.fill("name_in", &[("year", &printed.year.label)]);
            self.named(&name, &format!("{}{sic}", printed.name));
        }
        self.fact("formerly", Some(&t.joined(head.formerly.iter().copied())));
        content.corrections.iter().for_each(|correction| self.correction(correction));
    }

    /// Adds a correction: `訂正 移住者数 実績値 令和3年度：訂正前 58、訂正後 52、転記の訂正、版 令和3年度版、訂正した日 …`.
    fn correction(&mut self, correction: &CorrectionView<'_>) {
        let t = self.t;
        let state = |key: &str, words: &str| {
            let words = if words.is_empty() { t.text("not_printed") } else { words };
            joined([t.text(key), words], " ")
        };
        // Words are indexed as they are now, below their heading.
        let (was, is) = match &correction.is {
            Some(is) => (Some(state("corrected_before", correction.was)), Some(state("corrected_after", is))),
            None => (None, None),
        };
        let kind = t.text(&format!("corrected_{}", correction.kind));
        let reason = Some(joined([kind, correction.reason], " "));
        let edition = Some(state("corrected_edition", correction.edition));
        let date = Some(state("corrected_date", &correction.date));
        let place = joined([t.text("corrected"), correction.place.as_str()], " ");
        self.named(&place, &t.joined([was, is, reason, edition, date].into_iter().flatten()));
    }

    fn passages(&mut self, passages: &[Passage]) {
        for passage in passages {
            if let Some((anchor, heading)) = &passage.heading {
                self.report_heading(anchor, heading.as_str());
            }
            self.lines(passage.text.lines());
        }
    }

    fn indicator(&mut self, indicator: &IndicatorView<'_>) {
        let t = self.t;
        self.report_heading(&indicator.anchor, joined(indicator.role.into_iter().chain([indicator.name]), " "));
        self.lines(indicator.definition);
        self.lines(indicator.unit.map(|unit| t.0.fill("unit", &[("unit", unit)])));
        for judgement in &indicator.judgements {
            self.lines(judgement.given.iter().map(|verdict| t.verdict(&judgement.scale, verdict)));
        }
        self.lines(indicator.judged_in.map(|edition| t.0.fill("judged_in", &[("edition", edition)])));
        for line in &indicator.lines {
            self.line(self.year_line(line, indicator.unit));
        }
        self.comparisons(indicator);
        let unplaced: Vec<String> = indicator.unplaced.iter().map(|value| t.value(value, indicator.unit)).collect();
        self.fact("unplaced", Some(&t.joined(unplaced)));
        self.lines(indicator.note);
        self.lines(indicator.notes.iter().map(|note| note.note));
        for revision in &indicator.revisions {
            let column = t.column(revision.year.as_ref(), revision.start);
            let series = revision.name.unwrap_or_else(|| {
                t.text(match revision.series {
                    "target" => "target",
                    "forecast" => "forecast",
                    "interim" => "interim_value",
                    "rate" => "rate",
                    "rank" => "rank",
                    _ => "actual",
                })
            });
            let unit = indicator.unit.filter(|_| !["rate", "rank"].contains(&revision.series));
            let subject = joined(column.into_iter().chain([series.into()]), " ");
            let before = (&revision.before, Some(revision.before_edition));
            self.change(&subject, before, (&revision.after, Some(revision.after_edition)), unit);
        }
        if let Some(computed) = &indicator.computed {
            self.named(t.text("computed"), &joined([computed.name.as_str(), &computed.formula], " "));
            self.lines(computed.method_note.as_deref());
        }
        self.fact("formula", indicator.formula);
        self.fact("statistics", indicator.source);
        for comparison in &indicator.comparisons {
            self.named(&t.0.fill("statistics_of", &[("name", comparison.name)]), comparison.source.unwrap_or_default());
        }
        self.fact("printed_in", Some(&t.joined(&indicator.editions)));
    }

    /// Adds a line per survey: `令和5年度 市民意識調査：満足度 3.05、重要度 4.21、重点改善`.
    fn surveys(&mut self, content: &SheetContentView<'_>) {
        let t = self.t;
        self.site_heading("surveys", "surveys");
        for place in &content.surveys {
            let value = |title: &str, value: &Option<ValueView<'_>>| {
                value.as_ref().map(|value| format!("{title} {}", t.value(value, None)))
            };
            let (x, y) = (value(place.x_title, &place.x), value(place.y_title, &place.y));
            let quadrant = place.quadrant.map(str::to_owned);
            self.named(place.title, &t.joined([x, y, quadrant].into_iter().flatten()));
        }
    }

    /// Adds a line per comparison and per group: `県平均：令和5年度 97.2%、令和6年度 97.5%`.
    fn comparisons(&mut self, indicator: &IndicatorView<'_>) {
        let t = self.t;
        let in_year = |year: Option<&YearView>, value: &Option<ValueView<'_>>| {
            let value = t.value(value.as_ref()?, indicator.unit);
            Some(joined([year.map_or("", |year| year.label.as_str()), value.as_str()], " "))
        };
        for (index, comparison) in indicator.comparisons.iter().enumerate() {
            let values = indicator
                .lines
                .iter()
                .filter_map(|line| line.comparisons.get(index).and_then(|value| in_year(line.year.as_ref(), value)));
            self.named(comparison.name, &t.joined(values.collect::<Vec<_>>()));
        }
        let Some(breakdown) = &indicator.breakdown else { return };
        for group in &breakdown.groups {
            let values = breakdown.years.iter().zip(&group.cells);
            let values = values.filter_map(|(year, value)| in_year(Some(year), value));
            self.named(group.name, &t.joined(values.collect::<Vec<_>>()));
        }
    }

    /// Formats the values of one year as a sentence.
    fn year_line(&self, line: &LineView<'_>, unit: Option<&str>) -> String {
        let t = self.t;
        let without_year = line.start.then_some("start_of_plan");
        let baseline = line.baseline.then_some("baseline").or(without_year);
        let values = [
            (&line.actual, "actual", baseline),
            (&line.interim, "value", baseline),
            (&line.forecast, "value", baseline),
            (&line.target, "target", without_year),
        ];
        let values = values.map(|(value, what, aside)| (value, what, aside, unit));
        let others = [(&line.rate, "rate", None, None), (&line.rank, "rank", None, None)];
        t.clauses(values.into_iter().chain(others).filter_map(|(value, what, aside, unit)| {
            Some((t.column(line.year.as_ref(), line.start), t.text(what), aside, t.value(value.as_ref()?, unit)))
        }))
    }

    /// Adds a changed value: `令和5年度 実績値：12（令和5年度版） → 13（令和6年度版）`.
    fn change(
        &mut self,
        subject: &str,
        (before, before_edition): (&ValueView<'_>, Option<&str>),
        (after, after_edition): (&ValueView<'_>, Option<&str>),
        unit: Option<&str>,
    ) {
        let t = self.t;
        let edition = |label: Option<&str>| label.map(|label| t.in_brackets(label)).unwrap_or_default();
        let (before, after) = (t.value(before, unit), t.value(after, unit));
        self.named(subject, &format!("{before}{} → {after}{}", edition(before_edition), edition(after_edition)));
    }

    /// Tables of goals and policies; `heading` is the id and the text of their section on the page.
    fn goal_tables(&mut self, goal_tables: Option<&GoalTablesView<'_>>, heading: (&str, &str)) {
        let t = self.t;
        let Some(goal_tables) = goal_tables else { return };
        for table in &goal_tables.tables {
            match &table.goal {
                Some(goal) => self.report_heading(&table.anchor, t.reference(goal)),
                None => self.site_heading(heading.0, heading.1),
            }
            self.indicator_summaries(&table.indicators);
            for line in &table.lines {
                self.line(t.reference(&line.node));
                self.indicator_summaries(&line.indicators);
                let totals = t.amounts(&goal_tables.amounts, &line.printed, goal_tables.unit);
                self.fact("total_printed", Some(&totals));
            }
        }
    }

    fn indicator_summaries(&mut self, indicator_summaries: &[IndicatorSummaryView<'_>]) {
        let t = self.t;
        for summary in indicator_summaries {
            let figure =
                |value: &Option<ValueView<'_>>, year: &Option<YearView>, what: &str, otherwise: Option<&str>| {
                    let year = year.as_ref().map(|year| year.name.as_str()).or(otherwise);
                    Some((
                        year.map(|year| year.to_owned().into()),
                        t.text(what),
                        None,
                        t.value(value.as_ref()?, summary.unit),
                    ))
                };
            let end_of_plan = Some(t.text("end_of_plan"));
            let figures = [
                figure(&summary.latest, &summary.latest_year, "actual", None),
                figure(&summary.target, &summary.target_year, "target", end_of_plan),
                figure(&summary.last_target, &summary.last_target_year, "target", end_of_plan),
                figure(&summary.interim, &summary.interim_year, "value", None),
            ];
            self.figures(summary.indicator.name, figures);
        }
    }

    /// Adds an indicator with its figures as one line.
    fn figures(&mut self, name: Option<&str>, figures: [Option<FigureClause<'_>>; 4]) {
        let clauses = self.t.clauses(figures.into_iter().flatten());
        let name = name.unwrap_or_default();
        self.line(if clauses.is_empty() { name.to_owned() } else { self.t.named(name, &clauses) });
    }

    fn rows(&mut self, rows: Option<&RowsView<'_>>) {
        let Some(rows) = rows else { return };
        self.report_heading("programs", rows.label);
        for group in &rows.groups {
            self.lines(group.title);
            for row in &group.rows {
                self.row(rows, row);
            }
        }
        for row in &rows.lost {
            self.line(joined([row.number, row.name, Some(row.text)].into_iter().flatten(), " "));
        }
        if let Some(amounts) = rows.amounts.as_ref().filter(|amounts| !amounts.exceeds_table) {
            self.fact("total_printed", Some(&self.t.amounts(&amounts.columns, &amounts.printed, amounts.unit)));
        }
    }

    /// Adds a row of a program: `3 起業支援事業（新規、再掲）：令和5年度の決算額は1,200千円`.
    fn row(&mut self, rows: &RowsView<'_>, row: &RowView<'_>) {
        let t = self.t;
        let markers = row.markers.iter().map(|marker| match &marker.year {
            Some(year) => format!("{} {}", marker.text, year.label),
            None => marker.text.to_owned(),
        });
        let mut about: Vec<String> = markers.collect();
        about.extend(row.repeat.then(|| t.text("repeat").to_owned()));
        about.extend(row.category.map(str::to_owned));
        about.extend(row.home.as_ref().map(|home| t.named(t.text("home_at"), &t.reference(&home.owner))));
        for (key, years) in [("repeat_in", &row.repeat_years), ("only_in", &row.years)] {
            let years = t.joined(years.iter().map(|year| &year.label));
            about.extend((!years.is_empty()).then(|| t.named(t.text(key), &years)));
        }
        about.extend(row.also.iter().map(|to| t.named(t.text("also_at"), &t.reference(to))));
        about.extend(row.note.map(str::to_owned));
        let own = row.own_judged.iter();
        about.extend(own.flat_map(|judged| judged.given.iter().map(|verdict| t.verdict(&judged.scale, verdict))));
        let about = match t.joined(about) {
            about if about.is_empty() => about,
            about => t.in_brackets(&about),
        };
        let name = joined([row.number.unwrap_or_default(), &t.reference(&row.program)], " ");
        let unit = rows.amounts.as_ref().map_or("", |amounts| amounts.unit);
        let (subject, amounts) = (format!("{name}{about}"), t.amounts(&rows.amount_columns, &row.amounts, unit));
        self.line(if amounts.is_empty() { subject } else { t.named(&subject, &amounts) });
    }

    fn responses(&mut self, content: &SheetContentView<'_>) {
        let t = self.t;
        self.site_heading("responses", "responses");
        for response in content.responses.iter().flat_map(|responses| &responses.responses) {
            let edition = response.edition.as_ref().map(|edition| edition.label);
            let who = t.joined(edition.into_iter().chain(response.raised_by));
            let who = if who.is_empty() { who } else { t.in_brackets(&who) };
            self.line(t.named(t.text("response_point"), &format!("{}{who}", response.point)));
            self.fact("response_answer", response.answer);
            self.fact("response_status", response.status);
        }
    }

    fn sheet_prose(&mut self, prose: Option<&ProseView<'_>>) {
        let Some(prose) = prose else { return };
        self.report_heading("words", self.t.0.fill("words", &[("edition", prose.edition)]));
        self.prose_by_heading(&prose.sections, None);
        for variant in &prose.variants {
            let policy = variant.policy.as_ref().map(|policy| self.t.reference(policy));
            self.prose_by_heading(&variant.sections, policy.as_deref());
            self.lines(variant.remarks.iter().copied());
        }
    }

    /// Adds the texts of a sheet. Headings of a variant name the policy `under` which it applies.
    fn prose_by_heading(&mut self, sections: &[SectionView<'_>], under: Option<&str>) {
        for section in sections {
            let mark = section.mark.as_ref();
            let title = mark.map_or(Cow::Borrowed(section.title), |mark| {
                joined([Some(mark.mark), mark.spoken, mark.meaning].into_iter().flatten(), " ").into()
            });
            let variant = self.t.text("variant");
            let under = under.map(|under| self.t.in_brackets(&self.t.named(variant, under))).unwrap_or_default();
            let heading = format!("{title}{under}");
            // Text before the first heading of a sheet is in a section without a title.
            if !heading.is_empty() {
                self.report_heading(&section.anchor, heading);
            }
            self.passages(&section.passages);
        }
    }

    fn costs(&mut self, content: &SheetContentView<'_>, rows: Option<&RowsView<'_>>) {
        let t = self.t;
        self.site_heading("costs", "costs");
        if let Some(money) = &content.money {
            self.amounts(money.title, money);
        }
        if let Some(staff) = &content.staff {
            self.amounts(staff.title, staff);
        }
        if let Some(funding) = &content.funding {
            self.funding(funding);
        }
        for item in &content.sub_items {
            self.amounts(item.name, &item.money);
        }
        if let Some(totals) = &content.totals_of_kinds {
            self.amounts(totals.title, totals);
        }
        // Otherwise the amounts are already part of the rows.
        if let Some(amounts) = rows.and_then(|rows| rows.amounts.as_ref()).filter(|amounts| amounts.exceeds_table) {
            for line in &amounts.lines {
                let name = joined([line.number, line.program.name].into_iter().flatten(), " ");
                self.named(&name, &t.amounts(&amounts.columns, &line.cells, amounts.unit));
            }
            self.fact("total_printed", Some(&self.t.amounts(&amounts.columns, &amounts.printed, amounts.unit)));
        }
    }

    /// Adds a line per year: `事業費：令和5年度の予算額は1,200千円、決算額は1,100千円`.
    fn amounts(&mut self, title: &str, amounts: &AmountsView<'_>) {
        let t = self.t;
        for year in &amounts.years {
            let label = year.year.as_ref().map_or(t.text("all_years"), |year| year.label.as_str());
            for line in &year.lines {
                let clauses = t.clauses(line.cells.iter().zip(&amounts.phases).filter_map(|(cell, phase)| {
                    let year = Some(Cow::Borrowed(label));
                    Some((year, phase.title, None, t.value(cell.as_ref()?, Some(line.unit.unwrap_or(amounts.unit)))))
                }));
                self.named(if amounts.has_kinds { line.kind } else { title }, &clauses);
            }
        }
    }

    /// Adds a line per amount with sources: `財源内訳：令和5年度 決算額 国庫支出金 4,000千円`.
    fn funding(&mut self, funding: &FundingView<'_>) {
        let t = self.t;
        for line in &funding.lines {
            let year = line.year.as_ref().map_or(t.text("all_years"), |year| year.label.as_str());
            let shares =
                funding.sources.iter().zip(&line.cells).filter_map(|(source, cell)| {
                    Some(format!("{source} {}", t.value(cell.as_ref()?, Some(funding.unit))))
                });
            self.named(t.text("funding"), &format!("{year} {} {}", line.title, t.joined(shares)));
        }
    }

    fn relations(&mut self, relations: Option<&RelationsView<'_>>) {
        let Some(relations) = relations else { return };
        self.site_heading("relations", "relations");
        let all = [
            ("links", &relations.links),
            ("linked_from", &relations.linked_from),
            ("mentions", &relations.mentions),
            ("mentioned_by", &relations.mentioned_by),
            ("succeeds", &relations.succeeds),
            ("succeeded_by", &relations.succeeded_by),
        ];
        self.fact("links", relations.links_none);
        for (key, refs) in all {
            self.fact(key, Some(&self.t.references(refs)));
        }
    }

    fn changes(&mut self, changes: Option<&ChangesView<'_>>) {
        let t = self.t;
        let Some(changes) = changes else { return };
        self.site_heading("changes", "changes");
        for figures in [&changes.targets, &changes.figures, &changes.completed] {
            for FigureChange { indicator, year, start, before, before_edition, after, .. } in figures {
                let subject =
                    joined([t.reference(indicator).into()].into_iter().chain(t.column(year.as_ref(), *start)), " ");
                self.change(&subject, (before, Some(before_edition)), (after, None), None);
            }
        }
        for amount in &changes.amounts {
            let node = t.reference(&amount.node);
            let subject = [
                node.as_str(),
                &*amount.title,
                amount.year.as_ref().map_or(t.text("all_years"), |year| year.label.as_str()),
            ];
            self.change(&joined(subject, " "), (&amount.before, None), (&amount.after, None), None);
        }
        self.added_and_removed(changes);
        for renamed in &changes.renamed {
            self.line(format!("{} → {}", renamed.before, renamed.after));
        }
    }

    fn added_and_removed(&mut self, changes: &ChangesView<'_>) {
        let t = self.t;
        if changes.compared.is_some() {
            self.fact("new_programs", Some(&t.joined(changes.new.iter().map(|new| t.reference(&new.program)))));
            self.fact("gone_programs", Some(&t.joined(changes.gone.iter().map(|gone| t.reference(&gone.program)))));
        }
    }

    fn remarks(&mut self, remarks: &[&Vec<&str>]) {
        self.site_heading("remarks", "remarks");
        self.lines(remarks.iter().copied().flatten().copied());
    }

    fn edition(&mut self, edition: &EditionView<'_>) {
        let t = self.t;
        self.report_heading("sources", edition.label);
        let aside = |note: Option<&str>| note.map(|note| t.in_brackets(note)).unwrap_or_default();
        if let Some(document) = &edition.document {
            self.fact("document", Some(&format!("{}{}", document.title, aside(document.note))));
            self.fact("published", document.published.as_deref());
        }
        let stage = match edition.stage {
            "interim" => Some(t.text("interim")),
            "plan" => Some(t.text("stage_plan")),
            _ => None,
        };
        let year = edition.year.as_ref().map_or(t.text("year_not_printed"), |year| &year.label);
        self.fact("year_of_report", Some(&format!("{year}{}", aside(stage))));
        let inferred = edition.as_of_inferred.then(|| t.text("inferred_tag"));
        let note = t.joined(inferred.into_iter().chain(edition.as_of_note));
        let note = Some(note.as_str()).filter(|note| !note.is_empty());
        let as_of = edition.as_of.as_deref().map(|as_of| format!("{as_of}{}", aside(note)));
        self.fact("counted_to", as_of.as_deref());
        self.fact("judges", edition.judged_by);
        self.lines(edition.note);
    }
}
