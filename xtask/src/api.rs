//! `cargo xtask api`: the public items of `appflow-sdk` in, `api/appflow-sdk.txt` out, or what differs there.

use crate::say::{say, say_part};
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

/// The Rust whose rustdoc writes JSON in the form that public-api reads; both change together.
const RUST: &str = "1.95.0";

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
    Ok(if settle(&root.join(FILE), &text, arguments.check)? {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Says what differs from the file, and writes it unless it is only to be checked; whether the file holds the text now.
fn settle(file: &Path, text: &str, check: bool) -> Result<bool> {
    let before = fs::read_to_string(file).unwrap_or_default();
    let count = text.lines().count();
    if before == text {
        say!("{FILE}: {count} items, as they were");
        return Ok(true);
    }
    say_part!("{}", changes(&before, text));
    if check {
        say!("\n{FILE}: the public API is not as it was. If it is meant so: cargo xtask api");
        return Ok(false);
    }
    smithy_codegen::write_whole(file, text)?;
    say!("wrote {FILE}: {count} items");
    Ok(true)
}

/// What rustdoc says of the crate, as JSON. That form is not stable yet, so the compiler is asked as a nightly one; in
/// a folder of its own, since some build scripts would build everything anew then.
fn documented(root: &Path) -> Result<PathBuf> {
    let target = workspace::target(root).join("api");
    let status = cargo()?
        .current_dir(root)
        .args(["rustdoc", "--quiet", "--locked", "--package", PACKAGE])
        .args(["--lib", "--all-features", "--target-dir"])
        .arg(&target)
        // As docs.rs builds it, so that what only its documentation has is built somewhere before a release.
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

/// The cargo of the Rust that fits: the one that runs this, or one that is installed beside it.
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
        workspace::succeed(install.arg("--no-self-update")).with_context(|| {
            format!("the API is read with Rust {RUST}, which rustup can install")
        })?;
    }
    let mut cargo = Command::new("rustup");
    cargo.args(["run", RUST, "cargo"]);
    Ok(cargo)
}

/// Whether what `rustc --version` says is the Rust that fits, patches aside.
fn fits(version: &str) -> bool {
    let minor = |version: &str| {
        let mut parts = version.split('.');
        Some((parts.next()?.to_owned(), parts.next()?.to_owned()))
    };
    let mut words = version.split(' ').skip(1);
    // A nightly of the same number may write another form than the release.
    let found = words.next().filter(|version| !version.contains('-'));
    found.is_some_and(|found| minor(found) == minor(RUST))
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

/// A line for each item that went and each that came.
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
