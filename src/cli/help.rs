//! Help texts in the language of the user.
//!
//! The doc comment of every command and argument has two paragraphs, first English, then Japanese. clap's derive takes
//! the first paragraph as the short help (without its final period) and both as the long help. [`localize`] reduces
//! them to one text before the arguments are parsed; `-h` and `--help` are therefore equal.

use clap::Command;
use clap::builder::{Resettable, StyledStr};

use crate::diagnostic::Lang;

/// Help of `command`, its arguments and its subcommands in the language `lang`.
pub(super) fn localize(command: Command, lang: Lang) -> Command {
    let about = text(command.get_about(), command.get_long_about(), lang);
    command
        .about(about)
        .long_about(Resettable::Reset)
        .mut_args(|arg| {
            let help = text(arg.get_help(), arg.get_long_help(), lang);
            arg.help(help).long_help(Resettable::Reset)
        })
        .mut_subcommands(|subcommand| localize(subcommand, lang))
}

/// Paragraph of a doc comment in the language `lang`, from the short and the long help that clap derives.
fn text(short: Option<&StyledStr>, long: Option<&StyledStr>, lang: Lang) -> String {
    let short = short.map(ToString::to_string).unwrap_or_default();
    match (lang, long) {
        (Lang::Ja, Some(long)) => paragraphs(long).pop().unwrap_or(short),
        (Lang::Ja, None) | (Lang::En, _) => short,
    }
}

fn paragraphs(long: &StyledStr) -> Vec<String> {
    long.to_string().split("\n\n").map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{Arguments, definition};
    use crate::html::is_japanese;
    use clap::CommandFactory;

    /// Asserts that the long help is one English and one Japanese paragraph, the latter on a single line of source: clap
    /// joins lines with spaces.
    fn check(name: &str, long: Option<&StyledStr>) {
        let paragraphs = long.map(paragraphs).unwrap_or_default();
        let [english, japanese] = paragraphs.as_slice() else {
            panic!("the doc comment of {name} must have two paragraphs: {paragraphs:?}");
        };
        assert!(!is_japanese(english), "{name}: {english}");
        assert!(is_japanese(japanese), "{name}: {japanese}");
        let words: Vec<&str> = japanese.split(' ').collect();
        let joined = words.windows(2).find(|pair| {
            let is_wide = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
            is_wide(pair[0].chars().last()) && is_wide(pair[1].chars().next())
        });
        assert_eq!(joined, None, "{name}: {japanese}");
    }

    fn check_command(command: &Command) {
        check(command.get_name(), command.get_long_about());
        for arg in command.get_arguments() {
            let name = format!("{} {}", command.get_name(), arg.get_id());
            check(&name, arg.get_long_help());
            // Help of possible values would be shown by --help only.
            assert!(arg.get_possible_values().iter().all(|value| value.get_help().is_none()), "{name}");
        }
        command.get_subcommands().for_each(check_command);
    }

    #[test]
    fn every_doc_comment_is_in_both_languages() {
        check_command(&Arguments::command());
    }

    /// Help of the command at `path`, asked for with `option`.
    fn help(path: &[&str], option: &str, lang: Lang) -> String {
        definition(lang).try_get_matches_from([path, &[option]].concat()).unwrap_err().to_string()
    }

    fn check_help(command: &Command, path: &[&str], lang: Lang) {
        let text = help(path, "--help", lang);
        assert_eq!(help(path, "-h", lang), text);
        let foreign = text.lines().find(|line| match lang {
            // Fiscal years are written in Japanese in both languages.
            Lang::En => is_japanese(line) && !line.contains("R6"),
            Lang::Ja => !line.trim().is_empty() && !is_japanese(line),
        });
        assert_eq!(foreign, None, "{path:?}");
        for subcommand in command.get_subcommands() {
            check_help(subcommand, &[path, &[subcommand.get_name()]].concat(), lang);
        }
    }

    #[test]
    fn short_and_long_help_are_equal_and_in_one_language() {
        for lang in [Lang::Ja, Lang::En] {
            check_help(&definition(lang), &["shirube"], lang);
        }
    }
}
