//! Pages: sorted items, a limit and a token in; a page and the next token out.
//!
//! A token says after which item the next page begins, not how many came before: items that come or go meanwhile do
//! not shift the pages. It is bound to its operation and filters, and sealed, so that what no page gave is refused.

use crate::texts;
use aws_smithy_types::base64;
use sha2::{Digest, Sha256};
use smithy_reqwest::server::ServiceError;

/// The size of a page when nothing else is said.
const DEFAULT_SIZE: i32 = 20;
/// How many bytes of the seal are kept.
const SEAL: usize = 8;

/// Which page is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageRequest<'a> {
    /// The operation and its filters: what a token is good for.
    pub(crate) listing: &'a str,
    pub(crate) max_results: Option<i32>,
    pub(crate) next_token: Option<&'a str>,
}

/// A page.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) next_token: Option<String>,
}

impl PageRequest<'_> {
    /// The page of `items`, which come in the order of their keys.
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
        let mut bytes = self.mark(key);
        bytes.extend_from_slice(key.as_bytes());
        base64::encode(&bytes)
    }

    fn open(&self, token: &str) -> Result<String, ServiceError> {
        let refused = || texts::invalid("The next token is not valid.");
        let bytes = base64::decode(token).map_err(|_| refused())?;
        let (mark, key) = bytes.split_at_checked(SEAL).ok_or_else(refused)?;
        let key = std::str::from_utf8(key).map_err(|_| refused())?;
        if mark == self.mark(key) {
            Ok(key.to_owned())
        } else {
            Err(refused())
        }
    }

    fn mark(&self, key: &str) -> Vec<u8> {
        let digest = Sha256::digest(format!("appflow-local {}\n{key}", self.listing));
        digest.iter().copied().take(SEAL).collect()
    }
}

/// A key that puts higher numbers first.
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
    fn tokens_of_others_are_refused() {
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
