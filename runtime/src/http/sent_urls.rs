//! [`SentUrls`]: a cache of the URLs of the last requests in the form of reqwest, so that each is parsed once.

use crate::http::url::Url;
use crate::http::{BoxError, TransportError, TransportErrorKind};
use http::Uri;
use std::sync::{Mutex, PoisonError};

/// The capacity of the cache: about the number of operations of a small service.
const KEPT: usize = 32;

/// The URLs of the last requests. URLs with a query are not cached: a query may contain a secret, and is rarely sent
/// twice.
#[derive(Default)]
pub(super) struct SentUrls(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    urls: Vec<(Uri, SentUrl)>,
    /// The index of the next URL once the cache is full.
    next: usize,
}

/// A URL in the form that is signed, and in the form of reqwest.
#[derive(Clone)]
pub(super) struct SentUrl {
    pub(super) url: Url,
    pub(super) parsed: reqwest::Url,
}

impl SentUrls {
    /// Returns the URL of a request.
    pub(super) fn get(&self, uri: Uri) -> Result<SentUrl, TransportError> {
        if uri.query().is_some() {
            return parse(uri);
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, sent)) = kept.urls.iter().find(|(known, _)| *known == uri) {
            return Ok(sent.clone());
        }
        let sent = parse(uri.clone())?;
        let next = kept.next;
        match kept.urls.get_mut(next) {
            Some(oldest) => *oldest = (uri, sent.clone()),
            None => kept.urls.push((uri, sent.clone())),
        }
        kept.next = (next + 1) % KEPT;
        Ok(sent)
    }
}

/// Parses a URL as reqwest does. Its URL parser must not change the request that was signed.
fn parse(uri: Uri) -> Result<SentUrl, TransportError> {
    let url = Url::try_from(uri).map_err(unusable)?;
    let text = url.clone().into_uri().to_string();
    let parsed = reqwest::Url::parse(&text).map_err(unusable)?;
    if parsed.as_str() != text {
        return Err(unusable(
            "the URL would be sent in another form than was signed",
        ));
    }
    Ok(SentUrl { url, parsed })
}

fn unusable(source: impl Into<BoxError>) -> TransportError {
    TransportError::new(TransportErrorKind::Request, source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_the_second_time_and_after_many_others() {
        let urls = SentUrls::default();
        let sent = |text: &str| urls.get(text.parse().unwrap()).unwrap().parsed.to_string();
        for round in 0..3 {
            for number in 0..2 * KEPT {
                let text = format!("https://example.com:444/{number}");
                assert_eq!(sent(&text), text, "{round}");
            }
            assert_eq!(sent("HTTP://Example.COM:80/a"), "http://example.com/a");
            assert_eq!(sent("http://example.com/A"), "http://example.com/A");
        }
        assert_eq!(urls.0.lock().unwrap().urls.len(), KEPT);
    }

    #[test]
    fn an_address_with_a_query_or_a_fault_is_not_kept() {
        let urls = SentUrls::default();
        assert!(
            urls.get(Uri::from_static("http://example.com/?token=x"))
                .is_ok()
        );
        assert!(
            urls.get(Uri::from_static("http://example.com/a/../b"))
                .is_err()
        );
        assert!(urls.get(Uri::from_static("ftp://example.com/")).is_err());
        assert!(urls.0.lock().unwrap().urls.is_empty());
    }
}
