//! The flags that select the runtime of a generated crate.

use super::place::Place;
use crate::workspace;
use anyhow::Result;
use clap::Args;
use smithy_codegen::Runtime;
use std::path::PathBuf;

/// The flags of the runtime. Without them, it is the runtime of this workspace, by path.
#[derive(Debug, Default, Args)]
pub(super) struct RuntimeFlags {
    /// Version of the runtime in a registry
    #[arg(long, value_name = "VERSION", requires = "model", conflicts_with_all = ["runtime_git", "runtime_path"])]
    pub(super) runtime_version: Option<String>,
    /// URL of the git repository of the runtime
    #[arg(
        long,
        value_name = "URL",
        requires = "model",
        conflicts_with = "runtime_path"
    )]
    pub(super) runtime_git: Option<String>,
    /// Commit, tag or branch of the git repository
    #[arg(long, value_name = "REV", requires = "runtime_git")]
    pub(super) runtime_rev: Option<String>,
    /// Path of the runtime, instead of the one in this workspace
    #[arg(long, value_name = "DIR", requires = "model")]
    pub(super) runtime_path: Option<PathBuf>,
}

impl RuntimeFlags {
    /// Returns the runtime dependency of a crate at a place.
    pub(super) fn runtime(&self, place: &Place) -> Result<Runtime> {
        if let Some(version) = &self.runtime_version {
            return Ok(Runtime::Version(version.clone()));
        }
        if let Some(url) = &self.runtime_git {
            return Ok(Runtime::Git {
                url: url.clone(),
                rev: self.runtime_rev.clone(),
            });
        }
        let ours = workspace::root().join("runtime");
        let path = place.relative_path_to(self.runtime_path.as_ref().unwrap_or(&ours))?;
        Ok(Runtime::Path(path.to_string_lossy().replace('\\', "/")))
    }

    /// Returns the flags in the form of a command line, with a space before each.
    pub(super) fn command_line(&self) -> String {
        let path = self.runtime_path.as_ref();
        [
            ("version", self.runtime_version.clone()),
            ("git", self.runtime_git.clone()),
            ("rev", self.runtime_rev.clone()),
            ("path", path.map(|path| path.display().to_string())),
        ]
        .into_iter()
        .filter_map(|(flag, value)| Some(format!(" --runtime-{flag} {}", value?)))
        .collect()
    }
}
