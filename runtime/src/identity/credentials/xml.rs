//! Reads the text of an element from an XML document.
//!
//! The responses of STS are XML, of which a few texts are needed. Namespaces and attributes are ignored; predefined
//! entities and character references are decoded. These responses use no other features of XML.

use std::borrow::Cow;

/// Returns the text of the first element whose names end with this path, from the outside in; `None` if there is none,
/// or the document is malformed before its end.
pub(super) fn text_at(document: &str, path: &[&str]) -> Option<String> {
    let mut reader = Reader {
        rest: document,
        empty: None,
    };
    let mut open: Vec<&str> = Vec::new();
    let mut text = String::new();
    while let Some(event) = reader.next() {
        match event {
            Event::Start(name) => open.push(name),
            Event::End(name) if open.last() != Some(&name) => return None,
            Event::End(_) if open.ends_with(path) => return Some(text),
            Event::End(_) => drop(open.pop()),
            Event::Text(piece) if open.ends_with(path) => text.push_str(&piece),
            Event::Text(_) | Event::Other => {}
        }
    }
    None
}

enum Event<'a> {
    Start(&'a str),
    End(&'a str),
    Text(Cow<'a, str>),
    /// A comment, a processing instruction or a declaration.
    Other,
}

struct Reader<'a> {
    rest: &'a str,
    /// The empty element that has started and ends next.
    empty: Option<&'a str>,
}

impl<'a> Reader<'a> {
    /// Returns the next event; `None` at the end, or if the document is malformed.
    fn next(&mut self) -> Option<Event<'a>> {
        if let Some(name) = self.empty.take() {
            return Some(Event::End(name));
        }
        if !self.rest.starts_with('<') {
            let end = self.rest.find('<').unwrap_or(self.rest.len());
            let text = self.take(end).filter(|text| !text.is_empty())?;
            return Some(Event::Text(decoded(text)?));
        }
        for (start, end) in [("<!--", "-->"), ("<?", "?>")] {
            if self.rest.starts_with(start) {
                self.take(self.rest.find(end)? + end.len())?;
                return Some(Event::Other);
            }
        }
        if let Some(inner) = self.rest.strip_prefix("<![CDATA[") {
            let (text, rest) = inner.split_once("]]>")?;
            self.rest = rest;
            return Some(Event::Text(text.into()));
        }
        self.tag()
    }

    fn tag(&mut self) -> Option<Event<'a>> {
        let tag = self.take(length_of_tag(self.rest)?)?;
        let inner = tag.strip_prefix('<')?.strip_suffix('>')?;
        if inner.starts_with('!') {
            return Some(Event::Other);
        }
        if let Some(name) = inner.strip_prefix('/') {
            return Some(Event::End(local_name(name)));
        }
        let name = local_name(inner);
        if inner.ends_with('/') {
            self.empty = Some(name);
        }
        Some(Event::Start(name))
    }

    fn take(&mut self, length: usize) -> Option<&'a str> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }
}

/// Returns the length up to the `>` that is not in an attribute value.
fn length_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (index, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, '>') => return Some(index + 1),
            _ => {}
        }
    }
    None
}

/// Returns the name of a tag, without its namespace prefix.
fn local_name(tag: &str) -> &str {
    let end = tag.find(|c: char| c.is_ascii_whitespace() || c == '/');
    let name = tag.get(..end.unwrap_or(tag.len())).unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default()
}

/// Resolves the references of a text; returns `None` for one that XML does not define.
fn decoded(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('&') {
        return Some(text.into());
    }
    let mut pieces = text.split('&');
    let mut decoded = pieces.next()?.to_owned();
    for piece in pieces {
        let (reference, after) = piece.split_once(';')?;
        decoded.push(match reference {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            number => character(number.strip_prefix('#')?)?,
        });
        decoded.push_str(after);
    }
    Some(decoded.into())
}

fn character(number: &str) -> Option<char> {
    let code = match number.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_path_in_any_document() {
        for (document, expected) in [
            ("<A><B>x</B></A>", Some("x")),
            (
                "<?xml version='1.0'?>\n<!DOCTYPE A>\n<A>\n  <B>x</B>\n</A>\n",
                Some("x"),
            ),
            ("<s:A xmlns:s='u'><s:B a=\"1>2\">x</s:B></s:A>", Some("x")),
            ("<A><C><B>y</B></C><B>x</B></A>", Some("x")),
            ("<R><A><B/></A></R>", Some("")),
            ("<A><B a='b' /></A>", Some("")),
            (
                "<A><B>a<!-- <B>no</B> -->b<![CDATA[<&>]]></B></A>",
                Some("ab<&>"),
            ),
            (
                "<A><B>&lt;&amp;&#43;&#x2F;&quot;&apos;&gt;</B></A>",
                Some("<&+/\"'>"),
            ),
            ("<A><B>x<C>y</C>z</B></A>", Some("xz")),
            ("<A><B>first</B><B>second</B></A>", Some("first")),
            ("<A></A>", None),
            ("<A><B>x", None),
            ("<A><B>x</A></B>", None),
            ("<A><B>&unknown;</B></A>", None),
            ("<A><B>&#xD800;</B></A>", None),
            ("no XML", None),
            ("", None),
            ("<", None),
            ("<é", None),
        ] {
            let found = text_at(document, &["A", "B"]);
            assert_eq!(found.as_deref(), expected, "{document}");
        }
    }
}
