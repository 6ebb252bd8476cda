//! Splits sorted items into pages with opaque tokens.
//!
//! A token names the item that the next page starts after, so items that are added or removed do not shift the pages. It
//! is bound to its operation and filters and authenticated, so that forged tokens are rejected.

use crate::messages;
use aws_smithy_types::base64;
use sha2::{Digest, Sha256};
use smithy_reqwest::server::ServiceError;

/// The default page size.
const DEFAULT_SIZE: i32 = 20;
/// The length of the authentication tag in bytes.
const TAG_BYTES: usize = 8;

/// The requested page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageRequest<'a> {
    /// The operation and its filters, for which a token is valid.
    pub(crate) listing: &'a str,
    pub(crate) max_results: Option<i32>,
    pub(crate) next_token: Option<&'a str>,
}

/// A page of items.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) next_token: Option<String>,
}

impl PageRequest<'_> {
    /// Returns the requested page of `items`, which are sorted by key.
    pub(crate) fn page<T>(
        self,
        items: impl IntoIterator<Item = T>,
        key: impl Fn(&T) -> String,
    ) -> Result<Page<T>, ServiceError> {
        let after = self.next_token.map(|token| self.open(token)).transpose()?;
        let size = usize::try_from(self.max_results.unwrap_or(DEFAULT_SIZE))
            .unwrap_or(1)
            .max(1);
        let mut rest = items
            .into_iter()
            .skip_while(|item| after.as_ref().is_some_and(|after| key(item) <= *after));
        let items: Vec<T> = rest.by_ref().take(size).collect();
        let more = rest.next().is_some();
        let next_token = items
            .last()
            .filter(|_| more)
            .map(|last| self.seal(&key(last)));
        Ok(Page { items, next_token })
    }

    fn seal(&self, key: &str) -> String {
        let mut bytes = self.authentication_tag(key);
        bytes.extend_from_slice(key.as_bytes());
        base64::encode(&bytes)
    }

    fn open(&self, token: &str) -> Result<String, ServiceError> {
        let refused = || messages::invalid("The next token is not valid.");
        let bytes = base64::decode(token).map_err(|_| refused())?;
        let (authentication_tag, key) = bytes.split_at_checked(TAG_BYTES).ok_or_else(refused)?;
        let key = std::str::from_utf8(key).map_err(|_| refused())?;
        if authentication_tag == self.authentication_tag(key) {
            Ok(key.to_owned())
        } else {
            Err(refused())
        }
    }

    fn authentication_tag(&self, key: &str) -> Vec<u8> {
        let digest = Sha256::digest(format!("appflow-local {}\n{key}", self.listing));
        digest.iter().copied().take(TAG_BYTES).collect()
    }
}

/// Returns a key that sorts higher numbers first.
pub(crate) fn newest_first(number: u64) -> String {
    format!("{:020}", u64::MAX - number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(items: &[&str], token: Option<&str>) -> Page<String> {
        let request = PageRequest {
            listing: "L",
            max_results: Some(2),
            next_token: token,
        };
        request
            .page(items.iter().map(|item| (*item).to_owned()), String::clone)
            .unwrap()
    }

    #[test]
    fn pages_survive_items_that_come_and_go() {
        let first = page(&["a", "c", "e", "g"], None);
        assert_eq!(first.items, ["a", "c"]);
        let second = page(&["b", "d", "e", "g"], first.next_token.as_deref());
        assert_eq!(second.items, ["d", "e"]);
        let last = page(&["g"], second.next_token.as_deref());
        assert_eq!((last.items, last.next_token), (vec!["g".to_owned()], None));
    }

    #[test]
    fn tokens_of_others_are_rejected() {
        let token = page(&["a", "b", "c"], None).next_token.unwrap();
        let mut forged = token.clone();
        forged.insert(0, 'A');
        for (listing, token) in [
            ("other", token.as_str()),
            ("L", &forged),
            ("L", "x"),
            ("L", "%%%"),
        ] {
            let request = PageRequest {
                listing,
                max_results: None,
                next_token: Some(token),
            };
            let error = request.page(["a".to_owned()], String::clone).unwrap_err();
            assert_eq!(error.code(), "ValidationException", "{listing} {token}");
        }
    }
}
