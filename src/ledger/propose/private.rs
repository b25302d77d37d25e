//! Personal data: columns with names, telephone numbers and addresses of persons, by heading and by content.

use super::column::Column;
use super::persons::{FAMILY_NAMES, is_addressed, is_person_name, mentions_person};
use super::words::{ends, has, plain};
use std::collections::{BTreeMap, BTreeSet};

/// Texts of the columns with personal data, which nothing may quote, by their first two characters.
#[derive(Debug, Default)]
pub struct Private {
    texts: BTreeMap<(char, char), BTreeSet<String>>,
}

impl Private {
    /// Adds the texts of a column, except short numbers, which say nothing about a person elsewhere.
    pub fn add(&mut self, column: &Column) {
        let is_telling = |text: &str| text.len() > 5 || text.chars().any(|c| !c.is_ascii_digit() && c != '-');
        for (text, _) in column.distinct.iter().filter(|(text, _)| is_telling(text)) {
            if let Some(beginning) = pairs(text).next() {
                self.texts.entry(beginning).or_default().insert(text.clone());
            }
        }
    }

    /// True if a text contains personal data.
    pub fn is_in(&self, text: &str) -> bool {
        let is_quoted = |pair: (char, char)| {
            self.texts.get(&pair).is_some_and(|texts| texts.iter().any(|private| text.contains(private.as_str())))
        };
        pairs(text).any(is_quoted) || is_contact(text)
    }
}

/// Characters with those that follow them.
fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    text.chars().zip(text.chars().skip(1))
}

/// Endings of the names of organisations.
pub const ORGANISATIONS: [&str; 24] = [
    "部",
    "課",
    "局",
    "室",
    "係",
    "所",
    "館",
    "署",
    "院",
    "校",
    "園",
    "班",
    "庁",
    "会",
    "区",
    "センター",
    "グループ",
    "担当",
    "支所",
    "チーム",
    "事務局",
    "団",
    "社",
    "本部",
];

/// Personal data in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The heading or the content tells that it contains personal data: the reason for leaving it out.
    Certain(&'static str),
    /// It may: what a person should examine.
    Possible(&'static str),
}

/// Whether a column contains personal data; `None` if nothing suggests it.
pub fn finding(column: &Column) -> Option<Finding> {
    let heading = plain(&column.heading).to_lowercase();
    let is_opinion = has(&heading, &["意見", "評価", "コメント", "所見", "総括", "判断"]);
    let is_number_of = has(&heading, &["者数", "人数", "員数", "件数", "回数", "率", "費", "額", "時間", "人工"]);
    if !is_opinion && !is_number_of {
        let is_contact =
            has(&heading, &["電話", "tel", "内線", "fax", "ファックス", "ファクス", "メール", "mail", "連絡先"]);
        if is_contact {
            return Some(Finding::Certain("連絡先（個人に関する情報）"));
        }
        let is_person =
            has(&heading, &["氏名", "職員名", "責任者", "記入者", "作成者", "入力者", "回答者", "生年月日", "住所"])
                || ends(
                    &heading,
                    &["課長", "部長", "係長", "局長", "室長", "所長", "館長", "課長名", "部長名", "係長名", "局長名"],
                )
                || ends(&heading, &["担当者", "担当者名", "担当職員", "主任", "主査"])
                || has(&heading, &["担当者", "受給者名", "対象者名", "申請者名", "代表者", "氏名", "人名"]);
        if is_person {
            // Remarks may hold other things beside names.
            return Some(match has(&heading, &REMARKS) {
                true => Finding::Possible("見出しによると、個人の名があるかもしれません"),
                false => Finding::Certain("個人の名（個人に関する情報）"),
            });
        }
        if has(&heading, &["者名", "名簿", "個人"]) && !has(&heading, &["事業者名", "業者名"]) {
            return Some(Finding::Possible("見出しによると、個人の名があるかもしれません"));
        }
    }
    let share = |is_so: &dyn Fn(&str) -> bool| {
        let found: usize = column.distinct.iter().filter(|(text, _)| is_so(text)).map(|(_, count)| count).sum();
        found * 5 >= column.filled && found > 0
    };
    if share(&is_contact) && !column.is_prose() {
        return Some(Finding::Certain("連絡先（内容による判定）"));
    }
    let is_other = has(&heading, &["指標", "単位", "事業", "施策", "政策", "名称", "目標", "課", "部", "評価"]);
    if share(&is_addressed) && !column.is_numeric() {
        return Some(Finding::Possible("内容に個人の名があるように見えます"));
    }
    if share(&is_person_name) && !column.is_numeric() && !is_other {
        return Some(Finding::Possible("内容が個人の名のように見えます"));
    }
    // A single name or number among other texts is enough for a question.
    let is_told = column.distinct.iter().any(|(text, _)| mentions_person(text));
    if is_told && !column.is_numeric() {
        return Some(Finding::Possible("内容に個人の名があるように見えます"));
    }
    let is_organisation = |text: &str| ends(&plain(text), &ORGANISATIONS);
    if ends(&heading, &["担当", "主担当"]) && column.filled > 0 && !share(&is_organisation) {
        return Some(Finding::Possible("担当者の名かもしれません"));
    }
    None
}

/// Words in headings of remarks.
const REMARKS: [&str; 6] = ["備考", "特記", "摘要", "メモ", "その他", "記事"];

/// Words in headings whose columns describe a program, and not a person.
const SUBJECTS: [&str; 63] = [
    "事業",
    "施策",
    "政策",
    "目標",
    "目的",
    "概要",
    "内容",
    "対象",
    "意図",
    "手段",
    "結果",
    "成果",
    "活動",
    "指標",
    "単位",
    "実績",
    "計画",
    "見込",
    "評価",
    "判定",
    "達成",
    "必要",
    "有効",
    "効率",
    "公平",
    "妥当",
    "優先",
    "方向",
    "課題",
    "改善",
    "取組",
    "進捗",
    "根拠",
    "法令",
    "区分",
    "種別",
    "分類",
    "方法",
    "手法",
    "形態",
    "主体",
    "年度",
    "期間",
    "開始",
    "終了",
    "会計",
    "予算",
    "決算",
    "財源",
    "事業費",
    "人件費",
    "コスト",
    "職員",
    "人工",
    "時間",
    "SDGs",
    "款",
    "節",
    "科目",
    "戦略",
    "公約",
    "重点",
    "番号",
];

/// True if nothing suggests that the texts of a column say anything about a person, so that a comment may show some.
pub fn is_showable(column: &Column) -> bool {
    let heading = plain(&column.heading);
    let is_organisation = || ends(&heading, &["部", "課", "局", "室", "係", "課名", "部名", "係名", "担当課"]);
    let is_figure = || super::totals::is_money(&heading) || super::totals::is_staff(&heading);
    let is_code = || super::words::is_code_heading(&heading);
    let is_year = || super::words::year_in(&heading).is_some() && column.is_numeric();
    finding(column).is_none()
        && !has(&heading, &REMARKS)
        && !ends(&heading, &["先", "相手", "相手方", "者"])
        && (has(&heading, &SUBJECTS) || is_organisation() || is_figure() || is_code() || is_year())
}

/// True for a text that no heading has: a telephone number, an address, a frequent name.
pub fn is_personal(text: &str) -> bool {
    is_contact(text) || is_person_name(text) && FAMILY_NAMES.iter().any(|name| text.starts_with(name))
}

/// True if a heading is that of a unit of a few persons, which tells who they are.
pub fn is_small_unit(column: &Column) -> bool {
    ends(&plain(&column.heading), &["係", "係名", "班", "班名"])
}

/// True if the texts of a column are names of units, and not of persons.
pub fn is_named_as_unit(column: &Column) -> bool {
    column.filled > 0 && column.distinct.iter().all(|(text, _)| ends(&plain(text), &ORGANISATIONS))
}

/// True if the text contains a telephone number or an e-mail address.
pub fn is_contact(text: &str) -> bool {
    let text = plain(text);
    is_address(&text) || has_telephone(&text)
}

fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        name.ends_with(|c: char| c.is_ascii_alphanumeric()) && host.starts_with(|c: char| c.is_ascii_alphanumeric())
    })
}

/// `0192-27-3111`, `(0192)27-3111`: three groups of digits, the first beginning with 0, with 9 to 11 digits in all.
fn has_telephone(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '(' | ')' | '‐' | '−' | 'ー' | '–');
    text.split(|c| !is_part(c)).any(|run| {
        let groups: Vec<&str> = run.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
        let digits: usize = groups.iter().map(|group| group.len()).sum();
        groups.len() == 3 && groups.first().is_some_and(|group| group.starts_with('0')) && (9..=11).contains(&digits)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_recognized() {
        for text in ["0192-27-3111", "（０１９２）２７－３１１１", "電話 090-1234-5678 まで", "a.b@city.example.jp"]
        {
            assert!(is_contact(text), "{text}");
        }
        for text in ["2024-04-01", "1-1-1", "12,345", "03", "@", "01-02-03", "8,100 (R5)"] {
            assert!(!is_contact(text), "{text}");
        }
    }
}
