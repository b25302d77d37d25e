//! Keys of amounts: their declarations in `strategy.toml`, and the tables of sheets that hold them.

use super::ValueType::{ById, Flag, Id, Keyword, Number, OneOf, Table as OneTable, Tables, Text, Texts, Values};
use super::{Key, Table, ValueType, key};
use crate::model::PhaseKind;

/// Declarations in `strategy.toml`.
pub(super) const DECLARATIONS: &[Key] = &[
    key(
        "money",
        Tables(&MONEY_KIND),
        "事業費のほかに記載された金額の種類（人件費、総コスト、単位コスト、執行率など）。資料の掲載順に書く",
        "kinds of money beyond those of `[money]` itself, such as labour costs, in printed order",
        "[[money]]\nid = \"jinkenhi\"\ntitle = \"人件費\"",
    )
    .likely_mistakes(&["amount", "cost", "costs", "role", "人件費", "総コスト", "トータルコスト", "単位コスト", "執行率"]),
    key(
        "phase",
        Tables(&PHASE),
        "予算額・決算額・計画のほかに記載された欄（当初予算、補正予算、繰越、予算現額など）。資料の掲載順に書く",
        "phases of amounts beyond budget, settlement and plan, in printed order",
        "[[phase]]\nid = \"tosho\"\ntitle = \"当初予算額\"\nlike = \"budget\"",
    )
    .likely_mistakes(&["phases", "stage", "当初予算", "補正予算", "予算現額", "繰越額"]),
    key(
        "staff",
        Tables(&STAFF_KIND),
        "従事人工のほかに記載された人員や時間（正規職員、会計年度任用職員、従事時間など）",
        "kinds of staff beyond those of `[staff]` itself",
        "[[staff]]\nid = \"jikan\"\ntitle = \"従事時間\"\nunit = \"時間\"",
    )
    .likely_mistakes(&["personnel", "職員", "従事時間"]),
    key(
        "funding",
        Tables(&FUNDING),
        "財源（国庫支出金、県支出金、地方債、その他、一般財源など）。資料の掲載順に書く",
        "sources of funding, in printed order",
        "[[funding]]\nid = \"ken\"\ntitle = \"県支出金\"",
    )
    .likely_mistakes(&["fund", "funds", "sources", "財源", "財源内訳", "国庫支出金", "一般財源"]),
    key(
        "sum_tolerance",
        Number,
        "端数処理により、記載された合計と内訳の合計に生じてよい差（`money_unit` の単位。省略すると 0）",
        "greatest difference between a printed sum and its addends that rounding explains, in `money_unit` (default: 0)",
        "sum_tolerance = 2",
    )
    .likely_mistakes(&["rounding", "tolerance", "端数", "四捨五入"]),
];

const TITLE: Key = key("title", Text, "名称（資料の記載のとおり）", "title as printed", r#"title = "人件費""#)
    .required()
    .likely_mistakes(&["name", "名称"]);

/// `[[money]]`.
static MONEY_KIND: Table = Table::new(
    "money_kind",
    "金額の種類",
    "Kind of money",
    &[&[
        key(
            "id",
            Id,
            "id（調書の `[money.<id>]` で使う）。`base` は `[money]` に直接書く金額（事業費）の名称を示す",
            "id under which sheets give its amounts; `base` titles those of `[money]` itself",
            r#"id = "jinkenhi""#,
        )
        .required(),
        TITLE,
        key(
            "unit",
            Text,
            "単位（`money_unit` と異なる場合）",
            "unit, if it differs from `money_unit`",
            r#"unit = "円""#,
        )
        .likely_mistakes(&["単位"]),
        key(
            "sum",
            Texts,
            "合計するとこの種類になる種類の id（`base` は事業費）。検算だけに使い、自動では計算しない",
            "ids of the kinds that add up to this one (`base` for `[money]` itself); checked, never filled in",
            r#"sum = ["base"]"#,
        )
        .likely_mistakes(&["total", "parts", "合計", "内訳"]),
        key(
            "additive",
            Flag,
            "事務事業をまたいで合計できるか（省略すると true。単位コストや率は false）",
            "whether amounts can be summed over programs (default: true; false for unit costs and rates)",
            "additive = false",
        ),
    ]],
);

/// `[[phase]]`.
static PHASE: Table = Table::new(
    "phase",
    "金額の欄",
    "Phase of amounts",
    &[&[
        key(
            "id",
            Id,
            "id（`[money]`、`[staff]`、`[total]` のキーになる）。`budget`、`settlement`、`plan` は既存の欄の名称を示す",
            "id, the key in `[money]`, `[staff]` and `[total]`; `budget`, `settlement` and `plan` title the existing phases",
            r#"id = "budget""#,
        )
        .required(),
        Key { example: r#"title = "当初予算額""#, ..TITLE },
        key(
            "like",
            Keyword(&PhaseKind::KEYS),
            "予算（budget）、決算（settlement）、後の年度の計画（plan）のどれに当たるか。新しい id には必須",
            "the phase that it resembles; required for a new id",
            r#"like = "budget""#,
        )
        .likely_mistakes(&["kind", "type", "種類"]),
        key(
            "sum",
            Texts,
            "合計するとこの欄になる欄の id。検算だけに使い、自動では計算しない",
            "ids of the phases that add up to this one; checked, never filled in",
            r#"sum = ["budget"]"#,
        )
        .likely_mistakes(&["total", "parts", "合計", "内訳"]),
    ]],
);

/// `[[staff]]`.
static STAFF_KIND: Table = Table::new(
    "staff_kind",
    "人員の種類",
    "Kind of staff",
    &[&[
        key(
            "id",
            Id,
            "id（調書の `[staff.<id>]` で使う）。`base` は `[staff]` に直接書く人員の名称を示す",
            "id under which sheets give its numbers; `base` titles those of `[staff]` itself",
            r#"id = "jikan""#,
        )
        .required(),
        Key { example: r#"title = "従事時間""#, ..TITLE },
        key("unit", Text, "単位", "unit", r#"unit = "時間""#).likely_mistakes(&["単位"]),
    ]],
);

/// `[[funding]]`.
static FUNDING: Table = Table::new(
    "funding",
    "財源",
    "Source of funding",
    &[&[
        key("id", Id, "id（金額の `funding` で使う）", "id under which amounts give its share", r#"id = "ken""#)
            .required(),
        Key { example: r#"title = "県支出金""#, ..TITLE },
    ]],
);

/// Tables of a sheet.
pub(super) const TABLES: &[Key] = &[
    key(
        "money",
        OneTable(&MONEY),
        "事業費（計画の `money_unit` の単位）。`[[money]]` の種類は `[money.<id>]` に書く",
        "costs, in the `money_unit` of the strategy; kinds declared by `[[money]]` go under `[money.<id>]`",
        "[money]\nbudget.R6 = 9463\nsettlement.R6 = 9102",
    )
    .likely_mistakes(&["cost", "costs", "budget", "事業費", "金額", "費用"]),
    key(
        "staff",
        OneTable(&STAFF),
        "従事人工（人）。`[[staff]]` の種類は `[staff.<id>]` に書く",
        "staff in full-time equivalents; kinds declared by `[[staff]]` go under `[staff.<id>]`",
        "[staff]\nbudget.R6 = 2.5\nactual.R6 = 2.5",
    )
    .likely_mistakes(&["fte", "人工", "従事人工", "職員数"]),
    key(
        "total",
        OneTable(&TOTAL),
        "事務事業の合計として記載された金額（目標・施策の調書）。`[[money]]` の種類は `[total.<id>]` に書く",
        "totals of the rows as printed; kinds declared by `[[money]]` go under `[total.<id>]`",
        "[total]\nsettlement.R6 = 317433",
    )
    .likely_mistakes(&["sum", "合計", "計"]),
    key(
        "item",
        ById(&SUB_ITEM_TABLE),
        "細事業の金額。`<id>` は program.md の `[[item]]` の id",
        "amounts of the sub-item with this id, declared by an `[[item]]` in program.md",
        "[item.kensetsu.money]\nsettlement.R6 = 1200",
    )
    .likely_mistakes(&["items", "細事業", "細々事業"]),
];

static SUB_ITEM_TABLE: ValueType = OneTable(&SUB_ITEM);

static SUB_ITEM: Table = Table::new(
    "item_amounts",
    "細事業の金額",
    "Amounts of a sub-item",
    &[&[key("money", OneTable(&MONEY), "事業費", "costs", "[item.kensetsu.money]\nsettlement.R6 = 1200")]],
);

/// `[money]`. Further keys are ids of phases and of kinds of money.
pub static MONEY: Table =
    Table { other_keys: Some(OTHER_AMOUNTS), ..Table::new("money", "事業費", "Costs", &[MONEY_KEYS]) };

/// `[total]`.
pub static TOTAL: Table =
    Table { other_keys: Some(OTHER_AMOUNTS), ..Table::new("total", "合計", "Totals", &[MONEY_KEYS]) };

/// `[staff]`.
pub static STAFF: Table =
    Table { other_keys: Some(OTHER_AMOUNTS), ..Table::new("staff", "従事人工", "Staff", &[STAFF_KEYS]) };

/// Types under the ids of declared phases and kinds.
static OTHER_AMOUNTS: &ValueType = &OneOf(&[Values(&["all"]), ById(&AMOUNTS_OF_PHASE)]);

/// Amounts of a declared phase, by year.
pub static AMOUNTS_OF_PHASE: ValueType = Values(&["all"]);

/// Amounts of a declared kind, by phase and year.
pub static AMOUNTS_OF_KIND: ValueType = ById(&AMOUNTS_OF_PHASE);

const MONEY_KEYS: &[Key] = &[
    key("budget", Values(&[]), "予算額", "budget", "budget.R6 = 9463").likely_mistakes(&["予算", "予算額"]),
    key("settlement", Values(&[]), "決算額", "settlement", "settlement.R6 = 9102").likely_mistakes(&[
        "actual",
        "result",
        "spent",
        "決算",
        "決算額",
        "実績額",
    ]),
    key(
        "plan",
        Values(&["all"]),
        "後の年度に計画された額。`plan.all` は全期間の額（全体計画）",
        "amount planned for a later year; `plan.all` over all years",
        "plan.R7 = 11663",
    )
    .likely_mistakes(&["planned", "計画額", "計画事業費", "全体計画"]),
];

const STAFF_KEYS: &[Key] = &[
    key("budget", Values(&[]), "予算での人工", "staff as budgeted", "budget.R6 = 2.5").likely_mistakes(&["予算"]),
    key("actual", Values(&[]), "実績の人工", "actual staff", "actual.R6 = 2.5")
        .likely_mistakes(&["settlement", "実績"]),
    key(
        "plan",
        Values(&["all"]),
        "後の年度に計画された人工。`plan.all` は全期間の人工",
        "staff planned for a later year; `plan.all` over all years",
        "plan.R7 = 2.5",
    )
    .likely_mistakes(&["計画"]),
];
