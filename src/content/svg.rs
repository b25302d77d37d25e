//! Rejection of SVG files with active content.
//!
//! A browser that opens an SVG file by its URL runs its scripts with the origin of the site, and loads external
//! resources that it references.

use super::front_matter::{not_utf8, unreadable};
use crate::diagnostic::{Bilingual, Diagnostic, Rule, SourceId, Sources, Span, say};
use roxmltree::{Attribute, Document, Node, NodeType, ParsingOptions};

/// Elements that run scripts, embed pages or load other files.
const REFUSED_ELEMENTS: [&str; 10] =
    ["script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler", "listener", "link"];

/// Namespaces other than SVG whose elements browsers process. Elements of any other namespace have no effect.
const PAGE_NAMESPACES: [&str; 2] = ["http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML"];
const SVG_NAMESPACE: &str = "http://www.w3.org/2000/svg";
const LINK_NAMESPACES: [&str; 2] = ["http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"];

/// Errors of the SVG file `name` with the source `svg`; `referrer` is the file that references it.
pub(super) fn check(name: &str, svg: Option<SourceId>, sources: &Sources, referrer: SourceId) -> Vec<Diagnostic> {
    let Some((id, source)) = svg.and_then(|id| Some((id, sources.get(id)?))) else {
        let reason = say!(ja: "ファイルを読み込めません", en: "the file cannot be read");
        return vec![not_an_svg(name, &reason, Span::new(referrer, 0..0))];
    };
    if let Some(error) = unreadable(id, sources).or_else(|| not_utf8(id, sources)) {
        return vec![error];
    }
    // Graphics editors write a DOCTYPE; the parser limits entity expansion.
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = match Document::parse_with_options(&source.text, options) {
        Ok(document) => document,
        Err(error) => {
            let at = error.pos();
            let line = source.text.split_inclusive('\n').take(at.row.saturating_sub(1) as usize).map(str::len).sum();
            let reason = say!(ja: "{error}", en: "{error}");
            return vec![not_an_svg(name, &reason, Span::new(id, line..line))];
        }
    };
    if document.root_element().tag_name().name() != "svg" {
        let reason = say!(ja: "<svg> の要素がありません", en: "there is no <svg> element");
        return vec![not_an_svg(name, &reason, Span::new(id, 0..0))];
    }
    document.root().descendants().filter_map(|node| unsafe_part(&source.text, id, &node)).collect()
}

/// Reports active content in one node of an SVG file. `None` if the node is safe.
fn unsafe_part(text: &str, id: SourceId, node: &Node<'_, '_>) -> Option<Diagnostic> {
    let at = |range: std::ops::Range<usize>| Span::new(id, range);
    if let NodeType::PI = node.node_type() {
        // `<?xml-stylesheet …?>` loads another file, which may contain scripts.
        return Some(not_safe("<?…?>", at(node.range())));
    }
    if !node.is_element() {
        return None;
    }
    let name = node.tag_name().name();
    // The content of an entity is defined elsewhere in the file, so the span covers the tag in the source text.
    let begin = node.range().start;
    let tag = begin..text.get(begin..).and_then(|rest| rest.find('>')).map_or(begin, |end| begin + end + 1);
    let namespace = node.tag_name().namespace().unwrap_or(SVG_NAMESPACE);
    if namespace != SVG_NAMESPACE && !PAGE_NAMESPACES.contains(&namespace) {
        return None;
    }
    let refused = REFUSED_ELEMENTS.iter().any(|refused| refused.eq_ignore_ascii_case(name));
    if refused || PAGE_NAMESPACES.contains(&namespace) || animates_href(node) {
        return Some(not_safe(&format!("<{name}>"), at(tag)));
    }
    if name.eq_ignore_ascii_case("style")
        && node.descendants().filter_map(|part| part.text()).any(has_external_reference)
    {
        return Some(not_safe("<style>", at(tag)));
    }
    let mut attributes = node.attributes();
    attributes
        .find(|attribute| is_unsafe(name, attribute))
        .map(|attribute| not_safe(attribute.name(), at(attribute.range())))
}

/// Returns true if an animation changes the target of a link.
fn animates_href(node: &Node<'_, '_>) -> bool {
    let name = node.attribute("attributeName").unwrap_or_default();
    name.rsplit(':').next().is_some_and(|name| name.trim().eq_ignore_ascii_case("href"))
}

/// Returns true if an attribute runs a script or references another file. Links of `<a>` to web pages are allowed,
/// because they load nothing by themselves.
fn is_unsafe(element: &str, attribute: &Attribute<'_, '_>) -> bool {
    if attribute.namespace().is_some_and(|space| !LINK_NAMESPACES.contains(&space)) {
        // Private attributes of graphics editors.
        return false;
    }
    let name = attribute.name().to_ascii_lowercase();
    let value = attribute.value();
    match name.as_str() {
        _ if name.starts_with("on") => true,
        "href" | "src" => {
            let url = value.trim();
            let is_internal = url.starts_with('#') || url.is_empty();
            let images = ["data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp"];
            let is_embedded = element == "image" && images.iter().any(|kind| url.starts_with(kind));
            let is_web_link = element == "a" && crate::model::Href::parse(url, &[crate::model::Scheme::Web]).is_some();
            !(is_internal || is_embedded || is_web_link)
        }
        // `xml:base` would change the meaning of all other URLs.
        "base" => true,
        _ => has_external_reference(value),
    }
}

/// Returns true if a style sheet or an attribute references anything other than a fragment of the same file.
fn has_external_reference(css: &str) -> bool {
    // Any of the strings searched for can be disguised by CSS escapes.
    let lower = css.to_ascii_lowercase();
    let imports = lower.contains("@import") || lower.contains("expression(") || lower.contains("image-set(");
    let is_escaped = lower.contains('\\') && lower.contains(['(', '@']);
    let is_external = |rest: &str| !rest.trim_start().trim_start_matches(['"', '\'']).trim_start().starts_with('#');
    imports || is_escaped || lower.contains("javascript:") || lower.split("url(").skip(1).any(is_external)
}

fn not_safe(part: &str, span: Span) -> Diagnostic {
    let message = say!(
        ja: "この SVG には、公表できない内容（{part}）が含まれています",
        en: "this SVG contains something that cannot be published: {part}"
    );
    Diagnostic::new(Rule::UnsafeDrawing, span, message).rule_help()
}

fn not_an_svg(name: &str, Bilingual { ja, en }: &Bilingual, span: Span) -> Diagnostic {
    let message = say!(
        ja: "「{name}」は SVG の画像として読めません（{ja}）",
        en: "`{name}` cannot be read as an SVG image ({en})"
    );
    Diagnostic::new(Rule::UnsafeDrawing, span, message).help(say!(
        ja: "画像を作成したソフトで SVG として保存し直すか、PNG に変えてください",
        en: "save it again as SVG, or as PNG, with the program that created it"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of the errors in an SVG file with the content `inside` at line 2.
    fn error_lines(inside: &str) -> Vec<usize> {
        let xlink = "xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
        error_lines_of_file(&format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {xlink}>\n{inside}\n</svg>"))
    }

    fn error_lines_of_file(text: &str) -> Vec<usize> {
        let mut sources = Sources::default();
        let id = sources.add("a.svg", text);
        let diagnostics = check("a.svg", Some(id), &sources, id);
        diagnostics
            .iter()
            .filter_map(|error| Some(sources.get(id)?.line_column(error.span()?.range().start).0))
            .collect()
    }

    #[test]
    fn accepts_static_content() {
        for inside in [
            "<title>図</title><path d=\"M0 0\" fill=\"url(#a)\" style=\"stroke: red; fill: url('#b')\"/>",
            "<style>.a { fill: red; filter: url( \"#x\" ) }</style>",
            "<use href=\"#a\"/><use xlink:href=\"#a\"/>",
            "<a href=\"https://www.city.example.jp/\"><text>市</text></a>",
            "<image href=\"data:image/png;base64,iVBORw0KGgo=\"/>",
            "<circle r=\"9\"><animate attributeName=\"r\" values=\"1;9\"/></circle>",
            "<g xmlns:i=\"urn:i\" i:file=\"C:\\Users\\rl.svg\" i:onload=\"x\"/>",
            "<!-- onload= --><metadata><x xmlns=\"urn:x\"/></metadata>",
        ] {
            assert_eq!(error_lines(inside), Vec::<usize>::new(), "{inside}");
        }
        let doctype = "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        assert_eq!(error_lines_of_file(doctype), Vec::<usize>::new());
    }

    #[test]
    fn reports_scripts_and_external_references_with_their_line() {
        for inside in [
            "<script>alert(1)</script>",
            "<SCRIPT>alert(1)</SCRIPT>",
            "<x:script xmlns:x=\"http://www.w3.org/2000/svg\">alert(1)</x:script>",
            "<g onload=\"alert(1)\"/>",
            "<g OnClick='alert(1)'/>",
            "<foreignObject/>",
            "<h:iframe xmlns:h=\"http://www.w3.org/1999/xhtml\"/>",
            "<a href=\"javascript:alert(1)\"/>",
            "<a xlink:href=\"java&#10;script:alert(1)\"/>",
            "<use href=\"other.svg#a\"/>",
            "<image href=\"https://evil.example/a.png\"/>",
            "<image href=\"data:image/svg+xml,&lt;svg/>\"/>",
            "<style>@import 'https://evil.example/a.css';</style>",
            "<style>a { fill: url(https://evil.example/) }</style>",
            "<style>a { fill: u\\72l(https://evil.example/) }</style>",
            "<rect style=\"fill: url(//evil.example/a)\"/>",
            "<rect fill=\"url('https://evil.example/#a')\"/>",
            "<a><set attributeName=\"href\" to=\"javascript:alert(1)\"/></a>",
            "<animate attributeName=\"href\" values=\"javascript:alert(1)\"/>",
            "<g xml:base=\"https://evil.example/\"/>",
            "<?xml-stylesheet href=\"a.xsl\"?>",
        ] {
            assert_eq!(error_lines(inside), [2], "{inside}");
        }
    }

    #[test]
    fn reports_a_script_in_an_entity() {
        let text = "<!DOCTYPE svg [<!ENTITY e '<script xmlns=\"http://www.w3.org/2000/svg\">alert(1)</script>'>]>\n<svg xmlns=\"http://www.w3.org/2000/svg\">&e;</svg>";
        assert_eq!(error_lines_of_file(text).len(), 1);
    }

    #[test]
    fn reports_files_that_are_not_svg() {
        for text in ["", "<svg", "x", "<html><script/></html>"] {
            assert_eq!(error_lines_of_file(text), [1], "{text}");
        }
        let mut sources = Sources::default();
        let id = sources.add("a.svg", "<html/>");
        let messages =
            |svg| check("a.svg", svg, &sources, id).into_iter().map(|error| error.message.en).collect::<Vec<_>>();
        assert_eq!(messages(Some(id)), ["`a.svg` cannot be read as an SVG image (there is no <svg> element)"]);
        assert_eq!(messages(None), ["`a.svg` cannot be read as an SVG image (the file cannot be read)"]);
    }
}
