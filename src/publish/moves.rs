//! What of the stage moves as a whole: thousands of new pages are a few new folders.

use std::collections::BTreeMap;

use super::disk::Disk;
use super::name::parents;
use super::{Staged, Turn};

/// The files and folders to be moved, in the order in which they appear. A folder moves as a
/// whole where none is there yet and all its files have the same turn.
pub(super) fn moves(disk: &Disk, staged: &[Staged]) -> Vec<String> {
    let mut folders: BTreeMap<&str, Option<Turn>> = BTreeMap::new();
    for file in staged {
        for folder in parents(&file.path) {
            let turn = folders.entry(folder).or_insert(Some(file.turn));
            *turn = turn.filter(|turn| *turn == file.turn);
        }
    }
    folders.retain(|folder, turn| turn.is_some() && !disk.is_there(&disk.site(folder)));
    let mut moves: Vec<(Turn, &str)> = Vec::new();
    for file in staged {
        let whole = parents(&file.path).filter(|folder| folders.contains_key(folder)).last();
        moves.push((file.turn, whole.unwrap_or(&file.path)));
    }
    moves.sort();
    moves.dedup();
    moves.into_iter().map(|(_, path)| path.to_owned()).collect()
}
