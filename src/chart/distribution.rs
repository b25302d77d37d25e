//! Chart of the parts of a sum, with one bar for each group of parts, divided into them.

use super::Context;
use super::UNIT;
use super::element::Datum;
use super::legend::truncate;
use super::money::GUTTER;
use super::role::Role;
use super::svg::{LINE, SvgHeader, WIDTH, document, text_width};
use super::wording::Wording;
use crate::model::{Column, Decimal, FiscalYear, YearKind};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use rust_decimal::prelude::ToPrimitive;

/// Half the height of a bar.
const HALF_BAR: i32 = 7 * UNIT;
/// Space below a bar, and below a group.
const GAP: i32 = 3 * UNIT;
const GROUP_GAP: i32 = 8 * UNIT;
/// Half the width and height of the key of a part, and the width including the space before its name.
const HALF_KEY: i32 = 5 * UNIT;
const KEY: i32 = 16 * UNIT;

/// Group of parts of a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartGroup {
    /// Name of the group: `35 ほくと・魅力の向上`.
    pub name: String,
    /// Amount and share of the group: `2億7,132万5千円（63%）`.
    pub label: String,
    /// Parts, largest first; a single part is the group itself.
    pub parts: Vec<Part>,
}

/// Part of a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Amount, not negative.
    pub amount: Decimal,
    /// Name and share, if the part is large enough for a label.
    pub label: Option<(String, String)>,
}

impl PartGroup {
    fn amount(&self) -> Decimal {
        self.parts.iter().fold(Decimal::ZERO, |sum, part| sum.saturating_add(part.amount))
    }

    /// Parts with a label of their own; none if the group is a single part.
    fn labelled(&self) -> impl Iterator<Item = (usize, &(String, String))> {
        let parts = self.parts.iter().enumerate().filter(|_| self.parts.len() > 1);
        parts.filter_map(|(index, part)| Some((index, part.label.as_ref()?)))
    }
}

/// Draws the parts of a sum of the fiscal year `year`. `None` if no group has an amount.
pub(super) fn draw(groups: &[PartGroup], year: FiscalYear, context: &Context<'_>) -> Option<String> {
    let wording = Wording::new(context.texts, YearKind::Fiscal);
    let longest = groups.iter().map(PartGroup::amount).max().filter(|longest| *longest > Decimal::ZERO)?;
    // Groups share one scale, which begins at zero, so that no axis is needed next to the labels.
    let length = |amount: Decimal| {
        let length = amount.checked_mul(Decimal::from(WIDTH))?.checked_div(longest)?.round();
        length.to_i32().map(|length| length.clamp(0, WIDTH))
    };
    let height_of = |group: &PartGroup| {
        let labels = group.labelled().fold(0, |height, _| height + LINE + UNIT);
        LINE + 2 * HALF_BAR + 2 * GAP + labels + GROUP_GAP
    };
    let height = groups.iter().map(height_of).sum::<i32>() - GROUP_GAP;
    let title = context.title.unwrap_or(wording.text("chart_money_title"));
    let description = description(groups, &wording);
    let head = SvgHeader { kind: "distribution", id: context.id, title, description: &description, height };
    let left = Pos::new(HPos::Left, VPos::Top);
    let right = Pos::new(HPos::Right, VPos::Top);
    Some(document(&head, |svg| {
        let mut top = 0;
        for group in groups {
            let room = WIDTH - text_width(&group.label) - GUTTER;
            svg.text(&truncate(&group.name, room), Role::Name, (0, top), left);
            svg.text(&group.label, Role::Label, (WIDTH, top), right);
            let middle = top + LINE + GAP + HALF_BAR;
            let mut before = Decimal::ZERO;
            for (index, part) in group.parts.iter().enumerate() {
                let after = before.saturating_add(part.amount);
                if let (Some(from), Some(to)) = (length(before), length(after)) {
                    let datum = Some(Datum::Value(Column::Year(year), part.amount));
                    svg.bar([(from, middle), (to, middle)], HALF_BAR, Role::shade(index), datum);
                }
                before = after;
            }
            let mut y = middle + HALF_BAR + GAP;
            for (index, (name, share)) in group.labelled() {
                let centre = y + LINE / 2;
                svg.bar([(0, centre), (2 * HALF_KEY, centre)], HALF_KEY, Role::shade(index), None);
                let room = WIDTH - KEY - text_width(share) - GUTTER;
                svg.text(&truncate(name, room), Role::Name, (KEY, y), left);
                svg.text(share, Role::Name, (WIDTH, y), right);
                y += LINE + UNIT;
            }
            top += height_of(group);
        }
    }))
}

fn description(groups: &[PartGroup], wording: &Wording<'_>) -> String {
    let mut out = String::new();
    for group in groups {
        out.push_str(&wording.value(&group.name, &group.label));
        for (_, (name, share)) in group.labelled() {
            out.push_str(&wording.value(name, share));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EditionContext;
    use crate::texts::InterfaceTexts;

    #[test]
    fn bars_share_one_scale_and_large_parts_are_named_below_them() {
        let part = |amount: i64, name: &str| Part {
            amount: amount.into(),
            label: (!name.is_empty()).then(|| (name.to_owned(), "60%".to_owned())),
        };
        let group = |name: &str, parts: Vec<Part>| PartGroup { name: name.to_owned(), label: "80".to_owned(), parts };
        let groups =
            [group("目標の一", vec![part(60, "施策の一"), part(20, "")]), group("目標の二", vec![part(20, "二")])];
        let texts = InterfaceTexts::embedded("ja").unwrap();
        let editions = EditionContext { editions: &[], period: None };
        let context = Context { id: "x", title: Some("題"), texts: &texts, editions };
        let svg = draw(&groups, FiscalYear(2023), &context).unwrap();
        for bar in [r#"x="0" y="18" width="270""#, r#"x="270" y="18" width="90""#] {
            assert!(svg.contains(bar), "{svg}");
        }
        assert!(svg.contains(r#"data-value="60""#) && svg.contains("施策の一は60%。"));
        assert!(!svg.contains(">二<"), "a group of one part is named once");
        assert_eq!(draw(&[group("零", vec![part(0, "")])], FiscalYear(2023), &context), None);
    }
}
