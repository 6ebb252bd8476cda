//! The folder of models that botocore ships in; the newest model of every service that the generator can speak to out.

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

/// All services by name, and how many speak none of the protocols.
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
        "{}: no service that can be generated; it should be the `data` folder of botocore",
        folder.display()
    );
    Ok((found, others))
}

/// The names of the folders in a folder, sorted.
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

/// The model of the newest version, whose folder is named for its date.
pub(crate) fn newest(service: &Path) -> Result<Option<PathBuf>> {
    let versions = folders(service)?;
    let files = versions.iter().rev().flat_map(|version| {
        ["service-2.json.gz", "service-2.json"].map(|file| service.join(version).join(file))
    });
    Ok(files.into_iter().find(|path| path.is_file()))
}

/// The part of a model that says how the service is called.
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
    Ok(protocols.any(|protocol| is_shipped(protocol)))
}

/// Whether the generator has a protocol that botocore calls so.
fn is_shipped(name: &str) -> bool {
    let mut shipped = smithy_codegen::protocol::SHIPPED.iter();
    shipped.any(|protocol| protocol.botocore_name() == Some(name))
}
