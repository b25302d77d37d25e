//! Test fixtures for the lints.

use super::LINTS;
use crate::content::Overlay;
use crate::diagnostic::Severity;
use crate::workspace::{self, Analysis, AnalysisOptions, Drafts};
use std::collections::BTreeMap;

/// Settings of a site without findings.
const SITE: &str = "title = 'T'\nlicense = { name = 'CC BY 4.0' }\nregion_code = '032069'\n";

/// The files of a strategy, by path.
#[derive(Clone)]
pub(super) struct Fixture(BTreeMap<String, String>);

/// Files of a program and of its 2023 sheet with the front matter `sheet`.
pub(super) fn program(id: &str, sheet: &str) -> [(String, String); 2] {
    [
        (format!("programs/{id}/program.md"), format!("+++\nname = 'program {id}'\n+++\n")),
        (format!("programs/{id}/2023.md"), format!("+++\n{sheet}\n+++\n")),
    ]
}

/// A strategy with a program `a`, whose indicator `x` has the keys `definition` and, in the 2023 sheet, the figures `figures`
/// from line 3.
pub(super) fn indicator(definition: &str, figures: &str) -> Fixture {
    let node = format!("+++\nname = 'A'\n[[indicator]]\nid = 'x'\nname = 'X'\n{definition}\n+++\n");
    Fixture::new().with(program("a", &format!("[indicator.x]\n{figures}"))).file("programs/a/program.md", &node)
}

impl Fixture {
    /// A strategy with a single edition, 2023 for R5.
    pub(super) fn new() -> Self {
        let content = Self(BTreeMap::new());
        content
            .file("strategy.toml", "title = 'S'\npublisher = 'C'\nmissing = ['-']\nmoney_unit = '千円'\n")
            .edition("2023", "R5")
    }

    pub(super) fn file(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path.to_owned(), text.to_owned());
        self
    }

    /// Replaces `site.toml`.
    pub(super) fn site(self, text: &str) -> Self {
        self.file("../site.toml", text)
    }

    pub(super) fn with(mut self, files: impl IntoIterator<Item = (String, String)>) -> Self {
        self.0.extend(files);
        self
    }

    pub(super) fn without(mut self, path: &str) -> Self {
        self.0.remove(path);
        self
    }

    /// Appends `more` to `strategy.toml`.
    pub(super) fn append_to_strategy(mut self, more: &str) -> Self {
        let toml = self.0.entry("strategy.toml".to_owned()).or_default();
        toml.push_str(more);
        toml.push('\n');
        self
    }

    /// Puts `more` before the tables of `strategy.toml`.
    pub(super) fn prepend_to_strategy(mut self, more: &str) -> Self {
        self.0.entry("strategy.toml".to_owned()).or_default().insert_str(0, more);
        self
    }

    pub(super) fn edition(self, id: &str, year: &str) -> Self {
        self.append_to_strategy(&format!("[[edition]]\nid = '{id}'\nlabel = '{id}'\nyear = '{year}'"))
    }

    /// Adds a policy with `programs` as its rows.
    pub(super) fn policy(self, id: &str, programs: &[&str]) -> Self {
        let rows: String = programs.iter().map(|id| format!("[[program]]\nid = '{id}'\n")).collect();
        self.file(&format!("policies/{id}/policy.md"), &format!("+++\nname = 'policy {id}'\n{rows}+++\n"))
    }

    /// Analyzes the content and asserts that it has no errors.
    pub(super) fn load(&self) -> Analysis {
        let site = [("site.toml".to_owned(), SITE.to_owned())];
        let path = |path: &str| path.strip_prefix("../").map_or_else(|| format!("s/{path}"), str::to_owned);
        let files = self.0.iter().map(|(file, text)| (path(file), text.clone()));
        let options = AnalysisOptions { drafts: Drafts::Shown, ..AnalysisOptions::default() };
        let loaded = workspace::analyze(&Overlay::memory(site.into_iter().chain(files)), &[], &options).unwrap();
        let errors: Vec<_> = loaded.diagnostics.iter().filter(|d| d.severity() == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        loaded
    }

    /// Asserts that the open findings of `rule` are exactly `expected`, as `file:line`, in order.
    pub(super) fn assert_finds(&self, rule: &str, expected: &[&str]) {
        let loaded = self.load();
        assert!(LINTS.iter().any(|known| known.rule.code() == rule), "unknown rule {rule}");
        let open = loaded.review.open;
        let found: Vec<String> = open
            .iter()
            .filter(|finding| finding.diagnostic.rule.code() == rule)
            .map(|finding| loaded.sources.format_location(&finding.diagnostic.location))
            .map(|location| location.trim_start_matches("s/").rsplit_once(':').unwrap().0.to_owned())
            .collect();
        assert_eq!(found, expected, "{open:#?}");
    }
}
