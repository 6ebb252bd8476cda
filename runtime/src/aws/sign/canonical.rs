//! Creates the canonical request of SigV4: the text whose hash is signed.

use crate::http::percent::{COMPONENT, PATH};
use http::header::{AUTHORIZATION, HOST, TRANSFER_ENCODING, USER_AGENT};
use http::{HeaderMap, HeaderName, Uri};
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

/// A canonical request, and the names of its signed headers.
pub(super) struct Canonical {
    pub(super) text: String,
    pub(super) signed_headers: String,
}

/// A header value that cannot be signed.
#[derive(Debug, thiserror::Error)]
#[error("header {0}: the value is not UTF-8")]
pub(super) struct NotUtf8(HeaderName);

pub(super) fn request(
    request: &http::request::Parts,
    payload_hash: &str,
    path_as_sent: bool,
) -> Result<Canonical, NotUtf8> {
    let mut text = String::with_capacity(512);
    text.push_str(request.method.as_str());
    text.push('\n');
    match path_as_sent {
        true => text.push_str(request.uri.path()),
        // Escapes in the path are encoded again, by the rules of all services except S3.
        false => text.extend(utf8_percent_encode(&normalized(request.uri.path()), PATH)),
    }
    text.push('\n');
    push_query(&mut text, request.uri.query().unwrap_or_default());
    text.push('\n');
    let signed_headers = push_headers(&mut text, &request.headers, &request.uri)?;
    text.push('\n');
    text.push_str(&signed_headers);
    text.push('\n');
    text.push_str(payload_hash);
    Ok(Canonical {
        text,
        signed_headers,
    })
}

/// Returns the path without empty segments, `.` and `..`.
fn normalized(path: &str) -> Cow<'_, str> {
    if path.starts_with('/') && !path.contains('.') && !path.contains("//") {
        return Cow::Borrowed(path);
    }
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    let mut normalized = format!("/{}", segments.join("/"));
    let is_folder = matches!(path.rsplit('/').next(), Some("" | "." | ".."));
    if is_folder && !normalized.ends_with('/') {
        normalized.push('/');
    }
    Cow::Owned(normalized)
}

/// Appends the parameters of the query, encoded again and sorted.
fn push_query(text: &mut String, query: &str) {
    let parameters = query.split('&').filter(|parameter| !parameter.is_empty());
    let mut parameters: Vec<(String, String)> = parameters
        .map(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            (reencoded(name), reencoded(value))
        })
        .collect();
    parameters.sort_unstable();
    for (index, (name, value)) in parameters.iter().enumerate() {
        if index > 0 {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        text.push_str(value);
    }
}

fn reencoded(text: &str) -> String {
    let text = text.replace('+', " ");
    let decoded = percent_decode_str(&text).decode_utf8_lossy();
    utf8_percent_encode(&decoded, COMPONENT).to_string()
}

/// Returns the names of the signed headers, sorted.
fn signed_names(headers: &HeaderMap) -> Vec<&HeaderName> {
    let mut names: Vec<&HeaderName> = headers.keys().filter(|name| is_signed(name)).collect();
    if !headers.contains_key(HOST) {
        names.push(&HOST);
    }
    names.sort_unstable_by_key(|name| name.as_str());
    names
}

/// Returns the names of the signed headers as a signature lists them.
#[cfg(feature = "presigning")]
pub(super) fn signed_headers(headers: &HeaderMap) -> String {
    let names = signed_names(headers).into_iter();
    names.map(HeaderName::as_str).collect::<Vec<_>>().join(";")
}

/// Appends the signed headers, sorted, one on each line. Returns their names.
fn push_headers(text: &mut String, headers: &HeaderMap, uri: &Uri) -> Result<String, NotUtf8> {
    let names = signed_names(headers);
    let mut signed = String::with_capacity(128);
    for name in names {
        text.push_str(name.as_str());
        text.push(':');
        push_values(text, headers, name, uri)?;
        text.push('\n');
        if !signed.is_empty() {
            signed.push(';');
        }
        signed.push_str(name.as_str());
    }
    Ok(signed)
}

/// Returns whether a header is signed: those that proxies modify, and those that the signature itself sets, are not.
fn is_signed(name: &HeaderName) -> bool {
    ![AUTHORIZATION, USER_AGENT, TRANSFER_ENCODING].contains(name) && name != "x-amzn-trace-id"
}

/// Appends the values of a header. The bytes that are signed are those that are sent: a value beyond ASCII is signed as
/// UTF-8.
fn push_values(
    text: &mut String,
    headers: &HeaderMap,
    name: &HeaderName,
    uri: &Uri,
) -> Result<(), NotUtf8> {
    if name == HOST && !headers.contains_key(HOST) {
        text.push_str(host(uri));
        return Ok(());
    }
    for (index, value) in headers.get_all(name).iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        let value = std::str::from_utf8(value.as_bytes());
        push_value(text, value.map_err(|_| NotUtf8(name.clone()))?);
    }
    Ok(())
}

/// Appends a value without surrounding spaces, and with each run of spaces as one.
fn push_value(text: &mut String, value: &str) {
    // Tabs at the ends are part of the line, not of the value, by RFC 9110, section 5.5.
    let value = value.trim_matches([' ', '\t']);
    let mut words = value.split(' ').filter(|word| !word.is_empty());
    text.push_str(words.next().unwrap_or_default());
    for word in words {
        text.push(' ');
        text.push_str(word);
    }
}

/// Returns the host as it is sent: without the default port of the scheme.
fn host(uri: &Uri) -> &str {
    let own_port = match uri.scheme_str() {
        Some("http") => Some(80),
        Some("https") => Some(443),
        _ => None,
    };
    match (uri.port_u16(), uri.authority()) {
        (Some(port), Some(authority)) if Some(port) != own_port => authority.as_str(),
        _ => uri.host().unwrap_or_default(),
    }
}
