//! The keys of files by the destination's prefix configuration.
//!
//! `[bucketPrefix/]flow/[execution id/][schema version/][2026/01/31/…/][partitions/][2026-01-31T…-]execution id[-number]`

use super::Finished;
use appflow_sdk::types::{PathPrefix, PrefixConfig, PrefixFormat, PrefixType};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use std::collections::HashMap;

/// The parts of the keys of a run.
#[derive(Debug, Clone)]
pub(crate) struct Naming {
    pub(crate) bucket_prefix: Option<String>,
    pub(crate) flow: String,
    pub(crate) execution: String,
    pub(crate) schema_version: i64,
    /// The start of the run, in milliseconds since 1970.
    pub(crate) started_at: i64,
    pub(crate) prefix: Option<PrefixConfig>,
}

impl Naming {
    /// Returns the keys of files, in their order. Several files of one folder are numbered. Folders whose names differ only in
    /// case are one on many file systems, so their files have different numbers too.
    pub(crate) fn keys(&self, files: &[Finished]) -> Vec<String> {
        let folders: Vec<String> = files
            .iter()
            .map(|file| file.folder.to_lowercase())
            .collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for folder in &folders {
            *counts.entry(folder).or_default() += 1;
        }
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut keys = Vec::with_capacity(files.len());
        for (file, folder) in files.iter().zip(&folders) {
            let number = numbers.entry(folder).or_default();
            *number += 1;
            let number = (counts.get(&**folder) != Some(&1)).then_some(*number);
            keys.push(self.key(&file.folder, number));
        }
        keys
    }

    /// Returns the key of a file in the folder of its partition.
    pub(crate) fn key(&self, folder: &str, number: Option<usize>) -> String {
        let prefix = self.bucket_prefix.as_deref().unwrap_or_default();
        let mut pieces: Vec<String> = Vec::new();
        let mut add = |piece: &str| {
            if !piece.is_empty() {
                pieces.push(piece.to_owned());
            }
        };
        add(prefix.trim_matches('/'));
        add(&self.flow);
        let hierarchy = self.prefix.as_ref();
        let hierarchy = hierarchy.and_then(|prefix| prefix.path_prefix_hierarchy.as_deref());
        for element in hierarchy.unwrap_or_default() {
            match element {
                PathPrefix::ExecutionId => add(&self.execution),
                PathPrefix::SchemaVersion => add(&self.schema_version.to_string()),
                _ => {}
            }
        }
        let prefix_type = self.prefix.as_ref().and_then(|it| it.prefix_type.as_ref());
        if matches!(
            prefix_type,
            Some(PrefixType::Path | PrefixType::PathAndFilename)
        ) {
            add(&self.time("/", "/"));
        }
        add(folder);
        let in_name = matches!(
            prefix_type,
            Some(PrefixType::Filename | PrefixType::PathAndFilename)
        );
        let time = if in_name {
            self.time("-", "T") + "-"
        } else {
            String::new()
        };
        let number = number.map_or_else(String::new, |number| format!("-{number}"));
        add(&format!("{time}{}{number}", self.execution));
        pieces.join("/")
    }

    /// Formats the time of the run in UTC, with the precision of the prefix format; to the day by default.
    fn time(&self, between: &str, before_hour: &str) -> String {
        let text = DateTime::from_millis(self.started_at).fmt(Format::DateTime);
        let text = text.unwrap_or_default();
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        let (year, month, day, hour, minute) = (
            part(0, 4),
            part(5, 7),
            part(8, 10),
            part(11, 13),
            part(14, 16),
        );
        let format = self
            .prefix
            .as_ref()
            .and_then(|it| it.prefix_format.as_ref());
        let pieces = match format {
            Some(PrefixFormat::Year) => 1,
            Some(PrefixFormat::Month) => 2,
            Some(PrefixFormat::Hour) => 4,
            Some(PrefixFormat::Minute) => 5,
            _ => 3,
        };
        let mut time = year.to_owned();
        let rest = [
            (between, month),
            (between, day),
            (before_hour, hour),
            (between, minute),
        ];
        for (separator, piece) in rest.into_iter().take(pieces - 1) {
            time.push_str(separator);
            time.push_str(piece);
        }
        time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_folders_that_differ_only_in_case_have_numbers_of_their_own() {
        let naming = Naming {
            bucket_prefix: None,
            flow: "f".to_owned(),
            execution: "id".to_owned(),
            schema_version: 1,
            started_at: 0,
            prefix: None,
        };
        let file = |folder: &str| Finished {
            folder: folder.to_owned(),
            path: folder.into(),
            records: 1,
        };
        let files = ["k=EU", "k=\u{c4}", "k=eu", "k=US", "k=\u{e4}"].map(file);
        let expected = [
            "f/k=EU/id-1",
            "f/k=\u{c4}/id-1",
            "f/k=eu/id-2",
            "f/k=US/id",
            "f/k=\u{e4}/id-2",
        ];
        assert_eq!(naming.keys(&files), expected);
    }

    #[test]
    fn keys_are_made_as_the_prefix_configuration_says() {
        let prefix =
            |kind: Option<PrefixType>, format: Option<PrefixFormat>, path: &[PathPrefix]| {
                PrefixConfig::builder()
                    .set_prefix_type(kind)
                    .set_prefix_format(format)
                    .set_path_prefix_hierarchy((!path.is_empty()).then(|| path.to_vec()))
                    .build()
            };
        let naming = |bucket_prefix: Option<&str>, prefix: Option<PrefixConfig>| Naming {
            bucket_prefix: bucket_prefix.map(str::to_owned),
            flow: "f".to_owned(),
            execution: "id".to_owned(),
            schema_version: 3,
            started_at: 1_767_259_800_000,
            prefix,
        };
        use PrefixFormat::{Day, Hour, Minute, Month, Year};
        use PrefixType::{Filename, Path, PathAndFilename};
        let table = [
            (None, None, "", "f/id"),
            (Some("/raw/"), None, "", "raw/f/id"),
            (
                None,
                Some(prefix(Some(Path), Some(Year), &[])),
                "",
                "f/2026/id",
            ),
            (
                None,
                Some(prefix(Some(Path), Some(Minute), &[])),
                "",
                "f/2026/01/01/09/30/id",
            ),
            (
                None,
                Some(prefix(Some(Filename), Some(Month), &[])),
                "",
                "f/2026-01-id",
            ),
            (
                None,
                Some(prefix(Some(Filename), Some(Minute), &[])),
                "",
                "f/2026-01-01T09-30-id",
            ),
            (
                None,
                Some(prefix(Some(PathAndFilename), Some(Hour), &[])),
                "k=v",
                "f/2026/01/01/09/k=v/2026-01-01T09-id",
            ),
            (
                None,
                Some(prefix(Some(Path), None, &[])),
                "",
                "f/2026/01/01/id",
            ),
            (
                None,
                Some(prefix(
                    None,
                    Some(Day),
                    &[PathPrefix::SchemaVersion, PathPrefix::ExecutionId],
                )),
                "",
                "f/3/id/id",
            ),
        ];
        for (bucket_prefix, prefix, folder, expected) in table {
            assert_eq!(naming(bucket_prefix, prefix).key(folder, None), expected);
        }
    }
}
