//! Wording of questions, for officers: what the value at a path means in its strategy.

use crate::model::{AmountTable, FiscalYear, Indicator, Node, PhaseKind, Scale, Strategy, YearKind};

/// Wording of a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Label {
    /// Title of the questions about the same subject.
    pub(super) group: String,
    /// What is asked.
    pub(super) text: String,
    /// What is asked, without the name of its row in a list; empty if it has none.
    pub(super) column: String,
    /// Unit of the answer.
    pub(super) unit: String,
    /// Allowed answers, if they are declared.
    pub(super) choices: Vec<String>,
    /// Explanation: a definition, or the meaning of marks.
    pub(super) help: String,
    /// Ids written for answers.
    pub(super) ids: Vec<(String, String)>,
}

impl Label {
    fn new(group: impl Into<String>, text: impl Into<String>) -> Self {
        Self { group: group.into(), text: text.into(), ..Self::default() }
    }
}

/// Finds the wording of the value at `path` in the sheet of `node`.
pub(super) fn label(strategy: &Strategy, node: &Node, path: &[String]) -> Label {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let known = match path.as_slice() {
        ["indicator", id, rest @ ..] => {
            node.indicators.iter().find(|indicator| indicator.id == *id).map(|it| of_indicator(strategy, it, rest))
        }
        ["item", id, "money", rest @ ..] => node.items.iter().find(|item| item.id == *id).map(|item| {
            let label = of_amount(strategy, AmountTable::Money, rest);
            Label { group: format!("細事業 {}", item.name), ..label }
        }),
        ["money", rest @ ..] => Some(of_amount(strategy, AmountTable::Money, rest)),
        ["total", rest @ ..] => Some(of_amount(strategy, AmountTable::Total, rest)),
        ["staff", rest @ ..] => Some(of_amount(strategy, AmountTable::Staff, rest)),
        ["judgement", scale, rest @ ..] => {
            of_scale(strategy, scale, rest).map(|label| Label { group: "評価".into(), ..label })
        }
        ["program", id, scale, rest @ ..] => of_scale(strategy, scale, rest).map(|label| {
            let program =
                strategy.nodes.iter().find(|other| other.id == *id && other.kind == crate::model::Kind::Program);
            let name = program.map_or(*id, |program| program.name.as_str());
            let text = format!("{name} {}", label.text);
            Label { group: "事業ごとの評価".into(), column: label.text, text, ..label }
        }),
        ["survey", id, rest @ ..] => of_survey(strategy, id, rest),
        ["field", id, ..] => of_field(strategy, id),
        ["response", number, key] => {
            let text = match *key {
                "edition" => "指摘のあった年度",
                "raised_by" => "指摘した人・会議",
                "point" => "指摘の内容",
                "answer" => "対応の内容",
                "status" => "対応の状況",
                _ => key,
            };
            Some(Label::new(format!("指摘への対応 {number}"), text))
        }
        ["section", title, ..] => Some(Label::new("記述", *title)),
        ["heading", scale] => of_scale(strategy, scale, &[]).map(|label| Label { group: "記述".into(), ..label }),
        ["heading", scale, ..] => {
            of_scale(strategy, scale, &[]).map(|label| Label::new("記述", format!("{}の理由・内容", label.text)))
        }
        _ => None,
    };
    known.unwrap_or_else(|| Label::new("その他", path.join(".")))
}

fn of_indicator(strategy: &Strategy, indicator: &Indicator, rest: &[&str]) -> Label {
    let role = indicator.role.as_ref().map(|role| format!("{role} ")).unwrap_or_default();
    let group = format!("{role}{}", indicator.name);
    let unit = indicator.unit.clone().unwrap_or_default();
    let column = |column: &str| column_name(column, indicator.year_kind);
    let series = |key: &str| match key {
        "actual" => Some("実績"),
        "target" => Some("目標"),
        "forecast" => Some("見込み"),
        "interim" => Some("年度途中の値"),
        "rate" => Some("達成率"),
        "rank" => Some("順位"),
        _ => None,
    };
    let help = indicator.definition.clone().or_else(|| indicator.formula.clone()).unwrap_or_default();
    match rest {
        ["note"] => Label::new(group, "指標についての注記"),
        ["unplaced", ..] => Label { unit, help, ..Label::new(group, "年度の欄にない値") },
        ["comparison", id, year] => {
            let name = indicator.comparisons.iter().find(|it| it.id == *id).map_or(*id, |it| it.name.as_str());
            Label { unit, help, ..Label::new(group, format!("{name} {}", column(year))) }
        }
        ["breakdown", id, year] => {
            let name = indicator.breakdowns.iter().find(|it| it.id == *id).map_or(*id, |it| it.name.as_str());
            Label { unit, help, ..Label::new(group, format!("{name} {}", column(year))) }
        }
        [key, year] if series(key).is_some() => {
            let unit = if matches!(*key, "rate" | "rank") { String::new() } else { unit };
            let help = [help, choices_of_states(indicator)].concat();
            Label { unit, help, ..Label::new(group, format!("{} {}", series(key).unwrap_or_default(), column(year))) }
        }
        [scale, rest @ ..] => match of_scale(strategy, scale, rest) {
            Some(label) => Label { group, ..label },
            None => Label::new(group, [&[*scale], rest].concat().join(".")),
        },
        [] => Label::new(group, ""),
    }
}

/// States of an indicator in their order, as an explanation.
fn choices_of_states(indicator: &Indicator) -> String {
    if indicator.states.is_empty() { String::new() } else { format!("段階: {}", indicator.states.join(" → ")) }
}

fn of_amount(strategy: &Strategy, table: AmountTable, rest: &[&str]) -> Label {
    let declared = &strategy.amounts;
    let kinds = declared.kinds(table);
    let (rest, funding) = match rest {
        [rest @ .., "funding", id] => (rest, declared.funding.iter().find(|funding| funding.id == **id)),
        rest => (rest, None),
    };
    let (kind, rest) = match rest {
        [id, rest @ ..] if kinds.iter().skip(1).any(|kind| kind.id == *id) => {
            (kinds.iter().find(|kind| kind.id == *id), rest)
        }
        rest => (kinds.first(), rest),
    };
    let base_name = match table {
        AmountTable::Money => "事業費",
        AmountTable::Total => "合計",
        AmountTable::Staff => "従事人員",
    };
    let title = kind.and_then(|kind| kind.title.as_deref()).unwrap_or(base_name);
    let group = match table {
        AmountTable::Total if title != base_name => format!("合計 {title}"),
        _ => title.to_owned(),
    };
    let unit = kind.and_then(|kind| kind.unit.clone()).unwrap_or_else(|| match table {
        AmountTable::Staff => String::new(),
        AmountTable::Money | AmountTable::Total => strategy.money_unit.clone(),
    });
    let phase_name = |id: &str| {
        let id = if table == AmountTable::Staff && id == "actual" { "settlement" } else { id };
        let phase = declared.phase(id)?;
        let title = declared.phase_title(phase).map(str::to_owned);
        Some(title.unwrap_or_else(|| built_in_phase(table, phase.kind).to_owned()))
    };
    let text = match rest {
        [phase, column] => {
            let phase = phase_name(phase).unwrap_or_else(|| (*phase).to_owned());
            format!("{phase} {}", column_name(column, YearKind::Fiscal))
        }
        rest => rest.join("."),
    };
    match funding {
        Some(funding) => Label { unit, ..Label::new(group, format!("　うち {}　{text}", funding.title)) },
        None => Label { unit, ..Label::new(group, text) },
    }
}

fn built_in_phase(table: AmountTable, kind: PhaseKind) -> &'static str {
    match (table, kind) {
        (AmountTable::Staff, PhaseKind::Settlement) => "実績",
        (AmountTable::Staff, PhaseKind::Budget | PhaseKind::Plan) => "計画",
        (_, PhaseKind::Budget) => "予算額",
        (_, PhaseKind::Settlement) => "決算額",
        (_, PhaseKind::Plan) => "計画額",
    }
}

/// Wording of a mark on a scale; `rest` is its year and judge.
fn of_scale(strategy: &Strategy, id: &str, rest: &[&str]) -> Option<Label> {
    let scale = strategy.scales.iter().find(|scale| scale.id == id)?;
    let mut words = vec![scale.title.clone()];
    for key in rest {
        let judge = strategy.judges.iter().find(|judge| judge.id == *key);
        words.push(judge.map_or_else(|| column_name(key, YearKind::Fiscal), |judge| judge.title.clone()));
    }
    let mut choices: Vec<String> = scale.marks.iter().map(|mark| mark.printed.clone()).collect();
    if !choices.is_empty() {
        choices.extend(strategy.missing.iter().cloned());
    }
    Some(Label { choices, help: meanings(scale), ..Label::new(String::new(), words.join(" ")) })
}

/// Meanings of the marks, and the highest number of points.
fn meanings(scale: &Scale) -> String {
    let marks = scale.marks.iter();
    let mut parts: Vec<String> =
        marks.filter_map(|mark| Some(format!("{}={}", mark.printed, mark.meaning.as_ref()?))).collect();
    if let Some(points) = &scale.points {
        parts.push(points.max.map_or_else(|| "点数".to_owned(), |max| format!("点数（{max}点満点）")));
    }
    parts.join("　")
}

fn of_survey(strategy: &Strategy, id: &str, rest: &[&str]) -> Option<Label> {
    let survey = strategy.surveys.iter().find(|survey| survey.id == id)?;
    let group = survey.title.clone();
    Some(match rest {
        ["x"] => Label::new(group, &survey.x.title),
        ["y"] => Label::new(group, &survey.y.title),
        ["quadrant"] => Label {
            choices: survey.quadrants.iter().flatten().cloned().collect(),
            ..Label::new(group, "領域の名称")
        },
        rest => Label::new(group, rest.join(".")),
    })
}

fn of_field(strategy: &Strategy, id: &str) -> Option<Label> {
    let field = strategy.fields.iter().find(|field| field.id == id)?;
    let choices = field.options.iter().map(|option| option.title.clone()).collect();
    let ids = field.options.iter().map(|option| (option.title.clone(), option.id.clone())).collect();
    Some(Label { choices, ids, ..Label::new("基本的な事項", &field.title) })
}

/// Name of the column of a series: 令和6年度, or 2024年 for values by calendar year.
pub(super) fn column_name(column: &str, kind: YearKind) -> String {
    match (column, FiscalYear::parse(column)) {
        ("start", _) => "計画開始時".to_owned(),
        ("end", _) => "計画終了時".to_owned(),
        ("all", _) => "全期間".to_owned(),
        (_, Some(year)) if kind == YearKind::Fiscal => year.japanese(),
        (_, Some(year)) => format!("{}年", year.0),
        (column, None) => column.to_owned(),
    }
}
