//! [`Proxies`]: the proxies of a transport, from variables or from a URL.

mod no_proxy;

use crate::http::percent::COMPONENT;
use crate::http::url::{Url, UrlError, UrlText};
use no_proxy::NoProxy;
use percent_encoding::{AsciiSet, utf8_percent_encode};
use std::fmt;
use std::sync::Arc;

/// The percent-encode set for user names and passwords. It keeps existing escapes.
const USER: &AsciiSet = &COMPONENT.remove(b':').remove(b'%');

/// The proxies of a transport.
#[derive(Debug, Clone, Default)]
pub(crate) struct Proxies {
    http: Option<Arc<Proxy>>,
    https: Option<Arc<Proxy>>,
    none: NoProxy,
}

/// A proxy.
pub(crate) struct Proxy {
    /// The scheme, host and port.
    url: Url,
    /// The user name and password for the proxy, percent-encoded and separated by a colon if there is a password.
    #[cfg_attr(
        not(feature = "hyper"),
        allow(dead_code, reason = "reqwest has it in its URL")
    )]
    user: Option<String>,
    /// The URL with user name and password, for reqwest.
    #[cfg(feature = "reqwest")]
    with_user: reqwest::Url,
}

/// The error type of an invalid proxy. Its text never contains a password.
#[derive(Debug, thiserror::Error)]
#[error("{}invalid proxy URL {url:?}: {problem}", named(.variable))]
pub(crate) struct ProxyError {
    variable: Option<&'static str>,
    url: UrlText,
    problem: Problem,
}

#[derive(Debug, Clone, Copy, thiserror::Error)]
enum Problem {
    #[error("only http and https proxies are supported")]
    Scheme,
    #[error(transparent)]
    Url(UrlError),
}

fn named(variable: &Option<&str>) -> String {
    let name = variable.map(|name| format!("environment variable {name}: "));
    name.unwrap_or_default()
}

impl Proxies {
    /// Returns one proxy for all requests.
    pub(crate) fn all(url: &UrlText) -> Result<Self, ProxyError> {
        let proxy = Arc::new(Proxy::new(None, url.as_str())?);
        Ok(Self {
            http: Some(proxy.clone()),
            https: Some(proxy),
            none: NoProxy::default(),
        })
    }

    /// Returns the proxies of the variables `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, and of their
    /// lower-case forms.
    ///
    /// `HTTP_PROXY` is ignored in a CGI program, because it contains the request header `Proxy`, which any client can
    /// set.
    ///
    /// # Errors
    ///
    /// Returns an error if a proxy that a request could use is invalid.
    pub(crate) fn from_variables(
        get: impl Fn(&'static str) -> Option<String>,
    ) -> Result<Self, ProxyError> {
        let first = |names: [&'static str; 2]| {
            let mut found = names
                .into_iter()
                .filter_map(|name| Some((name, get(name)?)));
            found.next()
        };
        let proxy = |names| {
            let found = first(names).map(|(name, text)| Proxy::new(Some(name), &text));
            Ok::<_, ProxyError>(found.transpose()?.map(Arc::new))
        };
        let none = first(["NO_PROXY", "no_proxy"]).map(|(_, text)| NoProxy::parse(&text));
        let none = none.unwrap_or_default();
        if none.contains_all() {
            return Ok(Self {
                none,
                ..Self::default()
            });
        }
        let http = match get("REQUEST_METHOD") {
            Some(_) => None,
            None => proxy(["HTTP_PROXY", "http_proxy"])?,
        };
        let https = proxy(["HTTPS_PROXY", "https_proxy"])?;
        // Programs that set all three variables often set `ALL_PROXY` to a SOCKS proxy, which no request would use.
        let all = match (&http, &https) {
            (Some(_), Some(_)) => None,
            _ => proxy(["ALL_PROXY", "all_proxy"])?,
        };
        Ok(Self {
            http: http.or_else(|| all.clone()),
            https: https.or(all),
            none,
        })
    }

    /// Returns whether no variable sets proxies or disables them for all hosts.
    #[cfg(feature = "reqwest")]
    pub(crate) fn is_empty(&self) -> bool {
        self.http.is_none() && self.https.is_none() && !self.none.contains_all()
    }

    /// Returns the proxy of requests to this scheme, host and port.
    pub(crate) fn of(&self, scheme: &str, host: &str, port: u16) -> Option<&Proxy> {
        let proxy = match scheme {
            "https" => self.https.as_deref()?,
            _ => self.http.as_deref()?,
        };
        (!self.none.contains(host, port)).then_some(proxy)
    }

    /// Describes the route of requests to a URL, for messages.
    pub(crate) fn route(&self, url: &Url) -> String {
        let origin = url.origin();
        match self.of(url.scheme(), url.host(), url.port()) {
            Some(proxy) => format!("{origin} by the proxy {}", proxy.url.origin()),
            None => origin,
        }
    }

    /// Converts the proxies for reqwest.
    #[cfg(feature = "reqwest")]
    pub(crate) fn into_reqwest(self) -> reqwest::Proxy {
        reqwest::Proxy::custom(move |url| {
            let (host, port) = (url.host_str()?, url.port_or_known_default()?);
            let proxy = self.of(url.scheme(), host, port)?;
            Some(proxy.with_user.clone())
        })
    }
}

impl Proxy {
    /// Parses a proxy. Without a scheme, it is an HTTP proxy, as in other tools.
    fn new(variable: Option<&'static str>, text: &str) -> Result<Self, ProxyError> {
        let text = text.trim();
        let fault = |problem| ProxyError {
            variable,
            url: UrlText::new(text),
            problem,
        };
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        let scheme = scheme.to_ascii_lowercase();
        if !matches!(scheme.as_str(), "http" | "https") {
            return Err(fault(Problem::Scheme));
        }
        // The user name and password may contain any character. Text that is not percent-encoded is taken literally.
        let (user, host) = match rest.rsplit_once('@') {
            Some((user, host)) => (Some(utf8_percent_encode(user, USER).to_string()), host),
            None => (None, rest),
        };
        let url = Url::parse(&format!("{scheme}://{host}"));
        let url = url.map_err(|error| fault(Problem::Url(error)))?;
        Ok(Self {
            #[cfg(feature = "reqwest")]
            with_user: with_user(&url, user.as_deref())
                .map_err(|_| fault(Problem::Url(UrlError::Character)))?,
            url,
            user,
        })
    }

    /// Returns the scheme, host and port.
    #[cfg(feature = "hyper")]
    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// Returns the header that authenticates to the proxy.
    #[cfg(feature = "hyper")]
    pub(crate) fn authorization(&self) -> Option<http::HeaderValue> {
        let user = self.user.as_deref()?;
        let (name, password) = user.split_once(':').unwrap_or((user, ""));
        let decoded = |text| percent_encoding::percent_decode_str(text);
        let pair: Vec<u8> = decoded(name)
            .chain([b':'])
            .chain(decoded(password))
            .collect();
        let text = format!("Basic {}", aws_smithy_types::base64::encode(pair));
        let mut header = http::HeaderValue::try_from(text).ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

#[cfg(feature = "reqwest")]
fn with_user(url: &Url, user: Option<&str>) -> Result<reqwest::Url, impl std::error::Error> {
    let (scheme, authority) = (url.scheme(), url.authority());
    reqwest::Url::parse(&match user {
        Some(user) => format!("{scheme}://{user}@{authority}"),
        None => format!("{scheme}://{authority}"),
    })
}

impl fmt::Debug for Proxy {
    /// Writes the proxy without user name and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Proxy").field(&self.url.origin()).finish()
    }
}

#[cfg(test)]
mod tests;
