//! Compares a serialized message with the expectation of a case, and collects all differences.

use super::Failed;
use super::case::{Case, RequestCase};
use crate::aws::endpoint::Endpoint;
use crate::protocol::RequestParts;
#[cfg(not(feature = "xml"))]
use crate::value::shape::Structure;
use http::HeaderMap;
use serde_json::Value;

/// The differences so far.
#[derive(Default)]
pub(super) struct Compared(Vec<String>);

impl Compared {
    fn equal(&mut self, what: &str, written: &str, expected: &str) {
        if written != expected {
            let text = format!("{what}: expected {expected:?}, found {written:?}");
            self.0.push(text);
        }
    }

    /// Compares method, path, query and host.
    pub(super) fn request(&mut self, case: &RequestCase, method: &str, parts: &RequestParts) {
        self.equal("the method", method, &case.method);
        let target = match &case.host {
            Some(host) => match self.address(case, host, parts) {
                Some(target) => target,
                None => return,
            },
            None => parts.target.clone(),
        };
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        self.equal("the path", path, &case.uri);
        let query: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
        let has_name = |name: &String| {
            let mut pairs = query.iter().map(|pair| pair.split('=').next());
            pairs.any(|known| known == Some(name))
        };
        // A parameter with an empty value may be written with or without its equals sign.
        let has_pair = |pair: &String| {
            let bare = pair.trim_end_matches('=');
            query
                .iter()
                .any(|known| known.trim_end_matches('=') == bare)
        };
        for pair in case.query.iter().filter(|pair| !has_pair(pair)) {
            self.0
                .push(format!("{pair} is missing in the query {query:?}"));
        }
        for name in case.require_query.iter().filter(|name| !has_name(name)) {
            self.0
                .push(format!("{name} is missing in the query {query:?}"));
        }
        for name in case.forbid_query.iter().filter(|name| has_name(name)) {
            self.0
                .push(format!("unexpected {name} in the query {query:?}"));
        }
    }

    /// Compares the host, and returns the path and query, after the path of the endpoint of the case.
    fn address(&mut self, case: &RequestCase, host: &str, parts: &RequestParts) -> Option<String> {
        let endpoint = Endpoint::custom(&format!("https://{host}"));
        let endpoint = endpoint.map_err(|error| self.0.push(error.to_string()));
        let address = endpoint.ok()?.address(&parts.host_prefix, &parts.target);
        let address = address
            .map_err(|error| self.0.push(error.to_string()))
            .ok()?;
        if let Some(resolved) = &case.resolved_host {
            let resolved = resolved.split('/').next().unwrap_or_default();
            let written = address
                .authority()
                .map_or("", |authority| authority.as_str());
            self.equal("the host", written, resolved);
        }
        let target = address.path_and_query()?;
        Some(target.as_str().to_owned())
    }

    /// Compares headers and body. `read_xml` returns the values of an XML body.
    pub(super) fn body(
        &mut self,
        case: &Case<RequestCase>,
        parts: &RequestParts,
        read_xml: &dyn Fn(&str) -> Option<Value>,
    ) {
        self.headers(case, &parts.headers);
        let Some(expected) = &case.body else { return };
        let written = String::from_utf8_lossy(&parts.body);
        let json = |text: &str| serde_json::from_str::<Value>(text).ok();
        let is_json = case.body_media_type.as_deref() == Some("application/json");
        let is_cbor = case.body_media_type.as_deref() == Some(CBOR);
        let same = is_json && json(&written).is_some() && json(&written) == json(expected)
            || is_xml(case.body_media_type.as_deref()) && same_xml(&written, expected, read_xml)
            || is_cbor && same_cbor(&parts.body, expected);
        if !same {
            self.equal("the body", &written, expected);
        }
    }

    fn headers(&mut self, case: &Case<RequestCase>, headers: &HeaderMap) {
        for (name, expected) in &case.headers {
            match headers.get(name).map(|value| value.to_str()) {
                Some(Ok(written)) if parts(written) == parts(expected) => {}
                Some(Ok(written)) => self.equal(&format!("the header {name}"), written, expected),
                _ => self.0.push(format!(
                    "the header {name} is missing: expected {expected:?}"
                )),
            }
        }
        for name in &case.require_headers {
            // The transport sets the length.
            if !headers.contains_key(name) && !name.eq_ignore_ascii_case("content-length") {
                self.0.push(format!("the header {name} is missing"));
            }
        }
        for name in case
            .forbid_headers
            .iter()
            .filter(|name| headers.contains_key(*name))
        {
            self.0.push(format!("unexpected header {name}"));
        }
    }

    pub(super) fn finish(self) -> Result<(), Failed> {
        match self.0.is_empty() {
            true => Ok(()),
            false => Err(Failed(self.0.join("\n"))),
        }
    }
}

/// The media type of bodies that cases contain in base64.
pub(super) const CBOR: &str = "application/cbor";

/// Compares a CBOR body with one in base64.
#[cfg(feature = "cbor")]
fn same_cbor(written: &[u8], expected: &str) -> bool {
    let expected = aws_smithy_types::base64::decode(expected);
    expected.is_ok_and(|expected| crate::value::codec::cbor::compare::same(written, &expected))
}

/// Returns `false`: builds without the CBOR protocol write no CBOR.
#[cfg(not(feature = "cbor"))]
fn same_cbor(_: &[u8], _: &str) -> bool {
    false
}

fn is_xml(media_type: Option<&str>) -> bool {
    media_type.is_some_and(|media_type| media_type.ends_with("xml"))
}

/// Compares two documents. The entries of maps may be in another order: with that, both have the same elements, and are
/// read as the same values.
#[cfg(feature = "xml")]
fn same_xml(written: &str, expected: &str, read: &dyn Fn(&str) -> Option<Value>) -> bool {
    use crate::protocol::xml::compare::{same, same_elements};
    let same_values = || read(written).is_some_and(|values| Some(values) == read(expected));
    same(written, expected) || same_elements(written, expected) && same_values()
}

#[cfg(feature = "xml")]
pub(super) use crate::protocol::xml::compare::read_body as read_xml_body;

/// Returns `None`: builds without the XML protocols read no XML.
#[cfg(not(feature = "xml"))]
pub(super) fn read_xml_body(_: &str, _: &mut dyn Structure) -> Option<()> {
    None
}

/// Returns `false`: builds without the XML protocols write no XML.
#[cfg(not(feature = "xml"))]
fn same_xml(_: &str, _: &str, _: &dyn Fn(&str) -> Option<Value>) -> bool {
    false
}

/// Returns the elements of a header list, regardless of their spacing.
fn parts(text: &str) -> Vec<&str> {
    text.split(',').map(str::trim).collect()
}
