//! Diagnostics of theme errors.
//!
//! Only this file matches messages of Tera. The crate version is pinned, and a test provokes each message.

use super::limits::{self, Limited};
use super::recursion::recursive_call;
use super::tags;
use crate::diagnostic::{Bilingual, Diagnostic, Location, Rule, SourceId, Span, say};
use crate::model::{Site, SiteImage};
use crate::texts::InterfaceTexts;
use std::collections::BTreeMap;
use std::ops::Range;
use tera::ErrorKind;

/// An error in a file of a theme. Files of the default theme have no source to refer to.
fn at(path: &str, message: &str, location: Option<(SourceId, Range<usize>)>) -> Diagnostic {
    let span = location.map(|(source, range)| Span::new(source, range));
    let message = say!(ja: "テーマのファイル {path}: {message}", en: "theme file {path}: {message}");
    Diagnostic::new(Rule::Theme, span, message)
}

/// A text file that is not valid TOML.
pub(super) fn from_toml(path: &str, reason: &toml::de::Error, source: Option<SourceId>) -> Diagnostic {
    at(path, reason.message(), source.map(|source| (source, reason.span().unwrap_or_default())))
}

/// A text key that the default theme does not have.
pub(super) fn unknown_text(
    path: &str,
    key: &str,
    location: Option<(SourceId, Range<usize>)>,
    known: &[&str],
) -> Diagnostic {
    let span = location.map(|(source, range)| Span::new(source, range));
    let message = say!(ja: "テーマのファイル {path}: 「{key}」という文はありません", en: "theme file {path}: unknown text `{key}`");
    let diagnostic = Diagnostic::new(Rule::Theme, span, message);
    diagnostic.suggest(key, known.iter().copied())
}

/// A language for which neither the default theme nor the site's own theme has texts.
pub(super) fn no_texts(site: &Site) -> Diagnostic {
    let lang = &site.lang;
    let path = format!("texts/{lang}.toml");
    let message = say!(
        ja: "「{lang}」の文がテーマにありません（{path}）",
        en: "the theme has no texts in `{lang}`: {path} is missing"
    );
    let help = say!(
        ja: "そのままで使えるのは ja と en です。ほかの言語では、すべての文を訳した {path} をサイト独自のテーマに追加してください",
        en: "`ja` and `en` need no theme; for any other language, add {path} with a translation of every text to the site's theme"
    );
    Diagnostic::new(Rule::Theme, Some(site.lang_span), message).help(help).suggest(lang, InterfaceTexts::languages())
}

/// Texts that are missing from the only file of a language; `None` if `keys` is empty.
pub(super) fn missing_texts(path: &str, keys: &[&str], source: Option<SourceId>) -> Option<Diagnostic> {
    const LISTED: usize = 10;
    let first = keys.first()?;
    let listed = keys.iter().take(LISTED).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    let (count, more) = (keys.len(), keys.len().saturating_sub(LISTED));
    let missing = if count == 1 { "1 text is missing".to_owned() } else { format!("{count} texts are missing") };
    let message = say!(
        ja: "テーマのファイル {path}: 文が{count}件足りません（`{first}` など）",
        en: "theme file {path}: {missing}, such as `{first}`"
    );
    let help = match more {
        0 => say!(ja: "足りない文: {listed}", en: "missing: {listed}"),
        _ => say!(ja: "足りない文: {listed}、ほか{more}件", en: "missing: {listed} and {more} more"),
    };
    let span = source.map(|source| Span::new(source, 0..0));
    Some(Diagnostic::new(Rule::Theme, span, message).help(help))
}

/// A text with an unknown placeholder.
pub(super) fn unknown_placeholder(
    path: &str,
    key: &str,
    placeholder: &str,
    location: Option<(SourceId, Range<usize>)>,
    known: &[String],
) -> Diagnostic {
    let all = known.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ");
    let message = say!(
        ja: "テーマのファイル {path}: 文「{key}」に {{{placeholder}}} は入りません",
        en: "theme file {path}: unknown placeholder {{{placeholder}}} in the text `{key}`"
    );
    let help = match known {
        [] => say!(ja: "この文に {{ }} は書けません", en: "this text has no placeholders"),
        _ => say!(ja: "書けるのは {all} です", en: "known placeholders: {all}"),
    };
    let span = location.map(|(source, range)| Span::new(source, range));
    Diagnostic::new(Rule::Theme, span, message).help(help)
}

/// A site's own templates by name.
pub(super) type OwnTemplates = BTreeMap<String, OwnTemplate>;

/// A site's own template, for diagnostics.
pub(super) struct OwnTemplate {
    pub(super) source: SourceId,
    pub(super) text: String,
    /// The template as it is rendered.
    pub(super) limited: Limited,
}

impl OwnTemplate {
    pub(super) fn new(source: SourceId, text: String) -> Self {
        Self { source, limited: limits::with_limits(&text), text }
    }
}

/// Diagnostics of a Tera error in the templates, or during rendering of the template `page`. Tera's own rendering of
/// error locations is not used: it positions carets by characters, which is wrong after full-width text.
pub(super) fn from_tera(error: &tera::Error, page: Option<&str>, own_templates: &OwnTemplates) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            let unknown_tag = own_templates.get(report.filename()).filter(|_| report.message() == "Unknown tag");
            let own = own_templates.get(report.filename());
            let range = own.map_or_else(|| span.range.clone(), |own| own.limited.original(span.range.clone()));
            if let Some(OwnTemplate { source, text, .. }) = unknown_tag {
                let (range, Bilingual { ja, en }, help) = tags::diagnose(text, range);
                let file = report.filename();
                let message = say!(ja: "テーマのファイル {file}: {ja}", en: "theme file {file}: {en}");
                return vec![Diagnostic { help, ..Diagnostic::new(Rule::Theme, Span::new(*source, range), message) }];
            }
            vec![template_error(report.filename(), report.message(), span.start_line, own_templates, |_| Some(range))]
        }
        ErrorKind::Msg(reports) if reports.starts_with("error: ") => {
            reports.split("\n\n").map(|report| report_error(report, own_templates)).collect()
        }
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("Unknown template `{parent}`");
            vec![template_error(current, &message, 1, own_templates, |text| {
                let at = text.find(parent.as_str())?;
                Some(at..at + parent.len())
            })]
        }
        ErrorKind::CircularInclude { include_chain, .. } => vec![cycle(include_chain, "include", own_templates)],
        ErrorKind::CircularExtend { inheritance_chain, .. } => vec![cycle(inheritance_chain, "extends", own_templates)],
        _ => vec![page_error(&error.to_string(), page, own_templates)],
    }
}

/// Diagnostic of a page that is too large.
pub(super) fn too_large_page(page: &str, own_templates: &OwnTemplates) -> Diagnostic {
    page_error(limits::TOO_LARGE_PAGE, Some(page), own_templates)
}

/// Diagnostic of a Tera error without a location, reported at the template `page` that was being rendered.
fn page_error(message: &str, page: Option<&str>, own_templates: &OwnTemplates) -> Diagnostic {
    let is_recursion = message.starts_with("Maximum render recursion depth for components");
    if let Some((file, span)) = recursive_call(own_templates).filter(|_| is_recursion) {
        let message = say!(
            ja: "テーマのファイル {file}: 部品（component）の呼び出しが循環しています",
            en: "theme file {file}: infinite recursion of components"
        );
        return Diagnostic::new(Rule::Theme, span, message);
    }
    let (ja, en) = if is_recursion {
        ("部品（component）の呼び出しが循環しています", "infinite recursion of components")
    } else if message == limits::TOO_LARGE_PAGE {
        ("ページが大きすぎます（64MBまで）", "the page is larger than 64 MB")
    } else {
        (message, message)
    };
    let Some(page) = page else {
        return Diagnostic::new(Rule::Theme, Location::Unknown, say!(ja: "テーマ: {ja}", en: "theme: {en}"));
    };
    let location = own_templates.get(page).map(|own| Span::new(own.source, 0..0));
    let message = say!(
        ja: "テーマのファイル {page} のページを作るとき: {ja}",
        en: "theme file {page}, while rendering a page: {en}"
    );
    Diagnostic::new(Rule::Theme, location, message)
}

/// Diagnostic of a cycle of templates connected by `tag`. `chain` ends with the template that closes the cycle.
fn cycle(chain: &[String], tag: &str, own_templates: &OwnTemplates) -> Diagnostic {
    let end = chain.last().map(String::as_str).unwrap_or_default();
    let mut cycle: Vec<&str> = chain.iter().map(String::as_str).skip_while(|name| *name != end).collect();
    if cycle.len() == 1 {
        // A chain of `extends` omits the template at which it starts, which closes the cycle here.
        cycle = std::iter::once(end).chain(chain.iter().map(String::as_str)).collect();
    }
    let mut steps = cycle.iter().zip(cycle.iter().skip(1));
    let own_template = steps.find_map(|(file, next)| {
        let OwnTemplate { source, text, .. } = own_templates.get(*file)?;
        Some((*file, Span::new(*source, tags::reference_range(text, tag, next).unwrap_or_default())))
    });
    let (file, location) = own_template.map_or((end, None), |(file, span)| (file, Some(span)));
    let steps = cycle.join(" → ");
    let message = say!(
        ja: "テーマのファイル {file}: テンプレートの呼び出しが循環しています（{steps}）",
        en: "theme file {file}: cycle of templates ({steps})"
    );
    let help = say!(
        ja: "{{% {tag} … %}} のどれかを消すか、別のテンプレートを指定してください",
        en: "remove one of the `{{% {tag} … %}}` tags, or refer to another template"
    );
    Diagnostic::new(Rule::Theme, location, message).help(help)
}

/// Diagnostic of one formatted report of Tera. Undefined names are reported only as formatted text, all in one string:
/// "error: Unknown filter `x`", then "--> layout.html:3:7". The name is searched for in its line.
fn report_error(report: &str, own_templates: &OwnTemplates) -> Diagnostic {
    let mut lines = report.lines();
    let message = lines.next().and_then(|line| line.strip_prefix("error: ")).unwrap_or(report);
    let location = lines.next().and_then(|line| line.trim_start().strip_prefix("--> ")).unwrap_or_default();
    let mut parts = location.rsplitn(3, ':').skip(1);
    let line: usize = parts.next().and_then(|line| line.parse().ok()).unwrap_or(0);
    let file = parts.next().unwrap_or_default();
    template_error(file, message, line, own_templates, |text| {
        let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let line_text = text.get(start..)?.lines().next()?;
        let name = message.split('`').nth(1)?;
        let at = start + line_text.find(name)?;
        Some(at..at + name.len())
    })
}

fn template_error(
    file: &str,
    message: &str,
    line: usize,
    own_templates: &OwnTemplates,
    range: impl FnOnce(&str) -> Option<Range<usize>>,
) -> Diagnostic {
    let (problem, known) = match message.split_once(" Available ") {
        Some((problem, names)) => {
            (problem.trim_end_matches('.'), names.split_once(": ").map_or("", |(_, names)| names))
        }
        None => (message, ""),
    };
    let name = problem.split('`').nth(1).unwrap_or_default();
    let kinds = [
        ("Variable `", "値"),
        ("Field `", "値"),
        ("Unknown filter `", "フィルター"),
        ("Unknown component `", "部品"),
        ("Unknown template `", "テンプレート"),
    ];
    let kind = kinds.iter().find(|(start, _)| problem.starts_with(start));
    let ja =
        kind.map_or_else(|| translate_syntax_error(problem), |(_, kind)| format!("「{name}」という{kind}はありません"));
    let location = own_templates.get(file).map(|own| Span::new(own.source, range(&own.text).unwrap_or_default()));
    let en = if location.is_some() { problem.to_owned() } else { format!("{problem} (line {line})") };
    let message = say!(ja: "テーマのファイル {file}: {ja}", en: "theme file {file}: {en}");
    // Only a similar name is suggested: the list of all known names would fill a screen.
    Diagnostic::new(Rule::Theme, location, message).suggest(name, known.split(", ").filter(|known| !known.is_empty()))
}

/// Japanese translation of a syntax error of Tera, for common mistakes; other messages are returned unchanged.
fn translate_syntax_error(message: &str) -> String {
    if let Some((found, expected)) = message.strip_prefix("Found ").and_then(|rest| rest.split_once(" but expected ")) {
        let (found, expected) = (found.trim_matches('`'), expected.trim_end_matches('.'));
        return format!("ここには {expected} が来るはずですが、「{found}」があります");
    }
    if message.starts_with("Unexpected end of input") {
        return "終わりまで閉じられていない {% … %} や {{ … }} があります".to_owned();
    }
    if let Some(name) =
        message.strip_prefix("Block `").and_then(|rest| rest.strip_suffix("` is not defined in any parent template"))
    {
        return format!("「{name}」というブロックは、もとのテンプレートにありません");
    }
    if message.starts_with("This content would be ignored") {
        return "ほかのテンプレートをもとにするときは、{% block … %} の中に書いたものだけが使われます".to_owned();
    }
    match message {
        limits::TOO_MANY_STEPS => {
            return "このページの処理が終わりません。繰り返しや部品の呼び出しが多すぎます".to_owned();
        }
        limits::TOO_LARGE_VALUE => return "この変数の値が、際限なく大きくなっています".to_owned(),
        _ => {}
    }
    if message.starts_with("Iteration not possible on type") {
        return "{% for %} で一つずつ取り出せるのは、一覧（配列）だけです".to_owned();
    }
    message.to_owned()
}

/// A missing theme folder.
pub(super) fn no_theme(folder: &str, span: Span) -> Diagnostic {
    let message =
        say!(ja: "テーマのフォルダー「{folder}」がありません", en: "the theme folder `{folder}` does not exist");
    let help = say!(
        ja: "site.toml と同じフォルダーに作るか、この行を消してください",
        en: "create it next to site.toml, or remove this line"
    );
    Diagnostic::new(Rule::Theme, span, message).help(help)
}

/// A template or text file that is not UTF-8.
pub(super) fn not_utf8(path: &str, folder: Option<&str>) -> Diagnostic {
    let message = say!(ja: "テーマのファイル {path} が UTF-8 ではありません", en: "theme file {path} is not UTF-8");
    Diagnostic::new(Rule::Theme, location(folder, path), message)
}

/// A file in a location that themes do not use.
pub(super) fn unused_file(path: &str, folder: Option<&str>) -> Diagnostic {
    let message = say!(ja: "テーマのファイル {path} は使われません", en: "theme file {path} is not used");
    let help = say!(
        ja: "テーマに置けるのは templates/、assets/ と、texts/ の ja.toml、en.toml、site.toml の `lang` の言語のファイルです",
        en: "a theme consists of templates/, assets/ and texts/, which contains ja.toml, en.toml or the file for the `lang` of site.toml"
    );
    let diagnostic = Diagnostic::new(Rule::Theme, location(folder, path), message).help(help);
    match path.split_once('/') {
        Some(("texts", _)) => diagnostic.suggest(path, ["texts/ja.toml", "texts/en.toml"]),
        Some((folder, _)) => diagnostic.suggest(folder, ["templates", "assets", "texts"]),
        None => diagnostic,
    }
}

/// An asset whose name is not valid on every system.
pub(super) fn invalid_name(path: &str, folder: Option<&str>, why: Bilingual) -> Diagnostic {
    let Bilingual { ja, en } = why;
    let message = say!(
        ja: "テーマのファイル {path} の名前では公開できません。{ja}",
        en: "theme file {path} cannot be published: {en}"
    );
    Diagnostic::new(Rule::Theme, location(folder, path), message)
        .help(say!(ja: "ファイルの名前を変えてください", en: "rename the file"))
}

/// An asset whose name equals that of another on some systems.
pub(super) fn duplicate_name(path: &str, folder: Option<&str>, other: &str) -> Diagnostic {
    let message = say!(
        ja: "テーマのファイル {path} の名前が、assets/{other} と重なります",
        en: "theme file {path} has the same name as assets/{other} on some systems"
    );
    Diagnostic::new(Rule::Theme, location(folder, path), message)
        .help(say!(ja: "どちらかの名前を変えてください", en: "rename one of them"))
}

/// Location of the file at `path` in the folder of a site's own theme.
fn location(folder: Option<&str>, path: &str) -> Location {
    folder.map_or(Location::Unknown, |folder| Location::Path(format!("{}/{path}", folder.trim_end_matches('/'))))
}

/// A logo of unknown size.
pub(super) fn unknown_logo_size(logo: &SiteImage) -> Diagnostic {
    let file = &logo.file;
    let message = say!(
        ja: "画像「{file}」の大きさを読み取れません",
        en: "cannot determine the size of the image `{file}`"
    );
    let help = say!(
        ja: "SVG なら viewBox を書き、ほかの形式なら保存し直してください",
        en: "add a viewBox to an SVG; re-export an image in any other format"
    );
    Diagnostic::new(Rule::NotAPicture, logo.span, message).help(help)
}
