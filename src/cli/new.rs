//! `shirube new`: begins a site, a strategy, a goal, policy or program, or an edition.

use std::fs::DirEntry;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};

use super::Ending;
use super::console::Console;
use crate::build::CommandError;
use crate::content::DiskSource;
use crate::diagnostic::{Bilingual, publishable, say};
use crate::model::{FiscalYear, Kind, Stage, Strategy};
use crate::scaffold::edition::{self, EditionRequest};
use crate::scaffold::node::{self, NodeRequest};
use crate::scaffold::{Proposal, site, write};
use crate::workspace::{self, Analysis, AnalysisOptions, Drafts};

/// So many of the files that were written are named; the rest is counted.
const NAMED: usize = 10;

/// Begin a site, a strategy, a goal, policy or program, or an edition; changes no file that is there
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub(super) struct New {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true, disable_help_flag = true)]
enum What {
    /// A folder with a small site that builds at once, every key explained
    Site {
        /// The folder to make
        #[arg(id = "folder", value_name = "DIR")]
        folder: PathBuf,
    },
    /// A strategy: one plan of one publisher
    Strategy {
        /// Its id, the name of its folder: aoba, or aoba/sogo for one of several of a city
        #[arg(id = "id_of_strategy", value_name = "ID")]
        id: String,
        /// Its title, as printed
        #[arg(long)]
        title: Option<String>,
        /// The municipality
        #[arg(long, value_name = "NAME")]
        publisher: Option<String>,
        #[command(flatten)]
        place: ContentFolder,
    },
    /// A goal, above policies
    Goal(NewNode),
    /// A policy
    Policy(NewNode),
    /// A program
    Program(NewNode),
    /// A year's edition as a draft: a sheet for each goal, policy and program, with empty values
    Edition(NewEdition),
}

#[derive(Debug, Args)]
struct ContentFolder {
    /// The folder of the content
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,
}

#[derive(Debug, Args)]
struct Destination {
    #[command(flatten)]
    content: ContentFolder,

    /// The strategy to add it to; needed where there are several
    #[arg(id = "in_strategy", long = "strategy", value_name = "ID")]
    strategy: Option<String>,
}

#[derive(Debug, Args)]
struct NewNode {
    /// Its id, the name of its folder (default: its number, or the next one that is free)
    #[arg(id = "id_of_node", value_name = "ID")]
    id: Option<String>,

    /// The number that is printed before its name: 5-1-1
    #[arg(long, value_name = "N")]
    number: Option<String>,

    /// Its name, as printed
    #[arg(long)]
    name: Option<String>,

    /// The id of the goal above it
    #[arg(long, value_name = "ID")]
    goal: Option<String>,

    #[command(flatten)]
    place: Destination,
}

#[derive(Debug, Args)]
struct NewEdition {
    /// Its id, the name of its sheets: 2024, 2024-interim
    #[arg(id = "id_of_edition", value_name = "ID")]
    id: String,

    /// The fiscal year it reports on: R6 (default: told by the id)
    #[arg(long, value_parser = year)]
    year: Option<FiscalYear>,

    /// What readers see (default: as in the last edition, a year on)
    #[arg(long)]
    label: Option<String>,

    /// How far the year is (default: as in the last edition)
    #[arg(long, value_parser = stage_parser())]
    stage: Option<Stage>,

    #[command(flatten)]
    place: Destination,
}

fn year(text: &str) -> Result<FiscalYear, &'static str> {
    FiscalYear::parse(text).ok_or("write it like R6, 令和6年度 or 2024")
}

fn stage_parser() -> impl TypedValueParser<Value = Stage> {
    let names = PossibleValuesParser::new(Stage::ALL.map(Stage::key));
    names.map(|name| Stage::ALL.into_iter().find(|stage| stage.key() == name).unwrap_or(Stage::Final))
}

impl New {
    pub(super) fn run(self, console: Console) -> Ending {
        self.what.write(console).map_or_else(|failure| console.end(&failure), |()| Ending::Done)
    }
}

impl What {
    fn write(self, console: Console) -> Result<(), CommandError> {
        let (root, proposal) = match self {
            What::Site { folder } => {
                let is_left = |entry: std::io::Result<DirEntry>| {
                    entry.is_ok_and(|entry| write::is_stale_stage(&entry.file_name()))
                };
                let is_empty = folder.read_dir().map_or(true, |mut inside| inside.all(is_left));
                if !is_empty {
                    return Err(CommandError::Usage(not_empty(&folder)));
                }
                (folder, site::site())
            }
            What::Strategy { id, title, publisher, place } => {
                place.must_be_there()?;
                let proposal = node::strategy(&id, title.as_deref(), publisher.as_deref());
                (place.content, proposal.map_err(CommandError::Usage)?)
            }
            What::Goal(node) => node.propose(Kind::Goal)?,
            What::Policy(node) => node.propose(Kind::Policy)?,
            What::Program(node) => node.propose(Kind::Program)?,
            What::Edition(edition) => edition.propose()?,
        };
        write::write(&root, &proposal)?;
        say_written(console, &root, &proposal);
        Ok(())
    }
}

impl NewNode {
    fn propose(self, kind: Kind) -> Result<(PathBuf, Proposal), CommandError> {
        let Self { id, number, name, goal, place } = self;
        let wanted =
            NodeRequest { id: id.as_deref(), number: number.as_deref(), name: name.as_deref(), goal: goal.as_deref() };
        let loaded = place.load()?;
        let proposal = node::node(place.strategy(&loaded)?, kind, wanted).map_err(CommandError::Usage)?;
        Ok((place.content.content, proposal))
    }
}

impl NewEdition {
    fn propose(self) -> Result<(PathBuf, Proposal), CommandError> {
        let Self { id, year, label, stage, place } = self;
        let loaded = place.load()?;
        let strategy = place.strategy(&loaded)?;
        // What could not be read would be missing in the new sheets.
        if !publishable(&loaded.diagnostics) {
            return Err(CommandError::Other(say!(
                ja: "原稿に誤りがあるため、版を作れません。`shirube check` で調べて、直してからもう一度行ってください",
                en: "the content has mistakes; see `shirube check`, mend them, and try again"
            )));
        }
        let wanted = EditionRequest { id: &id, year, label: label.as_deref(), stage };
        let proposal = edition::edition(strategy, wanted).map_err(CommandError::Usage)?;
        Ok((place.content.content, proposal))
    }
}

impl ContentFolder {
    fn must_be_there(&self) -> Result<(), CommandError> {
        let content = self.content.display();
        if self.content.is_dir() {
            return Ok(());
        }
        Err(CommandError::Usage(say!(
            ja: "原稿のフォルダー {content} がありません。`shirube new site` で作るか、--content で指定してください",
            en: "there is no content folder {content}; make one with `shirube new site`, or name it with --content"
        )))
    }
}

impl Destination {
    fn load(&self) -> Result<Analysis, CommandError> {
        self.content.must_be_there()?;
        let options = AnalysisOptions { drafts: Drafts::Shown, ..AnalysisOptions::default() };
        let loaded = workspace::analyze(&DiskSource::new(&self.content.content), &[], &options);
        Ok(loaded?)
    }

    /// The strategy that is meant: the one that was named, or the only one.
    fn strategy<'l>(&self, loaded: &'l Analysis) -> Result<&'l Strategy, CommandError> {
        let all: Vec<&Strategy> = loaded.report.strategies().map(|(_, strategy)| strategy).collect();
        let ids: Vec<&str> = all.iter().map(|strategy| strategy.id.as_str()).collect();
        let (listed, listed_ja) = (ids.join(", "), ids.join("、"));
        let found = match (&self.strategy, all.as_slice()) {
            (None, [only]) => return Ok(only),
            (None, []) => say!(
                ja: "計画がまだありません。`shirube new strategy ID` で作ってください",
                en: "there is no strategy yet; begin one with `shirube new strategy ID`"
            ),
            (None, _) => say!(
                ja: "計画がいくつもあります。--strategy でどれか一つを指定してください: {listed_ja}",
                en: "there are several strategies; name one with --strategy: {listed}"
            ),
            (Some(wanted), _) => {
                let wanted = wanted.trim_end_matches('/');
                if let Some(found) = all.iter().find(|strategy| strategy.id == wanted) {
                    return Ok(found);
                }
                say!(
                    ja: "計画「{wanted}」はありません。あるのは {listed_ja} です",
                    en: "there is no strategy `{wanted}`; there are {listed}"
                )
            }
        };
        Err(CommandError::Usage(found))
    }
}

fn not_empty(folder: &Path) -> Bilingual {
    let folder = folder.display();
    say!(
        ja: "{folder} は空ではありません。新しいフォルダーの名前を指定してください",
        en: "{folder} is not empty; name a new folder"
    )
}

fn say_written(console: Console, root: &Path, proposal: &Proposal) {
    let files = &proposal.files;
    let n = files.len();
    console.done(&say!(ja: "{n} 個のファイルを作りました:", en: "new files: {n}"));
    for (path, _) in files.iter().take(NAMED) {
        let path = root.join(path);
        let path = path.display();
        console.done(&say!(ja: "  {path}", en: "  {path}"));
    }
    if let Some(rest) = n.checked_sub(NAMED).filter(|rest| *rest > 0) {
        console.done(&say!(ja: "  ほか {rest} 個", en: "  and {rest} more"));
    }
    proposal.reasons.iter().for_each(|reason| console.done(reason));
    console.done(&say!(ja: "\n次にすること:", en: "\nwhat to do next:"));
    for step in &proposal.next {
        let (ja, en) = (step.get(crate::diagnostic::Lang::Ja), step.get(crate::diagnostic::Lang::En));
        console.done(&say!(ja: "- {ja}", en: "- {en}"));
    }
}
