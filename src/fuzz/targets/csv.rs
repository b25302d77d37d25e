//! CSV files in any encoding.

use super::Features;
use crate::fuzz::Target;
use crate::spreadsheet::read_csv;
use crate::spreadsheet::tests::fuzz::describe;

pub(in crate::fuzz) const TARGET: Target = Target {
    name: "csv",
    pieces: &[
        "\"",
        "\"\"",
        ",",
        "\t",
        ";",
        "\r\n",
        "\n",
        "\r",
        "\u{feff}",
        "字",
        "1,234",
        "　",
        "\0",
        "=1+1",
        "\"a\nb\"",
        "名,値\n",
    ],
    inputs: 2_000,
    run,
};

fn run(input: &[u8]) -> Features {
    match read_csv(input, None) {
        Ok((workbook, _)) => describe(&workbook),
        Err(error) => Features::from([format!("{error:?}").chars().take_while(|c| c.is_alphanumeric()).collect()]),
    }
}
