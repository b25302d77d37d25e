//! Address of a page as a QR code, for readers of the printed page.

use crate::site::view::context::ViewContext;
use crate::site::view::values::html::Html;
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};
use serde::Serialize;

/// QR code of the address of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageCodeView {
    /// Absolute address of the page.
    pub address: String,
    /// `<svg>` element, described by the address.
    pub svg: Html,
}

/// Light modules around a code, without which it is not found.
const QUIET_ZONE: i32 = 4;

impl PageCodeView {
    /// Builds the code of the page. `None` if `site.toml` declares no base address, for an address that is too long, and
    /// within the print document, which has one code.
    pub(crate) fn new(context: &ViewContext<'_>) -> Option<Self> {
        let address = context.absolute_address().filter(|_| context.print_part.is_none())?;
        let segments = QrSegment::make_segments(&address);
        // The best of the eight masks is found by trying all of them, which takes seven times as long. Any of them can be
        // read.
        let mask = Some(Mask::new(0));
        let (min, max) = (Version::MIN, Version::MAX);
        let code = QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, min, max, mask, true).ok()?;
        let size = code.size() + 2 * QUIET_ZONE;
        // Modules are strokes along the middle of their row, half a module below its edge.
        let start = format!("<svg viewBox=\"-{QUIET_ZONE} -{QUIET_ZONE}.5 {size} {size}\" role=\"img\" aria-label=\"");
        let svg = Html::default().raw(&start).text(&address).raw("\"><path stroke=\"#000\" d=\"");
        Some(Self { svg: svg.raw(&path(&code)).raw("\"/></svg>"), address })
    }
}

/// Path along the dark modules of a code: `M0 0h7m1 0h1` is a row with seven dark modules, a light and a dark one.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut end = None;
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).map(|_| 1).sum::<i32>();
            if run > 0 {
                path.push_str(&match end {
                    None => format!("M{x} {y}h{run}"),
                    Some(end) => format!("m{} 0h{run}", x - end),
                });
                end = Some(x + run);
            }
            x += run + 1;
        }
    }
    path
}
