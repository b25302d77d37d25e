//! Reading of the keys about the use of the data: `license`, `region_code` and dates of publication.

use super::href::href;
use super::item::Item;
use super::table::TomlTable;
use crate::diagnostic::{Rule, say};
use crate::model::{Day, License, PublicationDate, RegionCode, RegionCodeError, Scheme};
use toml::de::DeValue;

/// `license = { name = "CC BY 4.0", url = "https://…" }`.
pub(super) fn license(table: &TomlTable<'_>) -> Option<License> {
    let table = table.table("license")?;
    let (name, url) = (table.required("name"), table.get("url").and_then(|item| href(item, &[Scheme::Web])));
    Some(License { name: name?, url })
}

/// `region_code = "032069"`.
pub(super) fn region_code(table: &TomlTable<'_>) -> Option<RegionCode> {
    let item = table.get("region_code")?;
    let written = item.text()?;
    let error = match RegionCode::parse(&written) {
        Ok(code) => return Some(code),
        Err(error) => error,
    };
    let message = match &error {
        RegionCodeError::NotACode => say!(
            ja: "「{written}」は全国地方公共団体コードではありません",
            en: "`{written}` is not a code of a local government"
        ),
        RegionCodeError::WithoutCheckDigit(_) => say!(
            ja: "「{written}」には検査数字（6桁目）がありません",
            en: "`{written}` lacks the check digit, which is the sixth"
        ),
        RegionCodeError::WrongCheckDigit(_) => say!(
            ja: "「{written}」の検査数字（6桁目）が合いません",
            en: "the check digit of `{written}`, its sixth, is wrong"
        ),
    };
    let help = match &error {
        RegionCodeError::NotACode => say!(
            ja: "総務省の「全国地方公共団体コード」にある6桁の数字を `\"032069\"` のように書いてください",
            en: "write the six digits of the list of the ministry (全国地方公共団体コード), like `\"032069\"`"
        ),
        RegionCodeError::WithoutCheckDigit(code) => {
            say!(ja: "`\"{code}\"` と書いてください", en: "write `\"{code}\"`")
        }
        RegionCodeError::WrongCheckDigit(code) => say!(
            ja: "5桁目までが正しければ `\"{code}\"` です。総務省の「全国地方公共団体コード」で確かめてください",
            en: "if the first five digits are right, it is `\"{code}\"`; compare it with the list of the ministry"
        ),
    };
    item.report(Rule::NotARegionCode, message, help);
    None
}

/// `published = "令和2年9月30日"`, or `{ printed = "令和2年秋", date = "2020-09-30" }`.
pub(super) fn published(item: Item<'_>) -> Option<PublicationDate> {
    let span = item.span();
    let DeValue::Table(_) = item.raw() else {
        let printed = item.date()?;
        return Some(PublicationDate { day: Day::parse(&printed), printed, span });
    };
    let table = item.table()?;
    let (printed, date) = (table.required_item("printed").and_then(Item::text), table.required_item("date"));
    let day = date.and_then(|item| {
        let not_a_day =
            |written: &str| say!(ja: "「{written}」は年月日として読めません", en: "`{written}` is not a day");
        item.parsed(Day::parse, Rule::NotADay, not_a_day)
    });
    Some(PublicationDate { printed: printed?, day, span })
}
