//! Declaration of the tables.

use super::column::{Code, Column, ColumnType};
use crate::diagnostic::Bilingual;
use ColumnType::{Code as Coded, Date, Flag, Integer, Key, Number, Text, Year};

/// A table.
#[derive(Debug)]
pub struct Table {
    /// The table.
    pub id: TableId,
    /// Content.
    pub title: Bilingual<&'static str>,
    /// Columns, in the order of the file.
    pub columns: &'static [Column],
    /// Columns whose cells identify a row.
    pub primary_key: &'static [&'static str],
    /// Columns that refer to rows of other tables.
    pub foreign_keys: &'static [ForeignKey],
}

/// Columns that refer to a row of a table.
#[derive(Debug)]
pub struct ForeignKey {
    /// Names of the columns.
    pub columns: &'static [&'static str],
    /// The table.
    pub table: TableId,
    /// Names of its columns that hold the same cells.
    pub to: &'static [&'static str],
}

/// Identification of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableId {
    /// Values of indicators.
    Observations,
    /// Amounts of money and staff.
    Amounts,
    /// Marks and points.
    Judgements,
    /// Surveys of residents.
    Surveys,
    /// Components of figures.
    Parts,
    /// Figures as printed.
    Printed,
    /// Goals, policies and programs.
    Nodes,
    /// Rows of programs.
    Placements,
    /// Relations between nodes and between indicators.
    Relations,
    /// Facts beside the names of nodes.
    Fields,
    /// Indicators.
    Indicators,
    /// Scales with their marks.
    Scales,
    /// Editions with their source documents.
    Editions,
    /// Corrections.
    Corrections,
    /// Meanings of codes.
    Codes,
    /// Definitions of columns.
    Columns,
}

impl TableId {
    /// All tables, in the order of the package.
    pub const ALL: [Self; 16] = [
        Self::Observations,
        Self::Amounts,
        Self::Judgements,
        Self::Surveys,
        Self::Parts,
        Self::Printed,
        Self::Nodes,
        Self::Placements,
        Self::Relations,
        Self::Fields,
        Self::Indicators,
        Self::Scales,
        Self::Editions,
        Self::Corrections,
        Self::Codes,
        Self::Columns,
    ];

    /// Name, also of the file without `.csv`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Observations => "observations",
            Self::Amounts => "amounts",
            Self::Judgements => "judgements",
            Self::Surveys => "surveys",
            Self::Parts => "parts",
            Self::Printed => "printed",
            Self::Nodes => "nodes",
            Self::Placements => "placements",
            Self::Relations => "relations",
            Self::Fields => "fields",
            Self::Indicators => "indicators",
            Self::Scales => "scales",
            Self::Editions => "editions",
            Self::Corrections => "corrections",
            Self::Codes => "codes",
            Self::Columns => "columns",
        }
    }

    /// File name.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Observations => "observations.csv",
            Self::Amounts => "amounts.csv",
            Self::Judgements => "judgements.csv",
            Self::Surveys => "surveys.csv",
            Self::Parts => "parts.csv",
            Self::Printed => "printed.csv",
            Self::Nodes => "nodes.csv",
            Self::Placements => "placements.csv",
            Self::Relations => "relations.csv",
            Self::Fields => "fields.csv",
            Self::Indicators => "indicators.csv",
            Self::Scales => "scales.csv",
            Self::Editions => "editions.csv",
            Self::Corrections => "corrections.csv",
            Self::Codes => "codes.csv",
            Self::Columns => "columns.csv",
        }
    }

    /// Declaration.
    pub const fn table(self) -> &'static Table {
        match self {
            Self::Observations => &OBSERVATIONS,
            Self::Amounts => &AMOUNTS,
            Self::Judgements => &JUDGEMENTS,
            Self::Surveys => &SURVEYS,
            Self::Parts => &PARTS,
            Self::Printed => &PRINTED,
            Self::Nodes => &NODES,
            Self::Placements => &PLACEMENTS,
            Self::Relations => &RELATIONS,
            Self::Fields => &FIELDS,
            Self::Indicators => &INDICATORS,
            Self::Scales => &SCALES,
            Self::Editions => &EDITIONS,
            Self::Corrections => &CORRECTIONS,
            Self::Codes => &CODES,
            Self::Columns => &COLUMNS,
        }
    }
}

const TO_NODE: ForeignKey = ForeignKey { columns: &["of"], table: TableId::Nodes, to: &["of"] };
const TO_EDITION: ForeignKey = ForeignKey { columns: &["edition_id"], table: TableId::Editions, to: &["edition_id"] };

const REGION_CODE: Column = Column::new("region_code", Key, "全国地方公共団体コード", "code of the local government");
const REGION_NAME: Column =
    Column::new("region_name", Text, "地方公共団体名", "name of the local government").required();
const STRATEGY_ID: Column = Column::new("strategy_id", Key, "計画のID", "id of the strategy").required();
const EDITION_ID: Column =
    Column::new("edition_id", Key, "公表資料のID（editions）", "edition that printed it (editions)").required();
const OF: Column = Column::new("of", Key, "目標、施策、事業（nodes）", "goal, policy or program (nodes)").required();
const ROW_ORDER: Column = Column::new("row_order", Integer, "記載順", "order as printed, from 1").required();
const FISCAL_YEAR: Column = Column::new("fiscal_year", Year, "年度（西暦）", "fiscal year, from April");
const NUMBER: Column = Column::new("number", Number, "数値（範囲の場合は下限）", "number; of a range, its lower end");
const NUMBER_TO: Column = Column::new("number_to", Number, "範囲の上限", "upper end of a range");
const UNIT: Column = Column::new("unit", Text, "単位（記載のとおり）", "unit as printed");
const STATUS: Column = Column::new("status", Coded(STATUSES), "値の状態", "state of the value").required();
const BOUND: Column =
    Column::new("bound", Coded(BOUNDS), "以上・以下などの別", "relation of the quantity to the number");
const IS_ESTIMATED: Column =
    Column::new("is_estimated", Flag, "見込み・推計かどうか", "whether the publisher calls it an estimate").required();
const IS_LATEST: Column = Column::new(
    "is_latest",
    Flag,
    "同じ欄の値のうち、最新の公表資料のものかどうか",
    "whether no later edition printed the same cell",
)
.required();
const AS_OF_DATE: Column = Column::new("as_of_date", Date, "値の基準日", "reference date of the value");

const STATUSES: &[Code] = &[
    Code::new("given", "数値・評価あり", "a number or mark is given"),
    Code::new("words", "文章で記載（printed を参照）", "given in words (printed)"),
    Code::new("missing", "値なし（0 とは異なる）", "no value, which is different from 0"),
    Code::new("lost", "記載はあるが、公表資料から判読できない", "printed, but illegible in the published document"),
];

const BOUNDS: &[Code] = &[
    Code::new("at-least", "以上", "at least"),
    Code::new("at-most", "以下", "at most"),
    Code::new("above", "超", "above"),
    Code::new("below", "未満", "below"),
    Code::new("about", "約・程度", "about"),
];

const SERIES: &[Code] = &[
    Code::new("actual", "実績値", "actual value"),
    Code::new("target", "目標値", "target"),
    Code::new("forecast", "見込値", "forecast"),
    Code::new("interim", "年度途中の値", "value within the year"),
    Code::new("rate", "達成率（記載のとおり）", "rate of achievement as printed"),
    Code::new("rank", "順位（記載のとおり）", "rank as printed"),
    Code::new("unplaced", "いずれの欄にも属さない値", "value outside any column"),
];

/// Columns of [`TableId::Observations`].
pub(super) const OBSERVATION_COLUMNS: [Column; 22] = [
    Column::new("observation_id", Key, "値のID", "id of the value").required(),
    REGION_CODE,
    REGION_NAME,
    STRATEGY_ID,
    EDITION_ID,
    OF,
    Column::new("indicator", Key, "指標（indicators）", "indicator (indicators)").required(),
    Column::new(
        "series",
        Key,
        "系列（コードは codes を参照。comparison:ID、breakdown:ID は指標ごとに定義）",
        "series (codes; comparison:ID and breakdown:ID by indicator)",
    )
    .required(),
    FISCAL_YEAR,
    Column::new("calendar_year", Year, "暦年（暦年単位の指標）", "calendar year, for indicators by calendar year"),
    Column::new("is_start", Flag, "年度の記載のない基準値かどうか", "whether it is a baseline without a year")
        .required(),
    Column::new(
        "is_end_of_plan",
        Flag,
        "計画期間の終了時の目標かどうか",
        "whether it is a target for the end of the plan",
    )
    .required(),
    NUMBER,
    NUMBER_TO,
    BOUND,
    UNIT,
    STATUS,
    Column::new("measured_from_year", Year, "測定期間の開始年", "first year of measurement, if printed"),
    Column::new("measured_to_year", Year, "測定期間の終了年", "last year of measurement, if printed"),
    IS_ESTIMATED,
    AS_OF_DATE,
    IS_LATEST,
];

static OBSERVATIONS: Table = Table {
    id: TableId::Observations,
    title: Bilingual { ja: "指標の値", en: "values of indicators" },
    columns: &OBSERVATION_COLUMNS,
    primary_key: &["observation_id"],
    foreign_keys: &[
        TO_EDITION,
        TO_NODE,
        ForeignKey { columns: &["indicator"], table: TableId::Indicators, to: &["indicator"] },
    ],
};

const AMOUNT_TABLES: &[Code] = &[
    Code::new("money", "事業費など", "money"),
    Code::new("total", "計（記載のとおり）", "total as printed"),
    Code::new("staff", "人員", "staff"),
    Code::new("item", "細事業の金額", "money of a sub-item"),
];

/// Columns of [`TableId::Amounts`].
pub(super) const AMOUNT_COLUMNS: [Column; 23] = [
    Column::new("amount_id", Key, "金額のID", "id of the amount").required(),
    REGION_CODE,
    REGION_NAME,
    STRATEGY_ID,
    EDITION_ID,
    OF,
    Column::new("table", Coded(AMOUNT_TABLES), "表の種類", "kind of table").required(),
    Column::new("item_id", Key, "細事業のID", "id of the sub-item"),
    Column::new("money_id", Key, "金額の種類（codes）", "kind of money (codes)"),
    Column::new("staff_id", Key, "人員の種類（codes）", "kind of staff (codes)"),
    Column::new("phase", Key, "予算、決算、計画などの別（codes）", "budget, settlement, plan … (codes)").required(),
    Column::new("funding_id", Key, "財源（codes）。財源別の内訳の金額である場合に記載", "source of funding (codes), of a part"),
    FISCAL_YEAR,
    Column::new("is_all_years", Flag, "全年度を通じた金額かどうか", "whether it is over all years").required(),
    NUMBER,
    NUMBER_TO,
    BOUND,
    UNIT,
    STATUS,
    IS_ESTIMATED,
    AS_OF_DATE,
    IS_LATEST,
    Column::new(
        "counts_once",
        Flag,
        "計画全体の合計に算入する金額かどうか（money_id、phase、年度ごと。再掲、内訳、計、細事業は 0）",
        "whether sums of the strategy count it, by money_id, phase and year; not for repeats, parts, totals and sub-items",
    )
    .required(),
];

static AMOUNTS: Table = Table {
    id: TableId::Amounts,
    title: Bilingual { ja: "金額と人員", en: "amounts of money and staff" },
    columns: &AMOUNT_COLUMNS,
    primary_key: &["amount_id"],
    foreign_keys: &[TO_EDITION, TO_NODE],
};

/// Columns of [`TableId::Judgements`].
pub(super) const JUDGEMENT_COLUMNS: [Column; 18] = [
    Column::new("judgement_id", Key, "評価のID", "id of the judgement").required(),
    REGION_CODE,
    REGION_NAME,
    STRATEGY_ID,
    EDITION_ID,
    OF,
    Column::new("indicator", Key, "評価対象の指標（indicators）", "indicator that was evaluated (indicators)"),
    Column::new(
        "program",
        Key,
        "評価対象の事業（施策の事業一覧に評価がある場合、nodes）",
        "program of the row that was evaluated (nodes)",
    ),
    Column::new("scale_id", Key, "評価区分（scales）", "scale (scales)").required(),
    Column::new("judge_id", Key, "評価者（codes）", "judge (codes)"),
    FISCAL_YEAR,
    Column::new("mark_order", Integer, "記号の順（scales を参照。記号以外は 0）", "mark (scales); 0 if it is none")
        .required(),
    Column::new("mark", Text, "記号（記載のとおり）", "mark as printed"),
    NUMBER,
    NUMBER_TO,
    BOUND,
    UNIT,
    STATUS,
];

static JUDGEMENTS: Table = Table {
    id: TableId::Judgements,
    title: Bilingual { ja: "評価（記号と点数）", en: "marks and points" },
    columns: &JUDGEMENT_COLUMNS,
    primary_key: &["judgement_id"],
    foreign_keys: &[
        TO_EDITION,
        TO_NODE,
        ForeignKey { columns: &["indicator"], table: TableId::Indicators, to: &["indicator"] },
        ForeignKey { columns: &["program"], table: TableId::Nodes, to: &["of"] },
        ForeignKey { columns: &["scale_id", "mark_order"], table: TableId::Scales, to: &["scale_id", "mark_order"] },
    ],
};

const MEASURES: &[Code] = &[
    Code::new("x", "横軸の値", "value of the horizontal measure"),
    Code::new("y", "縦軸の値", "value of the vertical measure"),
    Code::new("quadrant", "区分", "quadrant"),
    Code::new("x-mean", "横軸の平均", "mean of the horizontal measure"),
    Code::new("y-mean", "縦軸の平均", "mean of the vertical measure"),
    Code::new("answers", "回答数", "number of answers"),
];

/// Columns of [`TableId::Surveys`].
pub(super) const SURVEY_COLUMNS: [Column; 16] = [
    Column::new("survey_value_id", Key, "値のID", "id of the value").required(),
    REGION_CODE,
    REGION_NAME,
    STRATEGY_ID,
    Column::new("survey_id", Key, "調査のID", "id of the survey").required(),
    Column::new("survey_title", Text, "調査の名称", "title of the survey").required(),
    Column::new("edition_id", Key, "公表資料のID（editions）", "edition that printed it (editions)"),
    Column::new("of", Key, "目標、施策、事業（nodes）", "goal, policy or program (nodes)"),
    FISCAL_YEAR,
    Column::new("measure", Coded(MEASURES), "値の種類", "kind of value").required(),
    Column::new("measure_title", Text, "評価軸の名称", "title of the measure"),
    NUMBER,
    NUMBER_TO,
    BOUND,
    UNIT,
    STATUS,
];

static SURVEYS: Table = Table {
    id: TableId::Surveys,
    title: Bilingual { ja: "住民意識調査", en: "surveys of residents" },
    columns: &SURVEY_COLUMNS,
    primary_key: &["survey_value_id"],
    foreign_keys: &[TO_EDITION, TO_NODE],
};

const VALUE_TABLES: &[Code] = &[
    Code::new("observations", "指標の値", "values of indicators"),
    Code::new("amounts", "金額と人員", "amounts"),
    Code::new("judgements", "評価", "judgements"),
    Code::new("surveys", "住民意識調査", "surveys"),
    Code::new("parts", "値の内訳", "components of values"),
];

/// Columns of [`TableId::Parts`].
pub(super) const PART_COLUMNS: [Column; 11] = [
    Column::new("part_id", Key, "内訳のID", "id of the component").required(),
    STRATEGY_ID,
    Column::new("value_table", Coded(VALUE_TABLES), "内訳のある値の表", "table of the value").required(),
    Column::new("value_id", Key, "内訳のある値のID", "id of the value").required(),
    ROW_ORDER,
    Column::new("part_name", Text, "内訳の名称", "name of the component").required(),
    NUMBER,
    NUMBER_TO,
    BOUND,
    UNIT,
    STATUS,
];

static PARTS: Table = Table {
    id: TableId::Parts,
    title: Bilingual { ja: "値の内訳", en: "components of values" },
    columns: &PART_COLUMNS,
    primary_key: &["part_id"],
    foreign_keys: &[],
};

/// Columns of [`TableId::Printed`].
pub(super) const PRINTED_COLUMNS: [Column; 8] = [
    Column::new("value_id", Key, "値のID", "id of the value").required(),
    STRATEGY_ID,
    Column::new("value_table", Coded(VALUE_TABLES), "値の表", "table of the value").required(),
    Column::new("printed", Text, "資料の記載", "as printed"),
    Column::new("estimated_as", Text, "推計などを示す語（記載のとおり）", "word by which it is called an estimate"),
    Column::new("as_of", Text, "基準日（記載のとおり）", "reference date as printed"),
    Column::new(
        "is_sic",
        Flag,
        "誤記と思われるが記載のとおりとした値かどうか",
        "whether it is as printed although it looks wrong",
    )
    .required(),
    Column::new("note", Text, "注記", "note"),
];

static PRINTED: Table = Table {
    id: TableId::Printed,
    title: Bilingual { ja: "資料の記載と注記", en: "values as printed, with notes" },
    columns: &PRINTED_COLUMNS,
    primary_key: &["value_id"],
    foreign_keys: &[],
};

const NODE_KINDS: &[Code] = &[
    Code::new("goal", "目標", "goal"),
    Code::new("policy", "施策", "policy"),
    Code::new("program", "事業", "program"),
];

/// Columns of [`TableId::Nodes`].
pub(super) const NODE_COLUMNS: [Column; 15] = [
    OF,
    REGION_CODE,
    REGION_NAME,
    STRATEGY_ID,
    Column::new("node_kind", Coded(NODE_KINDS), "種類", "kind").required(),
    Column::new("node_id", Key, "ID", "id").required(),
    Column::new("node_number", Text, "番号（記載のとおり）", "number as printed"),
    Column::new("level", Text, "階層の呼称", "term of the report for its level").required(),
    Column::new("name", Text, "名称", "name").required(),
    Column::new("reading", Text, "読み", "name in kana"),
    Column::new("parent", Key, "上位の目標、施策（nodes）", "goal or policy above it (nodes)"),
    Column::new("period_from_year", Year, "期間の開始年度", "first fiscal year of its period"),
    Column::new("period_to_year", Year, "期間の終了年度", "last fiscal year of its period"),
    Column::new(
        "is_lost",
        Flag,
        "公表資料に内容の記載がないことを確認済みかどうか",
        "whether its content is known to be missing",
    )
    .required(),
    Column::new("page", Text, "ページの所在（サイト内のパス、または URL）", "its page: path within the site, or URL")
        .required(),
];

static NODES: Table = Table {
    id: TableId::Nodes,
    title: Bilingual { ja: "目標・施策・事業", en: "goals, policies and programs" },
    columns: &NODE_COLUMNS,
    primary_key: &["of"],
    foreign_keys: &[ForeignKey { columns: &["parent"], table: TableId::Nodes, to: &["of"] }],
};

/// Columns of [`TableId::Placements`].
pub(super) const PLACEMENT_COLUMNS: [Column; 8] = [
    STRATEGY_ID,
    Column::new(
        "owner",
        Key,
        "事業を掲載する目標・施策（計画の直下は strategy）",
        "goal or policy of the row, or strategy",
    )
    .required(),
    ROW_ORDER,
    Column::new("program", Key, "事業（nodes）", "program (nodes)").required(),
    Column::new("row_number", Text, "行の番号（記載のとおり）", "number of the row as printed"),
    Column::new("group", Text, "事業群の見出し", "heading of the group of rows"),
    Column::new("is_repeat", Flag, "再掲かどうか", "whether it is a repeat").required(),
    Column::new("counts_once", Flag, "合計に算入する行かどうか", "whether sums count the program in this row")
        .required(),
];

static PLACEMENTS: Table = Table {
    id: TableId::Placements,
    title: Bilingual { ja: "施策に掲載された事業", en: "rows of programs" },
    columns: &PLACEMENT_COLUMNS,
    primary_key: &["owner", "row_order"],
    foreign_keys: &[ForeignKey { columns: &["program"], table: TableId::Nodes, to: &["of"] }],
};

const RELATION_KINDS: &[Code] = &[
    Code::new("related", "関連", "related to"),
    Code::new("succeeds", "後継", "succeeds"),
    Code::new("leads-to", "波及", "leads to"),
];

/// Columns of [`TableId::Relations`].
pub(super) const RELATION_COLUMNS: [Column; 5] = [
    STRATEGY_ID,
    Column::new("from", Key, "関係元（nodes または indicators）", "origin (nodes or indicators)").required(),
    ROW_ORDER,
    Column::new("relation", Coded(RELATION_KINDS), "関係", "relation").required(),
    Column::new(
        "to",
        Key,
        "関係先（ほかの計画の場合は、先頭に計画のIDを付す）",
        "destination; of another strategy, after its id",
    )
    .required(),
];

static RELATIONS: Table = Table {
    id: TableId::Relations,
    title: Bilingual { ja: "施策・事業・指標の関係", en: "relations" },
    columns: &RELATION_COLUMNS,
    primary_key: &["from", "row_order"],
    foreign_keys: &[],
};

const FIELD_KINDS: &[Code] = &[
    Code::new("field", "計画独自の項目", "field that the strategy declares"),
    Code::new("department", "担当", "department"),
    Code::new("account", "予算科目", "budget account"),
    Code::new("category", "分類", "category"),
    Code::new("marker", "印・区分記号", "marker"),
];

/// Columns of [`TableId::Fields`].
pub(super) const FIELD_COLUMNS: [Column; 8] = [
    STRATEGY_ID,
    OF,
    ROW_ORDER,
    Column::new(
        "edition_id",
        Key,
        "公表資料のID（すべての公表資料に共通のものは空欄）",
        "edition that printed it; empty for all editions",
    ),
    Column::new("field_kind", Coded(FIELD_KINDS), "項目の種類", "kind of field").required(),
    Column::new("field_id", Key, "項目のID", "id of the field"),
    Column::new("field_title", Text, "項目の名称、または担当の別", "title of the field, or role of the department"),
    Column::new("field_text", Text, "内容（記載のとおり）", "value as printed").required(),
];

static FIELDS: Table = Table {
    id: TableId::Fields,
    title: Bilingual {
        ja: "基本情報（担当、予算科目、実施方法など）", en: "facts beside the names"
    },
    columns: &FIELD_COLUMNS,
    primary_key: &["of", "row_order"],
    foreign_keys: &[TO_NODE, TO_EDITION],
};

const INDICATOR_KINDS: &[Code] =
    &[Code::new("number", "数値", "number"), Code::new("words", "文章", "words"), Code::new("state", "段階", "state")];
const DIRECTIONS: &[Code] = &[
    Code::new("higher", "高いほど良い", "higher is better"),
    Code::new("lower", "低いほど良い", "lower is better"),
    Code::new("maintain", "維持", "to be maintained"),
];
const YEAR_KINDS: &[Code] =
    &[Code::new("fiscal", "年度", "fiscal year"), Code::new("calendar", "暦年", "calendar year")];

/// Columns of [`TableId::Indicators`].
pub(super) const INDICATOR_COLUMNS: [Column; 18] = [
    Column::new("indicator", Key, "指標", "indicator").required(),
    STRATEGY_ID,
    OF,
    Column::new("indicator_id", Key, "指標のID", "id within the goal, policy or program").required(),
    Column::new("name", Text, "名称", "name").required(),
    Column::new("indicator_kind", Coded(INDICATOR_KINDS), "種類", "kind").required(),
    Column::new("role", Text, "位置付け（数値目標、活動指標など）", "term of the report for it"),
    UNIT,
    Column::new("better", Coded(DIRECTIONS), "望ましい方向", "desired direction"),
    Column::new("year_kind", Coded(YEAR_KINDS), "年度・暦年の別", "kind of its years").required(),
    Column::new("baseline_year", Year, "基準値の年", "year of the baseline"),
    Column::new("is_baseline_start", Flag, "基準値に年度の記載がないかどうか", "whether the baseline has no year")
        .required(),
    Column::new(
        "actual_total_from_year",
        Year,
        "実績が累計である場合の起算年",
        "first year of actual values that are totals",
    ),
    Column::new(
        "target_total_from_year",
        Year,
        "目標のみが累計である場合の起算年",
        "first year of targets that alone are totals",
    ),
    Column::new("definition", Text, "定義", "definition"),
    Column::new("formula", Text, "算式", "formula"),
    Column::new("source", Text, "出典", "source"),
    Column::new("source_url", Text, "出典のURL", "address of the source"),
];

static INDICATORS: Table = Table {
    id: TableId::Indicators,
    title: Bilingual { ja: "指標", en: "indicators" },
    columns: &INDICATOR_COLUMNS,
    primary_key: &["indicator"],
    foreign_keys: &[TO_NODE],
};

const SCALE_KINDS: &[Code] = &[Code::new("marks", "記号", "marks"), Code::new("points", "点数", "points")];
const TONES: &[Code] = &[
    Code::new("good", "良好", "going well"),
    Code::new("fair", "中程度", "partly going well"),
    Code::new("poor", "不十分", "not going well"),
    Code::new("neutral", "良否の別なし", "no assessment"),
];

/// Columns of [`TableId::Scales`].
pub(super) const SCALE_COLUMNS: [Column; 10] = [
    STRATEGY_ID,
    Column::new("scale_id", Key, "評価区分のID", "id of the scale").required(),
    Column::new("mark_order", Integer, "記号の順（評価区分自体の行は 0）", "order of the mark; 0 for the scale itself")
        .required(),
    Column::new("scale_title", Text, "評価区分の名称", "title of the scale").required(),
    Column::new("scale_kind", Coded(SCALE_KINDS), "記号・点数の別", "marks or points").required(),
    Column::new("max_number", Number, "満点", "greatest number of points"),
    Column::new("mark", Text, "記号（記載のとおり）", "mark as printed"),
    Column::new("meaning", Text, "意味（公表資料による）", "meaning according to the publisher"),
    Column::new("tone", Coded(TONES), "評価の良否", "assessment that it expresses"),
    Column::new("note", Text, "注記", "note"),
];

static SCALES: Table = Table {
    id: TableId::Scales,
    title: Bilingual { ja: "評価区分と記号（コード表）", en: "scales with their marks" },
    columns: &SCALE_COLUMNS,
    primary_key: &["scale_id", "mark_order"],
    foreign_keys: &[],
};

const STAGES: &[Code] = &[
    Code::new("final", "年度終了後の報告", "after the year"),
    Code::new("interim", "年度途中の報告", "within the year"),
    Code::new("plan", "年度開始前の計画", "before the year"),
];

/// Columns of [`TableId::Editions`].
pub(super) const EDITION_COLUMNS: [Column; 16] = [
    Column::new("edition_id", Key, "公表資料のID", "id of the edition").required(),
    REGION_CODE,
    REGION_NAME,
    STRATEGY_ID,
    Column::new("strategy_title", Text, "計画の名称", "title of the strategy").required(),
    ROW_ORDER,
    Column::new("label", Text, "公表資料の表示名", "name of the edition").required(),
    FISCAL_YEAR,
    Column::new("stage", Coded(STAGES), "報告の時期", "time of the report").required(),
    Column::new("as_of", Text, "基準日（記載のとおり）", "reference date as printed"),
    AS_OF_DATE,
    Column::new("judged_by", Text, "評価者", "who gave the marks"),
    Column::new("document_title", Text, "出典資料の名称", "title of the source document"),
    Column::new("document_url", Text, "出典資料のURL", "address of the source document"),
    Column::new("published", Text, "公表日（記載のとおり）", "date of publication as printed"),
    Column::new("published_date", Date, "公表日", "date of publication"),
];

static EDITIONS: Table = Table {
    id: TableId::Editions,
    title: Bilingual { ja: "公表資料（出典）", en: "editions with their source documents" },
    columns: &EDITION_COLUMNS,
    primary_key: &["edition_id"],
    foreign_keys: &[],
};

const CORRECTION_KINDS: &[Code] = &[
    Code::new("publisher", "公表した団体による訂正", "correction by the publisher"),
    Code::new("transcription", "転記誤りの訂正", "correction of an error of transcription"),
];

/// Columns of [`TableId::Corrections`].
pub(super) const CORRECTION_COLUMNS: [Column; 11] = [
    Column::new("correction_id", Key, "訂正のID", "id of the correction").required(),
    STRATEGY_ID,
    EDITION_ID,
    OF,
    Column::new("correction_date", Date, "訂正日", "date of the correction").required(),
    Column::new("about", Text, "訂正箇所", "what was corrected").required(),
    Column::new("was", Text, "訂正前の記載", "as it was published"),
    Column::new("is", Text, "訂正後の記載", "as it is now"),
    Column::new("correction_kind", Coded(CORRECTION_KINDS), "訂正の種類", "kind of correction").required(),
    Column::new("reason", Text, "理由", "reason").required(),
    Column::new("url", Text, "正誤表などのURL", "address of the erratum"),
];

static CORRECTIONS: Table = Table {
    id: TableId::Corrections,
    title: Bilingual { ja: "訂正", en: "corrections" },
    columns: &CORRECTION_COLUMNS,
    primary_key: &["correction_id"],
    foreign_keys: &[TO_EDITION, TO_NODE],
};

/// Columns of [`TableId::Codes`].
pub(super) const CODE_COLUMNS: [Column; 6] = [
    Column::new("table_name", Key, "表", "table").required(),
    Column::new("column_name", Key, "列", "column").required(),
    Column::new(
        "indicator",
        Key,
        "コードを使用する指標（すべての指標に共通の場合は空欄）",
        "indicator with the code; empty for all",
    ),
    Column::new("code", Key, "コード", "code").required(),
    Column::new("title_ja", Text, "意味", "meaning in Japanese, or as printed").required(),
    Column::new("title_en", Text, "意味（英語）", "meaning in English"),
];

static CODES: Table = Table {
    id: TableId::Codes,
    title: Bilingual { ja: "コード表", en: "meanings of codes" },
    columns: &CODE_COLUMNS,
    primary_key: &[],
    foreign_keys: &[],
};

/// Codes of the column `series`, besides comparisons and breakdowns.
pub(super) const SERIES_CODES: &[Code] = SERIES;

const TYPES: &[Code] = &[
    Code::new("string", "文字列", "text"),
    Code::new("integer", "整数", "integer"),
    Code::new("number", "数値（小数点以下の桁数は記載のとおり）", "decimal number as printed"),
    Code::new("year", "西暦年", "Gregorian year"),
    Code::new("date", "年月日（例：2024-09-30）", "day"),
    Code::new("boolean", "真偽値（1：該当、0：非該当）", "1 for yes, 0 for no"),
];

/// Columns of [`TableId::Columns`].
pub(super) const COLUMN_COLUMNS: [Column; 7] = [
    Column::new("table_name", Key, "表", "table").required(),
    ROW_ORDER,
    Column::new("column_name", Key, "列", "column").required(),
    Column::new("title_ja", Text, "列の意味", "meaning in Japanese").required(),
    Column::new("title_en", Text, "列の意味（英語）", "meaning in English").required(),
    Column::new("type", Coded(TYPES), "型", "type").required(),
    Column::new("is_required", Flag, "すべての行に値があるかどうか", "whether every row has a value").required(),
];

static COLUMNS: Table = Table {
    id: TableId::Columns,
    title: Bilingual { ja: "データ項目定義書", en: "definitions of columns" },
    columns: &COLUMN_COLUMNS,
    primary_key: &["table_name", "row_order"],
    foreign_keys: &[],
};
