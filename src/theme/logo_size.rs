//! Display size of the site's logo, so that browsers can reserve its space while it loads.

use crate::image;

/// Default display height of a logo in pixels.
const HEIGHT: f64 = 40.0;

/// Display width and height in pixels that keep the aspect ratio of an image; `None` if `bytes` are not an image of
/// known size.
pub(super) fn display_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let (width, height) = image::size(bytes)?;
    let display_width = (HEIGHT * width / height).round();
    // Extreme aspect ratios are considered errors.
    (1.0..=4000.0).contains(&display_width).then_some((display_width as u32, HEIGHT as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(image: &str, expected: Option<(u32, u32)>) {
        assert_eq!(display_size(image.as_bytes()), expected, "{image}");
    }

    #[test]
    fn keeps_the_aspect_ratio() {
        const NS: &str = "xmlns=\"http://www.w3.org/2000/svg\"";
        check(&format!("<svg {NS} viewBox=\"0 0 300 100\"/>"), Some((120, 40)));
        check(&format!("<svg {NS} viewBox=\"0 0 1 100\"/>"), None);
        check("logo", None);
    }
}
