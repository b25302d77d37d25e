//! The rule `account-code`.

use super::account_order::out_of_order;
use super::office_words::{misspelled_word, same_reading};
use super::visit::{is_in_texts, strategies};
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{Account, Report, StrategyIx};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

pub(super) const LINT: Lint = Lint {
    rule: Rule::AccountCode,
    title: Bilingual {
        ja: "予算科目の番号と名称の組み合わせが、ほかの調書と違う",
        en: "a budget account whose code and name do not match those of other sheets",
    },
    explanation: Bilingual {
        ja: "同じ会計・款・項の下では、一つの番号に一つの名称が対応します。番号が同じで名称が1、2文字違う科目、番号が同じで名称の違う会計、名称が同じで番号の\
             違う科目があれば、少ないほうを指摘します。同数のときは、番号の順が飛ぶほうの番号、または1文字だけ違う名称の\
             うち、地方自治法施行規則の科目名でないほうです。ほかの科目がすべて同じ段階数のとき、番号や「費」が付いている\
             ときは、一つだけ違う科目も指摘します。1か所にしかない科目名は、同施行規則の科目名や通常の用語と、同じ読みの\
             1文字か隣り合う2文字の順だけが違うときに指摘します。番号は順に付くため、同じ段階のほかの番号の最大の2倍を超える\
             番号（03に対する30など）も、同施行規則の款の順と合わない款（民生費03と教育費10の間の商工費06など）や、01でない最初の項（総務管理費など）も指摘します。",
        en: "Below the same account, each code belongs to one name. If accounts have the same code and a name that differs by one or two characters (of funds, 会計, any other name), or \
             the same name but another code, the less frequent one is reported; if they are equally frequent, the \
             greater code, or of two names that differ by one character the one that is no standard name of local \
             budgets. The only account with another number of steps, without a code or without 費 at its end is \
             reported too. A name that occurs once is reported if a character of the same reading, or two characters in \
             the other order, make it a standard name or a usual word. Codes are consecutive: one that is more than \
             twice the greatest other code of its level is reported (30 for 03), as are a 款 out of the order of the regulation (06商工費 between 03民生費 and 10教育費) and its first 項, such as 総務管理費, with another code than 01.",
    },
    example: concat!(
        "account = \"01一般会計・02総務費・01総務管理費\"    # 4 files\n",
        "account = \"01一般会計・20総務費・01総務管理費\"    # 1 file",
    ),
    remedy: Bilingual {
        ja: "番号と名称を、予算書のとおりに直してください。",
        en: "Write the code and the name of the budget.",
    },
    confidence: Confidence::Likely,
    run,
};

/// A step of an account in one file.
#[derive(Clone, Copy)]
struct Step<'r> {
    code: &'r str,
    name: &'r str,
    span: Span,
}

/// Names of accounts in the regulation on local budgets (地方自治法施行規則別記): the tie-breaker between names of the same
/// frequency.
const STANDARD: &str = "議会費 総務費 総務管理費 一般管理費 文書広報費 財政管理費 会計管理費 財産管理費 企画費 支所及び出張所費 \
    公平委員会費 徴税費 税務総務費 賦課徴収費 戸籍住民基本台帳費 選挙費 選挙管理委員会費 統計調査費 統計調査総務費 監査委員費 \
    民生費 社会福祉費 社会福祉総務費 老人福祉費 国民年金費 児童福祉費 児童福祉総務費 児童措置費 母子福祉費 児童福祉施設費 \
    生活保護費 扶助費 災害救助費 衛生費 保健衛生費 保健衛生総務費 予防費 環境衛生費 診療所費 清掃費 清掃総務費 塵芥処理費 \
    し尿処理費 労働費 失業対策費 労働諸費 農林水産業費 農業費 農業委員会費 農業総務費 農業振興費 畜産業費 農地費 林業費 \
    林業総務費 林業振興費 水産業費 水産業総務費 水産業振興費 漁港管理費 漁港建設費 商工費 商工総務費 商工業振興費 観光費 土木費 \
    土木管理費 土木総務費 道路橋りょう費 道路橋りょう総務費 道路維持費 道路新設改良費 橋りょう維持費 橋りょう新設改良費 河川費 \
    河川総務費 河川改良費 砂防費 港湾費 港湾管理費 港湾建設費 都市計画費 都市計画総務費 土地区画整理費 街路事業費 公共下水道費 \
    都市下水路費 公園費 住宅費 住宅管理費 住宅建設費 消防費 常備消防費 非常備消防費 消防施設費 水防費 教育費 教育総務費 \
    教育委員会費 事務局費 小学校費 中学校費 高等学校費 高等学校総務費 幼稚園費 社会教育費 社会教育総務費 公民館費 図書館費 \
    保健体育費 保健体育総務費 体育施設費 学校管理費 教育振興費 学校建設費 災害復旧費 公債費 元金 利子 諸支出金 予備費";

/// Steps below the same account.
type Siblings<'r> = BTreeMap<String, Vec<Step<'r>>>;

fn run(report: &Report, findings: &mut Findings) {
    for (ix, _) in strategies(report) {
        let mut reported: BTreeSet<Span> = BTreeSet::new();
        // By the names of the steps above: a wrong code above must not hide the others.
        for steps in siblings(report, ix).values() {
            for (step, usual, count) in odd_steps(steps) {
                // The steps below a wrong one are wrong for the same reason.
                if reported.insert(step.span) {
                    report_step(step, usual, count, findings);
                }
            }
        }
        for (account, odd) in odd_forms(report, ix) {
            if reported.insert(account.span) {
                report_form(account, odd, findings);
            }
        }
        for (span, message) in out_of_order(report, ix) {
            if reported.insert(span) {
                findings.add_as(Confidence::Possible, span, "account", message, help());
            }
        }
        for (step, odd) in odd_alone(report, ix) {
            if reported.insert(step.span) {
                report_alone(step, &odd, findings);
            }
        }
    }
}

/// What is odd about a step without another one to compare it with.
enum OddAlone {
    /// Its name, or a part of it, is another one with a slip.
    Name(String, &'static str),
    /// Its code is out of sequence: the greatest other code of the level.
    Code(u32),
    /// It is another step of the account than everywhere else: the number of the step here and there.
    Level(usize, usize),
}

/// Steps whose name occurs once and is a standard name or usual words with a slip, or whose code is out of sequence.
fn odd_alone(report: &Report, ix: StrategyIx) -> Vec<(Step<'_>, OddAlone)> {
    let mut places: BTreeMap<&str, Vec<Step<'_>>> = BTreeMap::new();
    let mut codes: BTreeMap<usize, BTreeMap<u32, Vec<Step<'_>>>> = BTreeMap::new();
    let mut levels: BTreeMap<&str, BTreeMap<usize, Vec<Step<'_>>>> = BTreeMap::new();
    for account in report.nodes(ix).flat_map(|(_, node)| &node.accounts) {
        for (level, printed) in steps(&account.printed).into_iter().enumerate() {
            let (code, name) = split(printed);
            let step = Step { code, name, span: account.span };
            if code.is_empty() || name.is_empty() {
                continue;
            }
            places.entry(name).or_default().push(step);
            levels.entry(name).or_default().entry(level).or_default().push(step);
            if let Some(number) = number(code) {
                codes.entry(level).or_default().entry(number).or_default().push(step);
            }
        }
    }
    let is_known = |written: &str| {
        is_in_texts(report, ix, written) || places.keys().filter(|name| name.contains(written)).count() > 1
    };
    let mut odd = Vec::new();
    for (name, steps) in &places {
        if let [step] = steps.as_slice() {
            let slip = misspelled_standard(name).map(|standard| ((*name).to_owned(), standard));
            let slip =
                slip.or_else(|| misspelled_word(name, is_known).map(|(written, right)| (written.to_owned(), right)));
            odd.extend(slip.map(|(written, right)| (*step, OddAlone::Name(written, right))));
        }
    }
    for of_name in levels.values() {
        let mut of_name: Vec<_> = of_name.iter().collect();
        of_name.sort_by_key(|(_, steps)| steps.len());
        // A name can be that of two steps of one account: 07商工費・01商工費.
        if let [(level, only), (usual, others)] = of_name.as_slice()
            && let [step] = only.as_slice()
            && others.len() > 1
            && others.iter().all(|other| other.span != step.span)
        {
            odd.push((*step, OddAlone::Level(**level, **usual)));
        }
    }
    for of_level in codes.values() {
        // The greatest code is out of sequence only if the others show where the sequence ends.
        let mut descending = of_level.iter().rev();
        let (Some((code, steps)), Some((next, _))) = (descending.next(), descending.next()) else { continue };
        let others: usize = of_level.range(..code).map(|(_, steps)| steps.len()).sum();
        // 10 is the code of 教育費, and of a tenth 目.
        let is_swapped = *code > 10 && code % 10 == 0 && code / 10 <= *next;
        if let [step] = steps.as_slice()
            && others >= CONVENTION
            && is_swapped
            && *code > next.saturating_mul(2)
        {
            odd.push((*step, OddAlone::Code(*next)));
        }
    }
    odd
}

/// The standard name that `name` is with another character of the same reading, or with two characters in the other order.
fn misspelled_standard(name: &str) -> Option<&'static str> {
    let chars: Vec<char> = name.chars().collect();
    let is_standard = STANDARD.split_whitespace().any(|standard| standard == name);
    let is_slip = |standard: &str| {
        let differing: Vec<(char, char)> =
            name.chars().zip(standard.chars()).filter(|(one, other)| one != other).collect();
        standard.chars().count() == chars.len()
            && match differing.as_slice() {
                [(one, other)] => same_reading(*one, *other),
                [one, other] => one.0 == other.1 && one.1 == other.0 && strsim::osa_distance(name, standard) == 1,
                _ => false,
            }
    };
    STANDARD.split_whitespace().find(|standard| !is_standard && is_slip(standard))
}

fn report_alone(step: Step<'_>, odd: &OddAlone, findings: &mut Findings) {
    let Step { code, name, span } = step;
    let message = match odd {
        OddAlone::Name(written, right) => say!(
            ja: "科目「{code}{name}」の「{written}」は、「{right}」と読みの同じ1文字か、隣り合う2文字の順だけが違います",
            en: "`{written}` in the account `{code}{name}` is `{right}` with another character of the same reading, or in another order"
        ),
        OddAlone::Level(here, elsewhere) => say!(
            ja: "科目「{code}{name}」は、ここでは{here}段目、ほかでは{elsewhere}段目です",
            en: "the account `{code}{name}` is step {here} here, but step {elsewhere} elsewhere",
            here = here + 1,
            elsewhere = elsewhere + 1
        ),
        OddAlone::Code(next) => say!(
            ja: "科目「{code}{name}」の番号が、同じ段階のほかの番号（最大{next}）から離れています",
            en: "the code of the account `{code}{name}` is far from the other codes of its level, which end at {next}"
        ),
    };
    findings.add_as(Confidence::Possible, span, "account", message, help());
}

/// How the form of an account differs from that of all others.
#[derive(Clone, Copy)]
enum OddForm<'r> {
    /// The only one with this number of steps, and the number of the others.
    Steps(usize, usize),
    /// A step without the code that it has elsewhere.
    Code(&'r str, &'r str),
    /// The only step below the fund that does not end in 費.
    Ending(&'r str),
}

/// Number of accounts from which on a form that all share is a convention.
const CONVENTION: usize = 4;

/// Accounts whose form differs from that of all other accounts of the strategy.
fn odd_forms(report: &Report, ix: StrategyIx) -> Vec<(&Account, OddForm<'_>)> {
    let mut odd = Vec::new();
    let accounts: Vec<(&Account, Vec<&str>)> = report
        .nodes(ix)
        .flat_map(|(_, node)| &node.accounts)
        .map(|account| (account, steps(&account.printed)))
        .collect();
    let mut coded: BTreeMap<&str, Vec<(&str, Span)>> = BTreeMap::new();
    for (account, steps) in &accounts {
        let steps = steps.iter().map(|step| split(step));
        for (code, name) in steps.filter(|(code, name)| !code.is_empty() && !name.is_empty()) {
            coded.entry(name).or_default().push((code, account.span));
        }
    }
    for (account, steps) in &accounts {
        let own = steps.len();
        let others = || accounts.iter().filter(|(other, _)| other.span != account.span);
        let count = others().count();
        let usual = others().next().map_or(0, |(_, steps)| steps.len());
        if count >= CONVENTION && usual != own && others().all(|(_, steps)| steps.len() == usual) {
            odd.push((*account, OddForm::Steps(own, usual)));
            continue;
        }
        // 06企画費 without its code is the last step or part of the one before it.
        let code_elsewhere = |name: &str| {
            let mut codes = coded.get(name)?.iter().rev();
            codes.find(|(_, span)| *span != account.span).map(|(code, _)| *code)
        };
        let bare = steps.iter().flat_map(|step| split(step).1.split('・')).find_map(|name| {
            let whole = steps.iter().any(|step| !split(step).0.is_empty() && split(step).1 == name);
            code_elsewhere(name).filter(|_| !whole).map(|code| (name, code))
        });
        if let Some((name, code)) = bare {
            odd.push((*account, OddForm::Code(name, code)));
            continue;
        }
        // Accounts of public enterprises are not divided into 款, 項 and 目 of expenses.
        let is_general = |steps: &[&'_ str]| steps.first().is_some_and(|fund| fund.ends_with("一般会計"));
        let below = |steps: &[&'_ str]| -> bool {
            steps.iter().skip(1).filter(|step| !split(step).0.is_empty()).all(|step| step.trim_end().ends_with('費'))
        };
        let general = || others().filter(|(_, steps)| steps.len() > 1 && is_general(steps));
        let is_convention = general().count() >= CONVENTION && general().all(|(_, steps)| below(steps));
        if is_convention && is_general(steps) && !below(steps) {
            let step = steps.iter().skip(1).find(|step| !step.trim_end().ends_with('費'));
            odd.extend(step.map(|step| (*account, OddForm::Ending(step.trim()))));
        }
    }
    odd
}

fn report_form(account: &Account, odd: OddForm<'_>, findings: &mut Findings) {
    let message = match odd {
        OddForm::Steps(own, usual) => say!(
            ja: "この科目は{own}段階ですが、ほかの科目はすべて{usual}段階です",
            en: "the account has {own} steps, all others have {usual}"
        ),
        OddForm::Code(name, code) => say!(
            ja: "科目「{name}」に番号がありません（ほかの調書では「{code}{name}」です）",
            en: "the account `{name}` has no code, but is `{code}{name}` elsewhere"
        ),
        OddForm::Ending(step) => say!(
            ja: "科目「{step}」だけ「費」で終わっていません",
            en: "the account `{step}` is the only one that does not end in 費"
        ),
    };
    findings.add_as(Confidence::Possible, account.span, "account", message, help());
}

fn help() -> Bilingual {
    say!(
        ja: "番号と名称を予算書と見比べてください",
        en: "compare code and name with the budget"
    )
}

fn siblings(report: &Report, ix: StrategyIx) -> Siblings<'_> {
    let mut siblings = Siblings::new();
    for account in report.nodes(ix).flat_map(|(_, node)| &node.accounts) {
        let mut above = String::new();
        for printed in steps(&account.printed) {
            let (code, name) = split(printed);
            if !code.is_empty() && !name.is_empty() {
                let step = Step { code, name, span: account.span };
                siblings.entry(above.clone()).or_default().push(step);
            }
            above.push('・');
            above.extend(name.nfkc());
        }
    }
    siblings
}

/// Steps of an account as printed: a dot separates them only if a code follows, because it is also part of names.
pub(super) fn steps(printed: &str) -> Vec<&str> {
    let mut steps = Vec::new();
    let mut start = 0;
    for (at, dot) in printed.match_indices('・') {
        let after = at + dot.len();
        if printed.get(after..).is_some_and(|rest| rest.starts_with(|char: char| char.is_numeric())) {
            steps.extend(printed.get(start..at));
            start = after;
        }
    }
    steps.extend(printed.get(start..));
    steps
}

pub(super) fn split(step: &str) -> (&str, &str) {
    let step = step.trim();
    let end = step.find(|char: char| !char.is_numeric()).unwrap_or(step.len());
    let (code, name) = step.split_at(end);
    (code, name.trim())
}

/// Steps that contradict others, with the step that they contradict and the number of its places.
fn odd_steps<'r>(steps: &[Step<'r>]) -> Vec<(Step<'r>, Step<'r>, usize)> {
    let mut places: BTreeMap<(&str, &str), Vec<Step<'r>>> = BTreeMap::new();
    for step in steps {
        // Another width is left to the rule `odd-character`.
        if step.code.nfkc().eq(step.code.chars()) && step.name.nfkc().eq(step.name.chars()) {
            places.entry((step.code, step.name)).or_default().push(*step);
        }
    }
    let mut odd = Vec::new();
    for ((code, name), own) in &places {
        // Different accounts can have one code where the report omits what is above them; their names differ by more.
        let contradicts = |other_code: &str, other_name: &str| match other_code == *code {
            true => other_name != *name && (is_similar(name, other_name) || are_funds(name, other_name)),
            false => other_name == *name,
        };
        let rivals = places.iter().filter(|((other_code, other_name), _)| contradicts(other_code, other_name));
        let Some(((other_code, other_name), others)) = rivals.max_by_key(|(_, others)| others.len()) else { continue };
        let (Some(first), Some(usual)) = (own.first(), others.first()) else { continue };
        let is_later = if code == other_code {
            // Two names of one code can be two programs of a renamed account; only a slip is reported.
            let is_standard = |name: &str| STANDARD.split_whitespace().any(|standard| standard == name);
            let is_slip = strsim::osa_distance(name, other_name) == 1;
            // Two funds cannot have one code; the later one is in question.
            let is_later_fund = are_funds(name, other_name) && own.len() == 1 && usual.span < first.span;
            is_slip && (is_standard(name), usual.span) < (is_standard(other_name), first.span) || is_later_fund
        } else {
            number(code) > number(other_code)
        };
        // Codes that several funds share are those of kinds of funds.
        let of_code = places.keys().filter(|(other, _)| other == code).count();
        let is_kind = code == other_code && are_funds(name, other_name) && (own.len() > 1 || of_code > 2);
        if !is_kind && (others.len() > own.len() || others.len() == own.len() && is_later) {
            odd.extend(own.iter().map(|step| (*step, *usual, others.len())));
        }
    }
    odd
}

/// Returns true if both are funds: 一般会計, 介護保険特別会計.
fn are_funds(one: &str, other: &str) -> bool {
    one.ends_with("会計") && other.ends_with("会計")
}

/// Returns true if the names differ by a character, or long ones by two.
fn is_similar(one: &str, other: &str) -> bool {
    let length = one.chars().count().min(other.chars().count());
    strsim::osa_distance(one, other) <= if length > 4 { 2 } else { 1 }
}

pub(super) fn number(code: &str) -> Option<u32> {
    code.nfkc().collect::<String>().parse().ok()
}

fn report_step(step: Step<'_>, usual: Step<'_>, count: usize, findings: &mut Findings) {
    let (code, name) = (step.code, step.name);
    let (usual_code, usual_name) = (usual.code, usual.name);
    let message = say!(
        ja: "科目「{code}{name}」が、ほかの{count}か所では「{usual_code}{usual_name}」です",
        en: "the account `{code}{name}` is `{usual_code}{usual_name}` in {count} other places"
    );
    findings.add(step.span, "account", message, help());
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Fixture, program};
    use super::steps;

    fn accounts(accounts: &[&str]) -> Fixture {
        accounts.iter().enumerate().fold(Fixture::new(), |content, (index, account)| {
            let node = format!("+++\nname = 'program {index}'\naccount = '{account}'\n+++\n");
            let id = format!("a{index}");
            content.with(program(&id, "")).file(&format!("programs/{id}/program.md"), &node)
        })
    }

    #[test]
    fn reports_the_less_frequent_pair_of_code_and_name() {
        let usual = "01一般会計・02総務費・01総務管理費・06企画費";
        for odd in [
            "01一般会計・20総務費・01総務管理費・06企画費",
            "01一般会計・02総部費・01総務管理費・06企画費",
            "01一般会計・02総務費・01総務管理費・06計画費",
        ] {
            accounts(&[usual, usual, odd]).assert_finds("account-code", &["programs/a2/program.md:3"]);
        }
        accounts(&[usual, usual, usual]).assert_finds("account-code", &[]);
        accounts(&[usual, "01一般会計・02総務費・01総務管理費・07計画費"]).assert_finds("account-code", &[]);
    }

    #[test]
    fn equally_frequent_pairs_are_decided_by_code_or_similarity() {
        accounts(&["10教育費・50保健体育費", "10教育費・05保健体育費"])
            .assert_finds("account-code", &["programs/a0/program.md:3"]);
        accounts(&["04衛生費・01保健衛生費", "04衛生費・01保険衛生費"])
            .assert_finds("account-code", &["programs/a1/program.md:3"]);
        accounts(&["04衛生費・01保健衛生費", "04衛生費・01清掃費"]).assert_finds("account-code", &[]);
    }

    #[test]
    fn names_that_occur_once_are_compared_with_standard_names_and_usual_words() {
        for odd in ["02総務費・02工民館費", "02総務費・02支場管理費", "02総務費・02児福童祉費"]
        {
            accounts(&[odd]).assert_finds("account-code", &["programs/a0/program.md:3"]);
        }
        accounts(&["02総務費・02港営費"]).assert_finds("account-code", &[]);
    }

    #[test]
    fn a_name_belongs_to_one_step() {
        let usual = "01一般会計・02総務費・01総務管理費";
        accounts(&[usual, usual, "01一般会計・01総務管理費・02総務費"])
            .assert_finds("account-code", &["programs/a2/program.md:3"]);
        accounts(&["07商工費・01商工費", "07商工費・02観光費"]).assert_finds("account-code", &[]);
    }

    #[test]
    fn codes_out_of_sequence_are_slips() {
        let usual = ["10教育費・01教育総務費", "03民生費・02児童福祉費", "04衛生費・03清掃費", "02総務費・04選挙費"];
        let check = |odd: &str, found: &[&str]| {
            accounts(&[&usual[..], &[odd]].concat()).assert_finds("account-code", found);
        };
        check("07商工費・20観光費", &["programs/a4/program.md:3"]);
        check("07商工費・08観光費", &[]);
    }

    #[test]
    fn a_code_belongs_to_one_fund() {
        let usual = "01一般会計・02総務費";
        accounts(&[usual, usual, "01特別会計・02総務費"]).assert_finds("account-code", &["programs/a2/program.md:3"]);
        accounts(&["03介護保険特別会計・01総務費", "03港湾整備特別会計・01港湾費"])
            .assert_finds("account-code", &["programs/a1/program.md:3"]);
        accounts(&["02介護保険特別会計・01総務費", "02港湾整備特別会計・01港湾費", "02墓園事業特別会計・01墓園費"])
            .assert_finds("account-code", &[]);
    }

    #[test]
    fn codes_restart_below_each_account() {
        accounts(&["01一般会計・01議会費", "02特別会計・01総務費"]).assert_finds("account-code", &[]);
    }

    #[test]
    fn dots_separate_steps_only_before_codes() {
        assert_eq!(steps("一般会計・01介護予防・生活支援費・02費"), ["一般会計", "01介護予防・生活支援費", "02費"]);
    }

    #[test]
    fn forms_that_all_others_share_are_conventions() {
        let usual = "01一般会計・02総務費・01総務管理費・06企画費";
        for odd in [
            "01一般会計・02総務費・06企画費",
            "01一般会計・02総務費・01総務管理費・企画費",
            "01一般会計・02総務費・01総務管理費・07情報",
        ] {
            accounts(&[usual, usual, usual, usual, odd]).assert_finds("account-code", &["programs/a4/program.md:3"]);
        }
        accounts(&[usual, usual, usual, usual, "01一般会計・02総務費・01総務管理費・07情報費"])
            .assert_finds("account-code", &[]);
    }
}
