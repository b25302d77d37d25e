//! Keys of indicators, `[[indicator]]` in the file of a node.

use super::ValueType::{Count, Id, Keyword, OneOf, References, Tables, Text, Texts, Url, Year, Years};
use super::{Table, ValueType, key};
use crate::model::{Direction, IndicatorKind, Step, YearKind};

/// `[[indicator]]`.
pub(super) static INDICATOR: Table = Table::new(
    "indicator",
    "指標",
    "Indicator",
    &[&[
        key(
            "id",
            Id,
            "指標の id（調書の `[indicator.<id>]` で使う）",
            "id under which sheets give its values",
            r#"id = "kankokyaku""#,
        )
        .required(),
        key("name", Text, "指標の名称（資料の記載のとおり）", "name as printed", r#"name = "観光客数""#)
            .required()
            .likely_mistakes(&["title", "名称", "指標名"]),
        key(
            "kind",
            Keyword(&IndicatorKind::KEYS),
            "値の種類（number 数、words 言葉、state 決まった状態のどれか。省略すると number）",
            "kind of its values: `number` (default), `words`, or `state` for one of its `states`",
            r#"kind = "number""#,
        )
        .likely_mistakes(&["type", "種類"]),
        key(
            "states",
            Texts,
            "`kind = \"state\"` の指標の状態。達する順に書く",
            "states of an indicator with `kind = \"state\"`, in the order in which they are reached",
            "kind = \"state\"\nstates = [\"なし\", \"策定中\", \"策定済\"]",
        )
        .likely_mistakes(&["state", "values", "choices", "stages", "状態", "段階"]),
        key(
            "role",
            Text,
            "資料での呼び方（「成果指標」「KPI」など）",
            "term of the report for the indicator",
            r#"role = "成果指標""#,
        )
        .likely_mistakes(&["label", "指標区分"]),
        key(
            "definition",
            Text,
            "指標の定義",
            "definition of the measured quantity",
            r#"definition = "市内の観光施設に入場した人の延べ数""#,
        )
        .likely_mistakes(&["description", "meaning", "定義", "説明"]),
        key(
            "formula",
            Text,
            "算式（資料の記載のとおり）",
            "how the publisher computes it, as printed",
            r#"formula = "参加者数 ÷ 定員 × 100""#,
        )
        .likely_mistakes(&["calculation_formula", "expression", "算式", "計算式", "算出方法"]),
        key("source", OneOf(SOURCE), "値の出典", "survey or statistics", r#"source = "観光統計""#)
            .likely_mistakes(&["出典", "資料"]),
        key("unit", Text, "数値の単位（資料の記載のとおり）", "unit of its numbers, as printed", r#"unit = "人""#)
            .likely_mistakes(&["単位"]),
        key(
            "better",
            Keyword(&Direction::KEYS),
            "望ましい方向（higher 多いほど、lower 少ないほど、maintain 維持）",
            "direction of improvement",
            r#"better = "higher""#,
        )
        .likely_mistakes(&["direction", "good", "方向", "目指す方向"]),
        key(
            "year_kind",
            Keyword(&YearKind::KEYS),
            "年の種類（fiscal 年度、calendar 暦年。省略すると fiscal）",
            "kind of its years (default: `fiscal`)",
            r#"year_kind = "calendar""#,
        )
        .likely_mistakes(&["calendar", "暦年"]),
        key(
            "baseline",
            OneOf(&[Year, Keyword(&["start"])]),
            "基準値の年度。年度の記載がない場合は start とし、調書の `actual.start` に値を書く",
            "year of the baseline, or `start` for a baseline printed without a year",
            r#"baseline = "R4""#,
        )
        .likely_mistakes(&["base", "start", "基準", "基準年度", "基準値"]),
        key("interval", Count, "調査の間隔（年）", "years between two surveys", "interval = 2")
            .likely_mistakes(&["frequency", "間隔"]),
        key(
            "method",
            Text,
            "計算の方法（計画の `[[method]]` の id。declared なら計算しない）",
            "id of a method of the strategy, or `declared` to compute nothing",
            r#"method = "declared""#,
        )
        .likely_mistakes(&["calculation", "計算方法"]),
        key(
            "breaks",
            Years,
            "定義や調査方法が変わった最初の年度。その前後の値は比べない",
            "first years of new definitions or surveys; values before and after are not compared",
            r#"breaks = ["R6"]"#,
        )
        .likely_mistakes(&["break", "series_break", "断絶"]),
        key(
            "actual_total_from",
            OneOf(&[Year, Keyword(&["start"])]),
            "実績値がそれまでの累計である場合、累計を始めた年度（計画の始めからなら start）",
            "first year of the running total, if each actual value is one; `start` for the start of the plan",
            r#"actual_total_from = "R5""#,
        )
        .likely_mistakes(&["cumulative", "累計", "実績累計"]),
        key(
            "target_total_from",
            Year,
            "目標値だけが複数年度の累計である場合、累計を始めた年度",
            "first year of the total, if only the targets are totals over several years",
            r#"target_total_from = "R5""#,
        )
        .likely_mistakes(&["cumulative", "累計", "累計目標"]),
        key(
            "cumulative_from",
            Year,
            "`target_total_from` の以前の書き方",
            "older spelling of `target_total_from`",
            r#"cumulative_from = "R5""#,
        ),
        key(
            "step",
            Keyword(&Step::KEYS),
            "手段から効果までのどこに当たるか（input 投入、activity 活動、output 産出、outcome 成果、impact 波及効果）",
            "its place in the chain from means to effects",
            r#"step = "output""#,
        )
        .likely_mistakes(&["stage", "level", "ロジックモデル"]),
        key(
            "leads_to",
            References,
            "この指標がつながる先の指標。同じファイルの指標の id か、`indicator:program/junkai/riyosha` のような参照",
            "indicators that it contributes to: ids in this file, or references such as `indicator:program/junkai/riyosha`",
            r#"leads_to = ["indicator:policy/1-2/urikake"]"#,
        )
        .likely_mistakes(&["next", "effect", "contributes_to", "つながり"]),
        key(
            "comparison",
            Tables(&COMPARISON),
            "比較のために記載された、ほかの地域や団体の値",
            "the same quantity elsewhere, printed for comparison",
            r#"comparison = [{ id = "ken", name = "県平均" }]"#,
        )
        .likely_mistakes(&["comparisons", "compare", "reference", "比較", "県平均", "全国平均", "類似団体"]),
        key(
            "breakdown",
            Tables(&BREAKDOWN),
            "男女別、地区別などの値の区分。合計はしない",
            "groups for which the quantity is printed; never added up",
            r#"breakdown = [{ id = "higashi", name = "東地区" }]"#,
        )
        .likely_mistakes(&["breakdowns", "by", "groups", "内訳", "男女別", "地区別"]),
        key(
            "note",
            Text,
            "指標についての注記",
            "note to readers on the whole series",
            r#"note = "令和6年度から集計方法が変わりました。""#,
        )
        .likely_mistakes(&["comment", "備考", "注記"]),
    ]],
);

static SOURCE: &[ValueType] = &[Text, ValueType::Table(&SOURCE_TABLE)];

static SOURCE_TABLE: Table = Table::new(
    "source",
    "出典の表",
    "Source as a table",
    &[&[
        key("name", Text, "統計や調査の名称", "name of the survey or statistics", r#"name = "観光統計""#)
            .required()
            .likely_mistakes(&["title", "名称"]),
        key(
            "url",
            Url,
            "そのページのアドレス",
            "address of its web page",
            r#"url = "https://www.pref.example.jp/kanko-tokei""#,
        )
        .likely_mistakes(&["href", "link", "アドレス"]),
    ]],
);

/// `[[indicator.comparison]]`.
static COMPARISON: Table = Table::new(
    "comparison",
    "比較のための値",
    "Comparison",
    &[&[
        key(
            "id",
            Id,
            "比較の id（調書の `comparison.<id>.<year>` で使う）",
            "id under which sheets give its values, `comparison.<id>.<year>`",
            r#"id = "ken""#,
        )
        .required(),
        key("name", Text, "名称（資料の記載のとおり）", "name as printed", r#"name = "県平均""#)
            .required()
            .likely_mistakes(&["title", "名称"]),
        key(
            "source",
            OneOf(SOURCE),
            "出典（指標の出典と異なる場合）",
            "survey or statistics, if it differs from that of the indicator",
            r#"source = { name = "県観光統計", url = "https://www.pref.example.jp/kanko-tokei" }"#,
        )
        .likely_mistakes(&["出典", "資料"]),
    ]],
);

/// `[[indicator.breakdown]]`.
static BREAKDOWN: Table = Table::new(
    "breakdown",
    "値の区分",
    "Group of a breakdown",
    &[&[
        key(
            "id",
            Id,
            "区分の id（調書の `breakdown.<id>.<year>` で使う）",
            "id under which sheets give its values, `breakdown.<id>.<year>`",
            r#"id = "higashi""#,
        )
        .required(),
        key("name", Text, "名称（資料の記載のとおり）", "name as printed", r#"name = "東地区""#)
            .required()
            .likely_mistakes(&["title", "名称"]),
    ]],
);
