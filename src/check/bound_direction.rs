//! The rule `bound-direction`.

use super::visit::{column_key, indicators};
use super::words::contains_any;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, say};
use crate::model::{Bound, Column, Decimal, Direction, IndicatorId, Node, Report, Series, Value};

pub(super) const LINT: Lint = Lint {
    rule: Rule::BoundDirection,
    title: Bilingual {
        ja: "`better` の向きが、目標値や指標の名前と逆になっている",
        en: "a `better` that contradicts the targets or the name of the indicator",
    },
    explanation: Bilingual {
        ja: "「30位以内」「1人以下」のような目標は、小さいほどよい指標の目標です。「90%以上」は、大きいほどよい指標の目標です。\
             どちらの向きの目標もある指標は調べません。ほかに、年度を追う目標値がいずれも `better` と逆に動くもの（人口や認定率の\
             ように、悪くなることを見込んで目標を置くことのある指標を除く）と、待機児童数・滞納額・離職率、参加者数・受診率・満足度の\
             ように、どちらがよいかの決まった名前の指標を調べます。",
        en: "A target such as 30位以内 or 1人以下 belongs to an indicator of which less is better, 90%以上 to one of which \
             more is better. Indicators with targets of both kinds are not checked. Also reported are targets that all move \
             against `better` from year to year (except those of populations and rates of care, which plans expect to \
             get worse), and indicators whose name says which direction is better: 待機児童数, 滞納額, 離職率; 参加者数, 受診率, 満足度.",
    },
    example: concat!("better = \"higher\"           # policy.md\n", "target.R6 = \"30位以内\"        # 2024.md"),
    remedy: Bilingual {
        ja: "`better` か目標値を、資料のとおりに直してください。",
        en: "Correct `better` or the target according to the source.",
    },
    confidence: Confidence::Certain,
    run,
};

fn run(report: &Report, findings: &mut Findings) {
    for (_, node, id, indicator) in indicators(report) {
        let (Some(better), Some(span)) = (indicator.better, indicator.better_span) else { continue };
        let opposite = match better {
            Direction::Higher => Direction::Lower,
            Direction::Lower => Direction::Higher,
            Direction::Maintain => continue,
        };
        let key = better.key();
        let series = Series::merged(node, id.indicator as usize);
        let message = match contradicting_bound(node, id, opposite) {
            Some((column, target)) => say!(
                ja: "`better` は `{key}` ですが、目標値（{year}）は「{target}」です",
                en: "`better` is `{key}`, but the target for {year} is `{target}`",
                year = column_key(column)
            ),
            None => {
                if let Some(word) = word_of(&indicator.name, opposite) {
                    say!(
                        ja: "`better` は `{key}` ですが、指標の名前「{name}」は「{word}」です",
                        en: "`better` is `{key}`, but the name of the indicator, `{name}`, says `{word}`",
                        name = &indicator.name
                    )
                } else if let Some(targets) = opposite_targets(&series, opposite)
                    && !is_expected_to_worsen(&indicator.name)
                    && word_of(&indicator.name, better).is_none()
                {
                    say!(
                        ja: "`better` は `{key}` ですが、目標値は逆の向きに動いています（{targets}）",
                        en: "`better` is `{key}`, but the targets move in the other direction ({targets})"
                    )
                } else {
                    continue;
                }
            }
        };
        let help = say!(
            ja: "`{right}` が正しいかどうか、資料と見比べてください",
            en: "compare with the source whether it should be `{right}`",
            right = opposite.key()
        );
        let is_certain = contradicting_bound(node, id, opposite).is_some();
        let confidence = if is_certain { Confidence::Certain } else { Confidence::Possible };
        findings.add_as(confidence, span, format!("indicator.{}.better", indicator.id), message, help);
    }
}

/// The first target, if all targets with words such as 以上 are of the `opposite` direction.
fn contradicting_bound(node: &Node, id: IndicatorId, opposite: Direction) -> Option<(Column, &str)> {
    let figures = node.sheets.iter().filter_map(|sheet| sheet.figures.get(&(id.indicator as usize)));
    let targets = figures.flat_map(|figures| &figures.target);
    let mut targets = targets.filter_map(|(column, value)| Some((*column, value, direction(value)?))).peekable();
    let (column, value, _) = *targets.peek()?;
    targets.all(|(.., of)| of == opposite).then_some((column, value.printed.as_str()))
}

/// Word at the end of a name that contradicts the direction `better`: 待機児童数 with `higher`. The end of a name states what
/// is counted.
fn word_of(name: &str, better: Direction) -> Option<&'static str> {
    const LOWER: [&str; 22] = [
        "待機児童数",
        "離職率",
        "滞納額",
        "滞納率",
        "滞納者数",
        "未納額",
        "未収額",
        "収入未済額",
        "事故件数",
        "事故発生件数",
        "事故の件数",
        "交通事故死者数",
        "死亡率",
        "死亡者数",
        "犯罪認知件数",
        "刑法犯認知件数",
        "火災件数",
        "不登校児童生徒数",
        "苦情件数",
        "喫煙率",
        "失業率",
        "漏水率",
    ];
    const HIGHER: [&str; 26] = [
        "参加者数",
        "利用者数",
        "来場者数",
        "受講者数",
        "受診者数",
        "登録者数",
        "会員数",
        "修了者数",
        "移住者数",
        "観光客数",
        "受診率",
        "組織率",
        "加入率",
        "接種率",
        "普及率",
        "実施率",
        "参加率",
        "利用率",
        "認知度",
        "満足度",
        "貸出冊数",
        "寄附額",
        "開催回数",
        "利用件数",
        "取得率",
        "合格率",
    ];
    let name = name.split(['（', '(']).next().unwrap_or(name).trim_end();
    let words: &[&str] = match better {
        Direction::Lower => &LOWER,
        Direction::Higher => &HIGHER,
        Direction::Maintain => &[],
    };
    words.iter().find(|word| name.ends_with(**word)).copied()
}

/// Returns true if plans set targets for the indicator that are worse than today, because they expect it to worsen.
fn is_expected_to_worsen(name: &str) -> bool {
    contains_any(
        name,
        &["人口", "世帯", "出生", "児童", "生徒", "認定", "高齢", "給付費", "医療費", "社会増減", "自然増減"],
    )
}

/// The targets of several years, if all steps between them are in the `opposite` direction.
fn opposite_targets(series: &Series<'_>, opposite: Direction) -> Option<String> {
    let exact = series.target.iter().map(|cell| Some((cell.value.exact()?, cell.value.printed.as_str())));
    let targets: Vec<_> = exact.collect::<Option<_>>()?;
    let is_step = |one: &Decimal, other: &Decimal| match opposite {
        Direction::Higher => one <= other,
        _ => one >= other,
    };
    let (first, last) = (targets.first()?, targets.last()?);
    let moves =
        first.0 != last.0 && targets.windows(2).all(|pair| matches!(pair, [one, other] if is_step(&one.0, &other.0)));
    // Two targets may be of different kinds.
    (moves && targets.len() > 2).then(|| targets.iter().map(|(_, printed)| *printed).collect::<Vec<_>>().join(" → "))
}

/// Direction of improvement that the words of a target express.
fn direction(target: &Value) -> Option<Direction> {
    let printed = target.printed_without_period();
    let ends_with = |words: &[&str]| words.iter().any(|word| printed.ends_with(word));
    match target.number().map(|number| number.bound) {
        Some(Bound::AtLeast | Bound::Above) => Some(Direction::Higher),
        Some(Bound::AtMost | Bound::Below) => Some(Direction::Lower),
        _ if ends_with(&["以内", "以下", "未満"]) => Some(Direction::Lower),
        _ if ends_with(&["以上"]) => Some(Direction::Higher),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};

    fn check(better: &str, targets: &str, found: bool) {
        let node = format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\nbetter = '{better}'\n+++\n");
        let content = Fixture::new().with(program("a", &format!("[indicator.x]\n{targets}")));
        let expected: &[&str] = if found { &["programs/a/program.md:6"] } else { &[] };
        content.file("programs/a/program.md", &node).assert_finds("bound-direction", expected);
    }

    #[test]
    fn reports_targets_in_the_other_direction() {
        check("higher", "target.R5 = '1人以下'", true);
        check("lower", "target.R5 = '90%以上'", true);
        check("lower", "target.R5 = '1人以下'", false);
        check("higher", "target.R5 = 90", false);
        check("maintain", "target.R5 = '90%以上'", false);
    }

    #[test]
    fn reports_targets_that_move_in_the_other_direction() {
        check("lower", "target.R5 = 10\ntarget.R6 = 12\ntarget.R7 = 15", true);
        check("higher", "target.R5 = 15\ntarget.R6 = 12\ntarget.R7 = 12", true);
        check("higher", "target.R5 = 10\ntarget.R6 = 12\ntarget.R7 = 15", false);
        check("lower", "target.R5 = 10\ntarget.R6 = 9\ntarget.R7 = 15", false);
        check("lower", "target.R5 = 10\ntarget.R6 = 12", false);
    }

    #[test]
    fn compares_with_the_name() {
        let named = |name: &str, better: &str, found: &[&str]| {
            let node = format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = '{name}'\nbetter = '{better}'\n+++\n");
            let content = Fixture::new().with(program("a", "[indicator.x]\nactual.R5 = 1"));
            content.file("programs/a/program.md", &node).assert_finds("bound-direction", found);
        };
        named("待機児童数（4月1日）", "higher", &["programs/a/program.md:6"]);
        named("講座の参加者数", "lower", &["programs/a/program.md:6"]);
        named("講座の参加者数", "higher", &[]);
        named("参加者数の減少率", "lower", &[]);
    }

    #[test]
    fn understands_ranks() {
        check("higher", "target.R5 = { value = 30, printed = '30位以内' }", true);
    }

    #[test]
    fn ignores_targets_of_both_kinds() {
        check("higher", "target.R5 = '1人以下'\ntarget.R6 = '1人以上'", false);
    }
}
