//! Checks that all public items of a model or a crate are documented.

use super::Finding;
use crate::workspace::{self, succeed};
use anyhow::{Context, Result};
use serde_json::Value;
use smithy_model::{Model, documentable, undocumented};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Kinds of items without documentation of their own.
const NOT_COUNTED: &[&str] = &["impl", "use", "extern_crate"];

/// Checks the AppFlow model: operations, structures, enums, errors, and the members of all of them.
pub(super) fn of_model(root: &Path) -> Result<Finding> {
    let model = Model::load(&workspace::model_files(root)?)?;
    let total = documentable(&model)?.len();
    let missing = undocumented(&model)?;
    Ok(finding("model", total, missing.iter()))
}

/// Checks a crate with rustdoc.
pub(super) fn of_crate(root: &Path, target: &Path, package: &str) -> Result<Finding> {
    let path = rustdoc_json(root, target, package)?;
    let text = fs::read(&path).with_context(|| path.display().to_string())?;
    let json: Value = serde_json::from_slice(&text).with_context(|| path.display().to_string())?;
    let index = json["index"].as_object().context("rustdoc's index")?;
    let items: Vec<&Value> = index.values().filter(|item| is_counted(item)).collect();
    let mut missing: Vec<String> = items
        .iter()
        .filter(|item| item["docs"].as_str().is_none_or(str::is_empty))
        .map(|item| describe(item))
        .collect();
    missing.sort();
    Ok(finding(package, items.len(), missing.iter()))
}

fn finding(
    name: &str,
    total: usize,
    missing: impl ExactSizeIterator<Item = impl std::fmt::Display>,
) -> Finding {
    Finding {
        figures: format!("documented {name}: {}/{total} items", total - missing.len()),
        faults: missing
            .map(|item| format!("no documentation: {item}"))
            .collect(),
    }
}

/// Returns whether an item is part of the documentation: it is local, visible, not derived and not a field of a tuple.
fn is_counted(item: &Value) -> bool {
    let is_local = item["crate_id"] == 0;
    let is_visible = item["visibility"] == "public"
        || (item["visibility"] == "default" && is_member_of_public(item));
    let counted = item["inner"]
        .as_object()
        .and_then(|inner| inner.keys().next())
        .is_some_and(|kind| !NOT_COUNTED.contains(&kind.as_str()));
    // The fields of tuples are named by numbers.
    let is_position = item["name"]
        .as_str()
        .is_none_or(|name| name.starts_with(|first: char| first.is_ascii_digit()));
    is_local && is_visible && counted && !is_position
}

/// Returns whether a member without its own visibility is public. Variants have the visibility of their enum; methods of
/// trait implementations have the documentation of the trait.
fn is_member_of_public(item: &Value) -> bool {
    item["inner"].get("variant").is_some()
}

fn describe(item: &Value) -> String {
    format!(
        "{} ({}:{})",
        item["name"].as_str().unwrap_or_default(),
        item["span"]["filename"].as_str().unwrap_or_default(),
        item["span"]["begin"][0],
    )
}

/// Writes the crate's rustdoc JSON, which needs unstable options.
fn rustdoc_json(root: &Path, target: &Path, package: &str) -> Result<PathBuf> {
    let rustdoc = wrapper(target)?;
    succeed(
        Command::new(env!("CARGO"))
            .current_dir(root)
            .env("RUSTDOC", rustdoc)
            .env("CARGO_TARGET_DIR", target)
            .args(["rustdoc", "--quiet", "--lib", "--package", package, "--"])
            .args(["-Z", "unstable-options", "--output-format", "json"])
            // The check of links reports lints.
            .args(["--cap-lints", "allow"]),
    )?;
    Ok(target.join(format!("doc/{}.json", package.replace('-', "_"))))
}

/// Writes a script that runs rustdoc with unstable options. The variable that allows them is set for rustdoc alone, since
/// cargo would otherwise rebuild every dependency.
fn wrapper(target: &Path) -> Result<PathBuf> {
    use std::os::unix::fs::PermissionsExt;
    let path = target.join("docs-check/rustdoc");
    fs::create_dir_all(target.join("docs-check"))?;
    fs::write(&path, "#!/bin/sh\nRUSTC_BOOTSTRAP=1 exec rustdoc \"$@\"\n")?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    Ok(path)
}
