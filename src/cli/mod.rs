//! Command line: parsing of arguments, dispatch to the commands, exit codes. One file per command.

mod build;
mod check;
mod completions;
mod console;
mod created;
mod department_lists;
mod diff;
mod excel;
mod explain;
mod help;
mod intake;
mod japanese;
mod ledger;
mod man;
mod new;
mod progress;
mod schema;
mod serve;
mod target;
mod threads;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::build::CommandError;
use crate::content::ReadError;
use crate::diagnostic::{Bilingual, Lang, say};
use crate::texts::primary_language;
use crate::update;
use console::{Console, Format, escaped};

/// Name of the program.
const NAME: &str = "shirube";

/// Compile a city's strategy reports, written as Markdown and TOML, into a static website
///
/// 自治体の計画の評価結果（Markdown と TOML）から、静的なウェブサイトを作成します。
#[derive(Debug, Parser)]
#[command(name = NAME, version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true, subcommand_required = true, arg_required_else_help = true)]
#[command(term_width = 0)] // the terminal breaks lines; Japanese has no spaces to break them at
struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// Language of messages (default: language of the system)
    ///
    /// 表示の言語（既定はシステムの言語）
    #[arg(long, global = true, display_order = 100, value_parser = lang_parser())]
    lang: Option<Lang>,

    /// Format of diagnostics: text with source lines, short for editors, json for programs, github for GitHub Actions
    ///
    /// 誤りと警告の形式: text（該当行つき）、short（エディター用）、json（プログラム用）、github（GitHub Actions 用）
    #[arg(long, global = true, display_order = 101, value_enum, default_value_t)]
    format: Format,

    /// Show this help
    ///
    /// このヘルプを表示する
    #[arg(long, short, global = true, display_order = 102, action = ArgAction::Help)]
    help: Option<bool>,

    /// Show the version
    ///
    /// バージョンを表示する
    #[arg(long, short = 'V', display_order = 103, action = ArgAction::Version)]
    version: Option<bool>,
}

/// Subcommands.
#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Build),
    Check(check::Check),
    Serve(serve::Serve),
    Diff(diff::Diff),
    New(new::New),
    Excel(excel::Excel),
    Ledger(ledger::Ledger),
    Explain(explain::Explain),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(man::Man),
    /// Show the help of a command
    ///
    /// コマンドのヘルプを表示します。
    #[command(hide = true)]
    Help {
        /// Name of the command
        ///
        /// コマンドの名前
        command: Vec<OsString>,
    },
}

/// Content folder and strategies that a command works on.
#[derive(Debug, Args)]
struct Selection {
    /// Folder of the content
    ///
    /// 原稿のフォルダー
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,

    /// Only this strategy, specified by its folder; may be repeated
    ///
    /// この計画だけを対象にする（フォルダーのパスで指定。繰り返し指定できます）
    #[arg(long, value_name = "ID")]
    strategy: Vec<String>,
}

impl Selection {
    /// Error message if the content folder does not exist. Finishes an interrupted update of the content.
    fn usage_error(&self) -> Option<Bilingual> {
        let content = self.content.display();
        if let Err(message) = update::recover(&self.content) {
            return Some(message);
        }
        (!self.content.is_dir()).then(|| {
            say!(
                ja: "原稿のフォルダー {content} がありません。--content で指定してください",
                en: "content folder {content} not found; specify it with --content",
            )
        })
    }
}

/// Result of a command; the discriminant is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// The command succeeded.
    Success = 0,
    /// The content has errors, or the result could not be written.
    Failure = 1,
    /// The arguments are wrong.
    Usage = 2,
}

impl From<&CommandError> for Exit {
    fn from(error: &CommandError) -> Self {
        match error {
            CommandError::Usage(_) | CommandError::Read(ReadError::UnknownStrategy { .. }) => Exit::Usage,
            _ => Exit::Failure,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// Runs the program. The first of `arguments` is the name of the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<_> = arguments.into_iter().collect();
    let system = sys_locale::get_locale();
    let lang = language(&arguments, system.as_deref());
    let Arguments { command, format, .. } = match parse(&arguments, lang) {
        Ok(arguments) => arguments,
        Err(exit) => return exit,
    };
    let console = Console { lang, format };
    if format.is_of_diff() && !matches!(command, Command::Diff(_)) {
        console.error(&say!(
            ja: "--format の toml と markdown は、`shirube diff` でだけ使えます",
            en: "the formats toml and markdown are only for `shirube diff`"
        ));
        return Exit::Usage.into();
    }
    if let Err(reason) = threads::start() {
        console.error(&say!(ja: "スレッドを作成できません: {reason}", en: "cannot start threads: {reason}"));
        return Exit::Failure.into();
    }
    let exit = match command {
        Command::Build(build) => build.run(console),
        Command::Check(check) => check.run(console),
        Command::Serve(serve) => serve.run(console),
        Command::Diff(diff) => diff.run(console),
        Command::New(new) => new.run(console),
        Command::Excel(excel) => excel.run(console),
        Command::Ledger(ledger) => ledger.run(console),
        Command::Explain(explain) => explain.run(console),
        Command::Schema(schema) => schema.run(console),
        Command::Completions(completions) => completions.run(console),
        Command::Man(man) => man.run(console),
        Command::Help { command } => {
            let arguments = [vec![NAME.into()], command, vec!["--help".into()]].concat();
            return parse(&arguments, lang).err().unwrap_or(ExitCode::SUCCESS);
        }
    };
    exit.into()
}

/// Definition of the command line, with help in the language `lang`.
fn definition(lang: Lang) -> clap::Command {
    let command = help::localize(Arguments::command(), lang);
    match lang {
        Lang::Ja => japanese::translate(command),
        Lang::En => command,
    }
}

/// Parses the arguments. Prints the help or the error, if any, and returns its exit code.
fn parse(arguments: &[OsString], lang: Lang) -> Result<Arguments, ExitCode> {
    let command = definition(lang);
    let try_parse = |arguments: &[OsString]| {
        let matches = command.clone().try_get_matches_from(arguments);
        matches.and_then(|matches| Arguments::from_arg_matches(&matches))
    };
    try_parse(arguments).map_err(|error| {
        // Errors quote the arguments, whose control characters must not reach the terminal.
        let printable: Vec<OsString> =
            arguments.iter().map(|argument| escaped(&argument.to_string_lossy()).into_owned().into()).collect();
        let error = try_parse(&printable).err().unwrap_or(error);
        let exit = if error.use_stderr() { Exit::Usage } else { Exit::Success };
        // A closed stream leaves no way to report that printing failed.
        let _ = match lang {
            Lang::Ja => error.apply::<japanese::Japanese>().print(),
            Lang::En => error.print(),
        };
        exit.into()
    })
}

/// Language of the messages: the value of `--lang` if it is supported, else the language of the system. Determined
/// before the arguments are parsed, because parsing them may already print help or an error.
fn language(arguments: &[OsString], system: Option<&str>) -> Lang {
    let words = arguments.iter().filter_map(|word| word.to_str()).take_while(|word| *word != "--");
    let words: Vec<_> = words.collect();
    let joined = words.iter().filter_map(|word| word.strip_prefix("--lang="));
    let separate =
        words.windows(2).filter(|pair| pair.first() == Some(&"--lang")).filter_map(|pair| pair.last().copied());
    let wanted = joined.chain(separate).next().filter(|wanted| ["ja", "en"].contains(wanted));
    let wanted = wanted.or(system).unwrap_or_default();
    if primary_language(wanted) == "ja" { Lang::Ja } else { Lang::En }
}

fn lang_parser() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(["ja", "en"]).map(|name| if name == "ja" { Lang::Ja } else { Lang::En })
}

#[cfg(test)]
pub(crate) use console::tests::render_in_all_formats;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definition_is_consistent() {
        definition(Lang::Ja).debug_assert();
        definition(Lang::En).debug_assert();
    }

    #[test]
    fn language_is_that_of_the_option_or_the_system() {
        let detected = |arguments: &[&str], system| {
            let arguments: Vec<_> = arguments.iter().map(OsString::from).collect();
            language(&arguments, system)
        };
        assert_eq!(detected(&["shirube", "build"], Some("ja-JP")), Lang::Ja);
        assert_eq!(detected(&["shirube", "build"], Some("ja_JP.UTF-8")), Lang::Ja);
        assert_eq!(detected(&["shirube", "build"], Some("de-DE")), Lang::En);
        assert_eq!(detected(&["shirube", "build"], Some("jam-JM")), Lang::En);
        assert_eq!(detected(&["shirube", "build"], None), Lang::En);
        assert_eq!(detected(&["shirube", "build", "--lang", "ja"], Some("en-US")), Lang::Ja);
        assert_eq!(detected(&["shirube", "--lang=en", "build"], Some("ja-JP")), Lang::En);
        assert_eq!(detected(&["shirube", "--lang"], Some("ja-JP")), Lang::Ja);
        assert_eq!(detected(&["shirube", "--lang", "fr"], Some("ja-JP")), Lang::Ja);
        assert_eq!(detected(&["shirube", "build", "--", "--lang", "en"], Some("ja-JP")), Lang::Ja);
    }
}
