//! The bytes of one profile file in, its sections as they stand there out. What a section means is not decided here.

const WHITESPACE: [char; 2] = [' ', '\t'];
const COMMENT: [char; 2] = ['#', ';'];

/// A section as it stands in the file.
#[derive(Debug)]
pub(super) struct RawSection<'a> {
    /// What stands between the brackets, trimmed.
    pub(super) header: &'a str,
    pub(super) line: usize,
    pub(super) properties: Vec<RawProperty>,
    /// The first line that cannot be read.
    pub(super) damage: Option<(usize, Problem)>,
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
pub(super) type Problem = &'static str;

/// A file as it stands there.
#[derive(Debug, Default)]
pub(super) struct RawFile<'a> {
    pub(super) sections: Vec<RawSection<'a>>,
    /// Lines before the first section that cannot be read.
    pub(super) damage: Vec<(usize, Problem)>,
}

/// Splits a file into sections. A line that cannot be read damages the section that it stands in, and no other.
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

/// Adds a line that is not UTF-8. In a comment that is no matter; a section of such a name is nobody's.
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

/// Returns what stands between the brackets, and what is wrong with the line; `rest` begins after the first bracket. A
/// header without its end still says whose section is damaged.
fn section_header(rest: &str) -> (&str, Option<Problem>) {
    let Some((header, after)) = rest.split_once(']') else {
        let header = without_comment(rest).trim_matches(WHITESPACE);
        return (header, Some("a section has to end with `]`"));
    };
    let after = after.trim_matches(WHITESPACE);
    let is_clean = after.is_empty() || after.starts_with(COMMENT);
    let problem = "something other than a comment follows the `]` of a section";
    (
        header.trim_matches(WHITESPACE),
        (!is_clean).then_some(problem),
    )
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
