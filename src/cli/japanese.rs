//! Help and errors of clap in Japanese.

use std::fmt::Write;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorFormatter, ErrorKind};
use clap::{Arg, Command};

/// What a command does.
fn about(command: &str) -> Option<&'static str> {
    Some(match command {
        "shirube" => "自治体の総合戦略の検証報告（Markdown と TOML）から、静的なウェブサイトを作ります。",
        "build" => "サイトを作ります。変わったファイルだけを書き出します。",
        "check" => "原稿の誤りを調べます。何も書き出しません。",
        "serve" => "サイトをブラウザーで見せます。原稿を保存すると、すぐに反映します。",
        "new" => "サイト、計画、基本目標・施策・事務事業、年度ごとの版を作り始めます。今あるファイルは変えません。",
        "explain" => "指摘の規則を説明します。何を見つけるか、どう直すかが分かります。",
        "help" => "コマンドの説明を表示します。",
        "site" => "すぐに表示できる小さな見本のサイトを作ります。キーごとに説明がつきます。",
        "strategy" => "計画（総合戦略・振興計画など）を作ります。",
        "goal" => "基本目標を作ります。",
        "policy" => "施策を作ります。",
        "program" => "事務事業を作ります。",
        "edition" => "年度ごとの版を下書きとして作ります。値が空の調書が、目標・施策・事務事業ごとにできます。",
        _ => return None,
    })
}

/// What an argument means.
fn help(argument: &str) -> Option<&'static str> {
    Some(match argument {
        "content" => "原稿のフォルダー",
        "output" => "サイトを書き出すフォルダー（--strategy と --portal では、サイト全体とは別のフォルダー）",
        "portal" => "団体ごとのサイトがあるこのフォルダーから、全体のページだけを作る",
        "strategy" => "この総合戦略だけを対象にする（フォルダーのパスで指定。何度でも指定できます）",
        "lang" => "表示の言語（既定はシステムの言語）",
        "format" => {
            "誤りの表示: text は該当行つき、short は一行ずつ（エディター用）、json は一行一件（プログラム用）、github は GitHub Actions 用"
        }
        "acknowledged" => "確認済み（`[[acknowledge]]`）の指摘も、理由とともに一覧にする",
        "rules" => "誤りのほかに調べることを一覧にする（調べはしません）",
        "rule" => "規則の名前（total-sum など。省くと、すべての規則の一覧）",
        "port" => "待ち受けるポート（使われていれば、次の空いているポート）",
        "host" => "待ち受けるアドレス（既定ではこのパソコンからだけ見られます）",
        "no_drafts" => "下書きの版を、公表されるサイトと同じように見せない",
        "open" => "ブラウザーを開く",
        "folder" => "作るフォルダー",
        "id_of_strategy" => "計画の id（フォルダーの名前）。aoba、一つの市に計画がいくつもあれば aoba/sogo など",
        "id_of_node" => "id（フォルダーの名前）。省くと、番号か、次の空いている番号になります",
        "id_of_edition" => "版の id（調書のファイル名）。2024、2024-interim など",
        "of_command" => "コマンド",
        "in_strategy" => "足す先の計画（計画がいくつもあるときに指定）",
        "title" => "計画の名前（印刷されたとおり）",
        "publisher" => "自治体の名前",
        "number" => "名前の前に印刷された番号（5-1-1 など）",
        "name" => "名前（印刷されたとおり）",
        "goal" => "上の目標の id",
        "year" => "対象の年度（R6 など。省くと id から決まります）",
        "label" => "読み手に見える名前（省くと、前の版の名前の年度を進めたもの）",
        "stage" => "final（年度の終わり）、interim（年度の途中）、plan（年度の前）。省くと前の版と同じ",
        "help" => "この説明を表示する",
        "version" => "版を表示する",
        _ => return None,
    })
}

/// Translates the usage and the headings.
pub(super) fn translate(command: Command) -> Command {
    let name = command.get_bin_name().unwrap_or(command.get_name()).to_owned();
    translate_as(command, &name)
}

fn translate_as(command: Command, called: &str) -> Command {
    let mut usage = format!("{called} [オプション]");
    for argument in command.get_positionals() {
        let _ = write!(usage, " {argument}");
    }
    if command.has_subcommands() {
        usage.push_str(" <コマンド>");
    }
    let about = about(command.get_name());
    let command = match about {
        Some(about) => command.about(about),
        None => command,
    };
    let called = called.to_owned();
    command
        .override_usage(usage)
        .help_template("{about-with-newline}\n使い方: {usage}\n\n{all-args}")
        .subcommand_help_heading("コマンド")
        .subcommand_value_name("コマンド")
        .mut_args(argument)
        .mut_subcommands(move |sub| {
            let called = format!("{called} {}", sub.get_name());
            translate_as(sub, &called)
        })
}

fn argument(arg: Arg) -> Arg {
    let Some(mut text) = help(arg.get_id().as_str()).map(str::to_owned) else { return arg };
    let heading = if arg.is_positional() { "引数" } else { "オプション" };
    let arg = arg.help_heading(heading);
    if !arg.get_action().takes_values() {
        return arg.help(text);
    }
    let values: Vec<_> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !values.is_empty() {
        let _ = write!(text, "［{}］", values.join("・"));
    }
    let default: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !default.is_empty() {
        let _ = write!(text, "［既定: {}］", default.join(" "));
    }
    arg.help(text).hide_possible_values(true).hide_default_value(true)
}

/// Formatter of clap's errors in Japanese.
pub(super) struct Japanese;

impl ErrorFormatter for Japanese {
    fn format_error(error: &Error<Self>) -> StyledStr {
        let mut text = format!("エラー: {}\n", message(error));
        for (kind, label) in [
            (ContextKind::SuggestedSubcommand, "もしかして"),
            (ContextKind::SuggestedArg, "もしかして"),
            (ContextKind::SuggestedValue, "もしかして"),
            (ContextKind::ValidValue, "指定できる値"),
            (ContextKind::ValidSubcommand, "コマンド"),
        ] {
            let values = context(error, kind);
            if !values.is_empty() {
                let _ = write!(text, "\n  {label}: {}\n", values.join("、"));
            }
        }
        let hint = hint(error);
        if !hint.is_empty() {
            let _ = write!(text, "\n  {hint}\n");
        }
        if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
            let usage = usage.to_string().replace("Usage:", "使い方:");
            let _ = write!(text, "\n{}\n", usage.trim_end());
        }
        text.push_str("\n詳しくは --help をご覧ください。\n");
        StyledStr::from(text)
    }
}

/// Message of an error.
fn message(error: &Error<Japanese>) -> String {
    let argument = context(error, ContextKind::InvalidArg).join(" ");
    let value = context(error, ContextKind::InvalidValue).join(" ");
    let command = context(error, ContextKind::InvalidSubcommand).join(" ");
    match error.kind() {
        ErrorKind::UnknownArgument => format!("引数「{argument}」はありません"),
        ErrorKind::InvalidSubcommand => format!("コマンド「{command}」はありません"),
        ErrorKind::MissingSubcommand => "コマンドが指定されていません".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("「{argument}」の値が指定されていません"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("「{argument}」の値「{value}」は正しくありません")
        }
        ErrorKind::ArgumentConflict => format!("「{argument}」は、複数回の指定や、ほかの引数との併用ができません"),
        ErrorKind::MissingRequiredArgument => format!("「{argument}」が指定されていません"),
        ErrorKind::TooManyValues => format!("「{argument}」の値が多すぎます"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("「{argument}」の値の数が違います"),
        ErrorKind::InvalidUtf8 => "引数に UTF-8 でない文字があります".to_owned(),
        other => other.to_string(),
    }
}

/// Remedy of an error; empty if clap gives one. clap's own reasons are in English.
fn hint(error: &Error<Japanese>) -> &'static str {
    let argument = context(error, ContextKind::InvalidArg).join(" ");
    let usage = error.get(ContextKind::Usage).map(ToString::to_string).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument if usage.contains("<コマンド>") => {
            "引数は、コマンドの後に指定してください（例: shirube build --content genko）"
        }
        ErrorKind::ValueValidation if argument.starts_with("--port") => "0 から 65535 までの数を指定してください",
        ErrorKind::ValueValidation if argument.starts_with("--year") => "R6、令和6年度、2024 のように指定してください",
        _ => "",
    }
}

/// Values of one part of the context of an error.
fn context(error: &Error<Japanese>, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(value)) => vec![value.clone()],
        Some(ContextValue::Strings(values)) => values.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn every_command_and_argument_has_japanese_words() {
        fn check(command: &Command) {
            assert!(about(command.get_name()).is_some(), "{}", command.get_name());
            for arg in command.get_arguments() {
                assert!(help(arg.get_id().as_str()).is_some(), "{}", arg.get_id());
                assert!(arg.get_help().is_some(), "{} has no English words", arg.get_id());
            }
            command.get_subcommands().for_each(check);
        }
        check(&crate::cli::Arguments::command());
    }
}
