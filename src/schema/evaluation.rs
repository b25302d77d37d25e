//! Keys of `strategy.toml` that declare judges, scales of marks, and methods.

use super::ValueType::{Figure, Flag, Id, Keyword, Keywords, Number, OneOf, Table as OneTable, Tables, Text, Texts};
use super::{Table, key};
use crate::model::{Bound, MethodKind, MethodTarget, QualitativeResult, ScaleKind, Tone};

pub(super) static JUDGE: Table = Table::new(
    "judge",
    "評価者",
    "Judge",
    &[&[
        key(
            "id",
            Id,
            "調書の `[judgement]` で使うキー（英字で始める）",
            "key under which sheets give its marks; begins with a letter",
            r#"id = "council""#,
        )
        .required(),
        key("title", Text, "評価者の名称（資料の記載のとおり）", "title as printed", r#"title = "外部評価""#)
            .required()
            .likely_mistakes(&["name", "名称"]),
    ]],
);

pub(super) static SCALE: Table = Table::new(
    "scale",
    "評価の尺度",
    "Scale of marks",
    &[&[
        key("id", Id, "調書の `[judgement]` で使うキー", "key under which sheets give its marks", r#"id = "hantei""#).required(),
        key("title", Text, "尺度の名称（「達成状況」など）", "title shown to readers", r#"title = "達成状況""#)
            .required()
            .likely_mistakes(&["name", "名称"]),
        key(
            "of",
            Keywords(&["goal", "policy", "program", "indicator", "row"]),
            "評価の対象。`row` は、目標や施策から見た事業（施策への貢献度など）",
            "what it evaluates; `row` is a program from the view of a goal or policy that lists it",
            r#"of = ["policy", "indicator"]"#,
        )
        .required()
        .likely_mistakes(&["target", "for", "対象"]),
        key(
            "marks",
            Tables(&MARK),
            "記号。良いものから順に書く",
            "marks, best first",
            "marks = [\n    { mark = \"A\", meaning = \"目標を達成\", tone = \"good\" },\n    { mark = \"B\", meaning = \"未達成\", tone = \"poor\" },\n]",
        )
        .required_unless(&["lost", "kind"])
        .likely_mistakes(&["mark", "values", "grades", "記号", "評価"]),
        key(
            "kind",
            Keyword(&ScaleKind::KEYS),
            "評価の表し方（marks 記号、points 点数。省略すると marks）",
            "how it evaluates: with marks (default) or points",
            "[[scale]]\nid = \"score\"\ntitle = \"必要性\"\nof = [\"program\"]\nkind = \"points\"\nmax = 20",
        )
        .likely_mistakes(&["type", "points", "種類", "点数"]),
        key(
            "max",
            Number,
            "満点（資料に記載がある場合）",
            "maximum of the points, if the report states it",
            "[[scale]]\nid = \"effect\"\ntitle = \"有効性\"\nof = [\"program\"]\nkind = \"points\"\nmax = 5",
        )
        .likely_mistakes(&["maximum", "full", "満点"]),
        key(
            "sum",
            Texts,
            "合計すると、この尺度の点数になる尺度の id。検算だけに使う",
            "ids of the scales whose points add up to this one; checked, never filled in",
            "[[scale]]\nid = \"need\"\ntitle = \"必要性\"\nof = [\"program\"]\nkind = \"points\"\n[[scale]]\nid = \"points\"\ntitle = \"合計\"\nof = [\"program\"]\nkind = \"points\"\nsum = [\"need\"]",
        )
        .likely_mistakes(&["total", "合計"]),
        key(
            "group",
            Text,
            "一つの表にまとめる尺度に共通の見出し",
            "heading of the table that shows the scales with the same text",
            r#"group = "事業の評価""#,
        )
        .likely_mistakes(&["category", "table", "分類"]),
        key(
            "judges",
            Texts,
            "評価者（`[[judge]]` の id）。書くと、評価は評価者ごとに書く",
            "ids of the judges who each evaluate; sheets then name the judge",
            "[[judge]]\nid = \"primary\"\ntitle = \"一次評価\"\n[[scale]]\nid = \"result\"\ntitle = \"総合評価\"\nof = [\"program\"]\nmarks = [{ mark = \"A\" }]\njudges = [\"primary\"]",
        )
        .likely_mistakes(&["judge", "by", "judged_by", "評価者"]),
        key("note", Text, "尺度についての注記", "note to readers on the scale", r#"note = "判定の規則は資料に記載されていません。""#)
            .likely_mistakes(&["comment", "備考"]),
        key(
            "lost",
            Text,
            "公開された資料から記号が読み取れない場合の説明。書くと `marks` は不要",
            "explanation if the marks cannot be read from the published text; `marks` is then optional",
            r#"lost = "色で示されていた評価が、白黒の資料では読み取れません。""#,
        ),
    ]],
);

static MARK: Table = Table::new(
    "mark",
    "尺度の記号",
    "Mark of a scale",
    &[&[
        key("mark", Text, "記号（資料の記載のとおり）", "the mark as printed", r#"mark = "C""#)
            .required()
            .likely_mistakes(&["value", "name", "id", "記号"]),
        key(
            "meaning",
            Text,
            "記号の意味（資料に記載がある場合）",
            "meaning according to the report",
            r#"meaning = "目標を大きく下回る""#,
        )
        .likely_mistakes(&["description", "label", "title", "意味", "説明"]),
        key("spoken", Text, "読み上げの言葉（「二重丸」など）", "reading for screen readers", r#"spoken = "シー""#)
            .likely_mistakes(&["reading", "読み"]),
        key(
            "tone",
            Keyword(&Tone::KEYS),
            "色と形（good 良い、fair やや良い、poor 良くない、neutral 良し悪しなし。省略すると neutral）",
            "colour and shape (default: neutral)",
            r#"tone = "poor""#,
        )
        .likely_mistakes(&["color", "colour", "色"]),
        key(
            "ends",
            Flag,
            "事業の終了を意味するか（「完了」「廃止」など）",
            "whether it declares the end of a program",
            "ends = true",
        )
        .likely_mistakes(&["end", "終了"]),
    ]],
);

pub(super) static METHOD: Table = Table::new(
    "method",
    "計算の方法",
    "Method of computation",
    &[&[
        key("id", Id, "指標の `method` で使う id", "id that indicators name as `method`", r#"id = "progress""#)
            .required(),
        key("kind", Keyword(&MethodKind::KEYS), "方法の種類", "kind of method", r#"kind = "ratio""#)
            .required()
            .likely_mistakes(&["type", "種類"]),
        key(
            "of",
            Keywords(&["indicator", "goal", "policy", "program"]),
            "対象（省略すると指標。`kind = \"share-reached\"` では目標・施策・事務事業）",
            "what it assesses: indicators (default) or, with `kind = \"share-reached\"`, goals, policies or programs",
            "[[method]]\nid = \"share\"\nof = [\"policy\"]\nkind = \"share-reached\"\ndefault = true",
        )
        .likely_mistakes(&["for", "対象"]),
        key(
            "default",
            Flag,
            "方法を書いていない指標すべて（または `of` の対象すべて）に用いるか",
            "whether it applies to all indicators that name no method, or to all nodes of its kinds",
            "default = true",
        ),
        key(
            "scale",
            Text,
            "結果を表す尺度（`[[scale]]` の id）",
            "id of the scale of the results",
            r#"scale = "grade""#,
        )
        .likely_mistakes(&["尺度"]),
        key(
            "bands",
            Tables(&BAND),
            "結果と記号の対応。良いものから順に書く",
            "marks by result, best first",
            "scale = \"grade\"\nbands = [{ from = 100, mark = \"A\" }, { from = 50, mark = \"B\" }, { mark = \"C\" }]",
        )
        .likely_mistakes(&["thresholds", "ranges", "区分", "基準"]),
        key(
            "tolerance",
            OneOf(&[Number, Text, OneTable(&TOLERANCE)]),
            "維持とみなす幅（指標の単位。`\"10%\"` なら基準値に対する割合。端を含まなければ `\"3未満\"`）",
            "width that counts as unchanged, in the unit of the indicator, or in % of the baseline; `\"3未満\"` without its end",
            "[[method]]\nid = \"keep\"\nkind = \"maintain\"\ntolerance = \"10%\"",
        )
        .likely_mistakes(&["margin", "許容範囲"]),
        key(
            "start",
            Number,
            "`0` なら、期待値を基準値からではなく 0 から進める（`kind = \"prorated\"` だけ）",
            "`0` if the expected value rises from zero instead of from the baseline (only `kind = \"prorated\"`)",
            "[[method]]\nid = \"pace\"\nkind = \"prorated\"\nstart = 0",
        )
        .likely_mistakes(&["base", "起点"]),
        key(
            "target",
            Keyword(&MethodTarget::KEYS),
            "比べる目標値（year その年度、next 次に来る目標、end 計画の最後の目標）",
            "target that is compared: of the year, the next one, or that at the end of the plan",
            r#"target = "end""#,
        )
        .likely_mistakes(&["目標"]),
        key(
            "note",
            Text,
            "方法についての注記",
            "note to readers on the method",
            r#"note = "小数第2位を四捨五入しています。""#,
        )
        .likely_mistakes(&["備考"]),
    ]],
);

static TOLERANCE: Table = Table::new(
    "tolerance",
    "維持とみなす幅",
    "Tolerance of a method",
    &[&[
        key(
            "value",
            Figure,
            "幅",
            "the width",
            "[[method]]\nid = \"margin\"\nkind = \"maintain\"\ntolerance = { value = 3 }",
        )
        .required()
        .likely_mistakes(&["width", "幅"]),
        key(
            "bound",
            Keyword(&Bound::KEYS),
            "端を含むか（at-most 以下、below 未満。省略すると at-most）",
            "`below` excludes its end (default: at-most)",
            "[[method]]\nid = \"within\"\nkind = \"maintain\"\ntolerance = { value = 3, bound = \"below\" }",
        ),
    ]],
);

static BAND: Table = Table::new(
    "band",
    "結果と記号の対応",
    "Band of results",
    &[&[
        key("from", Number, "この率以上（%）", "at least this rate, in %", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\nscale = \"grade\"\nbands = [{ from = 80, mark = \"A\" }, { mark = \"C\" }]").likely_mistakes(&["min", "above", "以上"]),
        key("to", Number, "この率以下（%）。小さいほど良い率に使う", "at most this rate, in %, where a low rate is good", "[[method]]\nid = \"rate\"\nkind = \"ratio\"\nscale = \"grade\"\nbands = [{ to = 80, mark = \"A\" }, { mark = \"C\" }]")
            .likely_mistakes(&["max", "below", "以下"]),
        key("when", Keyword(&QualitativeResult::KEYS), "率のない方法での結果", "result of a method without a rate", "[[method]]\nid = \"threshold\"\nkind = \"threshold\"\nscale = \"grade\"\nbands = [{ when = \"reached\", mark = \"A\" }, { mark = \"C\" }]")
            .likely_mistakes(&["if", "結果"]),
        key("mark", Text, "記号（尺度の `marks` のどれか）", "mark of the scale", "[[method]]\nid = \"simple\"\nkind = \"ratio\"\nscale = \"grade\"\nbands = [{ from = 100, mark = \"A\" }, { mark = \"C\" }]")
            .required()
            .likely_mistakes(&["grade", "記号"]),
    ]],
);
