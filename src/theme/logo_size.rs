//! Display size of the site's logo, so that browsers can reserve its space while it loads.

/// Default display height of a logo in pixels.
const HEIGHT: f64 = 40.0;

/// Display width and height in pixels that keep the aspect ratio of an image; `None` if `bytes` are not an image of
/// known size.
pub(super) fn display_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let (width, height) = match imagesize::blob_size(bytes) {
        Ok(size) => (size.width as f64, size.height as f64),
        Err(_) => svg_size(std::str::from_utf8(bytes).ok()?)?,
    };
    let display_width = (HEIGHT * width / height).round();
    // Extreme aspect ratios are considered errors.
    (1.0..=4000.0).contains(&display_width).then_some((display_width as u32, HEIGHT as u32))
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

    fn check(image: &str, expected: Option<(u32, u32)>) {
        assert_eq!(display_size(image.as_bytes()), expected, "{image}");
    }

    #[test]
    fn reads_the_declared_size_of_an_svg() {
        const NS: &str = "xmlns=\"http://www.w3.org/2000/svg\"";
        check(&format!("<svg {NS} viewBox=\"0 0 300 100\"/>"), Some((120, 40)));
        check(&format!("<svg {NS} viewBox='-1,-1, 1.5,3' width='9' height='1'/>"), Some((20, 40)));
        check(
            &format!("<?xml version=\"1.0\"?><!DOCTYPE svg><svg {NS} width=\"20mm\" height=\"10mm\"/>"),
            Some((80, 40)),
        );
        check(&format!("<svg {NS} width=\"100%\" height=\"100%\"/>"), None);
        check(&format!("<svg {NS} viewBox=\"0 0 3 0\"/>"), None);
        check(&format!("<svg {NS}/>"), None);
    }

    #[test]
    fn reads_the_size_of_a_png_header() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 0, 200, 0, 0, 0, 100, 8, 6, 0, 0, 0]);
        assert_eq!(display_size(&png), Some((80, 40)));
    }

    #[test]
    fn rejects_files_that_are_not_images() {
        for text in ["", "<html/>", "<svg", "logo"] {
            check(text, None);
        }
    }
}
