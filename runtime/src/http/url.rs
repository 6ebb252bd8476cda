//! [`Url`]: a URL in the form in which it is signed and sent.
//!
//! reqwest parses every URL by the WHATWG URL Standard, which rewrites hosts, ports, paths and queries. A request that
//! is signed before that could differ from the request that is sent. Every URL is therefore normalized to a form that
//! the standard does not change, or rejected, before it is signed.

mod host;
mod redacted;

pub(crate) use host::is_host_label;
pub(crate) use redacted::{UrlText, redacted};

use http::Uri;
use http::uri::PathAndQuery;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::borrow::Cow;
use std::fmt;

/// The percent-encode set for paths: it keeps the `pchar` of RFC 3986, slashes, and existing escapes.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/')
    .remove(b'%');
/// The percent-encode set for queries: it keeps the same characters and `?`, but not the apostrophe, which the URL
/// Standard encodes there.
const QUERY: &AsciiSet = &PATH.add(b'\'').remove(b'?');

/// The maximum length of a URL, which is that of [`Uri`]. The path and query of a [`Uri`] had no limit before http 1.5.0.
const MAX_LENGTH: usize = u16::MAX as usize - 1;

/// An absolute `http` or `https` URL in the form in which it is signed and sent: the host is in lower case, the default
/// port and user information are left out, no path segment is one that URL parsers resolve, and every character that
/// requires it is percent-encoded.
///
/// Neither `Display` nor `Debug` shows the query, which may contain a secret.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Url(Uri);

/// The error type of a text or URI that is not a valid URL. It never shows the URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UrlError {
    #[error("invalid character")]
    Character,
    #[error("expected http:// or https://")]
    Scheme,
    #[error("missing host")]
    NoHost,
    #[error("a user name or password is not allowed")]
    User,
    #[error("invalid host")]
    Host,
    #[error("invalid host: an IPv4 address is four decimal numbers without leading zeros")]
    Ipv4,
    #[error("invalid host: a label is longer than 63 or the whole is longer than 253 characters")]
    HostLength,
    #[error("invalid port")]
    Port,
    #[error("the path segments `.` and `..` are not allowed, percent-encoded or not")]
    DotSegment,
}

impl Url {
    /// Parses a URL and normalizes it to the form in which it is sent.
    pub(crate) fn parse(text: &str) -> Result<Self, UrlError> {
        let uri: Uri = text.parse().map_err(|_| reason_in(text))?;
        Self::try_from(uri)
    }

    /// Returns the scheme: `http` or `https`.
    pub(crate) fn scheme(&self) -> &str {
        self.0.scheme_str().unwrap_or_default()
    }

    /// Returns the host, and the port unless it is the default port of the scheme.
    pub(crate) fn authority(&self) -> &str {
        self.0
            .authority()
            .map_or("", |authority| authority.as_str())
    }

    /// Returns the host.
    pub(crate) fn host(&self) -> &str {
        self.0.host().unwrap_or_default()
    }

    /// Returns the port, or the default port of the scheme.
    pub(crate) fn port(&self) -> u16 {
        let own = own_port(self.scheme());
        self.0.port_u16().or(own).unwrap_or_default()
    }

    /// Returns the path.
    pub(crate) fn path(&self) -> &str {
        self.0.path()
    }

    /// Returns the query.
    pub(crate) fn query(&self) -> Option<&str> {
        self.0.query()
    }

    /// Returns whether the host is an IP address.
    pub(crate) fn is_ip(&self) -> bool {
        host::is_ip(self.host())
    }

    /// Returns the scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        format!("{}://{}", self.scheme(), self.authority())
    }

    /// Returns the URL of another path and query on the same host.
    pub(crate) fn with_target(&self, target: &str) -> Result<Self, UrlError> {
        let given = self.target(target)?;
        let (path, query) = normal_target(given.path(), given.query())?;
        let is_unchanged = path == given.path() && query.as_deref() == given.query();
        let target = match is_unchanged {
            true => given,
            false => self.target(&joined("", &path, query.as_deref()))?,
        };
        let mut parts = self.0.clone().into_parts();
        parts.path_and_query = Some(target);
        let uri = Uri::from_parts(parts).map_err(|_| UrlError::Character)?;
        Ok(Self(uri))
    }

    /// Parses a path and query, which have the length limit of the whole URL.
    fn target(&self, text: &str) -> Result<PathAndQuery, UrlError> {
        let origin = self.scheme().len() + "://".len() + self.authority().len();
        match origin + text.len() > MAX_LENGTH {
            true => Err(UrlError::Character),
            false => text.parse().map_err(|_| UrlError::Character),
        }
    }

    /// Converts the URL to a URI.
    pub(crate) fn into_uri(self) -> Uri {
        self.0
    }
}

impl TryFrom<Uri> for Url {
    type Error = UrlError;

    fn try_from(uri: Uri) -> Result<Self, UrlError> {
        let scheme = uri.scheme_str().ok_or(UrlError::Scheme)?;
        let own_port = own_port(scheme).ok_or(UrlError::Scheme)?;
        let authority = uri.authority().ok_or(UrlError::NoHost)?.as_str();
        let authority = normal_authority(authority, own_port)?;
        let (path, query) = normal_target(uri.path(), uri.query())?;
        let is_unchanged = uri.authority().is_some_and(|own| own.as_str() == authority)
            && path == uri.path()
            && query.as_deref() == uri.query();
        if is_unchanged {
            return Ok(Self(uri));
        }
        let origin = [scheme, "://", &authority].concat();
        let text = joined(&origin, &path, query.as_deref());
        text.parse().map(Self).map_err(|_| UrlError::Character)
    }
}

/// Returns the path and query in the form in which they are sent. They must be compared with the originals:
/// `utf8_percent_encode` may return borrowed text for a single character that it has encoded.
fn normal_target<'a>(
    path: &'a str,
    query: Option<&'a str>,
) -> Result<(Cow<'a, str>, Option<Cow<'a, str>>), UrlError> {
    if path.split('/').any(is_dot_segment) {
        return Err(UrlError::DotSegment);
    }
    let query = query.map(|query| utf8_percent_encode(query, QUERY).into());
    Ok((utf8_percent_encode(path, PATH).into(), query))
}

fn joined(origin: &str, path: &str, query: Option<&str>) -> String {
    match query {
        Some(query) => [origin, path, "?", query].concat(),
        None => [origin, path].concat(),
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query = self.query().map_or("", |_| "?…");
        write!(f, "{}{}{query}", self.origin(), self.path())
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_string(), f)
    }
}

/// Returns whether URL parsers resolve this path segment, by the URL Standard, "single-dot" and "double-dot URL path
/// segment": percent-encoding the dots does not prevent that.
pub(crate) fn is_dot_segment(segment: &str) -> bool {
    let mut rest = segment;
    for dots in 0..=2 {
        if rest.is_empty() {
            return dots > 0;
        }
        let after = match rest.as_bytes() {
            [b'.', ..] => rest.get(1..),
            [b'%', b'2', b'e' | b'E', ..] => rest.get(3..),
            _ => None,
        };
        let Some(after) = after else { return false };
        rest = after;
    }
    false
}

fn own_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

/// Returns the host and port, without the default port of the scheme.
fn normal_authority(authority: &str, own_port: u16) -> Result<Cow<'_, str>, UrlError> {
    if authority.contains('@') {
        return Err(UrlError::User);
    }
    let end = match authority.rfind(']') {
        Some(bracket) => bracket + 1,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (name, port) = authority.split_at(end);
    let host = host::normal(name)?;
    let digits = match port.strip_prefix(':') {
        None if port.is_empty() => return Ok(host),
        Some("") => return Ok(host),
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits,
        _ => return Err(UrlError::Port),
    };
    let port: u16 = digits.parse().map_err(|_| UrlError::Port)?;
    Ok(match host {
        host if port == own_port => host,
        Cow::Borrowed(_) if !digits.starts_with('0') => authority.into(),
        host => format!("{host}:{port}").into(),
    })
}

/// Returns the reason why a text is not a URI, as far as it can be determined.
fn reason_in(text: &str) -> UrlError {
    let rest = text
        .split_once("://")
        .map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest));
    match rest {
        Some((scheme, rest)) if own_port(&scheme).is_some() => {
            let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
            match authority {
                "" => UrlError::NoHost,
                authority if authority.contains('@') => UrlError::User,
                authority if authority.starts_with(':') => UrlError::NoHost,
                _ => UrlError::Character,
            }
        }
        _ => UrlError::Scheme,
    }
}

#[cfg(test)]
mod tests;
