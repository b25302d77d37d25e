//! The generated reference of the keys of content files.

use crate::support::{root, snapshot};
use shirube::internals::{Lang, key_reference};

#[test]
fn reference_of_keys_is_up_to_date() {
    for (file, lang) in [("docs/reference.md", Lang::En), ("docs/reference.ja.md", Lang::Ja)] {
        snapbox::assert_data_eq!(key_reference(lang), snapshot(&root().join(file)));
    }
}
