//! Measured rounds of builds by all generators.
//!
//! Every clean build writes to its own folder, and nothing is deleted before all measurements are complete, because a
//! file system writes slowly after deleting a large tree.

mod equivalence;
pub mod large;
mod measure;
mod table;

use crate::competitor::{self, Competitor};
use crate::corpus::content;
use equivalence::Site;
use measure::run;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use table::CLEAN;
pub use table::Table;

/// Measures all builds of a corpus in several rounds, in the new folder `folder`.
pub fn measure(cities: usize, rounds: u32, folder: &Path, competitors: &[Competitor]) -> io::Result<Table> {
    eprintln!("writing {cities} cities");
    let source = folder.join("content");
    content::write(&source, cities)?;
    competitor::copy("comparison/minimal", &folder.join("minimal"))?;
    competitors.iter().try_for_each(|competitor| (competitor.write)(&folder.join(competitor.name), cities))?;
    let mut table = Table::default();
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        let sites = folder.join(format!("round-{round}"));
        fs::create_dir(&sites)?;
        for Competitor { name, program, build, .. } in competitors {
            table.add(name, CLEAN, run(&mut build(program, &folder.join(name), &sites.join(name)))?);
        }
        for (theme, path) in [("minimal theme", Some("../minimal")), ("default theme", None)] {
            content::write_site(&source, path)?;
            let site = sites.join(theme);
            table.add(theme, CLEAN, run(&mut build(&source, &site))?);
            if round == 1 {
                let ours = Site::new(theme, site.clone())?;
                if path.is_some() {
                    let theirs = competitors.iter().map(|theirs| Site::new(theirs.name, sites.join(theirs.name)));
                    equivalence::check(&ours, &theirs.collect::<io::Result<Vec<_>>>()?)?;
                }
            }
            rebuild(&source, &site, |name, command| run(command).map(|run| table.add(theme, name, run)))?;
        }
    }
    Ok(table)
}

/// Measures a build without changes, a build after a changed figure of one program, a build of one city only, and a
/// build of the portal.
fn rebuild(
    source: &Path,
    site: &Path,
    mut measure: impl FnMut(&'static str, &mut Command) -> io::Result<()>,
) -> io::Result<()> {
    measure("nothing changed", &mut build(source, site))?;
    let sheet = source.join("city-0001/programs/jigyo-050/2024.md");
    let before = fs::read_to_string(&sheet)?;
    fs::write(&sheet, before.replacen("settlement.R6 = ", "settlement.R6 = 1", 1))?;
    measure("one figure changed", &mut build(source, site))?;
    fs::write(&sheet, before)?;
    measure("one city alone", build(source, &site.with_extension("part")).args(["--strategy", "city-0001"]))?;
    measure("the pages around all cities", build(source, &site.with_extension("portal")).arg("--portal").arg(site))
}

/// The command that builds a site with Shirube.
fn build(source: &Path, site: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shirube"));
    command.arg("build").arg("--content").arg(source).arg("--output").arg(site);
    command
}
