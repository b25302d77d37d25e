//! What of the stage moves as a whole: thousands of new pages are a few new folders.

use std::collections::BTreeMap;

use super::name::parents;
use super::{PublishPhase, Staged};

/// The files and folders to be moved, in the order in which they appear. A folder moves as a
/// whole where all its files have the same phase.
pub(super) fn moves(staged: &[Staged]) -> Vec<String> {
    // The phase of all files in a folder; `None` where they differ.
    let mut phases: BTreeMap<&str, Option<PublishPhase>> = BTreeMap::new();
    for file in staged {
        for folder in parents(&file.path) {
            let phase = phases.entry(folder).or_insert(Some(file.phase));
            *phase = phase.filter(|phase| *phase == file.phase);
        }
    }
    phases.retain(|_, phase| phase.is_some());
    // What lies in a folder that moves as a whole, moves with it.
    let moves_alone = |path: &str| !parents(path).take(1).any(|folder| phases.contains_key(folder));
    let folders = phases.iter().filter_map(|(folder, phase)| Some(((*phase)?, *folder)));
    let files = staged.iter().map(|file| (file.phase, file.path.as_str()));
    let mut moves: Vec<(PublishPhase, &str)> = folders.chain(files).filter(|(_, path)| moves_alone(path)).collect();
    moves.sort_unstable();
    moves.into_iter().map(|(_, path)| path.to_owned()).collect()
}
