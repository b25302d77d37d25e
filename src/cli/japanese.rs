//! Japanese versions of the texts of clap: usage, headings, annotations and errors.

use std::fmt::Write;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorFormatter, ErrorKind};
use clap::{Arg, Command};

/// Translates the usage and the headings.
pub(super) fn translate(command: Command) -> Command {
    let name = command.get_bin_name().unwrap_or(command.get_name()).to_owned();
    translate_as(command, &name)
}

fn translate_as(command: Command, command_path: &str) -> Command {
    let mut usage = format!("{command_path} [オプション]");
    for argument in command.get_positionals() {
        let _ = write!(usage, " {argument}");
    }
    if command.has_subcommands() {
        usage.push_str(" <コマンド>");
    }
    let command_path = command_path.to_owned();
    command
        .override_usage(usage)
        .help_template("{about-with-newline}\n使い方: {usage}\n\n{all-args}")
        .subcommand_help_heading("コマンド")
        .subcommand_value_name("コマンド")
        .mut_args(argument)
        .mut_subcommands(move |sub| {
            let command_path = format!("{command_path} {}", sub.get_name());
            translate_as(sub, &command_path)
        })
}

/// Sets the heading, and appends the possible and default values to the help.
fn argument(arg: Arg) -> Arg {
    let mut help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let heading = if arg.is_positional() { "引数" } else { "オプション" };
    let arg = arg.help_heading(heading);
    if !arg.get_action().takes_values() {
        return arg;
    }
    let shown = arg.get_possible_values().into_iter().filter(|value| !value.is_hide_set());
    let values: Vec<_> = shown.map(|value| value.get_name().to_owned()).collect();
    if !values.is_empty() {
        let _ = write!(help, "［{}］", values.join("・"));
    }
    let default: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !default.is_empty() {
        let _ = write!(help, "［既定: {}］", default.join(" "));
    }
    arg.help(help).hide_possible_values(true).hide_default_value(true)
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

/// Hint for errors whose reason clap gives only in English or not at all; empty for others.
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
