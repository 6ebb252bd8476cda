//! The versions of the compared software, from the lock file and the Python environment.

use crate::process;
use crate::subject::Subject;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// The crates whose versions are shown.
const CRATES: [&str; 3] = ["aws-sdk-appflow", "aws-config", "reqwest"];

/// Returns the versions as one phrase.
pub(crate) fn text(workspace: &Workspace, python: &Path) -> Result<String> {
    let metadata = workspace.metadata(Subject::Official)?;
    let packages = metadata["packages"].as_array().context("packages")?;
    let mut versions = Vec::new();
    for name in CRATES {
        let package = packages.iter().find(|package| package["name"] == name);
        let version = package.and_then(|package| package["version"].as_str());
        versions.push(format!("{name} {}", version.context(name)?));
    }
    let script = "import boto3; print(boto3.__version__)";
    let boto3 = process::run(Command::new(python).args(["-c", script]))?;
    versions.push(format!("boto3 {}", boto3.output.trim()));
    Ok(versions.join(", "))
}
