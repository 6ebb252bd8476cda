//! [`Workspace`]: where sources are and where builds go: a target directory for each subject, so that nobody's build
//! helps another's.

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
}

impl Workspace {
    pub(crate) fn find() -> Result<Self> {
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
        Ok(Self { root, target })
    }

    /// The workspace of the measured programs.
    pub(crate) fn bench(&self) -> PathBuf {
        self.root.join("bench")
    }

    /// A folder for builds or other things that can be made again.
    pub(crate) fn target(&self, name: &str) -> PathBuf {
        self.target.join(name)
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
        process::run(command.args(["fetch", "--quiet", "--locked"])).map(drop)
    }

    /// The program of a subject.
    pub(crate) fn program(&self, subject: Subject, profile: &str) -> PathBuf {
        self.target(subject.package())
            .join(profile)
            .join(subject.package())
    }
}
