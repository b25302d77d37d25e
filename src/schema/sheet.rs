//! Keys of the sheets, `<edition>.md` and `<edition>@<policy>.md`.

use super::ValueType::{
    ById, Date, Figure, Flag, Keyword, OneOf, OneOrMany, Period, Tables, Text, Texts, Url, Value, Values,
};
use super::node::{DEPARTMENT, FIELD, PERIOD, SIC};
use super::strategy::REMARKS_AND_ACKNOWLEDGEMENTS;
use super::{FileKind, Key, Table, ValueType, amount, key};
use crate::diagnostic::Bilingual;
use crate::model::{Bound, CorrectionKind};

/// `<edition>.md`.
pub static SHEET_FILE: FileKind = FileKind {
    name: "<edition>.md",
    title: Bilingual { ja: "調書（版ごと）", en: "Sheet, one per edition" },
    location: "content/<strategy>/policies/<id>/<edition>.md",
    root: &SHEET,
};

/// `<edition>@<policy>.md`.
pub static VARIANT_FILE: FileKind = FileKind {
    name: "<edition>@<policy>.md",
    title: Bilingual {
        ja: "再掲用の調書（再掲先で文章が異なる場合）",
        en: "Sheet of a repeated program whose text differs under that policy",
    },
    location: "content/<strategy>/programs/<id>/<edition>@<policy>.md",
    root: &VARIANT,
};

static VARIANT: Table = Table::new("variant", "再掲用の調書", "Variant of a sheet", &[REMARKS_AND_ACKNOWLEDGEMENTS]);

static SHEET: Table = Table::new("sheet", "調書", "Sheet", &[SHEET_KEYS, amount::TABLES, REMARKS_AND_ACKNOWLEDGEMENTS]);

const SHEET_KEYS: &[Key] = &[
    key("page", Text, "もとの資料のページ", "page of the source document", r#"page = "12""#).likely_mistakes(&[
        "pages",
        "ページ",
        "頁",
    ]),
    Key {
        meaning: Bilingual {
            ja: "この版での担当の部署（変わった場合）",
            en: "departments as printed in this edition, if they differ",
        },
        example: r#"department = "観光課""#,
        ..DEPARTMENT
    },
    Key {
        meaning: Bilingual {
            ja: "この版での事業期間（変わった場合）",
            en: "years in which it is carried out, if this edition prints others",
        },
        ..PERIOD
    },
    Key {
        meaning: Bilingual {
            ja: "この版での、名称の横の欄（変わった場合）。`<id>` は strategy.toml の `[[field]]` の id",
            en: "values of the field with this id, declared by a `[[field]]` in strategy.toml, if this edition prints others",
        },
        ..FIELD
    },
    key(
        "indicator",
        ById(&FIGURES_TABLE),
        "指標の値。`<id>` は `[[indicator]]` の id",
        "figures of the indicator with this id",
        "[indicator.riyosha]\nactual.R6 = \"1,234\"\ntarget.R6 = 1500",
    )
    .likely_mistakes(&["indicators", "kpi", "指標"]),
    key(
        "survey",
        ById(&SURVEY_ENTRY_TABLE),
        "住民意識調査での位置。`<id>` は strategy.toml の `[[survey]]` の id",
        "place in the survey with this id, declared by a `[[survey]]` in strategy.toml",
        "[survey.r5]\nx = 3.05\ny = 4.21",
    )
    .likely_mistakes(&["surveys", "市民意識調査", "住民意識調査", "アンケート"]),
    key(
        "judgement",
        ById(&ValueType::Judgement),
        "評価。`<id>` は `[[scale]]` の id。評価者のある尺度では `{ primary = \"A\", council = \"B\" }`、点数は `18`",
        "marks given on the scale with this id; `{ primary = \"A\", council = \"B\" }` on a scale with judges; points as `18`",
        "[judgement]\ngrade = \"A\"",
    )
    .likely_mistakes(&["judgment", "evaluation", "rating", "grade", "評価", "評価結果"]),
    key(
        "program",
        ById(&ROW_JUDGEMENTS),
        "並べている事業への評価（貢献度など）。`<id>` は `[[program]]` の id、その中のキーは対象が `row` の尺度の id",
        "marks of the listed program with this id, on scales for `row` (目標・施策の調書)",
        "[program.junkai]\nkoken = \"大\"",
    )
    .likely_mistakes(&["programs", "rows", "事業", "事務事業", "貢献度", "優先順位"]),
    key(
        "response",
        Tables(&RESPONSE),
        "前回の指摘への対応",
        "answers to earlier remarks",
        "[[response]]\nedition = \"2023\"\nraised_by = \"行政評価委員会\"\npoint = \"利用者の声を聞くこと\"\nanswer = \"アンケートを実施した\"\nstatus = \"対応済み\"",
    )
    .likely_mistakes(&["responses", "reply", "followup", "指摘", "対応", "前回の指摘"]),
    key(
        "correction",
        Tables(&CORRECTION),
        "公表した後の訂正。正しい値は、その欄に書く",
        "corrections since publication; the correct value is in the cell itself",
        "[indicator.riyosha]\nactual.R6 = 1243\n[[correction]]\ndate = 2026-12-01\nabout = \"indicator.riyosha.actual.R6\"\nwas = \"1,234\"\nkind = \"transcription\"\nreason = \"転記の誤り\"",
    )
    .likely_mistakes(&["corrections", "erratum", "errata", "訂正", "正誤", "修正"]),
];

/// A correction.
static CORRECTION: Table = Table::new(
    "correction",
    "訂正",
    "Correction",
    &[&[
        key("date", Date, "訂正を公表した日", "day on which the correction was published", CORRECTION_EXAMPLE)
            .required()
            .likely_mistakes(&["day", "日付", "訂正日"]),
        key(
            "about",
            Text,
            "訂正した欄のキー。`name`（名称）、`account`（会計）、`section:見出し` なども書ける",
            "key of the corrected cell; also `name`, `account` or `section:<heading>`",
            CORRECTION_EXAMPLE,
        )
        .required()
        .likely_mistakes(&["of", "key", "cell", "欄", "箇所"]),
        key(
            "was",
            Figure,
            "訂正前の、公表したときの記載。記載がなかったときは `\"\"`",
            "text before, as it was published; `\"\"` if there was none",
            CORRECTION_EXAMPLE,
        )
        .required()
        .likely_mistakes(&["before", "old", "from", "誤", "訂正前"]),
        key(
            "kind",
            Keyword(&CorrectionKind::KEYS),
            "誤りのあったところ。資料の誤り（publisher）か、転記の誤り（transcription）",
            "who had made the mistake: the publisher of the document, or the transcription of it",
            CORRECTION_EXAMPLE,
        )
        .required()
        .likely_mistakes(&["type", "by", "種類", "区分"]),
        key(
            "reason",
            Text,
            "読む人への、訂正の理由の一文",
            "reason, as a sentence for readers",
            CORRECTION_EXAMPLE,
        )
        .required()
        .likely_mistakes(&["why", "note", "text", "理由"]),
        key(
            "url",
            Url,
            "公表された正誤表のアドレス",
            "address of the notice of the publisher",
            "[[correction]]\ndate = 2026-12-01\nabout = \"page\"\nwas = \"11\"\nkind = \"publisher\"\nreason = \"資料の誤り\"\nurl = \"https://www.city.example.jp/seigo.pdf\"",
        )
        .likely_mistakes(&["link", "source", "正誤表"]),
    ]],
);

const CORRECTION_EXAMPLE: &str = "[[correction]]\ndate = 2026-12-01\nabout = \"page\"\nwas = \"11\"\nkind = \"transcription\"\nreason = \"転記の誤り\"";

static ROW_JUDGEMENTS: ValueType = ById(&ValueType::Judgement);

static RESPONSE: Table = Table::new(
    "response",
    "前回の指摘への対応",
    "Response to an earlier remark",
    &[&[
        key(
            "edition",
            Text,
            "指摘のあった版の id（版がなければ資料の記載のとおり）",
            "id of the edition with the remark, or else as printed",
            "[[response]]\nedition = \"2023\"\npoint = \"成果が見えない\"",
        )
        .likely_mistakes(&["to", "year", "版", "年度"]),
        key(
            "raised_by",
            Text,
            "指摘した人や会議",
            "who made the remark",
            "[[response]]\nraised_by = \"行政評価委員会\"\npoint = \"成果が見えない\"",
        )
        .likely_mistakes(&["from", "by", "who", "指摘者"]),
        key("point", Text, "指摘の内容", "the remark", "[[response]]\npoint = \"成果が見えない\"")
            .required()
            .likely_mistakes(&["remark", "comment", "text", "指摘", "意見"]),
        key(
            "answer",
            Text,
            "対応の内容",
            "the answer",
            "[[response]]\npoint = \"成果が見えない\"\nanswer = \"指標を加えた\"",
        )
        .likely_mistakes(&["reply", "action", "対応", "回答"]),
        key(
            "status",
            Text,
            "対応の状況（資料の記載のとおり）",
            "state of the answer, as printed",
            "[[response]]\npoint = \"成果が見えない\"\nstatus = \"対応済み\"",
        )
        .likely_mistakes(&["state", "状況", "進捗"]),
    ]],
);

static SURVEY_ENTRY_TABLE: ValueType = ValueType::Table(&SURVEY_ENTRY);

static SURVEY_ENTRY: Table = Table::new(
    "survey_entry",
    "調査での位置",
    "Place in a survey",
    &[&[
        key("x", Value, "横軸の値", "value of the horizontal measure", "x = 3.05").likely_mistakes(&[
            "horizontal",
            "横軸",
            "満足度",
        ]),
        key("y", Value, "縦軸の値", "value of the vertical measure", "y = 4.21").likely_mistakes(&[
            "vertical",
            "縦軸",
            "重要度",
        ]),
        key(
            "quadrant",
            Text,
            "資料に記載された領域の名称",
            "name of the quadrant, as printed",
            r#"quadrant = "重点改善""#,
        )
        .likely_mistakes(&["area", "field", "領域", "象限"]),
    ]],
);

static FIGURES_TABLE: ValueType = ValueType::Table(&FIGURES);

/// `[indicator.<id>]`. Further keys are ids of scales.
pub static FIGURES: Table = Table {
    other_keys: Some(&ValueType::Judgement),
    ..Table::new("figures", "指標の値", "Figures of an indicator", &[FIGURE_KEYS])
};

static VALUES_BY_YEAR: ValueType = Values(&[]);

const FIGURE_KEYS: &[Key] = &[
    key(
        "actual",
        Values(&["start"]),
        "実績値。年度の記載がない基準値は `actual.start`",
        "actual values; `actual.start` for a baseline without a year",
        "actual.R6 = \"1,234\"",
    )
    .likely_mistakes(&["result", "results", "value", "values", "実績", "実績値", "現状値"]),
    key(
        "target",
        Values(&["end"]),
        "目標値。年度の記載がない計画終了時の目標は `target.end`",
        "targets; `target.end` for the end of the plan without a year",
        "target.R6 = 1500",
    )
    .likely_mistakes(&["goal", "plan", "targets", "目標", "目標値", "計画値"]),
    key(
        "forecast",
        Values(&[]),
        "見込値。最新の値としても、評価の対象としても扱わない",
        "values that the publisher expects; never the latest value, never evaluated",
        "forecast.R7 = 1600",
    )
    .likely_mistakes(&["estimate", "expected", "見込", "見込み", "見込値"]),
    key(
        "interim",
        Values(&[]),
        "年間の値とともに記載された、年度途中の値",
        "value within the year, next to that of the whole year",
        "actual.R6 = 1234\ninterim.R6 = { value = 700, as_of = \"2024-09-30\" }",
    )
    .likely_mistakes(&["midterm", "中間値", "途中経過"]),
    key(
        "rate",
        Values(&[]),
        "資料に記載された達成率。計算に使わず、そのまま示す",
        "rate of achievement as printed; shown as it is, never computed from",
        "rate.R6 = \"82.3%\"",
    )
    .likely_mistakes(&["achievement", "achievement_rate", "progress", "達成率", "進捗率"]),
    key(
        "rank",
        Values(&[]),
        "資料に記載された順位",
        "rank as printed",
        "rank.R6 = { value = 16, printed = \"全国16位\" }",
    )
    .likely_mistakes(&["ranking", "position", "順位", "全国順位", "県内順位"]),
    key(
        "comparison",
        ById(&VALUES_BY_YEAR),
        "比較のために記載された値。`<id>` は `[[indicator.comparison]]` の id",
        "values of the comparison with this id, declared by an `[[indicator.comparison]]`",
        "comparison.ken.R6 = \"97.2\"",
    )
    .likely_mistakes(&["compare", "comparisons", "比較", "県平均"]),
    key(
        "breakdown",
        ById(&VALUES_BY_YEAR),
        "区分別の値。`<id>` は `[[indicator.breakdown]]` の id",
        "values of the group with this id, declared by an `[[indicator.breakdown]]`",
        "breakdown.higashi.R6 = 620",
    )
    .likely_mistakes(&["by", "breakdowns", "男女別", "地区別", "区分別"]),
    key(
        "unplaced",
        OneOrMany(&Value),
        "どの年度の欄にもない値",
        "values printed outside any column",
        "unplaced = \"約 1,200\"",
    ),
    key(
        "note",
        Text,
        "この版での指標についての注記",
        "note to readers on the indicator in this edition",
        r#"note = "集計中の値を含みます。""#,
    )
    .likely_mistakes(&["comment", "remark", "備考", "注記"]),
];

/// A value in the form of a table.
pub(super) static VALUE: Table = Table::new(
    "value",
    "値の表",
    "Value as a table",
    &[&[
        key("value", Figure, "値（数、または印刷どおりの文字列）", "the value: a number or the printed text", "[indicator.riyosha]\nactual.R6 = { value = 7, note = \"相談件数 73件\" }")
            .likely_mistakes(&["number", "amount", "値", "数値"]),
        key("printed", Text, "資料の記載（`value` の数と異なる場合や、数がない場合）", "text as printed, if it differs from `value` or is not a number", "[indicator.riyosha]\nactual.R6 = { value = 16, printed = \"全国16位\" }")
            .likely_mistakes(&["text", "表記", "記載"]),
        key("missing", Text, "値がない場合の記載", "text printed where there is no value", "[indicator.riyosha]\nactual.R6 = { missing = \"調査なし\" }")
            .likely_mistakes(&["none", "欠損"]),
        key("from", Figure, "範囲の小さいほうの値", "lower end of a range", "[indicator.riyosha]\ntarget.R6 = { from = 3, to = 4 }").likely_mistakes(&["min"]),
        key("to", Figure, "範囲の大きいほうの値", "upper end of a range", "[indicator.riyosha]\ntarget.R7 = { from = 3, to = 4 }").likely_mistakes(&["max"]),
        key("measured", Period, "測定した年度（欄の年度と異なる場合）", "year of measurement, if it differs from the column", "[indicator.riyosha]\nactual.R6 = { value = 7, measured = \"R5\" }")
            .likely_mistakes(&["year", "測定年度"]),
        key(
            "bound",
            Keyword(&Bound::KEYS),
            "以上（at-least）、以下（at-most）、超（above）、未満（below）、約（about）",
            "bound, if `value` does not contain the word",
            "[indicator.riyosha]\ntarget.R6 = { value = 90, printed = \"9割以上\", bound = \"at-least\" }",
        ),
        key(
            "estimated",
            OneOf(&[Flag, Text]),
            "見込みなら true、推計などの場合は記載された言葉",
            "true for 見込み, or the printed word, such as 推計",
            "[indicator.riyosha]\nactual.R6 = { value = 7, estimated = \"推計\" }",
        )
        .likely_mistakes(&["estimate", "推計", "見込み"]),
        key("as_of", Date, "年度途中の値の基準日", "reference date of a value within the year", "[indicator.riyosha]\nactual.R6 = { value = 7, as_of = \"2024-09-30\" }")
            .likely_mistakes(&["date", "基準日", "時点"]),
        key("note", Text, "値についての注記。値とともに表示される", "note that accompanies the value", "[indicator.riyosha]\nactual.R6 = { value = 7, note = \"速報値\" }")
            .likely_mistakes(&["comment", "remark", "備考", "注記", "注"]),
        key("parts", Tables(&PART), "資料に記載された内訳", "components as printed", "[indicator.riyosha]\nactual.R6 = { value = 7, parts = [{ name = \"市内\", value = 3 }, { name = \"市外\", value = 4 }] }")
            .likely_mistakes(&["breakdown", "内訳"]),
        key("funding", ById(&Figure), "金額の財源。`<id>` は strategy.toml の `[[funding]]` の id。合計は金額と一致させる", "sources of an amount of money, by the id of a `[[funding]]` in strategy.toml; they add up to the amount", "[money]\nsettlement.R6 = { value = 12160, funding = { kuni = 4000, ippan = 8160 } }")
            .likely_mistakes(&["fund", "sources", "財源", "財源内訳"]),
        Key { example: "[indicator.riyosha]\nactual.R6 = { value = 7, sic = true }", ..SIC },
    ]],
);

static PART: Table = Table::new(
    "part",
    "値の内訳",
    "Component of a value",
    &[&[
        key(
            "name",
            Text,
            "内訳の名称",
            "name of the component",
            "[indicator.riyosha]\nactual.R6 = { value = 7, parts = [{ name = \"市内\", value = 7 }] }",
        )
        .required()
        .likely_mistakes(&["label", "名称"]),
        key(
            "value",
            Figure,
            "内訳の値",
            "its value",
            "[indicator.riyosha]\nactual.R6 = { value = 7, parts = [{ name = \"市内\", value = 7 }] }",
        )
        .required()
        .likely_mistakes(&["amount", "値"]),
        key(
            "note",
            Text,
            "内訳についての注記",
            "note on the component",
            "[indicator.riyosha]\nactual.R6 = { value = 7, parts = [{ name = \"市内\", value = 7, note = \"速報値\" }] }",
        ),
    ]],
);

/// A judgement in the form of a table.
pub(super) static JUDGEMENT: Table = Table::new(
    "judgement",
    "評価の表",
    "Judgement as a table",
    &[&[
        key(
            "mark",
            OneOf(&[Texts, Figure]),
            "記号（尺度の `marks` のどれか）、または点数",
            "marks of the scale, or points",
            "[judgement]\ngrade = { mark = \"B\", note = \"昨年度から改善\" }",
        )
        .likely_mistakes(&["value", "points", "grade", "記号", "点数", "評価"]),
        key(
            "missing",
            Text,
            "評価がない場合の記載",
            "text printed where there is no mark",
            "[judgement]\ngrade = { missing = \"評価対象外\" }",
        ),
        key(
            "lost",
            Flag,
            "記載されていた評価が、公開された資料から読み取れないか",
            "whether the printed mark cannot be read from the published text",
            "[judgement]\ngrade = { lost = true }",
        ),
        key(
            "note",
            Text,
            "評価についての注記",
            "note on the judgement",
            "[judgement]\ngrade = { mark = \"B\", note = \"一部は未実施\" }",
        )
        .likely_mistakes(&["comment", "reason", "備考", "理由"]),
    ]],
);
