//! Order of the file changes of a run: at every moment, all links on pages reachable from the home page resolve.
//!
//! 1. New files. Nothing links to them yet. Only a new home page is placed last.
//! 2. Changed files. All their targets exist. Styles, scripts and data precede pages; pages follow from the
//!    deepest folder upwards, so that an index appears after the pages that it lists, and the home page last.
//! 3. Deletions. Nothing links to these files any more. Pages are deleted from the shallowest folder
//!    downwards, so that an index disappears before the pages that it lists; other files come last.
//!
//! New folders are moved as a whole: thousands of new pages need only a few renames.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::StagedFile;
use super::disk::OnDisk;
use super::manifest::ManifestEntry;
use crate::file_name::parents;

/// Path of the home page, and file name of an index.
const HOME: &str = "index.html";

/// Files and folders to move out of the staging folder, in order.
pub(super) fn placements(staged: &[StagedFile]) -> Vec<String> {
    let is_new = |file: &StagedFile| file.on_disk == OnDisk::Nothing && file.path != HOME;
    // Folders, mapped to true if all files in them are new.
    let mut folders: BTreeMap<&str, bool> = BTreeMap::new();
    for file in staged {
        for folder in parents(&file.path) {
            *folders.entry(folder).or_insert(true) &= is_new(file);
        }
    }
    folders.retain(|_, is_new| *is_new);
    let is_topmost = |path: &str| !parents(path).take(1).any(|folder| folders.contains_key(folder));
    let new = staged.iter().filter(|file| is_new(file)).map(|file| file.path.as_str());
    let mut new: Vec<&str> = new.chain(folders.keys().copied()).filter(|path| is_topmost(path)).collect();
    new.sort_unstable();
    let mut changed: Vec<&str> = staged.iter().filter(|file| !is_new(file)).map(|file| file.path.as_str()).collect();
    changed.sort_unstable_by_key(|path| (is_page(path), Reverse(depth(path)), is_index(path), *path));
    new.into_iter().chain(changed).map(str::to_owned).collect()
}

/// Sorts files into the order of their deletion.
pub(super) fn sort_removals(removals: &mut [ManifestEntry]) {
    removals.sort_unstable_by(|a, b| {
        let key = |path| (!is_page(path), depth(path), !is_index(path), path);
        key(a.path.as_str()).cmp(&key(b.path.as_str()))
    });
}

fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

fn is_index(path: &str) -> bool {
    path.rsplit('/').next() == Some(HOME)
}

fn depth(path: &str) -> usize {
    parents(path).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn staged(path: &str, on_disk: OnDisk) -> StagedFile {
        StagedFile { path: path.to_owned(), on_disk }
    }

    #[test]
    fn places_new_files_first_and_the_home_page_last() {
        let new = ["assets/new.css", "city/programs/bus.html", "city/programs/bus/2024.html", "town/index.html"];
        let changed = [
            "index.html",
            "search.html",
            "city/index.html",
            "city/programs.html",
            "city/policies/1.html",
            "city/search.js",
            "assets/site.css",
        ];
        let files = new.map(|path| staged(path, OnDisk::Nothing)).into_iter();
        let files: Vec<_> = files.chain(changed.map(|path| staged(path, OnDisk::Other))).collect();
        assert_eq!(
            placements(&files),
            [
                "assets/new.css",
                "city/programs",
                "town",
                "assets/site.css",
                "city/search.js",
                "city/policies/1.html",
                "city/programs.html",
                "city/index.html",
                "search.html",
                "index.html",
            ]
        );
    }

    #[test]
    fn places_the_home_page_of_a_first_site_last() {
        let files = ["index.html", "city/index.html", "assets/site.css"].map(|path| staged(path, OnDisk::Nothing));
        assert_eq!(placements(&files), ["assets", "city", "index.html"]);
    }

    #[test]
    fn deletes_an_index_before_its_pages_and_assets_last() {
        let mut removals = [
            "city/a.svg",
            "city/policies/1.html",
            "city/policies/1/2023.html",
            "city/programs.html",
            "city/index.html",
        ]
        .map(|path| ManifestEntry::new(path, b""));
        sort_removals(&mut removals);
        let paths: Vec<&str> = removals.iter().map(|entry| entry.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "city/index.html",
                "city/programs.html",
                "city/policies/1.html",
                "city/policies/1/2023.html",
                "city/a.svg"
            ]
        );
    }
}
