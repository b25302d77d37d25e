//! Keys of `strategy.toml` and `editions/<edition>.toml`.

use super::ValueType::{
    ById, Date, Flag, Id, Keyword, Keywords, Language, OneOf, Period, References, Table as OneTable, Tables, Text,
    Texts, Url, Year,
};
use super::evaluation::{JUDGE, METHOD, SCALE};
use super::node::{ACKNOWLEDGE, GOAL_KEYS, GROUPS_AND_ROWS, NODE_KEYS, REMARK};
use super::open_data::OPEN_DATA;
use super::{FileKind, Key, Table, ValueType, amount, key};
use crate::diagnostic::Bilingual;
use crate::model::{Kind, Required, Stage};

/// `strategy.toml`.
pub static STRATEGY_FILE: FileKind = FileKind {
    name: "strategy.toml",
    title: Bilingual { ja: "計画", en: "Strategy" },
    location: "content/<strategy>/strategy.toml",
    root: &STRATEGY,
};

/// `editions/<edition>.toml`.
pub static EDITION_FILE: FileKind = FileKind {
    name: "<edition>.toml",
    title: Bilingual {
        ja: "版（strategy.toml の `[[edition]]` の代わりに 1 版 1 ファイルで書く場合）",
        en: "Edition, in a file of its own instead of `[[edition]]` in strategy.toml",
    },
    location: "content/<strategy>/editions/<edition>.toml",
    root: &EDITION,
};

/// `strategy.md`, which has no keys.
pub static STRATEGY_TEXT_FILE: FileKind = FileKind {
    name: "strategy.md",
    title: Bilingual { ja: "計画の文章", en: "Prose of a strategy" },
    location: "content/<strategy>/strategy.md",
    root: &STRATEGY_TEXT,
};

static STRATEGY_TEXT: Table = Table::new("strategy_text", "計画の文章", "Prose of a strategy", &[]);

static STRATEGY: Table = Table::new(
    "strategy",
    "計画",
    "Strategy",
    &[STRATEGY_KEYS, OPEN_DATA, amount::DECLARATIONS, GROUPS_AND_ROWS, REMARKS_AND_ACKNOWLEDGEMENTS],
);

const STRATEGY_KEYS: &[Key] = &[
    key("title", Text, "計画の名称（資料の記載のとおり）", "title as printed", r#"title = "青葉市総合計画""#)
        .required()
        .likely_mistakes(&["name", "計画名", "名称", "タイトル"]),
    key("publisher", Text, "自治体の名称", "name of the municipality", r#"publisher = "青葉市""#)
        .required()
        .likely_mistakes(&["author", "city", "自治体名", "市名", "発行者"]),
    key("reading", Text, "計画の名称の読み（かな）。見出しのふりがなと検索に使う", "title in kana, for ruby above the heading and for search", r#"reading = "あおばしそうごうけいかく""#)
        .likely_mistakes(&["kana", "読み"]),
    key("period", Period, "計画期間（最初と最後の年度）", "first and last fiscal year of the plan", r#"period = "R5/R9""#)
        .likely_mistakes(&["years", "term", "計画期間", "期間"]),
    key("lang", Language, "記載の言語（省略すると ja）", "language of the content (default: ja)", r#"lang = "ja""#)
        .likely_mistakes(&["language", "言語"]),
    key(
        "outline",
        Flag,
        "true にすると、ほかの計画からのリンク先として目標や施策の名称だけを公表する",
        "true to publish only names, as destinations of links from other strategies",
        "outline = true",
    ),
    key(
        "description",
        Text,
        "計画の説明（1～2 文。資料の引用ではなく新しく書く）",
        "description in one or two sentences, not quoted from the report",
        r#"description = "市の将来像と、それを実現するための施策をまとめた計画です。""#,
    )
    .likely_mistakes(&["summary", "説明", "概要"]),
    key("missing", Texts, "値がないことを示す記号（資料の記載のとおり）", "placeholders printed for missing values", r#"missing = ["-", "―"]"#)
        .likely_mistakes(&["na", "empty", "欠損", "記号"]),
    key("money_unit", Text, "金額の単位（省略すると千円）", "unit of all amounts (default: 千円)", r#"money_unit = "千円""#)
        .likely_mistakes(&["currency", "unit", "金額の単位", "単位"]),
    key(
        "number_rows",
        Flag,
        "番号の記載がない行に、施策ごとの通し番号を付けるか",
        "whether to number the rows of each policy that have no printed number",
        "number_rows = true",
    )
    .likely_mistakes(&["numbered", "通し番号"]),
    key(
        "labels",
        OneTable(&LABELS),
        "この計画での呼称",
        "terms of the report for its levels",
        "[labels]\ngoal = \"基本目標\"\npolicy = \"施策\"\nprogram = \"事務事業\"",
    )
    .likely_mistakes(&["names", "呼称", "名称"]),
    key(
        "edition",
        Tables(&EDITION_IN_STRATEGY),
        "版（年度ごとの公表）。古い順に書く",
        "editions, oldest first",
        "[[edition]]\nid = \"2025\"\nlabel = \"令和7年度 評価\"\nyear = \"R7\"",
    )
    .likely_mistakes(&["editions", "version", "版"]),
    key(
        "goal",
        Tables(&GOAL_IN_STRATEGY),
        "目標。調書も文章もない場合は、goals/ にフォルダーを作らずにここに書ける",
        "goals without files of their own",
        "[[goal]]\nid = \"9\"\nname = \"安全で安心なまち\"",
    )
    .likely_mistakes(&["goals", "目標", "基本目標"]),
    key(
        "field",
        Tables(&FIELD),
        "名称の横に記載された欄（実施方法、根拠法令、SDGs など）",
        "facts that the report prints beside the names of its nodes",
        "[[field]]\nid = \"shudan\"\ntitle = \"実施方法\"\nof = [\"program\"]\nvalues = [\"直営\", \"委託\"]",
    )
    .likely_mistakes(&["fields", "attribute", "attributes", "欄", "項目"]),
    key(
        "survey",
        Tables(&SURVEY),
        "住民意識調査など、施策を二つの尺度で位置づける調査。古い順に書く",
        "surveys of residents, which place policies by two measures, oldest first",
        "[[survey]]\nid = \"r6\"\ntitle = \"令和6年度 市民意識調査\"\nx = { title = \"満足度\" }\ny = { title = \"重要度\" }",
    )
    .likely_mistakes(&["surveys", "questionnaire", "市民意識調査", "住民意識調査", "アンケート", "調査"]),
    key(
        "judge",
        Tables(&JUDGE),
        "評価者（一次評価、二次評価、外部評価など）。記載の順に書く。一覧には、評価した最後の評価者の評価が示される",
        "judges who evaluate the same things, in printed order; lists show the judgement of the last one who gave any",
        "[[judge]]\nid = \"primary\"\ntitle = \"一次評価\"\n[[judge]]\nid = \"council\"\ntitle = \"外部評価\"",
    )
    .likely_mistakes(&["judges", "evaluator", "evaluators", "評価者", "評価主体"]),
    key(
        "scale",
        Tables(&SCALE),
        "評価の尺度。記号の意味と色は、ここに書いたとおりに表示される",
        "scales of marks; meanings and colours are shown as declared here",
        "[[scale]]\nid = \"direction\"\ntitle = \"今後の方向性\"\nof = [\"program\"]\nmarks = [{ mark = \"継続\" }, { mark = \"廃止\", ends = true }]",
    )
    .likely_mistakes(&["scales", "grades", "rating", "評価", "尺度", "評価基準"]),
    key(
        "method",
        Tables(&METHOD),
        "達成率などの計算の方法。書かなければ何も計算しない",
        "methods by which progress is computed; without any, nothing is computed",
        "[[method]]\nid = \"ratio\"\nkind = \"ratio\"",
    )
    .likely_mistakes(&["methods", "calculation", "計算方法", "算定方法"]),
    key(
        "section",
        Tables(&SECTION),
        "調書の見出し。書くと、ほかの見出しは誤りになる",
        "headings of sheets; if any is declared for a kind of node, its sheets have no others",
        "[[section]]\nof = [\"policy\"]\ntitle = \"成果と課題\"",
    )
    .likely_mistakes(&["sections", "heading", "headings", "見出し"]),
    key(
        "outside",
        Tables(&OUTSIDE),
        "資料に名称だけが記載されていて、このサイトでは公表しない目標・施策・事務事業",
        "nodes that the report names but that are not published",
        "[[outside]]\nid = \"policy:9-8\"\nname = \"広域連携\"",
    )
    .likely_mistakes(&["external", "unpublished", "対象外"]),
    key(
        "department",
        Tables(&DEPARTMENT),
        "部署の読みや連絡先",
        "readings and contacts of departments",
        "[[department]]\nname = \"商工観光課\"\ncontact = \"電話 000-000-0000\"",
    )
    .likely_mistakes(&["departments", "section_in_charge", "担当課", "部署", "所管課"]),
];

/// Keys of every file of a strategy: remarks on the source, and acknowledged findings.
pub(super) const REMARKS_AND_ACKNOWLEDGEMENTS: &[Key] = &[
    key(
        "remark",
        Tables(&REMARK),
        "資料の矛盾や誤植などについての、読む人への注記",
        "notes to readers about the source: contradictions, misprints, losses",
        "[[remark]]\ntext = \"資料では合計が内訳の和と一致していません。\"",
    )
    .likely_mistakes(&["remarks", "comment", "注記", "備考"]),
    ACKNOWLEDGEMENTS,
];

/// `[[acknowledge]]`.
pub(super) const ACKNOWLEDGEMENTS: Key = key(
    "acknowledge",
    Tables(&ACKNOWLEDGE),
    "`shirube check` の指摘のうち、資料のとおりであることを確認したもの",
    "findings of `shirube check` that are as printed",
    "[[acknowledge]]\nrule = \"total-sum\"\nreason = \"資料のとおり\"",
)
.likely_mistakes(&["ignore", "allow", "確認済み"]);

static LABELS: Table = Table::new(
    "labels",
    "計画での呼称",
    "Terms for the levels",
    &[&[
        key(
            "goal",
            Text,
            "目標の呼称（省略すると基本目標）",
            "term for goals (default: 基本目標)",
            r#"goal = "基本目標""#,
        )
        .likely_mistakes(&["目標", "基本目標"]),
        key("policy", Text, "施策の呼称（省略すると施策）", "term for policies (default: 施策)", r#"policy = "施策""#)
            .likely_mistakes(&["施策"]),
        key(
            "program",
            Text,
            "事務事業の呼称（省略すると事務事業）",
            "term for programs (default: 事務事業)",
            r#"program = "事務事業""#,
        )
        .likely_mistakes(&["project", "事業", "事務事業"]),
    ]],
);

static EDITION: Table = Table::new("edition", "版", "Edition", &[EDITION_KEYS]);

static EDITION_IN_STRATEGY: Table = Table::new("edition", "版", "Edition", &[&[EDITION_ID], EDITION_KEYS]);

const EDITION_ID: Key =
    key("id", Id, "版の id（調書のファイル名になる）", "id, which is the file name of its sheets", r#"id = "2025""#)
        .required();

const EDITION_KEYS: &[Key] = &[
    key("label", Text, "版の名称（「令和6年度 評価」など）", "name of the edition", r#"label = "令和7年度 評価""#)
        .required()
        .likely_mistakes(&["name", "title", "名称"]),
    key(
        "year",
        Year,
        "評価の対象の年度（公表した年度ではない）",
        "fiscal year reported on, which is not always that of its title or publication",
        r#"year = "R7""#,
    )
    .likely_mistakes(&["fiscal_year", "年度", "対象年度"]),
    key(
        "stage",
        Keyword(&Stage::KEYS),
        "年度の終わった後の報告（final）、年度の途中の報告（interim）、年度の始まる前の計画（plan）のどれか。省略すると final",
        "time of the report: `final` (default) after the year, `interim` within it, `plan` before it",
        r#"stage = "final""#,
    )
    .likely_mistakes(&["status", "段階"]),
    key(
        "as_of",
        OneOf(AS_OF_TYPES),
        "途中の報告の数値の基準日",
        "reference date of the figures of an interim report",
        r#"as_of = "2025-09-30""#,
    )
    .likely_mistakes(&["date", "基準日", "時点"]),
    key("judged_by", Text, "評価を行った者（「行政評価委員会」など）", "who gave the marks", r#"judged_by = "部局長""#)
        .likely_mistakes(&["evaluator", "judge", "by", "評価者"]),
    key("draft", Flag, "下書きか。下書きは公開されず、プレビューにだけ表示される", "whether the edition is a draft, shown only in the preview", "draft = true")
        .likely_mistakes(&["下書き"]),
    key("note", Text, "版についての注記", "note to readers on the edition", r#"note = "一部の値は速報値です。""#)
        .likely_mistakes(&["comment", "備考", "注記"]),
    key(
        "document",
        OneTable(&DOCUMENT),
        "もとの資料",
        "source document",
        "document = { title = \"令和7年度 評価報告書\" }",
    )
    .likely_mistakes(&["source", "pdf", "資料", "出典"]),
];

static PUBLISHED_TYPES: &[ValueType] = &[Date, OneTable(&PUBLISHED)];

static PUBLISHED: Table = Table::new(
    "published",
    "公表日（記載から年月日を読み取れない場合）",
    "Date of publication that is printed in other words",
    &[&[
        key("printed", Text, "資料の記載", "as printed", r#"printed = "令和7年12月（市議会報告）""#)
            .required()
            .likely_mistakes(&["value", "記載"]),
        key("date", Date, "公表日の年月日", "the day", r#"date = "2025-12-01""#)
            .required()
            .likely_mistakes(&["day", "日付"]),
    ]],
);

static AS_OF_TYPES: &[ValueType] = &[Date, OneTable(&AS_OF)];

static AS_OF: Table = Table::new(
    "as_of",
    "基準日",
    "Date of interim figures",
    &[&[
        key("value", Date, "基準日", "the date", r#"value = "2025-09-30""#)
            .required()
            .likely_mistakes(&["date", "日付"]),
        key(
            "estimated",
            Flag,
            "資料に記載がなく、推定した日付か",
            "whether the date is inferred, not printed",
            "estimated = true",
        ),
        key("note", Text, "日付についての注記", "note on the date", r#"note = "資料に基準日の記載はありません。""#),
    ]],
);

static DOCUMENT: Table = Table::new(
    "document",
    "もとの資料",
    "Source document",
    &[&[
        key("title", Text, "資料の名称", "title of the document", r#"title = "令和7年度 評価報告書""#)
            .required()
            .likely_mistakes(&["name", "名称"]),
        key(
            "url",
            Url,
            "資料のアドレス",
            "address of the document",
            r#"url = "https://www.city.example.jp/hyoka.pdf""#,
        )
        .likely_mistakes(&["href", "link", "アドレス"]),
        key(
            "published",
            OneOf(PUBLISHED_TYPES),
            "資料の公表日（資料の記載のとおり）",
            "date of its publication, as printed",
            r#"published = "2025-12-01""#,
        )
        .likely_mistakes(&["date", "公表日"]),
        key(
            "summary",
            Flag,
            "このサイトの文章が、資料の要約として新しく書かれたものか",
            "whether the prose on this site is a newly written summary of the document",
            "summary = true",
        ),
        key("note", Text, "資料についての注記", "note on the document", r#"note = "資料編を除く。""#)
            .likely_mistakes(&["備考"]),
    ]],
);

static SURVEY: Table = Table::new(
    "survey",
    "住民意識調査",
    "Survey of residents",
    &[&[
        key(
            "id",
            Id,
            "調書の `[survey.<id>]` で使う id。ページの名前にもなる",
            "id under which sheets give places, and the name of its page",
            r#"id = "r6""#,
        )
        .required(),
        key(
            "title",
            Text,
            "調査の名称（資料の記載のとおり）",
            "title as printed",
            r#"title = "令和6年度 市民意識調査""#,
        )
        .required()
        .likely_mistakes(&["name", "名称"]),
        key("year", Year, "調査を行った年度", "fiscal year in which it was carried out", r#"year = "R6""#)
            .likely_mistakes(&["fiscal_year", "年度"]),
        key("answers", ValueType::Value, "回答の数", "number of answers", r#"answers = "1,204人""#).likely_mistakes(&[
            "respondents",
            "n",
            "回答数",
            "回答者数",
        ]),
        key("url", Url, "調査のアドレス", "address of its web page", r#"url = "https://www.city.example.jp/chosa""#)
            .likely_mistakes(&["href", "link", "アドレス"]),
        key(
            "x",
            OneTable(&SURVEY_AXIS),
            "横軸の尺度",
            "horizontal measure",
            r#"x = { title = "満足度", mean = 3.12 }"#,
        )
        .required()
        .likely_mistakes(&["horizontal", "横軸", "満足度"]),
        key("y", OneTable(&SURVEY_AXIS), "縦軸の尺度", "vertical measure", r#"y = { title = "重要度", mean = 4.01 }"#)
            .required()
            .likely_mistakes(&["vertical", "縦軸", "重要度"]),
        key(
            "quadrants",
            Texts,
            "四つの領域の名称。左上、右上、左下、右下の順に書く",
            "names of the upper left, upper right, lower left and lower right quadrants",
            r#"quadrants = ["重点改善", "重点維持", "改善", "維持"]"#,
        )
        .likely_mistakes(&["areas", "領域", "象限"]),
    ]],
);

static SURVEY_AXIS: Table = Table::new(
    "survey_axis",
    "調査の尺度",
    "Measure of a survey",
    &[&[
        key("title", Text, "尺度の名称（資料の記載のとおり）", "title as printed", r#"title = "満足度""#)
            .required()
            .likely_mistakes(&["name", "名称"]),
        key("mean", ValueType::Value, "全体の平均（資料の記載のとおり）", "mean as printed", "mean = 3.12")
            .likely_mistakes(&["average", "平均", "平均値"]),
    ]],
);

static FIELD: Table = Table::new(
    "field",
    "名称の横の欄",
    "Field beside names",
    &[&[
        key("id", Id, "`[field]` で使うキー", "key under `[field]`", r#"id = "kubun""#).required(),
        key("title", Text, "欄の名称（資料の記載のとおり）", "title as printed", r#"title = "実施方法""#)
            .required()
            .likely_mistakes(&["name", "名称"]),
        key("of", Keywords(&Kind::KEYS), "欄のある対象", "kinds of nodes that have the field", r#"of = ["program"]"#)
            .required()
            .likely_mistakes(&["for", "対象"]),
        key(
            "values",
            OneOf(FIELD_VALUES),
            "値の選択肢。一覧を絞り込める。書かなければ任意の文字列",
            "possible values, by which lists can be filtered; without them, any text",
            r#"values = ["直営", "委託", "補助"]"#,
        )
        .likely_mistakes(&["choices", "options", "選択肢", "値"]),
        key(
            "several",
            Flag,
            "一つの対象に複数の値があるか",
            "whether a node can have several of them",
            "several = true",
        )
        .likely_mistakes(&["multiple", "list", "複数"]),
        key(
            "required",
            Keyword(&["always"]),
            "必ず記載する欄か",
            "whether every node of these kinds has it",
            r#"required = "always""#,
        )
        .likely_mistakes(&["必須"]),
        key(
            "pages",
            Flag,
            "値ごとのページと、値と施策の対応表のページを作るか。`values` に id が必要",
            "whether each value has a page, and the field a page with its values by policy; requires `values` with ids",
            "[[field]]\nid = \"mokuhyo\"\ntitle = \"SDGs\"\nof = [\"policy\"]\nvalues = [{ id = \"3\", title = \"3 すべての人に健康と福祉を\" }]\npages = true",
        )
        .likely_mistakes(&["page", "ページ", "一覧"]),
    ]],
);

static FIELD_VALUES: &[ValueType] = &[Texts, Tables(&FIELD_VALUE)];

static FIELD_VALUE: Table = Table::new(
    "field_value",
    "欄の値の選択肢",
    "Possible value of a field",
    &[&[
        key(
            "id",
            Id,
            "`[field]` に書く短い名前",
            "short name under `[field]`",
            "[[field]]\nid = \"sdgs\"\ntitle = \"SDGs\"\nof = [\"policy\"]\nseveral = true\nvalues = [{ id = \"11\", title = \"11 住み続けられるまちづくりを\" }]",
        )
        .required(),
        key(
            "title",
            Text,
            "資料に記載された値",
            "value as printed",
            "[[field]]\nid = \"goal17\"\ntitle = \"SDGs\"\nof = [\"policy\"]\nvalues = [{ id = \"17\", title = \"17 パートナーシップで目標を達成しよう\" }]",
        )
        .required()
        .likely_mistakes(&["name", "label", "名称"]),
    ]],
);

static SECTION: Table = Table::new(
    "section",
    "調書の見出し",
    "Heading of sheets",
    &[&[
        key(
            "of",
            Keywords(&Kind::KEYS),
            "見出しを使う対象",
            "kinds of nodes to which it applies",
            r#"of = ["policy", "program"]"#,
        )
        .required()
        .likely_mistakes(&["for", "対象"]),
        key(
            "title",
            Text,
            "見出し（資料の記載のとおり）。`scale` を書く場合は省略できる",
            "the heading; optional with `scale`",
            r#"title = "今後の取組""#,
        )
        .required_unless(&["scale"])
        .likely_mistakes(&["name", "heading", "見出し", "名称"]),
        key(
            "scale",
            Text,
            "記号そのものが見出しになっている場合の尺度（`[[scale]]` の id）",
            "id of the scale whose marks are the headings",
            r#"scale = "grade""#,
        )
        .likely_mistakes(&["尺度"]),
        key(
            "explains",
            Text,
            "評価の理由を記載する見出しの場合、その評価の尺度（`[[scale]]` の id）。本文の最初の文を評価に添えて表示する",
            "id of the scale whose marks the text explains; its first sentence is shown with the mark",
            "[[section]]\nof = [\"program\"]\ntitle = \"達成状況の分析\"\nexplains = \"grade\"",
        )
        .likely_mistakes(&["reason", "reason_for", "理由"]),
        key(
            "where",
            ById(&Texts),
            "見出しを使う欄の値。`<id>` は `[[field]]` の id。その値のある対象だけに使う",
            "values of the field with this id; the heading is only for nodes that have one of them",
            "[[field]]\nid = \"shurui\"\ntitle = \"事業区分\"\nof = [\"program\"]\nvalues = [\"ハード\", \"ソフト\"]\n[[section]]\nof = [\"program\"]\ntitle = \"工事の進み方\"\nwhere = { shurui = [\"ハード\"] }",
        )
        .likely_mistakes(&["when", "if", "only", "条件"]),
        key(
            "required",
            Keyword(&Required::KEYS),
            "必ず記載する見出しか（always 常に、on-gap 実績が目標と異なる場合）",
            "whether the section must be present: always, or if target and actual value differ",
            r#"required = "always""#,
        )
        .likely_mistakes(&["必須"]),
    ]],
);

static OUTSIDE: Table = Table::new(
    "outside",
    "公表しない目標・施策・事務事業",
    "Unpublished node",
    &[&[
        key(
            "id",
            References,
            "`policy:1-26` のような形の id",
            "reference such as `policy:1-26`",
            r#"id = "policy:8-8""#,
        )
        .required(),
        key("name", Text, "名称（資料に記載がある場合）", "name, if it is known", r#"name = "広域連携""#)
            .likely_mistakes(&["title", "名称"]),
        key("note", Text, "分かっていること", "what is known about it", r#"note = "別の計画の施策です。""#)
            .likely_mistakes(&["備考"]),
    ]],
);

static DEPARTMENT: Table = Table::new(
    "department",
    "部署",
    "Department",
    &[&[
        key(
            "name",
            Text,
            "部署の名称（調書の `department` と同じ表記）",
            "name as in the key `department`",
            r#"name = "商工観光課""#,
        )
        .required()
        .likely_mistakes(&["title", "名称"]),
        key("reading", Text, "名称の読み（かな）", "name in kana", r#"reading = "しょうこうかんこうか""#)
            .likely_mistakes(&["kana", "読み"]),
        key("contact", Text, "連絡先", "contact details", r#"contact = "電話 000-000-0000""#).likely_mistakes(&[
            "phone",
            "tel",
            "mail",
            "連絡先",
            "電話",
        ]),
    ]],
);

/// `[[goal]]` of `strategy.toml`.
static GOAL_IN_STRATEGY: Table = Table::new(
    "goal",
    "目標",
    "Goal",
    &[&[GOAL_ID], NODE_KEYS, GOAL_KEYS, GROUPS_AND_ROWS, REMARKS_AND_ACKNOWLEDGEMENTS],
);

const GOAL_ID: Key = key("id", Id, "目標の id", "id of the goal", r#"id = "9""#).required();
