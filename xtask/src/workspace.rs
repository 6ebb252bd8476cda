//! Where things are in this workspace, and how its commands run others.

use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// Where cargo builds.
pub(crate) fn target(root: &Path) -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root.join(folder),
        None => root.join("target"),
    }
}

/// The cargo that runs this.
pub(crate) fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The files of the AppFlow model, from the root: facts first, then what is added to them.
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

/// Whether the workspace has a package of this name.
pub(crate) fn has_package(root: &Path, name: &str) -> bool {
    let line = format!("name = \"{name}\"");
    fs::read_to_string(root.join("Cargo.lock")).is_ok_and(|lock| lock.lines().any(|it| it == line))
}

/// Runs a command that must succeed.
pub(crate) fn succeed(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{command:?}"))?;
    if !status.success() {
        bail!("{command:?}: {status}");
    }
    Ok(())
}
