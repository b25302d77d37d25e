//! `shirube new`: creates a site, a strategy, a goal, policy or program, an edition, or the configuration of a server.

use std::fs::DirEntry;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use strum::IntoEnumIterator;

use super::Exit;
use super::console::Console;
use super::created::print_created;
use super::target::{ContentFolder, TargetStrategy};
use crate::build::CommandError;
use crate::content::DiskSource;
use crate::diagnostic::{Bilingual, has_errors, say};
use crate::model::{FiscalYear, Kind, Stage};
use crate::scaffold::edition::{self, EditionRequest};
use crate::scaffold::node::{self, NodeRequest};
use crate::scaffold::server::{self, Server};
use crate::scaffold::{Proposal, site, write};
use crate::workspace::Workspace;

/// Create a site, a strategy, a goal, policy or program, or an edition; existing files are not changed
///
/// サイト、計画、基本目標・施策・事務事業、年度ごとの版を新しく作成します。既存のファイルは変更しません。
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub(super) struct New {
    #[command(subcommand)]
    command: NewCommand,
}

#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true, disable_help_flag = true)]
enum NewCommand {
    /// Create a small example site with comments on its keys
    ///
    /// 小さな見本のサイトを作成します。使われているキーに説明がつきます。
    Site {
        /// Folder to create
        ///
        /// 作成するフォルダー
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Create a strategy: one plan of one municipality
    ///
    /// 計画（総合戦略・振興計画など）を作成します。
    Strategy {
        /// Id, which is the path of its folder: aoba, or aoba/sogo if the city has several strategies
        ///
        /// id（フォルダーのパス）。aoba など。一つの自治体に複数の計画がある場合は aoba/sogo など
        #[arg(value_name = "ID")]
        id: String,
        /// Title as printed
        ///
        /// 計画の名称（資料の記載のとおり）
        #[arg(long)]
        title: Option<String>,
        /// Name of the municipality
        ///
        /// 自治体の名称
        #[arg(long, value_name = "NAME")]
        publisher: Option<String>,
        #[command(flatten)]
        folder: ContentFolder,
    },
    /// Create a goal
    ///
    /// 基本目標を作成します。
    Goal(NewNode),
    /// Create a policy
    ///
    /// 施策を作成します。
    Policy(NewNode),
    /// Create a program
    ///
    /// 事務事業を作成します。
    Program(NewNode),
    /// Create an edition as a draft: sheets of the goals, policies and programs, with empty values
    ///
    /// 年度ごとの版を下書きとして作成します。基本目標・施策・事務事業の調書が、値を空欄にしてできます。
    Edition(NewEdition),
    /// Create the configuration of a web server: types of files, not-found page, caching, security headers
    ///
    /// ウェブサーバーの設定を作成します（ファイルの種類、「見つかりません」のページ、キャッシュ、セキュリティーのヘッダー）。
    Server {
        /// Server: iis, apache, nginx, or pages for GitHub Pages
        ///
        /// サーバーの種類（iis、apache、nginx。GitHub Pages は pages）
        #[arg(value_name = "SERVER", value_parser = server_parser())]
        server: Server,
        #[command(flatten)]
        folder: ContentFolder,
    },
}

#[derive(Debug, Args)]
struct NewNode {
    /// Id, the name of its folder (default: its number, or the next free number)
    ///
    /// id（フォルダーの名前。省略すると、番号または次の空いている番号）
    #[arg(value_name = "ID")]
    id: Option<String>,

    /// Number printed before the name: 5-1-1
    ///
    /// 名称の前に記載された番号（5-1-1 など）
    #[arg(long, value_name = "N")]
    number: Option<String>,

    /// Name as printed
    ///
    /// 名称（資料の記載のとおり）
    #[arg(long)]
    name: Option<String>,

    /// Id of the parent goal
    ///
    /// 上位の基本目標の id
    #[arg(long, value_name = "ID")]
    goal: Option<String>,

    #[command(flatten)]
    target: TargetStrategy,
}

#[derive(Debug, Args)]
struct NewEdition {
    /// Id, the file name of its sheets: 2024, 2024-interim
    ///
    /// 版の id（調書のファイル名。2024、2024-interim など）
    #[arg(value_name = "ID")]
    id: String,

    /// Fiscal year of the report: R6 (default: derived from the id)
    ///
    /// 対象の年度（R6 など。省略すると id から決まります）
    #[arg(long, value_parser = year)]
    year: Option<FiscalYear>,

    /// Label shown to readers (default: label of the last edition with its years advanced)
    ///
    /// サイトに表示する名称（省略すると、前の版の名称の年度を進めたもの）
    #[arg(long)]
    label: Option<String>,

    /// Stage of the edition within its fiscal year (default: stage of the last edition)
    ///
    /// final（年度終了後）、interim（年度途中）、plan（年度開始前）。省略すると前の版と同じ
    #[arg(long, value_parser = stage_parser())]
    stage: Option<Stage>,

    /// Copy the values of past years from the last edition instead of leaving them empty
    ///
    /// 過年度の値を空欄にせず、前の版から写します
    #[arg(long)]
    carry: bool,

    #[command(flatten)]
    target: TargetStrategy,
}

fn year(text: &str) -> Result<FiscalYear, &'static str> {
    FiscalYear::parse(text).ok_or("expected a fiscal year such as R6, 令和6年度 or 2024")
}

fn stage_parser() -> impl TypedValueParser<Value = Stage> {
    let names = PossibleValuesParser::new(Stage::ALL.map(Stage::key));
    names.map(|name| Stage::ALL.into_iter().find(|stage| stage.key() == name).unwrap_or(Stage::Final))
}

fn server_parser() -> impl TypedValueParser<Value = Server> {
    let names = PossibleValuesParser::new(Server::iter().map(<&str>::from));
    names.map(|name| Server::iter().find(|server| <&str>::from(server) == name).unwrap_or(Server::Iis))
}

impl New {
    pub(super) fn run(self, console: Console) -> Exit {
        self.command.run(console).map_or_else(|error| console.fail(&error), |()| Exit::Success)
    }
}

impl NewCommand {
    fn run(self, console: Console) -> Result<(), CommandError> {
        let (root, proposal) = match self {
            NewCommand::Site { folder } => {
                let is_staged = |entry: std::io::Result<DirEntry>| {
                    entry.is_ok_and(|entry| write::is_staged_name(&entry.file_name()))
                };
                let is_empty = folder.read_dir().map_or(true, |mut entries| entries.all(is_staged));
                if !is_empty {
                    return Err(CommandError::Usage(not_empty_error(&folder)));
                }
                (folder, site::site())
            }
            NewCommand::Strategy { id, title, publisher, folder } => {
                folder.require()?;
                let proposal = node::strategy(&id, title.as_deref(), publisher.as_deref());
                (folder.content, proposal.map_err(CommandError::Usage)?)
            }
            NewCommand::Goal(node) => node.propose(Kind::Goal)?,
            NewCommand::Policy(node) => node.propose(Kind::Policy)?,
            NewCommand::Program(node) => node.propose(Kind::Program)?,
            NewCommand::Edition(edition) => edition.propose()?,
            NewCommand::Server { server, folder } => propose_server(server, &folder)?,
        };
        write::write(&root, &proposal)?;
        print_created(console, &root, &proposal);
        Ok(())
    }
}

impl NewNode {
    fn propose(self, kind: Kind) -> Result<(PathBuf, Proposal), CommandError> {
        let Self { id, number, name, goal, target } = self;
        let request =
            NodeRequest { id: id.as_deref(), number: number.as_deref(), name: name.as_deref(), goal: goal.as_deref() };
        let analysis = target.analyze()?;
        let strategy = target.strategy(&analysis)?;
        let proposal = node::node(strategy, kind, request).map_err(CommandError::Usage)?;
        Ok((target.folder.content, proposal))
    }
}

impl NewEdition {
    fn propose(self) -> Result<(PathBuf, Proposal), CommandError> {
        let Self { id, year, label, stage, carry, target } = self;
        let analysis = target.analyze()?;
        let strategy = target.strategy(&analysis)?;
        // The new sheets would lack the cells of values that could not be read.
        if has_errors(&analysis.diagnostics) {
            return Err(CommandError::Other(say!(
                ja: "原稿に誤りがあるため、版を作成できません。`shirube check` で確認し、修正してから、もう一度実行してください",
                en: "the content has errors; run `shirube check`, fix them and try again"
            )));
        }
        let request =
            EditionRequest { id: &id, year, label: label.as_deref(), stage, carry: carry.then_some(&analysis.sources) };
        let proposal = edition::edition(strategy, request).map_err(CommandError::Usage)?;
        Ok((target.folder.content, proposal))
    }
}

/// Proposes the configuration of a server. Its files are in `static/`, next to the content folder, or at the root of the
/// repository that contains the content.
fn propose_server(server: Server, folder: &ContentFolder) -> Result<(PathBuf, Proposal), CommandError> {
    folder.require()?;
    let canonical = folder.content.canonicalize();
    let content = canonical.unwrap_or_else(|_| folder.content.clone());
    let parent = content.parent().unwrap_or(&content);
    let repository = content.ancestors().skip(1).find(|above| above.join(".git").exists());
    let root = repository.filter(|_| server == Server::Pages).unwrap_or(parent);
    let below = content.strip_prefix(root).unwrap_or(&content).to_string_lossy().replace('\\', "/");
    let root_files = Workspace::open_root(Arc::new(DiskSource::new(&folder.content)))?.root;
    // The policy may be among what could not be read.
    if has_errors(&root_files.diagnostics) {
        return Err(CommandError::Other(say!(
            ja: "site.toml などに誤りがあるため、設定を作成できません。`shirube check` で確認し、修正してから、もう一度実行してください",
            en: "site.toml or another file of the site has errors; run `shirube check`, fix them and try again"
        )));
    }
    let proposal = server::server(server, &root_files.shared.site, &below).map_err(CommandError::Other)?;
    Ok((root.to_owned(), proposal))
}

fn not_empty_error(folder: &Path) -> Bilingual {
    let folder = folder.display();
    say!(
        ja: "{folder} は空ではありません。新しいフォルダーの名前を指定してください",
        en: "{folder} is not empty; specify a new folder"
    )
}
