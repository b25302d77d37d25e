//! End-to-end tests of the binary and the library, compiled into one test binary.
//!
//! `cargo test --test suite links::` runs the tests of one module. Snapshots are compared with snapbox:
//! `SNAPSHOTS=overwrite cargo test --test suite -- golden years` accepts the current output; review the diff first.
//! Tests marked `#[ignore]` need a browser (`cargo xtask test`) or several minutes (`cargo xtask campaign`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod browser;
mod build;
mod campaign;
mod check;
mod check_and_build;
mod cities;
mod cli;
mod content;
mod contributing;
mod corrections;
mod data;
mod discovery;
mod easy;
mod editions;
mod embed;
mod examples;
mod excel;
mod facts;
mod golden;
mod guide;
mod hostile;
mod kill;
mod languages;
mod large;
mod ledger;
mod links;
mod lists;
mod metamorphic;
mod mistakes;
mod new;
mod oracle;
mod page_code;
mod pages;
mod parts;
mod published;
mod rebuild;
mod reference;
mod schema;
mod serve;
mod servers;
mod statement_regressions;
mod static_files;
mod support;
mod validators;
mod years;
