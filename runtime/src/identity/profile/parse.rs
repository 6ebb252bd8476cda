//! The bytes of one profile file in, its sections as they stand there out. What a section means is not decided here.

use crate::identity::profile::ProfileError;
use std::path::Path;

const WHITESPACE: [char; 2] = [' ', '\t'];
const COMMENT: [char; 2] = ['#', ';'];

/// A section as it stands in the file.
#[derive(Debug)]
pub(super) struct RawSection<'a> {
    /// What stands between the brackets, trimmed.
    pub(super) header: &'a str,
    pub(super) line: usize,
    pub(super) properties: Vec<RawProperty>,
}

/// A property as it stands in the file; its name in lower case.
pub(super) struct RawProperty {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) line: usize,
    /// `name`, `value` and line of what is nested under it.
    pub(super) nested: Vec<(String, String, usize)>,
    /// How far the line is indented: a line that is indented further continues it.
    indent: usize,
}

impl std::fmt::Debug for RawProperty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} at line {}", self.name, self.line)
    }
}

/// Why a line is not what it should be.
type Problem = &'static str;

/// Splits a file into sections.
pub(super) fn parse<'a>(path: &Path, bytes: &'a [u8]) -> Result<Vec<RawSection<'a>>, ProfileError> {
    let text = decode(path, bytes)?;
    let mut sections = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        let number = index + 1;
        let line = line.strip_suffix('\r').unwrap_or(line);
        add_line(&mut sections, line, number).map_err(|problem| ProfileError::Malformed {
            path: path.to_owned(),
            line: number,
            problem,
        })?;
    }
    Ok(sections)
}

fn decode<'a>(path: &Path, bytes: &'a [u8]) -> Result<&'a str, ProfileError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.iter().take(error.valid_up_to());
        ProfileError::NotUtf8 {
            path: path.to_owned(),
            line: 1 + good.filter(|byte| **byte == b'\n').count(),
        }
    })
}

fn add_line<'a>(
    sections: &mut Vec<RawSection<'a>>,
    line: &'a str,
    number: usize,
) -> Result<(), Problem> {
    let content = line.trim_matches(WHITESPACE);
    // The guide knows comment lines without indentation only, and takes an indented one for a piece of the value
    // above it. Nobody means that, and the AWS CLI does not do it.
    if content.is_empty() || content.starts_with(COMMENT) {
        return Ok(());
    }
    let indent = line.len() - line.trim_start_matches(WHITESPACE).len();
    let section = sections.last_mut();
    if let Some(property) = section.and_then(|section| section.properties.last_mut())
        && indent > property.indent
    {
        return continue_property(property, content, number);
    }
    if let Some(rest) = content.strip_prefix('[') {
        sections.push(RawSection {
            header: section_header(rest)?,
            line: number,
            properties: Vec::new(),
        });
        return Ok(());
    }
    let section = sections
        .last_mut()
        .ok_or("a property stands before the first [section]")?;
    let (name, value) = property(content)?;
    section.properties.push(RawProperty {
        name,
        value,
        line: number,
        nested: Vec::new(),
        indent,
    });
    Ok(())
}

/// Below an empty value stand nested properties, below any other its continuation, comment signs included.
fn continue_property(
    parent: &mut RawProperty,
    content: &str,
    number: usize,
) -> Result<(), Problem> {
    if parent.value.is_empty() {
        let (name, value) = property(content)?;
        parent.nested.push((name, value, number));
    } else {
        parent.value.push('\n');
        parent.value.push_str(content);
    }
    Ok(())
}

/// What stands between the brackets; `rest` begins after the first one.
fn section_header(rest: &str) -> Result<&str, Problem> {
    let (header, after) = rest
        .split_once(']')
        .ok_or("a section has to end with `]`")?;
    let after = after.trim_matches(WHITESPACE);
    if after.is_empty() || after.starts_with(COMMENT) {
        Ok(header.trim_matches(WHITESPACE))
    } else {
        Err("something other than a comment follows the `]` of a section")
    }
}

fn property(content: &str) -> Result<(String, String), Problem> {
    let content = without_comment(content);
    let (name, value) = content
        .split_once('=')
        .ok_or("neither a [section] nor `name = value`")?;
    let name = name.trim_matches(WHITESPACE);
    if name.is_empty() {
        return Err("a property without a name");
    }
    let value = value.trim_matches(WHITESPACE);
    Ok((name.to_ascii_lowercase(), value.to_owned()))
}

/// A comment begins at a comment sign after white space: values may hold the sign itself.
fn without_comment(content: &str) -> &str {
    let mut after_whitespace = false;
    for (index, c) in content.char_indices() {
        if after_whitespace && COMMENT.contains(&c) {
            return content[..index].trim_end_matches(WHITESPACE);
        }
        after_whitespace = c.is_whitespace();
    }
    content
}
