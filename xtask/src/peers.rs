//! `cargo xtask peers`: installs pinned AWS software into the target folder, and runs the suites of `tests/peers` against it.

use crate::workspace;
use anyhow::{Context, Result, ensure};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The installed packages, with pinned versions.
const REQUIREMENTS: &str = "tests/peers/requirements.txt";

/// The arguments of the command.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Python to create the virtual environment with
    #[arg(long, default_value = "python3", value_name = "PROGRAM")]
    python: String,
    /// Arguments of the suites: `--suite NAME`, `--operation NAME`, `--seed NUMBER`, `--cases NUMBER`
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "ARGUMENT"
    )]
    suites: Vec<String>,
}

/// Runs the suites.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let root = workspace::root();
    let work = workspace::target(&root).join("peers");
    install(&root, &work, &arguments.python)?;
    let status = Command::new(workspace::cargo())
        .current_dir(&root)
        .args(["run", "--quiet", "--package", "peers", "--", "--work"])
        .arg(&work)
        .args(&arguments.suites)
        .status()
        .context("cargo run --package peers")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Installs the pinned packages, unless they are installed.
fn install(root: &Path, work: &Path, python: &str) -> Result<()> {
    let file = root.join(REQUIREMENTS);
    let pinned = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let installed = work.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|text| text == pinned) {
        return Ok(());
    }
    if work.exists() {
        fs::remove_dir_all(work).with_context(|| work.display().to_string())?;
    }
    fs::create_dir_all(work).with_context(|| work.display().to_string())?;
    let venv = work.join("venv");
    step(Command::new(python).args(["-m", "venv"]).arg(&venv))?;
    step(pip(&venv).args(["install", "--requirement"]).arg(&file))?;
    sources(&pinned, work, &venv)?;
    fs::write(&installed, pinned).with_context(|| installed.display().to_string())
}

/// Downloads botocore's source distribution, with the cases that its wheel lacks, to `botocore/` in `work`.
fn sources(pinned: &str, work: &Path, venv: &Path) -> Result<()> {
    let botocore = pinned
        .lines()
        .find(|line| line.starts_with("botocore=="))
        .context("botocore is not pinned")?;
    let download = work.join("download");
    step(
        pip(venv)
            .args(["download", "--no-binary", ":all:", "--no-deps", "--dest"])
            .arg(&download)
            .arg(botocore),
    )?;
    let archive = download.join(format!("{}.tar.gz", botocore.replace("==", "-")));
    step(
        Command::new(venv.join("bin/python"))
            .args(["-m", "tarfile", "--extract"])
            .arg(&archive)
            .arg(&download),
    )?;
    let unpacked = download.join(botocore.replace("==", "-"));
    fs::rename(&unpacked, work.join("botocore")).with_context(|| unpacked.display().to_string())
}

fn pip(venv: &Path) -> Command {
    let program: PathBuf = venv.join("bin/pip");
    let mut command = Command::new(program);
    command.args(["--disable-pip-version-check", "--quiet"]);
    command
}

fn step(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{command:?}"))?;
    ensure!(status.success(), "{command:?}: {status}");
    Ok(())
}
