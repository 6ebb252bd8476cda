//! Fixtures in, a cargo workspace of generated crates out, one crate each, to be built by cargo.

use crate::fixtures;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What every fixture's crate has beside generated code: what that code expects of its surroundings.
const DOOR: &str = r#"//! A generated client.
#![deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub, rust_2018_idioms)]
#![forbid(unsafe_code)]

#[rustfmt::skip]
mod generated;

pub use generated::*;
pub use smithy_reqwest::primitives;
pub use client::Client;
pub use error::{Error, ErrorKind};

/// Settings of a client.
pub mod config {
    pub use smithy_reqwest::config::*;
}
"#;

/// A cargo workspace below the target directory.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
    target: PathBuf,
}

impl Scratch {
    /// Writes a crate for every fixture into `folder`, which is below the target directory that the tests are built in.
    ///
    /// Files that are as before are not touched, so that cargo builds only what changed.
    pub fn write(folder: &Path) -> Self {
        let cases = fixtures::cases();
        for case in &cases {
            let krate = folder.join(case);
            let generated = fixtures::generate(case);
            let features = &generated.runtime_features;
            write(&krate.join("Cargo.toml"), &manifest(case, features));
            write(&krate.join("src/lib.rs"), DOOR);
            let changes = generated.files.compare(&krate.join("src/generated"));
            changes.unwrap().apply().unwrap();
            let program = fixtures::folder().join(case).join("smoke.rs");
            if let Ok(program) = fs::read_to_string(program) {
                write(&krate.join("tests/smoke.rs"), &program);
            }
        }
        write(&folder.join("Cargo.toml"), &workspace_manifest(&cases));
        // The versions that the workspace is locked to are at hand without a network.
        let lock = fs::read_to_string(fixtures::workspace().join("Cargo.lock")).unwrap();
        write(&folder.join("Cargo.lock"), &lock);
        // Dependencies that the tests were built with serve here too.
        let target = folder.ancestors().nth(2).unwrap().to_owned();
        Self {
            folder: folder.to_owned(),
            target,
        }
    }

    /// Runs cargo there, without a network and without colors.
    pub fn cargo(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--color=never", "--target-dir"])
            .arg(&self.target)
            .current_dir(&self.folder)
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .output()
            .unwrap()
    }
}

fn manifest(case: &str, features: &[&str]) -> String {
    format!(
        "[package]\nname = \"fixture-{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nsmithy-reqwest = {{ workspace = true, features = {features:?} }}\n\n[dev-dependencies]\nhttp.workspace = true\nserde_json.workspace = true\ntokio.workspace = true\n",
        case.replace('_', "-")
    )
}

fn workspace_manifest(cases: &[String]) -> String {
    let runtime = fixtures::workspace().join("runtime");
    format!(
        "[workspace]\nresolver = \"3\"\nmembers = {cases:?}\n\n\
         [workspace.dependencies]\nsmithy-reqwest = {{ path = {runtime:?} }}\nhttp = \"1\"\nserde_json = \"1\"\n\
         tokio = {{ version = \"1\", features = [\"rt\", \"time\"] }}\n\n\
         [profile.dev]\ndebug = \"line-tables-only\"\n"
    )
}

fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
