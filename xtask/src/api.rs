//! `cargo xtask api`: the public items of `appflow-sdk` in, `api/appflow-sdk.txt` out, or what differs there.

use crate::workspace;
use anyhow::{Context, Result, ensure};
use clap::Args;
use public_api::Builder;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The crate whose API it is.
const PACKAGE: &str = "appflow-sdk";
/// What is checked in.
const FILE: &str = "api/appflow-sdk.txt";

/// What `cargo xtask api` is asked for.
#[derive(Args)]
pub struct Arguments {
    /// Writes nothing; exits with 1 when the API is not as it was checked in
    #[arg(long)]
    check: bool,
}

/// Writes or checks the text of the API.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let root = workspace::root();
    let text = text(&documented(&root)?)?;
    let file = root.join(FILE);
    let before = fs::read_to_string(&file).unwrap_or_default();
    if before == text {
        println!("{FILE}: {} items, as they were", text.lines().count());
        return Ok(ExitCode::SUCCESS);
    }
    print_changes(&before, &text);
    if arguments.check {
        println!(
            "\nThe public API is not as checked in. If it is meant so, run `cargo xtask api`."
        );
        return Ok(ExitCode::FAILURE);
    }
    workspace::write_whole(&file, &text)?;
    println!("wrote {FILE}: {} items", text.lines().count());
    Ok(ExitCode::SUCCESS)
}

/// What rustdoc says of the crate, as JSON. That form is not stable yet, so the compiler is asked as a nightly one;
/// in a folder of its own, since some build scripts would build everything anew then.
fn documented(root: &Path) -> Result<PathBuf> {
    let target = workspace::target(root).join("api");
    let status = Command::new(workspace::cargo())
        .current_dir(root)
        .args([
            "rustdoc",
            "--quiet",
            "--package",
            PACKAGE,
            "--lib",
            "--all-features",
        ])
        .arg("--target-dir")
        .arg(&target)
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        .env("RUSTC_BOOTSTRAP", "1")
        .status()
        .context("cargo rustdoc")?;
    ensure!(
        status.success(),
        "cargo rustdoc --package {PACKAGE}: {status}"
    );
    Ok(target
        .join("doc")
        .join(format!("{}.json", PACKAGE.replace('-', "_"))))
}

/// One line an item, sorted by path; without what every type has.
fn text(json: &Path) -> Result<String> {
    let api = Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .sorted(true)
        .build()
        .context("the version of public-api must fit the toolchain's rustdoc")?;
    Ok(api.items().map(|item| format!("{item}\n")).collect())
}

fn print_changes(before: &str, after: &str) {
    let (old, new): (BTreeSet<&str>, BTreeSet<&str>) =
        (before.lines().collect(), after.lines().collect());
    for gone in old.difference(&new) {
        println!("-{gone}");
    }
    for added in new.difference(&old) {
        println!("+{added}");
    }
}
