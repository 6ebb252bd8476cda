//! What the command takes.

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// Keeps flows of Amazon AppFlow as code
#[derive(Debug, Parser)]
#[command(name = "appflow", version, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Region; otherwise as AWS's tools find it
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) region: Option<String>,
    /// Endpoint, such as that of an appflow-local
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) endpoint_url: Option<String>,
    /// Uses an AppFlow inside of this process, which keeps its state in a folder
    #[arg(long, global = true, value_name = "DIR", num_args = 0..=1, require_equals = true, default_missing_value = ".appflow-local")]
    pub(crate) local: Option<PathBuf>,
    /// How results are written
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text")]
    pub(crate) output: Output,
    /// Calls at once, at most
    #[arg(long, global = true, value_name = "N", default_value = "8", value_parser = clap::value_parser!(u8).range(1..=64))]
    pub(crate) concurrency: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Writes definitions of flows and connector profiles into a folder
    Export(Export),
    /// Says what apply would do
    Plan(Plan),
    /// Makes the account as the definitions say
    Apply(Apply),
    /// Checks definitions without any call
    Validate(Validate),
    /// Starts a run of a flow
    Run(Run),
    /// Lists the runs of a flow
    Runs(Runs),
    /// Cancels runs of a flow
    Cancel(Cancel),
    /// Lists flows
    List,
    /// Writes the definition of a flow
    Show(Show),
    /// Says what differs between two flows, each a file or the name of a flow in the account
    Diff(Diff),
    /// Lists what a connector profile can read or write
    Entities(Entities),
    /// Lists connector profiles
    Profiles,
    /// Writes the JSON Schema of definitions, for editors
    Schema(Schema),
    /// Writes a completion script
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Flows to export; all flows and connector profiles if none is named
    pub(crate) names: Vec<String>,
    /// The folder; a file in it that defines the flow is written over
    #[arg(long, value_name = "DIR")]
    pub(crate) to: PathBuf,
    /// The format of new files
    #[arg(long, value_name = "FORMAT", default_value = "yaml")]
    pub(crate) format: Format,
    /// What is written
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
    /// Definitions, for this command
    Definition,
    /// Inputs of `aws appflow create-flow --cli-input-json`
    CliInput,
}

/// Where definitions are, and how far a plan may go.
#[derive(Debug, Args)]
pub(crate) struct Planning {
    /// The folder of definitions, or one file
    pub(crate) path: PathBuf,
    /// Deletes flows of the account that no definition names
    #[arg(long)]
    pub(crate) prune: bool,
    /// Replaces flows that cannot be changed in place, with the history of their runs
    #[arg(long)]
    pub(crate) replace: bool,
    /// Does not check definitions: AppFlow has the word
    #[arg(long)]
    pub(crate) skip_checks: bool,
    /// Does not ask connectors for the objects of new flows
    #[arg(long)]
    pub(crate) skip_entities: bool,
    /// Names of buckets, profiles, keys and ARNs in the account that the definitions go to
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    /// Lines NAME=VALUE for placeholders of profiles that the environment does not have
    #[arg(long, value_name = "FILE")]
    pub(crate) secrets: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Plan {
    #[command(flatten)]
    pub(crate) planning: Planning,
    /// Exits with 2 if there are changes
    #[arg(long)]
    pub(crate) detailed_exitcode: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Apply {
    #[command(flatten)]
    pub(crate) planning: Planning,
    /// Does not ask
    #[arg(long, short)]
    pub(crate) yes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Validate {
    /// Files, or folders of them
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Run {
    /// The flow
    pub(crate) name: String,
    /// Waits until the run ends; exits with 1 if it fails
    #[arg(long)]
    pub(crate) wait: bool,
    /// How many seconds to wait, at most
    #[arg(long, value_name = "SECONDS", default_value = "3600")]
    pub(crate) timeout: u64,
}

#[derive(Debug, Args)]
pub(crate) struct Runs {
    /// The flow
    pub(crate) name: String,
    /// How many, at most
    #[arg(long, value_name = "N", default_value = "20")]
    pub(crate) limit: usize,
}

#[derive(Debug, Args)]
pub(crate) struct Cancel {
    /// The flow
    pub(crate) name: String,
    /// The runs; all that are in progress if none is named
    pub(crate) runs: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The flow
    pub(crate) name: String,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// What is
    pub(crate) before: String,
    /// What should be
    pub(crate) after: String,
    /// Exits with 2 if they differ
    #[arg(long)]
    pub(crate) detailed_exitcode: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Entities {
    /// The connector profile
    pub(crate) profile: Option<String>,
    /// The type of the connector; that of the profile by default
    #[arg(long, value_name = "TYPE", required_unless_present = "profile")]
    pub(crate) connector: Option<String>,
    /// Version of the API of a custom connector
    #[arg(long, value_name = "VERSION")]
    pub(crate) api_version: Option<String>,
    /// Lists what is below this entity
    #[arg(long, value_name = "ENTITY")]
    pub(crate) below: Option<String>,
    /// Lists the fields of this entity
    #[arg(long, value_name = "ENTITY", conflicts_with = "below")]
    pub(crate) fields: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// What the schema is of
    #[arg(default_value = "flow")]
    pub(crate) of: SchemaOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// Definitions of flows
    Flow,
    /// Definitions of connector profiles
    Profile,
}
