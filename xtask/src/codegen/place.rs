//! The location of a generated crate, which may not exist yet: its real path, relative paths to other folders, and its
//! relation to the workspace around it.

use crate::workspace;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

/// The location of a crate.
#[derive(Debug)]
pub(super) struct Place {
    folder: PathBuf,
}

impl Place {
    /// Returns the location of a folder, which does not have to exist.
    pub(super) fn of(folder: &Path) -> Result<Self> {
        let folder = real(folder)?;
        Ok(Self { folder })
    }

    /// Returns the name of the folder.
    pub(super) fn name(&self) -> String {
        let name = self.folder.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// Returns the relative path to another folder, or its absolute path if they have nothing in common.
    pub(super) fn relative_path_to(&self, other: &Path) -> Result<PathBuf> {
        Ok(relative(&self.folder, &real(other)?))
    }

    /// Returns whether cargo would treat the crate as a member of the workspace at `root`, although that does not list
    /// it.
    pub(super) fn is_implicit_member_of(&self, root: &Path) -> Result<bool> {
        let root = real(root)?;
        if !self.folder.starts_with(&root) || self.folder == root {
            return Ok(false);
        }
        // Cargo uses the nearest workspace above, which may be another one inside of this one.
        let mut above = self.folder.ancestors().skip(1);
        let nearest = above.find(|folder| **folder == root || has_workspace(folder));
        Ok(nearest == Some(root.as_path()) && !members(&root)?.contains(&self.folder))
    }
}

/// Returns the absolute path without `..` and, as far as the path exists, without links.
fn real(path: &Path) -> Result<PathBuf> {
    let absolute = std::path::absolute(path).with_context(|| path.display().to_string())?;
    let mut real = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            Component::Normal(part) => {
                real.push(part);
                // `..` after a link is the parent of the target of the link.
                if let Ok(found) = real.canonicalize() {
                    real = found;
                }
            }
            part => real.push(part),
        }
    }
    Ok(real)
}

/// Returns the relative path between two absolute paths, or `other` itself if they have nothing in common.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let common = from
        .components()
        .zip(to.components())
        .take_while(|(a, b)| a == b)
        .count();
    // With only the root in common, the absolute path is clearer.
    if common <= 1 {
        return to.to_owned();
    }
    let up = from.components().skip(common).map(|_| "..");
    let down = to.components().skip(common);
    up.map(PathBuf::from)
        .chain(down.map(|part| PathBuf::from(part.as_os_str())))
        .collect()
}

fn has_workspace(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    manifest.lines().any(|line| line.trim() == "[workspace]")
}

/// The output of `cargo metadata`.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    manifest_path: PathBuf,
}

/// Returns the folders of the members of a workspace.
fn members(root: &Path) -> Result<Vec<PathBuf>> {
    let mut cargo = Command::new(workspace::cargo());
    cargo.args(["metadata", "--no-deps", "--format-version", "1"]);
    let output = cargo.current_dir(root).output().context("cargo metadata")?;
    let metadata: Metadata = serde_json::from_slice(&output.stdout).with_context(|| {
        format!(
            "cargo metadata: {}",
            String::from_utf8_lossy(&output.stderr)
        )
    })?;
    let manifests = metadata.packages.into_iter();
    Ok(manifests
        .filter_map(|package| Some(package.manifest_path.parent()?.to_owned()))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_reached_from_wherever_the_crate_is() {
        for (from, to, path) in [
            ("/w/clients/a", "/w/runtime", "../../runtime"),
            (
                "/w/checkout/../a",
                "/w/checkout/runtime",
                "../checkout/runtime",
            ),
            (
                "/w/checkout/target/x/../y",
                "/w/checkout/runtime",
                "../../runtime",
            ),
            ("/w/./a/", "/w/runtime", "../runtime"),
            ("/w", "/w/runtime", "runtime"),
            ("/no/../../w/a", "/w/runtime", "../runtime"),
            ("/elsewhere/a", "/w/runtime", "/w/runtime"),
        ] {
            let place = Place::of(Path::new(from)).unwrap();
            assert_eq!(
                place.relative_path_to(Path::new(to)).unwrap(),
                Path::new(path),
                "{from}"
            );
        }
    }

    #[test]
    fn a_relative_folder_is_one_of_the_current_folder() {
        let place = Place::of(Path::new("../new-sdk")).unwrap();
        // Tests run in the folder of their package.
        assert_eq!(
            place.folder,
            real(&workspace::root()).unwrap().join("new-sdk")
        );
        assert_eq!(place.name(), "new-sdk");
        let runtime = place
            .relative_path_to(&workspace::root().join("runtime"))
            .unwrap();
        assert_eq!(runtime, Path::new("../runtime"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_before_going_up() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        fs::create_dir_all(base.join("deep/er")).unwrap();
        std::os::unix::fs::symlink(base.join("deep/er"), base.join("link")).unwrap();
        let place = Place::of(&base.join("link/../x")).unwrap();
        assert_eq!(place.folder, base.join("deep/x"));
    }

    #[test]
    fn crates_below_a_workspace_that_does_not_list_them_are_implicit_members() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root");
        let write = |path: &str, text: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"clients/*\"]\n",
        );
        write(
            "clients/a/Cargo.toml",
            "[package]\nname = \"a\"\nedition = \"2024\"\n",
        );
        write("clients/a/src/lib.rs", "");
        write("other/Cargo.toml", "[workspace]\n");
        for (path, stray) in [
            ("clients/a", false),
            ("b", true),
            ("clients/deep/b", true),
            ("other/b", false),
            ("../b", false),
            ("../rooted", false),
            (".", false),
        ] {
            let place = Place::of(&root.join(path)).unwrap();
            assert_eq!(place.is_implicit_member_of(&root).unwrap(), stray, "{path}");
        }
    }
}
