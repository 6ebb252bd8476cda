//! Generates clients from models, on several threads.

use super::find::Found;
use anyhow::Result;
use indicatif::ProgressBar;
use smithy_codegen::{Generated, Options, Package, Runtime, Warning};
use smithy_model::{Closure, Model};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// The outcome of generating one service.
#[derive(Debug)]
pub(super) struct Outcome {
    /// Name of the service.
    pub(super) name: String,
    /// Summary of the client, or the reason for the failure.
    pub(super) result: Result<Summary, String>,
    /// Duration of generating it.
    pub(super) took: Duration,
}

/// The figures of a generated client. Its text is not kept, since all of them together would need too much memory.
#[derive(Debug)]
pub(super) struct Summary {
    pub(super) operations: usize,
    pub(super) shapes: usize,
    pub(super) lines: usize,
    pub(super) left_out: Vec<(String, String)>,
    pub(super) warnings: Vec<Warning>,
}

/// A callback for each generated client.
pub(super) type Keep<'a> = dyn Fn(&str, &Generated) -> Result<()> + Sync + 'a;

/// Generates all services, and returns the outcomes in the order of their names.
pub(super) fn all(
    services: &[Found],
    jobs: usize,
    bar: &ProgressBar,
    keep: &Keep<'_>,
) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(Vec::with_capacity(services.len()));
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                while let Some(service) = services.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = one(service, keep);
                    bar.inc(1);
                    bar.set_message(outcome.name.clone());
                    if let Ok(mut outcomes) = outcomes.lock() {
                        outcomes.push(outcome);
                    }
                }
            });
        }
    });
    let mut outcomes = outcomes.into_inner().unwrap_or_default();
    outcomes.sort_by(|a, b| a.name.cmp(&b.name));
    outcomes
}

fn one(service: &Found, keep: &Keep<'_>) -> Outcome {
    let started = Instant::now();
    let result = generate(&service.path, Selection::All).and_then(|generated| {
        keep(&service.name, &generated)?;
        Ok(Summary {
            operations: generated.operations,
            shapes: generated.shapes,
            lines: generated.files.lines(),
            left_out: generated.left_out,
            warnings: generated.warnings,
        })
    });
    Outcome {
        name: service.name.clone(),
        result: result.map_err(|error| format!("{error:#}")),
        took: started.elapsed(),
    }
}

/// The operations of a generated client.
pub(super) enum Selection<'a> {
    /// All operations of the service.
    All,
    /// The operations whose names a function returns.
    By(&'a dyn Fn(&Model, &Closure) -> Vec<String>),
}

/// Generates the client of a service in memory.
pub(super) fn generate(path: &Path, selection: Selection<'_>) -> Result<Generated> {
    let model = Model::load_with_companions(&[path.to_owned()])?;
    let service = &model.service()?.id;
    let mut closure = Closure::of(&model, service)?;
    if let Selection::By(select) = selection {
        closure = Closure::of_operations(&model, service, &select(&model, &closure))?;
    }
    let options = Options {
        user_agent: "generated/0.1.0".to_owned(),
        origin: format!("`{COMMAND}`; do not edit"),
        examples: None,
        html_documentation: true,
        protocols: Vec::new(),
    };
    Ok(smithy_codegen::generate(&model, &closure, &options)?)
}

/// The command that the first line of each generated file names.
const COMMAND: &str = "cargo xtask services";

/// Writes the crate of a service.
pub(super) fn write(
    folder: &Path,
    name: &str,
    runtime: &Path,
    generated: &Generated,
) -> Result<()> {
    let package = Package {
        name: name.to_owned(),
        folder: name.to_owned(),
        runtime: Runtime::Path(runtime.display().to_string()),
        // The crates are compiled as members of one workspace.
        is_workspace: false,
        command: COMMAND.to_owned(),
    };
    crate::package::write(folder, &package, generated)?;
    Ok(())
}
