//! A small site of a made-up city: what a new site begins with. Its comments explain each key.

use super::Proposal;
use crate::diagnostic::say;

/// The files of the content folder.
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

/// Proposes a new site, whose content lies in `content/` of its folder.
pub fn site() -> Proposal {
    let files = FILES.iter().map(|(path, text)| (format!("content/{path}"), (*text).to_owned()));
    let see = say!(
        ja: "そのフォルダーに移り、`shirube serve --open` で見ながら、content の中のファイルを書きかえてください",
        en: "go to that folder, look at it with `shirube serve --open`, and change the files in content"
    );
    let check = say!(
        ja: "`shirube check` で誤りを調べ、`shirube build` で output に公開用のサイトを作ります",
        en: "`shirube check` looks for mistakes, `shirube build` makes the site to be published in output"
    );
    let own = say!(
        ja: "自分の計画は `shirube new strategy ID` で作り、見本（content/mihon）は消してかまいません",
        en: "begin your own plan with `shirube new strategy ID`; the example in content/mihon may be deleted then"
    );
    Proposal { files: files.collect(), reasons: Vec::new(), next: vec![see, check, own] }
}
