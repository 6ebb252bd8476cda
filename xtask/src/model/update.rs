//! `cargo xtask model update`: imports AppFlow's model from the newest botocore, regenerates the clients, and writes a summary
//! for the reviewer.

use super::{diff, find_undocumented};
use crate::say::{say, say_part};
use crate::services::find::newest;
use crate::{codegen, workspace};
use anyhow::{Context, Result, ensure};
use clap::Args;
use smithy_model::{Model, ShapeId};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The arguments of the command.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Version of botocore; the newest by default
    #[arg(long, value_name = "VERSION")]
    botocore: Option<String>,
    /// File to write the changes to, as Markdown; not written if the model is unchanged
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode> {
    let file = root.join("model/appflow/service.json");
    let work = workspace::target(root).join("model-update");
    let (version, model) = download(&work, arguments.botocore.as_deref())?;
    say!("botocore   {version}");
    let before = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let after = smithy_model::import(&model)?.text;
    fs::remove_dir_all(&work).with_context(|| work.display().to_string())?;
    if before == after {
        say!("unchanged  {}", file.display());
        return Ok(ExitCode::SUCCESS);
    }
    let old = Model::from_sources(&[("service.json", &before)])?;
    let new = Model::from_sources(&[("service.json", &after)])?;
    let report = diff::markdown(&diff::Report::of(&old, &new)?);
    smithy_codegen::write_whole(&file, &after)?;
    say!("wrote      {}", file.display());
    // Our documentation and extensions may name removed shapes. The summary reports it; a person must fix it.
    let generated = codegen::appflow(false).and_then(|_| find_undocumented(root));
    let text = summary(&version, &report, &generated);
    match &arguments.summary {
        Some(path) => smithy_codegen::write_whole(path, &text)?,
        None => say_part!("\n{text}"),
    }
    generated?;
    Ok(ExitCode::SUCCESS)
}

/// Downloads botocore; returns its version and the path of AppFlow's model below `work`.
fn download(work: &Path, version: Option<&str>) -> Result<(String, PathBuf)> {
    if work.exists() {
        fs::remove_dir_all(work).with_context(|| work.display().to_string())?;
    }
    fs::create_dir_all(work).with_context(|| work.display().to_string())?;
    let wanted = version.map_or_else(
        || "botocore".to_owned(),
        |version| format!("botocore=={version}"),
    );
    let python = || Command::new("python3");
    workspace::succeed(
        python()
            .args(["-m", "pip", "--quiet", "--disable-pip-version-check"])
            .args(["download", "--no-deps", "--only-binary", ":all:", "--dest"])
            .arg(work)
            .arg(&wanted),
    )
    .context("cannot download botocore: Python 3 with pip is required")?;
    let wheel = wheel(work)?;
    workspace::succeed(
        python()
            .args(["-m", "zipfile", "--extract"])
            .arg(&wheel)
            .arg(work),
    )?;
    let folder = work.join("botocore/data/appflow");
    let model = newest(&folder)?.with_context(|| format!("{}: no model", folder.display()))?;
    let name = wheel.file_name().unwrap_or_default().to_string_lossy();
    let version = name.split('-').nth(1).unwrap_or("of an unknown version");
    Ok((version.to_owned(), model))
}

/// Returns the only wheel in a folder.
fn wheel(folder: &Path) -> Result<PathBuf> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut wheels = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "whl") {
            wheels.push(path);
        }
    }
    ensure!(
        wheels.len() == 1,
        "{}: {} wheels, expected one",
        folder.display(),
        wheels.len()
    );
    Ok(wheels.remove(0))
}

/// Returns the summary: the changes, and the remaining work.
fn summary(version: &str, report: &str, generated: &Result<Vec<ShapeId>>) -> String {
    let mut text = format!("The model of AppFlow in botocore {version}.\n\n{report}");
    match generated {
        Ok(undocumented) if undocumented.is_empty() => {}
        Ok(undocumented) => {
            text.push_str(
                "\n## Without documentation\n\nDocument these in `model/appflow/docs`, in our own words; then run \
                 `cargo xtask codegen`.\n\n",
            );
            for id in undocumented {
                let _ = writeln!(text, "- [ ] `{id}`");
            }
        }
        Err(error) => {
            let _ = write!(
                text,
                "\n## Not generated\n\nFix these in `model/appflow`; then run `cargo xtask codegen`.\n\n\
                 ```text\n{error:#}\n```\n"
            );
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_ends_with_what_is_left_to_write() {
        let id = ShapeId::new("a", "New").unwrap();
        let text = summary("1.2.3", "# S\n", &Ok(vec![id]));
        assert!(text.starts_with("The model of AppFlow in botocore 1.2.3.\n\n# S\n"));
        assert!(
            text.ends_with("`cargo xtask codegen`.\n\n- [ ] `a#New`\n"),
            "{text}"
        );
        let done = summary("1.2.3", "# S\n", &Ok(Vec::new()));
        assert_eq!(done, "The model of AppFlow in botocore 1.2.3.\n\n# S\n");
        let failed = summary("1.2.3", "# S\n", &Err(anyhow::anyhow!("no such shape")));
        assert!(
            failed.ends_with("```text\nno such shape\n```\n"),
            "{failed}"
        );
    }

    #[test]
    fn exactly_one_wheel_is_expected() {
        let folder = tempfile::tempdir().unwrap();
        let none = wheel(folder.path()).unwrap_err().to_string();
        assert!(none.ends_with("0 wheels, expected one"), "{none}");
        let path = folder.path().join("botocore-1.2.3-py3-none-any.whl");
        fs::write(&path, "").unwrap();
        assert_eq!(wheel(folder.path()).unwrap(), path);
    }
}
