//! Merges the extras beside a file of botocore into it, as botocore's loader does.
//!
//! `service-2.sdk-extras.json` extends `service-2.json` in the same folder, and so it is with files of other names.
//! Objects are merged entry by entry; any other value replaces that of the file.

use crate::{
    ModelError, ModelErrors,
    ast::Entries,
    source::{from_json, message_without_position, read_text},
};
use serde::de::DeserializeOwned;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Error, Map, Value, json};
use std::path::{Path, PathBuf};

/// The entries of an object, whose values are not parsed. All of them remain, in their order.
type RawEntries = Entries<String, Box<RawValue>>;

/// The extras of a file.
pub(super) struct Extras {
    path: PathBuf,
    merge: Map<String, Value>,
}

impl Extras {
    /// Returns the extras of the file with this name in a folder, or `None` if it has none.
    pub(super) fn of(folder: &Path, name: &str) -> Result<Option<Self>, ModelError> {
        let stem = name.strip_suffix(".json").unwrap_or(name);
        let Some(path) = super::packed(folder, &format!("{stem}.sdk-extras.json")) else {
            return Ok(None);
        };
        let (file, text) = read_text(&path)?;
        let mut parts: Map<String, Value> = from_json(&file, &text)?;
        match parts.remove("merge").unwrap_or_else(|| json!({})) {
            Value::Object(merge) => Ok(Some(Self { path, merge })),
            _ => Err(ModelError::InvalidExtras {
                file,
                path: "merge".to_owned(),
                message: "expected an object".to_owned(),
            }),
        }
    }

    /// Returns the name of a file with these extras in errors.
    pub(super) fn with(&self, file: &str) -> String {
        let name = self.path.file_name().unwrap_or_default();
        format!("{file} with {}", name.display())
    }

    /// Reads the text of a file with these extras.
    pub(super) fn read<T: DeserializeOwned>(
        &self,
        file: &str,
        text: &[u8],
    ) -> Result<T, ModelErrors> {
        let base = || from_json::<RawEntries>(file, text);
        let error = match merged::<T>(base()?, &self.merge) {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        // A file that is invalid without the extras is at fault itself.
        from_json::<T>(file, text)?;
        let all = Value::Object(self.merge.clone());
        let mut path = Vec::new();
        let found = fault::<T>(&|| base().ok(), &mut path, &all);
        let (path, error) = found.unwrap_or((String::new(), error));
        Err(ModelError::InvalidExtras {
            file: self.path.display().to_string(),
            path: format!("merge{path}"),
            message: message_without_position(&error),
        }
        .into())
    }
}

/// Returns the first entry, as deep as possible, that cannot be merged into the base, and the reason.
fn fault<'a, T: DeserializeOwned>(
    base: &impl Fn() -> Option<RawEntries>,
    path: &mut Vec<&'a str>,
    entry: &'a Value,
) -> Option<(String, Error)> {
    let alone = path.iter().rev();
    let alone = alone.fold(entry.clone(), |value, key| json!({*key: value}));
    let error = merged::<T>(base()?, alone.as_object()?).err()?;
    for (key, value) in entry.as_object().into_iter().flatten() {
        path.push(key);
        let found = fault::<T>(base, path, value);
        path.pop();
        if found.is_some() {
            return found;
        }
    }
    let steps = path.iter().map(|key| format!(".{key}"));
    Some((steps.collect(), error))
}

/// Merges an object into another, and reads the result.
fn merged<T: DeserializeOwned>(
    mut base: RawEntries,
    extra: &Map<String, Value>,
) -> Result<T, Error> {
    merge(&mut base, extra)?;
    serde_json::from_str(&serde_json::to_string(&base)?)
}

fn merge(base: &mut RawEntries, extra: &Map<String, Value>) -> Result<(), Error> {
    for (key, value) in extra {
        let mut known = base.0.iter_mut().rev();
        match known.find(|(known, _)| known == key) {
            Some((_, known)) => *known = combined(known, value)?,
            None => base.0.push((key.clone(), to_raw_value(value)?)),
        }
    }
    Ok(())
}

/// Returns the value of an entry that both objects have.
fn combined(base: &RawValue, extra: &Value) -> Result<Box<RawValue>, Error> {
    match extra {
        Value::Object(extra) if base.get().starts_with('{') => {
            let mut entries: RawEntries = serde_json::from_str(base.get())?;
            merge(&mut entries, extra)?;
            to_raw_value(&entries)
        }
        _ => to_raw_value(extra),
    }
}
