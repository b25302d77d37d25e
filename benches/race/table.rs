//! What came out, as Markdown.

use super::measure::Run;
use std::io;
use std::path::Path;
use std::time::Duration;
use walkdir::WalkDir;

/// The medians of one size of corpus.
pub struct Figures {
    pub peer: Option<(Size, Run)>,
    pub plain: Theme,
    pub default: Theme,
}

/// The medians of one theme.
pub struct Theme {
    pub size: Size,
    pub clean: Run,
    pub floor: Run,
    pub unchanged: Run,
    pub changed: Run,
    pub part: Run,
    pub portal: Run,
}

/// How much was written.
pub struct Size {
    pages: usize,
    files: usize,
    bytes: u64,
}

/// Counts what lies in the folder `site`, without records that are no part of the site.
pub fn size(site: &Path) -> io::Result<Size> {
    let mut size = Size { pages: 0, files: 0, bytes: 0 };
    let shown = |name: &std::ffi::OsStr| name != ".shirube";
    for entry in WalkDir::new(site).into_iter().filter_entry(|entry| shown(entry.file_name())) {
        let entry = entry?;
        if entry.file_type().is_file() {
            size.files += 1;
            size.bytes += entry.metadata()?.len();
            size.pages += usize::from(entry.path().extension().is_some_and(|extension| extension == "html"));
        }
    }
    Ok(size)
}

/// Prints a table for each size of corpus, and the ratios.
pub fn print(all: &[(usize, Figures)]) {
    for (cities, figures) in all {
        println!("\n## {cities} cities\n");
        println!("| run | pages | files | MB | wall s | CPU s | peak MB |");
        println!("|---|---:|---:|---:|---:|---:|---:|");
        if let Some((size, run)) = &figures.peer {
            line("Hugo, equivalent pages", Some(size), run);
        }
        for (name, theme) in [("plain", &figures.plain), ("default", &figures.default)] {
            line(&format!("clean build, {name} theme"), Some(&theme.size), &theme.clean);
            line(&format!("the same files, plain writer, {name} theme"), None, &theme.floor);
            line(&format!("nothing changed, {name} theme"), None, &theme.unchanged);
            line(&format!("one program changed, {name} theme"), None, &theme.changed);
            line(&format!("one city alone, {name} theme"), None, &theme.part);
            line(&format!("the pages around all cities, {name} theme"), None, &theme.portal);
        }
        println!("\n| ratio of wall times, where nothing else is said | plain theme | default theme |");
        println!("|---|---:|---:|");
        if let Some((_, peer)) = &figures.peer {
            ratio("clean build : Hugo", figures, |theme| share(&theme.clean, peer));
            ratio("clean build : Hugo, CPU time", figures, |theme| cpu(&theme.clean) / cpu(peer));
        }
        ratio("clean build : plain writer", figures, |theme| share(&theme.clean, &theme.floor));
        ratio("one city alone : clean build", figures, |theme| share(&theme.part, &theme.clean));
        ratio("nothing changed : clean build", figures, |theme| share(&theme.unchanged, &theme.clean));
        ratio("one program changed : clean build", figures, |theme| share(&theme.changed, &theme.clean));
    }
    if let [(few, less), .., (many, more)] = all {
        println!("\n## {many} cities against {few}\n");
        println!("| ratio | Hugo | plain theme | default theme |");
        println!("|---|---:|---:|---:|");
        for (name, of) in [("wall time", wall as fn(&Run) -> f64), ("peak memory", peak)] {
            let peer = match (&less.peer, &more.peer) {
                (Some((_, less)), Some((_, more))) => format!("{:.2}", of(more) / of(less)),
                _ => String::new(),
            };
            let [plain, default] = [(&less.plain, &more.plain), (&less.default, &more.default)]
                .map(|(less, more)| of(&more.clean) / of(&less.clean));
            println!("| {name} | {peer} | {plain:.2} | {default:.2} |");
        }
    }
}

fn line(name: &str, size: Option<&Size>, run: &Run) {
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let size =
        size.map_or("| |".to_owned(), |size| format!("{} | {} | {:.1}", size.pages, size.files, megabytes(size.bytes)));
    let more = if run.cpu == Duration::ZERO {
        "|".to_owned()
    } else {
        format!("{:.2} | {:.0}", run.cpu.as_secs_f64(), megabytes(run.peak))
    };
    println!("| {name} | {size} | {:.3} | {more} |", wall(run));
}

fn ratio(name: &str, figures: &Figures, of: impl Fn(&Theme) -> f64) {
    println!("| {name} | {:.3} | {:.3} |", of(&figures.plain), of(&figures.default));
}

fn share(run: &Run, of: &Run) -> f64 {
    wall(run) / wall(of)
}

fn wall(run: &Run) -> f64 {
    run.wall.as_secs_f64()
}

fn cpu(run: &Run) -> f64 {
    run.cpu.as_secs_f64()
}

fn peak(run: &Run) -> f64 {
    run.peak as f64
}
