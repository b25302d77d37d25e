//! Proposal of a new site: a small example of a fictitious city, with comments that explain each key.

use super::Proposal;
use crate::diagnostic::say;

/// Files of the content folder.
const FILES: [(&str, &str); 10] = [
    ("glossary.toml", include_str!("example/glossary.toml")),
    ("mihon/goals/1/goal.md", include_str!("example/mihon/goals/1/goal.md")),
    ("mihon/policies/1-1/2024.md", include_str!("example/mihon/policies/1-1/2024.md")),
    ("mihon/policies/1-1/policy.md", include_str!("example/mihon/policies/1-1/policy.md")),
    ("mihon/programs/junkai/2024.md", include_str!("example/mihon/programs/junkai/2024.md")),
    ("mihon/programs/junkai/program.md", include_str!("example/mihon/programs/junkai/program.md")),
    ("mihon/programs/kaiho/2024.md", include_str!("example/mihon/programs/kaiho/2024.md")),
    ("mihon/programs/kaiho/program.md", include_str!("example/mihon/programs/kaiho/program.md")),
    ("mihon/strategy.toml", include_str!("example/mihon/strategy.toml")),
    ("site.toml", include_str!("example/site.toml")),
];

/// Proposes a new site, with its content in the subfolder `content/`.
pub fn site() -> Proposal {
    let files = FILES.iter().map(|(path, text)| (format!("content/{path}"), (*text).to_owned()));
    let next_steps = vec![
        say!(
            ja: "作成したフォルダーに移動し、`shirube serve --open` で表示を確認しながら、content の中のファイルを書き換えてください",
            en: "go to the new folder, view the site with `shirube serve --open`, and edit the files in content"
        ),
        say!(
            ja: "`shirube check` で誤りを点検し、`shirube build` で公開用のサイトを output に書き出します",
            en: "`shirube check` checks the content for errors; `shirube build` writes the publishable site to output"
        ),
        say!(
            ja: "自分の自治体の計画は `shirube new strategy ID` で作成します。見本（content/mihon）は削除してかまいません",
            en: "create your own plan with `shirube new strategy ID`; the example in content/mihon may be deleted"
        ),
    ];
    Proposal { files: files.collect(), reasons: Vec::new(), next_steps }
}
