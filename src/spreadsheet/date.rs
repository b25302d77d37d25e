//! Dates and times of cells.

use super::CellProblem;
use calamine::{ExcelDateTime, ExcelDateTimeType};

/// First serial number after the last date of a workbook, in the years from 1900 and from 1904.
const ENDS: [f64; 2] = [2_958_466.0, 2_957_004.0];

/// What a date or time format displays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct DateFormat {
    pub(super) year: bool,
    /// Month, or minutes if the format displays hours or seconds, and neither year nor day.
    pub(super) month_or_minute: bool,
    pub(super) day: bool,
    pub(super) hour: bool,
    pub(super) second: bool,
    /// Hours, minutes or seconds that are not limited to a day: `[h]`.
    pub(super) elapsed: bool,
}

impl DateFormat {
    /// The problem of a cell with the date of the `serial` number, in days from 1900 or 1904; `None` if there is no
    /// such date.
    pub(super) fn problem(self, serial: f64, is_1904: bool) -> Option<CellProblem> {
        let [end_1900, end_1904] = ENDS;
        if !(0.0..if is_1904 { end_1904 } else { end_1900 }).contains(&serial) {
            return None;
        }
        let (year, month, day, hour, minute, second, _) =
            ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, is_1904).to_ymd_hms_milli();
        let is_midnight = (hour, minute, second) == (0, 0, 0);
        Some(if self.is_time() && (self.elapsed || serial < 1.0) {
            // At most 3 million days.
            #[allow(clippy::cast_possible_truncation)]
            let days = serial.floor() as i64;
            let hours = days * 24 + i64::from(hour);
            let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
            CellProblem::Date {
                shown: format!("{hours:02}:{minute:02}:{second:02}"),
                written: (self.hour || self.elapsed).then(|| format!("{hours}:{minute:02}{seconds}")),
            }
        } else {
            let time = if is_midnight { String::new() } else { format!("T{hour:02}:{minute:02}:{second:02}") };
            let is_day_of_month = self.month_or_minute && self.day && !self.year && !self.hour && !self.second;
            CellProblem::Date {
                shown: format!("{year:04}-{month:02}-{day:02}{time}"),
                written: (is_day_of_month && is_midnight).then(|| format!("{month}-{day}")),
            }
        })
    }

    /// True if the format displays no date.
    fn is_time(self) -> bool {
        !self.year && !self.day && (self.hour || self.second || self.elapsed)
    }
}
