//! An invented ledger in the form that many cities keep: one row per program, 407 rows and 208 columns, with the
//! irregularities of real ones. The counts of the import equal those of the generator.

use super::{files, set, set_problem, shown};
use crate::ledger::{CellCounts, Counts, Mapping, Outcome, Place, read};
use crate::spreadsheet::{CellProblem, CellRef, Worksheet, column_index, column_name};
use std::collections::BTreeSet;
use std::fmt::Write;

const ROWS: u32 = 407;
const FIRST_ROW: u32 = 2;
const BLOCK: u32 = 19;
const MISSING: [&str; 5] = ["-", "－", "―", "‐", "–"];

/// The generated ledger with what the import must find.
pub(super) struct City {
    pub(super) sheet: Worksheet,
    pub(super) expect: Counts,
    /// Corrections for the mapping file.
    pub(super) fixes: String,
    /// Cells that need a correction.
    faulty: BTreeSet<CellRef>,
    random: u64,
}

fn column(letters: &str) -> u32 {
    column_index(letters).unwrap()
}

/// Headings from C on: letters of the first column of a run, and the texts.
const HEADINGS: [(&str, &[&str]); 12] = [
    ("B", &["重複"]),
    ("C", &["No.", "作成年", "作成月", "作成日", "年度", "事業番号", "事業名", "基本番号"]),
    (
        "K",
        &[
            "政策番号\n十の位",
            "政策番号\n一の位",
            "政策名",
            "施策番号 十の位",
            "施策番号 一の位",
            "施策名",
            "基本十の位",
        ],
    ),
    ("R", &["基本一の位", "基本名", "根拠", "部課", "課長", "係", "担当者", "電話", "内線", "実施計画", "総合戦略"]),
    ("AC", &["区分", "始期", "終期", "会計", "款", "項", "目", "事業", "事業区分", "概要（目的と内容）"]),
    (
        "AM",
        &[
            "全体 国庫",
            "全体 県",
            "全体 地方債",
            "全体 その他",
            "全体 一般",
            "全体 計",
            "全体 人数",
            "全体 時間",
            "全体 人件費",
        ],
    ),
    ("AV", &["全体 トータル", "前年度実績", "今年度計画", "対象", "意図", "結果"]),
    ("BB", &["活動ア 名称", "活動ア 単位", "活動イ 名称", "活動イ 単位", "活動ウ 名称", "活動ウ 単位"]),
    ("BH", &["対象カ 名称", "対象カ 単位", "対象キ 名称", "対象キ 単位", "対象ク 名称", "対象ク 単位"]),
    ("BN", &["成果サ 名称", "成果サ 単位", "成果シ 名称", "成果シ 単位", "成果ス 名称", "成果ス 単位"]),
    ("GD", &["きっかけ", "環境変化", "意見"]),
    ("GW", &["方向性", "期待成果", "成果とコスト", "課題と解決策", "課長意見", "総括"]),
];

/// Headings of one block.
const BLOCK_HEADINGS: [&str; 19] = [
    "国庫支出金",
    "県支出金",
    "地方債",
    "その他",
    "一般財源",
    "事業費計 （A）",
    "従事人数",
    "業務時間",
    "人件費計（B）",
    "トータルコスト",
    "値/ア",
    "値/イ",
    "値/ウ",
    "値/カ",
    "値/キ",
    "値/ク",
    "値/サ",
    "値/シ",
    "値/ス",
];

impl City {
    pub(super) fn generate() -> Self {
        let sheet = Worksheet { name: "集計用".to_owned(), ..Worksheet::default() };
        let (expect, faulty) = (Counts::default(), BTreeSet::new());
        let mut city = Self { sheet, expect, fixes: String::new(), faulty, random: 7 };
        city.set(CellRef::new(0, 2), "調整用の行");
        city.headings();
        for n in 0..ROWS {
            city.program(n);
        }
        (city.expect.goals, city.expect.policies, city.expect.programs) = (8 + 24, 72, 407);
        city
    }

    fn set(&mut self, at: CellRef, text: &str) {
        set(&mut self.sheet, at, text);
    }

    fn put(&mut self, row: u32, letters: &str, text: &str) {
        self.set(CellRef::new(row, column(letters)), text);
    }

    fn next(&mut self, below: u64) -> u64 {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.random >> 33) % below
    }

    fn headings(&mut self) {
        for (first, texts) in HEADINGS {
            for (offset, text) in (0..).zip(texts) {
                self.set(CellRef::new(1, column(first) + offset), text);
            }
        }
        for block in 0..6 {
            for (offset, text) in (0..).zip(BLOCK_HEADINGS) {
                self.set(CellRef::new(1, column("BT") + block * BLOCK + offset), text);
            }
        }
        for n in 0..8 {
            self.set(CellRef::new(1, column("GG") + 2 * n), &format!("評価{}", n + 1));
            self.set(CellRef::new(1, column("GG") + 2 * n + 1), "理由");
        }
    }

    /// Declares a correction of a faulty cell.
    fn fix(&mut self, at: CellRef, is: &str, keys: &str) {
        writeln!(self.fixes, "[[fix]]\ncell = \"{at}\"\nis = \"{is}\"\n{keys}\nwhy = \"訂正\"").unwrap();
        self.faulty.insert(at);
    }

    fn program(&mut self, n: u32) {
        let row = FIRST_ROW + n;
        let (goal, measure, policy) = (n % 8 + 1, n % 24 + 1, n % 72 + 1);
        self.put(row, "B", "1");
        self.put(row, "C", &(n + 1).to_string());
        self.put(row, "D", "7");
        self.put(row, "G", "7");
        match n {
            311 => {
                self.put(row, "H", "0");
                self.fix(CellRef::new(row, column("H")), "0", "to = \"0000\"");
            }
            _ => self.put(row, "H", &format!("{:04}", n + 1)),
        }
        self.put(row, "I", &format!("架空事業{n}"));
        self.put(row, "J", &format!("{goal:02}{measure:02}{policy:02}"));
        for (tens, ones, number) in [("K", "L", goal), ("N", "O", measure), ("Q", "R", policy)] {
            self.put(row, tens, &(number / 10).to_string());
            self.put(row, ones, &(number % 10).to_string());
        }
        // The second spelling of a name begins with another word.
        self.put(row, "M", if n == 20 { "別の政策5" } else { "" });
        if n != 20 {
            self.put(row, "M", &format!("政策{goal}"));
        }
        self.put(row, "P", &format!("施策{measure}"));
        self.put(row, "S", &format!("基本{policy}"));
        self.put(row, "T", "架空法第1条");
        self.put(row, "U", &format!("架空部　第{}課 ", n % 51));
        for (letters, text) in [("V", "課長"), ("X", "担当"), ("Y", "電話000-"), ("Z", "内線")] {
            self.put(row, letters, &format!("秘匿{text}{n}"));
        }
        self.put(row, "W", "秘匿係");
        self.put(row, "AA", if n.is_multiple_of(3) { "○" } else { "" });
        let start = ["平成13", "令和５", "27", "99", "昭和99", "0", "-", "令和7年度"];
        self.put(row, "AC", "期間限定");
        self.put(row, "AD", start[n as usize % 8]);
        self.put(row, "AE", ["令和9", "", "99"][n as usize % 3]);
        for (letters, text) in
            [("AF", "01"), ("AG", "03"), ("AH", "1"), ("AI", "2"), ("AJ", "水道"), ("AK", "Ｅ　一般")]
        {
            self.put(row, letters, text);
        }
        self.put(row, "AL", &format!("　概要*{n}*の一行目\n　二行目\n\n- 段落"));
        self.expect.passages += 1;
        for letters in ["AM", "AR", "AS", "AV"] {
            self.put(row, letters, "100");
        }
        for letters in ["AY", "AZ", "BA"] {
            self.put(row, letters, "　架空の\n対象");
        }
        for letters in ["AW", "GD", "GZ"] {
            self.put(row, letters, "　文章1. です\n　文章2");
            self.expect.passages += 1;
        }
        self.marks(n);
        self.amounts(n);
        self.indicators(n);
    }

    fn marks(&mut self, n: u32) {
        let row = FIRST_ROW + n;
        for k in 0..8 {
            self.set(CellRef::new(row, column("GG") + 2 * k), ["Ａ", "Ｂ", "Ｃ"][(n + k) as usize % 3]);
            self.set(CellRef::new(row, column("GG") + 2 * k + 1), "理由の文\n二行目");
            self.expect.marks += 1;
        }
        self.put(row, "GW", ["１　現状維持", "廃止", "0"][n as usize % 3]);
        self.expect.marks += 1;
    }

    fn amounts(&mut self, n: u32) {
        let row = FIRST_ROW + n;
        for block in 0..6 {
            let first = column("BT") + block * BLOCK;
            let sources: Vec<u64> = (0..5).map(|_| if self.next(3) == 0 { self.next(90_000) } else { 0 }).collect();
            let (total, hours) = (sources.iter().sum::<u64>(), self.next(2_000));
            let is_unreadable = n == 184 && block < 3;
            // Without a source that is not 0, the others do not add up.
            let is_unknown = is_unreadable && sources.get(2) != Some(&0);
            let rest = [total, self.next(9), hours, hours * 4, total + hours * 4];
            for (offset, number) in (0..).zip(sources.into_iter().chain(rest)) {
                let is_text = number >= 1_000 && number % 2 == 0;
                let text = if is_text { crate::model::grouped(number) } else { number.to_string() };
                let text = if is_unreadable && offset == 2 { "-" } else { &text };
                self.set(CellRef::new(row, first + offset), text);
                count(&mut self.expect.amounts, text);
            }
            // The sources add up to A, and A and B to the total.
            self.expect.sums += if is_unknown { 1 } else { 2 };
            self.expect.unchecked_sums += usize::from(is_unknown);
        }
    }

    fn indicators(&mut self, n: u32) {
        let row = FIRST_ROW + n;
        for (k, (name, unit)) in (0_u32..).zip([
            ("BB", "BC"),
            ("BD", "BE"),
            ("BF", "BG"),
            ("BH", "BI"),
            ("BJ", "BK"),
            ("BL", "BM"),
            ("BN", "BO"),
            ("BP", "BQ"),
            ("BR", "BS"),
        ]) {
            let is_named = self.next(9) < 5;
            let values = column("CD") + k;
            if !is_named {
                let blank = ["", "0"][self.next(2) as usize];
                self.put(row, name, blank);
                if n == 309 {
                    let at = CellRef::new(row, values + BLOCK);
                    self.set(at, "18");
                    self.fix(at, "18", "to = \"\"");
                }
                continue;
            }
            self.put(row, name, &format!("架空指標{n}-{k}\n（延べ）"));
            self.expect.indicators += 1;
            let has_unit = (n, k) != (40, 0);
            self.expect.without_unit += usize::from(!has_unit);
            self.put(row, unit, if has_unit { ["人", "㎥", "％"][k as usize % 3] } else { "" });
            for block in 0..6 {
                let at = CellRef::new(row, values + block * BLOCK);
                self.value(at);
            }
        }
    }

    /// One value of an indicator, in one of the forms of real ledgers.
    fn value(&mut self, at: CellRef) {
        let counts = &mut self.expect.figures;
        if [(70, 1), (150, 2), (260, 3), (300, 4), (340, 5), (380, 0)]
            .contains(&(at.row, (at.column - column("CD")) / BLOCK))
        {
            counts.words += 1;
            self.set(at, "29（4）");
            return self.fix(at, "29（4）", "to = \"29（4）\"\nwords = true");
        }
        let text = match self.next(100) {
            0..4 => MISSING[self.next(5) as usize].to_owned(),
            4 => String::new(),
            5..14 => "0".to_owned(),
            14 => format!("{},602\t", self.next(900) + 100),
            15 => {
                let number = format!("{}.599999999999994", self.next(90) + 10);
                self.expect.figures.numbers += 1;
                return set_problem(&mut self.sheet, at, CellProblem::LongDecimal { number });
            }
            16..30 => format!("{}.5", self.next(90) + 1),
            _ => (self.next(9_000) + 1).to_string(),
        };
        count(&mut self.expect.figures, text.trim());
        self.set(at, &text);
    }

    /// The mapping file, with the corrections or without.
    pub(super) fn mapping(&self, fixes: &str) -> String {
        let mut mapping = include_str!("wide.toml").to_owned();
        for (k, (id, name)) in (0..).zip([
            ("katsudo-a", "BB 活動ア 名称"),
            ("katsudo-i", "BD 活動イ 名称"),
            ("katsudo-u", "BF 活動ウ 名称"),
            ("taisho-a", "BH 対象カ 名称"),
            ("taisho-i", "BJ 対象キ 名称"),
            ("taisho-u", "BL 対象ク 名称"),
            ("seika-a", "BN 成果サ 名称"),
            ("seika-i", "BP 成果シ 名称"),
            ("seika-u", "BR 成果ス 名称"),
        ]) {
            let at = column(name.split(' ').next().unwrap()) + 1;
            let unit = format!("{} {}", column_name(at), name.split_once(' ').unwrap().1.replace("名称", "単位"));
            let value = format!("{} {}", column_name(column("CD") + k), BLOCK_HEADINGS[10 + k as usize]);
            writeln!(
                mapping,
                "[[table.indicator]]\nid = \"{id}\"\nrole = \"指標\"\nname = \"{name}\"\nunit = \"{unit}\"\n\
                 absent = [\"\", \"0\"]\nactual = \"{value}\"\ntarget = \"{value}\"\ndecimals = 2"
            )
            .unwrap();
        }
        for n in 0..8 {
            let (mark, note) = (column_name(column("GG") + 2 * n), column_name(column("GG") + 2 * n + 1));
            let n = n + 1;
            writeln!(
                mapping,
                "[[table.judgement]]\nscale = \"hyoka-{n}\"\nmark = \"{mark} 評価{n}\"\nnote = \"{note} 理由\"\n\
                 [[scale]]\nid = \"hyoka-{n}\"\ntitle = \"評価{n}\"\nmarks = [\"Ａ\", \"Ｂ\", \"Ｃ\"]"
            )
            .unwrap();
        }
        mapping + fixes
    }

    fn read(&self, fixes: &str) -> Outcome {
        let mapping = Mapping::parse(&self.mapping(fixes)).unwrap_or_else(|errors| panic!("{errors:#?}"));
        read(&mapping, &files([("daicho.xlsx", self.sheet.clone())]))
    }
}

fn count(counts: &mut CellCounts, text: &str) {
    match text {
        "" => counts.blank += 1,
        text if MISSING.contains(&text) => counts.missing += 1,
        text => {
            counts.numbers += 1;
            counts.zeros += usize::from(text == "0");
        }
    }
}

#[test]
fn counts_equal_those_of_the_generator() {
    let city = City::generate();
    let columns: BTreeSet<u32> =
        city.sheet.cells.keys().filter(|at| at.row == 1 && at.column > 1).map(|at| at.column).collect();
    assert_eq!(columns.len(), 208);
    let outcome = city.read(&city.fixes);
    assert_eq!(shown(&outcome), Vec::<String>::new());
    assert_eq!(outcome.counts, city.expect);
    assert_eq!(outcome.counts.amounts.all(), 24_420);
    assert_eq!(outcome.counts.figures.all(), 6 * outcome.counts.indicators);
    // Two files of declarations, 8 + 24 + 72 files above, and two of each program.
    assert_eq!(outcome.proposal.files.len(), 2 + 8 + 24 + 72 + 2 * 407);
    assert!(outcome.compared > 24_420 + 10_000, "{}", outcome.compared);
}

/// The ledger as a workbook: texts as text, everything else as numbers in the general format.
fn workbook(sheet: &Worksheet) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let written = workbook.add_worksheet().set_name(&sheet.name).unwrap();
    for (at, cell) in &sheet.cells {
        let column = u16::try_from(at.column).unwrap();
        match &cell.text {
            Ok(text) => written.write_string(at.row, column, text).unwrap(),
            Err(CellProblem::LongDecimal { number }) => {
                written.write_number(at.row, column, number.parse::<f64>().unwrap() + 1e-9).unwrap()
            }
            Err(problem) => panic!("{problem:?}"),
        };
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn counts_of_the_ledger_as_a_workbook_are_the_same() {
    let city = City::generate();
    let mapping = Mapping::parse(&city.mapping(&city.fixes)).unwrap();
    let workbook = crate::spreadsheet::read_xlsx(&workbook(&city.sheet)).unwrap();
    let outcome = read(&mapping, &[("daicho.xlsx".to_owned(), Ok(workbook))].into());
    assert_eq!(shown(&outcome), Vec::<String>::new());
    assert_eq!(outcome.counts, city.expect);
}

#[test]
fn personal_data_appears_nowhere() {
    let city = City::generate();
    let outcome = city.read(&city.fixes);
    let texts: String = outcome.proposal.files.iter().map(|(_, text)| text.as_str()).collect();
    assert!(texts.contains("架空事業") && !texts.contains("秘匿"));
    assert!(!format!("{:?}", outcome.proposal.reasons).contains("秘匿"));
    // Neither in the messages for a mapping that forgets these columns.
    let mapping = city.mapping(&city.fixes).replace("\"V 課長..Z 内線\"", "\"W 係\"");
    let outcome = read(&Mapping::parse(&mapping).unwrap(), &files([("daicho.xlsx", city.sheet.clone())]));
    assert_eq!(outcome.errors.len(), 4);
    assert!(!format!("{:?}", outcome.errors).contains("秘匿"));
}

#[test]
fn every_irregular_cell_is_an_error_until_it_is_corrected() {
    let city = City::generate();
    let outcome = city.read("");
    let cells: BTreeSet<CellRef> = outcome
        .errors
        .iter()
        .filter_map(|error| match &error.place {
            Place::Cell(place) => Some(place.cell),
            _ => None,
        })
        .collect();
    assert_eq!(cells, city.faulty, "{:#?}", shown(&outcome));
    assert_eq!(outcome.errors.len(), city.faulty.len());
}

#[test]
fn several_names_of_one_id_require_a_choice() {
    let city = City::generate();
    let mapping = city.mapping(&city.fixes).replace("\"goal:05\" = \"政策5\"", "");
    let outcome = read(&Mapping::parse(&mapping).unwrap(), &files([("daicho.xlsx", city.sheet.clone())]));
    super::assert_errors(&outcome, &["番号「goal:05」に名称が複数あります: 「政策5」×50 「別の政策5」×1"]);
}
