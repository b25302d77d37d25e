//! Keys of `site.toml` and `glossary.toml`.

use super::ValueType::{Flag, Language, OneOf, Table as OneTable, Tables, Text, Texts, Url};
use super::open_data::OPEN_DATA;
use super::{FileKind, Key, Table, key};
use crate::diagnostic::Bilingual;

/// `site.toml`.
pub static SITE_FILE: FileKind = FileKind {
    name: "site.toml",
    title: Bilingual { ja: "サイトの設定", en: "Settings of the site" },
    location: "content/site.toml",
    root: &SITE,
};

/// `glossary.toml`.
pub static GLOSSARY_FILE: FileKind = FileKind {
    name: "glossary.toml",
    title: Bilingual { ja: "用語集", en: "Glossary" },
    location: "content/glossary.toml",
    root: &GLOSSARY,
};

static SITE: Table = Table::new("site", "サイトの設定", "Settings of the site", &[SITE_KEYS, OPEN_DATA]);

const SITE_KEYS: &[Key] = &[
    key("title", Text, "サイトの名称", "title of the site", r#"title = "青葉市 計画の進み具合""#)
        .required()
        .likely_mistakes(&["name", "名称", "サイト名", "タイトル"]),
    key(
        "description",
        Text,
        "サイトの説明（1～2 文）",
        "description in one or two sentences",
        r#"description = "総合計画の施策と事務事業の評価を公表しています。""#,
    )
    .likely_mistakes(&["説明", "概要"]),
    key("publisher", Text, "サイトを公表する自治体などの名称", "name of the municipality", r#"publisher = "青葉市""#)
        .likely_mistakes(&["author", "city", "自治体名", "市名", "発行者"]),
    key("lang", Language, "画面の言語（省略すると ja）", "interface language (default: ja)", r#"lang = "ja""#)
        .likely_mistakes(&["language", "言語"]),
    key(
        "base",
        Url,
        "サイトを公開するフォルダーの URL（引用用のアドレスと「見つかりません」のページのリンクに使用）",
        "URL of the folder to which the site is published, for the address to cite and the links of the not-found page",
        r#"base = "https://www.city.example.jp/plan/""#,
    )
    .likely_mistakes(&["url", "address", "base_url", "アドレス"]),
    key(
        "permanent",
        Flag,
        "版ごとに変わらないアドレスのページを作るか（省略すると true）",
        "whether each edition has pages with permanent addresses (default: true)",
        "permanent = true",
    )
    .likely_mistakes(&["permalinks", "permalink"]),
    key(
        "print",
        Flag,
        "印刷用の文書を作るか（省略すると true）",
        "whether to create print documents (default: true)",
        "print = true",
    )
    .likely_mistakes(&["pdf", "印刷"]),
    key(
        "search",
        Flag,
        "サイト内検索を付けるか（省略すると true）",
        "whether the site can be searched (default: true)",
        "search = true",
    )
    .likely_mistakes(&["検索"]),
    key(
        "data",
        Flag,
        "計画ごとに、表計算ソフトなどで使えるデータ（CSV）とその説明のページを作るか（省略すると true）",
        "whether each strategy has its tables as CSV files, and a page that describes them (default: true)",
        "data = true",
    )
    .likely_mistakes(&["csv", "open_data", "opendata", "データ", "オープンデータ"]),
    key(
        "embed",
        Flag,
        "指標のグラフを、ほかのウェブサイトのページに載せられるようにするか（省略すると false）",
        "whether other websites can embed the charts of indicators (default: false)",
        "embed = true",
    )
    .likely_mistakes(&["iframe", "widget", "埋め込み"]),
    key("accent", Text, "見出しやリンクの色", "colour of headings and links", r##"accent = "#1b5e8a""##)
        .likely_mistakes(&["color", "colour", "色"]),
    key(
        "logo",
        OneTable(&LOGO),
        "ページの先頭に表示する市章などの画像",
        "image at the top of the pages",
        "[logo]\nfile = \"crest.svg\"\nalt = \"青葉市章\"",
    )
    .likely_mistakes(&["ロゴ", "市章"]),
    key(
        "image",
        OneTable(&IMAGE),
        "SNS などがサイトへのリンクに添える画像（`base` を指定したときだけ使用）",
        "image that other services, such as social networks, show with links to the site; used only with `base`",
        "[image]\nfile = \"chosha.png\"\nalt = \"青葉市役所の庁舎\"",
    )
    .likely_mistakes(&["og_image", "ogp", "card", "画像"]),
    key(
        "contact",
        OneTable(&CONTACT),
        "サイトについての問い合わせ先",
        "contact for questions about the site",
        "[contact]\nname = \"青葉市 企画課\"",
    )
    .likely_mistakes(&["問い合わせ", "問い合わせ先", "連絡先"]),
    key(
        "link",
        Tables(&LINK),
        "ページの末尾に表示するリンク",
        "links at the bottom of the pages",
        "[[link]]\nlabel = \"青葉市公式サイト\"\nhref = \"https://www.city.example.jp/\"",
    )
    .likely_mistakes(&["links", "リンク"]),
    key(
        "theme",
        Text,
        "独自のテーマのフォルダー（site.toml と同じ場所に置く）",
        "folder of the site's own theme, next to site.toml",
        r#"theme = "midori""#,
    )
    .likely_mistakes(&["テーマ"]),
    key(
        "csp",
        OneOf(&[Text, Flag]),
        "Content-Security-Policy。独自のテーマが外部のものを読み込む場合だけ変更し、`false` で無効にする",
        "Content-Security-Policy, for a custom theme that loads external resources; `false` for none",
        r#"csp = "default-src 'self'""#,
    ),
];

static LOGO: Table = Table::new(
    "logo",
    "市章などの画像",
    "Logo",
    &[&[
        key(
            "file",
            Text,
            "画像のファイル名（site.toml と同じフォルダーに置く）",
            "file name of the image, next to site.toml",
            r#"file = "crest.svg""#,
        )
        .required()
        .likely_mistakes(&["src", "path", "ファイル"]),
        key("alt", Text, "画像の代わりに読み上げられる言葉", "alternative text", r#"alt = "青葉市章""#)
            .required()
            .likely_mistakes(&["text", "代替テキスト"]),
    ]],
);

static IMAGE: Table = Table::new(
    "image",
    "リンクに添える画像",
    "Image of links",
    &[&[
        key(
            "file",
            Text,
            "画像のファイル名（PNG、JPEG、WebP。site.toml と同じフォルダーに置く）",
            "file name of the image (PNG, JPEG or WebP), next to site.toml",
            r#"file = "chosha.png""#,
        )
        .required()
        .likely_mistakes(&["src", "path", "ファイル"]),
        key("alt", Text, "画像の代わりに読み上げられる言葉", "alternative text", r#"alt = "青葉市役所の庁舎""#)
            .required()
            .likely_mistakes(&["text", "代替テキスト"]),
    ]],
);

static CONTACT: Table = Table::new(
    "contact",
    "問い合わせ先",
    "Contact",
    &[&[
        key("name", Text, "担当課などの名称", "name of the office", r#"name = "青葉市 企画課""#)
            .required()
            .likely_mistakes(&["department", "担当課", "名称"]),
        key("address", Text, "所在地", "postal address", r#"address = "〒000-0000 青葉市本町1-1""#)
            .likely_mistakes(&["住所", "所在地"]),
        key("phone", Text, "電話番号", "telephone number", r#"phone = "000-000-0000""#).likely_mistakes(&[
            "tel",
            "電話",
            "電話番号",
        ]),
        key("mail", Text, "メールアドレス", "email address", r#"mail = "kikaku@city.example.jp""#)
            .likely_mistakes(&["email", "メール"]),
        key(
            "url",
            Url,
            "問い合わせのページのアドレス",
            "address of a contact page",
            r#"url = "https://www.city.example.jp/contact/""#,
        )
        .likely_mistakes(&["form", "フォーム"]),
    ]],
);

static LINK: Table = Table::new(
    "link",
    "リンク",
    "Link",
    &[&[
        key("label", Text, "リンクの文字", "text of the link", r#"label = "青葉市公式サイト""#)
            .required()
            .likely_mistakes(&["title", "name", "text"]),
        key("href", Url, "リンク先のアドレス", "destination of the link", r#"href = "https://www.city.example.jp/""#)
            .required()
            .likely_mistakes(&["url", "アドレス"]),
    ]],
);

static GLOSSARY: Table = Table::new(
    "glossary",
    "用語集",
    "Glossary",
    &[&[key(
        "term",
        Tables(&TERM),
        "用語。文章の中で最初に出てきた所に説明が付く",
        "terms; their first occurrence in a text is explained",
        "[[term]]\nterm = \"交流人口\"\nmeaning = \"観光や仕事などでその地域を訪れる人の数\"",
    )
    .likely_mistakes(&["terms", "word", "用語"])]],
);

static TERM: Table = Table::new(
    "term",
    "用語",
    "Term",
    &[&[
        key("term", Text, "用語", "the term", r#"term = "交流人口""#)
            .required()
            .likely_mistakes(&["word", "name", "用語"]),
        key("meaning", Text, "用語の説明", "its explanation", r#"meaning = "観光や仕事などでその地域を訪れる人の数""#)
            .required()
            .likely_mistakes(&["description", "definition", "text", "説明", "意味"]),
        key(
            "reading",
            Text,
            "用語の読み（かな）。用語集のふりがなと検索に使う",
            "the term in kana, for ruby in the glossary and for search",
            r#"reading = "こうりゅうじんこう""#,
        )
        .likely_mistakes(&["kana", "読み", "ふりがな"]),
        key("also", Texts, "同じ意味のほかの言い方", "other spellings of the term", r#"also = ["交流人数"]"#)
            .likely_mistakes(&["aliases", "synonyms", "別名"]),
    ]],
);
