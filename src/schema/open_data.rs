//! Keys about the use of the data, in `site.toml` for all strategies and in `strategy.toml` for one.

use super::ValueType::{Table as OneTable, Text, Url};
use super::{Key, Table, key};

pub(super) const OPEN_DATA: &[Key] = &[
    key(
        "license",
        OneTable(&LICENSE),
        "データの利用条件。site.toml に書くとすべての計画に、strategy.toml に書くとその計画に適用される",
        "terms of use of the data; in site.toml for all strategies, in strategy.toml for one",
        r#"license = { name = "CC BY 4.0", url = "https://creativecommons.org/licenses/by/4.0/deed.ja" }"#,
    )
    .likely_mistakes(&["licence", "terms", "ライセンス", "利用条件", "利用規約"]),
    key(
        "region_code",
        Text,
        "全国地方公共団体コード（検査数字を含む6桁）。site.toml に書くとすべての計画に適用される",
        "code of the local government: six digits with the check digit; in site.toml for all strategies",
        r#"region_code = "032069""#,
    )
    .likely_mistakes(&[
        "code",
        "city_code",
        "団体コード",
        "自治体コード",
        "市町村コード",
        "全国地方公共団体コード",
    ]),
];

static LICENSE: Table = Table::new(
    "license",
    "データの利用条件",
    "Terms of use",
    &[&[
        key("name", Text, "利用条件の名称", "name of the terms", r#"name = "CC BY 4.0""#)
            .required()
            .likely_mistakes(&["title", "名称"]),
        key(
            "url",
            Url,
            "利用条件の本文のアドレス",
            "address of their text",
            r#"url = "https://creativecommons.org/licenses/by/4.0/deed.ja""#,
        )
        .likely_mistakes(&["href", "path", "アドレス"]),
    ]],
);
