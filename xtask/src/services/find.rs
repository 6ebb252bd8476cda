//! Finds the newest model of each service in a folder of models: `data` of botocore, `models` of AWS's repository
//! api-models-aws, or a folder with files of Smithy JSON AST.

use anyhow::{Context, Result};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The model of a service.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The name of its folder, or of its file.
    pub(super) name: String,
    /// Its newest model.
    pub(super) path: PathBuf,
}

/// Returns all services by name, and the number of services whose protocols are not supported.
pub(super) fn services(folder: &Path) -> Result<(Vec<Found>, usize)> {
    let mut found = Vec::new();
    let mut others = 0;
    for (name, path) in candidates(folder)? {
        match speaks(&path).with_context(|| path.display().to_string())? {
            Some(true) => found.push(Found { name, path }),
            Some(false) => others += 1,
            None => {}
        }
    }
    anyhow::ensure!(
        !found.is_empty(),
        "{}: no supported service found: pass the folder `data` of botocore, or a folder of Smithy models",
        folder.display()
    );
    Ok((found, others))
}

/// Returns the files that may be models, by the name of the service.
fn candidates(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let mut candidates = BTreeMap::new();
    for path in json_files(folder)? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        candidates.insert(name.into_owned(), path);
    }
    for name in folders(folder)? {
        let service = folder.join(&name);
        if let Some(path) = newest(&service)?.or(newest_smithy(&service)?) {
            candidates.insert(name, path);
        }
    }
    Ok(candidates)
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

/// Returns the path of the newest version of a model in AWS's repository: `service/VERSION/NAME-VERSION.json`.
fn newest_smithy(service: &Path) -> Result<Option<PathBuf>> {
    let versions = service.join("service");
    if !versions.is_dir() {
        return Ok(None);
    }
    let newest = folders(&versions)?.pop();
    let files = newest.map(|version| json_files(&versions.join(version)));
    Ok(files.transpose()?.and_then(|mut files| files.pop()))
}

/// Returns the paths of the JSON files in a folder, sorted.
fn json_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_file()
            && path
                .extension()
                .is_some_and(|extension| extension == "json")
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Returns whether the generator supports a protocol of a model, or `None` if the file is not a model.
fn speaks(path: &Path) -> Result<Option<bool>> {
    let text = smithy_model::read_unpacked(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with("service-2.json") {
        let Probe { metadata } = serde_json::from_slice(&text)?;
        let mut protocols = metadata.protocols.iter().chain([&metadata.protocol]);
        return Ok(Some(protocols.any(|protocol| is_supported(protocol))));
    }
    let SmithyProbe { smithy: Some(_) } = serde_json::from_slice(&text)? else {
        return Ok(None);
    };
    let SmithyShapes { shapes } = serde_json::from_slice(&text)?;
    let services = shapes.values().filter(|shape| shape.kind == "service");
    let mut traits = services.flat_map(|shape| shape.traits.keys());
    let shipped = smithy_codegen::protocol::SHIPPED;
    Ok(Some(traits.any(|id| {
        shipped.iter().any(|protocol| protocol.trait_id() == id)
    })))
}

/// The part of a model in botocore's format that names the protocols.
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

/// The part of a file that identifies a Smithy model.
#[derive(Deserialize)]
struct SmithyProbe {
    smithy: Option<String>,
}

/// The part of a Smithy model that names the protocols.
#[derive(Deserialize)]
struct SmithyShapes {
    #[serde(default)]
    shapes: BTreeMap<String, SmithyShape>,
}

#[derive(Deserialize)]
struct SmithyShape {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    traits: BTreeMap<String, IgnoredAny>,
}

/// Returns whether the generator supports the protocol with this name in botocore.
fn is_supported(name: &str) -> bool {
    let mut shipped = smithy_codegen::protocol::SHIPPED.iter();
    shipped.any(|protocol| protocol.botocore_name() == Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn smithy(protocol: &str) -> String {
        format!(
            r#"{{"smithy": "2.0", "metadata": {{"suppressions": []}}, "shapes": {{
                "a#S": {{"type": "service", "version": "1", "traits": {{"aws.protocols#{protocol}": {{}}}}}},
                "a#T": {{"type": "structure", "members": {{}}}}}}}}"#
        )
    }

    /// Returns the names and file names of the services, and the number of others.
    fn found(folder: &Path) -> (Vec<(String, String)>, usize) {
        let (found, others) = services(folder).unwrap();
        let names = found.into_iter().map(|service| {
            let file = service.path.file_name().unwrap_or_default();
            (service.name, file.to_string_lossy().into_owned())
        });
        (names.collect(), others)
    }

    fn pair(name: &str, file: &str) -> (String, String) {
        (name.to_owned(), file.to_owned())
    }

    #[test]
    fn models_are_found_in_each_of_the_three_layouts() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let botocore = |protocol: &str| {
            format!(r#"{{"metadata": {{"protocol": "{protocol}"}}, "shapes": {{}}}}"#)
        };
        file(
            &root.join("data/a/2020-01-01/service-2.json"),
            &botocore("smithy-rpc"),
        );
        file(
            &root.join("data/a/2021-01-01/service-2.json"),
            &botocore("json"),
        );
        file(
            &root.join("data/b/2020-01-01/service-2.json"),
            &botocore("other"),
        );
        file(&root.join("data/endpoints.json"), r#"{"partitions": []}"#);
        assert_eq!(
            found(&root.join("data")),
            (vec![pair("a", "service-2.json")], 1)
        );

        let models = root.join("models");
        file(
            &models.join("sqs/service/2012-11-05/sqs-2012-11-05.json"),
            &smithy("awsQuery"),
        );
        file(
            &models.join("sqs/service/2020-11-05/sqs-2020-11-05.json"),
            &smithy("awsJson1_0"),
        );
        file(
            &models.join("odd/service/2020-11-05/odd-2020-11-05.json"),
            &smithy("odd"),
        );
        assert_eq!(
            found(&models),
            (vec![pair("sqs", "sqs-2020-11-05.json")], 1)
        );

        let flat = root.join("flat");
        file(&flat.join("route-53.json"), &smithy("restXml"));
        file(&flat.join("notes.json"), "{}");
        assert_eq!(found(&flat), (vec![pair("route-53", "route-53.json")], 0));
        assert!(services(root).is_err());
    }
}
