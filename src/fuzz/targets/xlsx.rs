//! Workbooks of hand-made XML: the input is a part of one, which its first byte chooses.

use super::Features;
use crate::fuzz::Target;
use crate::spreadsheet::tests::fuzz::{PIECES, read_part};

pub(in crate::fuzz) const TARGET: Target = Target { name: "xlsx", pieces: PIECES, inputs: 1_000, run };

fn run(input: &[u8]) -> Features {
    input.split_first().map_or_else(Features::new, |(first, xml)| read_part(usize::from(*first), xml))
}
