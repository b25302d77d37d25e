//! What of the stage moves as a whole: thousands of new pages are a few new folders.

use std::collections::BTreeMap;

use super::name::parents;
use super::{PublishPhase, Staged};

/// The files and folders to be moved, in the order in which they appear. A folder moves as a
/// whole where all its files have the same turn.
pub(super) fn moves(staged: &[Staged]) -> Vec<String> {
    let mut turns = Turns::default();
    for file in staged {
        parents(&file.path).take(1).for_each(|folder| turns.add(folder, Some(file.turn)));
    }
    for (folder, turn) in turns.0.clone() {
        parents(folder).for_each(|above| turns.add(above, turn));
    }
    let whole: BTreeMap<&str, PublishPhase> =
        turns.0.into_iter().filter_map(|(folder, turn)| Some((folder, turn?))).collect();
    // What lies in a folder that moves as a whole, moves with it.
    let moves_alone = |path: &str| !parents(path).take(1).any(|folder| whole.contains_key(folder));
    let folders = whole.iter().map(|(folder, turn)| (*turn, *folder));
    let files = staged.iter().map(|file| (file.turn, file.path.as_str()));
    let mut moves: Vec<(PublishPhase, &str)> = folders.chain(files).filter(|(_, path)| moves_alone(path)).collect();
    moves.sort_unstable();
    moves.into_iter().map(|(_, path)| path.to_owned()).collect()
}

/// The turn of all files in a folder, by the folder; `None` where they differ.
#[derive(Default)]
struct Turns<'p>(BTreeMap<&'p str, Option<PublishPhase>>);

impl<'p> Turns<'p> {
    fn add(&mut self, folder: &'p str, turn: Option<PublishPhase>) {
        let all = self.0.entry(folder).or_insert(turn);
        *all = all.filter(|all| Some(*all) == turn);
    }
}
