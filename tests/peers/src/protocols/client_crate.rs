//! Models of suites in; a crate with a client for each and a runner that calls them, built, out.

use super::corpus::Suite;
use crate::process;
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
        let read = |file: &str| fs::read_to_string(root.join(file)).context(file.to_owned());
        let manifest = manifest(root, &read("Cargo.toml")?, &read("tests/peers/Cargo.toml")?);
        fs::write(self.folder.join("Cargo.toml"), manifest?)?;
        fs::copy(root.join("Cargo.lock"), self.folder.join("Cargo.lock"))?;
        let built = Command::new(process::cargo())
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

/// A manifest with the dependencies, versions, features and profiles of the suites themselves, so that what is built
/// for them serves here too. That holds for what is from a registry; of our own crates only the one that is needed is
/// here.
fn manifest(root: &Path, workspace: &str, peers: &str) -> Result<String> {
    let own = ["appflow-sdk", "smithy-codegen", "smithy-model"];
    let dependencies = section(peers, "[dependencies]")?.split_inclusive('\n');
    let dependencies = dependencies.filter(|line| !own.iter().any(|own| line.starts_with(own)));
    let dependencies: String = dependencies.collect();
    let versions = section(workspace, "[workspace.dependencies]")?;
    let versions = versions.replace("path = \"", &format!("path = \"{}/", root.display()));
    let profiles = workspace
        .find("[profile")
        .and_then(|at| workspace.get(at..));
    Ok(format!(
        "[package]\nname = \"protocol-suites\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [workspace]\nresolver = \"3\"\n\n{versions}\n{dependencies}\n{}",
        profiles.unwrap_or_default()
    ))
}

/// A table of a manifest, from its name to the next table.
fn section<'a>(manifest: &'a str, name: &str) -> Result<&'a str> {
    let at = manifest.find(name).with_context(|| format!("no {name}"))?;
    let rest = manifest.get(at..).unwrap_or_default();
    let end = rest.find("\n[").map_or(rest.len(), |end| end + 1);
    Ok(rest.get(..end).unwrap_or(rest))
}

/// One question to the runner.
pub(super) fn question(
    suite: usize,
    input: &Value,
    endpoint: Option<&str>,
    answer: Value,
) -> Value {
    serde_json::json!({"suite": suite, "input": input, "endpoint": endpoint, "answer": answer})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_has_what_the_suites_are_built_with() {
        let workspace = "[workspace]\nmembers = [\"a\"]\n\n[workspace.dependencies]\nours = { path = \"a\" }\nhttp = \"1\"\n\n\
            [workspace.lints.rust]\nx = \"deny\"\n\n[profile.dev]\ndebug = 1\n";
        let peers = "[package]\nname = \"peers\"\n\n[dependencies]\nsmithy-model.workspace = true\nhttp.workspace = true\n";
        let made = manifest(Path::new("/root"), workspace, peers).unwrap();
        assert_eq!(
            made.split_once("[workspace]").unwrap().1,
            "\nresolver = \"3\"\n\n[workspace.dependencies]\nours = { path = \"/root/a\" }\nhttp = \"1\"\n\n\n\
             [dependencies]\nhttp.workspace = true\n\n[profile.dev]\ndebug = 1\n"
        );
        assert!(manifest(Path::new("/"), workspace, "[package]\n").is_err());
    }
}
