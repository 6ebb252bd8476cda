//! Checks the links of the documentation.

use super::Finding;
use super::prose::markdown_links;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Checks rustdoc's links, with rustdoc and warnings denied, and the links from Markdown files to files.
pub(super) fn check(root: &Path) -> Result<Finding> {
    let mut faults = rustdoc(root)?;
    let mut files = 0;
    for path in markdown_files(root)? {
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        for target in markdown_links(&text) {
            files += 1;
            if leads_nowhere(&path, &target) {
                faults.push(format!("{}: broken link: {target}", path.display()));
            }
        }
    }
    Ok(Finding {
        figures: format!(
            "links      {} broken; rustdoc without warnings, {files} links of Markdown files followed",
            faults.len()
        ),
        faults,
    })
}

fn rustdoc(root: &Path) -> Result<Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root)
        .env("RUSTDOCFLAGS", "-D warnings")
        .args([
            "doc",
            "--workspace",
            "--no-deps",
            "--features=appflow-sdk/test-util",
            "--quiet",
            "--color=never",
        ])
        .output()
        .context("cargo doc")?;
    if output.status.success() {
        return Ok(Vec::new());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let errors = errors(&text);
    if errors.is_empty() {
        bail!("cargo doc failed: {text}");
    }
    Ok(errors)
}

/// Returns each error with its location.
fn errors(text: &str) -> Vec<String> {
    let mut errors: Vec<String> = Vec::new();
    let mut in_error = false;
    for line in text.lines() {
        let line = line.trim();
        if line.starts_with("error") {
            errors.push(line.to_owned());
        } else if let (true, Some(place), Some(error)) =
            (in_error, line.strip_prefix("--> "), errors.last_mut())
        {
            error.push_str(&format!(" ({place})"));
        }
        in_error = line.starts_with("error");
    }
    errors
}

/// Returns the Markdown files below a folder, except build output and hidden files.
fn markdown_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        if entry.file_type()?.is_dir() {
            if name != "target" && !name.to_string_lossy().starts_with('.') {
                files.extend(markdown_files(&path)?);
            }
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Returns whether a link is to a missing file. Links to other hosts are not checked.
fn leads_nowhere(from: &Path, target: &str) -> bool {
    let path = target.split('#').next().unwrap_or_default();
    if path.is_empty() || path.contains("://") || path.starts_with("mailto:") {
        return false;
    }
    !from.with_file_name(path).exists()
}
