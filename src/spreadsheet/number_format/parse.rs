//! Codes of number formats: `#,##0"千円";▲#,##0`.

use super::super::date::DateFormat;
use super::{Fixed, NumberFormat, Section};

/// Part of a format code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    /// Character that is displayed.
    Literal(char),
    /// Blank of the width of a character, or that fills the cell.
    Blank,
    /// One of `0 # , .`
    Digit(char),
    Percent,
    /// Text of the cell: `@`.
    Text,
    General,
    /// Letter of a date or time, in lower case.
    Date(char),
    /// Hours, minutes or seconds that are not limited to a day: `[h]`.
    Elapsed,
    /// Language or slash, which are part of dates: `[$-411]`. Numbers with a currency or fractions are not rendered.
    DateOnly,
    /// Anything that is not rendered: conditions, fractions, exponents.
    Other,
}

impl NumberFormat {
    /// Parses a format code. A code that is not understood results in a format that is not rendered.
    pub(in super::super) fn parse(code: &str) -> Self {
        let mut sections = sections(code);
        let has_text = |section: &Vec<Token>| section.contains(&Token::Text);
        let text = match sections.as_slice() {
            [_, _, _, _, ..] => sections.get(3).cloned(),
            [.., last] if has_text(last) => Some(last.clone()),
            _ => None,
        };
        let changes_text = text.as_ref().is_some_and(|section| {
            section.iter().filter(|token| !matches!(token, Token::Blank | Token::Literal(' '))).ne([&Token::Text])
        });
        if text.is_some() {
            sections.truncate(if sections.len() > 3 { 3 } else { sections.len() - 1 });
        }
        let sections = if sections.is_empty() {
            // A format of texts only displays numbers in the general format.
            vec![if changes_text { Section::Other } else { Section::general() }]
        } else {
            sections.iter().map(|section| Section::parse(section)).collect()
        };
        Self { code: code.to_owned(), sections, changes_text }
    }
}

impl Section {
    fn general() -> Self {
        Self::General { before: String::new(), after: String::new() }
    }

    fn parse(section: &[Token]) -> Self {
        let is_core = |token: &Token| matches!(token, Token::General | Token::Digit(_));
        let date = section.iter().position(|token| matches!(token, Token::Date(_) | Token::Elapsed));
        let core = section.iter().position(is_core);
        if let Some(date) = date.filter(|date| core.is_none_or(|core| *date < core)) {
            return if section.get(date..).is_some_and(|rest| rest.contains(&Token::Other)) {
                Self::Other
            } else {
                Self::Date(date_format(section))
            };
        }
        Self::number(section).unwrap_or(Self::Other)
    }

    /// The section as a format of numbers, `None` if it is not one that is rendered.
    fn number(section: &[Token]) -> Option<Self> {
        let is_core = |token: &Token| matches!(token, Token::General | Token::Digit(_));
        let start = section.iter().position(is_core)?;
        let (before, rest) = section.split_at_checked(start)?;
        let end = rest.iter().position(|token| !is_core(token)).unwrap_or(rest.len());
        let (core, after) = rest.split_at_checked(end)?;
        let percent = match after.iter().filter(|token| **token == Token::Percent).count() {
            0 => false,
            1 => true,
            _ => return None,
        };
        let before = literal(before, false)?;
        let after = literal(after, true)?;
        if let [Token::General] = core {
            return (!percent).then_some(Self::General { before, after });
        }
        let digits: String =
            core.iter().map(|token| if let Token::Digit(digit) = token { *digit } else { ' ' }).collect();
        let (whole, decimals) = digits.split_once('.').map_or((digits.as_str(), None), |(w, d)| (w, Some(d)));
        if decimals.is_some_and(|decimals| decimals.is_empty() || decimals.bytes().any(|digit| digit != b'0')) {
            return None;
        }
        let grouped = whole.contains(',');
        // A comma after the last digit displays thousands.
        if whole.starts_with(',') || whole.ends_with(',') {
            return None;
        }
        let places = whole.replace(',', "");
        let zeros = places.trim_start_matches('#');
        if places.is_empty() || zeros.bytes().any(|digit| digit != b'0') || (grouped && zeros.len() > 1) {
            return None;
        }
        Some(Self::Fixed(Fixed {
            before,
            digits: zeros.len(),
            grouped,
            decimals: u32::try_from(decimals.map_or(0, str::len)).ok().filter(|decimals| *decimals <= 20)?,
            percent,
            after,
        }))
    }
}

/// The text of `tokens` before a number or, if `is_after`, after it, without blanks at the outer end; `None` if it
/// contains anything else, or blanks of uncertain width next to the number.
fn literal(tokens: &[Token], is_after: bool) -> Option<String> {
    const BLANK: char = '\u{0}';
    let text: String = tokens
        .iter()
        .map(|token| match token {
            Token::Literal(char) => Some(*char),
            Token::Percent if is_after => Some('%'),
            Token::Blank => Some(BLANK),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let is_blank = |char: char| char == BLANK || char.is_whitespace();
    let text = if is_after { text.trim_end_matches(is_blank) } else { text.trim_start_matches(is_blank) };
    (!text.contains(BLANK)).then(|| text.to_owned())
}

/// What a section with letters of dates displays.
fn date_format(section: &[Token]) -> DateFormat {
    let mut format = DateFormat::default();
    for token in section {
        match token {
            // Years of eras, and weekdays, also belong to a date.
            Token::Date('y' | 'e' | 'g' | 'b' | 'r') => format.year = true,
            Token::Date('m') => format.month_or_minute = true,
            Token::Date('d' | 'a') => format.day = true,
            Token::Date('h') => format.hour = true,
            Token::Date('s') => format.second = true,
            Token::Elapsed => format.elapsed = true,
            _ => {}
        }
    }
    format
}

/// The tokens of each section of a format code.
fn sections(code: &str) -> Vec<Vec<Token>> {
    let mut sections = vec![Vec::new()];
    let mut rest = code;
    while let Some(char) = rest.chars().next() {
        let (token, length) = token(char, rest);
        let after = rest.get(length..).unwrap_or_default();
        if char == ';' {
            sections.push(Vec::new());
        } else if char == '"' {
            let (quoted, after) = after.split_once('"').unwrap_or((after, ""));
            if let Some(section) = sections.last_mut() {
                section.extend(quoted.chars().map(Token::Literal));
            }
            rest = after;
            continue;
        } else if let (Some(section), Some(token)) = (sections.last_mut(), token) {
            section.push(token);
        }
        rest = after;
    }
    sections
}

/// The token at the start of `rest`, whose first character is `char`, and its length; `None` if it is not displayed.
fn token(char: char, rest: &str) -> (Option<Token>, usize) {
    let second = rest.chars().nth(1);
    let two = char.len_utf8() + second.map_or(0, char::len_utf8);
    let starts_with = |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    match char {
        ';' | '"' => (None, 1),
        // In Japanese, an exclamation mark is displayed only after another one.
        '\\' | '!' => (second.map(Token::Literal), two),
        '_' => (Some(Token::Blank), two),
        '*' => (Some(if second == Some(' ') { Token::Blank } else { Token::Other }), two),
        '[' => {
            let (inner, length) =
                rest.split_once(']').map_or((rest, rest.len()), |(inner, _)| (inner, inner.len() + 1));
            (bracket(inner.trim_start_matches('[')), length)
        }
        '0' | '#' | ',' | '.' => (Some(Token::Digit(char)), 1),
        '%' => (Some(Token::Percent), 1),
        '@' => (Some(Token::Text), 1),
        _ if starts_with("General") => (Some(Token::General), "General".len()),
        _ if starts_with("AM/PM") => (Some(Token::Date('h')), "AM/PM".len()),
        _ if starts_with("A/P") => (Some(Token::Date('h')), "A/P".len()),
        _ if char.is_ascii_alphabetic() => {
            let letter = char.to_ascii_lowercase();
            (Some(if "ymdhsegabr".contains(letter) { Token::Date(letter) } else { Token::Other }), 1)
        }
        '/' => (Some(Token::DateOnly), 1),
        '?' => (Some(Token::Other), 1),
        _ => (Some(Token::Literal(char)), char.len_utf8()),
    }
}

/// The token of the text between brackets; `None` for colours, which are not part of the text.
fn bracket(inner: &str) -> Option<Token> {
    const COLORS: [&str; 17] = [
        "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow", "color", "黒", "青", "水", "緑", "紫",
        "赤", "白", "黄",
    ];
    let name = inner.trim_end_matches(|char: char| char.is_ascii_digit() || char == ' ').to_lowercase();
    if COLORS.contains(&name.as_str()) {
        None
    } else if !inner.is_empty()
        && ['h', 'm', 's'].iter().any(|unit| inner.to_lowercase().chars().all(|char| char == *unit))
    {
        Some(Token::Elapsed)
    } else if inner.starts_with('$') || inner.to_lowercase().starts_with("dbnum") {
        Some(Token::DateOnly)
    } else {
        Some(Token::Other)
    }
}
