//! Installs boto3 in a virtual environment below the target directory.

use crate::process;
use crate::workspace::Workspace;
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;

/// Installs boto3 if needed; returns its interpreter.
pub(crate) fn prepare(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.folder("python");
    let python = folder.join("bin/python3");
    let installed =
        python.exists() && process::run(Command::new(&python).args(["-c", "import boto3"])).is_ok();
    if !installed {
        process::run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let install = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "boto3",
        ];
        process::run(Command::new(&python).args(install))?;
    }
    Ok(python)
}
