//! [`Workspace`]: the paths of sources and builds, with a target directory for each subject, so that no build speeds up
//! another.

use crate::extent::{Extent, Profile};
use crate::process;
use crate::subject::Subject;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) struct Workspace {
    /// The root of the checkout.
    pub(crate) root: PathBuf,
    /// The folder `bench` in the target directory.
    target: PathBuf,
    /// `true` if all builds share one folder, which is fast and invalid for measurements.
    together: bool,
}

impl Workspace {
    /// Returns the workspace of this program.
    pub(crate) fn find(extent: Extent) -> Result<Self> {
        let driver = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = driver
            .ancestors()
            .nth(2)
            .context("the checkout")?
            .to_owned();
        let target = match std::env::var_os("BENCH_TARGET_DIR") {
            Some(folder) => PathBuf::from(folder),
            None => root.join("target/bench"),
        };
        Ok(Self {
            root,
            target,
            together: extent.short,
        })
    }

    /// Returns the folder of the workspace of the measured programs.
    pub(crate) fn bench(&self) -> PathBuf {
        self.root.join("bench")
    }

    /// Returns a folder for temporary files that do not affect timed builds.
    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        self.target.join(name)
    }

    /// Returns a folder for builds.
    pub(crate) fn target(&self, name: &str) -> PathBuf {
        self.folder(if self.together { "short" } else { name })
    }

    /// Returns the path of `xtask`, which is also the command of the generator.
    pub(crate) fn xtask(&self) -> Result<PathBuf> {
        let path = std::env::var_os("BENCH_XTASK");
        path.map(PathBuf::from)
            .context("BENCH_XTASK is not set: run `cargo xtask bench`")
    }

    /// Returns cargo in the workspace of the measured programs, with the target directory of a subject.
    pub(crate) fn cargo(&self, subject: Subject) -> Command {
        self.cargo_into(&self.target(subject.package()))
    }

    /// Returns cargo in the workspace of the measured programs, with a target directory.
    pub(crate) fn cargo_into(&self, target: &Path) -> Command {
        let mut command = Command::new("cargo");
        command
            .current_dir(self.bench())
            .env("CARGO_TARGET_DIR", target);
        command
    }

    /// Downloads all dependencies, so that no build waits for the network.
    pub(crate) fn fetch(&self) -> Result<()> {
        let mut command = self.cargo_into(&self.target("tools"));
        process::run(command.args(["fetch", "--quiet"])).map(drop)
    }

    /// Returns the metadata of cargo.
    pub(crate) fn metadata(&self, subject: Subject) -> Result<serde_json::Value> {
        let mut cargo = self.cargo(subject);
        cargo.args(["metadata", "--locked", "--format-version", "1"]);
        Ok(serde_json::from_str(&process::run(&mut cargo)?.output)?)
    }

    /// Returns the program of a subject.
    pub(crate) fn program(&self, subject: Subject, profile: Profile) -> PathBuf {
        self.target(subject.package())
            .join(profile.folder())
            .join(subject.package())
    }
}
