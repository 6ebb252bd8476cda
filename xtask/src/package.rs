//! Writes or checks the crate around generated code.

use anyhow::Result;
use smithy_codegen::package::MARKER;
use smithy_codegen::{Changes, Generated, Package, write_whole};
use std::fs;
use std::path::{Path, PathBuf};

/// The result of writing or checking a crate.
#[derive(Debug)]
pub(crate) struct Written {
    /// The changes below `src/generated`.
    pub(crate) changes: Changes,
    /// Hand-written files of the crate, which are not changed.
    pub(crate) kept: Vec<PathBuf>,
    /// Files of the crate outside of `src/generated` that differ.
    pub(crate) outer: Vec<PathBuf>,
}

/// Writes a crate. Hand-written files are not changed: a manifest or `lib.rs` is reported, and a file among the generated
/// ones is an error before anything is written.
pub(crate) fn write(folder: &Path, package: &Package, generated: &Generated) -> Result<Written> {
    let written = compare(folder, package, generated)?;
    for (path, text) in outer(folder, package, generated) {
        if written.outer.contains(&path) {
            write_whole(&path, &text)?;
        }
    }
    written.changes.apply()?;
    Ok(written)
}

/// Compares a crate with its files.
pub(crate) fn compare(folder: &Path, package: &Package, generated: &Generated) -> Result<Written> {
    let changes = generated.files.compare(&folder.join("src/generated"))?;
    refuse_foreign(&changes)?;
    let (mut kept, mut differing) = (Vec::new(), Vec::new());
    for (path, text) in outer(folder, package, generated) {
        match fs::read_to_string(&path) {
            Ok(found) if found == text => {}
            Ok(found) if !is_generated(&found) => kept.push(path),
            _ => differing.push(path),
        }
    }
    Ok(Written {
        changes,
        kept,
        outer: differing,
    })
}

/// Returns the files outside of `src/generated`.
fn outer(folder: &Path, package: &Package, generated: &Generated) -> [(PathBuf, String); 3] {
    [
        (folder.join("Cargo.toml"), package.manifest(generated)),
        (folder.join("README.md"), package.readme(generated)),
        (folder.join("src/lib.rs"), package.lib_rs(generated)),
    ]
}

/// Returns an error if a file that is not generated would be changed or removed.
fn refuse_foreign(changes: &Changes) -> Result<()> {
    let foreign = changes.foreign()?;
    anyhow::ensure!(
        foreign.is_empty(),
        "hand-written files among generated ones: {}: move them, or add the first line `{MARKER}`; nothing was written",
        foreign.join(", ")
    );
    Ok(())
}

fn is_generated(text: &str) -> bool {
    text.lines()
        .next()
        .is_some_and(|line| line.contains(MARKER))
}

#[cfg(test)]
mod tests {
    use super::*;
    use smithy_codegen::{Options, Runtime};
    use smithy_model::{Closure, Model};

    fn generated() -> (Package, Generated) {
        let text = r#"{"smithy": "2.0", "shapes": {
            "a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Op"}],
                    "traits": {"aws.protocols#awsJson1_0": {}}},
            "a#Op": {"type": "operation"}
        }}"#;
        let model = Model::from_sources(&[("model.json", text)]).unwrap();
        let closure = Closure::of(&model, &model.service().unwrap().id).unwrap();
        let options = Options {
            user_agent: "x".to_owned(),
            origin: "x".to_owned(),
            examples: None,
            html_documentation: true,
            protocols: Vec::new(),
        };
        let generated = smithy_codegen::generate(&model, &closure, &options).unwrap();
        let package = Package {
            name: "s-sdk".to_owned(),
            folder: "s".to_owned(),
            runtime: Runtime::Version("0.1".to_owned()),
            is_workspace: false,
            command: "x".to_owned(),
        };
        (package, generated)
    }

    #[test]
    fn a_crate_is_written_whole_and_then_nothing_differs() {
        let folder = tempfile::tempdir().unwrap();
        let (package, generated) = generated();
        let written = write(folder.path(), &package, &generated).unwrap();
        assert_eq!(written.outer.len(), 3);
        for path in [
            "Cargo.toml",
            "README.md",
            "src/lib.rs",
            "src/generated/mod.rs",
        ] {
            assert!(folder.path().join(path).is_file(), "{path}");
        }
        let readme = fs::read_to_string(folder.path().join("README.md")).unwrap();
        for line in ["# s-sdk", "s-sdk = { path = \"../s\" }", "x"] {
            assert!(readme.lines().any(|it| it == line), "{line}");
        }
        let again = compare(folder.path(), &package, &generated).unwrap();
        assert!(again.changes.is_empty() && again.outer.is_empty() && again.kept.is_empty());
    }

    #[test]
    fn handwritten_files_are_kept_and_reported() {
        let folder = tempfile::tempdir().unwrap();
        let (package, generated) = generated();
        let door = folder.path().join("src/lib.rs");
        fs::create_dir_all(folder.path().join("src")).unwrap();
        fs::write(&door, "//! Mine.\n").unwrap();
        let written = write(folder.path(), &package, &generated).unwrap();
        assert_eq!(written.kept, std::slice::from_ref(&door));
        assert_eq!(fs::read_to_string(door).unwrap(), "//! Mine.\n");
    }

    #[test]
    fn a_file_among_the_generated_ones_that_is_not_generated_stops_everything() {
        let folder = tempfile::tempdir().unwrap();
        let (package, generated) = generated();
        let inner = folder.path().join("src/generated");
        fs::create_dir_all(&inner).unwrap();
        fs::write(inner.join("mine.rs"), "//! Mine.\n").unwrap();
        let error = write(folder.path(), &package, &generated).unwrap_err();
        assert!(error.to_string().contains("mine.rs"), "{error}");
        assert!(inner.join("mine.rs").is_file());
        assert!(!folder.path().join("Cargo.toml").exists());
    }
}
