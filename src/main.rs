//! The command line: glue between the arguments and the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    shirube::cli::run(std::env::args_os())
}
