//! Reads the bodies of requests, so that documents are compared by content: JSON, XML, CBOR and forms.

use super::request::without_zeros;
use crate::cbor_document;
use roxmltree::{Document, Node};
use serde_json::{Map, Value, json};

/// Returns the content of a body in hexadecimal digits, or the digits if its media type is none of these.
pub(super) fn content(media_type: &str, digits: &str) -> Value {
    let Ok(bytes) = hex::decode(digits) else {
        return json!(digits);
    };
    let known = match media_type {
        "application/cbor" => cbor_document::read(&bytes).ok(),
        "application/x-www-form-urlencoded" => form(&bytes),
        _ if bytes.starts_with(b"<") => xml(&bytes),
        _ => object(&bytes),
    };
    known.unwrap_or_else(|| json!(digits))
}

/// Returns JSON only if it is an object: other bodies are compared byte by byte.
fn object(bytes: &[u8]) -> Option<Value> {
    let object: Map<String, Value> = serde_json::from_slice(bytes).ok()?;
    Some(Value::Object(object))
}

/// Returns the parameters of a form. Neither their order has a meaning, nor which characters are encoded.
fn form(bytes: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut parameters: Vec<String> = text
        .split('&')
        .map(|parameter| Some(without_zeros(&decoded(parameter)?)))
        .collect::<Option<_>>()?;
    parameters.sort_unstable();
    Some(json!({ "form": parameters }))
}

fn decoded(parameter: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = parameter.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        rest = more;
        bytes.push(match first {
            b'+' => b' ',
            b'%' => {
                let (digits, more) = rest.split_at_checked(2)?;
                rest = more;
                u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?
            }
            other => *other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn xml(bytes: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(bytes).ok()?;
    let document = Document::parse(text).ok()?;
    Some(json!({ "xml": element(document.root_element()) }))
}

/// Returns an element: its qualified name, attributes in any order, and content in this order.
fn element(node: Node<'_, '_>) -> Value {
    let attributes = node.attributes().map(|attribute| {
        let name = format!(
            "{}#{}",
            attribute.namespace().unwrap_or_default(),
            attribute.name()
        );
        (name, json!(attribute.value()))
    });
    let attributes: Map<String, Value> = attributes.collect();
    let content: Vec<Value> = node
        .children()
        .filter_map(|child| match child.text() {
            Some(text) if child.is_text() => Some(json!(without_zeros(text))),
            _ if child.is_element() => Some(element(child)),
            _ => None,
        })
        .collect();
    json!({
        "name": node.tag_name().name(),
        "namespace": node.tag_name().namespace(),
        "attributes": attributes,
        "content": content,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(media_type: &str, body: &str) -> Value {
        content(media_type, &hex::encode(body))
    }

    #[test]
    fn documents_are_equal_if_their_content_is() {
        let form = "application/x-www-form-urlencoded";
        assert_eq!(of(form, "a=1&b=2"), of(form, "b=2&a=1"));
        assert_eq!(of(form, "a=%7E+"), of(form, "a=~%20"));
        assert_ne!(of(form, "a=1&b=2"), of(form, "a=1&b=3"));
        assert_eq!(of(form, "a=%2"), json!(hex::encode("a=%2")));
        let xml = |body| of("application/xml", body);
        assert_eq!(
            xml("<a x='1' y='2'>&quot;<b/></a>"),
            xml("<a y='2' x='1'>\"<b></b></a>")
        );
        assert_ne!(xml("<a><b/><c/></a>"), xml("<a><c/><b/></a>"));
        assert_ne!(xml("<a xmlns='u'/>"), xml("<a/>"));
        assert_eq!(of("", r#"{"a": 1}"#), of("", r#"{"a":1}"#));
        assert_ne!(of("", "[1]"), of("", "[ 1]"));
    }
}
