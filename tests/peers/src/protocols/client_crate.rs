//! Models of suites in; a crate with a client for each and a runner that calls them, built, out.

use super::corpus::Suite;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use smithy_codegen::ir::Client;
use smithy_codegen::{FileSet, Options, emit, lower};
use smithy_model::{Closure, Model};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{collections::BTreeMap, fs};

/// The crate that is written.
pub(super) struct ClientCrate {
    folder: PathBuf,
    target: PathBuf,
    modules: String,
    calls: String,
}

/// What became of a suite.
pub(super) struct Generated {
    /// The suite's model.
    pub(super) model: Model,
    /// Why there is no client, where there is none.
    pub(super) left_out: Option<String>,
}

impl ClientCrate {
    /// Begins a crate in `work`, whose parent holds what cargo has built already.
    pub(super) fn new(work: &Path) -> Result<Self> {
        let folder = work.join("protocol-suites");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(folder.join("src"))?;
        Ok(Self {
            folder,
            target: work.parent().context("the folder has a parent")?.to_owned(),
            modules: String::new(),
            calls: String::new(),
        })
    }

    /// Generates the client of a suite as the module `suite_N`.
    pub(super) fn add(&mut self, number: usize, suite: &Suite) -> Result<Generated> {
        let model_file = self.folder.join(format!("{number}.json"));
        fs::write(&model_file, suite.model.to_string())?;
        let model = Model::load(&[model_file])?;
        let closure = Closure::of(&model, &model.service()?.id)?;
        let options = Options {
            user_agent: "peers".to_owned(),
            origin: format!("`{}`", crate::COMMAND),
            examples: None,
            html_documentation: false,
        };
        let client = lower::lower(&model, &closure, &options)?;
        if let Some((_, reason)) = client.left_out.first() {
            let left_out = Some(reason.clone());
            return Ok(Generated { model, left_out });
        }
        let files: BTreeMap<String, String> = FileSet::new(emit::emit(&client)?, &options.origin)
            .iter()
            // A generated client is the root of its crate; here it is one module of many.
            .map(|(path, text)| {
                (
                    path.to_owned(),
                    text.replace("crate::", &format!("crate::suite_{number}::")),
                )
            })
            .collect();
        let folder = self.folder.join(format!("src/suite_{number}"));
        for (path, text) in &files {
            let path = folder.join("generated").join(path);
            fs::create_dir_all(path.parent().unwrap_or(&folder))?;
            fs::write(path, text)?;
        }
        fs::write(folder.join("mod.rs"), DOOR)?;
        writeln!(self.modules, "mod suite_{number};")?;
        self.add_call(number, &client)?;
        Ok(Generated {
            model,
            left_out: None,
        })
    }

    /// The line that calls the one operation of a suite and reads its errors.
    fn add_call(&mut self, number: usize, client: &Client) -> Result<()> {
        let operation = client
            .operations
            .first()
            .context("a suite has an operation")?;
        let (module, name) = (operation.module.text(), operation.ident.text());
        let mut errors = String::new();
        for error in &operation.errors {
            let ident = error.ident.text();
            write!(
                errors,
                "{:?} => runner::modeled::<suite_{number}::types::error::{ident}>(error), ",
                error.code
            )?;
        }
        writeln!(
            self.calls,
            "        {number} => runner::outcome(exchange::exchange::<suite_{number}::operation::{module}::{name}>(input, setting, answer), |error| error.as_runtime(), |code, error| {{ let _ = error; match code {{ {errors}_ => runner::unmodeled() }} }}),"
        )?;
        Ok(())
    }

    /// Builds the crate; gives the runner.
    pub(super) fn build(self) -> Result<PathBuf> {
        let root = crate::root();
        let main = format!(
            "//! Calls the client of a suite: `{}`.\n\n#[path = {:?}]\n#[allow(dead_code)]\nmod exchange;\n#[path = {:?}]\nmod runner;\n{}\n\
             fn call(suite: u64, input: &serde_json::Value, setting: &exchange::Setting, answer: exchange::Answer) \
             -> runner::Outcome {{\n    match suite {{\n{}        _ => runner::no_such_suite(),\n    }}\n}}\n\n\
             fn main() {{\n    runner::serve(call);\n}}\n",
            crate::COMMAND,
            root.join("tests/peers/src/exchange.rs"),
            root.join("tests/peers/src/protocols/runner.rs"),
            self.modules,
            self.calls
        );
        fs::write(self.folder.join("src/main.rs"), main)?;
        let dependency = |line: &str| line.replace("ROOT", &root.display().to_string());
        fs::write(self.folder.join("Cargo.toml"), dependency(MANIFEST))?;
        // The same versions as in the workspace, so that what is built already serves here too.
        fs::copy(root.join("Cargo.lock"), self.folder.join("Cargo.lock"))?;
        let built = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["build", "--quiet", "--manifest-path"])
            .arg(self.folder.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(&self.target)
            .env("RUSTFLAGS", "")
            .status()?;
        ensure!(built.success(), "the generated clients do not build");
        Ok(self.target.join("debug/protocol-suites"))
    }
}

/// What stands around a generated client, as in a crate of its own.
const DOOR: &str = "\
#![allow(dead_code, unused_imports, missing_docs)]
#[rustfmt::skip]
mod generated;
pub use generated::client::{self, Client};
pub use generated::error::{self, Error, ErrorKind};
pub use generated::{operation, types};
pub mod config {
    pub use smithy_reqwest::config::*;
    pub use smithy_reqwest::retry::{RetryMode, RetrySettings};
    pub use smithy_reqwest::validate::Validation;
}
pub use smithy_reqwest::primitives;
";

const MANIFEST: &str = r#"[package]
name = "protocol-suites"
version = "0.0.0"
edition = "2024"
publish = false

[workspace]

[dependencies]
smithy-reqwest = { path = "ROOT/runtime" }
http = "1"
serde = { version = "1", default-features = false, features = ["std"] }
serde_json = { version = "1", features = ["preserve_order"] }
tokio = { version = "1", default-features = false, features = ["rt"] }

[profile.dev]
debug = "line-tables-only"
"#;

/// One question to the runner.
pub(super) fn question(
    suite: usize,
    input: &Value,
    endpoint: Option<&str>,
    answer: Value,
) -> Value {
    serde_json::json!({"suite": suite, "input": input, "endpoint": endpoint, "answer": answer})
}
