//! Entry point: passes the process arguments to [`shirube::run`] and returns its exit code.

use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    shirube::run(std::env::args_os())
}
