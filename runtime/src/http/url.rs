//! URLs as they may be shown: without the user and the password before the host.

use std::borrow::Cow;

/// A URL as it may be shown: what stands before an `@` may be a password.
pub(crate) fn without_user(url: &str) -> Cow<'_, str> {
    match url.rsplit_once('@') {
        Some((_, after)) => format!("…@{after}").into(),
        None => url.into(),
    }
}
