//! The paths of this workspace, and helpers to run commands.

use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns the root folder of the workspace.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// Returns the target folder.
pub(crate) fn target(root: &Path) -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root.join(folder),
        None => root.join("target"),
    }
}

/// Returns the cargo that runs this program.
pub(crate) fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Returns the files of the AppFlow model: facts first, then extensions, examples and documentation.
pub(crate) fn model_files(root: &Path) -> Result<Vec<PathBuf>> {
    let folder = root.join("model/appflow");
    let docs = folder.join("docs");
    let mut files: Vec<PathBuf> = ["service.json", "extensions.json", "examples.json"]
        .iter()
        .map(|name| folder.join(name))
        .collect();
    let mut texts: Vec<PathBuf> = fs::read_dir(&docs)
        .with_context(|| docs.display().to_string())?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    texts.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    texts.sort();
    files.extend(texts);
    Ok(files)
}

/// Returns whether the workspace has a package.
pub(crate) fn has_package(root: &Path, name: &str) -> bool {
    let line = format!("name = \"{name}\"");
    fs::read_to_string(root.join("Cargo.lock")).is_ok_and(|lock| lock.lines().any(|it| it == line))
}

/// Runs a command, and returns an error if it fails.
pub(crate) fn succeed(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{command:?}"))?;
    if !status.success() {
        bail!("{command:?}: {status}");
    }
    Ok(())
}
