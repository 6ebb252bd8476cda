//! Finds the newest model of each service in botocore's folder of models.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// The model of a service.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The name of its folder.
    pub(super) name: String,
    /// Its newest model.
    pub(super) path: PathBuf,
}

/// Returns all services by name, and the number of services whose protocols are not supported.
pub(super) fn services(folder: &Path) -> Result<(Vec<Found>, usize)> {
    let mut found = Vec::new();
    let mut others = 0;
    for name in folders(folder)? {
        let Some(path) = newest(&folder.join(&name))? else {
            continue;
        };
        if speaks(&path).with_context(|| path.display().to_string())? {
            found.push(Found { name, path });
        } else {
            others += 1;
        }
    }
    anyhow::ensure!(
        !found.is_empty(),
        "{}: no supported service found: pass the folder `data` of botocore",
        folder.display()
    );
    Ok((found, others))
}

/// Returns the names of the folders in a folder, sorted.
fn folders(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Returns the path of the newest version of a model. Folders of versions are named for their dates.
pub(crate) fn newest(service: &Path) -> Result<Option<PathBuf>> {
    let versions = folders(service)?;
    let files = versions.iter().rev().flat_map(|version| {
        ["service-2.json.gz", "service-2.json"].map(|file| service.join(version).join(file))
    });
    Ok(files.into_iter().find(|path| path.is_file()))
}

/// The part of a model that names the protocols.
#[derive(Deserialize)]
struct Probe {
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Metadata {
    protocol: String,
    #[serde(default)]
    protocols: Vec<String>,
}

fn speaks(path: &Path) -> Result<bool> {
    let Probe { metadata } = serde_json::from_slice(&smithy_model::read_unpacked(path)?)?;
    let mut protocols = metadata.protocols.iter().chain([&metadata.protocol]);
    Ok(protocols.any(|protocol| is_supported(protocol)))
}

/// Returns whether the generator supports the protocol with this name in botocore.
fn is_supported(name: &str) -> bool {
    let mut shipped = smithy_codegen::protocol::SHIPPED.iter();
    shipped.any(|protocol| protocol.botocore_name() == Some(name))
}
