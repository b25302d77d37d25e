//! Fragments of a site's own theme.

use super::{with, with_view};
use crate::diagnostic::SourceId;
use crate::theme::{Theme, ThemeFile};

#[test]
fn own_fragments_get_the_shared_layout_only() {
    let report = with(&[("a/policies/1/2019.md", "+++\n+++\n")]);
    let file =
        |path: &str, text: &str| ThemeFile { path: path.to_owned(), bytes: text.into(), source: Some(SourceId(7)) };
    let page = |fragment: &str| {
        let layout = "{{ fragments.own }}{% block title %}{% endblock %}{% block head %}{% endblock %}{% block here %}{% endblock %}{% block main %}{% endblock %}";
        let files = [file("templates/fragments/own.html", fragment), file("templates/layout.html", layout)];
        let theme = Theme::load(&report.site, &files).unwrap();
        with_view(&report, "a/policies/1.html", |view| {
            let html =
                theme.render_page(&view, &mut Vec::new()).map(|html| String::from_utf8(html.into_owned()).unwrap());
            html.map_err(|errors| fragment.get(errors[0].span().unwrap().range()).unwrap().to_owned())
        })
    };
    let html = page("<b>{{ layout.root }} {{ layout.strategy.id }} {{ site.title | length }}</b>\n").unwrap();
    assert!(html.starts_with("<b>../../ a "), "{html}");
    assert_eq!(page("<b>{{ layout.address }}</b>"), Err("address".to_owned()));
    assert_eq!(page("<b>{{ head.name }}</b>"), Err("head".to_owned()));
}
