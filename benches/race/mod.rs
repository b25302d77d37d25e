//! All runs in turn, round after round, and what they come to.
//!
//! Every clean build goes into a folder of its own, and nothing is deleted before all is
//! measured: a file system that has just deleted a tree is slow to write the next one.

pub mod floor;
mod hugo;
mod measure;
mod table;

use crate::corpus::content;
use measure::{Run, median, run};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use table::Figures;

/// What to measure, and with what.
pub struct Settings {
    pub cities: Vec<usize>,
    pub rounds: usize,
    /// Where the corpus and all sites are written.
    pub folder: PathBuf,
    /// Hugo's own binary; without it there is no peer.
    pub hugo: Option<PathBuf>,
}

/// The theme whose pages are like the peer's; it replaces what the default theme draws.
const PLAIN: [(&str, &str); 8] = [
    ("layout.html", include_str!("plain/layout.html")),
    ("home.html", include_str!("plain/home.html")),
    ("strategy.html", include_str!("plain/strategy.html")),
    ("node.html", include_str!("plain/node.html")),
    ("indicators.html", include_str!("plain/indicators.html")),
    ("programs.html", include_str!("plain/programs.html")),
    ("money.html", include_str!("plain/money.html")),
    ("edition.html", include_str!("plain/edition.html")),
];
/// The folder of that theme, seen from the content.
const PLAIN_FOLDER: &str = "../plain";

/// The runs of one theme.
#[derive(Default)]
struct Runs {
    clean: Vec<Run>,
    floor: Vec<Run>,
    unchanged: Vec<Run>,
    changed: Vec<Run>,
    part: Vec<Run>,
    portal: Vec<Run>,
}

/// One size of corpus.
struct Corpus<'a> {
    settings: &'a Settings,
    folder: PathBuf,
}

/// Measures every size and prints what came out.
pub fn race(settings: &Settings) -> io::Result<()> {
    let mut all = Vec::new();
    for cities in &settings.cities {
        let corpus = Corpus { settings, folder: settings.folder.join(cities.to_string()) };
        corpus.write(*cities)?;
        all.push((*cities, corpus.rounds()?));
    }
    table::print(&all);
    Ok(())
}

impl Corpus<'_> {
    fn content(&self) -> PathBuf {
        self.folder.join("content")
    }

    fn write(&self, cities: usize) -> io::Result<()> {
        eprintln!("writing {cities} cities");
        content::write(&self.content(), cities)?;
        let theme = self.folder.join("plain/templates");
        fs::create_dir_all(&theme)?;
        PLAIN.iter().try_for_each(|(name, text)| fs::write(theme.join(name), text))?;
        match &self.settings.hugo {
            Some(_) => hugo::write(&self.folder.join("hugo"), cities),
            None => Ok(()),
        }
    }

    fn rounds(&self) -> io::Result<Figures> {
        let mut peer = Vec::new();
        let [mut plain, mut default] = [Runs::default(), Runs::default()];
        for round in 1..=self.settings.rounds {
            eprintln!("round {round} of {}", self.settings.rounds);
            let folder = self.folder.join(format!("round-{round}"));
            if let Some(hugo) = &self.settings.hugo {
                let destination = folder.join("hugo");
                let mut command = Command::new(hugo);
                command.args(["build", "--quiet", "--noBuildLock", "--source"]).arg(self.folder.join("hugo"));
                peer.push(run(command.arg("--destination").arg(&destination))?);
            }
            self.theme(Some(PLAIN_FOLDER), &folder.join("plain"), &mut plain)?;
            self.theme(None, &folder.join("default"), &mut default)?;
        }
        let site = |name: &str| table::size(&self.folder.join("round-1").join(name));
        let of = |runs: &Runs, name: &str| -> io::Result<table::Theme> {
            Ok(table::Theme {
                size: site(name)?,
                clean: median(&runs.clean),
                floor: median(&runs.floor),
                unchanged: median(&runs.unchanged),
                changed: median(&runs.changed),
                part: median(&runs.part),
                portal: median(&runs.portal),
            })
        };
        let peer = match peer.is_empty() {
            true => None,
            false => Some((site("hugo")?, median(&peer))),
        };
        Ok(Figures { peer, plain: of(&plain, "plain")?, default: of(&default, "default")? })
    }

    /// A clean build, the floor for what it wrote, a build that changes nothing, one after a
    /// figure of one program has changed; then one city alone, and the pages around all cities.
    fn theme(&self, theme: Option<&str>, output: &Path, runs: &mut Runs) -> io::Result<()> {
        content::write_site(&self.content(), theme)?;
        runs.clean.push(self.build(output)?);
        runs.floor.push(floor::run(output, &output.with_extension("floor"))?);
        runs.unchanged.push(self.build(output)?);

        let sheet = self.content().join("city-0001/programs/jigyo-050/2024.md");
        let before = fs::read_to_string(&sheet)?;
        fs::write(&sheet, before.replacen("settlement.R6 = ", "settlement.R6 = 1", 1))?;
        runs.changed.push(self.build(output)?);
        fs::write(&sheet, before)?;

        let part = output.with_extension("part");
        runs.part.push(run(self.command(&part).args(["--strategy", "city-0001"]))?);
        runs.portal.push(run(self.command(&output.with_extension("portal")).arg("--portal").arg(output))?);
        Ok(())
    }

    fn build(&self, output: &Path) -> io::Result<Run> {
        run(&mut self.command(output))
    }

    fn command(&self, output: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shirube"));
        command.arg("build").arg("--content").arg(self.content()).arg("--output").arg(output);
        command
    }
}
