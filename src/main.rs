//! The command line: glue between the arguments and the exit code.

use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    shirube::run(std::env::args_os())
}
