//! Where things are in this workspace.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// The files of the AppFlow model, from the root: facts first, then what is added to them.
pub(crate) fn model_files(root: &Path) -> Result<Vec<PathBuf>> {
    let folder = root.join("model/appflow");
    let docs = folder.join("docs");
    let mut files = vec![folder.join("service.json"), folder.join("extensions.json")];
    let mut texts: Vec<PathBuf> = fs::read_dir(&docs)
        .with_context(|| docs.display().to_string())?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    texts.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    texts.sort();
    files.extend(texts);
    Ok(files)
}

/// Writes a file so that it is either as before or complete.
pub(crate) fn write_whole(path: &Path, text: &str) -> Result<()> {
    let name = path
        .file_name()
        .context("a file name is missing")?
        .to_string_lossy();
    let beside = path.with_file_name(format!("{name}.new"));
    fs::write(&beside, text).with_context(|| beside.display().to_string())?;
    fs::rename(&beside, path).with_context(|| path.display().to_string())
}
