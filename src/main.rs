//! The command line: glue between arguments, the pipeline and the console.

fn main() {}
