//! What came out, as Markdown.

use super::measure::Run;
use super::same::Extra;
use std::io;
use std::path::Path;
use std::time::Duration;
use walkdir::WalkDir;

/// The medians of one size of corpus.
pub struct Figures {
    /// By their names.
    pub peers: Vec<(&'static str, Size, Run)>,
    pub plain: Theme,
    pub default: Theme,
    /// What not all of them write.
    pub extras: Vec<Extra>,
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
#[derive(Default)]
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
        for (name, size, run) in &figures.peers {
            line(&format!("{name}, equivalent pages"), Some(size), run);
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
        for (name, _, peer) in &figures.peers {
            ratio(&format!("clean build : {name}"), figures, |theme| share(&theme.clean, peer));
            ratio(&format!("clean build : {name}, CPU time"), figures, |theme| cpu(&theme.clean) / cpu(peer));
        }
        ratio("clean build : plain writer", figures, |theme| share(&theme.clean, &theme.floor));
        ratio("one city alone : clean build", figures, |theme| share(&theme.part, &theme.clean));
        ratio("nothing changed : clean build", figures, |theme| share(&theme.unchanged, &theme.clean));
        ratio("one program changed : clean build", figures, |theme| share(&theme.changed, &theme.clean));
        if !figures.peers.is_empty() {
            print_extras(&figures.extras);
        }
    }
    if let [(few, less), .., (many, more)] = all {
        println!("\n## {many} cities against {few}\n");
        println!("| contestant | wall time | peak memory |");
        println!("|---|---:|---:|");
        let grown = |name: &str, less: &Run, more: &Run| {
            println!("| {name} | {:.2} | {:.2} |", wall(more) / wall(less), peak(more) / peak(less));
        };
        for ((name, _, less), (_, _, more)) in less.peers.iter().zip(&more.peers) {
            grown(name, less, more);
        }
        grown("plain theme", &less.plain.clean, &more.plain.clean);
        grown("default theme", &less.default.clean, &more.default.clean);
    }
}

fn print_extras(extras: &[Extra]) {
    println!("\n| what not all of them write | by | files | kB |");
    println!("|---|---|---:|---:|");
    for Extra { site, file, count, bytes } in extras {
        println!("| `{file}` | {site} | {count} | {:.1} |", *bytes as f64 / 1e3);
    }
}

fn line(name: &str, size: Option<&Size>, run: &Run) {
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

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
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
