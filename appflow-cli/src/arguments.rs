//! The command line: commands, arguments and options.

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// Manage Amazon AppFlow flows as code
#[derive(Debug, Parser)]
#[command(name = "appflow", version, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The options of all commands.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Use this profile of the AWS configuration
    #[arg(
        id = "aws-profile",
        long = "profile",
        global = true,
        value_name = "NAME"
    )]
    pub(crate) profile: Option<String>,
    /// Use this Region instead of the configured one
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) region: Option<String>,
    /// Send requests to this endpoint, such as that of appflow-local
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) endpoint_url: Option<String>,
    /// Use a local AppFlow in this process, with its state in DIR [default: .appflow-local]
    #[arg(long, global = true, value_name = "DIR", num_args = 0..=1, require_equals = true, default_missing_value = ".appflow-local")]
    pub(crate) local: Option<PathBuf>,
    /// Format of the results
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text")]
    pub(crate) output: Output,
    /// Maximum number of concurrent calls
    #[arg(long, global = true, value_name = "N", default_value = "8", value_parser = clap::value_parser!(u8).range(1..=64))]
    pub(crate) concurrency: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// Human-readable text
    Text,
    /// JSON
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Export flows and connector profiles as definitions
    Export(Export),
    /// Show the changes that apply would make
    Plan(Plan),
    /// Create, change and delete flows according to their definitions
    Apply(Apply),
    /// Check definitions offline
    Validate(Validate),
    /// Start a run of a flow
    Run(Run),
    /// List the runs of a flow
    Runs(Runs),
    /// Cancel runs of a flow
    Cancel(Cancel),
    /// List flows
    List,
    /// Print the definition of a flow
    Show(Show),
    /// Compare two flows
    Diff(Diff),
    /// List the entities of a connector, or the fields of an entity
    Entities(Entities),
    /// List connector profiles
    Profiles,
    /// Print the JSON Schema of definitions
    Schema(Schema),
    /// Print a completion script for a shell
    Completions {
        /// Shell
        shell: Shell,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Flows to export [default: all flows and connector profiles]
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// Folder to write to; files that define the same flows are overwritten
    #[arg(long, value_name = "DIR")]
    pub(crate) to: PathBuf,
    /// Format of new files
    #[arg(long, value_name = "FORMAT", default_value = "yaml")]
    pub(crate) format: Format,
    /// Kind of the files
    #[arg(long = "as", value_name = "KIND", default_value = "definition")]
    pub(crate) kind: ExportKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// YAML
    Yaml,
    /// JSON
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportKind {
    /// Definition for this command
    Definition,
    /// Input of `aws appflow create-flow --cli-input-json`
    CliInput,
}

/// The options of plan and apply.
#[derive(Debug, Args)]
pub(crate) struct Planning {
    /// Folder of definitions, or one file
    pub(crate) path: PathBuf,
    /// Delete flows of the account that no definition names
    #[arg(long)]
    pub(crate) prune: bool,
    /// Delete and recreate flows that cannot be changed in place; their run history is lost
    #[arg(long)]
    pub(crate) replace: bool,
    /// Skip the checks of definitions
    #[arg(long)]
    pub(crate) skip_checks: bool,
    /// Skip the lookup of the entities of new flows
    #[arg(long)]
    pub(crate) skip_entities: bool,
    /// File that maps the names of buckets, profiles, keys and ARNs to those of this account
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    /// File of NAME=VALUE lines with secrets that are not set in the environment
    #[arg(long, value_name = "FILE")]
    pub(crate) secrets: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Plan {
    #[command(flatten)]
    pub(crate) planning: Planning,
    /// Exit with status 2 if there are changes
    #[arg(long)]
    pub(crate) detailed_exitcode: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Apply {
    #[command(flatten)]
    pub(crate) planning: Planning,
    /// Apply without confirmation
    #[arg(long, short)]
    pub(crate) yes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Validate {
    /// Files, or folders of files
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Run {
    /// Name of the flow
    pub(crate) name: String,
    /// Wait until the run ends, and exit with status 1 if it fails
    #[arg(long)]
    pub(crate) wait: bool,
    /// Maximum time to wait, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "3600")]
    pub(crate) timeout: u64,
}

#[derive(Debug, Args)]
pub(crate) struct Runs {
    /// Name of the flow
    pub(crate) name: String,
    /// Maximum number of runs to list
    #[arg(long, value_name = "N", default_value = "20")]
    pub(crate) limit: usize,
}

#[derive(Debug, Args)]
pub(crate) struct Cancel {
    /// Name of the flow
    pub(crate) name: String,
    /// Runs to cancel [default: all that are in progress]
    #[arg(value_name = "RUN")]
    pub(crate) runs: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Name of the flow
    pub(crate) name: String,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// Current flow: a file, or the name of a flow in the account
    pub(crate) before: String,
    /// Desired flow: a file, or the name of a flow in the account
    pub(crate) after: String,
    /// Exit with status 2 if the flows differ
    #[arg(long)]
    pub(crate) detailed_exitcode: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Entities {
    /// Connector profile
    pub(crate) profile: Option<String>,
    /// Type of the connector [default: that of the profile]
    #[arg(long, value_name = "TYPE", required_unless_present = "profile")]
    pub(crate) connector: Option<String>,
    /// API version of a custom connector
    #[arg(long, value_name = "VERSION")]
    pub(crate) api_version: Option<String>,
    /// List the entities below this one
    #[arg(long, value_name = "ENTITY")]
    pub(crate) below: Option<String>,
    /// List the fields of this entity
    #[arg(long, value_name = "ENTITY", conflicts_with = "below")]
    pub(crate) fields: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Kind of definition
    #[arg(default_value = "flow", value_name = "KIND")]
    pub(crate) of: SchemaOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// Flow
    Flow,
    /// Connector profile
    Profile,
}
