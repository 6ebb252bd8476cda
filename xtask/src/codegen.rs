//! `cargo xtask codegen`: generates crates from models, or checks generated files. By default it generates the folders
//! of AppFlow in `appflow-sdk` and `appflow-local`, and the S3 client of `appflow-local`.

mod other;
mod place;
mod report;
mod runtime;
mod s3;
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

/// The command that updates stale files.
const COMMAND: &str = "cargo xtask codegen";

/// The arguments of `cargo xtask codegen`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Write nothing, and exit with 1 if a file is stale, missing or orphaned
    #[arg(long)]
    check: bool,
    /// Model to generate from, as Smithy JSON AST or botocore's `service-2.json`, also gzipped; several files are
    /// merged
    #[arg(long, value_name = "PATH", num_args = 1.., requires = "folder")]
    model: Vec<PathBuf>,
    /// Folder of the crate to write
    #[arg(id = "folder", long = "crate", value_name = "DIR", requires = "model")]
    folder: Option<PathBuf>,
    /// Name of the crate [default: `<service>-sdk`]
    #[arg(long, requires = "model")]
    name: Option<String>,
    /// Generate only these operations and the shapes that they need
    #[arg(long, value_name = "A,B", value_delimiter = ',', requires = "model")]
    operations: Vec<String>,
    #[command(flatten)]
    runtime: runtime::RuntimeFlags,
}

/// A folder of the workspace with generated code.
#[derive(Debug)]
pub struct GeneratedFolder {
    /// Path of the folder, relative to the root.
    pub folder: &'static str,
    /// Files of the folder.
    pub generated: Generated,
}

/// Writes the files that differ, or reports them.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    match &arguments.folder {
        Some(folder) => other::run(arguments, folder),
        None => appflow(arguments.check),
    }
}

/// Generates the client and the server of AppFlow, and those of S3 for `appflow-local`, into the workspace.
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

/// Generates the client and the server of AppFlow, and those of S3 for `appflow-local`, in memory.
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
    let [s3_client, s3_server] = s3::folders(root)?;
    Ok(vec![
        GeneratedFolder {
            folder: "appflow-sdk/src/generated",
            generated: smithy_codegen::generate(&model, &closure, &options)?,
        },
        GeneratedFolder {
            folder: "appflow-local/src/generated",
            generated: smithy_codegen::generate_server(&model, &closure, &options, &server)?,
        },
        s3_client,
        s3_server,
    ])
}

/// Returns the setup of examples, which run against a local AppFlow with the resources that they use.
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
        one_each: false,
    }
}
