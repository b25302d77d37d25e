//! Registry of rules: the codes of diagnostics, their severities, and user-facing titles and help texts.
//!
//! Codes are public and never change: acknowledgements reference them, and editors and workflows filter by them.
//! Rules of [`crate::check`] define their titles and explanations in their own files; all others define them here.

use super::Bilingual;
use std::fmt;

/// Severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Prevents publication.
    Error,
    /// Does not prevent publication, but staff should review it.
    Warning,
}

impl Severity {
    /// Label before a message. The English label is also used in machine-readable output.
    pub fn name(self) -> Bilingual<&'static str> {
        match self {
            Self::Error => Bilingual { ja: "エラー", en: "error" },
            Self::Warning => Bilingual { ja: "警告", en: "warning" },
        }
    }
}

/// Title and help of a rule outside [`crate::check`].
#[derive(Debug, Clone, Copy, Default)]
pub struct RuleText {
    /// One-line description of the problem.
    pub title: Bilingual<&'static str>,
    /// Help as a sentence, with an example where useful.
    pub help: Bilingual<&'static str>,
}

/// Declares [`Rule`]: `Severity { Variant "code": "title" "help", "題名" "直し方"; … }`. The texts are omitted for
/// rules of [`crate::check`].
macro_rules! rules {
    ($($severity:ident { $(
        $rule:ident $code:literal $(: $title:literal $help:literal, $title_ja:literal $help_ja:literal)?;
    )* })*) => {
        /// A rule that a diagnostic reports.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $($(#[doc = concat!("`", $code, "`")] $rule,)*)*
        }

        impl Rule {
            /// All rules, errors first.
            pub const ALL: &[Self] = &[$($(Self::$rule,)*)*];

            /// Public code, in kebab case.
            pub fn code(self) -> &'static str {
                match self { $($(Self::$rule => $code,)*)* }
            }

            /// Severity of a violation.
            pub fn severity(self) -> Severity {
                match self { $($(Self::$rule => Severity::$severity,)*)* }
            }

            /// Title and help; `None` for the rules of [`crate::check`].
            pub fn text(self) -> Option<RuleText> {
                match self {
                    $($($(Self::$rule => Some(RuleText {
                        title: Bilingual { ja: $title_ja, en: $title },
                        help: Bilingual { ja: $help_ja, en: $help },
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
            "Create one with `shirube new strategy`, or specify the right folder with `--content`.",
            "原稿のフォルダーに計画が一つもない"
            "`shirube new strategy` で計画を作るか、`--content` で正しいフォルダーを指定してください。";
        OutOfPlace "out-of-place":
            "a file or folder in a location that is not read"
            "Move it, or correct its name: `<strategy>/policies/<id>/2024.md`. Strategies are the folders with a strategy.toml.",
            "読み込まれない場所に置かれたファイルやフォルダー"
            "正しい場所に移すか、名前を直してください（例: `<計画>/policies/<id>/2024.md`）。計画とは、strategy.toml のあるフォルダーです。";
        MisnamedFile "misnamed-file":
            "a file that is not read because of its extension"
            "Rename it: `2024.md.txt` to `2024.md`. File managers may hide extensions. Delete copies that are not needed.",
            "拡張子が違うため読み込まれないファイル"
            "`2024.md.txt` を `2024.md` にするなど、名前を直してください。Windows では「表示」の「ファイル名拡張子」で拡張子を表示できます。不要なコピーは消してください。";
        LinkedFile "linked-file":
            "a symbolic link in the content folder"
            "Replace it with the file itself, or delete it: the target of a link must not be published by accident.",
            "シンボリックリンク（別の場所を指す名前）が置かれている"
            "ファイルそのものを置くか、リンクを消してください。リンク先のものが意図せず公表されるのを防ぐためです。";
        Unreadable "unreadable":
            "a file or folder that cannot be read"
            "Check that it still exists, that you have permission to read it, and that no other program has it open.",
            "ファイルやフォルダーを読み込めない"
            "移動や削除がされていないか、読み取りの権限があるか、別のプログラムが開いていないかを確かめてください。";
        NotUtf8 "not-utf8":
            "a text file that is not encoded in UTF-8"
            "Save it as UTF-8 in your editor (not as Shift_JIS or ANSI).",
            "文字コードが UTF-8 でない"
            "エディターで、文字コードを UTF-8 にして保存し直してください（Shift_JIS や ANSI は使えません）。";
        LoneReturn "lone-return":
            "lines that end with a lone carriage return (CR)"
            "Save the file with LF or CRLF in your editor.",
            "改行が古い形式（CR）になっている"
            "エディターで改行を LF か CRLF にして保存し直してください。";
        FileTooLarge "file-too-large":
            "a text file of more than 2 MB"
            "Divide the text among several files, or publish a long table as a file next to the sheet and link to it.",
            "文章のファイルが大きすぎる（2MBを超えている）"
            "文章を複数のファイルに分けるか、長い表は別のファイルとして同じフォルダーに置き、リンクしてください。";
        MergeConflict "merge-conflict":
            "an unresolved merge conflict"
            "Keep the correct lines between `<<<<<<<` and `>>>>>>>`, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`.",
            "二つの変更の食い違い（競合）が解消されずに残っている"
            "`<<<<<<<` から `>>>>>>>` までを見比べ、正しいほうを残して、`<<<<<<<`、`=======`、`>>>>>>>` の行を消してください。";
        NoNodeFile "no-node-file":
            "the folder of a goal, policy or program without its goal.md, policy.md or program.md"
            "Create the file with a `name`, or correct the name of the file that was intended as such.",
            "目標・施策・事務事業のフォルダーに goal.md、policy.md、program.md がない"
            "そのファイルを作って `name` を書くか、代わりに置かれているファイルの名前を直してください。";
        VariantAlone "variant-alone":
            "a sheet for a repeat (`2024@1.md`) without the original sheet"
            "Create `2024.md` first, the original sheet of the edition; `2024@1.md` only replaces its text.",
            "再掲用の調書（`2024@1.md`）だけがあり、本来の調書がない"
            "先に `2024.md`（その版の本来の調書）を作ってください。`2024@1.md` は、その文章だけを書き換えるものです。";
        EasyTextFile "easy-text-file":
            "a file with easy Japanese whose name is wrong, or that has no text"
            "Name it after the file that it explains: `policy.easy.md` next to `policy.md`. There is one for all editions.",
            "やさしい日本語のファイルの名前が違うか、文章がない"
            "`policy.md` と同じフォルダーに、`policy.easy.md` という名前で置いてください。版ごとには書けません。";
        UnsafeDrawing "unsafe-drawing":
            "an SVG image with scripts or external references, or one that cannot be parsed"
            "Save it without scripts, `on…` attributes, embedded pages and references to other files, or as PNG.",
            "公表できないもの（スクリプトや外部の参照）を含む SVG、または読み取れない SVG"
            "スクリプト、`on…` の属性、埋め込まれたページ、ほかのファイルの参照を取り除いて保存し直すか、PNG に変えてください。";

        // Workbooks and ledgers.
        WorkbookUnreadable "workbook-unreadable":
            "a workbook or ledger that cannot be read"
            "Save it as .xlsx without a password, or as CSV in UTF-8 or CP932.",
            "読み取れないブックや台帳"
            "パスワードを外し、.xlsx（台帳は CSV も可）で保存し直してください。";
        WorkbookMismatch "workbook-mismatch":
            "a workbook whose questions are not those of the draft edition"
            "Use the workbooks that `shirube excel write` wrote for this edition, and keep their headers and first column.",
            "下書きの版の欄と一致しない調書"
            "その版のために `shirube excel write` で作成した調書を使い、見出しと左端の列を元のままにしてください。";
        MappingInvalid "mapping-invalid":
            "an error in the mapping of a ledger"
            "Correct the line. The columns and keys of a mapping are described in docs/ledger.ja.md.",
            "台帳の対応表の誤り"
            "その行を直してください。対応表の書き方は docs/ledger.ja.md にあります。";
        LedgerInvalid "ledger-invalid":
            "a ledger that does not agree with its mapping, or a cell whose content is not certain"
            "Correct the cell that the message names, or add a `[[fix]]` with the reason to the mapping.",
            "対応表と一致しない台帳、または内容が確定できないセル"
            "指摘されたセルを直すか、対応表に `[[fix]]` を理由とともに書いてください。";
        AnswerInvalid "answer-invalid":
            "an answer that is not allowed for its question"
            "Correct the cell that the message names.",
            "その欄に記入できない回答"
            "指摘されたセルを直してください。";
        AnswerErased "answer-erased":
            "an answer that was erased"
            "Enter 消す to remove the text of the draft, or restore it.",
            "消されている記載"
            "記載を削除する場合は「消す」と記入し、そうでない場合は元に戻してください。";
        AnswerConflict "answer-conflict":
            "different answers to the same question"
            "Agree on one answer and correct the other workbook or the content.",
            "同じ欄への異なる回答"
            "どちらが正しいかを確認し、もう一方の調書または原稿を直してください。";

        // Front matter and TOML.
        NoFrontMatter "no-front-matter":
            "a file that does not begin with a `+++` line"
            "Put the TOML between two lines that contain only `+++`, with nothing before the first.",
            "ファイルが `+++` の行で始まっていない"
            "TOML を `+++` だけの2行ではさみ、1行目の前には何も書かないでください。";
        UnclosedFrontMatter "unclosed-front-matter":
            "TOML without the closing `+++` line"
            "Add a line that contains only `+++` after the TOML.",
            "TOML の終わりの `+++` がない"
            "TOML のあとに、もう一度 `+++` だけの行を書いてください。";
        SecondFrontMatter "second-front-matter":
            "a `+++` line in the body text"
            "Check whether two files were concatenated; TOML is allowed only between the first two `+++` lines.",
            "文章の中に `+++` の行がある"
            "二つのファイルがつながっていないか確かめ、TOML は初めの二つの `+++` の間だけに書いてください。";
        TomlBelow "toml-below":
            "TOML below the closing `+++`, where it would be shown as text"
            "Move it above the second `+++`; to show TOML as an example, put a ```` ``` ```` line before and after it.",
            "TOML が `+++` より下にあり、文章として表示される"
            "二つ目の `+++` より上に移してください（例として表示するときは、```` ``` ```` だけの2行ではさみます）。";
        TomlSyntax "toml-syntax":
            "TOML that cannot be parsed"
            "Write `key = value`, with strings in straight quotation marks: `name = \"乗合バス\"`. Until it is fixed, no other errors of the file are reported.",
            "TOML の書き方の誤り"
            "`キー = 値` の形で、文字は半角の \" \" で囲んでください（例: `name = \"乗合バス\"`）。この誤りがあるうちは、同じファイルのほかの誤りは表示されません。";

        // Keys and types.
        MissingKey "missing-key":
            "a missing required key"
            "Add it: `name = \"…\"`.",
            "必須のキーがない"
            "書き加えてください（例: `name = \"…\"`）。";
        UnknownKey "unknown-key":
            "a key that is not allowed here"
            "Correct its spelling (`titel` should be `title`), or move it to the table to which it belongs.",
            "その場所に書けないキー"
            "つづりを直すか、正しい表の下に移してください（`titel` は `title` の誤りです）。";
        WrongType "wrong-type":
            "a value of the wrong type"
            "Write strings in quotation marks, lists as `[…]`, tables as `{ … }` or `[[…]]`, as the message says.",
            "値の種類がキーと合わない"
            "文字は \" \" で囲み、リストは `[…]`、表は `{ … }` か `[[…]]` のように、指摘にある形で書いてください。";
        UnknownWord "unknown-word":
            "a value that is not allowed for its key"
            "Use one of the values that the message lists: `better = \"higher\"`.",
            "決められた値のどれでもない値"
            "指摘に示された値から選んでください（例: `better = \"higher\"`）。";
        EmptyText "empty-text":
            "an empty value"
            "Fill it in, or remove the line. Draft editions may contain empty values.",
            "空のままの値"
            "内容を書くか、行を消してください。下書きの版では、空のままでも構いません。";
        ToldTwice "told-twice":
            "two keys with the same meaning"
            "Remove the key that the message names; `cumulative_from` is the older spelling of `target_total_from`.",
            "同じことを表すキーが二つある"
            "指摘されたほうのキーを消してください（`cumulative_from` は `target_total_from` の古い書き方です）。";

        NotALanguage "not-a-language":
            "an invalid language tag"
            "Write a tag as in HTML: `ja`, `en`, `pt-BR`, `zh-Hant`.",
            "言語の書き方の誤り"
            "HTML と同じ書き方で、`ja`、`en`、`pt-BR`、`zh-Hant` のように書いてください。";

        // Ids and years.
        NotAnId "not-an-id":
            "an id with characters that are not allowed"
            "Use only lower-case letters a-z, digits and hyphens, as in `kaigo-yosei`. Ids are part of page addresses.",
            "id に使えない文字がある"
            "半角の小文字 a-z、数字、ハイフンだけを使ってください（例: `kaigo-yosei`）。id はページのアドレスになります。";
        ImpossibleName "impossible-name":
            "a page or file name that is not valid on every system"
            "Choose another name. Windows reserves `con`, `nul` and others for devices; a name cannot contain `:` or `?`, end with a dot, or exceed 255 bytes.",
            "どのシステムでも使えるとは限らない名前"
            "別の名前にしてください。`con`、`nul` などは Windows が機器の名前として使います。`:` や `?` を含む名前、点で終わる名前、255 バイトを超える名前も使えません。";
        SameAddress "same-address":
            "two pages or files with the same address"
            "Rename one of them. Names that differ only in case (`A.png`, `a.png`) or in Unicode composition (ガ) are the same name on many systems.",
            "二つのページやファイルが同じアドレスになる"
            "どちらかの名前を変えてください。大文字と小文字（`A.png` と `a.png`）や、濁点の付け方（ガ）だけが違う名前は、多くのシステムで同じ名前になります。";
        DuplicateId "duplicate-id":
            "a duplicate id"
            "Give one of them another id.",
            "同じ id が二つある"
            "どちらかを別の id にしてください。";
        NotAYear "not-a-year":
            "a key or value that cannot be read as a fiscal year"
            "Write it like `R1`, `H31` or `2019`. Use `start` only for actual values, `end` only for targets.",
            "年度として読めない"
            "`R1`、`H31`、`2019` のように書いてください。`start` は実績値に、`end` は目標値にだけ使えます。";
        NotADay "not-a-day":
            "an invalid date"
            "Write the date of the source, like `2024-03-31`, `R6.3.31` or `令和6年3月`.",
            "暦にない日付"
            "資料にある日付を、`2024-03-31`、`R6.3.31`、`令和6年3月` のように書いてください。";
        SameYearTwice "same-year-twice":
            "the same fiscal year twice, as `H31` and `R1`"
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
            "Write the number and its printed form: `{ value = 16, printed = \"全国16位\" }`; text without a number as `{ printed = \"…\" }`, a missing value as `{ missing = \"…\" }`.",
            "値として読めない"
            "数と印刷された形を `{ value = 16, printed = \"全国16位\" }` のように書いてください。言葉だけなら `{ printed = \"…\" }`、値がないなら `{ missing = \"…\" }` です。";
        NotARange "not-a-range":
            "`from` and `to` that do not form a range"
            "Write the smaller number as `from`, the greater as `to`.",
            "`from` と `to` が範囲になっていない"
            "小さい数を `from`、大きい数を `to` に書いてください。";
        OtherMoney "other-money":
            "an amount in a unit other than that of the strategy"
            "Convert it so that it can be added up, and keep its printed form: `{ value = 2000, printed = \"2,000,000円\" }`.",
            "金額の単位が、計画で決めた単位と違う"
            "足し合わせられるよう換算し、印刷された形も残してください（例: `{ value = 2000, printed = \"2,000,000円\" }`）。";
        InterimAlone "interim-alone":
            "an interim value without a value of the whole year"
            "Write the value of the year as `actual.R4` or `forecast.R4`; if there is only the interim value, as `actual.R4 = { value = …, as_of = \"…\" }`.",
            "年度途中の値だけがあり、年間の値がない"
            "年間の値を `actual.R4` か `forecast.R4` に書いてください。年度途中の値しかなければ `actual.R4 = { value = …, as_of = \"…\" }` とします。";
        NotAJudgement "not-a-judgement":
            "a judgement that cannot be read"
            "Write one of `mark`, `missing` and `lost`: `{ mark = \"B\", note = \"…\" }`.",
            "評価として読めない"
            "`mark`、`missing`、`lost` のどれか一つだけを書いてください（例: `{ mark = \"B\", note = \"…\" }`）。";
        UnknownMark "unknown-mark":
            "a mark that its scale does not have"
            "Write a mark of the scale as it is declared under `[[scale]]`: `順調`, not `順長`.",
            "評価尺度にない評価"
            "`[[scale]]` の `marks` にあるとおりに書いてください（`順長` ではなく `順調`）。";
        ScaleOfOthers "scale-of-others":
            "a scale that does not apply to this kind of item"
            "Add the kind to the key `of` of its `[[scale]]`, or use another scale.",
            "ここでは使えない評価尺度"
            "その `[[scale]]` の `of` に種類を加えるか、別の尺度を使ってください。";
        UnknownHeading "unknown-heading":
            "a heading that the strategy does not declare"
            "Use a heading of a `[[section]]` in strategy.toml, or declare one; sub-headings begin with `###`.",
            "strategy.toml にない見出し"
            "strategy.toml の `[[section]]` にある見出しを使うか、そこに加えてください。小見出しは `###` で書きます。";
        HeadingTwice "heading-twice":
            "a heading that appears twice in one sheet"
            "Merge the text under one of them.",
            "同じ見出しが一つの調書に二つある"
            "一つにまとめてください。";

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
            "Keep `default = true` in only one of them.",
            "`default = true` の方法が二つある"
            "`default = true` は一つだけにしてください。";
        MethodOfOthers "method-of-others":
            "a method for something that it cannot assess"
            "`share-reached` assesses goals, policies or programs (`of = [\"policy\"]`); all other kinds assess indicators.",
            "その対象には使えない方法"
            "`share-reached` は目標・施策・事務事業に（例: `of = [\"policy\"]`）、ほかの種類は指標に使います。";
        BandOrder "band-order":
            "bands of a method that are not in order, or a band with more than one condition"
            "List them from the best down, each with one condition, the last without: `[{ from = 100, mark = \"A\" }, { mark = \"B\" }]`.",
            "評価の方法の帯（`bands`）の並びか、条件の数が正しくない"
            "良いものから順に並べ、条件は帯ごとに一つだけ書いてください。条件のない帯は最後に一つだけ置きます（例: `[{ from = 100, mark = \"A\" }, { mark = \"B\" }]`）。";
        BandOfOthers "band-of-others":
            "a band condition that its method does not allow"
            "Use `from` or `to` where the method yields a rate, `when` where it does not; `declared` has no bands.",
            "この方法では使えない帯の条件"
            "結果が率になる方法なら `from` か `to`、ならない方法なら `when` を使ってください。`declared` に帯はありません。";
        NotATolerance "not-a-tolerance":
            "a tolerance that cannot be read"
            "Write `2` in the unit of the indicator, `\"10%\"` of the baseline, or `\"3未満\"` without its end.",
            "`tolerance` が幅として読めない"
            "指標の単位で `2`、基準値に対する割合なら `\"10%\"`、端を含まなければ `\"3未満\"` のように書いてください。";
        StartOfOthers "start-of-others":
            "a start for a method that has none"
            "Remove it: only `prorated` has a start.",
            "この方法では使えない `start`"
            "この行を消してください。`start` は prorated のためのものです。";
        ToleranceOfOthers "tolerance-of-others":
            "a tolerance for a method that has none"
            "Remove it: only `maintain` and `versus-baseline` have a tolerance.",
            "この方法では使えない `tolerance`"
            "この行を消してください。`tolerance` は maintain と versus-baseline のためのものです。";

        // Links, rows and goals.
        NotAReference "not-a-reference":
            "a reference that is not of the form `kind:id`"
            "Write it like `policy:3`, `program:kaigo-yosei` or `kaminoyama/sosei/goal:2`.",
            "リンク先の名前として読めない"
            "`policy:3`、`program:kaigo-yosei`、`kaminoyama/sosei/goal:2` のように書いてください。";
        UnresolvedLink "unresolved-link":
            "a reference or link whose target does not exist"
            "Correct the id or the file name, or create the target. Links begin with `https://`, a reference (`program:<id>`) or a file name.",
            "リンク先が見つからない"
            "id やファイル名を直すか、リンク先を作ってください。書けるのは、`program:<id>` のような名前、同じフォルダーのファイル名、https:// で始まるアドレスです。";
        SpaceInName "blank-in-name":
            "a file name with a space in a Markdown link"
            "Put the name between `< >`: `![空き家の地図](<写真 1.JPG>)`.",
            "Markdown のリンクにある、空白を含むファイル名"
            "名前を `< >` で囲んでください（例: `![空き家の地図](<写真 1.JPG>)`）。";
        UnpublishableFile "unpublishable-file":
            "a link to a file type that is not published"
            "Save it as one of the types that the message lists, such as PDF. Only image files can be shown as images.",
            "公表できない種類のファイルへのリンク"
            "PDF など、指摘に示された種類のファイルにして置いてください。画像として表示できるのは画像のファイルだけです。";
        LocationInImage "location-in-image":
            "a photograph that records where it was taken"
            "Remove the position from the file, as in the Windows file properties under Details, or save the photograph \
             without metadata. Otherwise anyone who downloads it learns where it was taken, such as a home.",
            "撮影した場所が記録されている写真"
            "位置情報を消してください（Windows ではファイルの［プロパティ］→［詳細］→［プロパティや個人情報を削除］）。\
             消さずに公開すると、誰かの自宅などの場所が、写真を保存した人に分かってしまいます。";
        OtherMunicipality "other-unit":
            "a reference to a strategy of another municipality"
            "Remove it, or link to the address of the page: each municipality can be built separately.",
            "別の自治体の計画へのリンク"
            "消すか、ページのアドレス（https://…）へのリンクにしてください。自治体ごとに単独で公開できるようにするためです。";
        OutsidePublished "outside-published":
            "an item declared under `[[outside]]` although it is published"
            "Remove this `[[outside]]`.",
            "公表されているものが `[[outside]]` に書かれている"
            "この `[[outside]]` を消してください。";
        UnknownRow "unknown-row":
            "a judgement of a program that the goal or policy does not list"
            "Write `[program.<id>]` in a sheet of the goal or policy that lists the program, with the id of a `[[program]]`.",
            "その目標や施策が並べていない事業への評価"
            "`[program.<id>]` は、その事業を `[[program]]` に並べている目標や施策の調書に書いてください。";
        RowTwice "row-twice":
            "two rows of one program in one table"
            "Keep one; write differences between years with `years` or `marker.R5`.",
            "一つの表に、同じ事業の行が二つある"
            "一つにまとめ、年度で違うことは `years` や `marker.R5` で書いてください。";
        TwoHomes "two-homes":
            "a program with two rows that are not marked as repeats"
            "Write `repeat = true` in the row that repeats it.",
            "再掲でない行が二つある事業"
            "再掲の行に `repeat = true` を書いてください。";
        VariantWithoutRow "variant-without-row":
            "a sheet for a repeat in a policy without a row of the program"
            "Correct the id after `@` in the file name, or add the row to the policy.",
            "再掲用の調書（`@`）に当たる行が、その施策にない"
            "ファイル名の `@` のあとを施策の id に直すか、施策に行を加えてください。";
        GoalCycle "goal-circle":
            "a cycle of goals and their parents"
            "Remove `parent` from the topmost goal.",
            "目標の上下関係が循環している"
            "いちばん上の目標から `parent` を消してください。";
        IndicatorCycle "indicator-circle":
            "a cycle of indicators that lead to each other"
            "Remove the `leads_to` that points back from an effect to its cause.",
            "指標のつながり（`leads_to`）が循環している"
            "結果から原因に戻る `leads_to` を消してください。";

        // Corrections.
        CorrectionUnknownKey "correction-unknown-key":
            "a correction of a cell that the sheet cannot have"
            "Write the key of the corrected cell, like `indicator.<id>.actual.R5`, `money.settlement.R5`, `judgement.<id>`, `name` or `section:<heading>`.",
            "調書にない欄の訂正"
            "訂正した欄のキーを、`indicator.<id>.actual.R5`、`money.settlement.R5`、`judgement.<id>`、`name`、`section:見出し` のように書いてください。";
        CorrectionSameValue "correction-same-value":
            "a correction that changes nothing"
            "Write the text as it was published in `was`, and the correct one in the cell.",
            "訂正の前と後が同じ"
            "`was` には公表したときの記載を、欄には正しい値を書いてください。";
        CorrectionBeforePublished "correction-before-published":
            "a correction dated before the publication of its edition"
            "Write the day on which the correction was published in `date`, or correct `published` of the edition.",
            "版の公表日より前の日付の訂正"
            "`date` に訂正を公表した日を書くか、版の `published` を直してください。";

        // The site and its theme.
        NotAnAddress "not-an-address":
            "an address that is invalid or must not be linked"
            "Write the full address: `https://www.city.example.jp/plan/`.",
            "アドレスとして使えない"
            "`https://www.city.example.jp/plan/` のように、アドレス全体を書いてください。";
        NotARegionCode "not-a-region-code":
            "a code of a local government that is invalid"
            "Write the six digits of the list of the ministry (全国地方公共団体コード), like `032069`.",
            "全国地方公共団体コードとして使えない"
            "総務省の「全国地方公共団体コード」にある6桁の数字を `032069` のように書いてください。";
        NotAMailAddress "not-a-mail-address":
            "an email address that cannot be read"
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
            "Write # and six hexadecimal digits, like `#0017c1`.",
            "色として読めない"
            "`#0017c1` のように、# と16進数6桁で書いてください。";
        WeakContrast "weak-contrast":
            "an accent colour too light to be read on the page"
            "Use the colour that the message names, or a darker one.",
            "背景の色との差が小さく、読みにくい色"
            "指摘にある色か、それより濃い色にしてください。";
        NotAPicture "not-a-picture":
            "a logo in an unsupported format or of unknown size"
            "Use SVG with a viewBox, PNG, JPEG or WebP.",
            "表示できない画像、または大きさの分からない画像"
            "SVG（viewBox のあるもの）、PNG、JPEG、WebP のどれかにしてください。";
        NoSuchFile "no-such-file":
            "an image named in site.toml that does not exist"
            "Put it next to site.toml, or correct its name.",
            "site.toml にある画像が見つからない"
            "site.toml と同じフォルダーに置くか、名前を直してください。";
        Theme "theme":
            "an error in the site's own theme"
            "Correct the template or text that the message names; docs/theme.md describes the parts of a theme.",
            "サイト独自のテーマの誤り"
            "指摘にあるテンプレートや文を直してください。テーマの書き方は docs/theme.ja.md にあります。";
    }
    Warning {
        ProgramWithoutRow "program-without-row":
            "a program that is not in a row of any policy"
            "Add a `[[program]]` row to a policy.md or to strategy.toml.",
            "どの施策の行にもない事業"
            "施策の policy.md か strategy.toml に `[[program]]` の行を書いてください。";

        // Published sites.
        SilentCorrection "silent-correction":
            "a published figure that changed without a correction"
            "Declare it by a `[[correction]]` in the sheet, or restore it. Once the site is published, nothing is left of the former text.",
            "訂正として示さずに変えた、公表済みの記載"
            "調書に `[[correction]]` を書くか、元に戻してください。このまま公表すると、前の記載は分からなくなります。";

        // Workbooks.
        AnswerRemark "answer-remark":
            "an answer to be confirmed"
            "Compare the cell with the document; nothing needs to be done if it is correct.",
            "確認が必要な回答"
            "資料と照らし合わせてください。正しければ、そのままで構いません。";
        MissingQuestions "missing-questions":
            "questions of a workbook that did not come back"
            "Rows or sheets were deleted; if they were answered, ask for the original workbook.",
            "返ってこなかった調書の欄"
            "行またはシートが削除されています。記入されていた場合は、元の調書の提出を依頼してください。";

        // Rules of `check`.
        TotalSum "total-sum";
        PartSum "part-sum";
        MoneySum "money-sum";
        PointsSum "points-sum";
        ItemSum "item-sum";
        SettlementBudget "settlement-budget";
        CarryOver "carry-over";
        ExecutionRate "execution-rate";
        PointsMark "points-mark";
        FarOffValue "far-off-value";
        NegativeValue "negative-value";
        ShareRange "share-range";
        RankRange "rank-range";
        WholeAndGroups "whole-and-groups";
        ImpossibleYear "impossible-year";
        EditionDate "edition-date";
        ImpossibleDate "impossible-date";
        RepeatedValue "repeated-value";
        CopiedFigures "copied-figures";
        SameName "same-name";
        MeasurementUnitDiffers "unit-differs";
        UndeclaredUnit "unsaid-unit";
        RepeatFigures "repeat-figures";
        TextFigure "text-figure";
        ContradictoryText "contradictory-text";
        EasyTarget "easy-target";
        UnraisedTarget "unraised-target";
        BoundDirection "bound-direction";
        MissingValue "missing-value";
        MissingCell "missing-cell";
        MissingAmount "missing-amount";
        StaleValue "stale-value";
        RevisedValue "revised-value";
        BaselineWithoutValue "baseline-without-value";
        MarkMethod "mark-method";
        RateMethod "rate-method";
        SurveyQuadrant "survey-quadrant";
        HiddenSeries "hidden-series";
        MissingSection "missing-section";
        MissingReason "missing-reason";
        MissingSheet "missing-sheet";
        MissingField "missing-field";
        MissingMark "missing-mark";
        MoneyAfterEnd "money-after-end";
        DirectionAfterEnd "direction-after-end";
        Unwritten "unwritten";
        BarePolicy "bare-policy";
        NumberAndName "number-and-name";
        NumberPosition "number-position";
        SimilarName "similar-name";
        AccountCode "account-code";
        OddCharacter "odd-character";
        DirectionMoney "direction-money";
        PrintedValue "printed-value";
        RunTogether "run-together";
        CopiedText "copied-text";
        UnchangedText "unchanged-text";
        Placeholder "placeholder";
        RawHtml "raw-html";
        MissingAltText "wordless-picture";
        LargeImage "large-image";
        MissingLicense "missing-license";
        MissingRegionCode "missing-region-code";
        MissingPublicationDate "missing-publication-date";
        MissingDocumentUrl "missing-document-url";
        UnusedFile "unused-file";
        EasyTextSentence "easy-text-sentence";
        EasyTextReading "easy-text-reading";
        EasyTextFigure "easy-text-figure";
        UnknownRule "unknown-rule";
        UnusedAcknowledgement "unused-acknowledgement";
    }
}

impl Rule {
    /// Help of a diagnostic that has no more specific one: a clause instead of the sentence of [`RuleText::help`].
    /// `None` for rules of [`crate::check`].
    pub fn help(self) -> Option<Bilingual> {
        let Bilingual { ja, en } = self.text()?.help;
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
