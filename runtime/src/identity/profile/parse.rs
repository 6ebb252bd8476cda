//! Parses a profile file into its raw sections. The meaning of a section is determined elsewhere.

const WHITESPACE: [char; 2] = [' ', '\t'];
const COMMENT: [char; 2] = ['#', ';'];

/// A section of the file, before interpretation.
#[derive(Debug)]
pub(super) struct RawSection<'a> {
    /// The text between the brackets, trimmed.
    pub(super) header: &'a str,
    pub(super) line: usize,
    pub(super) properties: Vec<RawProperty>,
    /// The first line that cannot be read.
    pub(super) damage: Option<(usize, Problem)>,
}

/// A property of the file, before interpretation. Its name is in lower case.
pub(super) struct RawProperty {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) line: usize,
    /// The `name`, `value` and line of each nested property.
    pub(super) nested: Vec<(String, String, usize)>,
    /// The indentation of the line: a line that is indented further continues it.
    indent: usize,
}

impl std::fmt::Debug for RawProperty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} at line {}", self.name, self.line)
    }
}

/// The reason why a line is malformed.
pub(super) type Problem = &'static str;

/// The parsed file, before interpretation.
#[derive(Debug, Default)]
pub(super) struct RawFile<'a> {
    pub(super) sections: Vec<RawSection<'a>>,
    /// Lines before the first section that cannot be read.
    pub(super) damage: Vec<(usize, Problem)>,
}

/// Splits a file into sections. A line that cannot be read damages its own section, and no other.
pub(super) fn parse(bytes: &[u8]) -> RawFile<'_> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut file = RawFile::default();
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let added = match std::str::from_utf8(line) {
            Ok(line) => add_line(&mut file.sections, line, index + 1),
            Err(_) => add_unreadable(&mut file.sections, line, index + 1),
        };
        let Err(problem) = added else { continue };
        match file.sections.last_mut() {
            Some(section) => {
                section.damage.get_or_insert((index + 1, problem));
            }
            None => file.damage.push((index + 1, problem)),
        }
    }
    file
}

/// Adds a line that is not UTF-8. In a comment it is ignored; a section with such a name belongs to no profile.
fn add_unreadable(
    sections: &mut Vec<RawSection<'_>>,
    line: &[u8],
    number: usize,
) -> Result<(), Problem> {
    match line.trim_ascii_start().first() {
        Some(b'#' | b';') => return Ok(()),
        Some(b'[') => sections.push(RawSection {
            header: "",
            line: number,
            properties: Vec::new(),
            damage: None,
        }),
        _ => {}
    }
    Err("not UTF-8")
}

fn add_line<'a>(
    sections: &mut Vec<RawSection<'a>>,
    line: &'a str,
    number: usize,
) -> Result<(), Problem> {
    let content = line.trim_matches(WHITESPACE);
    // The guide defines only comment lines without indentation, and reads an indented one as part of the value above
    // it. That is never intended, and the AWS CLI does not do it.
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
        let (header, problem) = section_header(rest);
        sections.push(RawSection {
            header,
            line: number,
            properties: Vec::new(),
            damage: None,
        });
        return problem.map_or(Ok(()), Err);
    }
    let section = sections
        .last_mut()
        .ok_or("property before the first [section]")?;
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

/// Adds an indented line. Below an empty value it is a nested property; below any other it continues the value, comment
/// signs included.
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

/// Returns the text between the brackets, and the fault of the line; `rest` begins after the first bracket. A header
/// without its end still identifies the damaged section.
fn section_header(rest: &str) -> (&str, Option<Problem>) {
    let Some((header, after)) = rest.split_once(']') else {
        let header = without_comment(rest).trim_matches(WHITESPACE);
        return (header, Some("missing `]` of a section"));
    };
    let after = after.trim_matches(WHITESPACE);
    let is_clean = after.is_empty() || after.starts_with(COMMENT);
    let problem = "unexpected text after the `]` of a section";
    (
        header.trim_matches(WHITESPACE),
        (!is_clean).then_some(problem),
    )
}

fn property(content: &str) -> Result<(String, String), Problem> {
    let content = without_comment(content);
    let (name, value) = content
        .split_once('=')
        .ok_or("expected [section] or `name = value`")?;
    let name = name.trim_matches(WHITESPACE);
    if name.is_empty() {
        return Err("property without a name");
    }
    let value = value.trim_matches(WHITESPACE);
    Ok((name.to_ascii_lowercase(), value.to_owned()))
}

/// Removes a comment, which begins at a comment sign after white space: values may contain the sign itself.
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
