//! [`parse_url`]: the function `parseURL` of the rules language, which returns the parts of a URL.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The parts of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url<'a> {
    /// The scheme: `http` or `https`.
    pub scheme: &'a str,
    /// The host, and the port if there is one.
    pub authority: &'a str,
    /// The path without a trailing slash, which is empty for the root.
    pub path: &'a str,
    /// The path with a slash at its beginning and its end.
    pub normalized_path: String,
    /// `true` if the host is an IP address.
    pub is_ip: bool,
}

/// Parses a URL. Returns `None` if it is invalid, has another scheme, or has a query or fragment.
pub fn parse_url(text: &str) -> Option<Url<'_>> {
    let uri: http::Uri = text.parse().ok()?;
    let (scheme, rest) = text.split_once("://")?;
    if !matches!(scheme, "http" | "https") || text.contains(['?', '#']) {
        return None;
    }
    let (authority, path) = match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, ""),
    };
    let host = uri.host()?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let trimmed = path.trim_end_matches('/');
    Some(Url {
        scheme,
        authority,
        path: trimmed,
        normalized_path: format!("{trimmed}/"),
        is_ip: bare.parse::<Ipv4Addr>().is_ok() || bare.parse::<Ipv6Addr>().is_ok(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_parsed_and_invalid_ones_are_rejected() {
        let table = [
            (
                "https://example.com",
                "https",
                "example.com",
                "",
                "/",
                false,
            ),
            (
                "http://example.com:80/a/b",
                "http",
                "example.com:80",
                "/a/b",
                "/a/b/",
                false,
            ),
            ("https://127.0.0.1/", "https", "127.0.0.1", "", "/", true),
            ("https://[::1]:8443", "https", "[::1]:8443", "", "/", true),
        ];
        for (text, scheme, authority, path, normalized, is_ip) in table {
            let url = parse_url(text).unwrap();
            assert_eq!((url.scheme, url.authority), (scheme, authority), "{text}");
            assert_eq!(
                (url.path, url.normalized_path.as_str()),
                (path, normalized),
                "{text}"
            );
            assert_eq!(url.is_ip, is_ip, "{text}");
        }
        for text in [
            "",
            "example.com",
            "ftp://x",
            "https://x?y=z",
            "https://x#y",
            "https://",
            "not a url",
        ] {
            assert_eq!(parse_url(text), None, "{text}");
        }
    }
}
