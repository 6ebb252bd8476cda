//! Reads error documents: the code, the message and the request id, even if the rest of a document is invalid or
//! incomplete.

use super::events::{Event, Events};
use super::read::Reader;
use crate::protocol::ErrorDocument;
use crate::protocol::document_error::foreign;
use crate::value::shape::Structure;
use bytes::Bytes;
use http::HeaderMap;

/// Reads `<ErrorResponse><Error>`, `<Response><Errors><Error>` and the root `<Error>`. A root of another name that
/// contains a request id, such as Route 53's `<InvalidChangeBatch>`, is an error of that name.
pub(in crate::protocol) fn read_error(headers: &HeaderMap, body: &Bytes) -> ErrorDocument {
    let text = String::from_utf8_lossy(body);
    let mut found = Found::default();
    found.read(&mut Events::of(&text));
    let code = found.code.or(match found.has_error {
        false => found.root.filter(|_| found.request_id.is_some()),
        true => None,
    });
    let is_known = code.is_some();
    ErrorDocument {
        code,
        query_code: None,
        message: found.message.or_else(|| foreign(headers, body, is_known)),
        request_id: found.request_id,
    }
}

/// The parts of a document that were found.
#[derive(Default)]
struct Found {
    root: Option<String>,
    has_error: bool,
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
}

impl Found {
    /// Reads until the document ends or is invalid.
    fn read(&mut self, events: &mut Events<'_>) {
        let mut path: Vec<String> = Vec::new();
        let mut text = String::new();
        while let Ok(event) = events.next() {
            match event {
                Event::Start(tag) => {
                    path.push(tag.name().to_owned());
                    text.clear();
                    let names: Vec<&str> = path.iter().map(String::as_str).collect();
                    self.has_error |= is_error(&names);
                    if path.len() == 1 {
                        self.root = path.first().cloned();
                    }
                }
                Event::Text(more) => text.push_str(&more),
                Event::End => {
                    self.note(&path, &text);
                    path.pop();
                    text.clear();
                }
                Event::Whole => return,
            }
        }
    }

    fn note(&mut self, path: &[String], text: &str) {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        let Some((name, outer)) = names.split_last() else {
            return;
        };
        let (place, text) = match *name {
            "Code" | "code" if is_error(outer) => (&mut self.code, text.trim()),
            // The text of a message is that of its member, which is not trimmed either.
            "Message" | "message" if is_error(outer) => (&mut self.message, text),
            "RequestId" | "RequestID" | "requestId" if is_error(outer) || outer.len() == 1 => {
                (&mut self.request_id, text.trim())
            }
            _ => return,
        };
        if !text.is_empty() {
            place.get_or_insert_with(|| text.to_owned());
        }
    }
}

/// Returns `true` if elements of these names, beginning with the root, are an error.
fn is_error(path: &[&str]) -> bool {
    matches!(path, ["Error"] | [_, "Error"] | [_, "Errors", "Error"])
}

/// Reads the members of an error shape. A member that cannot be read is absent.
pub(in crate::protocol) fn read_error_members(body: &Bytes, error: &mut dyn Structure) {
    let text = String::from_utf8_lossy(body);
    let mut reader = Reader::of(&text).tolerant();
    // A fault of the document does not affect the members that were read before it.
    let _ = read_members(&mut reader, error);
}

fn read_members(reader: &mut Reader<'_>, error: &mut dyn Structure) -> Result<(), String> {
    let root = reader.events().root()?;
    let start = reader.events().clone();
    let mut path = vec![root.name().to_owned()];
    loop {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        if names == ["Error"] {
            break;
        }
        match reader.events().next() {
            Ok(Event::Start(tag)) => {
                path.push(tag.name().to_owned());
                let names: Vec<&str> = path.iter().map(String::as_str).collect();
                if is_error(&names) {
                    return reader.structure(&tag, error).map_err(|fault| fault.reason);
                }
            }
            Ok(Event::End) => drop(path.pop()),
            Ok(Event::Text(_)) => {}
            Ok(Event::Whole) | Err(_) => break,
        }
    }
    *reader.events() = start;
    reader.structure(&root, error).map_err(|fault| fault.reason)
}
