//! Summary of the files that a command creates.

use std::path::Path;

use super::console::{Console, counted};
use crate::diagnostic::{Bilingual, say};
use crate::model::grouped;
use crate::scaffold::Proposal;

/// Maximum number of files that are listed; the rest is counted.
const MAX_LISTED: usize = 10;

/// Prints the files that were created below `root`, the reasons for choices, and the next steps.
pub(super) fn print_created(console: Console, root: &Path, proposal: &Proposal) {
    let (n, counted_files) = count(proposal);
    console.print(&say!(ja: "ファイルを{n}個作成しました:", en: "created {counted_files}:"));
    print_files(console, root, proposal);
    proposal.reasons.iter().for_each(|reason| console.print(reason));
    console.print(&say!(ja: "\n次の手順:", en: "\nnext steps:"));
    for Bilingual { ja, en } in &proposal.next_steps {
        console.print(&say!(ja: "- {ja}", en: "- {en}"));
    }
}

/// Prints the files that would be created below `root`.
pub(super) fn print_planned(console: Console, root: &Path, proposal: &Proposal) {
    let (n, counted_files) = count(proposal);
    console.print(&say!(ja: "ファイルが{n}個作成されます:", en: "{counted_files} would be created:"));
    print_files(console, root, proposal);
    proposal.reasons.iter().for_each(|reason| console.print(reason));
    console.print(&say!(
        ja: "まだ何も書き込んでいません。作成するには --apply を付けてください",
        en: "nothing was written yet; add --apply to create them"
    ));
}

fn count(proposal: &Proposal) -> (String, String) {
    let n = proposal.files.len();
    (grouped(n), counted(n, "file"))
}

fn print_files(console: Console, root: &Path, proposal: &Proposal) {
    let files = &proposal.files;
    for (path, _) in files.iter().take(MAX_LISTED) {
        let path = root.join(path);
        let path = path.display();
        console.print(&say!(ja: "  {path}", en: "  {path}"));
    }
    if let Some(rest) = files.len().checked_sub(MAX_LISTED).filter(|rest| *rest > 0) {
        let rest = grouped(rest);
        console.print(&say!(ja: "  ほか{rest}個", en: "  and {rest} more"));
    }
}
