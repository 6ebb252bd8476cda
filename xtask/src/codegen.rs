//! `cargo xtask codegen`: the model in, the generated folders of `appflow-sdk` and `appflow-local` out, or what differs
//! there.

use crate::workspace;
use anyhow::Result;
use clap::Args;
use smithy_codegen::{Changes, Generated, Options, ServerOptions};
use smithy_model::{Closure, Model};
use std::path::Path;
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
}

/// A folder of the workspace and what is generated into it.
#[derive(Debug)]
pub struct GeneratedFolder {
    /// Its path below the root.
    pub folder: &'static str,
    /// What belongs there.
    pub generated: Generated,
}

/// A folder and what is not as it should be there.
struct Target {
    folder: &'static str,
    generated: Generated,
    changes: Changes,
}

/// Writes what differs, or tells it.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let started = Instant::now();
    let targets = compare(&workspace::root())?;
    if arguments.check {
        return Ok(check(&targets));
    }
    for target in &targets {
        target.changes.apply()?;
    }
    report(&targets, started);
    Ok(ExitCode::SUCCESS)
}

fn compare(root: &Path) -> Result<Vec<Target>> {
    let with_changes = |GeneratedFolder { folder, generated }| {
        let changes = generated.files.compare(&root.join(folder))?;
        Ok(Target {
            folder,
            generated,
            changes,
        })
    };
    generate(root)?.into_iter().map(with_changes).collect()
}

/// Generates both sides of AppFlow in memory.
pub fn generate(root: &Path) -> Result<Vec<GeneratedFolder>> {
    let model = Model::load(&workspace::model_files(root)?)?;
    let closure = Closure::of(&model, &model.service()?.id)?;
    let options = Options {
        user_agent: "appflow-sdk".to_owned(),
        origin: format!("`{COMMAND}` from model/appflow; do not edit"),
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

fn check(targets: &[Target]) -> ExitCode {
    let mut wrong = 0;
    for target in targets {
        for change in target.changes.iter() {
            println!("{}: {}/{}", change.kind(), target.folder, change.path());
            print!("{}", change.diff());
            wrong += 1;
        }
    }
    if wrong == 0 {
        let files: usize = targets
            .iter()
            .map(|target| target.generated.files.len())
            .sum();
        println!("{files} generated files are as the model says");
        return ExitCode::SUCCESS;
    }
    println!("\n{wrong} files are not as the model says. Run `{COMMAND}`.");
    ExitCode::FAILURE
}

fn report(targets: &[Target], started: Instant) {
    for target in targets {
        let Target {
            folder,
            generated,
            changes,
        } = target;
        let count = |kinds: &[&str]| {
            changes
                .iter()
                .filter(|change| kinds.contains(&change.kind()))
                .count()
        };
        println!("{folder}");
        println!(
            "  read      {} operations, {} shapes",
            generated.operations, generated.shapes
        );
        for (operation, reason) in &generated.left_out {
            println!("  left out  {operation}: {reason}");
        }
        println!(
            "  wrote     {} files ({} lines in all), unchanged {}, removed {}",
            count(&["missing", "stale"]),
            generated.files.lines(),
            changes.unchanged(),
            count(&["orphaned"]),
        );
    }
    println!("took      {:.0?}", started.elapsed());
}
