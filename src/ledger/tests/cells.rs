//! Cells of small tables: what is read, what is refused, and where.

use super::{assert_errors, files, read_sheet, set_problem, sheet, text};
use crate::ledger::{CellCounts, Mapping, read};
use crate::spreadsheet::{CellProblem, CellRef, Worksheet};

/// Mapping of a table with the columns A 番号 and B 名称, further keys of the table, and corrections.
fn mapping(keys: &str, fixes: &str) -> String {
    format!(
        "strategy = \"a\"\ntitle = \"計画\"\npublisher = \"架空市\"\nedition = {{ id = \"2025\", year = \"R6\", label = \"七年度\" }}\n\
         missing = [\"-\"]\n{fixes}\n[[table]]\nfile = \"t.xlsx\"\n[table.node]\n\
         program = {{ id = \"A 番号\", name = \"B 名称\" }}\n{keys}\n"
    )
}

const COST: &str = "[[table.money]]\ncolumn = \"C 決算\"\nphase = \"settlement\"\nyear = \"R6\"\ndecimals = 1\n";

/// A table whose third column is a settlement.
fn costs(cells: &[&str]) -> Worksheet {
    let mut rows: Vec<Vec<String>> = vec![vec!["番号".into(), "名称".into(), "決算".into()]];
    rows.extend(
        cells.iter().enumerate().map(|(n, cell)| vec![(n + 1).to_string(), format!("事業{n}"), (*cell).to_owned()]),
    );
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    sheet(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

#[test]
fn figures_are_written_as_displayed() {
    let outcome = read_sheet(&mapping(COST, ""), costs(&["1,234", "-", "", "0", "▲12.50"]));
    assert_errors(&outcome, &[]);
    assert_eq!(outcome.counts.amounts, CellCounts { numbers: 3, zeros: 1, missing: 1, words: 0, blank: 1 });
    assert_eq!(text(&outcome, "a/programs/1/2025.md"), "+++\n[money]\nsettlement.R6 = \"1,234\"\n+++\n");
    assert_eq!(text(&outcome, "a/programs/2/2025.md"), "+++\n[money]\nsettlement.R6 = \"-\"\n+++\n");
    assert_eq!(text(&outcome, "a/programs/3/2025.md"), "+++\n+++\n");
    assert_eq!(text(&outcome, "a/programs/5/2025.md"), "+++\n[money]\nsettlement.R6 = \"▲12.50\"\n+++\n");
}

#[test]
fn uncertain_cells_are_errors_at_their_places() {
    let mut costs = costs(&["約百", "1", "1", "1", "1", "1"]);
    let problems = [
        CellProblem::Date { shown: "2026-05-01".to_owned(), written: Some("5-1".to_owned()) },
        CellProblem::NumberFormat { number: "9463000".to_owned(), format: "#,##0,".to_owned() },
        CellProblem::Error("#REF!".to_owned()),
        CellProblem::NoResult,
        CellProblem::Bool(true),
    ];
    for (row, problem) in (2..).zip(problems) {
        set_problem(&mut costs, CellRef::new(row, 2), problem);
    }
    assert_errors(
        &read_sheet(&mapping(COST, ""), costs),
        &[
            "t.xlsx › 台帳 › C2（決算）: 「約百」は数でも欠測でもありません",
            "C3（決算）: 日付（2026-05-01）になっています。「5-1」と記入したものが",
            "C4（決算）: 数値 9463000 の表示形式「#,##0,」",
            "C5（決算）: エラー値（#REF!）",
            "C6（決算）: 数式の計算結果が保存されていません",
            "C7（決算）: 論理値（TRUE）",
        ],
    );
}

#[test]
fn numbers_are_in_the_unit_of_their_column() {
    let outcome = read_sheet(&mapping(COST, ""), costs(&["9,463千円", "8O", "１２三"]));
    assert_errors(
        &outcome,
        &[
            "C3（決算）: 「8O」の「O」は、単位「千円」ではありません",
            "C4（決算）: 「１２三」の「三」は、単位「千円」ではありません",
        ],
    );
    let indicator =
        "[[table.indicator]]\nid = \"a\"\nname = \"C 指標\"\nunit = \"D 単位\"\nactual = { R6 = \"E 実績\" }\n";
    let row = |unit, value| sheet(&[&["番号", "名称", "指標", "単位", "実績"], &["1", "事業", "利用者", unit, value]]);
    assert_errors(&read_sheet(&mapping(indicator, ""), row("人", "80人")), &[]);
    let fix = "[[fix]]\ncell = \"E2\"\nis = \"80％\"\nto = \"80％\"\nwhy = \"確認済み\"\n";
    assert_errors(&read_sheet(&mapping(indicator, fix), row("人", "80％")), &[]);
    assert_errors(
        &read_sheet(&mapping(indicator, ""), row("人", "80％")),
        &["E2（実績）: 「80％」の「％」は、単位「人」"],
    );
    assert_errors(&read_sheet(&mapping(indicator, ""), row("", "80人")), &["E2（実績）: 「80人」は、数の後に「人」が"]);
}

#[test]
fn lost_leading_zeros_of_ids_are_reported() {
    let table = |id| sheet(&[&["番号", "名称"], &["0101", "一"], &["1201", "二"], &[id, "三"]]);
    assert_errors(&read_sheet(&mapping("", ""), table("0102")), &[]);
    assert_errors(&read_sheet(&mapping("", ""), table("102")), &["A4（番号）: 番号「102」は 3 桁です"]);
    let fix = "[[fix]]\ncell = \"A4\"\nis = \"102\"\nto = \"102\"\nwhy = \"確認済み\"\n";
    assert_errors(&read_sheet(&mapping("", fix), table("102")), &[]);
}

#[test]
fn several_names_are_reported_at_the_rarest() {
    let both = mapping("", "")
        .replace("[table.node]\n", "[table.node]\npolicy = { id = \"C 施策番号\", name = \"D 施策\" }\n");
    let row = |id: &'static str, policy: &'static str| vec![id, "事業", "9", policy];
    let rows = [vec!["番号", "名称", "施策番号", "施策"], row("1", "福祉"), row("2", "福社"), row("3", "福祉")];
    let outcome = read_sheet(&both, sheet(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>()));
    assert_errors(&outcome, &["D3（施策）: 番号「policy:9」に名称が複数あります: 「福祉」×2 「福社」×1"]);
}

#[test]
fn levels_have_ids_of_their_own() {
    let both =
        mapping("", "").replace("[table.node]\n", "[table.node]\npolicy = { id = \"A 番号\", name = \"B 名称\" }\n");
    let outcome = read_sheet(&both, sheet(&[&["番号", "名称"], &["1", "一"]]));
    assert_errors(&outcome, &["map.toml:11: 番号（`id`）の列が、上の階層と同じです"]);
}

#[test]
fn shifted_rows_are_reported_where_they_end() {
    let table = sheet(&[&["番号", "名称"], &["1", "一"], &["2", "二", "三"]]);
    assert_errors(&read_sheet(&mapping("", ""), table), &["C3: 見出しのない列にセルがあります（1行）"]);
}

#[test]
fn long_decimals_are_rounded_only_as_declared_and_listed() {
    let mut costs = costs(&["1"]);
    set_problem(&mut costs, CellRef::new(1, 2), CellProblem::LongDecimal { number: "73.2499999".to_owned() });
    let outcome = read_sheet(&mapping(COST, ""), costs.clone());
    assert!(text(&outcome, "a/programs/1/2025.md").contains("settlement.R6 = \"73.2\""));
    assert!(outcome.proposal.reasons.iter().any(|reason| reason.ja.contains("73.2499999 を 73.2 と読みました")));
    let outcome = read_sheet(&mapping(&COST.replace("decimals = 1", ""), ""), costs);
    assert_errors(&outcome, &["C2（決算）: 数値 73.2499999 は小数の桁が多く"]);
}

#[test]
fn corrections_apply_only_to_cells_that_are_as_stated() {
    let fix = |is: &str, to: &str| format!("[[fix]]\ncell = \"C2\"\nis = \"{is}\"\nto = \"{to}\"\nwhy = \"誤記\"\n");
    let outcome = read_sheet(&mapping(COST, &fix("1O", "10")), costs(&["1O"]));
    assert_errors(&outcome, &[]);
    assert!(text(&outcome, "a/programs/1/2025.md").contains("settlement.R6 = \"10\""));
    let outcome = read_sheet(&mapping(COST, &fix("1O", "10")), costs(&["10"]));
    assert_errors(&outcome, &["C2（決算）: 訂正（対応表 6 行目）は「1O」の訂正ですが、セルの内容は違います"]);
    let outcome = read_sheet(&mapping(COST, &fix("", "10").replace("C2", "C9")), costs(&["10"]));
    assert_errors(&outcome, &["map.toml:6: 訂正するセル C9 は、どの項目としても読み取られません"]);
    let words = fix("29（4）", "29（4）").replace("why", "words = true\nnote = \"内数\"\nwhy");
    let outcome = read_sheet(&mapping(COST, &words), costs(&["29（4）"]));
    assert_errors(&outcome, &[]);
    assert!(
        text(&outcome, "a/programs/1/2025.md").contains("settlement.R6 = { printed = \"29（4）\", note = \"内数\" }")
    );
}

#[test]
fn every_column_is_mapped_or_ignored() {
    let table = sheet(&[&["番号", "名称", "決算", "氏名"], &["1", "事業", "5", "秘匿"]]);
    assert_errors(
        &read_sheet(&mapping("", ""), table.clone()),
        &["C1（決算）: C 列「決算」の扱いが対応表にありません", "D1（氏名）: D 列「氏名」の扱いが対応表にありません"],
    );
    let ignored = "[table.ignore]\n\"C 決算..D 氏名\" = \"使わない\"\n\"B\" = \"誤り\"\n";
    assert_errors(
        &read_sheet(&mapping(ignored, ""), table),
        &["map.toml:13: B 列は、読み取る列としても書かれています"],
    );
}

#[test]
fn rows_are_counted_and_never_lost() {
    let table = sheet(&[&["番号", "名称"], &["1", "一"], &["", "二"], &["3", "三"]]);
    assert_errors(
        &read_sheet(&mapping("", ""), table.clone()),
        &["A4（番号）: 表は 3 行目の空欄で終わるはずですが、4 行目にも番号があります"],
    );
    assert_errors(
        &read_sheet(&mapping("", ""), sheet(&[&["番号", "名称"]])),
        &["t.xlsx › 台帳: 読み取る行がありません"],
    );
    let with = |keys: &str| mapping("", "").replace("file = \"t.xlsx\"", &format!("file = \"t.xlsx\"\n{keys}"));
    assert_errors(&read_sheet(&with("rows = \"2..4\""), table.clone()), &["A3（番号）: 番号が空欄です"]);
    assert_errors(
        &read_sheet(&with("rows = \"2..2\"\nexpect = 2"), table),
        &["t.xlsx › 台帳: 行数が 2 のはずですが、1 です"],
    );
}

#[test]
fn ids_are_unique_and_never_japanese() {
    let table = sheet(&[&["番号", "名称"], &["１", "一"], &["1", "二"], &["三", "三"], &["0", "零"]]);
    assert_errors(
        &read_sheet(&mapping("", ""), table),
        &[
            "A3（番号）: 番号「1」が A2 と重複しています",
            "A4（番号）: 「三」は番号（id）に使えません",
            "A5（番号）: 番号が 0 です",
        ],
    );
}

#[test]
fn sums_are_verified_where_all_are_numbers() {
    let keys = "[[table.money]]\ncolumn = \"C 決算\"\nphase = \"settlement\"\nyear = \"R6\"\ncheck = \"sum\"\n\
                funding = { kuni = \"D 国\", shi = \"E 市\" }\n";
    let table = sheet(&[
        &["番号", "名称", "決算", "国", "市"],
        &["1", "一", "1,000", "400", "600"],
        &["2", "二", "1,000", "400", "500"],
        &["3", "三", "-", "400", "600"],
        &["4", "四", "", "400", ""],
    ]);
    let outcome = read_sheet(&mapping(keys, ""), table.clone());
    assert_errors(
        &outcome,
        &["C3（決算）: 財源の和 900 が金額 1,000 と違います", "C5（決算）: 財源があるのに、金額が空欄です"],
    );
    assert_eq!((outcome.counts.sums, outcome.counts.wrong_sums, outcome.counts.unchecked_sums), (2, 1, 1));
    let fixes = "[[fix]]\ncell = \"C3\"\nis = \"1,000\"\nto = \"1,000\"\nwhy = \"資料のとおり\"\n\
                 [[fix]]\ncell = \"D5\"\nis = \"400\"\nto = \"\"\nwhy = \"誤記\"\n";
    let outcome = read_sheet(&mapping(keys, fixes), table);
    assert_errors(&outcome, &[]);
    let sheet = text(&outcome, "a/programs/1/2025.md");
    assert!(
        sheet.contains("settlement.R6 = { value = \"1,000\", funding = { kuni = \"400\", shi = \"600\" } }"),
        "{sheet}"
    );
    let sheet = text(&outcome, "a/programs/3/2025.md");
    assert!(
        sheet.contains("settlement.R6 = { missing = \"-\", funding = { kuni = \"400\", shi = \"600\" } }"),
        "{sheet}"
    );
    assert!(text(&outcome, "a/strategy.toml").contains("[[funding]]\nid = \"kuni\"\ntitle = \"国\"\n"));
}

#[test]
fn repeated_blocks_have_the_same_headings() {
    let keys = "[[table.block]]\nfirst = \"C 決算\"\nevery = 1\nyears = [\"R5\", \"R6\"]\n\
                [[table.money]]\ncolumn = \"C 決算\"\npast = \"settlement\"\n";
    let outcome = read_sheet(&mapping(keys, ""), sheet(&[&["番号", "名称", "決算", "予算"], &["1", "一", "2", "3"]]));
    assert_errors(&outcome, &["D1（予算）: 繰り返しの列の見出しが、最初の C 列の「決算」と違います"]);
    let outcome = read_sheet(&mapping(keys, ""), sheet(&[&["番号", "名称", "決算", "決算"], &["1", "一", "2", "3"]]));
    assert_errors(&outcome, &[]);
    assert_eq!(
        text(&outcome, "a/programs/1/2025.md"),
        "+++\n[money]\nsettlement.R5 = \"2\"\nsettlement.R6 = \"3\"\n+++\n"
    );
}

#[test]
fn marks_are_those_of_the_scale() {
    let scale = "[[scale]]\nid = \"hyoka\"\ntitle = \"評価\"\nmarks = [\"Ａ\", \"Ｂ\"]\n";
    let keys = "[[table.judgement]]\nscale = \"hyoka\"\nmark = \"C 評価\"\nnote = \"D 理由\"\nmarks = { \"ｂ\" = \"Ｂ\", \"0\" = \"missing\" }\n";
    let table = |mark: &str, note: &str| sheet(&[&["番号", "名称", "評価", "理由"], &["1", "一", mark, note]]);
    let judged = |mark: &str, note: &str| {
        let outcome = read_sheet(&mapping(keys, scale), table(mark, note));
        assert_errors(&outcome, &[]);
        text(&outcome, "a/programs/1/2025.md").to_owned()
    };
    assert_eq!(judged("Ａ", ""), "+++\n[judgement]\nhyoka = \"Ａ\"\n+++\n");
    assert_eq!(judged("ｂ", "遅れ"), "+++\n[judgement]\nhyoka = { mark = \"Ｂ\", note = \"遅れ\" }\n+++\n");
    assert_eq!(judged("0", ""), "+++\n[judgement]\nhyoka = { missing = \"0\" }\n+++\n");
    assert_errors(&read_sheet(&mapping(keys, scale), table("Ｃ", "")), &["C2（評価）: 「Ｃ」は尺度の評価にありません"]);
    assert_errors(&read_sheet(&mapping(keys, scale), table("", "遅れ")), &["C2（評価）: 評価が空欄ですが"]);
    assert_errors(&read_sheet(&mapping(keys, ""), table("Ａ", "")), &["尺度「hyoka」がありません"]);
}

#[test]
fn errors_of_the_content_are_reported_at_the_cell() {
    let confirmed = "[[fix]]\ncell = \"C2\"\nis = \"100円\"\nto = \"100円\"\nwhy = \"確認済み\"\n";
    let outcome = read_sheet(&mapping(COST, confirmed), costs(&["100円"]));
    assert_errors(&outcome, &["C2（決算）: 「100円」の単位が、この計画の金額の単位（千円）と違います"]);
}

#[test]
fn missing_files_and_sheets_are_errors() {
    let mapping = Mapping::parse(&mapping("", "").replace("t.xlsx\"", "t.xlsx\"\nsheet = \"帳台\"")).unwrap();
    assert_errors(&read(&mapping, &files([])), &["t.xlsx: ファイルがありません"]);
    assert_errors(&read(&mapping, &files([("t.xlsx", costs(&[]))])), &["t.xlsx: シート「帳台」がありません"]);
}

#[test]
fn what_stands_beside_the_name_is_kept_as_displayed() {
    let keys = "[[table.field]]\nid = \"hoho\"\ntitle = \"実施方法\"\ncolumn = \"G 方法\"\nabsent = [\"-\"]\n";
    let mapping = mapping(keys, "").replace(
        "name = \"B 名称\"",
        "name = \"B 名称\", department = \"C 課\", period = { from = \"D 始期\", to = \"E 終期\" }, account = [\"F 会計\", \"A 番号\"]",
    );
    let program = |from: &str, to: &str, method: &str| {
        let table = sheet(&[
            &["番号", "名称", "課", "始期", "終期", "会計", "方法"],
            &["1", "一", "架空部　福祉課", from, to, "01", method],
        ]);
        let outcome = read_sheet(&mapping, table);
        assert_errors(&outcome, &[]);
        text(&outcome, "a/programs/1/program.md").to_owned()
    };
    let head = "+++\nname = \"一\"\ndepartment = \"架空部　福祉課\"\n";
    let account = "account = { printed = \"01・1\", steps = [\"01\", \"1\"] }\n";
    let field = "\n[field]\nhoho = \"直営 一部委託\"\n";
    assert_eq!(
        program("平成13", "令和９年度", "直営\n一部委託"),
        format!("{head}period = \"H13/R9\"\n{account}{field}+++\n")
    );
    assert_eq!(program("平成13", "", "-"), format!("{head}period = \"H13/\"\n{account}+++\n"));
    let printed = "period = { from = \"H13\", printed = \"平成13～99\" }\n";
    assert_eq!(program("平成13", "99", ""), format!("{head}{printed}{account}+++\n"));
    let reversed = "period = { printed = \"令和5～平成13\" }\n";
    assert_eq!(program("令和5", "平成13", ""), format!("{head}{reversed}{account}+++\n"));
    assert_eq!(program("", "", ""), format!("{head}{account}+++\n"));
}

#[test]
fn texts_go_under_their_headings() {
    let keys = "[[table.words]]\nheading = \"概要\"\ncolumn = \"C 概要\"\nstays = true\nindent = \"drop\"\n\
                [[table.words]]\nheading = \"課題\"\ncolumn = \"D 課題\"\n";
    let table = sheet(&[
        &["番号", "名称", "概要", "課題"],
        &["1", "一", "　一行\n　*二行*", "1. 文\n\n次の段落"],
        &["2", "二"],
    ]);
    let outcome = read_sheet(&mapping(keys, ""), table);
    assert_errors(&outcome, &[]);
    assert_eq!(text(&outcome, "a/programs/1/program.md"), "+++\nname = \"一\"\n+++\n\n## 概要\n\n一行\\\n\\*二行\\*\n");
    assert_eq!(text(&outcome, "a/programs/1/2025.md"), "+++\n+++\n\n## 課題\n\n1\\. 文\n\n次の段落\n");
    assert_eq!(text(&outcome, "a/programs/2/2025.md"), "+++\n+++\n");
    assert!(text(&outcome, "a/strategy.toml").contains("[[section]]\nof = [\"program\"]\ntitle = \"課題\"\n"));
}

#[test]
fn policies_have_figures_of_their_own() {
    let mapping = mapping(COST, "").replace("program =", "policy =");
    let outcome = read_sheet(&mapping, costs(&["5"]));
    assert_errors(&outcome, &[]);
    assert_eq!(text(&outcome, "a/policies/1/2025.md"), "+++\n[money]\nsettlement.R6 = \"5\"\n+++\n");
}

#[test]
fn phases_years_and_funding_are_declared() {
    let check = |from: &str, to: &str, expect: &str| {
        assert_errors(&read_sheet(&mapping(&COST.replace(from, to), ""), costs(&["1"])), &[expect]);
    };
    check("phase = \"settlement\"", "phase = \"settlment\"", "「settlment」という段階はありません（settlement?）");
    check("phase = \"settlement\"\n", "", "決算か予算か、段階が書かれていない年度があります");
    check("year = \"R6\"\n", "", "この列の年度がわかりません");
}

#[test]
fn values_of_indicators_without_a_name_are_errors() {
    let keys =
        "[[table.indicator]]\nid = \"x\"\nname = \"C 指標\"\nabsent = [\"0\"]\nactual = \"D 値\"\nyear = \"R6\"\n";
    let table = |name: &str, value: &str| sheet(&[&["番号", "名称", "指標", "値"], &["1", "一", name, value]]);
    for (name, value) in [("", ""), ("0", "-"), ("利用者数", "5"), ("利用者数", "")] {
        assert_errors(&read_sheet(&mapping(keys, ""), table(name, value)), &[]);
    }
    for name in ["", "0"] {
        assert_errors(
            &read_sheet(&mapping(keys, ""), table(name, "5")),
            &["D2（値）: 指標の名称がないのに、値「5」があります"],
        );
    }
}

#[test]
fn corrections_state_the_file_if_there_are_several() {
    let fix = "[[fix]]\ncell = \"B2\"\nis = \"一\"\nto = \"壱\"\nwhy = \"誤記\"\n";
    let second = "[[table]]\nfile = \"u.xlsx\"\nkey = \"A 番号\"\n[table.ignore]\n\"B 名称\" = \"同じ\"\n";
    let table = sheet(&[&["番号", "名称"], &["1", "一"]]);
    let read_both = |fix: &str| {
        let mapping = Mapping::parse(&mapping(second, fix)).unwrap();
        read(&mapping, &files([("t.xlsx", table.clone()), ("u.xlsx", table.clone())]))
    };
    assert_errors(&read_both(fix), &["map.toml:6: どのファイルのセルか書かれていません"]);
    let outcome = read_both(&fix.replace("cell", "file = \"t.xlsx\"\ncell"));
    assert_errors(&outcome, &[]);
    assert!(text(&outcome, "a/programs/1/program.md").contains("name = \"壱\""));
    assert_errors(
        &read_both(&fix.replace("cell", "file = \"v.xlsx\"\ncell")),
        &["map.toml:6: 「v.xlsx」を使う表がありません"],
    );
}

#[test]
fn what_a_person_should_know_is_remarked() {
    let mut table = costs(&["5", "6"]);
    table.hidden_rows = vec![1];
    for cell in table.cells.iter_mut().filter(|(at, _)| at.column == 2 && at.row > 0).map(|(_, cell)| cell) {
        cell.is_formula = true;
        cell.is_struck_out = true;
    }
    let outcome = read_sheet(&mapping(COST, ""), table);
    assert_errors(&outcome, &[]);
    let reasons: Vec<&str> = outcome.proposal.reasons.iter().map(|reason| reason.ja.as_str()).collect();
    for part in [
        "非表示の行が 1 行あります",
        "式のセル 2 個",
        "取り消し線のある文字を、そのまま読みました → t.xlsx › 台帳 › C3（決算）",
    ] {
        assert!(reasons.iter().any(|reason| reason.contains(part)), "{part}: {reasons:#?}");
    }
}
