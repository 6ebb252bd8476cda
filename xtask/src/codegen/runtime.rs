//! The flags that say where a generated crate gets the runtime from in, the dependency out.

use super::place::Place;
use crate::workspace;
use anyhow::Result;
use clap::Args;
use smithy_codegen::Runtime;
use std::path::PathBuf;

/// The flags; without any of them it is the runtime of this workspace, by path.
#[derive(Debug, Default, Args)]
pub(super) struct RuntimeFlags {
    /// The runtime's version in a registry
    #[arg(long, value_name = "VERSION", requires = "model", conflicts_with_all = ["runtime_git", "runtime_path"])]
    pub(super) runtime_version: Option<String>,
    /// The URL of the git repository that has the runtime
    #[arg(
        long,
        value_name = "URL",
        requires = "model",
        conflicts_with = "runtime_path"
    )]
    pub(super) runtime_git: Option<String>,
    /// The commit, tag or branch of that repository
    #[arg(long, value_name = "REV", requires = "runtime_git")]
    pub(super) runtime_rev: Option<String>,
    /// The folder of the runtime, instead of this workspace's own
    #[arg(long, value_name = "DIR", requires = "model")]
    pub(super) runtime_path: Option<PathBuf>,
}

impl RuntimeFlags {
    /// Where a crate at this place gets its runtime from.
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
        let path = place.way_to(self.runtime_path.as_ref().unwrap_or(&ours))?;
        Ok(Runtime::Path(path.to_string_lossy().replace('\\', "/")))
    }

    /// The flags as they are written on a command line, with a space before each.
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
