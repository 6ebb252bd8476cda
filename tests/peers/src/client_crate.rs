//! Builds a crate with a module for each client, and a runner that calls their operations.

use crate::process;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use smithy_codegen::ir::{Client, Operation};
use smithy_codegen::package::re_exports;
use smithy_codegen::{FileSet, emit};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The generated crate.
pub(crate) struct ClientCrate {
    name: &'static str,
    folder: PathBuf,
    target: PathBuf,
    features: BTreeSet<&'static str>,
    modules: String,
    calls: String,
    presigned: String,
}

impl ClientCrate {
    /// Creates a crate in `work`, whose parent has cargo's target folder. Unchanged files are not touched, so that cargo builds
    /// only the changes.
    pub(crate) fn new(work: &Path, name: &'static str) -> Result<Self> {
        let folder = work.join(name);
        fs::create_dir_all(folder.join("src"))?;
        Ok(Self {
            name,
            folder,
            target: work.parent().unwrap_or(work).to_owned(),
            features: BTreeSet::from(["presigning"]),
            modules: String::new(),
            calls: String::new(),
            presigned: String::new(),
        })
    }

    /// The folder of the crate.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Adds a client as a module of the crate.
    pub(crate) fn add(&mut self, module: &str, client: &Client) -> Result<()> {
        self.features
            .extend(smithy_codegen::features::used_by(client));
        let folder = self.folder.join("src").join(module);
        let origin = format!("`{}`", crate::COMMAND);
        for (path, text) in FileSet::new(emit::emit(client)?, &origin).iter() {
            let path = folder.join("generated").join(path);
            // A generated client is the root of its crate; here it is one module of many.
            write(
                &path,
                &text.replace("crate::", &format!("crate::{module}::")),
            )?;
        }
        // Not all of a client is called here.
        let re_exports = re_exports(client.has_waiters(), false);
        let module_text =
            format!("#![allow(dead_code, unused_imports, missing_docs)]\n{re_exports}");
        write(&folder.join("mod.rs"), &module_text)?;
        writeln!(self.modules, "mod {module};")?;
        Ok(())
    }

    /// Adds the line that calls an operation by a number and parses its errors.
    pub(crate) fn add_call(
        &mut self,
        number: usize,
        module: &str,
        operation: &Operation,
    ) -> Result<()> {
        let (file, name) = (operation.module.text(), operation.ident.text());
        let mut errors = String::new();
        for error in &operation.errors {
            let ident = error.ident.text();
            write!(
                errors,
                "{:?} => runner::modeled::<{module}::types::error::{ident}>(error), ",
                error.code
            )?;
        }
        let exchange = match &operation.events {
            None => {
                format!("exchange::<{module}::operation::{file}::{name}>(input, setting, answer)")
            }
            Some(events) => format!(
                "exchange_then::<{module}::operation::{file}::{name}>(input, setting, answer, async |output| {{ \
                 let mut events = Vec::new(); while let Some(event) = output.{}.recv().await? {{ \
                 events.push(exchange::as_json(&event)); }} Ok(Some(({:?}, events))) }})",
                events.field.text(),
                events.member
            ),
        };
        writeln!(
            self.calls,
            "        {number} => runner::outcome(exchange::{exchange}, |error| error.as_runtime(), |code, error| {{ let _ = error; match code {{ {errors}_ => runner::unmodeled() }} }}),"
        )?;
        if operation.presigned {
            writeln!(
                self.presigned,
                "        {number} => runner::presigned::<{module}::operation::{file}::{name}>(input, setting, seconds),"
            )?;
        }
        Ok(())
    }

    /// Builds the crate; returns the path of the runner.
    pub(crate) fn build(self) -> Result<PathBuf> {
        let root = crate::root();
        // Without presigned operations, nothing calls its function for them.
        let unused = match self.presigned.is_empty() {
            true => "#[allow(dead_code)]\n",
            false => "",
        };
        let main = format!(
            "//! Calls an operation by its number: `{}`.\n\n#[path = {:?}]\n#[allow(dead_code)]\nmod exchange;\n#[path = {:?}]\n{unused}mod runner;\n{}\n\
             fn call(number: u64, input: &serde_json::Value, setting: &exchange::Setting, answer: exchange::Answer) \
             -> runner::Outcome {{\n    match number {{\n{}        _ => runner::no_such_number(),\n    }}\n}}\n\n\
             #[allow(unused_variables)]\n\
             fn presign(number: u64, input: &serde_json::Value, setting: &exchange::Setting, seconds: u64) \
             -> runner::Outcome {{\n    match number {{\n{}        _ => runner::no_such_number(),\n    }}\n}}\n\n\
             fn main() {{\n    runner::serve(call, presign);\n}}\n",
            crate::COMMAND,
            root.join("tests/peers/src/exchange.rs"),
            root.join("tests/peers/src/client_crate/runner.rs"),
            self.modules,
            self.calls,
            self.presigned
        );
        write(&self.folder.join("src/main.rs"), &main)?;
        let features: Vec<_> = self.features.iter().copied().collect();
        let read = |file: &str| fs::read_to_string(root.join(file)).context(file.to_owned());
        let (workspace, peers) = (read("Cargo.toml")?, read("tests/peers/Cargo.toml")?);
        let manifest = manifest(root, &workspace, &peers, self.name, &features)?;
        write(&self.folder.join("Cargo.toml"), &manifest)?;
        fs::copy(root.join("Cargo.lock"), self.folder.join("Cargo.lock"))?;
        let built = Command::new(process::cargo())
            .args(["build", "--quiet", "--manifest-path"])
            .arg(self.folder.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(&self.target)
            .env("RUSTFLAGS", "")
            .status()?;
        ensure!(built.success(), "the generated clients do not build");
        Ok(self.target.join("debug").join(self.name))
    }
}

fn write(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    Ok(fs::write(path, text)?)
}

/// The dependency on the runtime, to which the features of the generated clients are added.
const RUNTIME: &str = "smithy-reqwest = { workspace = true, default-features = true }";

/// Returns a manifest with the dependencies, versions, features and profiles of the suites, so that their builds are
/// reused. This applies to crates of the registry; of our own crates, the manifest has only the required one.
fn manifest(
    root: &Path,
    workspace: &str,
    peers: &str,
    name: &str,
    features: &[&str],
) -> Result<String> {
    let own = ["appflow-sdk", "smithy-codegen", "smithy-model"];
    let dependencies = section(peers, "[dependencies]")?.split_inclusive('\n');
    let dependencies = dependencies.filter(|line| !own.iter().any(|own| line.starts_with(own)));
    let dependencies: String = dependencies.collect();
    ensure!(
        dependencies.contains(RUNTIME),
        "tests/peers/Cargo.toml: no line `{RUNTIME}`"
    );
    let runtime = RUNTIME.replace(" }", &format!(", features = {features:?} }}"));
    let dependencies = dependencies.replace(RUNTIME, &runtime);
    let versions = section(workspace, "[workspace.dependencies]")?;
    let versions = versions.replace("path = \"", &format!("path = \"{}/", root.display()));
    let profiles = workspace
        .find("[profile")
        .and_then(|at| workspace.get(at..));
    Ok(format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [workspace]\nresolver = \"3\"\n\n{versions}\n{dependencies}\n\
         [features]\npresigning = [\"smithy-reqwest/presigning\"]\ntest-util = [\"smithy-reqwest/test-util\"]\n\n{}",
        profiles.unwrap_or_default()
    ))
}

/// Returns a table of a manifest, from its name to the next table.
fn section<'a>(manifest: &'a str, name: &str) -> Result<&'a str> {
    let at = manifest.find(name).with_context(|| format!("no {name}"))?;
    let rest = manifest.get(at..).unwrap_or_default();
    let end = rest.find("\n[").map_or(rest.len(), |end| end + 1);
    Ok(rest.get(..end).unwrap_or(rest))
}

/// Sends one request to the runner, for the operation with a number.
pub(crate) fn question(
    number: usize,
    input: &Value,
    endpoint: Option<&str>,
    answer: Value,
) -> Value {
    serde_json::json!({"number": number, "input": input, "endpoint": endpoint, "answer": answer})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_has_what_the_suites_are_built_with() {
        let workspace = "[workspace]\nmembers = [\"a\"]\n\n[workspace.dependencies]\nours = { path = \"a\" }\nhttp = \"1\"\n\n\
            [workspace.lints.rust]\nx = \"deny\"\n\n[profile.dev]\ndebug = 1\n";
        let peers = format!(
            "[package]\nname = \"peers\"\n\n[dependencies]\nsmithy-model.workspace = true\nhttp.workspace = true\n{RUNTIME}\n"
        );
        let made = manifest(
            Path::new("/checkout"),
            workspace,
            &peers,
            "suites",
            &["gzip"],
        )
        .unwrap();
        assert_eq!(
            made.split_once("[workspace]").unwrap().1,
            "\nresolver = \"3\"\n\n[workspace.dependencies]\nours = { path = \"/checkout/a\" }\nhttp = \"1\"\n\n\n\
             [dependencies]\nhttp.workspace = true\n\
             smithy-reqwest = { workspace = true, default-features = true, features = [\"gzip\"] }\n\n[features]\npresigning = [\"smithy-reqwest/presigning\"]\ntest-util = [\"smithy-reqwest/test-util\"]\n\n\
             [profile.dev]\ndebug = 1\n"
        );
        assert!(manifest(Path::new("/"), workspace, "[package]\n", "suites", &[]).is_err());
        let without = peers.replace(RUNTIME, "smithy-reqwest.workspace = true");
        assert!(manifest(Path::new("/"), workspace, &without, "suites", &[]).is_err());
    }
}
