//! Chains of indicators: which indicators lead to which.

use super::report::IndicatorId;
use std::collections::BTreeMap;

/// Resolved links between indicators, without cycles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chains {
    next: BTreeMap<IndicatorId, Vec<IndicatorId>>,
    previous: BTreeMap<IndicatorId, Vec<IndicatorId>>,
}

impl Chains {
    /// Adds a link, unless `to` leads to `from` already. Returns false for such a cycle.
    pub fn add(&mut self, from: IndicatorId, to: IndicatorId) -> bool {
        if self.leads_to(to, from) {
            return false;
        }
        let next = self.next.entry(from).or_default();
        if !next.contains(&to) {
            next.push(to);
            self.previous.entry(to).or_default().push(from);
        }
        true
    }

    /// Returns true if a path of links leads from `from` to `to`, or if they are the same.
    fn leads_to(&self, from: IndicatorId, to: IndicatorId) -> bool {
        let mut pending = vec![from];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(indicator) = pending.pop() {
            if indicator == to {
                return true;
            }
            if seen.insert(indicator) {
                pending.extend(self.next(indicator));
            }
        }
        false
    }

    /// Indicators that `indicator` leads to, in printed order.
    pub fn next(&self, indicator: IndicatorId) -> &[IndicatorId] {
        self.next.get(&indicator).map_or(&[], Vec::as_slice)
    }

    /// Indicators that lead to `indicator`, in order of the report.
    pub fn previous(&self, indicator: IndicatorId) -> &[IndicatorId] {
        self.previous.get(&indicator).map_or(&[], Vec::as_slice)
    }

    /// Returns true if there is no link.
    pub fn is_empty(&self) -> bool {
        self.next.is_empty()
    }
}
