//! Measures builds: cold, after a touch, the generated crate alone; and their results: sizes, crates, lines.

use crate::extent::{Extent, Profile};
use crate::process::{self, Finished};
use crate::samples::Samples;
use crate::subject::Subject;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// The subjects with builds to measure; the raw socket has none.
const SUBJECTS: [Subject; 4] = [
    Subject::Ours,
    Subject::Lean,
    Subject::Official,
    Subject::Floor,
];

/// Measures cold builds in all rounds.
pub(crate) fn measure(workspace: &Workspace, samples: &mut Samples, extent: Extent) -> Result<()> {
    let rounds = extent.build_rounds;
    for round in 1..=rounds {
        for subject in SUBJECTS {
            eprintln!("builds, round {round} of {rounds}: {}", subject.title());
            if !extent.short {
                forget(workspace, subject)?;
            }
            for profile in extent.built_profiles() {
                let finished = build(workspace, subject, *profile, &[])?;
                let measure = format!("build.{}", profile.name());
                add(samples, &measure, subject, &finished);
                alone(workspace, samples, subject, *profile)?;
            }
            touched(workspace, samples, subject)?;
            if !extent.short {
                checked(workspace, samples, subject)?;
            }
        }
    }
    let metadata = workspace.metadata(Subject::Ours)?;
    for subject in SUBJECTS {
        for_running(workspace, &[subject], extent.profile())?;
        let size = stripped_size(workspace, subject, extent.profile())?;
        samples.add("size", subject, size);
        samples.add("crates", subject, crates(workspace, subject)?);
        if let Some(sdk) = subject.sdk() {
            samples.add("lines", subject, lines(&metadata, sdk)?);
        }
    }
    Ok(())
}

/// Builds the measured programs.
pub(crate) fn for_running(
    workspace: &Workspace,
    subjects: &[Subject],
    profile: Profile,
) -> Result<()> {
    for subject in subjects {
        build(workspace, *subject, profile, &[])?;
    }
    Ok(())
}

/// Disables incremental builds. Cargo builds local crates incrementally, which takes longer the first time, and crates of a
/// registry never. Users have both SDKs from a registry.
const INCREMENTAL: &str = "CARGO_INCREMENTAL";

/// Builds one program.
pub(crate) fn build(
    workspace: &Workspace,
    subject: Subject,
    profile: Profile,
    arguments: &[&str],
) -> Result<Finished> {
    let mut cargo = build_command(workspace, subject);
    cargo.env(INCREMENTAL, "0").args(profile.arguments());
    process::run(cargo.args(arguments))
}

fn build_command(workspace: &Workspace, subject: Subject) -> Command {
    let mut cargo = workspace.cargo(subject);
    cargo.args(["build", "--quiet", "--locked", "--package"]);
    cargo.arg(subject.package());
    cargo
}

fn add(samples: &mut Samples, measure: &str, subject: Subject, finished: &Finished) {
    samples.add(measure, subject, finished.wall.as_secs_f64());
    samples.add(
        &format!("{measure}.cpu"),
        subject,
        finished.cpu.as_secs_f64(),
    );
}

/// Empties the subject's target directory, so that the next build is a cold one.
fn forget(workspace: &Workspace, subject: Subject) -> Result<()> {
    remove(&workspace.target(subject.package()))
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    Ok(())
}

/// `cargo check`, from an empty target directory.
fn checked(workspace: &Workspace, samples: &mut Samples, subject: Subject) -> Result<()> {
    let target = workspace.target("check");
    remove(&target)?;
    let mut cargo = workspace.cargo_into(&target);
    cargo.env(INCREMENTAL, "0");
    cargo.args(["check", "--quiet", "--locked", "--package"]);
    let finished = process::run(cargo.arg(subject.package()))?;
    add(samples, "build.check", subject, &finished);
    remove(&target)
}

/// Measures the build after a change in the program that uses the SDK.
fn touched(workspace: &Workspace, samples: &mut Samples, subject: Subject) -> Result<()> {
    let main = workspace
        .bench()
        .join("subjects")
        .join(subject.package())
        .join("src/main.rs");
    // That program is the user's own, in a folder: it is built as cargo builds those, from the second build on.
    let build = || process::run(&mut build_command(workspace, subject));
    build()?;
    let file = fs::File::options().append(true).open(&main)?;
    file.set_modified(SystemTime::now())?;
    let finished = build()?;
    add(samples, "build.touched", subject, &finished);
    Ok(())
}

/// Measures the build of the generated crate, with its dependencies already built.
fn alone(
    workspace: &Workspace,
    samples: &mut Samples,
    subject: Subject,
    profile: Profile,
) -> Result<()> {
    let Some(sdk) = subject.sdk() else {
        return Ok(());
    };
    let cargo = |arguments: &[&str]| {
        let mut cargo = workspace.cargo(subject);
        cargo
            .env(INCREMENTAL, "0")
            .args(arguments)
            .args(["--quiet", "--locked", "--package", sdk])
            .args(profile.arguments());
        process::run(&mut cargo)
    };
    cargo(&["clean"])?;
    // The program is named too, so that the dependencies have the features that they were built with.
    let finished = cargo(&["build", "--lib", "--package", subject.package()])?;
    let measure = format!("alone.{}", profile.name());
    add(samples, &measure, subject, &finished);
    Ok(())
}

fn stripped_size(workspace: &Workspace, subject: Subject, profile: Profile) -> Result<f64> {
    let stripped = workspace.folder("stripped");
    fs::copy(workspace.program(subject, profile), &stripped)?;
    process::run(Command::new("strip").arg(&stripped))?;
    Ok(fs::metadata(&stripped)?.len() as f64)
}

/// Returns the number of crates in the tree, without those of the measurement.
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

/// Returns the number of lines of Rust in the generated crate.
fn lines(metadata: &serde_json::Value, sdk: &str) -> Result<f64> {
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
