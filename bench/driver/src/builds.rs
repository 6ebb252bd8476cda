//! What building costs: cold, after a touch, the generated crate alone; and what comes out: sizes, crates, lines.

use crate::process::{self, Finished};
use crate::samples::Samples;
use crate::subject::{self, Subject};
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

const DEV: &[&str] = &[];
const RELEASE: &[&str] = &["--release"];
/// The raw socket's program has nothing to build.
const SUBJECTS: [Subject; 3] = [Subject::Ours, Subject::Official, Subject::Floor];

/// Builds everything from nothing, `rounds` times.
pub(crate) fn measure(workspace: &Workspace, samples: &mut Samples, rounds: usize) -> Result<()> {
    for round in 1..=rounds {
        for subject in SUBJECTS {
            eprintln!("builds, round {round} of {rounds}: {}", subject.title());
            cold(workspace, samples, subject)?;
            touched(workspace, samples, subject)?;
            alone(workspace, samples, subject, "dev", DEV)?;
            alone(workspace, samples, subject, "release", RELEASE)?;
        }
    }
    for subject in SUBJECTS {
        for_running(workspace, &[subject])?;
        samples.add("size", subject, stripped_size(workspace, subject)?);
        samples.add("crates", subject, crates(workspace, subject)?);
        if let Some(sdk) = subject.sdk() {
            samples.add("lines", subject, lines(workspace, sdk)?);
        }
    }
    Ok(())
}

/// Builds the programs in the release profile.
pub(crate) fn for_running(workspace: &Workspace, subjects: &[Subject]) -> Result<()> {
    for subject in subjects {
        build(workspace, *subject, RELEASE)?;
    }
    Ok(())
}

/// Builds one program; its output is cargo's.
pub(crate) fn build(
    workspace: &Workspace,
    subject: Subject,
    arguments: &[&str],
) -> Result<Finished> {
    let mut cargo = workspace.cargo(subject);
    cargo.args([
        "build",
        "--quiet",
        "--locked",
        "--package",
        subject.package(),
    ]);
    process::run(cargo.args(arguments))
}

fn add(samples: &mut Samples, measure: &str, subject: Subject, finished: &Finished) {
    samples.add(measure, subject, finished.wall.as_secs_f64());
    samples.add(
        &format!("{measure}.cpu"),
        subject,
        finished.cpu.as_secs_f64(),
    );
}

/// From an empty target directory.
fn cold(workspace: &Workspace, samples: &mut Samples, subject: Subject) -> Result<()> {
    let target = workspace.target(subject.package());
    for (measure, folder, arguments) in [("dev", "debug", DEV), ("release", "release", RELEASE)] {
        remove(&target.join(folder))?;
        let finished = build(workspace, subject, arguments)?;
        add(samples, &format!("build.{measure}"), subject, &finished);
    }
    let target = workspace.target("check");
    remove(&target)?;
    let mut cargo = workspace.cargo_into(&target);
    let package = subject.package();
    let finished =
        process::run(cargo.args(["check", "--quiet", "--locked", "--package", package]))?;
    add(samples, "build.check", subject, &finished);
    remove(&target)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    Ok(())
}

/// After a change in the program that uses the SDK.
fn touched(workspace: &Workspace, samples: &mut Samples, subject: Subject) -> Result<()> {
    let main = workspace
        .bench()
        .join("subjects")
        .join(subject.package())
        .join("src/main.rs");
    let file = fs::File::options().append(true).open(&main)?;
    file.set_modified(SystemTime::now())?;
    let finished = build(workspace, subject, DEV)?;
    add(samples, "build.touched", subject, &finished);
    Ok(())
}

/// The generated crate, with all it depends on already built.
fn alone(
    workspace: &Workspace,
    samples: &mut Samples,
    subject: Subject,
    name: &str,
    arguments: &[&str],
) -> Result<()> {
    let Some(sdk) = subject.sdk() else {
        return Ok(());
    };
    let cargo = |command: &str| {
        let mut cargo = workspace.cargo(subject);
        cargo
            .args([command, "--quiet", "--locked", "--package", sdk])
            .args(arguments);
        process::run(&mut cargo)
    };
    // Its dependencies first: alone, it may ask for fewer of their features than the program does.
    cargo("build")?;
    cargo("clean")?;
    let finished = cargo("build")?;
    add(samples, &format!("alone.{name}"), subject, &finished);
    Ok(())
}

fn stripped_size(workspace: &Workspace, subject: Subject) -> Result<f64> {
    let stripped = workspace.target("stripped");
    fs::copy(workspace.program(subject, "release"), &stripped)?;
    process::run(std::process::Command::new("strip").arg(&stripped))?;
    Ok(fs::metadata(&stripped)?.len() as f64)
}

/// How many crates are in the tree, without those of the measurement.
fn crates(workspace: &Workspace, subject: Subject) -> Result<f64> {
    let mut cargo = workspace.cargo(subject);
    cargo.args(["tree", "--locked", "--edges", "normal", "--prefix", "none"]);
    let tree = process::run(cargo.args(["--package", subject.package()]))?.output;
    let bench = workspace.bench().display().to_string();
    let lines = tree.lines().filter(|line| !line.contains(&bench));
    let crates: BTreeSet<_> = lines
        .map(|line| line.split(" (").next().unwrap_or(line))
        .filter(|line| !line.is_empty())
        .collect();
    Ok(crates.len() as f64)
}

/// How many lines of Rust the generated crate has.
fn lines(workspace: &Workspace, sdk: &str) -> Result<f64> {
    let mut cargo = workspace.cargo(subject::ALL[0]);
    cargo.args(["metadata", "--locked", "--format-version", "1"]);
    let metadata: serde_json::Value = serde_json::from_str(&process::run(&mut cargo)?.output)?;
    let packages = metadata["packages"].as_array().context("packages")?;
    let package = packages
        .iter()
        .find(|package| package["name"] == sdk)
        .context("the crate")?;
    let manifest = package["manifest_path"].as_str().context("a path")?;
    lines_below(&Path::new(manifest).with_file_name("src")).map(|lines| lines as f64)
}

fn lines_below(folder: &Path) -> Result<usize> {
    let mut lines = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            lines += lines_below(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            lines += fs::read_to_string(&path)?.lines().count();
        }
    }
    Ok(lines)
}
