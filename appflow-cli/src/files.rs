//! Reads and writes files of definitions.

use crate::arguments::Format;
use crate::document::{Document, Place};
use crate::yaml::to_yaml;
use anyhow::{Context, Result, bail};
use appflow_sdk::flows::{Definitions, FlowDefinition, Mapping, ProfileDefinition, Tree};
use appflow_sdk::read::ReadOptions;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The first interval between polls of a run in progress, which is short since small runs take a second.
const MAX_LENGTH: u64 = 16 << 20;

/// A definition in a file.
pub(crate) enum Definition {
    Flow(Box<FlowDefinition>),
    Profile(Box<ProfileDefinition>),
}

/// A file with a definition.
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    pub(crate) document: Document,
    pub(crate) definition: Definition,
}

/// A file that cannot be read or parsed.
pub(crate) struct InvalidFile {
    pub(crate) path: PathBuf,
    pub(crate) place: Option<Place>,
    pub(crate) message: String,
}

impl InvalidFile {
    /// Formats the position in the form of compilers, which editors recognize.
    pub(crate) fn location(&self) -> String {
        location(&self.path, self.place)
    }
}

pub(crate) fn location(path: &Path, place: Option<Place>) -> String {
    match place {
        Some(place) => format!("{}:{place}", path.display()),
        None => path.display().to_string(),
    }
}

/// Returns the files of definitions below a path, which may be a file itself, sorted by path.
pub(crate) fn find(path: &Path) -> Result<Vec<PathBuf>> {
    let metadata = fs::metadata(path).with_context(|| path.display().to_string())?;
    if !metadata.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let entries = fs::read_dir(path).with_context(|| path.display().to_string())?;
    for entry in entries {
        let entry = entry.with_context(|| path.display().to_string())?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let path = entry.path();
        if hidden {
            continue;
        }
        if path.is_dir() {
            found.extend(find(&path)?);
        } else if format(&path).is_some() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Returns the format of a file, by its extension. Programs on Windows may write it in upper case.
fn format(path: &Path) -> Option<Format> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "yaml" | "yml" => Some(Format::Yaml),
        "json" => Some(Format::Json),
        _ => None,
    }
}

/// Reads one file.
pub(crate) fn read(path: &Path) -> Result<Source, InvalidFile> {
    let invalid = |place, message: String| InvalidFile {
        path: path.to_owned(),
        place,
        message,
    };
    let length = fs::metadata(path).map_or(0, |metadata| metadata.len());
    if length > MAX_LENGTH {
        return Err(invalid(
            None,
            format!("file too large: {length} bytes, the limit is {MAX_LENGTH}"),
        ));
    }
    let text = fs::read_to_string(path).map_err(|error| invalid(None, error.to_string()))?;
    let document = Document::parse(&text);
    let document = document.map_err(|problem| invalid(problem.place, problem.message))?;
    let strict = ReadOptions::strict();
    let is_profile = document.has("connectorProfileName") || document.has("connectorProfileConfig");
    let definition = match is_profile {
        true => strict
            .deserialize(&document)
            .map(|profile| Definition::Profile(Box::new(profile))),
        false => strict
            .deserialize(&document)
            .map(|flow| Definition::Flow(Box::new(flow))),
    };
    match definition {
        Ok(definition) => Ok(Source {
            path: path.to_owned(),
            document,
            definition,
        }),
        Err(problem) => Err(invalid(problem.place, problem.message)),
    }
}

/// Reads all files below a path. The error contains the faults of all of them.
pub(crate) fn read_all(path: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    let mut faults = Vec::new();
    for path in find(path)? {
        match read(&path) {
            Ok(source) => sources.push(source),
            Err(invalid) => faults.push(format!("{}: {}", invalid.location(), invalid.message)),
        }
    }
    match faults.is_empty() {
        true => Ok(sources),
        false => bail!(faults.join("; ")),
    }
}

/// Reads all definitions below a path, and renames the resources in them by a mapping.
pub(crate) fn definitions(path: &Path, mapping: &Mapping) -> Result<Definitions> {
    let mut definitions = Definitions::default();
    for source in read_all(path)? {
        match source.definition {
            Definition::Flow(flow) => definitions.flows.push(mapping.flow(&flow)?),
            Definition::Profile(profile) => definitions.profiles.push(mapping.profile(&profile)?),
        }
    }
    Ok(definitions)
}

/// The content of a mapping file.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct MappingFile {
    buckets: BTreeMap<String, String>,
    profiles: BTreeMap<String, String>,
    keys: BTreeMap<String, String>,
    arns: BTreeMap<String, String>,
}

/// Reads a mapping file, or returns an empty mapping without a path.
pub(crate) fn mapping(path: Option<&Path>) -> Result<Mapping> {
    let Some(path) = path else {
        return Ok(Mapping::default());
    };
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let document = Document::parse(&text);
    let file = document.and_then(|document| MappingFile::deserialize(&document));
    let file = file.with_context(|| path.display().to_string())?;
    Ok(Mapping {
        buckets: file.buckets,
        profiles: file.profiles,
        keys: file.keys,
        arns: file.arns,
    })
}

/// A folder of definitions: its files by the names of their flows and profiles, and the format of new files.
pub(crate) struct Repository {
    folder: PathBuf,
    format: Format,
    flows: BTreeMap<String, PathBuf>,
    profiles: BTreeMap<String, PathBuf>,
    /// The names of the flows whose files activate them.
    active: BTreeSet<String>,
    /// The files that are not definitions, and their faults.
    invalid: BTreeMap<String, String>,
    /// The files that exist or are chosen for new definitions, in lower case: some file systems ignore the case.
    taken: BTreeSet<String>,
}

/// The change of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    New,
    Changed,
    Unchanged,
    /// The file differs, and was not changed.
    Kept,
}

impl Repository {
    /// Opens a folder. Files that do not contain definitions are left alone.
    pub(crate) fn open(folder: &Path, format: Format) -> Result<Self> {
        let mut repository = Self {
            folder: folder.to_owned(),
            format,
            flows: BTreeMap::new(),
            profiles: BTreeMap::new(),
            active: BTreeSet::new(),
            invalid: BTreeMap::new(),
            taken: BTreeSet::new(),
        };
        if folder.is_dir() {
            for path in find(folder)? {
                repository.taken.insert(key(&path));
                repository.add(&path);
            }
        }
        Ok(repository)
    }

    fn add(&mut self, path: &Path) {
        match read(path) {
            Ok(source) => match source.definition {
                Definition::Flow(flow) => {
                    if flow.active {
                        self.active.insert(flow.flow_name.clone());
                    }
                    self.flows.insert(flow.flow_name.clone(), source.path)
                }
                Definition::Profile(profile) => {
                    let name = profile.connector_profile_name;
                    self.profiles.insert(name, source.path)
                }
            },
            Err(fault) => {
                let message = format!("{}: {}", fault.location(), fault.message);
                self.invalid.insert(key(path), message);
                None
            }
        };
    }

    pub(crate) fn write_flow(&mut self, name: &str, tree: &Tree) -> Result<(PathBuf, Written)> {
        let path = match self.flows.get(name) {
            Some(path) => path.clone(),
            None => self.new_path("", name)?,
        };
        write(path, tree)
    }

    /// Writes an input of the AWS CLI, which has no state. It does not replace a file that activates its flow: applied
    /// again, the file would deactivate it.
    pub(crate) fn write_input(&mut self, name: &str, tree: &Tree) -> Result<(PathBuf, Written)> {
        if let Some(path) = self.flows.get(name).filter(|_| self.active.contains(name)) {
            bail!(
                "{}: inputs of the AWS CLI have no `active`, which this definition has: export to another folder",
                path.display()
            );
        }
        self.write_flow(name, tree)
    }

    /// Writes a profile unless it has a file, which may contain other placeholders.
    pub(crate) fn write_profile(&mut self, name: &str, tree: &Tree) -> Result<(PathBuf, Written)> {
        if let Some(path) = self.profiles.get(name) {
            return Ok((path.clone(), kept(path, tree)));
        }
        let path = self.new_path("profiles", name)?;
        write(path, tree)
    }

    /// Chooses a file that does not exist and that no other definition of this export gets: a file is named for its
    /// definition, but it may contain another one. If it cannot be read, it may be an edit of this very definition.
    fn new_path(&mut self, below: &str, name: &str) -> Result<PathBuf> {
        let extension = match self.format {
            Format::Yaml => "yaml",
            Format::Json => "json",
        };
        let name = name.replace('/', "%2F");
        let folder = self.folder.join(below);
        let mut path = folder.join(format!("{name}.{extension}"));
        if let Some(fault) = self.invalid.get(&key(&path)) {
            bail!("{fault}: the export of {name} does not replace it: mend or move the file");
        }
        let mut number = 1;
        while self.taken.contains(&key(&path)) || path.exists() {
            number += 1;
            path = folder.join(format!("{name}-{number}.{extension}"));
        }
        self.taken.insert(key(&path));
        Ok(path)
    }
}

/// Returns the form of a path that is the same for all paths that may name one file.
fn key(path: &Path) -> String {
    path.to_string_lossy().to_lowercase()
}

fn write(path: PathBuf, tree: &Tree) -> Result<(PathBuf, Written)> {
    let text = match format(&path) {
        Some(Format::Json) => tree.to_json(),
        _ => to_yaml(tree),
    };
    let written = write_whole(&path, &text).with_context(|| path.display().to_string())?;
    Ok((path, written))
}

/// Compares a profile with its file, except for placeholders, which the user may have changed.
fn kept(path: &Path, tree: &Tree) -> Written {
    let found = read(path).map(|source| source.definition);
    match (found, ProfileDefinition::from_json(&tree.to_json())) {
        (Ok(Definition::Profile(found)), Ok(exported)) if found.diff(&exported).is_empty() => {
            Written::Unchanged
        }
        _ => Written::Kept,
    }
}

/// Writes a file under a temporary name and then renames it, so that it is never incomplete.
fn write_whole(path: &Path, text: &str) -> std::io::Result<Written> {
    let before = fs::read_to_string(path);
    if before.as_ref().is_ok_and(|before| before == text) {
        return Ok(Written::Unchanged);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.{}", std::process::id()));
    let moved = fs::write(&temporary, text).and_then(|()| fs::rename(&temporary, path));
    if moved.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    moved?;
    Ok(if before.is_ok() {
        Written::Changed
    } else {
        Written::New
    })
}
