//! A fictitious large city: any number of programs in 16 accounts, with amounts rounded to 千円.
//!
//! Its report has the form of `tests/fixtures/cities/b`: kinds and phases of money, sources of funding, sub-items, staff,
//! fields, marks, and two editions with programs that begin, end and are renamed. The first policy has more programs than
//! the others, and goals have from some 130 to 330.

use super::text::{self, Random};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Id of the unit and of its only strategy.
pub const CITY: &str = "miharashi";

/// Number of programs of the largest city whose report is known.
pub const PROGRAMS: usize = 2535;

/// Accounts with their shares of the programs, in hundredths.
pub const ACCOUNTS: [(&str, usize); 16] = [
    ("一般会計", 62),
    ("国民健康保険事業会計", 4),
    ("介護保険事業会計", 4),
    ("後期高齢者医療事業会計", 2),
    ("港湾整備事業会計", 3),
    ("中央卸売市場会計", 2),
    ("母子父子寡婦福祉資金会計", 1),
    ("勤労者福祉共済事業会計", 1),
    ("公害被害者救済事業会計", 1),
    ("市街地開発事業会計", 3),
    ("自動車駐車場事業会計", 1),
    ("みどり保全創造事業会計", 2),
    ("下水道事業会計", 5),
    ("水道事業会計", 4),
    ("自動車事業会計", 2),
    ("病院事業会計", 3),
];

const GOALS: usize = 12;
const POLICIES: usize = 38;
const EDITIONS: [(i32, &str); 2] = [(2023, "令和5年度 事業評価書"), (2024, "令和6年度 事業評価書")];
const MEANS: [&str; 4] = ["直営", "委託", "補助金", "貸付金"];
const EVALUATIONS: [&str; 4] = ["◎", "○", "△", "×"];
const DIRECTIONS: [&str; 4] = ["拡充", "継続", "見直し", "終了"];
const BUREAUS: [&str; 9] = [
    "総務局",
    "財政局",
    "市民局",
    "こども青少年局",
    "健康福祉局",
    "経済局",
    "環境局",
    "都市整備局",
    "教育委員会事務局",
];
const SECTIONS: [&str; 5] = ["企画課", "推進課", "施設課", "支援課", "事業調整課"];

/// Content below the root: paths and texts.
type Files = Vec<(String, String)>;

/// Writes a content folder with the city and `programs` programs to `root`.
pub fn write(root: &Path, programs: usize) -> io::Result<()> {
    for (path, text) in files(programs) {
        let path = root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}

/// A program with its place.
struct Program {
    id: String,
    policy: usize,
    /// Settlement of each edition in 千円; `None` if the edition has no sheet of the program.
    settled: [Option<u64>; 2],
}

/// All files of a city with `programs` programs.
pub fn files(programs: usize) -> Files {
    let random = &mut Random::new(2535);
    let mut files = vec![
        ("site.toml".to_owned(), "title = \"見晴市 事業評価\"\npublisher = \"見晴市\"\n".to_owned()),
        (format!("{CITY}/strategy.toml"), strategy()),
    ];
    for goal in 1..=GOALS {
        let head = format!("+++\nnumber = \"{goal}\"\nname = \"{}（第{goal}の柱）\"\n+++\n", text::goal(goal - 1));
        files.push((format!("{CITY}/goals/{goal}/goal.md"), head));
    }
    let programs: Vec<Program> = (0..programs).map(|index| program(random, &mut files, index)).collect();
    for index in 0..POLICIES {
        policy(random, &mut files, index, &programs);
    }
    files
}

/// The policy of the program `index`.
fn policy_of(index: usize) -> usize {
    if index.is_multiple_of(20) { 0 } else { index % POLICIES }
}

fn policy_number(index: usize) -> String {
    format!("{}-{}", index % GOALS + 1, index / GOALS + 1)
}

fn strategy() -> String {
    let mut out = String::from(
        "title = \"見晴市中期計画\"\npublisher = \"見晴市\"\nperiod = \"R4/R8\"\n\
         description = \"見晴市が行うすべての事業の予算、決算、評価。\"\n\
         missing = [\"-\"]\nmoney_unit = \"千円\"\nsum_tolerance = 2\nnumber_rows = true\n\n\
         [labels]\ngoal = \"政策の柱\"\npolicy = \"施策\"\nprogram = \"事業\"\n",
    );
    for (id, label) in EDITIONS {
        let _ = write!(out, "\n[[edition]]\nid = \"{id}\"\nlabel = \"{label}\"\nyear = \"R{}\"\n", id - 2018);
    }
    for (id, title, rest) in
        [("base", "事業費", ""), ("labour", "概算人件費", ""), ("whole", "総事業費", "sum = [\"base\", \"labour\"]\n")]
    {
        let _ = write!(out, "\n[[money]]\nid = \"{id}\"\ntitle = \"{title}\"\n{rest}");
    }
    for (id, title, rest) in
        [("initial", "当初予算額", "like = \"budget\"\n"), ("budget", "補正後予算額", ""), ("settlement", "決算額", "")]
    {
        let _ = write!(out, "\n[[phase]]\nid = \"{id}\"\ntitle = \"{title}\"\n{rest}");
    }
    for (id, title) in
        [("national", "国費"), ("pref", "県費"), ("bond", "市債"), ("fee", "使用料・保険料等"), ("general", "一般財源")]
    {
        let _ = write!(out, "\n[[funding]]\nid = \"{id}\"\ntitle = \"{title}\"\n");
    }
    let quoted = MEANS.map(|value| format!("\"{value}\"")).join(", ");
    let _ = write!(out, "\n[[staff]]\nid = \"base\"\ntitle = \"職員数\"\nunit = \"人\"\n");
    let _ = write!(
        out,
        "\n[[field]]\nid = \"means\"\ntitle = \"実施手法\"\nof = [\"program\"]\nvalues = [{quoted}]\nseveral = true\n"
    );
    let tones = ["good", "good", "fair", "poor"];
    let marks = EVALUATIONS.iter().zip(tones).map(|(mark, tone)| format!("{{ mark = \"{mark}\", tone = \"{tone}\" }}"));
    let marks = marks.collect::<Vec<_>>().join(", ");
    let _ =
        write!(out, "\n[[scale]]\nid = \"evaluation\"\ntitle = \"総合評価\"\nof = [\"program\"]\nmarks = [{marks}]\n");
    let directions = DIRECTIONS.map(|mark| format!("{{ mark = \"{mark}\", ends = {} }}", mark == "終了")).join(", ");
    let _ = write!(
        out,
        "\n[[scale]]\nid = \"direction\"\ntitle = \"今後の方向性\"\nof = [\"program\"]\nmarks = [{directions}]\n"
    );
    for (of, title) in [("program", "事業の成果"), ("policy", "施策の振り返り")] {
        let _ = write!(out, "\n[[section]]\nof = [\"{of}\"]\ntitle = \"{title}\"\n");
    }
    out
}

fn program(random: &mut Random, files: &mut Files, index: usize) -> Program {
    let id = format!("jigyo-{:04}", index + 1);
    let folder = format!("{CITY}/programs/{id}");
    let name = text::program(index);
    let account = account(index);
    let department = format!("{} {}", random.pick(&BUREAUS), random.pick(&SECTIONS));
    let mut head = format!("name = \"{name}\"\ndepartment = \"{department}\"\naccount = \"{account}\"\n");
    // One program of ninety was renamed.
    if index % 90 == 7 {
        let _ = writeln!(head, "printed.R5 = {{ name = \"{name}（旧）\" }}");
    }
    let means = if random.below(5) == 0 { "[\"委託\", \"補助金\"]" } else { "\"直営\"" };
    let _ = write!(head, "\n[field]\nmeans = {means}\n");
    let indicators = if index.is_multiple_of(3) { 2 } else { 1 };
    for nth in 1..=indicators {
        let (name, definition, unit) = text::indicator(random, index + nth);
        let _ = write!(
            head,
            "\n[[indicator]]\nid = \"shihyo-{nth}\"\nname = \"{name}\"\ndefinition = \"{definition}\"\nunit = \"{unit}\"\nbetter = \"higher\"\n"
        );
    }
    for (id, name) in [("kihon", "基本経費"), ("suishin", "推進経費")] {
        let _ = write!(head, "\n[[item]]\nid = \"{id}\"\nname = \"{name}\"\n");
    }
    files.push((format!("{folder}/program.md"), format!("+++\n{head}+++\n{}", text::markdown(random, 60))));
    // One program of sixty begins in the later edition, another one ends with the earlier edition.
    let printed = [index % 60 != 11, index % 60 != 31];
    let start = 1_000 + random.below(800_000);
    let mut settled = [None; 2];
    for (nth, (edition, _)) in EDITIONS.into_iter().enumerate().filter(|(nth, _)| printed[*nth]) {
        let amount = start + random.below(start / 5);
        settled[nth] = Some(amount);
        let text = sheet(random, edition - 2018, amount, indicators);
        files.push((format!("{folder}/{edition}.md"), text));
    }
    Program { id, policy: policy_of(index), settled }
}

/// The account of the program `index`, with two further steps.
fn account(index: usize) -> String {
    let mut place = index * 37 % 100;
    for (number, (name, share)) in ACCOUNTS.into_iter().enumerate() {
        if place < share {
            return format!("{:02}{name}・{:02}事業費・01総務管理費", number + 1, place % 9 + 1);
        }
        place -= share;
    }
    ACCOUNTS[0].0.to_owned()
}

/// The sheet of a program that settled `amount` in the year `R{year}`.
fn sheet(random: &mut Random, year: i32, amount: u64, indicators: usize) -> String {
    let mut out = String::from("+++\n");
    for nth in 1..=indicators {
        let value = 100 + random.below(9_000);
        let _ = write!(
            out,
            "[indicator.shihyo-{nth}]\nactual.R{} = \"{}\"\nactual.R{year} = \"{}\"\ntarget.R{year} = \"{}\"\n\n",
            year - 1,
            value,
            value + random.below(300),
            value + 200
        );
    }
    // Rounded from yen one by one, parts differ from their sum by up to 2.
    let [national, pref, bond, fee] = [amount / 5, amount / 7, amount / 11, amount / 13];
    let general = amount - national - pref - bond - fee + random.below(3) - 1;
    let initial = amount + amount / 20;
    let labour = 800 + amount / 30;
    let half = initial / 2;
    let _ = write!(
        out,
        "[money]\ninitial.R{year} = {initial}\ninitial.R{} = {}\nbudget.R{year} = {}\n\
         settlement.R{year} = {{ value = {amount}, funding = {{ national = {national}, pref = {pref}, bond = {bond}, fee = {fee}, general = {general} }} }}\n\n\
         [money.labour]\nsettlement.R{year} = {labour}\n\n[money.whole]\nsettlement.R{year} = {}\n\n\
         [item.kihon.money]\ninitial.R{year} = {half}\n\n[item.suishin.money]\ninitial.R{year} = {}\n\n\
         [staff]\nactual.R{year} = {}.{}\n\n",
        year + 1,
        initial + 500,
        initial + amount / 50,
        amount + labour + random.below(3) - 1,
        initial - half,
        1 + random.below(9),
        random.below(10),
    );
    let evaluation = EVALUATIONS[[0, 1, 1, 1, 1, 1, 1, 2, 2, 3][random.below(10) as usize]];
    let direction = DIRECTIONS[[0, 1, 1, 1, 1, 1, 1, 2, 2, 3][random.below(10) as usize]];
    let _ = write!(out, "[judgement]\nevaluation = \"{evaluation}\"\ndirection = \"{direction}\"\n+++\n\n");
    let _ = write!(out, "## 事業の成果\n{}", text::markdown(random, 220));
    out
}

fn policy(random: &mut Random, files: &mut Files, index: usize, programs: &[Program]) {
    let number = policy_number(index);
    let folder = format!("{CITY}/policies/{number}");
    let (indicator, definition, unit) = text::indicator(random, index);
    let mut head = format!(
        "number = \"{number}\"\nname = \"{}\"\ngoal = \"{}\"\ndepartment = \"{}\"\n\n\
         [[indicator]]\nid = \"seika\"\nname = \"{indicator}\"\ndefinition = \"{definition}\"\nunit = \"{unit}\"\nbetter = \"higher\"\n",
        text::policy(random),
        index % GOALS + 1,
        random.pick(&BUREAUS),
    );
    let own: Vec<&Program> = programs.iter().filter(|program| program.policy == index).collect();
    let repeated = programs.iter().skip(index).step_by(POLICIES * 5).find(|program| program.policy != index);
    for program in &own {
        let _ = write!(head, "\n[[program]]\nid = \"{}\"\n", program.id);
    }
    if let Some(program) = repeated {
        let _ = write!(head, "\n[[program]]\nid = \"{}\"\nrepeat = true\n", program.id);
    }
    files.push((format!("{folder}/policy.md"), format!("+++\n{head}+++\n")));
    for (nth, (edition, _)) in EDITIONS.into_iter().enumerate() {
        let year = edition - 2018;
        let value = 100 + random.below(900);
        let sum: u64 = own.iter().copied().chain(repeated).filter_map(|program| program.settled[nth]).sum();
        let total = if sum == 0 {
            String::new()
        } else {
            format!("[total]\nsettlement.R{year} = {}\n", sum + random.below(3) - 1)
        };
        let sheet = format!(
            "+++\n[indicator.seika]\nactual.R{year} = \"{value}\"\ntarget.R8 = \"{}\"\n\n{total}+++\n\n## 施策の振り返り\n{}",
            value + 100,
            text::markdown(random, 300)
        );
        files.push((format!("{folder}/{edition}.md"), sheet));
    }
}
