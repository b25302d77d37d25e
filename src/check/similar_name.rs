//! The rule `similar-name`.

mod bureaus;
mod in_texts;
mod ordinals;
mod organizations;
mod relatives;

use super::name_slip::{Slip, is_word_apart, slip};
use super::office_words::misspelled_word;
use super::visit::{is_in_texts, strategies};
use super::words::pairs_of;
use super::{Findings, Lint};
use crate::diagnostic::{Bilingual, Confidence, Rule, Span, say};
use crate::model::{EditionIx, InCharge, Kind, Node, Report, Strategy, StrategyIx};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

pub(super) const LINT: Lint = Lint {
    rule: Rule::SimilarName,
    title: Bilingual {
        ja: "担当や会計の名前が、ほかの調書にある名前とわずかに違う",
        en: "a department or account whose name differs slightly from a more frequent one",
    },
    explanation: Bilingual {
        ja: "担当や会計の名前の打ち間違いは、別の担当の調書に見えてしまいます。計画ごとに名前を数え、1か所にしかない名前を、\
             2か所以上にある名前と比べます（担当は同じ版のものだけ）。違いが、表記（子ども・こども、空白、異体字、全角）、\
             「課」と「室」などの呼び方、途中の1文字の脱落・追加・入れ替わり、語順、「課」の抜け、この計画のどこにも出てこない1文字のときに\
             指摘します。3文字の名前の文字の違いは、同じ読みの文字（福址課）だけを比べます（総務課と税務課は別の課です）。\
             二つの名前が1か所ずつのときは、計画のどこにもない言葉になるほうを指摘します。1か所にしかない名前に、通常の用語と同じ読みの1文字か隣り合う\
             2文字の順だけが違う言葉（危機官理課）があるとき、ほかと違う局の下にある課、局名の抜けた課、局と課の言葉が入れ替わった名前、局名との間に空白のない課、\
             施策の担当が事業のどの担当とも1文字違うとき（ほかの施策の担当の8割以上が事業の担当でもあるとき）も指摘します。\
             文章の中に1か所しかない課や室、NPO法人などの名前も、ほかの文章や担当の名前とわずかに違うときに指摘します。「第6次振興計画」のような計画の次数が、ほかの文章や\
             計画の題名と違うときも指摘します。",
        en: "A mistyped department seems to be another one. Names are counted within each strategy; a name that occurs \
             once is compared with names that occur at least twice (departments in the same edition). Reported are \
             differences of spelling (kana or kanji, spaces, variants of characters, width), of the kind of office (課, \
             室), one character missing, added or swapped within the name, and one character that forms words found \
             nowhere else in the strategy. Letters of names of three characters are compared only if they have the same \
             reading: 総務課 and 税務課 are different offices. Of two names that occur once each, the one with words of no text is \
             reported. Also reported are words that are a usual word but for a character of the same reading or two \
             characters in the other order (危機官理課), and an office below another bureau, without its bureau or without the space \
             after it, and departments of a policy that differ by one character from one of its \
             programs (if 80% of those of other policies are departments of their programs). Also reported are an office whose word is \
             swapped with that of its bureau, and a name of an office or of an organization (after NPO法人 and the like) that occurs in \
             one text, and differs slightly from departments or from names of other texts, and the only number of a plan \
             (第6次振興計画) that differs from the others and from titles.",
    },
    example: concat!("department = \"子育て支援課\"    # 5 files\n", "department = \"子育支援課\"      # 1 file",),
    remedy: Bilingual {
        ja: "資料のとおりの名前に直してください。本当に別の担当なら、確認済みにしてください。",
        en: "Write the name of the source. If it is a different office, acknowledge the finding.",
    },
    confidence: Confidence::Likely,
    run,
};

/// One place of a name.
#[derive(Clone, Copy)]
struct Place<'r> {
    span: Span,
    /// Edition of a sheet; `None` in the file of a node, which is valid for all editions.
    edition: Option<EditionIx>,
    kind: Kind,
    node: &'r str,
    key: &'static str,
}

/// Names with their places.
type Names<'r> = BTreeMap<String, Vec<Place<'r>>>;

fn run(report: &Report, findings: &mut Findings) {
    organizations::check(report, findings);
    for (ix, strategy) in strategies(report) {
        let (mut departments, mut accounts) = (Names::new(), Names::new());
        collect(report, ix, &mut departments, &mut accounts);
        bureaus::report_other_bureaus(&departments, findings);
        bureaus::report_missing_bureaus(&departments, findings);
        bureaus::report_swapped(&departments, findings);
        in_texts::check(report, ix, &departments, findings);
        ordinals::check(report, ix, findings);
        bureaus::report_spaces(&departments, findings);
        let (mut vocabulary, mut reported) = (None, relatives::check(report, ix, &departments, findings));
        for names in [departments, accounts, raised_by(report, ix)] {
            let near = Near::new(&names);
            // Names with a single place are compared with the frequent ones, of which a strategy has few.
            let frequent: Vec<(&String, &Vec<Place<'_>>)> =
                names.iter().filter(|(_, places)| count(places) > 1).collect();
            for (name, places) in names.iter().filter(|(_, places)| count(places) == 1) {
                let Some(place) = places.first() else { continue };
                let similar = frequent.iter().filter_map(|(other, others)| {
                    let others = comparable(place, others);
                    let slip = (others.len() > 1).then(|| slip(name, other))??;
                    let mut unseen = || {
                        let vocabulary = vocabulary.get_or_insert_with(|| Vocabulary::new(report, ix, strategy));
                        vocabulary.lacks(name, other)
                    };
                    let is_reported = match slip {
                        Slip::Rank => is_only_rank(name, place, &names),
                        Slip::Letter => unseen(),
                        Slip::Spelling | Slip::Office | Slip::Missing => true,
                    };
                    is_reported.then_some((*other, others.len(), slip))
                });
                let most = similar.max_by_key(|(_, count, _)| *count);
                let most = most.or_else(|| {
                    let (other, slip) = near.only_other(name, place, &names)?;
                    let mut lacks = |name: &str, other: &str| {
                        let vocabulary = vocabulary.get_or_insert_with(|| Vocabulary::new(report, ix, strategy));
                        vocabulary.lacks(name, other)
                    };
                    // The characters of the slip form words that no text has, or no other name ends like it.
                    let has_slip = match slip {
                        Slip::Office | Slip::Rank => ends_alone(name, &names) && !ends_alone(other, &names),
                        Slip::Spelling | Slip::Missing | Slip::Letter => lacks(name, other) && !lacks(other, name),
                    };
                    has_slip.then_some((other, 1, slip))
                });
                let most = most.or_else(|| Some((fund_apart(name, place, &names)?, 1, Slip::Missing)));
                // A part of a name and the whole name differ for the same reason.
                if let Some((other, count, slip)) = most {
                    if reported.insert(place.span) {
                        report_name(name, place, other, count, slip, findings);
                    }
                    continue;
                }
                let is_known = |written: &str| {
                    is_in_texts(report, ix, written)
                        || names.keys().filter(|other| *other != name && other.contains(written)).count() > 1
                };
                if let Some((written, word)) = misspelled_word(name, is_known)
                    && reported.insert(place.span)
                {
                    report_word(name, place, written, word, findings);
                }
            }
        }
    }
}

/// Number of nodes in which a name occurs.
fn count(places: &[Place<'_>]) -> usize {
    places.iter().map(|place| (place.kind, place.node)).collect::<BTreeSet<_>>().len()
}

/// Nodes that have the name in the edition of `place`. Offices are renamed between editions.
fn comparable<'r>(place: &Place<'r>, others: &[Place<'r>]) -> BTreeSet<(Kind, &'r str)> {
    let at_same_time = |other: &&Place<'_>| match (place.edition, other.edition) {
        (Some(edition), Some(other)) => edition == other,
        _ => true,
    };
    others.iter().filter(at_same_time).map(|other| (other.kind, other.node)).collect()
}

fn collect<'r>(report: &'r Report, ix: StrategyIx, departments: &mut Names<'r>, accounts: &mut Names<'r>) {
    for (_, node) in report.nodes(ix) {
        let mut add = |in_charge: &'r [InCharge], edition| {
            for department in in_charge {
                let place =
                    Place { span: department.span, edition, kind: node.kind, node: &node.id, key: "department" };
                // 健康福祉局 保険年金課: both parts are names of their own.
                let whole = department.name.trim();
                for name in whole.split_whitespace() {
                    departments.entry(name.to_owned()).or_default().push(place);
                }
                if whole.contains(char::is_whitespace) {
                    departments.entry(whole.to_owned()).or_default().push(place);
                }
            }
        };
        add(&node.departments, None);
        node.sheets.iter().for_each(|sheet| add(&sheet.departments, Some(sheet.edition)));
        for account in &node.accounts {
            let place = Place { span: account.span, edition: None, kind: node.kind, node: &node.id, key: "account" };
            let parts = account.printed.split('・').map(str::trim);
            let names = parts.filter(|part| !part.is_empty() && !part.contains(|char: char| char.is_numeric()));
            names.for_each(|name| accounts.entry(name.to_owned()).or_default().push(place));
        }
    }
}

/// The only other fund (会計) whose name differs by one word, and which does not occur less often: 国民健康保険特別会計,
/// 国民健康保険事業特別会計. Of two that occur once, the later one is in question.
fn fund_apart<'n>(name: &str, place: &Place<'_>, names: &'n Names<'_>) -> Option<&'n String> {
    let is_fund = |name: &str| name.ends_with("会計");
    let mut others = names.iter().filter(|(other, places)| {
        let is_earlier = count(places) > 1 || places.iter().all(|of| of.span < place.span);
        is_fund(name) && is_fund(other) && is_earlier && is_word_apart(name, other)
    });
    let (Some((only, _)), None) = (others.next(), others.next()) else { return None };
    Some(only)
}

/// Who made the remarks that sheets answer.
fn raised_by(report: &Report, ix: StrategyIx) -> Names<'_> {
    let mut names = Names::new();
    for (_, node) in report.nodes(ix) {
        for sheet in &node.sheets {
            for response in &sheet.responses {
                let Some(name) = &response.raised_by else { continue };
                let edition = Some(sheet.edition);
                let place = Place { span: response.span, edition, kind: node.kind, node: &node.id, key: "response" };
                names.entry(name.clone()).or_default().push(place);
            }
        }
    }
    names
}

/// Names by what remains of them without one character: names that differ by one character, or by two characters in the other
/// order, have a remainder in common. This avoids the comparison of each name with each other.
struct Near<'n>(HashMap<String, Vec<&'n str>>);

impl<'n> Near<'n> {
    fn new(names: &'n Names<'_>) -> Self {
        let mut remainders: HashMap<String, Vec<&'n str>> = HashMap::new();
        for name in names.keys() {
            remainders_of(name).into_iter().for_each(|rest| remainders.entry(rest).or_default().push(name));
        }
        Self(remainders)
    }

    /// The only name at other places that differs from `name` by a slip.
    fn only_other(&self, name: &str, place: &Place<'_>, names: &'n Names<'_>) -> Option<(&'n String, Slip)> {
        let mut others: BTreeSet<&str> = BTreeSet::new();
        remainders_of(name).iter().filter_map(|rest| self.0.get(rest)).for_each(|near| others.extend(near));
        let mut similar = others.into_iter().filter_map(|other| {
            let (other, places) = names.get_key_value(other)?;
            let is_other_place = places.iter().all(|of| of.span != place.span) && !comparable(place, places).is_empty();
            Some((other, slip(name, other).filter(|_| is_other_place)?))
        });
        let (Some(only), None) = (similar.next(), similar.next()) else { return None };
        Some(only)
    }
}

/// A name without each of its characters, and the whole name.
fn remainders_of(name: &str) -> BTreeSet<String> {
    let without = |(at, char): (usize, char)| {
        let (before, after) =
            (name.get(..at).unwrap_or_default(), name.get(at + char.len_utf8()..).unwrap_or_default());
        format!("{before}{after}")
    };
    name.char_indices().map(without).chain([name.to_owned()]).collect()
}

/// Returns true if no other name ends in the same character.
fn ends_alone(name: &str, names: &Names<'_>) -> bool {
    let last = name.chars().next_back();
    names.keys().filter(|other| other.as_str() != name).all(|other| other.chars().next_back() != last)
}

/// Returns true if no other department of the same level ends like `name`: a 課 among 部.
fn is_only_rank(name: &str, place: &Place<'_>, names: &Names<'_>) -> bool {
    let last = name.chars().last();
    let of_level = names.iter().filter(|(_, places)| places.iter().any(|other| other.kind == place.kind));
    let mut others = of_level.filter(|(other, _)| other.as_str() != name).peekable();
    others.peek().is_some() && others.all(|(other, _)| other.chars().last() != last)
}

/// Pairs of adjacent characters in all texts and names of a strategy, except departments and accounts.
struct Vocabulary {
    pairs: HashSet<[char; 2]>,
    /// Number of names with each pair, which must be more than the name in question.
    names: HashMap<[char; 2], usize>,
}

impl Vocabulary {
    fn new(report: &Report, ix: StrategyIx, strategy: &Strategy) -> Self {
        let mut pairs = HashSet::new();
        let mut names: HashMap<[char; 2], usize> = HashMap::new();
        let mut add = |text: &str| pairs.extend(pairs_of(text));
        [&strategy.title, &strategy.publisher, &strategy.body.markdown].into_iter().for_each(|text| add(text));
        for (_, node) in report.nodes(ix) {
            add(&node.name);
            node.prose().for_each(|prose| add(&prose.markdown));
            node.indicators.iter().for_each(|indicator| add(&indicator.name));
            let mut distinct: BTreeSet<&str> = BTreeSet::new();
            distinct.extend(departments(node).map(|department| department.name.as_str()));
            distinct.extend(node.accounts.iter().map(|account| account.printed.as_str()));
            for name in distinct {
                pairs_of(name).for_each(|pair| *names.entry(pair).or_default() += 1);
            }
        }
        Self { pairs, names }
    }

    /// Returns true if two adjacent characters occur in a text or in several names.
    fn knows(&self, pair: [char; 2]) -> bool {
        self.pairs.contains(&pair) || self.names.get(&pair).is_some_and(|count| *count > 1)
    }

    /// Returns true if the character in which `name` differs from `other` forms no pair that occurs elsewhere.
    fn lacks(&self, name: &str, other: &str) -> bool {
        let usual: HashSet<[char; 2]> = pairs_of(other).collect();
        let mut own = pairs_of(name).filter(|pair| !usual.contains(pair)).peekable();
        own.peek().is_some() && own.all(|pair| !self.knows(pair))
    }
}

fn departments(node: &Node) -> impl Iterator<Item = &InCharge> {
    node.departments.iter().chain(node.sheets.iter().flat_map(|sheet| &sheet.departments))
}

fn report_name(name: &str, place: &Place<'_>, other: &str, count: usize, slip: Slip, findings: &mut Findings) {
    let message = match slip {
        Slip::Spelling => say!(
            ja: "「{name}」はここだけで、ほかの{count}件には同じ読みの「{other}」と記載されています",
            en: "`{name}` occurs only here; {count} others spell it `{other}`"
        ),
        Slip::Office | Slip::Rank => say!(
            ja: "「{name}」はここだけで、ほかの{count}件には「{other}」と記載されています",
            en: "`{name}` occurs only here; {count} others have `{other}`"
        ),
        Slip::Missing | Slip::Letter => say!(
            ja: "「{name}」はここだけで、ほかの{count}件にある「{other}」と1文字違います",
            en: "`{name}` occurs only here, and differs by one character from `{other}` of {count} others"
        ),
    };
    findings.add(place.span, place.key, message, compare_help(other));
}

fn report_word(name: &str, place: &Place<'_>, written: &str, word: &str, findings: &mut Findings) {
    let message = say!(
        ja: "「{name}」の「{written}」は、本文にもほかの調書にもない言葉で、「{word}」と読みか並び順だけが違います",
        en: "`{written}` in `{name}` is a word of no text or other sheet; with another character of the same reading, or in \
             another order, it is `{word}`"
    );
    findings.add_as(Confidence::Possible, place.span, place.key, message, compare_help(word));
}

fn compare_help(right: &str) -> Bilingual {
    say!(
        ja: "「{right}」の書き間違いでないか、資料と見比べてください",
        en: "compare with the source whether `{right}` is meant"
    )
}

#[cfg(test)]
mod tests {
    use super::super::name_slip::{Slip, slip};
    use super::super::testing::{Fixture, program};

    fn departments(names: &[&str]) -> Fixture {
        names.iter().enumerate().fold(Fixture::new(), |content, (index, name)| {
            let node = format!("+++\nname = 'program {index}'\ndepartment = '{name}'\n+++\n林業の振興\n");
            let id = format!("a{index}");
            content.with(program(&id, "")).file(&format!("programs/{id}/program.md"), &node)
        })
    }

    fn check(usual: &str, odd: &str, expected: bool) {
        let found: &[&str] = if expected { &["programs/a2/program.md:3"] } else { &[] };
        departments(&[usual, usual, odd]).assert_finds("similar-name", found);
    }

    #[test]
    fn reports_slips_of_typing() {
        check("子育て支援課", "子育支援課", true);
        check("産業政策課", "産業政策室", true);
        check("商工観光課", "商工観交課", true);
        check("商工観光課", "商工光観課", true);
        check("こども家庭課", "子ども家庭課", true);
        check("健康福祉局 こども課", "健康福祉局こども課", true);
        check("福祉課", "福祉 課", true);
        check("こども局 家庭課", "子ども局 家庭課", true);
    }

    #[test]
    fn different_offices_have_similar_names() {
        check("総務課", "税務課", false);
        check("環境政策課", "環境課", false);
        check("水道管理課", "下水道管理課", false);
        check("北部管理課", "南部管理課", false);
        check("農業振興課", "林業振興課", false);
    }

    #[test]
    fn reports_an_office_of_another_rank_only_if_its_level_has_none() {
        check("政策企画部", "政策企画課", true);
        departments(&["政策企画部", "政策企画部", "政策企画課", "税務課"]).assert_finds("similar-name", &[]);
    }

    #[test]
    fn names_that_occur_twice_are_no_slips() {
        departments(&["産業政策課", "産業政策課", "産業政策室", "産業政策室"]).assert_finds("similar-name", &[]);
    }

    #[test]
    fn offices_are_renamed_between_editions() {
        let renamed = departments(&["", "", ""]).edition("2024", "R6");
        let sheet = |name: &str| format!("+++\ndepartment = '{name}'\n+++\n");
        let with = |content: Fixture, id: &str, old: &str, new: &str| {
            content
                .file(&format!("programs/{id}/2023.md"), &sheet(old))
                .file(&format!("programs/{id}/2024.md"), &sheet(new))
        };
        let nodes = ["a0", "a1", "a2"]
            .into_iter()
            .fold(renamed, |content, id| content.file(&format!("programs/{id}/program.md"), "+++\nname = 'A'\n+++\n"));
        let content = with(with(nodes, "a0", "企画政策課", "企画政策室"), "a1", "企画政策課", "企画税務課");
        with(content, "a2", "企画政策課", "税務企画課").assert_finds("similar-name", &[]);
    }

    #[test]
    fn reports_accounts() {
        let content =
            ["一般会計", "一般会計", "一搬会計"].into_iter().enumerate().fold(Fixture::new(), |content, (i, name)| {
                let node = format!("+++\nname = 'program {i}'\naccount = '{name}'\n+++\n");
                content.with(program(&format!("a{i}"), "")).file(&format!("programs/a{i}/program.md"), &node)
            });
        content.assert_finds("similar-name", &["programs/a2/program.md:3"]);
    }

    #[test]
    fn classifies_differences() {
        assert_eq!(slip("子ども課", "こども課"), Some(Slip::Spelling));
        assert_eq!(slip("企画室", "企画課"), Some(Slip::Office));
        assert_eq!(slip("企画部", "企画課"), Some(Slip::Rank));
        assert_eq!(slip("企画政策課", "企画政策課"), None);
    }

    #[test]
    fn names_lack_an_office_or_a_word_or_are_in_another_order() {
        for (written, usual) in [
            ("産業政策", "産業政策課"),
            ("産業政策課長", "産業政策課"),
            ("学校教育科", "学校教育課"),
            ("推進健康課", "健康推進課"),
            ("行政レビュー推進チーム", "行政事業レビュー推進チーム"),
        ] {
            assert_eq!(slip(written, usual), Some(Slip::Missing), "{written}");
        }
        assert_eq!(slip("環境館", "環境課"), None);
    }

    #[test]
    fn reports_an_office_of_another_bureau() {
        departments(&["福祉局 年金課", "福祉局 年金課", "道路局 年金課", "道路局 維持課"])
            .assert_finds("similar-name", &["programs/a2/program.md:3"]);
        departments(&["福祉局 年金課", "道路局 年金課"]).assert_finds("similar-name", &[]);
        departments(&["福祉局 年金課", "道路局 年金課", "福祉局 児童課"])
            .assert_finds("similar-name", &["programs/a1/program.md:3"]);
        departments(&["福祉局 総務課", "道路局 総務課", "福祉局 児童課"]).assert_finds("similar-name", &[]);
    }

    #[test]
    fn reports_an_office_without_its_bureau() {
        departments(&["福祉局 年金課", "福祉局 年金課", "年金課"])
            .assert_finds("similar-name", &["programs/a2/program.md:3"]);
    }

    #[test]
    fn reports_swapped_words_of_bureau_and_office() {
        departments(&["福祉局 児童課", "児童局 福祉課", "福祉局 介護課"])
            .assert_finds("similar-name", &["programs/a1/program.md:3"]);
        departments(&["福祉局 児童課", "児童局 福祉課"]).assert_finds("similar-name", &[]);
    }

    #[test]
    fn decides_between_two_names_by_the_words_of_the_texts() {
        let content = departments(&["環境政策課", "環境政課", "道路課"]);
        content
            .file("programs/a2/program.md", "+++\nname = '環境政策の推進'\ndepartment = '道路課'\n+++\n政策課の仕事\n")
            .assert_finds("similar-name", &["programs/a1/program.md:3"]);
    }

    #[test]
    fn reports_words_with_a_slip_of_conversion() {
        departments(&["危機官理課", "道路課"]).assert_finds("similar-name", &["programs/a0/program.md:3"]);
        departments(&["企画監理課", "道路課"]).assert_finds("similar-name", &[]);
    }

    #[test]
    fn reports_the_only_name_without_a_space_after_its_bureau() {
        let usual = ["経済局 農政課", "経済局 商工課", "福祉局 保護課", "福祉局 介護課"];
        let check = |odd: &str, expected: &[&str]| {
            departments(&[&usual[..], &[odd]].concat()).assert_finds("similar-name", expected);
        };
        check("経済局 市場課", &[]);
        check("経済局市場課", &["programs/a4/program.md:3"]);
        check("市場課", &[]);
    }

    #[test]
    fn reports_a_fund_whose_name_differs_by_a_word() {
        let check = |other: &str, expected: &[&str]| {
            let names = ["国民健康保険特別会計", other];
            let content = names.iter().enumerate().fold(Fixture::new(), |content, (index, name)| {
                let node = format!("+++\nname = 'program {index}'\naccount = '{name}・総務費'\n+++\n");
                let id = format!("a{index}");
                content.with(program(&id, "")).file(&format!("programs/{id}/program.md"), &node)
            });
            content.assert_finds("similar-name", expected);
        };
        check("国民健康保険特別会計", &[]);
        check("国民健康保険事業特別会計", &["programs/a1/program.md:3"]);
        check("介護保険特別会計", &[]);
    }
}
