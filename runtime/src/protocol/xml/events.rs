//! [`Events`]: the start tags, texts and end tags of a document, in order.

use super::local;
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesStart, Event as Raw};
use std::borrow::Cow;

/// The maximum nesting depth of elements, as in the JSON reader.
const MAX_DEPTH: usize = 128;

/// A reader of a document, which can be cloned to read a part twice.
#[derive(Clone)]
pub(super) struct Events<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    has_root: bool,
}

/// A part of a document that is relevant.
pub(super) enum Event<'a> {
    Start(Tag<'a>),
    Text(Cow<'a, str>),
    End,
    /// The end of the document, after its root.
    Whole,
}

/// The start tag of an element.
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// Returns the name, without the prefix of its namespace.
    pub(super) fn name(&self) -> &str {
        local(self.0.name().0)
    }

    /// Returns the name with its prefix.
    #[cfg(feature = "test-util")]
    pub(super) fn qualified_name(&self) -> &str {
        self.0.name().0
    }

    /// Returns the names and values of all attributes, sorted, or `None` if one is invalid.
    #[cfg(feature = "test-util")]
    pub(super) fn attributes(&self) -> Option<Vec<(String, String)>> {
        let attributes = self.0.attributes().map(|attribute| {
            let attribute = attribute.ok()?;
            let value = unescaped(&attribute.value).ok()?;
            Some((attribute.key.0.to_owned(), value))
        });
        let mut attributes: Vec<_> = attributes.collect::<Option<_>>()?;
        attributes.sort();
        Some(attributes)
    }

    /// Returns the value of an attribute, whose name is compared without the prefix of its namespace.
    pub(super) fn attribute(&self, name: &str) -> Result<Option<String>, String> {
        for attribute in self.0.attributes() {
            let attribute = attribute.map_err(|_| "invalid attribute".to_owned())?;
            let key = attribute.key.0;
            let declares = key == "xmlns" || key.starts_with("xmlns:");
            if !declares && local(key) == local(name) {
                return unescaped(&attribute.value).map(Some);
            }
        }
        Ok(None)
    }
}

impl<'a> Events<'a> {
    pub(super) fn of(document: &'a str) -> Self {
        let document = document.strip_prefix('\u{feff}').unwrap_or(document);
        let mut reader = Reader::from_str(document);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            depth: 0,
            has_root: false,
        }
    }

    /// Returns the number of open elements.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Returns the next part.
    ///
    /// # Errors
    ///
    /// Returns a description of the fault, without any text of the document.
    pub(super) fn next(&mut self) -> Result<Event<'a>, String> {
        loop {
            let event = self.reader.read_event();
            match event.map_err(|error| self.fault(&error))? {
                Raw::Start(tag) => return self.start(tag),
                Raw::End(_) => {
                    self.depth -= 1;
                    return Ok(Event::End);
                }
                Raw::Text(text) if self.depth == 0 => {
                    if !text.xml10_content().trim().is_empty() {
                        return Err("invalid XML: text outside of the root element".to_owned());
                    }
                }
                Raw::Text(text) => return Ok(Event::Text(text.xml10_content())),
                Raw::CData(text) if self.depth > 0 => return Ok(Event::Text(text.xml10_content())),
                Raw::GeneralRef(reference) if self.depth > 0 => {
                    let character = resolved(&reference.into_inner())?;
                    return Ok(Event::Text(Cow::Owned(character.to_string())));
                }
                Raw::CData(_) | Raw::GeneralRef(_) => {
                    return Err("invalid XML: text outside of the root element".to_owned());
                }
                Raw::DocType(_) => {
                    return Err(
                        "invalid XML: document type declarations are not supported".to_owned()
                    );
                }
                Raw::Eof if self.depth > 0 => {
                    return Err("invalid XML: the document is incomplete".to_owned());
                }
                Raw::Eof if !self.has_root => {
                    return Err("invalid XML: no root element".to_owned());
                }
                Raw::Eof => return Ok(Event::Whole),
                Raw::Decl(_) | Raw::PI(_) | Raw::Comment(_) | Raw::Empty(_) => {}
            }
        }
    }

    fn start(&mut self, tag: BytesStart<'a>) -> Result<Event<'a>, String> {
        if self.depth == 0 && self.has_root {
            return Err("invalid XML: a second root element".to_owned());
        }
        if self.depth == MAX_DEPTH {
            return Err(format!(
                "invalid XML: more than {MAX_DEPTH} nested elements"
            ));
        }
        self.has_root = true;
        self.depth += 1;
        Ok(Event::Start(Tag(tag)))
    }

    /// Describes a fault. The messages of the parser contain parts of the document.
    fn fault(&self, error: &Error) -> String {
        let what = match error {
            Error::Syntax(error) => return format!("invalid XML: {error}"),
            Error::IllFormed(
                IllFormedError::MismatchedEndTag { .. } | IllFormedError::UnmatchedEndTag(_),
            ) => "mismatched end tag",
            Error::IllFormed(IllFormedError::UnclosedReference) => "an unescaped `&`",
            _ => "not well-formed",
        };
        format!(
            "invalid XML: {what} at byte {}",
            self.reader.error_position()
        )
    }

    /// Returns the start tag of the root.
    pub(super) fn root(&mut self) -> Result<Tag<'a>, String> {
        loop {
            match self.next()? {
                Event::Start(tag) => return Ok(tag),
                Event::Whole => return Err("invalid XML: no root element".to_owned()),
                Event::Text(_) | Event::End => {}
            }
        }
    }

    /// Returns the next child of the open element, or `None` at its end.
    pub(super) fn child(&mut self) -> Result<Option<Tag<'a>>, String> {
        loop {
            match self.next()? {
                Event::Start(tag) => return Ok(Some(tag)),
                Event::End | Event::Whole => return Ok(None),
                Event::Text(_) => {}
            }
        }
    }

    /// Reads until this number of elements are open.
    pub(super) fn close_to(&mut self, depth: usize) -> Result<(), String> {
        while self.depth > depth {
            self.next()?;
        }
        Ok(())
    }

    /// Reads the text of the open element, and its end.
    pub(super) fn text(&mut self) -> Result<Cow<'a, str>, String> {
        let mut text = Cow::Borrowed("");
        loop {
            match self.next()? {
                Event::Text(more) if text.is_empty() => text = more,
                Event::Text(more) => text.to_mut().push_str(&more),
                Event::End | Event::Whole => return Ok(text),
                Event::Start(_) => return Err("an element, expected text".to_owned()),
            }
        }
    }

    /// Reads the rest of the document after the root.
    pub(super) fn finish(&mut self) -> Result<(), String> {
        self.close_to(0)?;
        self.next().map(drop)
    }
}

/// Returns the name of the root of a document, without reading further.
pub(in crate::protocol) fn root_name(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let root = Events::of(&text).root().ok()?;
    Some(root.name().to_owned())
}

/// Resolves a reference, which is the number of a character or one of the five names that XML defines. Numbers that are
/// not characters in XML 1.0 are read too, because object keys of S3 contain them.
fn resolved(name: &str) -> Result<char, String> {
    let number = |digits: &str, radix| {
        let number = u32::from_str_radix(digits, radix).ok();
        number.and_then(char::from_u32)
    };
    let found = match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => name
            .strip_prefix('#')
            .and_then(|digits| match digits.strip_prefix('x') {
                Some(digits) => number(digits, 16),
                None => number(digits, 10),
            }),
    };
    found.ok_or_else(|| "invalid XML: an unknown entity".to_owned())
}

/// Returns the value of an attribute, with references resolved, and with each whitespace character as a space.
fn unescaped(raw: &str) -> Result<String, String> {
    let mut text = String::with_capacity(raw.len());
    let mut pieces = raw.split('&');
    let plain = |text: &mut String, piece: &str| {
        let spaced = piece.replace("\r\n", " ");
        text.extend(spaced.chars().map(|c| match c {
            '\t' | '\n' | '\r' => ' ',
            c => c,
        }));
    };
    plain(&mut text, pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) = piece
            .split_once(';')
            .ok_or_else(|| "invalid XML: an unescaped `&`".to_owned())?;
        text.push(resolved(name)?);
        plain(&mut text, rest);
    }
    Ok(text)
}
