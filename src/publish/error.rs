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
        operation: IoOperation,
        /// Path of the file or folder.
        path: PathBuf,
        /// System error.
        reason: Arc<io::Error>,
    },
    /// Another run is writing to the output folder.
    Busy {
        /// Output folder.
        output: PathBuf,
    },
    /// The path of a file is invalid on some operating system.
    Name {
        /// Path as given.
        path: String,
        /// Reason why it is invalid.
        why: Bilingual,
    },
    /// The names of two files collide on some file system, for example because they differ only in case.
    Collision {
        /// Path of the later file.
        path: String,
        /// Path of the earlier file or folder.
        other: String,
    },
    /// A file that the program did not write occupies the path of a page and differs from it.
    Foreign {
        /// Path of the file.
        path: PathBuf,
    },
    /// A record in the output folder is damaged and cannot be replaced.
    Damaged {
        /// Path of the record.
        path: PathBuf,
    },
    /// A later version of the program wrote a record in the output folder.
    Newer {
        /// Path of the record.
        path: PathBuf,
    },
    /// A file or folder of the site is a mount point, so that files cannot be renamed into it.
    OtherFileSystem {
        /// Path of the file or folder.
        path: PathBuf,
    },
}

/// Operation that the system refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IoOperation {
    /// Reading.
    Read,
    /// Writing, creating a folder or renaming.
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
            Self::Io { operation, path, reason } => io_message(*operation, path, reason),
            Self::Busy { output } => {
                let output = output.display();
                say!(
                    ja: "{output} は別の実行が書き込み中です。終了してから、もう一度実行してください",
                    en: "another run is writing to {output}; try again when it has finished",
                )
            }
            Self::Name { path, why: Bilingual { ja, en } } => say!(
                ja: "「{path}」というファイルは公開できません: {ja}",
                en: "cannot publish a file named `{path}`: {en}",
            ),
            Self::Collision { path, other } => say!(
                ja: "「{path}」と「{other}」は名前が競合するため、同時には公開できません。どちらかの名前を変更してください",
                en: "`{path}` conflicts with `{other}`; rename one of them",
            ),
            Self::Foreign { path } => {
                let path = path.display();
                say!(
                    ja: "{path} はこのプログラムが書き出したものではないため、上書きしません。移動または削除してから、もう一度実行してください",
                    en: "{path} was not written by this program and will not be overwritten; move or delete it and try again",
                )
            }
            Self::Damaged { path } => {
                let path = path.display();
                say!(
                    ja: "書き出しの記録 {path} が壊れています。出力先のフォルダーの名前を変更してから、もう一度書き出してください。自分で置いたファイルは、その後で新しいフォルダーに移してください",
                    en: "the record {path} is damaged; rename the output folder and build again, then move your own files from the old folder to the new one",
                )
            }
            Self::Newer { path } => {
                let path = path.display();
                say!(
                    ja: "書き出しの記録 {path} は、このプログラムより新しいバージョンのものです。新しいバージョンで書き出すか、--output で別のフォルダーを指定してください",
                    en: "a later version of the program wrote {path}; build with that version or choose another folder with --output",
                )
            }
            Self::OtherFileSystem { path } => {
                let path = path.display();
                say!(
                    ja: "{path} は、出力先のほかの部分と別のディスク（ファイルシステム）にあるため、一括で公開できません。マウントを解除するか、出力先全体を同じディスクに置いてください。公開済みのサイトは変更していません",
                    en: "{path} is on a different file system from the rest of the output folder, so the site cannot be published in one step; unmount it or keep the whole folder on one file system; the published site was not changed",
                )
            }
        }
    }
}

/// Message for an operation on `path` that the system refused.
fn io_message(operation: IoOperation, path: &Path, reason: &io::Error) -> Bilingual {
    let path = path.display();
    let Bilingual { ja, en } = diagnostic::io_error_text(reason);
    match operation {
        IoOperation::Read => say!(ja: "{path} を読めません: {ja}", en: "cannot read {path}: {en}"),
        IoOperation::Write => say!(ja: "{path} に書き込めません: {ja}", en: "cannot write {path}: {en}"),
        IoOperation::Delete => say!(ja: "{path} を削除できません: {ja}", en: "cannot delete {path}: {en}"),
        IoOperation::Lock => say!(
            ja: "{path} をロックできません: {ja}",
            en: "cannot lock {path}: {en}",
        ),
    }
}
