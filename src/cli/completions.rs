//! `shirube completions`: completion script for a shell.

use std::io::{ErrorKind, Write};

use clap::Args;
use clap_complete::Shell;

use super::console::Console;
use super::{Exit, NAME, definition};
use crate::diagnostic::{self, Bilingual, Lang, say};

/// Print the completion script for a shell
///
/// シェルの補完スクリプトを標準出力に出力します。
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// Shell to complete in
    ///
    /// 補完を行うシェル
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, console: Console) -> Exit {
        let written = std::io::stdout().lock().write_all(&script(self.shell, console.lang));
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                let Bilingual { ja, en } = diagnostic::io_error_text(&error);
                console.error(&say!(
                    ja: "標準出力に書き出せません（{ja}）",
                    en: "cannot write to standard output ({en})"
                ));
                Exit::Failure
            }
            _ => Exit::Success,
        }
    }
}

/// Completion script with descriptions in the language `lang`, as far as the shell shows them.
fn script(shell: Shell, lang: Lang) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut definition(lang), NAME, &mut script);
    script
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Command, ValueEnum};

    /// Asserts that a case of `script`, a Bash script, completes each subcommand and option of `command` at `path`.
    fn check(command: &Command, path: &str, script: &str) {
        let (_, case) = script.split_once(&format!("\n        {path})\n")).unwrap_or_else(|| panic!("no case {path}"));
        let (_, words) = case.split_once("opts=\"").unwrap();
        let words: Vec<&str> = words.split_once('"').unwrap().0.split(' ').collect();
        let options = command.get_arguments().filter_map(|arg| arg.get_long()).map(|long| format!("--{long}"));
        for word in options.chain(command.get_subcommands().map(|subcommand| subcommand.get_name().to_owned())) {
            assert!(words.contains(&word.as_str()), "{path}: {word} is missing in {words:?}");
        }
        for subcommand in command.get_subcommands() {
            check(subcommand, &format!("{path}__subcmd__{}", subcommand.get_name()), script);
        }
    }

    #[test]
    fn bash_completes_every_subcommand_and_option() {
        let script = String::from_utf8(script(Shell::Bash, Lang::En)).unwrap();
        let mut command = definition(Lang::En);
        command.build();
        check(&command, NAME, &script);
    }

    #[test]
    fn descriptions_are_in_the_language_of_the_user() {
        for shell in [Shell::Zsh, Shell::Fish, Shell::PowerShell, Shell::Elvish] {
            for (lang, description) in [(Lang::Ja, "原稿のフォルダー"), (Lang::En, "Folder of the content")] {
                let script = String::from_utf8(script(shell, lang)).unwrap();
                assert!(script.contains(description), "{shell}: {description}");
            }
        }
    }

    #[test]
    fn scripts_of_all_shells_contain_no_control_characters() {
        for shell in Shell::value_variants() {
            for lang in [Lang::Ja, Lang::En] {
                let script = String::from_utf8(script(*shell, lang)).unwrap();
                assert!(!script.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')), "{shell}");
            }
        }
    }
}
