//! Keys of `goal.md`, `policy.md` and `program.md`.

use super::ValueType::{ById, ByYear, Flag, Id, Ids, OneOf, OneOrMany, References, Tables, Text, Texts, Year, Years};
use super::indicator::INDICATOR;
use super::strategy::{ACKNOWLEDGEMENTS, REMARKS_AND_ACKNOWLEDGEMENTS};
use super::{FileKind, Key, Table, ValueType, key};
use crate::diagnostic::Bilingual;
use crate::model::Kind;

/// `goal.md`.
pub static GOAL_FILE: FileKind = FileKind {
    name: "goal.md",
    title: Bilingual { ja: "目標", en: "Goal" },
    location: "content/<strategy>/goals/<id>/goal.md",
    root: &GOAL,
};

/// `policy.md`.
pub static POLICY_FILE: FileKind = FileKind {
    name: "policy.md",
    title: Bilingual { ja: "施策", en: "Policy" },
    location: "content/<strategy>/policies/<id>/policy.md",
    root: &POLICY,
};

/// `program.md`.
pub static PROGRAM_FILE: FileKind = FileKind {
    name: "program.md",
    title: Bilingual { ja: "事務事業", en: "Program" },
    location: "content/<strategy>/programs/<id>/program.md",
    root: &PROGRAM,
};

/// `strategy.easy.md`, `goal.easy.md`, `policy.easy.md` and `program.easy.md`.
pub static EASY_FILE: FileKind = FileKind {
    name: "<name>.easy.md",
    title: Bilingual {
        ja: "やさしい日本語の文章（`policy.easy.md` など。`strategy`、`goal`、`policy`、`program` のどれかに付ける）",
        en: "Text in easy Japanese: `policy.easy.md`, and likewise for `strategy`, `goal` and `program`",
    },
    location: "content/<strategy>/policies/<id>/policy.easy.md",
    root: &EASY,
};

static EASY: Table = Table::new("easy", "やさしい日本語の文章", "Text in easy Japanese", &[EASY_KEYS]);

const EASY_KEYS: &[Key] = &[
    key(
        "title",
        Text,
        "ページの題名。名称の代わりに表示される。`{漢字|かんじ}` でふりがなを付ける",
        "title of the page instead of the name; `{漢字|かんじ}` is ruby",
        r#"title = "{観光|かんこう}に {来|く}る {人|ひと}を ふやす""#,
    )
    .likely_mistakes(&["name", "題名", "タイトル"]),
    ACKNOWLEDGEMENTS,
];

/// The kind of file of a node of this kind.
pub fn file_of(kind: Kind) -> &'static FileKind {
    match kind {
        Kind::Goal => &GOAL_FILE,
        Kind::Policy => &POLICY_FILE,
        Kind::Program => &PROGRAM_FILE,
    }
}

static GOAL: Table =
    Table::new("goal", "目標", "Goal", &[NODE_KEYS, GOAL_KEYS, GROUPS_AND_ROWS, REMARKS_AND_ACKNOWLEDGEMENTS]);

static POLICY: Table =
    Table::new("policy", "施策", "Policy", &[NODE_KEYS, POLICY_KEYS, GROUPS_AND_ROWS, REMARKS_AND_ACKNOWLEDGEMENTS]);

static PROGRAM: Table =
    Table::new("program", "事務事業", "Program", &[NODE_KEYS, PROGRAM_KEYS, REMARKS_AND_ACKNOWLEDGEMENTS]);

/// `department`, of a node or sheet.
pub(super) const DEPARTMENT: Key = key(
    "department",
    OneOrMany(&DEPARTMENT_TYPE),
    "担当の部署（資料の記載のとおり）。役割の記載があれば `{ name = \"…\", role = \"主管\" }`",
    "departments in charge, as printed; `{ name = \"…\", role = \"主管\" }` with the printed part",
    r#"department = ["商工観光課", { name = "農政課", role = "関係" }]"#,
)
.likely_mistakes(&["section", "office", "charge", "担当課", "所管課", "部署", "担当"]);

/// `period`, of a node or sheet.
pub(super) const PERIOD: Key = key(
    "period",
    OneOf(OPEN_PERIOD),
    "事業期間。`\"H13/\"` は終わりの定めがないことを、`\"/R8\"` は始めの記載がないことを示す",
    "years in which it is carried out; `\"H13/\"` has no end, `\"/R8\"` no stated start",
    r#"period = "H18/R8""#,
)
.likely_mistakes(&["years", "duration", "事業期間", "期間", "実施期間"]);

/// `field`, of a node or sheet.
pub(super) const FIELD: Key = key(
    "field",
    ById(&Texts),
    "名称の横の欄。`<id>` は strategy.toml の `[[field]]` の id",
    "values of the field with this id, declared by a `[[field]]` in strategy.toml",
    "[field]\nhoho = \"直営\"",
)
.likely_mistakes(&[
    "fields",
    "law",
    "target",
    "intent",
    "means",
    "sdgs",
    "contact",
    "根拠法令",
    "対象",
    "意図",
    "手段",
    "実施方法",
    "事業区分",
]);

/// Keys of goals, policies and programs.
pub(super) const NODE_KEYS: &[Key] = &[
    key("name", Text, "名称（資料の記載のとおり）", "name as printed", r#"name = "観光の振興""#)
        .required_unless(&["number"])
        .likely_mistakes(&["title", "名称", "施策名", "事業名", "事務事業名"]),
    key("number", Text, "名称の前に記載された番号", "number printed before the name", r#"number = "1-1""#)
        .likely_mistakes(&["no", "code", "番号", "整理番号"]),
    key(
        "lost",
        Text,
        "資料が欠けていて内容がわからないときの説明。調書はないものとして扱う",
        "what is known about a node whose content is missing from the report; it has no sheets",
        r#"lost = "資料のこのページが公開されていないため、内容がわかりません。""#,
    )
    .likely_mistakes(&["欠落", "不明"]),
    key("reading", Text, "名称の読み（かな）。見出しのふりがなと検索に使う", "name in kana, for ruby above the heading and for search", r#"reading = "かんこうのしんこう""#)
        .likely_mistakes(&["kana", "読み", "ふりがな"]),
    DEPARTMENT,
    PERIOD,
    FIELD,
    key("marker", Texts, "どの版にも記載されている印（「重点施策」など）", "markers printed in all editions", r#"marker = "重点施策""#)
        .likely_mistakes(&["tag", "tags", "印"]),
    key("category", Text, "名称の横に記載された分類", "category printed next to the name", r#"category = "関係人口の創出""#)
        .likely_mistakes(&["分類", "区分"]),
    key("links", References, "資料に関連すると記載された目標・施策・事務事業", "nodes that the report names as related", r#"links = ["policy:1-2"]"#)
        .likely_mistakes(&["related", "link", "関連施策", "関連事業"]),
    key("links_none", Text, "関連するものがないことを示す記載", "text printed if no node is related", r#"links_none = "該当なし""#),
    key("formerly", Ids, "以前の id。以前のアドレスから転送される", "former ids, whose pages redirect here", r#"formerly = ["kanko"]"#)
        .likely_mistakes(&["aliases", "old_id", "旧id"]),
    key("succeeds", References, "統合または分割される前のもの", "predecessors that were merged or split", r#"succeeds = ["policy:1-2"]"#)
        .likely_mistakes(&["replaces", "predecessor", "前身"]),
    key(
        "printed",
        ByYear(&PRINTED_NAME_TABLE),
        "ある年度だけ異なる名称",
        "name as printed in one year, if it differs",
        "[printed.R5]\nname = \"観光振興\"",
    )
    .likely_mistakes(&["names", "旧名称"]),
    key(
        "indicator",
        Tables(&INDICATOR),
        "指標。値は年度ごとの調書に書く",
        "indicators; their values are in the sheets",
        "[[indicator]]\nid = \"kankokyaku\"\nname = \"観光客数\"\nunit = \"人\"\nbetter = \"higher\"\nbaseline = \"R4\"",
    )
    .likely_mistakes(&["indicators", "kpi", "KPI", "指標", "成果指標", "活動指標", "数値目標"]),
];

/// Keys of goals.
pub(super) const GOAL_KEYS: &[Key] = &[
    LABEL,
    key("parent", Ids, "上位の目標の id", "id of the parent goal", r#"parent = "2""#)
        .likely_mistakes(&["goal", "上位"]),
];

const POLICY_KEYS: &[Key] = &[
    LABEL,
    key("goal", Ids, "目標の id", "id of the goal", r#"goal = "1""#).likely_mistakes(&["parent", "目標", "基本目標"]),
];

const LABEL: Key = key(
    "label",
    Text,
    "この階層の呼称（計画の `[labels]` と異なる場合）",
    "term for this level, if it differs from `[labels]`",
    r#"label = "基本計画""#,
)
.likely_mistakes(&["level", "呼称"]);

const PROGRAM_KEYS: &[Key] = &[
    key(
        "account",
        OneOrMany(&ACCOUNT_TYPE),
        "予算科目（資料の記載のとおり）。複数あればリスト。最初の段階（会計）で一覧を絞り込める",
        "budget account as printed, or a list of them; lists can be filtered by its first step",
        r#"account = "01一般会計・07商工費・01商工費・04観光物産費""#,
    )
    .likely_mistakes(&["budget_code", "accounts", "会計", "予算科目", "款項目"]),
    key(
        "item",
        Tables(&SUB_ITEM),
        "細事業（ページは作られず、金額だけが表示される）。資料の掲載順に書く",
        "sub-items, which have amounts but no pages, in printed order",
        "[[item]]\nid = \"kensetsu\"\nname = \"歩道の整備\"",
    )
    .likely_mistakes(&["items", "細事業", "細々事業", "事業内訳"]),
];

static ACCOUNT_TYPE: ValueType = OneOf(&[Text, ValueType::Table(&ACCOUNT)]);

static ACCOUNT: Table = Table::new(
    "account",
    "予算科目の表",
    "Account as a table",
    &[&[
        key("printed", Text, "資料の記載", "text as printed", r#"printed = "一般会計 土木費""#)
            .required()
            .likely_mistakes(&["text", "記載"]),
        key(
            "steps",
            Texts,
            "会計、款、項、目の順に分けたもの",
            "the account split into its steps, from the general to the particular",
            r#"steps = ["一般会計", "土木費"]"#,
        )
        .likely_mistakes(&["levels", "parts", "款項目"]),
    ]],
);

static SUB_ITEM: Table = Table::new(
    "item",
    "細事業",
    "Sub-item",
    &[&[
        key(
            "id",
            Id,
            "細事業の id（調書の `[item.<id>.money]` で使う）",
            "id under which sheets give its amounts",
            r#"id = "kensetsu""#,
        )
        .required(),
        key("name", Text, "細事業の名称（資料の記載のとおり）", "name as printed", r#"name = "歩道の整備""#)
            .required()
            .likely_mistakes(&["title", "名称", "細事業名"]),
    ]],
);

/// Keys by which goals, policies and strategies list rows of programs.
pub(super) const GROUPS_AND_ROWS: &[Key] = &[
    key(
        "program",
        Tables(&ROW),
        "掲載する事務事業の行。資料の掲載順に書く",
        "rows of programs, in printed order",
        "[[program]]\nid = \"junkai\"",
    )
    .likely_mistakes(&["programs", "project", "projects", "事業", "事務事業"]),
    key(
        "group",
        Tables(&GROUP),
        "事務事業をまとめる見出し（◆…◆）",
        "headings of groups of rows",
        "[[group]]\ntitle = \"観光地づくり\"\nprograms = [\"junkai\"]",
    )
    .likely_mistakes(&["groups", "heading", "見出し"]),
];

static OPEN_PERIOD: &[ValueType] = &[Text, ValueType::Table(&OPEN_PERIOD_TABLE)];

static OPEN_PERIOD_TABLE: Table = Table::new(
    "period",
    "事業期間の表",
    "Period as a table",
    &[&[
        key("from", Year, "最初の年度", "first year", r#"from = "H18""#).likely_mistakes(&[
            "start",
            "開始",
            "開始年度",
        ]),
        key("to", Year, "最後の年度", "last year", r#"to = "R8""#).likely_mistakes(&["end", "終了", "終了年度"]),
        key(
            "printed",
            Text,
            "資料の記載（年度だけでは表せない場合）",
            "text as printed, if years do not express it",
            r#"printed = "昭和40年頃～""#,
        )
        .likely_mistakes(&["text", "記載"]),
    ]],
);

static PRINTED_NAME_TABLE: ValueType = ValueType::Table(&PRINTED_NAME);

static PRINTED_NAME: Table = Table::new(
    "printed",
    "ある年度だけ異なる名称",
    "Name printed in one year",
    &[&[
        key("name", Text, "その年度の資料に記載された名称", "name as printed in that year", r#"name = "観光振興""#)
            .required()
            .likely_mistakes(&["title", "名称"]),
        SIC,
    ]],
);

/// `sic`.
pub(super) const SIC: Key = key(
    "sic",
    Flag,
    "誤りに見えるが、資料のとおりか",
    "whether it is printed like this although it looks wrong",
    "sic = true",
);

static GROUP: Table = Table::new(
    "group",
    "事務事業をまとめる見出し",
    "Group of rows",
    &[&[
        key(
            "title",
            Text,
            "見出し（◆などの飾りは除く）",
            "the heading, without ornaments",
            r#"title = "観光地づくり""#,
        )
        .required()
        .likely_mistakes(&["name", "heading", "見出し", "名称"]),
        key(
            "programs",
            OneOf(&[Ids, Tables(&ROW)]),
            "事務事業の id、または `[[program]]` と同じ表",
            "ids of programs, or tables with the keys of `[[program]]`",
            r#"programs = ["junkai"]"#,
        )
        .likely_mistakes(&["program", "items", "事業"]),
    ]],
);

/// `[[program]]` of a goal, policy or strategy.
static ROW: Table = Table::new(
    "row",
    "事務事業の行",
    "Row of a program",
    &[&[
        key("id", Ids, "事務事業の id（programs/ の中のフォルダー名）", "id of the program", r#"id = "junkai""#)
            .required_unless(&["lost"]),
        key(
            "lost",
            Text,
            "行の内容が資料から読み取れないときの説明（`id` の代わりに書く）",
            "what is known about a row that cannot be read from the report, instead of `id`",
            r#"lost = "資料のこのページが欠けているため、事業名がわかりません。""#,
        )
        .likely_mistakes(&["欠落", "不明"]),
        key(
            "name",
            Text,
            "`lost` の行の事務事業の名称（わかる場合）",
            "name of the program of a row with `lost`, if it is known",
            "lost = \"資料の一部が欠けています。\"\nname = \"道路の維持\"",
        ),
        key("number", Text, "行に記載された番号", "number printed in the row", r#"number = "①""#)
            .likely_mistakes(&["no", "番号"]),
        key("repeat", Flag, "再掲か", "whether the row repeats a program (再掲)", "repeat = true")
            .likely_mistakes(&["再掲"]),
        key(
            "repeat_printed",
            Years,
            "「再掲」の記載がある年度（一部の年度だけの場合）",
            "years in which 再掲 is printed, if not in all",
            r#"repeat_printed = ["R6"]"#,
        ),
        key(
            "years",
            Years,
            "行が記載されている年度（一部の年度だけの場合）",
            "years whose tables contain the row, if not all",
            r#"years = ["R6", "R7"]"#,
        )
        .likely_mistakes(&["year", "年度"]),
        key(
            "marker",
            OneOf(&[Texts, ByYear(&Texts)]),
            "行に記載された印（「新規」など）。`marker.R6 = …` で一つの年度だけに付く",
            "printed markers, for all years or for one",
            r#"marker.R6 = "新規""#,
        )
        .likely_mistakes(&["tag", "tags", "印"]),
        key(
            "also",
            References,
            "同じ行が記載されている、公表しない施策",
            "unpublished policies that contain the same row",
            r#"also = ["policy:9-9"]"#,
        ),
        key("category", Text, "行に記載された分類", "category printed in the row", r#"category = "ハード""#)
            .likely_mistakes(&["分類", "区分"]),
        key("note", Text, "行についての注記", "note to readers on the row", r#"note = "令和7年度に統合""#)
            .likely_mistakes(&["備考", "注記"]),
    ]],
);

/// `[[remark]]`.
pub(super) static REMARK: Table = Table::new(
    "remark",
    "資料についての注記",
    "Note on the source",
    &[&[key(
        "text",
        Text,
        "注記の文",
        "the note, as a sentence",
        r#"text = "資料では合計が内訳の和と一致していません。""#,
    )
    .required()
    .likely_mistakes(&["note", "remark", "注記", "本文"])]],
);

/// `[[acknowledge]]`.
pub(super) static ACKNOWLEDGE: Table = Table::new(
    "acknowledge",
    "確認済みの指摘",
    "Acknowledged finding",
    &[&[
        key(
            "rule",
            Text,
            "規則の名前（指摘の `[ ]` の中）",
            "code of the rule, as in the finding",
            r#"rule = "total-sum""#,
        )
        .required()
        .likely_mistakes(&["code", "規則"]),
        key(
            "about",
            Text,
            "指摘の対象のキー（同じ規則の指摘が複数ある場合）",
            "key that the finding is about, needed if the rule has several findings in the file",
            r#"about = "total.settlement.R6""#,
        )
        .likely_mistakes(&["key", "対象"]),
        key("reason", Text, "そのままでよい理由", "why it is correct", r#"reason = "資料のとおり""#)
            .required()
            .likely_mistakes(&["note", "理由"]),
    ]],
);

/// A department in charge: its name, or a table with its role.
static DEPARTMENT_TYPE: ValueType = OneOf(&[Text, ValueType::Table(&IN_CHARGE)]);

static IN_CHARGE: Table = Table::new(
    "in_charge",
    "担当の部署",
    "Department in charge",
    &[&[
        key("name", Text, "部署の名称（資料の記載のとおり）", "name as printed", r#"name = "農政課""#)
            .required()
            .likely_mistakes(&["title", "名称"]),
        key(
            "role",
            Text,
            "役割（資料の記載のとおり。「主管」「関係」など）",
            "its part, as printed",
            r#"role = "主管""#,
        )
        .likely_mistakes(&["part", "kind", "役割"]),
    ]],
);
