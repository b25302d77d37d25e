//! The registry of rules: every code that a diagnostic can bear, with its severity.
//!
//! Codes are public: acknowledgements name them, editors and workflows filter by them. They never change. The rules of
//! [`crate::check`] have their titles and explanations in their own files; all others have them here.

use super::Bilingual;
use std::fmt;

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The content cannot be published as it stands.
    Error,
    /// Published, but staff should know.
    Warning,
}

impl Severity {
    /// The word before a message. The English one is also what programs read.
    pub fn name(self) -> Bilingual<&'static str> {
        match self {
            Self::Error => Bilingual { ja: "エラー", en: "error" },
            Self::Warning => Bilingual { ja: "警告", en: "warning" },
        }
    }
}

/// Title and remedy of a rule outside [`crate::check`].
#[derive(Debug, Clone, Copy, Default)]
pub struct RuleText {
    /// What is wrong, in one line.
    pub title: Bilingual<&'static str>,
    /// What to do, with an example where one helps.
    pub remedy: Bilingual<&'static str>,
}

/// Declares [`Rule`]: `Severity { Variant "code": "title" "remedy", "題名" "直し方"; … }`. Rules without texts are
/// those of `check`.
macro_rules! rules {
    ($($severity:ident { $(
        $rule:ident $code:literal $(: $title:literal $remedy:literal, $title_ja:literal $remedy_ja:literal)?;
    )* })*) => {
        /// What a diagnostic is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $($(#[doc = concat!("`", $code, "`")] $rule,)*)*
        }

        impl Rule {
            /// All rules, errors first.
            pub const ALL: &[Self] = &[$($(Self::$rule,)*)*];

            /// The public name, in kebab case.
            pub fn code(self) -> &'static str {
                match self { $($(Self::$rule => $code,)*)* }
            }

            /// How grave a breach is.
            pub fn severity(self) -> Severity {
                match self { $($(Self::$rule => Severity::$severity,)*)* }
            }

            /// Title and remedy; `None` for the rules of [`crate::check`].
            pub fn text(self) -> Option<RuleText> {
                match self {
                    $($($(Self::$rule => Some(RuleText {
                        title: Bilingual { ja: $title_ja, en: $title },
                        remedy: Bilingual { ja: $remedy_ja, en: $remedy },
                    }),)?)*)*
                    _ => None,
                }
            }
        }
    };
}

rules! {
    Error {
        // Files and folders.
        NoStrategy "no-strategy":
            "a content folder without any strategy"
            "Begin one with `shirube new strategy`, or name the right folder with `--content`.",
            "原稿のフォルダーに計画が一つもない"
            "`shirube new strategy` で計画を作るか、`--content` で正しいフォルダーを指定してください。";
        OutOfPlace "out-of-place":
            "a file or folder in a place where nothing is read"
            "Move it, or correct its name: `<strategy>/policies/<id>/2024.md`. Strategies are the folders with a strategy.toml.",
            "読み込まれない場所に置かれたファイルやフォルダー"
            "正しい場所に移すか、名前を直してください（例: `<計画>/policies/<id>/2024.md`）。計画とは、strategy.toml のあるフォルダーです。";
        MisnamedFile "misnamed-file":
            "a file that is not read because of the ending of its name"
            "Rename it: `2024.md.txt` to `2024.md`. Systems may hide how names end. Delete copies that are not needed.",
            "名前の終わり（拡張子）が違うため読み込まれないファイル"
            "`2024.md.txt` を `2024.md` にするなど、名前を直してください。Windows では「表示」の「ファイル名拡張子」で終わりまで見えます。要らない写しは消してください。";
        LinkedFile "linked-file":
            "a symbolic link in the content folder"
            "Put the file itself there, or delete the link: what a link points to must not be published by accident.",
            "シンボリックリンク（別の場所を指す名前）が置かれている"
            "ファイルそのものを置くか、リンクを消してください。リンク先のものが意図せず公表されるのを防ぐためです。";
        Unreadable "unreadable":
            "a file or folder that cannot be read"
            "See whether it is still there, whether you may read it, and whether another program holds it.",
            "ファイルやフォルダーを読み込めない"
            "まだそこにあるか、読む権限があるか、別のプログラムが開いていないかを確かめてください。";
        NotUtf8 "not-utf8":
            "a text that is not encoded in UTF-8"
            "Save it as UTF-8 in your editor (not as Shift_JIS or ANSI).",
            "文字コードが UTF-8 でない"
            "エディターで、文字コードを UTF-8 にして保存し直してください（Shift_JIS や ANSI は使えません）。";
        LoneReturn "lone-return":
            "lines that end with a carriage return alone (CR)"
            "Save the file with LF or CRLF in your editor.",
            "改行が古い形式（CR）になっている"
            "エディターで改行を LF か CRLF にして保存し直してください。";
        MergeConflict "merge-conflict":
            "an unresolved conflict between two versions of a file"
            "Keep what is right between `<<<<<<<` and `>>>>>>>`, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`.",
            "二つの版の食いちがいが解消されずに残っている"
            "`<<<<<<<` から `>>>>>>>` までを見比べ、正しいほうを残して、`<<<<<<<`、`=======`、`>>>>>>>` の行を消してください。";
        NoNodeFile "no-node-file":
            "the folder of a goal, policy or program without its goal.md, policy.md or program.md"
            "Make the file, with a `name`; or correct the name of the file that was meant for it.",
            "目標・施策・事務事業のフォルダーに goal.md、policy.md、program.md がない"
            "そのファイルを作って `name` を書くか、そのつもりで置いたファイルの名前を直してください。";
        VariantAlone "variant-alone":
            "a sheet for a repeat (`2024@1.md`) without the sheet itself"
            "Make `2024.md` first: the sheet of the edition, to which `2024@1.md` gives other words.",
            "再掲用の調書（`2024@1.md`）だけがあり、本来の調書がない"
            "先に `2024.md`（その版の本来の調書）を作ってください。`2024@1.md` は、その文だけを書き替えるものです。";
        UnsafeDrawing "unsafe-drawing":
            "an SVG drawing with scripts or references, or one that cannot be read"
            "Save it without scripts, `on…` attributes, embedded pages and references to other files, or as PNG.",
            "公表できないもの（スクリプトや外部の参照）を含む SVG、または読み取れない SVG"
            "スクリプト、`on…` の属性、埋め込まれたページ、ほかのファイルの参照を取り除いて保存し直すか、PNG に変えてください。";

        // Front matter and TOML.
        NoFrontMatter "no-front-matter":
            "a file that does not begin with a `+++` line"
            "Put the TOML between two lines with just `+++`, and nothing before the first.",
            "ファイルが `+++` の行で始まっていない"
            "TOML は `+++` だけの行二つではさみ、一つ目の前には何も書かないでください。";
        UnclosedFrontMatter "unclosed-front-matter":
            "TOML without the closing `+++` line"
            "Write another line with just `+++` after the TOML.",
            "TOML の終わりの `+++` がない"
            "TOML のあとに、もう一度 `+++` だけの行を書いてください。";
        SecondFrontMatter "second-front-matter":
            "a `+++` line among the words"
            "See whether two files were joined; TOML stands between the first two `+++` lines alone.",
            "文章の中に `+++` の行がある"
            "二つのファイルがつながっていないか確かめ、TOML は初めの `+++` の間だけに書いてください。";
        TomlBelow "toml-below":
            "TOML below the closing `+++`, where it would be shown as text"
            "Move it above the second `+++`; an example to be shown stands between two lines with ```` ``` ````.",
            "TOML が `+++` より下にあり、文章として表示される"
            "二つ目の `+++` より上に移してください（表示したい例なら、```` ``` ```` の行二つではさみます）。";
        TomlSyntax "toml-syntax":
            "TOML that cannot be parsed"
            "Write `key = value`, with texts in plain quotation marks: `name = \"乗合バス\"`. While such errors remain, no others of the file are reported.",
            "TOML の書き方の誤り"
            "`キー = 値` の形で、文字は半角の \" \" で囲んでください（例: `name = \"乗合バス\"`）。この誤りがあるうちは、同じファイルのほかの誤りは表示されません。";

        // Keys and types.
        MissingKey "missing-key":
            "a required key that is missing"
            "Add it: `name = \"…\"`.",
            "必ず書くキーがない"
            "書き足してください（例: `name = \"…\"`）。";
        UnknownKey "unknown-key":
            "a key that is not known in its place"
            "Correct its spelling, or move it to the table to which it belongs: `titel` is `title`.",
            "その場所に書けないキー"
            "綴りを直すか、正しい表の下に移してください（`titel` は `title` の誤りです）。";
        WrongType "wrong-type":
            "a value of another type than its key takes"
            "Write a text in quotation marks, a list as `[…]`, a table as `{ … }` or `[[…]]`, as the message says.",
            "値の種類がキーと合わない"
            "文字は \" \" で囲み、リストは `[…]`、表は `{ … }` か `[[…]]` のように、指摘にある形で書いてください。";
        UnknownWord "unknown-word":
            "a word that is none of those that its key takes"
            "Write one of the words that the message lists: `better = \"higher\"`.",
            "決められた言葉のどれでもない値"
            "指摘に並んでいる言葉から選んでください（例: `better = \"higher\"`）。";
        EmptyText "empty-text":
            "a text that is empty"
            "Write something, or remove the line. In the editions of a draft, empty values are allowed.",
            "空のままの値"
            "内容を書くか、行を消してください。下書きの版では、空のままでも構いません。";
        ToldTwice "told-twice":
            "two keys that say the same"
            "Keep the key that the message does not name: `cumulative_from` is the older spelling of `target_total_from`.",
            "同じことを表すキーが二つある"
            "指摘されたほうのキーを消してください（`cumulative_from` は `target_total_from` の古い書き方です）。";

        NotALanguage "not-a-language":
            "a language that is not written as a language tag"
            "Write its tag as in HTML: `ja`, `en`, `pt-BR`, `zh-Hant`.",
            "言語の書き方の誤り"
            "HTML と同じ書き方で、`ja`、`en`、`pt-BR`、`zh-Hant` のように書いてください。";

        // Ids and years.
        NotAnId "not-an-id":
            "an id with characters that ids cannot have"
            "Use only lower-case letters a-z, digits and hyphens, as in `kaigo-yosei`. Ids are part of addresses.",
            "id に使えない文字がある"
            "半角の小文字 a-z、数字、ハイフンだけを使ってください（例: `kaigo-yosei`）。id はページのアドレスになります。";
        ImpossibleName "impossible-name":
            "a name that pages or files cannot have on every system"
            "Choose another. Windows reserves `con`, `nul` and others for devices; a name cannot hold `:` or `?`, end with a dot, or have more than 255 bytes.",
            "どのシステムでも使えるとは限らない名前"
            "別の名前にしてください。`con`、`nul` などは Windows が機器の名として使います。`:` や `?` を含む名前、点で終わる名前、255 バイトを超える名前も使えません。";
        SameAddress "same-address":
            "two pages or files that claim one address"
            "Rename one of them. Names that differ only in capitals (`A.png`, `a.png`), or in how a letter is composed (ガ), are one name on many systems.",
            "二つのページやファイルが同じアドレスになる"
            "どちらかの名前を変えてください。大文字と小文字（`A.png` と `a.png`）や、濁点の付け方（ガ）だけが違う名前は、多くのシステムで同じ名前になります。";
        DuplicateId "duplicate-id":
            "one id given twice"
            "Give one of them another id.",
            "同じ id が二つある"
            "どちらかを別の id にしてください。";
        NotAYear "not-a-year":
            "a key or text that is no fiscal year"
            "Write it like `R1`, `H31` or `2019`. `start` is for actual values, `end` for targets.",
            "年度として読めない"
            "`R1`、`H31`、`2019` のように書いてください。`start` は実績値に、`end` は目標値にだけ使えます。";
        NotADay "not-a-day":
            "a day that no calendar has"
            "Write the day of the source, like `2024-03-31`, `R6.3.31` or `令和6年3月`.",
            "暦にない日付"
            "資料にある日付を、`2024-03-31`、`R6.3.31`、`令和6年3月` のように書いてください。";
        SameYearTwice "same-year-twice":
            "one fiscal year written twice, as `H31` and `R1`"
            "Keep one of them.",
            "同じ年度が二度書かれている（`H31` と `R1` など）"
            "どちらか一つにしてください。";
        UnknownEdition "unknown-edition":
            "a sheet of an edition that is not declared"
            "Name the file after an edition, or declare the edition as an `[[edition]]` or with `shirube new edition`.",
            "宣言されていない版の調書"
            "ファイル名を版の id に合わせるか、`[[edition]]` か `shirube new edition` で版を加えてください。";
        UnknownIndicator "unknown-indicator":
            "values of an indicator that is not declared"
            "Declare it under `[[indicator]]` in the file of the node (`program.md`), or correct the id.",
            "宣言されていない指標の値"
            "program.md などの `[[indicator]]` で宣言するか、id を直してください。";

        // Values and marks.
        NotAValue "not-a-value":
            "a figure that cannot be read"
            "Write the number and what was printed: `{ value = 16, printed = \"全国16位\" }`; words alone as `{ printed = \"…\" }`, a missing value as `{ missing = \"…\" }`.",
            "値として読めない"
            "数と印刷された形を `{ value = 16, printed = \"全国16位\" }` のように書いてください。言葉だけなら `{ printed = \"…\" }`、値がないなら `{ missing = \"…\" }` です。";
        NotARange "not-a-range":
            "`from` and `to` that are no range"
            "Write the smaller number as `from`, the greater as `to`.",
            "`from` から `to` が範囲になっていない"
            "小さい数を `from`、大きい数を `to` に書いてください。";
        OtherMoney "other-money":
            "an amount in another unit than that of the strategy"
            "Convert it for adding up, and keep what was printed: `{ value = 2000, printed = \"2,000,000円\" }`.",
            "金額の単位が、計画で決めた単位と違う"
            "足し合わせられるよう換算し、印刷された形も残してください（例: `{ value = 2000, printed = \"2,000,000円\" }`）。";
        InterimAlone "interim-alone":
            "a value within a year without one of the year itself"
            "Write the year's value as `actual.R4` or `forecast.R4`; a lone value as `actual.R4 = { value = …, as_of = \"…\" }`.",
            "年度途中の値と並ぶ、その年度の値がない"
            "年間の値を `actual.R4` か `forecast.R4` に書いてください。途中の値しかなければ `actual.R4 = { value = …, as_of = \"…\" }` とします。";
        NotAJudgement "not-a-judgement":
            "a judgement that is not just one mark, or missing, or lost"
            "Write one of `mark`, `missing` and `lost`: `{ mark = \"B\", note = \"…\" }`.",
            "評価として読めない"
            "`mark`、`missing`、`lost` のどれか一つだけを書いてください（例: `{ mark = \"B\", note = \"…\" }`）。";
        UnknownMark "unknown-mark":
            "a mark that its scale does not have"
            "Write a mark of the scale as it is declared under `[[scale]]`: `順調`, not `順長`.",
            "評価尺度にない評価"
            "`[[scale]]` の `marks` にあるとおりに書いてください（`順長` ではなく `順調`）。";
        ScaleOfOthers "scale-of-others":
            "a scale that does not judge this kind of thing"
            "Add the kind to `of` of its `[[scale]]`, or use another scale.",
            "ここでは使えない評価尺度"
            "その `[[scale]]` の `of` に種類を加えるか、別の尺度を使ってください。";
        UnknownHeading "unknown-heading":
            "a heading that the strategy does not declare"
            "Use a heading of a `[[section]]` in strategy.toml, or declare one; smaller headings begin with `###`.",
            "strategy.toml にない見出し"
            "strategy.toml の `[[section]]` にある見出しを使うか、そこに加えてください。小見出しは `###` で書きます。";
        HeadingTwice "heading-twice":
            "a heading that appears twice in one sheet"
            "Put the words under one of them.",
            "同じ見出しが一つの調書に二つある"
            "一つにまとめてください。";
        NotAnAccount "not-an-account":
            "an account title that cannot be read"
            "Join numbers and names with `・`, as in `01一般会計・02総務費・01総務管理費・06企画費`.",
            "予算科目として読めない"
            "`01一般会計・02総務費・01総務管理費・06企画費` のように、番号と名前を「・」でつないでください。";

        // Methods.
        UnknownMethod "unknown-method":
            "a method that is not declared"
            "Declare it as a `[[method]]` in strategy.toml, or correct the id.",
            "宣言されていない評価の方法"
            "strategy.toml の `[[method]]` で宣言するか、id を直してください。";
        UnknownScale "unknown-scale":
            "a scale that is not declared"
            "Declare it as a `[[scale]]` in strategy.toml, or correct the id.",
            "宣言されていない評価尺度"
            "strategy.toml の `[[scale]]` で宣言するか、id を直してください。";
        DefaultTwice "default-twice":
            "two methods with `default = true`"
            "Keep `default = true` at one of them.",
            "`default = true` の方法が二つある"
            "`default = true` は一つだけにしてください。";
        BandOrder "band-order":
            "bands of a method that are not in order"
            "List them from the best down, the last without a condition: `[{ from = 100, mark = \"A\" }, { mark = \"B\" }]`.",
            "評価の方法の帯（`bands`）の並びが正しくない"
            "良いものから順に並べ、条件のない帯は最後に一つだけ置いてください（例: `[{ from = 100, mark = \"A\" }, { mark = \"B\" }]`）。";
        BandOfOthers "band-of-others":
            "a band with a condition that its method does not have"
            "Use `from` or `to` where the method results in a rate, `when` where it does not; `declared` has no bands.",
            "この方法では使えない帯の条件"
            "結果が率になる方法なら `from` か `to`、ならない方法なら `when` を使ってください。`declared` に帯はありません。";
        NotATolerance "not-a-tolerance":
            "a tolerance that cannot be read as a width"
            "Write `2` in the unit of the indicator, or `\"10%\"` of the baseline.",
            "`tolerance` が幅として読めない"
            "指標の単位で `2`、基準値に対する割合なら `\"10%\"` のように書いてください。";
        ToleranceOfOthers "tolerance-of-others":
            "a tolerance of a method that has none"
            "Remove it: only `maintain` and `versus-baseline` have a tolerance.",
            "この方法では使えない `tolerance`"
            "この行を消してください。`tolerance` は maintain と versus-baseline のためのものです。";

        // Links, rows and goals.
        NotAReference "not-a-reference":
            "a reference that is not written as kind and id"
            "Write it like `policy:3`, `program:kaigo-yosei` or `kaminoyama/sosei/goal:2`.",
            "リンク先の名前として読めない"
            "`policy:3`、`program:kaigo-yosei`、`kaminoyama/sosei/goal:2` のように書いてください。";
        UnresolvedLink "unresolved-link":
            "a reference or link to something that does not exist"
            "Correct the id or the file name, or make what it names. Links begin with `https://`, a reference (`program:<id>`) or a file name.",
            "リンク先が見つからない"
            "id やファイル名を直すか、リンク先を作ってください。書けるのは、`program:<id>` のような名前、同じフォルダーのファイル名、https:// で始まるアドレスです。";
        BlankInName "blank-in-name":
            "a file name with a blank in a Markdown link"
            "Put the name between `< >`: `![空き家の地図](<写真 1.JPG>)`.",
            "Markdown のリンクにある、空白を含むファイル名"
            "名前を `< >` で囲んでください（例: `![空き家の地図](<写真 1.JPG>)`）。";
        UnpublishableFile "unpublishable-file":
            "a link to a file of a kind that is not published"
            "Save it as one of the kinds that the message lists, such as PDF. Only pictures can be shown as pictures.",
            "公表できない種類のファイルへのリンク"
            "PDF など、指摘に並んでいる種類のファイルにして置いてください。画像として表示できるのは画像のファイルだけです。";
        OtherUnit "other-unit":
            "a reference to a strategy of another municipality"
            "Remove it, or link to the address of the page: each municipality can be built alone.",
            "別の団体の計画へのリンク"
            "消すか、ページのアドレス（https://…）へのリンクにしてください。団体ごとに単独で公開できるようにするためです。";
        OutsidePublished "outside-published":
            "something declared under `[[outside]]` that is published"
            "Remove this `[[outside]]`.",
            "公表されているものが `[[outside]]` に書かれている"
            "この `[[outside]]` を消してください。";
        RowTwice "row-twice":
            "two rows of one program in one table"
            "Keep one; write what differs by year with `years` or `marker.R5`.",
            "一つの表に、同じ事業の行が二つある"
            "一つにまとめ、年度で違うことは `years` や `marker.R5` で書いてください。";
        TwoHomes "two-homes":
            "a program with two rows that are no repeats"
            "Write `repeat = true` in the row that repeats it.",
            "再掲でない行が二つある事業"
            "再掲の行に `repeat = true` を書いてください。";
        VariantWithoutRow "variant-without-row":
            "a sheet for a repeat in a policy without a row of the program"
            "Correct the id after `@` in the file name, or add the row to the policy.",
            "再掲用の調書（`@`）に当たる行が、その施策にない"
            "ファイル名の `@` のあとを施策の id に直すか、施策に行を加えてください。";
        GoalCircle "goal-circle":
            "goals that lie above each other in a circle"
            "Remove `parent` from the topmost goal.",
            "目標の上下関係がひと回りしている"
            "いちばん上の目標から `parent` を消してください。";

        // The site and its theme.
        NotAnAddress "not-an-address":
            "an address that cannot be read or must not be linked"
            "Write it whole: `https://www.city.example.jp/plan/`.",
            "アドレスとして使えない"
            "`https://www.city.example.jp/plan/` のように、初めから終わりまで書いてください。";
        NotAMailAddress "not-a-mail-address":
            "a mail address that cannot be read"
            "Write it like `kikaku@city.example.jp`.",
            "メールアドレスとして読めない"
            "`kikaku@city.example.jp` のように書いてください。";
        NotAPhone "not-a-phone":
            "a telephone number that cannot be read"
            "Write it with its area code, like `0197-72-8223`; an extension may follow.",
            "電話番号として読めない"
            "`0197-72-8223` のように、市外局番から書いてください（内線は後に続けて）。";
        NotAColour "not-a-colour":
            "a colour that cannot be read"
            "Write # and six digits, like `#0017c1`.",
            "色として読めない"
            "`#0017c1` のように、# と16進数6桁で書いてください。";
        WeakContrast "weak-contrast":
            "an accent colour too light to be read on the page"
            "Use the colour that the message names, or a darker one.",
            "地の色との差が小さく、読みにくい色"
            "指摘にある色か、それより濃い色にしてください。";
        NotAPicture "not-a-picture":
            "a logo of a kind or size that cannot be shown"
            "Use SVG with a viewBox, PNG, JPEG or WebP.",
            "表示できない画像、または大きさの分からない画像"
            "SVG（viewBox のあるもの）、PNG、JPEG、WebP のどれかにしてください。";
        NoSuchFile "no-such-file":
            "a picture of site.toml that is not there"
            "Put it beside site.toml, or correct its name.",
            "site.toml にある画像が見つからない"
            "site.toml と同じフォルダーに置くか、名前を直してください。";
        Theme "theme":
            "an error in the site's own theme"
            "Correct the template or text that the message names; docs/theme.md describes what a theme can hold.",
            "サイト独自のテーマの誤り"
            "指摘にあるテンプレートや文を直してください。テーマの書き方は docs/theme.ja.md にあります。";
    }
    Warning {
        ProgramWithoutRow "program-without-row":
            "a program in no row of any policy"
            "Add a `[[program]]` row to a policy.md or to strategy.toml.",
            "どの施策の行にもない事業"
            "施策の policy.md か strategy.toml に `[[program]]` の行を書いてください。";

        // Those of `check`.
        TotalSum "total-sum";
        PartSum "part-sum";
        FarOffValue "far-off-value";
        UnitDiffers "unit-differs";
        UnsaidUnit "unsaid-unit";
        RepeatFigures "repeat-figures";
        EasyTarget "easy-target";
        UnraisedTarget "unraised-target";
        MissingValue "missing-value";
        StaleValue "stale-value";
        BaselineWithoutValue "baseline-without-value";
        MarkMethod "mark-method";
        HiddenSeries "hidden-series";
        MissingSection "missing-section";
        MissingReason "missing-reason";
        MissingSheet "missing-sheet";
        MissingMark "missing-mark";
        MoneyAfterEnd "money-after-end";
        Unwritten "unwritten";
        BarePolicy "bare-policy";
        NumberAndName "number-and-name";
        OddCharacter "odd-character";
        RunTogether "run-together";
        RawHtml "raw-html";
        WordlessPicture "wordless-picture";
        UnusedFile "unused-file";
        UnknownRule "unknown-rule";
        UnusedAcknowledgement "unused-acknowledgement";
    }
}

impl Rule {
    /// The remedy as the help of a diagnostic: a clause, where [`RuleText::remedy`] is a sentence. `None` for the
    /// rules of [`crate::check`].
    pub fn help(self) -> Option<Bilingual> {
        let Bilingual { ja, en } = self.text()?.remedy;
        let mut clause = en.trim_end_matches('.').to_owned();
        if let Some(first) = clause.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        Some(Bilingual { ja: ja.trim_end_matches('。').to_owned(), en: clause })
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
