//! Texts of the corpus: sentences in the style of reports, selected by a deterministic random number generator.

/// SplitMix64, which is small and sufficiently uniform for a corpus.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x2545_F491_4F6C_DD1D))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `end`, exclusive.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len() as u64) as usize]
    }
}

const GOALS: [&str; 4] = [
    "地域の産業を育て、安心して働けるまちをつくる",
    "人の流れをつくり、訪れたくなるまちをひらく",
    "子どもを産み育てたい希望をかなえるまちを支える",
    "誰もが住み続けられる暮らしの基盤をととのえる",
];
const FIELDS: [&str; 12] = [
    "農業の担い手",
    "中小企業の経営",
    "若者の就業",
    "観光の受入体制",
    "移住と定住",
    "子育て世帯",
    "学校教育",
    "高齢者の見守り",
    "地域公共交通",
    "防災と減災",
    "再生可能エネルギー",
    "市民活動",
];
const VERBS: [&str; 6] = ["支援", "強化", "充実", "推進", "確保", "再編"];
const SUBJECTS: [&str; 8] = [
    "市民と事業者",
    "地域の関係団体",
    "庁内の関係課",
    "地区の自治会",
    "県と周辺の市町村",
    "学校と保護者",
    "商工会と金融機関",
    "医療と介護の事業所",
];
const DEEDS: [&str; 10] = [
    "情報を共有する場を設け、取組の進み具合を四半期ごとに確かめた",
    "説明会を重ね、参加した人から寄せられた意見を翌年度の計画に反映させた",
    "相談窓口を一つにまとめ、手続きにかかる日数を短くした",
    "補助の対象を見直し、これまで届かなかった世帯にも利用を広げた",
    "人材の育成に力を入れ、研修を終えた人が地域で活動を始めた",
    "老朽化した施設の点検を終え、優先して直す箇所を定めた",
    "広報紙とウェブサイトで周知し、問い合わせの件数が前年度を上回った",
    "調査の結果をもとに課題を整理し、改善の方針をまとめた",
    "連携の協定を結び、共同で事業を行う体制をととのえた",
    "参加者の年代に偏りがあるため、開催の時間と場所を改めた",
];
const POINTS: [&str; 6] = [
    "担い手の高齢化が進み、活動を続けるための支えが要る",
    "制度を知らない世帯が多く、届け方を工夫する必要がある",
    "財源に限りがあるため、効果の高い取組に絞って進める",
    "国の制度の変更に合わせて、要綱を見直す",
    "利用した人の声を集め、成果を数字で示せるようにする",
    "近隣の市町と役割を分け、重なりをなくす",
];
const TERMS: [&str; 5] = ["関係人口", "地域共生社会", "デジタル化", "脱炭素", "女性の活躍"];
const MEASURES: [(&str, &str); 8] = [
    ("支援を受けて活動を始めた人", "人"),
    ("相談窓口の利用件数", "件"),
    ("講座と研修の参加者数", "人"),
    ("取組に満足している市民の割合", "%"),
    ("目標を達成した団体の割合", "%"),
    ("新たに利用を始めた世帯数", "世帯"),
    ("連携して行った事業の数", "事業"),
    ("施設の年間利用者数", "人"),
];

pub(super) fn goal(index: usize) -> String {
    GOALS[index % GOALS.len()].to_owned()
}

pub(super) fn policy(random: &mut Random) -> String {
    format!("{}の{}と{}の{}", random.pick(&FIELDS), random.pick(&VERBS), random.pick(&FIELDS), random.pick(&VERBS))
}

/// Name of the program `index`, different from all others of the city.
pub(super) fn program(index: usize) -> String {
    let (field, rest) = (index % FIELDS.len(), index / FIELDS.len());
    let (verb, rest) = (rest % VERBS.len(), rest / VERBS.len());
    format!("{}{}事業（第{}期）", FIELDS[field], VERBS[verb], rest + 1)
}

/// Name, definition and unit of an indicator. Indicators of a node are numbered consecutively, so that their names differ.
pub(super) fn indicator(random: &mut Random, index: usize) -> (String, String, &'static str) {
    let (name, unit) = MEASURES[index % MEASURES.len()];
    let field = random.pick(&FIELDS);
    (format!("{field}に関する{name}"), format!("年度の末までに{field}の取組で数えた{name}"), unit)
}

/// At least `length` characters of Markdown: emphasis, sentences and a list.
pub(super) fn markdown(random: &mut Random, length: usize) -> String {
    let mut out = format!("**{}**を重点として取り組んだ。", random.pick(&TERMS));
    let list: String = (0..3).map(|_| format!("- {}。\n", random.pick(&POINTS))).collect();
    while out.chars().count() + list.chars().count() < length {
        let sentence = format!("{}が{}。", random.pick(&SUBJECTS), random.pick(&DEEDS));
        out.push_str(&sentence);
        if random.below(4) == 0 {
            out.push_str("\n\n");
        }
    }
    format!("{}\n\n{list}", out.trim_end())
}
