//! Colours and the contrast between text and background.

use std::fmt;

/// An sRGB colour, written `#0017c1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Black.
    pub const BLACK: Self = Self([0, 0, 0]);
    /// White.
    pub const WHITE: Self = Self([255, 255, 255]);

    /// Colour with the given sRGB components.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// Parses `#0017c1`, or the short form `#01c` for `#0011cc`.
    pub fn parse(written: &str) -> Option<Self> {
        let digits: Option<Vec<u8>> = written
            .strip_prefix('#')?
            .chars()
            .map(|c| c.to_digit(16).and_then(|digit| digit.try_into().ok()))
            .collect();
        match digits?[..] {
            [r, g, b] => Some(Self([r * 17, g * 17, b * 17])),
            [r1, r0, g1, g0, b1, b0] => Some(Self([r1 * 16 + r0, g1 * 16 + g0, b1 * 16 + b0])),
            _ => None,
        }
    }

    /// Contrast ratio of two colours as defined by WCAG 2: from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// Nearest colour whose contrast to each of `backgrounds` is at least `ratio`: the colour itself, or its mixture
    /// with the least sufficient share of `towards` (black or white); `towards` if no mixture suffices.
    pub fn readable_on(self, backgrounds: &[Self], ratio: f64, towards: Self) -> Self {
        let mixtures = (0..=u8::MAX).map(|share| self.mixed(towards, share));
        let mut readable = mixtures.filter(|mixed| backgrounds.iter().all(|other| mixed.contrast(*other) >= ratio));
        readable.next().unwrap_or(towards)
    }

    /// Mixture of this colour with `share` / 255 of another.
    fn mixed(self, other: Self, share: u8) -> Self {
        let mut components = self.0;
        for (component, other) in components.iter_mut().zip(other.0) {
            let sum = u32::from(*component) * u32::from(u8::MAX - share) + u32::from(other) * u32::from(share);
            // Never exceeds 255.
            *component = u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX);
        }
        Self(components)
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|component| {
            let value = f64::from(component) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// Formats as `#0017c1`.
impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(written: &str) -> Colour {
        Colour::parse(written).unwrap()
    }

    #[test]
    fn parses_both_lengths_and_formats_six_digits() {
        assert_eq!(colour("#01C").to_string(), "#0011cc");
        assert_eq!(colour("#0017c1").to_string(), "#0017c1");
        for written in ["", "#", "0017c1", "#0017c", "#0017cg", "#青", "#0017c1ff", "blue"] {
            assert_eq!(Colour::parse(written), None, "{written}");
        }
    }

    #[test]
    fn computes_contrast_as_defined_by_wcag() {
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 1e-9);
        // Known values at the threshold: #767676 passes on white, #777777 does not.
        assert!(colour("#767676").contrast(Colour::WHITE) >= 4.5);
        assert!(colour("#777777").contrast(Colour::WHITE) < 4.5);
    }

    #[test]
    fn finds_the_nearest_readable_colour() {
        let (white, dark) = (Colour::WHITE, colour("#16181d"));
        assert_eq!(colour("#0017c1").readable_on(&[white], 4.5, Colour::BLACK), colour("#0017c1"));
        assert_eq!(colour("#888888").readable_on(&[white], 4.5, Colour::BLACK), colour("#767676"));
        let light = colour("#0017c1").readable_on(&[dark], 4.5, Colour::WHITE);
        assert!(light.contrast(dark) >= 4.5 && light.contrast(dark) < 4.7, "{light}");
        assert_eq!(colour("#888888").readable_on(&[white], 22.0, Colour::BLACK), Colour::BLACK);
    }
}
