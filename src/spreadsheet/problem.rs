//! Cells whose displayed text is not certain: the reasons, their messages and remedies.

use crate::diagnostic::{Bilingual, say};

/// Reason why the displayed text of a cell is not certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellProblem {
    /// Date or time. `shown` is it in ISO 8601, `written` the text that was probably entered: `5-1`.
    Date {
        /// Date in ISO 8601.
        shown: String,
        /// Text that was probably entered before the spreadsheet program converted it.
        written: Option<String>,
    },
    /// Number in a format that is not rendered, such as one that displays thousands.
    NumberFormat {
        /// Stored number.
        number: String,
        /// Format code of the cell.
        format: String,
    },
    /// Number with more decimal places than a cell displays in the general format.
    LongDecimal {
        /// Stored number.
        number: String,
    },
    /// Error value such as `#REF!`.
    Error(String),
    /// `TRUE` or `FALSE`.
    Bool(bool),
    /// Text with a control character, as after copying from other programs.
    Control {
        /// The character: `U+000B`.
        character: String,
        /// Text without control characters.
        text: String,
    },
    /// Formula without a stored result.
    NoResult,
}

impl CellProblem {
    /// Stored content of the cell, without control characters; empty if there is none.
    pub fn stored(&self) -> String {
        match self {
            Self::Date { shown, .. } => shown.clone(),
            Self::NumberFormat { number, .. } | Self::LongDecimal { number } => number.clone(),
            Self::Error(error) => error.clone(),
            Self::Bool(value) => value.to_string().to_uppercase(),
            Self::Control { text, .. } => text.clone(),
            Self::NoResult => String::new(),
        }
    }

    /// Message for the person who filled in the cell.
    pub fn message(&self) -> Bilingual {
        match self {
            Self::Date { shown, written: Some(written) } => say!(
                ja: "日付（{shown}）になっています。「{written}」と記入したものが変換された可能性があります",
                en: "the cell contains the date {shown}; `{written}` may have been converted"
            ),
            Self::Date { shown, written: None } => {
                say!(ja: "日付（{shown}）になっています", en: "the cell contains the date {shown}")
            }
            Self::NumberFormat { number, format } => say!(
                ja: "数値 {number} の表示形式「{format}」には対応していないため、表示されている値が分かりません",
                en: "the number {number} has the format `{format}`, which is not supported"
            ),
            Self::LongDecimal { number } => say!(
                ja: "数値 {number} は小数の桁が多く、表示されている値が分かりません",
                en: "{number} has more decimal places than the cell may show"
            ),
            Self::Error(error) => {
                say!(ja: "エラー値（{error}）になっています", en: "the cell contains the error {error}")
            }
            Self::Bool(_) => {
                let value = self.stored();
                say!(ja: "論理値（{value}）になっています", en: "the cell contains the logical value {value}")
            }
            Self::Control { character, .. } => say!(
                ja: "文字の中に、表示できない制御文字（{character}）が含まれています",
                en: "the text contains the control character {character}"
            ),
            Self::NoResult => {
                say!(ja: "数式の計算結果が保存されていません", en: "the formula has no stored result")
            }
        }
    }

    /// Remedy.
    pub fn help(&self) -> Bilingual {
        match self {
            Self::Date { .. } | Self::NumberFormat { .. } | Self::LongDecimal { .. } | Self::Bool(_) => say!(
                ja: "セルの書式を「文字列」にしてから、表示するとおりに入力し直してください",
                en: "set the format of the cell to Text and enter what it should show"
            ),
            Self::Control { .. } => say!(
                ja: "セルの文字を消して、入力し直してください",
                en: "clear the cell and enter the text again"
            ),
            Self::Error(_) => say!(ja: "値を入力してください", en: "enter the value"),
            Self::NoResult => say!(
                ja: "表計算ソフトで開いて保存し直すか、値を入力してください",
                en: "open and save the file in a spreadsheet program, or enter the value"
            ),
        }
    }
}
