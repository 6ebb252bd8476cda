//! `cargo xtask codegen`: a model in, generated files out, or what differs there. Without a model it is AppFlow's, into the
//! generated folders of `appflow-sdk` and `appflow-local`.

mod other;
mod place;
mod report;
mod runtime;
mod schema;

use crate::say::say;
use crate::workspace;
use anyhow::Result;
use clap::Args;
use smithy_codegen::{Examples, Generated, Options, ServerOptions};
use smithy_model::{Closure, Model};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// The command that mends whatever the check finds.
const COMMAND: &str = "cargo xtask codegen";

/// What the command takes.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Writes nothing; exits with 1 when a file is stale, missing or orphaned
    #[arg(long)]
    check: bool,
    /// The model: Smithy JSON AST or botocore's `service-2.json`, packed or not; several files are merged
    #[arg(long, value_name = "PATH", num_args = 1.., requires = "folder")]
    model: Vec<PathBuf>,
    /// The folder of the crate to write
    #[arg(id = "folder", long = "crate", value_name = "DIR", requires = "model")]
    folder: Option<PathBuf>,
    /// The crate's name; `<service>-sdk` by default
    #[arg(long, requires = "model")]
    name: Option<String>,
    /// Keeps only these operations and what they need
    #[arg(long, value_name = "A,B", value_delimiter = ',', requires = "model")]
    operations: Vec<String>,
    #[command(flatten)]
    runtime: runtime::RuntimeFlags,
}

/// A folder of the workspace and what is generated into it.
#[derive(Debug)]
pub struct GeneratedFolder {
    /// Its path below the root.
    pub folder: &'static str,
    /// What belongs there.
    pub generated: Generated,
}

/// Writes what differs, or tells it.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    match &arguments.folder {
        Some(folder) => other::run(arguments, folder),
        None => appflow(arguments.check),
    }
}

/// Generates both sides of AppFlow into the workspace.
pub(crate) fn appflow(check: bool) -> Result<ExitCode> {
    let started = Instant::now();
    let root = workspace::root();
    let mut status = ExitCode::SUCCESS;
    for GeneratedFolder { folder, generated } in generate(&root)? {
        say!("{folder}");
        report::warnings(&generated);
        let changes = generated.files.compare(&root.join(folder))?;
        if check {
            let found = report::check(&generated, &changes, Path::new(folder), &[], COMMAND);
            if found != ExitCode::SUCCESS {
                status = found;
            }
        } else {
            changes.apply()?;
            report::written(&generated, &changes, started);
        }
    }
    let model = Model::load(&workspace::model_files(&root)?)?;
    for (path, text) in schema::stale(&root, &model)? {
        say!(
            "{}: {}",
            if check { "stale or missing" } else { "wrote" },
            path.display()
        );
        if check {
            status = ExitCode::FAILURE;
        } else {
            smithy_codegen::write_whole(&root.join(&path), &text)?;
        }
    }
    Ok(status)
}

/// Generates both sides of AppFlow in memory.
pub fn generate(root: &Path) -> Result<Vec<GeneratedFolder>> {
    let model = Model::load(&workspace::model_files(root)?)?;
    let closure = Closure::of(&model, &model.service()?.id)?;
    let options = Options {
        user_agent: "appflow-sdk".to_owned(),
        origin: format!("`{COMMAND}` from model/appflow; do not edit"),
        examples: Some(examples()),
        html_documentation: false,
        protocols: Vec::new(),
    };
    let server = ServerOptions {
        client_crate: "appflow_sdk".to_owned(),
        service_trait: "AppFlow".to_owned(),
    };
    Ok(vec![
        GeneratedFolder {
            folder: "appflow-sdk/src/generated",
            generated: smithy_codegen::generate(&model, &closure, &options)?,
        },
        GeneratedFolder {
            folder: "appflow-local/src/generated",
            generated: smithy_codegen::generate_server(&model, &closure, &options, &server)?,
        },
    ])
}

/// Examples run against a local AppFlow that has in it what they speak of.
fn examples() -> Examples {
    let lines = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect();
    Examples {
        crate_name: "appflow_sdk".to_owned(),
        before: lines(&[
            "include!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/tests/world/mod.rs\"));",
            "#[tokio::main(flavor = \"current_thread\")]",
            "async fn main() -> Result<(), Box<dyn std::error::Error>> {",
            "let (_local, client) = world(\"{operation}\").await?;",
        ]),
        after: lines(&["Ok(())", "}"]),
    }
}
