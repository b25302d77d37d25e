//! Everything of which a site is made, as one number: the program, what was asked for, and all
//! files of the content and the theme, byte for byte.

use super::{Failure, Request};
use crate::content::{ContentFiles, files};
use crate::diagnostic::Sources;
use crate::theme::ThemeFile;
use xxhash_rust::xxh3::Xxh3;

/// The hash of all inputs; `None` where the program cannot read itself.
///
/// # Errors
/// When a file beside the words of a node cannot be read.
pub(super) fn hash(
    request: &Request<'_>,
    read: &ContentFiles,
    sources: &Sources,
    own: &[ThemeFile],
) -> Result<Option<u128>, Failure> {
    let program = std::env::current_exe().and_then(std::fs::read);
    let Ok(program) = program else { return Ok(None) };
    let mut hash = Hash(Xxh3::new());
    hash.add(&program);
    hash.list(request.only.len());
    request.only.iter().for_each(|only| hash.add(only.as_bytes()));
    hash.list(sources.iter().count());
    for (_, source) in sources.iter() {
        hash.add(source.path.as_bytes());
        hash.add(source.text.as_bytes());
    }
    for strategy in &read.strategies {
        for node in &strategy.nodes {
            hash.list(node.assets.len());
            for name in &node.assets {
                let path = files::asset_path(request.content, &strategy.id, node.kind, &node.id, name);
                hash.add(path.as_os_str().as_encoded_bytes());
                hash.add(&files::load(&path)?);
            }
        }
    }
    hash.list(own.len());
    for file in own {
        hash.add(file.path.as_bytes());
        hash.add(&file.bytes);
    }
    Ok(Some(hash.0.digest128()))
}

struct Hash(Xxh3);

impl Hash {
    /// Begins a list. Lengths go before lists and before bytes, so that no two inputs run together.
    fn list(&mut self, length: usize) {
        self.0.update(&length.to_le_bytes());
    }

    /// Adds `bytes` after their length.
    fn add(&mut self, bytes: &[u8]) {
        self.list(bytes.len());
        self.0.update(bytes);
    }
}
