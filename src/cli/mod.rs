//! The commands: arguments in, console and exit code out. One file per command.

mod build;
mod check;
mod console;
mod explain;
mod japanese;
mod new;
mod progress;
mod serve;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::build::CommandError;
use crate::content::ReadError;
use crate::diagnostic::{Bilingual, Lang, say};
use console::{Console, Format, escaped};

/// Compiles a city's strategy reports, written as Markdown and TOML, into a static website.
#[derive(Debug, Parser)]
#[command(name = "shirube", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true, subcommand_required = true, arg_required_else_help = true)]
#[command(term_width = 0)] // the terminal breaks lines; Japanese has no spaces to break them at
struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// Language of messages (default: that of the system)
    #[arg(long, global = true, display_order = 100, value_parser = lang_parser())]
    lang: Option<Lang>,

    /// How mistakes are shown: text with the line, short for editors, json for programs, github for its workflows
    #[arg(long, global = true, display_order = 101, value_enum, default_value_t)]
    format: Format,

    /// Show this help
    #[arg(long, short, global = true, display_order = 102, action = ArgAction::Help)]
    help: Option<bool>,

    /// Show the version
    #[arg(long, short = 'V', display_order = 103, action = ArgAction::Version)]
    version: Option<bool>,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Build),
    Check(check::Check),
    Serve(serve::Serve),
    New(new::New),
    Explain(explain::Explain),
    /// Show the help of a command
    #[command(hide = true)]
    Help {
        /// The command
        #[arg(id = "of_command", value_name = "COMMAND")]
        of: Vec<OsString>,
    },
}

/// Which content a command works on.
#[derive(Debug, Args)]
struct Selection {
    /// The folder of the content
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,

    /// Only this strategy, named by its folder; may be repeated
    #[arg(long, value_name = "ID")]
    strategy: Vec<String>,
}

impl Selection {
    /// What is wrong with the folder, if anything is.
    fn misuse(&self) -> Option<Bilingual> {
        let content = self.content.display();
        (!self.content.is_dir()).then(|| {
            say!(
                ja: "原稿のフォルダー {content} がありません。--content で指定してください",
                en: "there is no content folder {content}; name it with --content",
            )
        })
    }
}

/// How a command ended, as the exit code says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// All is done.
    Done = 0,
    /// The content has errors, or the result could not be written.
    Failed = 1,
    /// The command was called wrongly.
    Misused = 2,
}

impl Ending {
    /// How a command ends that could not do its work.
    fn of(failure: &CommandError) -> Self {
        match failure {
            CommandError::Usage(_) | CommandError::Read(ReadError::UnknownStrategy { .. }) => Ending::Misused,
            _ => Ending::Failed,
        }
    }
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        ExitCode::from(ending as u8)
    }
}

/// Runs the program with `arguments`, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<_> = arguments.into_iter().collect();
    let system = sys_locale::get_locale();
    let lang = language(&arguments, system.as_deref());
    let Arguments { command, format, .. } = match parse(&arguments, lang) {
        Ok(arguments) => arguments,
        Err(exit) => return exit,
    };
    let console = Console { lang, format };
    let ending = match command {
        Command::Build(build) => build.run(console),
        Command::Check(check) => check.run(console),
        Command::Serve(serve) => serve.run(console),
        Command::New(new) => new.run(console),
        Command::Explain(explain) => explain.run(console),
        Command::Help { of } => {
            let asked = [vec!["shirube".into()], of, vec!["--help".into()]].concat();
            return parse(&asked, lang).err().unwrap_or(ExitCode::SUCCESS);
        }
    };
    ending.into()
}

/// Reads the arguments. Where help is wanted or an argument is wrong, says so and returns the exit code.
fn parse(arguments: &[OsString], lang: Lang) -> Result<Arguments, ExitCode> {
    let command = Arguments::command();
    let command = match lang {
        Lang::Ja => japanese::translate(command),
        Lang::En => command,
    };
    let read = |arguments: &[OsString]| {
        let matches = command.clone().try_get_matches_from(arguments);
        matches.and_then(|matches| Arguments::from_arg_matches(&matches))
    };
    read(arguments).map_err(|error| {
        // An error quotes the arguments, and the terminal would do what they say.
        let printable: Vec<OsString> =
            arguments.iter().map(|argument| escaped(&argument.to_string_lossy()).into_owned().into()).collect();
        let error = read(&printable).err().unwrap_or(error);
        let ending = if error.use_stderr() { Ending::Misused } else { Ending::Done };
        // Nothing is left to say when nobody listens.
        let _ = match lang {
            Lang::Ja => error.apply::<japanese::Japanese>().print(),
            Lang::En => error.print(),
        };
        ending.into()
    })
}

/// The language to speak: what `--lang` says, if it is one that we speak, else that of the system. It must be known before
/// the arguments are read, because reading them may already have something to say.
fn language(arguments: &[OsString], system: Option<&str>) -> Lang {
    let words = arguments.iter().filter_map(|word| word.to_str()).take_while(|word| *word != "--");
    let words: Vec<_> = words.collect();
    let joined = words.iter().filter_map(|word| word.strip_prefix("--lang="));
    let apart = words.windows(2).filter(|pair| pair.first() == Some(&"--lang")).filter_map(|pair| pair.last().copied());
    let wanted = joined.chain(apart).next().filter(|wanted| ["ja", "en"].contains(wanted));
    let wanted = wanted.or(system).unwrap_or_default();
    if wanted.starts_with("ja") { Lang::Ja } else { Lang::En }
}

fn lang_parser() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(["ja", "en"]).map(|name| if name == "ja" { Lang::Ja } else { Lang::En })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
        japanese::translate(Arguments::command()).debug_assert();
    }

    #[test]
    fn the_language_is_that_of_the_option_or_the_system() {
        let spoken = |arguments: &[&str], system| {
            let arguments: Vec<_> = arguments.iter().map(OsString::from).collect();
            language(&arguments, system)
        };
        assert_eq!(spoken(&["shirube", "build"], Some("ja-JP")), Lang::Ja);
        assert_eq!(spoken(&["shirube", "build"], Some("de-DE")), Lang::En);
        assert_eq!(spoken(&["shirube", "build"], None), Lang::En);
        assert_eq!(spoken(&["shirube", "build", "--lang", "ja"], Some("en-US")), Lang::Ja);
        assert_eq!(spoken(&["shirube", "--lang=en", "build"], Some("ja-JP")), Lang::En);
        assert_eq!(spoken(&["shirube", "--lang"], Some("ja-JP")), Lang::Ja);
        assert_eq!(spoken(&["shirube", "--lang", "fr"], Some("ja-JP")), Lang::Ja);
        assert_eq!(spoken(&["shirube", "build", "--", "--lang", "en"], Some("ja-JP")), Lang::Ja);
    }
}
