//! Image files: their size, so that browsers can reserve their space, and whether they reveal where they were taken.

use crate::model::ImageFile;
use exif::{Context, Reader};
use std::io::Cursor;

/// Properties of an image file with the content `bytes`.
pub(crate) fn properties(bytes: &[u8]) -> ImageFile {
    // A width beyond `u32` saturates; no browser shows such an image.
    let pixels = |length: f64| (length.round() as u32).max(1);
    ImageFile {
        size: size(bytes).map(|(width, height)| (pixels(width), pixels(height))),
        length: bytes.len() as u64,
        has_location: has_location(bytes),
    }
}

/// Width and height of an image in pixels, or in the units of an SVG; both are positive. `None` if `bytes` are not an
/// image of known size.
pub(crate) fn size(bytes: &[u8]) -> Option<(f64, f64)> {
    let size = match imagesize::blob_size(bytes) {
        Ok(size) => (size.width as f64, size.height as f64),
        Err(_) => svg_size(std::str::from_utf8(bytes).ok()?)?,
    };
    Some(size).filter(|(width, height)| *width > 0.0 && *height > 0.0)
}

/// Returns true if the metadata of an image contain a position: the GPS fields of Exif, or those of XMP.
fn has_location(bytes: &[u8]) -> bool {
    let exif = Reader::new().continue_on_error(true).read_from_container(&mut Cursor::new(bytes));
    let exif = exif.or_else(|error| error.distill_partial_result(|_| ()));
    let is_position = |field: &exif::Field| {
        let is_coordinate = [exif::Tag::GPSLatitude, exif::Tag::GPSLongitude].contains(&field.tag);
        field.tag.context() == Context::Gps && is_coordinate
    };
    let xmp = b"exif:GPSLatitude";
    exif.is_ok_and(|exif| exif.fields().any(is_position)) || bytes.windows(xmp.len()).any(|part| part == xmp)
}

/// Size that an SVG declares: its `viewBox`, or else its width and height if both have the same unit.
fn svg_size(text: &str) -> Option<(f64, f64)> {
    // Drawing programs emit a DOCTYPE.
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(text, options).ok()?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return None;
    }
    let number = |text: &str| text.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0);
    if let Some(view) = root.attribute("viewBox") {
        let mut sizes = view.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
        return Some((number(sizes.next()?)?, number(sizes.next()?)?));
    }
    let length = |name| {
        let length: &str = root.attribute(name)?;
        let unit = length.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        Some((number(length.strip_suffix(unit)?)?, unit))
    };
    let ((width, unit), (height, other)) = (length("width")?, length("height")?);
    (unit == other && unit != "%").then_some((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_size(image: &str, expected: Option<(f64, f64)>) {
        assert_eq!(size(image.as_bytes()), expected, "{image}");
    }

    #[test]
    fn reads_the_declared_size_of_an_svg() {
        const NS: &str = "xmlns=\"http://www.w3.org/2000/svg\"";
        check_size(&format!("<svg {NS} viewBox=\"0 0 300 100\"/>"), Some((300.0, 100.0)));
        check_size(&format!("<svg {NS} viewBox='-1,-1, 1.5,3' width='9' height='1'/>"), Some((1.5, 3.0)));
        check_size(
            &format!("<?xml version=\"1.0\"?><!DOCTYPE svg><svg {NS} width=\"20mm\" height=\"10mm\"/>"),
            Some((20.0, 10.0)),
        );
        check_size(&format!("<svg {NS} width=\"100%\" height=\"100%\"/>"), None);
        check_size(&format!("<svg {NS} viewBox=\"0 0 3 0\"/>"), None);
        check_size(&format!("<svg {NS}/>"), None);
    }

    #[test]
    fn reads_the_size_of_a_png_header() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 0, 200, 0, 0, 0, 100, 8, 6, 0, 0, 0]);
        assert_eq!(size(&png), Some((200.0, 100.0)));
    }

    #[test]
    fn rejects_files_that_are_not_images() {
        for text in ["", "<html/>", "<svg", "logo"] {
            check_size(text, None);
        }
    }

    /// A JPEG with only an Exif segment: one directory that points to a GPS directory with `tag` as its only entry.
    fn jpeg_with_gps_field(tag: u16) -> Vec<u8> {
        let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
        tiff.extend([0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0]);
        tiff.extend([0, 1]);
        tiff.extend(tag.to_be_bytes());
        tiff.extend([0, 5, 0, 0, 0, 3, 0, 0, 0, 44, 0, 0, 0, 0]);
        [35, 1, 40, 1, 30, 1].into_iter().for_each(|number: u32| tiff.extend(number.to_be_bytes()));
        let mut jpeg = b"\xff\xd8\xff\xe1".to_vec();
        jpeg.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
        jpeg.extend(b"Exif\0\0");
        jpeg.extend(tiff);
        jpeg.extend(b"\xff\xd9");
        jpeg
    }

    #[test]
    fn finds_positions_in_metadata() {
        assert!(has_location(&jpeg_with_gps_field(2)), "latitude");
        assert!(!has_location(&jpeg_with_gps_field(7)), "only the time of the fix");
        assert!(has_location(b"<rdf:Description exif:GPSLatitude=\"35,40.5N\"/>"));
        assert!(!has_location(b"\x89PNG\r\n\x1a\n"));
        assert!(!has_location(b""));
    }
}
