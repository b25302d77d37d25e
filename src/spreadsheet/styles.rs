//! Styles of cells: their number formats, and whether their font is struck out.

use super::number_format::NumberFormat;
use super::xml::Xml;
use crate::diagnostic::Bilingual;
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// Largest numbers of styles and formats, and length of a format code; those of Excel are smaller.
const MAX_STYLES: usize = 66_000;
const MAX_CODE: usize = 1_000;

/// Styles of cells, by their index.
pub(super) struct Styles {
    styles: Vec<Style>,
    formats: BTreeMap<u32, NumberFormat>,
}

/// Style of cells.
#[derive(Clone, Copy)]
struct Style {
    format: u32,
    struck_out: bool,
}

impl Styles {
    /// Style of a workbook without styles.
    pub(super) fn none() -> Self {
        let formats = BTreeMap::from([(0, built_in(0))]);
        Self { styles: vec![Style { format: 0, struck_out: false }], formats }
    }

    /// Reads the styles from the part `path`.
    pub(super) fn read(path: &str, text: &str) -> Result<Self, Bilingual> {
        let mut xml = Xml::new(path, text);
        let (mut styles, mut fonts, mut formats) = (Vec::new(), Vec::<bool>::new(), BTreeMap::new());
        // Elements of the same names also belong to named styles and conditional formats.
        let mut list = String::new();
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(element) => match (list.as_str(), element.local_name().as_ref()) {
                    ("", name @ ("numFmts" | "fonts" | "cellXfs")) => list = name.to_owned(),
                    ("numFmts", "numFmt") => {
                        let id = xml.number(&element, "numFmtId")?.unwrap_or_default();
                        let code = xml.attribute(&element, "formatCode")?.unwrap_or_default();
                        if code.len() > MAX_CODE {
                            return Err(xml.damaged("formatCode"));
                        }
                        formats.insert(id, NumberFormat::parse(&code));
                    }
                    ("fonts", "font") => fonts.push(false),
                    ("fonts", "strike") => {
                        let struck_out = xml.flag(&element, "val", true)?;
                        if let Some(font) = fonts.last_mut() {
                            *font = struck_out;
                        }
                    }
                    ("cellXfs", "xf") => {
                        let font = xml.number(&element, "fontId")?.and_then(|font| usize::try_from(font).ok());
                        styles.push((xml.number(&element, "numFmtId")?.unwrap_or_default(), font));
                    }
                    _ => {}
                },
                Event::End(element) if element.local_name().as_ref() == list => list.clear(),
                _ => {}
            }
            if styles.len() > MAX_STYLES || fonts.len() > MAX_STYLES || formats.len() > MAX_STYLES {
                return Err(xml.damaged("too many styles"));
            }
        }
        for (format, _) in &styles {
            formats.entry(*format).or_insert_with(|| built_in(*format));
        }
        let struck_out = |font: Option<usize>| font.and_then(|font| fonts.get(font)).copied().unwrap_or_default();
        let mut styles: Vec<Style> =
            styles.into_iter().map(|(format, font)| Style { format, struck_out: struck_out(font) }).collect();
        if styles.is_empty() {
            styles = Self::none().styles;
            formats.entry(0).or_insert_with(|| built_in(0));
        }
        Ok(Self { styles, formats })
    }

    /// The number format of cells of the style `index`, and whether they are struck out; `None` if there is no such
    /// style.
    pub(super) fn get(&self, index: u32) -> Option<(&NumberFormat, bool)> {
        let style = self.styles.get(usize::try_from(index).ok()?)?;
        Some((self.formats.get(&style.format)?, style.struck_out))
    }
}

/// The number format that a workbook refers to without declaring it, as in Japanese versions of Excel.
fn built_in(id: u32) -> NumberFormat {
    const ERA: &str = "[$-411]ge.m.d";
    const LONG_ERA: &str = "[$-411]ggge\"年\"m\"月\"d\"日\"";
    NumberFormat::parse(match id {
        0 => "General",
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 57 => ERA,
        28 | 29 | 51 | 54 | 58 => LONG_ERA,
        30 => "m/d/yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"時\"mm\"分\"",
        33 => "h\"時\"mm\"分\"ss\"秒\"",
        34 | 52 | 55 => "yyyy\"年\"m\"月\"",
        35 | 53 | 56 => "m\"月\"d\"日\"",
        // 38 is the button with the comma. Negative numbers have brackets in English.
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        // Zero is displayed as a dash.
        41 => return NumberFormat::for_positive_numbers("#,##0"),
        43 => return NumberFormat::for_positive_numbers("#,##0.00"),
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mmss.0",
        48 => "##0.0E+0",
        49 => "@",
        // Currencies, and formats of other languages.
        id => return NumberFormat::unknown(format!("numFmtId {id}")),
    })
}
