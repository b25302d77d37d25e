//! Changes as Markdown tables in Japanese, for a paper of a council or a notice of errors.

use super::{Change, Class};

/// One table for each class of changes. Sheets of a new edition and edits are counted, not listed.
pub fn format(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "変更はありません。\n".to_owned();
    }
    let mut text = String::new();
    for class in [Class::Correction, Class::Revision, Class::Final] {
        let of_class: Vec<&Change> = changes.iter().filter(|change| change.class == class).collect();
        if of_class.is_empty() {
            continue;
        }
        text.push_str(&format!("## {}（{}件）\n\n{}\n\n", class.name().ja, of_class.len(), explanation(class)));
        text.push_str("| 計画・施策・事業 | 版 | 箇所 | 旧 | 新 |\n|:---|:---|:---|:---|:---|\n");
        of_class.iter().for_each(|change| text.push_str(&row(change)));
        text.push('\n');
    }
    let count = |class: Class| changes.iter().filter(|change| change.class == class).count();
    let editions = changes.iter().filter(|change| change.class == Class::NewEdition && change.node.is_none());
    let labels: Vec<&str> = editions.filter_map(|change| change.after.as_deref()).collect();
    if count(Class::NewEdition) > 0 {
        let sheets = count(Class::NewEdition) - labels.len();
        text.push_str(&format!("## 新版\n\n{}（調書など{sheets}件）\n\n", cell(&labels.join("、"))));
    }
    if count(Class::Edit) > 0 {
        text.push_str(&format!("## 編集\n\n文章、注記、体裁などの変更が{}件あります。\n\n", count(Class::Edit)));
    }
    format!("{}\n", text.trim_end())
}

fn explanation(class: Class) -> &'static str {
    match class {
        Class::Correction => "公表した版の記載を、公表の後に改めたものです。",
        Class::Revision => "新しい版が、前の版とは違う値を記載したものです。",
        Class::Final => "前の版で年度途中の値や見込みだったものが、新しい版で確定したものです。",
        Class::NewEdition | Class::Edit => "",
    }
}

fn row(change: &Change) -> String {
    let node = change.node.as_ref().map_or(change.strategy.as_str(), |node| &node.name);
    let edition = change.edition.as_ref().map_or("", |edition| &edition.label);
    let place = match change.title.is_empty() {
        true if change.path.is_empty() => "全体",
        true => &change.path,
        false => &change.title,
    };
    let declared = if change.declared { "（訂正を掲載済み）" } else { "" };
    let text = |text: &Option<String>| text.as_deref().map_or_else(|| "（記載なし）".to_owned(), cell);
    format!(
        "| {} | {} | {}{declared} | {} | {} |\n",
        cell(node),
        cell(edition),
        cell(place),
        text(&change.before),
        text(&change.after)
    )
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;");
    escaped.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("<br>")
}
