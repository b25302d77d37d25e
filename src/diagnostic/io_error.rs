//! I/O error descriptions in both languages.

use super::Bilingual;
use crate::diagnostic::say;
use std::io;

/// Description of an I/O error. The English text comes from the operating system; the Japanese text
/// depends on the error kind, with the OS error number for kinds without a text.
pub fn io_error_text(error: &io::Error) -> Bilingual {
    use io::ErrorKind::*;
    let ja = match error.kind() {
        PermissionDenied => "権限がないか、別のプログラムが開いています",
        NotFound => "見つかりません",
        AlreadyExists => "すでにあります",
        NotADirectory => "フォルダーがあるはずの場所に別のものがあります",
        IsADirectory => "ファイルがあるはずの場所にフォルダーがあります",
        StorageFull => "ディスクに空きがありません",
        QuotaExceeded => "割り当てられた容量を超えました",
        ReadOnlyFilesystem => "読み取り専用のディスクです",
        ResourceBusy | ExecutableFileBusy => "別のプログラムが使っています",
        InvalidFilename => "この名前は使えません",
        CrossesDevices => "途中で別のディスクにまたがっています",
        AddrInUse => "別のプログラムが使っています",
        AddrNotAvailable => "このコンピューターのアドレスではありません",
        Unsupported => "この場所（ファイル共有など）では使えない操作です",
        _ => {
            let number = error.raw_os_error().map(|number| format!("（番号 {number}）")).unwrap_or_default();
            return say!(ja: "システムのエラーです{number}", en: "{error}");
        }
    };
    say!(ja: "{ja}", en: "{error}")
}
