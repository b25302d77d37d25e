//! Vocabulary of names of departments and accounts, to recognize slips of typing and conversion in names that occur only
//! once.
//!
//! A slip leaves a word that is none: 危機官理課, 政財課. Whether a name that is not in any list is right cannot be known, so
//! only one that becomes a usual word is reported: by another character of the same reading, as conversion offers them, or
//! by two characters in the other order.

use super::words::contains_any;

/// Words that names of departments usually consist of.
const WORDS: &str = "総務 庶務 秘書 人事 職員 給与 行政 改革 政策 市政 町政 村政 県政 区政 企画 計画 調整 総合 戦略 経営 推進 振興 \
    対策 支援 相談 指導 整備 建設 建築 営繕 管理 監理 維持 保全 保守 施設 設備 開発 事業 契約 検査 財政 財務 財産 管財 資産 税務 \
    課税 納税 徴収 収納 債権 会計 出納 用地 議会 選挙 監査 広報 広聴 公聴 公報 情報 統計 電算 法務 法制 文書 防災 防犯 危機 消防 \
    警防 予防 救急 救助 交通 安全 安心 市民 町民 村民 区民 住民 戸籍 窓口 生活 暮らし 消費 環境 衛生 清掃 廃棄 資源 循環 \
    公害 美化 温暖化 脱炭素 緑地 緑化 公園 墓園 墓地 斎場 自然 森林 農林 農業 農政 農村 農地 耕地 畜産 林業 林務 水産 漁業 漁港 \
    海洋 海域 水質 水道 上水 下水 給水 配水 浄水 工務 業務 河川 沿岸 港湾 空港 道路 土木 橋梁 用水 治水 雨水 都市 市街地 \
    地域 地区 住宅 宅地 景観 区画 商工 商業 工業 産業 経済 労働 雇用 企業 起業 創業 誘致 立地 観光 物産 交流 国際 移住 定住 \
    福祉 社会 高齢 長寿 介護 障害 児童 保育 育成 子育て こども 子ども 家庭 母子 青少年 少年 若者 女性 男女 共同 参画 人権 平和 \
    年金 国保 国民 健康 健幸 保険 保健 医療 看護 病院 診療 地域包括 包括 教育 共育 学校 学務 学習 生涯 社会教育 給食 文化 文化財 \
    芸術 図書 公民館 美術 博物 体育 スポーツ 競技 運動 協働 自治 協創 共創 創生 創成 創造 未来 魅力 情報化 デジタル 特定 普及 啓発 \
    一般 特別 会計 基金 公債 共済 貸付 資金 奨学 市場 卸売 中央 公設 駐車 自動車 運送 集落 排水 簡易 再開発 土地 取得 勤労者 病床 \
    介護保険 健康保険 国民健康保険 保険年金 医療保険 保健衛生 保健福祉 保健体育 保健予防 母子保健 精神保健 後期高齢者 高齢者医療 地域包括支援 \
    特定健康診査 健康増進 子育て支援 生涯学習 学校教育 社会教育 児童福祉 社会福祉 障害福祉 高齢福祉 青少年 男女共同参画 産業振興 \
    農業振興 商工観光 商業振興 危機管理 地域振興 企画政策 政策企画 総合政策 情報政策 環境政策 資産経営 土地区画整理 市街地再開発 \
    農業集落排水 公共下水道 下水道事業 水道事業 病院事業 交通事業 墓園事業 市場事業 港湾整備 自動車運送 福祉資金 寡婦福祉資金 \
    一般会計 特別会計 事業会計 収益的支出 資本的支出 建設改良";

/// Characters with the same reading (音読み), between which conversion can confuse.
const READINGS: &str = "安案暗 移以医意位委異衣遺囲維違威 員因院飲引印 運雲 営衛英永映影栄 園遠延円縁塩炎沿演 課化果過加科価花火荷家可歌河貨 \
    会回改海界快階開解介械街絵 害外街涯崖該概 画各確格拡革 管官館監完換観勧感間関簡看患漢幹慣干刊環還款 企機気危基期起帰記器季紀規貴希寄 \
    救球急休吸宮級求給究旧及 境鏡教協共強興郷競橋況響供 区苦句 計系係経形軽恵警景型契啓継携敬径渓 健建件検研県険献見兼券権憲軒 \
    元源原減限現言験 雇呼故固個古戸庫湖 公工功効攻校高行港光交向広考航項講購耕鉱更構幸候孝抗厚好口康 護後語午誤娯 査差佐左砂鎖 \
    災採最祭細再際歳才妻済彩栽斎債催 財在材罪 策作索昨 産参算散山賛酸三 支資施視祉市師子史士止至始私紙指姿詩誌司試使思址志 \
    児次時事字治示滋持自似辞磁 質室失湿 社者車写捨 住重充従 集習週収周修秋終宗就 循準純順巡 書処初諸所暑庶署緒 \
    商証賞省章消照昭小少症象招笑勝将唱承渉障床焼涉 情場状常上乗城浄条譲 進新信親申心真深診伸針審身森振神 水推吹垂 \
    政制生正成製性征省静清整精声星聖西勢世税 籍席積石責 設説節雪切接 戦線選専船先千宣泉浅 全前然善 素措租組祖 \
    総創送争装相想層窓操倉走奏早草荘 造増像贈蔵 対体隊待帯退 宅択拓託 炭単担短探 地値置知池治致遅 築蓄畜竹 中注駐虫 \
    徴調町長超張朝庁鳥 通痛 定低提程停庭底 電伝田 都徒渡途図斗杜 統当投頭東島登党灯 働動道導同堂童銅 特得徳 農能脳納 廃配敗輩排 \
    般搬版販班半反犯範繁 費比飛非悲否秘避 美備尾 病秒描 付府普不負父夫符富 福副復服複腹 文分聞 平並閉 母募墓簿 保補歩舗捕 \
    報法方包放奉訪豊砲 防妨望房忘帽貿 民眠 務夢無武霧 輸油由 誘有友勇融遊郵優裕 予預余与 用要様容洋陽葉養 来雷頼 理利里離裏 流留硫 \
    療料良量領漁両 緑力 緑録 林輪臨隣 齢例令冷励礼 労老郎浪";

/// Returns true if two different characters have the same reading.
pub(super) fn same_reading(one: char, other: char) -> bool {
    one != other && READINGS.split_whitespace().any(|group| group.contains(one) && group.contains(other))
}

/// Returns true if a character of `name` at the byte offset belongs to a usual word.
fn is_covered(name: &str, at: usize) -> bool {
    WORDS.split_whitespace().any(|word| {
        let mut places = name.match_indices(word);
        places.any(|(start, _)| (start..start + word.len()).contains(&at))
    })
}

/// The usual word that a part of `name` is with one slip, and the part as written.
///
/// `is_known` decides whether a part occurs in a text of the strategy. It is asked only about a slip.
pub(super) fn misspelled_word(name: &str, mut is_known: impl FnMut(&str) -> bool) -> Option<(&str, &'static str)> {
    // A department 科 is one of a hospital or a school.
    let is_medical = contains_any(name, &["病院", "診療", "医", "内", "外", "歯", "学"]);
    if let Some(before) = name.strip_suffix('科').filter(|before| before.chars().count() > 1 && !is_medical) {
        return name.get(before.len()..).filter(|_| !is_known(name)).map(|written| (written, "課"));
    }
    // Offsets of all characters, and the end.
    let offsets: Vec<usize> = name.char_indices().map(|(at, _)| at).chain([name.len()]).collect();
    WORDS.split_whitespace().filter(|word| !name.contains(word)).find_map(|word| {
        let length = word.chars().count();
        // A word without one of its characters is a word only if it is long.
        let lengths = if length > 3 { length - 1..=length } else { length..=length };
        let parts = lengths.flat_map(|length| offsets.windows(length + 1));
        parts.into_iter().find_map(|part| {
            let range = *part.first()?..*part.last()?;
            let written = name.get(range.clone())?;
            let is_slip = is_misspelled(written, word, length);
            // Characters of another usual word are no slip, nor are words of the texts.
            let is_free = || length > 2 || range.clone().all(|at| !name.is_char_boundary(at) || !is_covered(name, at));
            (is_slip && is_free() && !is_usual(written) && !is_known(written)).then_some((written, word))
        })
    })
}

fn is_usual(written: &str) -> bool {
    let is_long = written.chars().count() > 2;
    WORDS.split_whitespace().any(|word| word == written || is_long && word.contains(written))
}

/// Returns true if `written` is `word` with another character of the same reading, with two adjacent characters in the other
/// order, or without a character within it.
fn is_misspelled(written: &str, word: &str, length: usize) -> bool {
    if written.chars().count() < length {
        let common = |one: &mut dyn Iterator<Item = char>, other: &mut dyn Iterator<Item = char>| {
            one.zip(other).take_while(|(one, other)| one == other).count()
        };
        let start = common(&mut written.chars(), &mut word.chars());
        let end = common(&mut written.chars().rev(), &mut word.chars().rev());
        return start > 0 && end > 0 && start + end >= length - 1;
    }
    let mut differing = written.chars().zip(word.chars()).enumerate().filter(|(_, (one, other))| one != other);
    match (differing.next(), differing.next(), differing.next()) {
        (Some((_, (one, other))), None, _) => same_reading(one, other),
        (Some((at, one)), Some((next, other)), None) => next == at + 1 && one.0 == other.1 && one.1 == other.0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str) -> Option<(&str, &'static str)> {
        misspelled_word(name, |_| false)
    }

    #[test]
    fn recognizes_words_with_a_slip() {
        for (name, written, right) in [
            ("危機官理課", "官理", "管理"),
            ("起画課", "起画", "企画"),
            ("高齢副祉課", "副祉", "福祉"),
            ("政財課", "政財", "財政"),
            ("財制局", "財制", "財政"),
            ("水産新興課", "新興", "振興"),
            ("介護保健特別会計", "介護保健", "介護保険"),
            ("国民健保険会計", "健保険", "健康保険"),
            ("一般計会", "計会", "会計"),
            ("観光科", "科", "課"),
        ] {
            assert_eq!(found(name), Some((written, right)), "{name}");
        }
    }

    #[test]
    fn accepts_usual_and_unknown_names() {
        for name in [
            "総務課",
            "税務課",
            "監理課",
            "地域包括ケア推進課",
            "農林水産課",
            "高齢介護課",
            "保健予防課",
            "みどり政策課",
            "海洋ごみ対策室",
            "水産課",
            "市場課",
            "健幸まちづくり課",
            "シティプロモーション推進課",
            "文化財課",
            "市街地整備課",
            "生活環境課",
            "商工観光課",
            "産業経済課",
            "建設管理課",
            "こども未来課",
            "地域づくり課",
            "都市計画課",
            "市政戦略課",
            "上下水道課",
            "学校教育課",
            "生涯学習課",
            "税務住民課",
            "町民福祉課",
            "出納室",
            "河川下水道課",
            "放課後児童課",
        ] {
            assert_eq!(found(name), None, "{name}");
        }
    }

    #[test]
    fn words_of_the_texts_are_no_slips() {
        assert_eq!(misspelled_word("新興課", |written| written == "新興"), None);
    }
}
