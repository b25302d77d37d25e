//! Structure of a workbook: its worksheets and the parts that contain them.

use super::package::{Package, other_format};
use super::xml::{Xml, damaged};
use crate::diagnostic::Bilingual;
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// Structure of a workbook.
pub(super) struct Structure {
    /// Worksheets, in the order of their tabs; without charts and dialogs.
    pub(super) sheets: Vec<SheetPart>,
    /// Path of the part with the texts that cells share.
    pub(super) strings: Option<String>,
    /// Path of the part with the formats of cells.
    pub(super) styles: Option<String>,
    /// True if dates are counted from 1904.
    pub(super) is_1904: bool,
}

/// Worksheet and the part that contains it.
pub(super) struct SheetPart {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) path: String,
}

/// Reference from a part to another.
struct Relationship {
    id: String,
    /// Last segment of the type: `worksheet`, `sharedStrings`.
    kind: String,
    /// Path of the part.
    target: String,
}

/// Reads the structure of the workbook.
pub(super) fn read(package: &mut Package) -> Result<Structure, Bilingual> {
    let root = relationships(package, "")?;
    let path = root.into_iter().find(|r| r.kind == "officeDocument").ok_or_else(other_format)?.target;
    if !path.to_lowercase().ends_with(".xml") {
        return Err(other_format());
    }
    let relationships = relationships(package, &path)?;
    let target = |kind: &str| relationships.iter().find(|r| r.kind == kind).map(|r| r.target.clone());
    let mut structure =
        Structure { sheets: Vec::new(), strings: target("sharedStrings"), styles: target("styles"), is_1904: false };
    let by_id: BTreeMap<&str, &Relationship> = relationships.iter().map(|r| (r.id.as_str(), r)).collect();

    let text = package.part(&path)?.ok_or_else(|| damaged(&path, "missing"))?;
    let mut xml = Xml::new(&path, &text);
    let mut is_workbook = false;
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else { continue };
        match element.local_name().as_ref() {
            "workbook" => is_workbook = true,
            // An extension has an element of the same name without this attribute.
            "workbookPr" => structure.is_1904 |= xml.flag(&element, "date1904", false)?,
            "sheet" => {
                let name = xml.attribute(&element, "name")?.ok_or_else(|| xml.damaged("sheet without name"))?;
                let id = xml.attribute(&element, "id")?.unwrap_or_default();
                let relationship = by_id.get(id.as_str()).ok_or_else(|| xml.damaged(format!("sheet {name}")))?;
                let hidden = xml.attribute(&element, "state")?.is_some_and(|state| state != "visible");
                if relationship.kind == "worksheet" {
                    structure.sheets.push(SheetPart { name, hidden, path: relationship.target.clone() });
                }
            }
            _ => {}
        }
    }
    if is_workbook { Ok(structure) } else { Err(other_format()) }
}

/// References of the part `path` to other parts; those of the package if `path` is empty. Targets outside the workbook
/// are parts that it does not have.
fn relationships(package: &mut Package, path: &str) -> Result<Vec<Relationship>, Bilingual> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let slash = if folder.is_empty() { "" } else { "/" };
    let relationships = format!("{folder}{slash}_rels/{name}.rels");
    let Some(text) = package.part(&relationships)? else {
        return if path.is_empty() { Err(other_format()) } else { Err(damaged(&relationships, "missing")) };
    };
    let mut xml = Xml::new(&relationships, &text);
    let mut found = Vec::new();
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else { continue };
        if element.local_name().as_ref() != "Relationship" {
            continue;
        }
        let kind = xml.attribute(&element, "Type")?.unwrap_or_default();
        let target = xml.attribute(&element, "Target")?.unwrap_or_default();
        found.push(Relationship {
            id: xml.attribute(&element, "Id")?.unwrap_or_default(),
            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
            target: resolved(folder, &target),
        });
    }
    Ok(found)
}

/// Path of the part `target` as named by a part in `folder`.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut segments: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        segments.extend(folder.split('/').filter(|segment| !segment.is_empty()));
    }
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    segments.join("/")
}
