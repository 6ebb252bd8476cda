//! AWS's documentation of AppFlow, from botocore.

use crate::workspace::succeed;
use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use serde_json::Value;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The release to compare with.
const VERSION: &str = "1.44.5";

/// Returns all documentation of the service's model, as HTML.
pub(super) fn documentation(target: &Path) -> Result<Vec<String>> {
    let path = model(target)?;
    let file = File::open(&path).with_context(|| path.display().to_string())?;
    let model: Value = serde_json::from_reader(GzDecoder::new(file))
        .with_context(|| path.display().to_string())?;
    let mut texts = Vec::new();
    collect(&model, &mut texts);
    Ok(texts)
}

/// Returns the release of [`documentation`].
pub(super) fn version() -> &'static str {
    VERSION
}

fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(text) if key == "documentation" => texts.push(text.clone()),
                    value => collect(value, texts),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| collect(element, texts)),
        _ => {}
    }
}

/// Returns the file of the model; installs botocore into a virtual environment if needed.
fn model(target: &Path) -> Result<PathBuf> {
    let venv = target.join(format!("docs-check/botocore-{VERSION}"));
    let data = "botocore/data/appflow/2020-08-23/service-2.json.gz";
    if let Some(path) = installed(&venv, data) {
        return Ok(path);
    }
    succeed(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    succeed(Command::new(venv.join("bin/pip")).args([
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        &format!("botocore=={VERSION}"),
    ]))?;
    installed(&venv, data).with_context(|| format!("{}: no {data}", venv.display()))
}

/// Finds a file in the packages of the environment, for any version of Python.
fn installed(venv: &Path, data: &str) -> Option<PathBuf> {
    let pythons = std::fs::read_dir(venv.join("lib")).ok()?;
    pythons
        .filter_map(|entry| Some(entry.ok()?.path().join("site-packages").join(data)))
        .find(|path| path.is_file())
}
