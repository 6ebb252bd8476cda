//! Partition: the folders of a record, by the values of its fields.

use super::{names, property};
use crate::runs::cell::{Cell, Row};
use appflow_sdk::types::{OperatorPropertiesKeys, Task};
use std::fmt::Write;

/// What stands for no value, as Hive and all who read its folders know it.
const NOTHING: &str = "__HIVE_DEFAULT_PARTITION__";
/// The longest value in a path, in bytes: names of files end at 255.
const LONGEST: usize = 180;

/// Returns the keys of a partition task.
pub(crate) fn keys(task: &Task) -> Vec<String> {
    match property(task, OperatorPropertiesKeys::OrderedPartitionKeysList) {
        Some(list) => names(list),
        None => task.source_fields.clone(),
    }
}

/// Returns the folders of a record: `key=value/…`, as Hive has them. Values are those of the destination, or of the source
/// where a field is not mapped.
pub(crate) fn path(keys: &[String], mapped: &Row, source: &Row) -> String {
    let mut path = String::new();
    for key in keys {
        let cell = mapped.get(key).or_else(|| source.get(key));
        let cell = cell.filter(|cell| !cell.is_nothing());
        let value = cell.map_or(NOTHING.into(), Cell::text);
        if !path.is_empty() {
            path.push('/');
        }
        escape(key, &mut path);
        path.push('=');
        escape(&value, &mut path);
    }
    path
}

/// Percent-encodes what has a meaning in paths or is hard to type.
fn escape(text: &str, out: &mut String) {
    let start = out.len();
    for character in text.chars() {
        if out.len() - start > LONGEST {
            return;
        }
        match character {
            '/' | '\\' | '=' | '%' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\'' => {
                let _ = write!(out, "%{:02X}", u32::from(character));
            }
            control if control.is_control() => {
                let mut buffer = [0; 4];
                for byte in control.encode_utf8(&mut buffer).bytes() {
                    let _ = write!(out, "%{byte:02X}");
                }
            }
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_hive_and_lead_nowhere_else() {
        let row = |value: &str| Row(vec![("k".into(), Cell::Text(value.to_owned()))]);
        let table = [
            ("EU", "k=EU"),
            ("", "k=__HIVE_DEFAULT_PARTITION__"),
            ("../../etc", "k=..%2F..%2Fetc"),
            ("a=b%c", "k=a%3Db%25c"),
            ("\u{0}\n", "k=%00%0A"),
        ];
        for (value, expected) in table {
            assert_eq!(
                path(&["k".to_owned()], &row(value), &Row::default()),
                expected
            );
        }
    }
}
