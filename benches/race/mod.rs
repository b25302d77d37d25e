//! All runs in turn, round after round, and what they come to.
//!
//! Every clean build goes into a folder of its own, and nothing is deleted before all is
//! measured: a file system that has just deleted a tree is slow to write the next one.

pub mod floor;
mod hugo;
mod measure;
mod peer;
mod same;
mod table;
mod zola;

use crate::corpus::content;
use measure::{Run, median, run};
use same::Site;
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
    pub peers: Vec<Peer>,
}

/// Another generator, with a site of the same pages.
pub struct Peer {
    pub name: &'static str,
    program: PathBuf,
    /// Writes the site of so many cities into a folder.
    write: fn(&Path, usize) -> io::Result<()>,
    /// The command with which the program builds the site in a folder into another.
    build: fn(&Path, &Path, &Path) -> Command,
}

/// Hugo's own binary, and Zola, if there are any.
pub fn peers(hugo: Option<PathBuf>, zola: Option<PathBuf>) -> Vec<Peer> {
    let hugo = hugo.map(|program| Peer { name: "Hugo", program, write: hugo::write, build: hugo::build });
    let zola = zola.map(|program| Peer { name: "Zola", program, write: zola::write, build: zola::build });
    hugo.into_iter().chain(zola).collect()
}

/// The theme whose pages are like those of the peers; it replaces what the default theme draws.
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
        self.settings.peers.iter().try_for_each(|peer| (peer.write)(&self.folder.join(peer.name), cities))
    }

    fn rounds(&self) -> io::Result<Figures> {
        let peers = &self.settings.peers;
        let mut theirs = vec![Vec::new(); peers.len()];
        let [mut plain, mut default] = [Runs::default(), Runs::default()];
        let mut sites = Vec::new();
        for round in 1..=self.settings.rounds {
            eprintln!("round {round} of {}", self.settings.rounds);
            let folder = self.folder.join(format!("round-{round}"));
            fs::create_dir(&folder)?;
            for (peer, runs) in peers.iter().zip(&mut theirs) {
                let source = self.folder.join(peer.name);
                runs.push(run(&mut (peer.build)(&peer.program, &source, &folder.join(peer.name)))?);
            }
            self.theme(Some(PLAIN_FOLDER), &folder.join("plain"), &mut plain)?;
            self.theme(None, &folder.join("default"), &mut default)?;
            if round == 1 {
                sites = self.compare(&folder)?;
            }
        }
        let mut sizes = sites.iter().map(|site| table::size(&site.folder)).collect::<io::Result<Vec<_>>>()?.into_iter();
        let mut of = |runs: &Runs| -> table::Theme {
            table::Theme {
                size: sizes.next().unwrap_or_default(),
                clean: median(&runs.clean),
                floor: median(&runs.floor),
                unchanged: median(&runs.unchanged),
                changed: median(&runs.changed),
                part: median(&runs.part),
                portal: median(&runs.portal),
            }
        };
        let (plain, default) = (of(&plain), of(&default));
        let peers = peers.iter().zip(sizes).zip(&theirs).map(|((peer, size), runs)| (peer.name, size, median(runs)));
        Ok(Figures { peers: peers.collect(), plain, default, extras: same::extras(&sites)? })
    }

    /// The sites of the plain and the default theme and of all peers, when it is shown that the
    /// peers' pages are like the plain ones. Of ours it is what the floor wrote that is looked at:
    /// the clean build, of which a figure was changed since.
    fn compare(&self, folder: &Path) -> io::Result<Vec<Site>> {
        let ours = Site::new("plain theme", folder.join("plain.floor"))?;
        let default = Site::new("default theme", folder.join("default.floor"))?;
        let peers = self.settings.peers.iter().map(|peer| Site::new(peer.name, folder.join(peer.name)));
        let peers = peers.collect::<io::Result<Vec<_>>>()?;
        same::check(&ours, &peers)?;
        Ok([ours, default].into_iter().chain(peers).collect())
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
