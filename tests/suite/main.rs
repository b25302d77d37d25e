//! The program from outside, in one binary: `cargo test --test suite links::` runs the tests of one module.
//!
//! Snapshots are kept by snapbox: `SNAPSHOTS=overwrite cargo test --test suite golden years` accepts what is made now;
//! read the difference first. Tests that are `#[ignore]`d need a browser (`cargo xtask test`) or time
//! (`cargo xtask campaign`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod agreement;
mod browser;
mod build;
mod check;
mod cli;
mod content;
mod editions;
mod examples;
mod facts;
mod golden;
mod guide;
mod hostile;
mod kill;
mod languages;
mod links;
mod mistakes;
mod new;
mod oracle;
mod pages;
mod parts;
mod published;
mod rebuild;
mod serve;
mod statements;
mod support;
mod years;
