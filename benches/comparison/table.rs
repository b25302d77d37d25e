//! Medians and ratios of all runs as Markdown tables.

use super::measure::{Run, median};

/// The build that is the basis of ratios.
pub const CLEAN: &str = "clean build";

/// All runs for one size of the corpus.
#[derive(Default)]
pub struct Table(Vec<Row>);

/// A build by one generator, with its run in each round.
struct Row {
    generator: &'static str,
    build: &'static str,
    runs: Vec<Run>,
}

impl Table {
    pub fn add(&mut self, generator: &'static str, build: &'static str, run: Run) {
        match self.0.iter_mut().find(|row| (row.generator, row.build) == (generator, build)) {
            Some(row) => row.runs.push(run),
            None => self.0.push(Row { generator, build, runs: vec![run] }),
        }
    }

    fn clean(&self, generator: &str) -> Option<Run> {
        self.0.iter().find(|row| (row.generator, row.build) == (generator, CLEAN)).map(|row| median(&row.runs))
    }

    /// Prints medians, and ratios of wall times to the clean build of the same generator and of each competitor; the
    /// latter with the ratio of CPU times in parentheses.
    pub fn print(&self, competitors: &[&str]) {
        let columns: String = competitors.iter().map(|name| format!(" : {name} (CPU) |")).collect();
        println!("\n| generator | build | wall s | CPU s | peak MB | : {CLEAN} |{columns}");
        println!("|---|---|{}", "---:|".repeat(4 + competitors.len()));
        for Row { generator, build, runs } in &self.0 {
            let Run { wall, cpu, peak } = median(runs);
            print!("| {generator} | {build} | {wall:.3} | {cpu:.2} | {peak:.0} |");
            self.clean(generator).iter().for_each(|clean| print!(" {:.3} |", wall / clean.wall));
            for competitor in competitors.iter().filter_map(|name| self.clean(name)) {
                print!(" {:.3} ({:.3}) |", wall / competitor.wall, cpu / competitor.cpu);
            }
            println!();
        }
    }

    /// Prints the growth factors of every build from this size of the corpus to a larger one.
    pub fn print_growth(&self, greater: &Self) {
        println!("\n| generator | build | wall time | peak memory |\n|---|---|---:|---:|");
        for (less, more) in self.0.iter().zip(&greater.0) {
            let (Row { generator, build, .. }, less, more) = (less, median(&less.runs), median(&more.runs));
            println!("| {generator} | {build} | {:.2} | {:.2} |", more.wall / less.wall, more.peak / less.peak);
        }
    }
}
