//! `cargo xtask api`: writes or checks `api/appflow-sdk.txt`, the list of public items of `appflow-sdk`.

use crate::say::{say, say_part};
use crate::workspace;
use anyhow::{Context, Result, ensure};
use clap::Args;
use public_api::Builder;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The crate whose API is listed.
const PACKAGE: &str = "appflow-sdk";
/// The path of the list from the root.
const FILE: &str = "api/appflow-sdk.txt";

/// The Rust version whose rustdoc JSON public-api reads; update both together.
const RUST: &str = "1.95.0";

/// The arguments of `cargo xtask api`.
#[derive(Args)]
pub struct Arguments {
    /// Write nothing, and exit with 1 if the API differs from the file
    #[arg(long)]
    check: bool,
}

/// Writes or checks the list.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let root = workspace::root();
    let text = text(&documented(&root)?)?;
    Ok(if settle(&root.join(FILE), &text, arguments.check)? {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Prints the differences from the file, and writes the file unless this is a check. Returns whether the file is current.
fn settle(file: &Path, text: &str, check: bool) -> Result<bool> {
    let before = fs::read_to_string(file).unwrap_or_default();
    let count = text.lines().count();
    if before == text {
        say!("{FILE}: {count} items, unchanged");
        return Ok(true);
    }
    say_part!("{}", changes(&before, text));
    if check {
        say!(
            "\n{FILE}: the public API has changed. If the change is intended, run cargo xtask api"
        );
        return Ok(false);
    }
    smithy_codegen::write_whole(file, text)?;
    say!("wrote {FILE}: {count} items");
    Ok(true)
}

/// Returns the path of the crate's rustdoc JSON. The format is unstable, so the compiler runs in nightly mode; in a target
/// folder of its own, since some build scripts would otherwise rebuild everything.
fn documented(root: &Path) -> Result<PathBuf> {
    let target = workspace::target(root).join("api");
    let status = cargo()?
        .current_dir(root)
        .args(["rustdoc", "--quiet", "--locked", "--package", PACKAGE])
        .args(["--lib", "--all-features", "--target-dir"])
        .arg(&target)
        // As docs.rs builds it, so that items with `docsrs` are built before a release.
        .args(["--", "--cfg", "docsrs"])
        .args(["-Z", "unstable-options", "--output-format", "json"])
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

/// Returns a cargo of the required Rust version: the current one, or one that rustup runs.
fn cargo() -> Result<Command> {
    let version = Command::new("rustc").arg("--version").output();
    let version = version.context("rustc --version")?.stdout;
    if fits(&String::from_utf8_lossy(&version)) {
        return Ok(Command::new(workspace::cargo()));
    }
    let mut there = Command::new("rustup");
    there.args(["run", RUST, "rustc", "--version"]);
    if !there.output().is_ok_and(|there| there.status.success()) {
        let mut install = Command::new("rustup");
        install.args(["toolchain", "install", RUST, "--profile", "minimal"]);
        workspace::succeed(install.arg("--no-self-update"))
            .with_context(|| format!("Rust {RUST} not found: install it with rustup"))?;
    }
    let mut cargo = Command::new("rustup");
    cargo.args(["run", RUST, "cargo"]);
    Ok(cargo)
}

/// Returns whether the output of `rustc --version` is of the required version, ignoring patches.
fn fits(version: &str) -> bool {
    let minor = |version: &str| {
        let mut parts = version.split('.');
        Some((parts.next()?.to_owned(), parts.next()?.to_owned()))
    };
    let mut words = version.split(' ').skip(1);
    // A nightly of the same version may write another format.
    let found = words.next().filter(|version| !version.contains('-'));
    found.is_some_and(|found| minor(found) == minor(RUST))
}

/// Returns one line for each item, sorted by path, without blanket and auto-trait implementations.
fn text(json: &Path) -> Result<String> {
    let api = Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .sorted(true)
        .build()
        .context("public-api does not match the rustdoc of the toolchain")?;
    Ok(api.items().map(|item| format!("{item}\n")).collect())
}

/// Returns a line for each removed and each added item.
fn changes(before: &str, after: &str) -> String {
    let (old, new): (BTreeSet<&str>, BTreeSet<&str>) =
        (before.lines().collect(), after.lines().collect());
    let gone = old.difference(&new).map(|item| format!("-{item}\n"));
    let come = new.difference(&old).map(|item| format!("+{item}\n"));
    gone.chain(come).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_finds_a_change_and_only_writing_settles_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("api.txt");
        let read = || fs::read_to_string(&file).unwrap();
        assert!(!settle(&file, "pub mod a\n", true).unwrap());
        assert!(!file.exists());
        assert!(settle(&file, "pub mod a\n", false).unwrap());
        assert_eq!(read(), "pub mod a\n");
        assert!(settle(&file, "pub mod a\n", true).unwrap());
        assert!(!settle(&file, "pub mod b\n", true).unwrap());
        assert_eq!(read(), "pub mod a\n");
    }

    #[test]
    fn items_that_went_and_came_are_listed_and_no_others() {
        let before = "pub fn a::x()\npub fn a::y()\npub struct a::Z\n";
        let after = "pub fn a::x()\npub fn a::y(u8)\npub struct a::Z\npub mod b\n";
        assert_eq!(
            changes(before, after),
            "-pub fn a::y()\n+pub fn a::y(u8)\n+pub mod b\n"
        );
        assert_eq!(changes(before, before), "");
    }

    #[test]
    fn only_releases_with_the_right_number_write_the_right_form() {
        for (version, fitting) in [
            ("rustc 1.95.0 (0123456 2026-04-01)", true),
            ("rustc 1.95.1", true),
            ("rustc 1.95.0-nightly (0123456 2026-02-01)", false),
            ("rustc 1.96.0 (0123456 2026-05-01)", false),
            ("rustc 1.9.0", false),
            ("", false),
        ] {
            assert_eq!(fits(version), fitting, "{version}");
        }
    }
}
