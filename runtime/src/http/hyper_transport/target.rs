//! [`Target`]: the route of a request: the key of its connections, the proxy, and the form of the request.

use crate::http::Request;
use crate::http::proxy::{Proxies, Proxy};
use crate::http::url::Url;
use http::header::{HOST, PROXY_AUTHORIZATION};
use http::uri::{Authority, PathAndQuery};
use http::{HeaderValue, Uri, Version};

/// The key of the connections that can carry a request.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    kind: Kind,
    authority: Authority,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    /// HTTP to the host.
    Plain,
    /// HTTPS to the host, directly or through a tunnel: the proxy of a host does not change.
    Tls,
    /// HTTP to a proxy, for any host.
    Forward,
}

/// The route of a request.
pub(super) struct Target<'a> {
    pub(super) key: Key,
    pub(super) url: Url,
    pub(super) proxy: Option<&'a Proxy>,
}

/// The error type of a request that cannot be sent.
#[derive(Debug, thiserror::Error)]
pub(super) enum TargetError {
    #[error("invalid URL: {0}")]
    Url(#[from] crate::http::url::UrlError),
    #[error("invalid host")]
    Host,
}

impl<'a> Target<'a> {
    /// Returns the route of the request, and rewrites the request for that route.
    pub(super) fn of(request: &mut Request, proxies: &'a Proxies) -> Result<Self, TargetError> {
        let url = Url::try_from(std::mem::take(request.uri_mut()))?;
        let uri = url.clone().into_uri();
        let authority = uri.authority().cloned().ok_or(TargetError::Host)?;
        let proxy = proxies.of(url.scheme(), url.host(), url.port());
        *request.version_mut() = Version::HTTP_11;
        if !request.headers().contains_key(HOST) {
            let host = HeaderValue::try_from(authority.as_str()).map_err(|_| TargetError::Host)?;
            request.headers_mut().insert(HOST, host);
        }
        let key = match proxy {
            Some(proxy) if url.scheme() == "http" => {
                if let Some(value) = proxy.authorization() {
                    request.headers_mut().insert(PROXY_AUTHORIZATION, value);
                }
                *request.uri_mut() = uri;
                let proxy = proxy.url().clone().into_uri();
                Key {
                    kind: Kind::Forward,
                    authority: proxy.authority().cloned().ok_or(TargetError::Host)?,
                }
            }
            _ => {
                *request.uri_mut() = origin_form(uri.path_and_query());
                let kind = match url.scheme() {
                    "https" => Kind::Tls,
                    _ => Kind::Plain,
                };
                Key { kind, authority }
            }
        };
        Ok(Self { key, url, proxy })
    }

    /// Returns whether requests are sent to the proxy without a tunnel.
    pub(super) fn is_forward(&self) -> bool {
        self.key.kind == Kind::Forward
    }
}

fn origin_form(path: Option<&PathAndQuery>) -> Uri {
    let target = path.cloned().map(Uri::from).unwrap_or_default();
    match target.path() {
        // The path of `http://h#fragment` is empty, and was signed as `/`.
        "" => Uri::default(),
        _ => target,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Body;

    #[test]
    fn the_target_of_a_request_is_never_empty() {
        let proxies = Proxies::default();
        for (url, expected) in [
            ("http://h", "/"),
            ("http://h#f", "/"),
            ("http://h/#f", "/"),
            ("http://h?#f", "/?"),
            ("http://h?q#f", "/?q"),
            ("http://h/p#f", "/p"),
        ] {
            let mut request = Request::builder().uri(url).body(Body::empty()).unwrap();
            let target = Target::of(&mut request, &proxies);
            assert!(target.is_ok(), "{url}");
            assert_eq!(request.uri().to_string(), expected, "{url}");
        }
    }
}
