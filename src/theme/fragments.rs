//! Fragments: parts that consecutive pages have in common, such as the header with the navigation of a strategy.
//!
//! A template in `templates/fragments/` can use `site`, `t`, and the fields of `layout` that do not depend on the single page
//! ([`SharedLayout`]). Pages insert it as `fragments.NAME`. It is rendered once for consecutive pages with the same
//! fields; the header, the footer, the start of the head and a script are the same on all pages of a strategy in a folder.

use crate::diagnostic::Diagnostic;
use crate::per_thread::PerThread;
use crate::site::view::SharedLayout;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use tera::Value;

/// Folder of the templates of fragments.
const FOLDER: &str = "fragments/";

/// Fragments of a theme, with the last ones that each thread has rendered.
pub(super) struct Fragments {
    /// File names of the templates, with the names under which pages insert them.
    templates: Vec<(String, String)>,
    last: PerThread<Mutex<Option<Rendered>>>,
}

/// Rendered fragments.
struct Rendered {
    /// The layout as JSON.
    layout: String,
    /// Markup by name.
    markup: Value,
}

/// Data of the template of a fragment.
#[derive(Serialize)]
pub(super) struct FragmentData<'l> {
    layout: &'l SharedLayout<'l>,
}

impl Fragments {
    /// The fragments among the `templates` of a theme.
    pub(super) fn new<'t>(templates: impl Iterator<Item = &'t String>) -> Self {
        let name = |template: &str| Some(template.strip_prefix(FOLDER)?.strip_suffix(".html")?.to_owned());
        let templates = templates.filter_map(|template| Some((template.clone(), name(template)?)));
        Self { templates: templates.collect(), last: PerThread::new(Mutex::default) }
    }

    /// Markup of the fragments of a page with this layout. `render` renders a template.
    ///
    /// # Errors
    /// Errors of `render`.
    pub(super) fn markup(
        &self,
        layout: &SharedLayout<'_>,
        render: impl Fn(&str, &FragmentData<'_>) -> Result<String, Vec<Diagnostic>>,
    ) -> Result<Value, Vec<Diagnostic>> {
        let mut last = self.last.get().map(|last| last.lock().unwrap_or_else(PoisonError::into_inner));
        let json = serde_json::to_string(layout);
        debug_assert!(json.is_ok(), "a layout consists of strings and flags: {json:?}");
        let json = json.unwrap_or_default();
        if let Some(Some(last)) = last.as_deref()
            && last.layout == json
        {
            return Ok(last.markup.clone());
        }
        let mut markup = BTreeMap::new();
        for (template, name) in &self.templates {
            markup.insert(name.clone(), Value::safe_string(render(template, &FragmentData { layout })?.trim()));
        }
        let markup = Value::from(markup);
        if let Some(last) = last.as_deref_mut() {
            *last = Some(Rendered { layout: json, markup: markup.clone() });
        }
        Ok(markup)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    fn layout(root: &'static str) -> SharedLayout<'static> {
        SharedLayout {
            home: "index.html",
            root,
            feed: None,
            lang: None,
            strategy: None,
            downloads: None,
            glossary: None,
            search: None,
        }
    }

    #[test]
    fn renders_again_only_for_another_layout() {
        let templates = ["fragments/header.html", "fragments/readme.txt", "layout.html"].map(str::to_owned);
        let fragments = Fragments::new(templates.iter());
        let rendered = Cell::new(0);
        let header = |root| {
            let markup = fragments.markup(&layout(root), |template, data| {
                rendered.set(rendered.get() + 1);
                Ok(format!("<p>{template} {} {}\n", data.layout.root, rendered.get()))
            });
            let markup = markup.unwrap();
            assert_eq!(markup.as_map().unwrap().len(), 1);
            markup.as_map().unwrap().values().next().unwrap().clone()
        };
        let check = |root, expect: &str| {
            assert_eq!(header(root).as_str(), Some(expect));
            assert!(header(root).is_safe());
        };
        check("../", "<p>fragments/header.html ../ 1");
        check("../", "<p>fragments/header.html ../ 1");
        check("../../", "<p>fragments/header.html ../../ 2");
        check("../", "<p>fragments/header.html ../ 3");
    }

    #[test]
    fn errors_are_not_kept() {
        let fragments = Fragments::new(["fragments/a.html".to_owned()].iter());
        assert!(fragments.markup(&layout(""), |_, _| Err(Vec::new())).is_err());
        assert!(fragments.markup(&layout(""), |_, _| Ok(String::new())).is_ok());
    }
}
