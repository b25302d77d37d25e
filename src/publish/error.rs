//! Errors of publishing, with the path and the reason in both languages.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{self, Bilingual, say};

/// Reason why a site could not be published. The published site is unchanged, or the next run completes the new one.
#[derive(Debug, Clone)]
pub enum PublishError {
    /// The operating system refused.
    Io {
        /// Attempted operation.
        tried: IoOperation,
        /// File or folder.
        path: PathBuf,
        /// Error of the system.
        reason: Arc<io::Error>,
    },
    /// Another run is writing to this folder.
    Busy {
        /// The output folder.
        output: PathBuf,
    },
    /// A path that is not possible on every system.
    Name {
        /// The path as given.
        path: String,
        /// Reason.
        why: Bilingual,
    },
    /// Two files of one site that cannot exist side by side.
    Collision {
        /// The later one.
        path: String,
        /// The earlier file or folder.
        other: String,
    },
    /// A file that the program did not write occupies the path of a page and differs from it.
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A record in the output folder is damaged and cannot be replaced.
    Damaged {
        /// The record.
        path: PathBuf,
    },
    /// A later version of the program wrote a record in the output folder.
    Newer {
        /// The record.
        path: PathBuf,
    },
    /// A file or folder of the site is a mount point, so that files cannot be renamed into it.
    OtherFileSystem {
        /// The file or folder.
        path: PathBuf,
    },
}

/// Operation that the system refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IoOperation {
    /// Reading.
    Read,
    /// Writing, making a folder or renaming.
    Write,
    /// Deleting.
    Delete,
    /// Locking the output folder.
    Lock,
}

impl PublishError {
    /// Message for the user.
    pub fn message(&self) -> Bilingual {
        match self {
            Self::Io { tried, path, reason } => refused(*tried, path, reason),
            Self::Busy { output } => {
                let output = output.display();
                say!(
                    ja: "{output} には別の実行が書き込んでいます。終わってからもう一度実行してください",
                    en: "another run is writing to {output}; try again when it is done",
                )
            }
            Self::Name { path, why: Bilingual { ja, en } } => say!(
                ja: "「{path}」というファイルは公開できません: {ja}",
                en: "cannot publish a file named `{path}`: {en}",
            ),
            Self::Collision { path, other } => say!(
                ja: "「{path}」と「{other}」は同じ場所を取り合います。どちらかの名前を変えてください",
                en: "`{path}` and `{other}` claim the same place; rename one of them",
            ),
            Self::Foreign { path } => {
                let path = path.display();
                say!(
                    ja: "{path} はこのプログラムが書いたものではないため、上書きしません。移すか消すかしてから、もう一度実行してください",
                    en: "{path} was not written by this program and is not overwritten; move or delete it and try again",
                )
            }
            Self::Damaged { path } => {
                let path = path.display();
                say!(
                    ja: "書き出しの記録 {path} が壊れています。出力先のフォルダーの名前を変えてから、もう一度書き出してください。ほかのファイルは、その後で新しいフォルダーに移せます",
                    en: "the record {path} is damaged; rename the output folder and build again, then move other files of the old folder into the new one",
                )
            }
            Self::Newer { path } => {
                let path = path.display();
                say!(
                    ja: "書き出しの記録 {path} は、このプログラムより新しい版のものです。新しい版のプログラムで書き出すか、--output で別のフォルダーを指定してください",
                    en: "a later version of the program wrote {path}; build with that version or choose another folder with --output",
                )
            }
            Self::OtherFileSystem { path } => {
                let path = path.display();
                say!(
                    ja: "{path} は、出力先のほかの部分と別のディスク（ファイルシステム）にあるため、一度に公開できません。マウントを外すか、出力先全体を同じディスクに置いてください。公開済みのサイトはそのままです",
                    en: "{path} is on another file system than the rest of the output folder, so the site cannot be published at once; unmount it or keep the whole folder on one file system; the published site was not changed",
                )
            }
        }
    }
}

/// Message for an operation on `path` that the system refused.
fn refused(tried: IoOperation, path: &Path, reason: &io::Error) -> Bilingual {
    let path = path.display();
    let Bilingual { ja, en } = diagnostic::reason(reason);
    match tried {
        IoOperation::Read => say!(ja: "{path} を読めません: {ja}", en: "cannot read {path}: {en}"),
        IoOperation::Write => say!(ja: "{path} に書き込めません: {ja}", en: "cannot write {path}: {en}"),
        IoOperation::Delete => say!(ja: "{path} を削除できません: {ja}", en: "cannot delete {path}: {en}"),
        IoOperation::Lock => say!(
            ja: "{path} を占有できません: {ja}",
            en: "cannot lock {path}: {en}",
        ),
    }
}
