//! Command line: standard output, standard error and exit codes.

use std::path::Path;

use snapbox::cmd::{Command, OutputAssert};
use snapbox::{IntoData, str};

/// Runs the program in `folder` with the locale `lang`.
fn run(folder: &Path, lang: &str, arguments: &[&str]) -> OutputAssert {
    let program = Command::new(snapbox::cmd::cargo_bin!("shirube")).current_dir(folder);
    let program = ["LANGUAGE", "LC_MESSAGES", "LANG"].into_iter().fold(program, Command::env_remove);
    program.env("LC_ALL", lang).args(arguments).assert()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn help_follows_the_locale() {
    let here = folder();
    run(here.path(), "ja_JP.UTF-8", &["build", "--help"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
サイトを作成します。変更のあったファイルだけを書き出します。

使い方: shirube build [オプション]

オプション:
      --content <DIR>    原稿のフォルダー［既定: content］
      --strategy <ID>    この計画だけを対象にする（フォルダーのパスで指定。繰り返し指定できます）
      --output <DIR>     サイトの出力先（--strategy と --portal では、サイト全体とは別のフォルダーを指定）［既定: output］
      --portal <DIR>     このフォルダーにある自治体ごとのサイトをもとに、サイト全体のページ（トップページ・検索・用語集）だけを作成する
      --against <PATH>   公表済みの記載を、出力先のサイトの代わりに、このサイトまたは report.json と比べる
      --strict           公表済みの記載が訂正の記載なしに変わっていれば、書き出さない
      --lang <LANG>      表示の言語（既定はシステムの言語）［ja・en］
      --format <FORMAT>  誤りと警告の形式: text（該当行つき）、short（エディター用）、json（プログラム用）、github（GitHub Actions 用）［text・short・json・github］［既定: text］
  -h, --help             このヘルプを表示する

"#]]);
    run(here.path(), "en_GB.UTF-8", &["--help"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
Compile a city's strategy reports, written as Markdown and TOML, into a static website

Usage: shirube [OPTIONS] <COMMAND>

Commands:
  build        Build the site, writing only the files that changed
  check        Check the content for errors without writing anything
  serve        Serve the site to the browser, updated whenever the content changes
  diff         Compare two states of the reports; the exit code is 1 if they differ (formats: text, json, toml, markdown)
  new          Create a site, a strategy, a goal, policy or program, or an edition; existing files are not changed
  excel        Collect the figures of a draft edition in Excel: write workbooks for departments, read their answers
  ledger       Create a strategy from a city's own ledger of programs: xlsx or CSV, with a mapping file
  explain      Explain a rule (what it reports and how to fix it) or a key of the content (what to write)
  schema       Print the JSON Schema of a TOML file, for completion and validation in editors
  completions  Print the completion script for a shell
  man          Write a man page for each command into a folder, replacing only pages written by this command

Options:
      --lang <LANG>      Language of messages (default: language of the system) [possible values: ja, en]
      --format <FORMAT>  Format of diagnostics: text with source lines, short for editors, json for programs, github for GitHub Actions [default: text] [possible values: text, short, json, github]
  -h, --help             Show this help
  -V, --version          Show the version

"#]]);
    run(here.path(), "C", &["--lang", "ja", "--help"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
自治体の計画の評価結果（Markdown と TOML）から、静的なウェブサイトを作成します。

使い方: shirube [オプション] <コマンド>

コマンド:
  build        サイトを作成します。変更のあったファイルだけを書き出します。
  check        原稿の誤りを点検します。ファイルは書き出しません。
  serve        サイトをブラウザーで表示します。原稿を保存すると、すぐに反映します。
  diff         二つの時点の内容を比べ、訂正・改定・確定・新版・編集に分けて示します。違いがあれば終了コードは 1 です（形式: text、json、toml、markdown）。
  new          サイト、計画、基本目標・施策・事務事業、年度ごとの版を新しく作成します。既存のファイルは変更しません。
  excel        下書きの版の記入欄を Excel の調書にして各課に配り、記入された調書を取り込みます。
  ledger       自治体の事務事業の台帳（xlsx または CSV）から、対応表によって計画を作成します。
  explain      指摘の規則（点検の内容と直し方）や、原稿のキー（書き方と例）を説明します。
  schema       エディターでの補完と点検に使う、TOML ファイルの JSON Schema を標準出力に出力します。
  completions  シェルの補完スクリプトを標準出力に出力します。
  man          コマンドごとの man ページをフォルダーに書き出します。このコマンドが書き出したファイル以外は上書きしません。

オプション:
      --lang <LANG>      表示の言語（既定はシステムの言語）［ja・en］
      --format <FORMAT>  誤りと警告の形式: text（該当行つき）、short（エディター用）、json（プログラム用）、github（GitHub Actions 用）［text・short・json・github］［既定: text］
  -h, --help             このヘルプを表示する
  -V, --version          バージョンを表示する

"#]]);
}

#[test]
fn help_command_equals_the_help_option() {
    let here = folder();
    for (command, option) in [
        (&["help"][..], &["--help"][..]),
        (&["help", "new", "edition"], &["new", "edition", "--help"]),
        (&["--lang", "ja", "help"], &["--help"]),
    ] {
        let shown = run(here.path(), "ja_JP.UTF-8", option).get_output().stdout.clone();
        run(here.path(), "ja_JP.UTF-8", command).code(0).stdout_eq(String::from_utf8(shown).unwrap());
    }
}

#[test]
fn version_goes_to_standard_output() {
    run(folder().path(), "ja_JP.UTF-8", &["--version"]).code(0).stdout_eq(str!["shirube [..]\n"]);
}

#[test]
fn missing_command_is_a_usage_error() {
    run(folder().path(), "en_US.UTF-8", &[]).code(2).stdout_eq(str![]);
}

#[test]
fn suggests_a_similar_command_or_argument() {
    let here = folder();
    run(here.path(), "ja_JP.UTF-8", &["chekc"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
エラー: コマンド「chekc」はありません

  もしかして: schema、check

使い方: shirube [オプション] <コマンド>

詳しくは --help をご覧ください。

"#]]);
    run(here.path(), "ja_JP.UTF-8", &["check", "--contnt", "x"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
エラー: 引数「--contnt」はありません

  もしかして: --content

使い方: shirube check [オプション]

詳しくは --help をご覧ください。

"#]]);
    run(here.path(), "C.UTF-8", &["check", "--contnt", "x"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
error: unexpected argument '--contnt' found

  tip: a similar argument exists: '--content'

Usage: shirube check --content <DIR>

For more information, try '--help'.

"#]]);
}

#[test]
fn lists_the_valid_values_for_an_invalid_one() {
    let here = folder();
    run(here.path(), "ja_JP.UTF-8", &["check", "--format", "xml"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
エラー: 「--format <FORMAT>」の値「xml」は正しくありません

  指定できる値: text、short、json、github

詳しくは --help をご覧ください。

"#]]);
    run(here.path(), "C", &["check", "--lang", "de"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
error: invalid value 'de' for '--lang <LANG>'
  [possible values: ja, en]

For more information, try '--help'.

"#]]);
    run(here.path(), "ja_JP.UTF-8", &["completions", "ksh"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
エラー: 「<SHELL>」の値「ksh」は正しくありません

  もしかして: zsh

  指定できる値: bash、elvish、fish、powershell、zsh

詳しくは --help をご覧ください。

"#]]);
}

#[test]
fn completions_go_to_standard_output() {
    let here = folder();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = run(here.path(), "ja_JP.UTF-8", &["completions", shell]).code(0).stderr_eq(str![]);
        let script = String::from_utf8(output.get_output().stdout.clone()).unwrap();
        assert!(script.contains("completions") && script.contains("acknowledged"), "{shell}: {script}");
    }
}

#[test]
fn man_pages_are_in_the_language_of_the_option() {
    let here = folder();
    run(here.path(), "C", &["man", "man1", "--lang", "ja"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
man1/ に man ページを23件書き出しました

"#]]);
    let page = std::fs::read_to_string(here.path().join("man1/shirube-explain.1")).unwrap();
    let page = page.replace(concat!(env!("CARGO_PKG_VERSION"), "\" \n"), "VERSION\"\n");
    snapbox::assert_data_eq!(page, str![[r#"
.\" Generated by shirube man. -*- coding: utf-8 -*-
.ie \n(.g .ds Aq \(aq
.el .ds Aq '
.TH shirube-explain 1 " " "shirube VERSION"
.SH 名前
shirube\-explain \- 指摘の規則（点検の内容と直し方）や、原稿のキー（書き方と例）を説明します。
.SH 書式
\fBshirube explain\fR [オプション] [RULE_OR_KEY]
.SH 説明
指摘の規則（点検の内容と直し方）や、原稿のキー（書き方と例）を説明します。
.SH 引数
.TP
[\fIRULE_OR_KEY\fR]
規則の名前（total\-sum など）、またはキー（baseline、indicator.unit など）。省略すると、すべての規則の一覧
.SH オプション
.TP
\fB\-\-lang\fR \fI<LANG>\fR
表示の言語（既定はシステムの言語）［ja・en］
.TP
\fB\-\-format\fR \fI<FORMAT>\fR
誤りと警告の形式: text（該当行つき）、short（エディター用）、json（プログラム用）、github（GitHub Actions 用）［text・short・json・github］［既定: text］
.TP
\fB\-h\fR, \fB\-\-help\fR
このヘルプを表示する

"#]].raw());
    std::fs::write(here.path().join("man1/shirube.1"), "other").unwrap();
    run(here.path(), "C", &["man", "man1"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
error: man1/shirube.1 was not written by this command and will not be overwritten

"#]]);
}

#[test]
fn gives_remedies_in_japanese() {
    let here = folder();
    for (arguments, expected) in [
        (&["--content", "x"][..], "引数は、コマンドの後に指定してください"),
        (&["serve", "--port", "abc"], "0 から 65535 までの数"),
        (&["new", "edition", "2025", "--year", "いつか"], "R6、令和6年度、2024 のように"),
        (&["new", "edition", "2025", "--stage", "last"], "指定できる値: final、interim、plan"),
        (&["new", "sit", "x"], "もしかして: site"),
        (&["new", "site"], "「<DIR>」が指定されていません"),
        (&["check", "--lang", "fr"], "指定できる値: ja、en"),
    ] {
        let stderr = run(here.path(), "ja_JP.UTF-8", arguments).code(2).get_output().stderr.clone();
        let stderr = String::from_utf8(stderr).unwrap();
        assert!(stderr.contains(expected), "{arguments:?}: {stderr}");
        assert!(!stderr.contains("error") && !stderr.contains("Usage"), "{stderr}");
    }
}

#[test]
fn missing_content_folder_is_a_usage_error() {
    let here = folder();
    run(here.path(), "ja_JP.UTF-8", &["check"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
エラー: 原稿のフォルダー content がありません。--content で指定してください

"#]]);
    run(here.path(), "C", &["check", "--content", "nowhere"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
error: content folder nowhere not found; specify it with --content

"#]]);
    run(here.path(), "C", &["check", "--format", "json"]).code(2).stderr_eq(str![]).stdout_eq(str![[r#"
{"path":null,"line":null,"column":null,"end_line":null,"end_column":null,"severity":"error","rule":null,"message":"content folder content not found; specify it with --content","help":null}

"#]]);
}

/// Temporary folder with the given files below `content/`.
fn content(files: &[(&str, &str)]) -> tempfile::TempDir {
    let here = folder();
    for (path, text) in files {
        let path = here.path().join("content").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    here
}

#[test]
fn shows_errors_with_their_source_lines() {
    let here =
        content(&[("site.toml", "title = \"計画\"\n"), ("x/strategy.toml", "title = \"総合戦略\"\ntitel = 1\n")]);
    run(here.path(), "ja_JP.UTF-8", &["check"]).code(1).stdout_eq(str![]).stderr_eq(str![[r#"
エラー[missing-key]: `publisher` がありません
 --> content/x/strategy.toml:1:1
  |
1 | title = "総合戦略"
  | ^
  |
  = ヒント: `publisher = "青葉市"` のように書き足してください

エラー[unknown-key]: `titel` というキーはここにはありません
 --> content/x/strategy.toml:2:1
  |
2 | titel = 1
  | ^^^^^
  |
  = ヒント: もしかして: title

エラー2件、警告0件

"#]]);
    run(here.path(), "C", &["check", "--format", "short"]).code(1).stdout_eq(str![]).stderr_eq(str![[r#"
content/x/strategy.toml:1:1: error[missing-key]: `publisher` is missing
content/x/strategy.toml:2:1: error[unknown-key]: there is no key `titel` here
2 errors, 0 warnings

"#]]);
    run(here.path(), "ja_JP.UTF-8", &["check", "--format", "json"]).code(1).stderr_eq(str![]).stdout_eq(str![[r#"
{"path":"content/x/strategy.toml","line":1,"column":1,"end_line":1,"end_column":1,"severity":"error","rule":"missing-key","message":"`publisher` がありません","help":"`publisher = \"青葉市\"` のように書き足してください"}
{"path":"content/x/strategy.toml","line":2,"column":1,"end_line":2,"end_column":6,"severity":"error","rule":"unknown-key","message":"`titel` というキーはここにはありません","help":"もしかして: title"}

"#]].raw());
}

#[test]
fn refuses_an_output_folder_inside_the_content() {
    let here = content(&[("site.toml", "title = \"計画\"\n")]);
    let arguments = ["build", "--output", "content/site"];
    run(here.path(), "ja_JP.UTF-8", &arguments).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
エラー: 出力先 content/site が原稿のフォルダー content の中にあります。--output でその外のフォルダーを指定してください

"#]]);
    assert!(!here.path().join("content/site").exists());
}

#[test]
fn errors_block_the_build() {
    let here = content(&[("site.toml", "title = \"計画\"\n"), ("x/strategy.toml", "titel = 1\n")]);
    run(here.path(), "ja_JP.UTF-8", &["build"]).code(1).stdout_eq(str![]);
    assert!(!here.path().join("output").exists());
}

#[test]
fn unknown_strategy_is_a_usage_error() {
    let here =
        content(&[("site.toml", "title = \"計画\"\n"), ("x/strategy.toml", "title = \"x\"\npublisher = \"市\"\n")]);
    for command in ["build", "check", "serve"] {
        run(here.path(), "ja_JP.UTF-8", &[command, "--strategy", "y"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
エラー: 計画「y」はありません。あるのは x です

"#]]);
    }
    assert!(!here.path().join("output").exists());
}

#[test]
fn check_reports_errors_in_the_theme_of_the_site() {
    let here = content(&[
        ("site.toml", "title = \"計画\"\ntheme = \"look\"\n"),
        ("x/strategy.toml", "title = \"x\"\npublisher = \"市\"\n"),
        ("look/templates/home.html", "<h1>{{ title </h1>\n"),
        ("look/templates/node.html", "<h1>{% if x %}</h1>\n"),
        ("look/texts/ja.toml", "hoem = \"最初\"\n"),
    ]);
    let checked = run(here.path(), "ja_JP.UTF-8", &["check", "--format", "short"]).code(1).stdout_eq(str![]);
    checked.stderr_eq(str![[r#"
content/look/templates/home.html:1:14: error[theme]: テーマのファイル home.html: ここには }} が来るはずですが、「</」があります
content/look/templates/node.html:1:15: error[theme]: テーマのファイル node.html: 終わりまで閉じられていない {% … %} や {{ … }} があります
content/look/texts/ja.toml:1:1: error[theme]: テーマのファイル texts/ja.toml: 「hoem」という文はありません
エラー3件、警告0件

"#]]);
}

#[test]
fn unknown_rule_is_a_usage_error_with_suggestions() {
    let here = tempfile::tempdir().unwrap();
    run(here.path(), "ja_JP.UTF-8", &["explain", "total-sums"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
エラー: 「total-sums」という規則やキーはありません。もしかして: total-sum、total

"#]]);
    run(here.path(), "ja_JP.UTF-8", &["explain", "決算額"]).code(2).stdout_eq(str![]).stderr_eq(str![[r#"
エラー: 「決算額」という規則やキーはありません。`決算額` は、<edition>.md の `[money]` の `settlement` として書きます（例: `settlement.R6 = 9102`）

"#]]);
    run(here.path(), "en_GB.UTF-8", &["explain", "unused-acknowledgement"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
warning[unused-acknowledgement]: an unused acknowledgement

The cause of the finding was corrected; the acknowledgement would hide the next error of the same kind. An acknowledgement in the sheet of an earlier edition is compared with the editions up to that one; if a later edition prints the same figures again, they are acknowledged too. This finding cannot be acknowledged itself.

Confidence: certain (`--only certain`). The content contradicts itself or lacks what it declares to contain: both sides cannot be right.

Example:

    [[acknowledge]]
    rule = "total-sum"
    reason = "資料のとおり"

How to fix: Remove the `[[acknowledge]]`.

"#]]);
}

#[test]
fn explains_keys_of_the_content() {
    let here = tempfile::tempdir().unwrap();
    run(here.path(), "ja_JP.UTF-8", &["explain", "method.kind"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
kind（strategy.toml の [[method]]）
必須。方法の種類
値: ratio、inverse-ratio、progress、prorated、path、cumulative、versus-baseline、maintain、threshold、milestone、cagr、share-reached、declared
例:

    kind = "ratio"

"#]]);
    run(here.path(), "en_GB.UTF-8", &["explain", "baseline"]).code(0).stderr_eq(str![]).stdout_eq(str![[r#"
baseline (goal.md, [[indicator]])
year of the baseline, or start for a baseline printed without a year
Value: fiscal year or start
Example:

    baseline = "R4"

"#]]);
}

#[test]
fn escapes_control_characters_of_arguments() {
    let here = content(&[("x/strategy.toml", "title = \"総合戦略\"\npublisher = \"市\"\n")]);
    const CONTROLS: &str = "\u{1b}[31m\u{9b}2J";
    for lang in ["ja_JP.UTF-8", "C.UTF-8"] {
        for arguments in [
            &["build", "--strategy", CONTROLS][..],
            &["check", "--content", CONTROLS],
            &["check", CONTROLS],
            &["check", "--format", CONTROLS],
            &[CONTROLS],
            &["check", "--\u{1b}[31m\u{9b}2J=1"],
            &["explain", CONTROLS],
            &["new", "strategy", CONTROLS],
        ] {
            let output = run(here.path(), lang, arguments).get_output().clone();
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            assert!(!printed.contains(['\u{1b}', '\u{9b}']), "{arguments:?}: {printed:?}");
            assert!(printed.contains("\\u{1b}[31m\\u{9b}2J"), "{arguments:?}: {printed}");
        }
    }
}
