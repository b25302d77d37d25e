//! Confidence of diagnostics.

use super::Bilingual;

/// Confidence that the content, rather than the check, is wrong. Ordered from the highest to the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Confidence {
    /// The content contradicts itself or lacks what it declares to contain: both sides cannot be right.
    #[default]
    Certain,
    /// The entry differs from all comparable entries in the way that mistakes do; an exception is conceivable.
    Likely,
    /// The entry is unusual; a comparison with the source tells whether it is right.
    Possible,
}

impl Confidence {
    /// All levels, the highest first.
    pub const ALL: [Self; 3] = [Self::Certain, Self::Likely, Self::Possible];

    /// Name on the command line and in machine-readable output.
    pub fn code(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Possible => "possible",
        }
    }

    /// One sentence that defines the level.
    pub fn definition(self) -> Bilingual<&'static str> {
        match self {
            Self::Certain => Bilingual {
                ja: "原稿の中の記載が互いに食い違うか、宣言したものが欠けており、両方が正しいことはありえません。",
                en: "The content contradicts itself or lacks what it declares to contain: both sides cannot be right.",
            },
            Self::Likely => Bilingual {
                ja: "同じ種類のほかの記載と、誤りに特有の形で違っています。例外は考えられます。",
                en: "The entry differs from all comparable entries in the way that mistakes do; an exception is conceivable.",
            },
            Self::Possible => Bilingual {
                ja: "めずらしい記載です。正しいかどうかは、資料と見比べなければ分かりません。",
                en: "The entry is unusual; a comparison with the source tells whether it is right.",
            },
        }
    }

    /// Name for people.
    pub fn label(self) -> Bilingual<&'static str> {
        match self {
            Self::Certain => Bilingual { ja: "確実", en: "certain" },
            Self::Likely => Bilingual { ja: "可能性が高い", en: "likely" },
            Self::Possible => Bilingual { ja: "要確認", en: "worth a look" },
        }
    }
}
