//! [`Workspace`]: where sources are and where builds go: a target directory for each subject, so that nobody's build
//! helps another's.

use crate::extent::{Extent, Profile};
use crate::process;
use crate::subject::Subject;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) struct Workspace {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// `target/bench`, wherever `target` is.
    target: PathBuf,
    /// Whether all builds share one folder: quick, and good for nothing that is measured.
    together: bool,
}

impl Workspace {
    /// The workspace around this program.
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

    /// The workspace of the measured programs.
    pub(crate) fn bench(&self) -> PathBuf {
        self.root.join("bench")
    }

    /// A folder for things that can be made again, and that no build is timed by.
    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        self.target.join(name)
    }

    /// A folder for builds.
    pub(crate) fn target(&self, name: &str) -> PathBuf {
        self.folder(if self.together { "short" } else { name })
    }

    /// The program that was asked to measure: it is the generator's command too.
    pub(crate) fn xtask(&self) -> Result<PathBuf> {
        let path = std::env::var_os("BENCH_XTASK");
        path.map(PathBuf::from)
            .context("BENCH_XTASK is not set: start this by `cargo xtask bench`")
    }

    /// Cargo, in the workspace of the measured programs, building for this subject.
    pub(crate) fn cargo(&self, subject: Subject) -> Command {
        self.cargo_into(&self.target(subject.package()))
    }

    /// Cargo, in the workspace of the measured programs, building into this folder.
    pub(crate) fn cargo_into(&self, target: &Path) -> Command {
        let mut command = Command::new("cargo");
        command
            .current_dir(self.bench())
            .env("CARGO_TARGET_DIR", target);
        command
    }

    /// Downloads everything first, so that no build waits for a network.
    pub(crate) fn fetch(&self) -> Result<()> {
        let mut command = self.cargo_into(&self.target("tools"));
        process::run(command.args(["fetch", "--quiet"])).map(drop)
    }

    /// What cargo says of the packages.
    pub(crate) fn metadata(&self, subject: Subject) -> Result<serde_json::Value> {
        let mut cargo = self.cargo(subject);
        cargo.args(["metadata", "--locked", "--format-version", "1"]);
        Ok(serde_json::from_str(&process::run(&mut cargo)?.output)?)
    }

    /// The program of a subject.
    pub(crate) fn program(&self, subject: Subject, profile: Profile) -> PathBuf {
        self.target(subject.package())
            .join(profile.folder())
            .join(subject.package())
    }
}
