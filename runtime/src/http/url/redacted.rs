//! URLs in messages, without user names, passwords and queries.

use std::fmt;

/// A URL as it was given, before it is parsed. Neither `Display` nor `Debug` shows a user name, a password or a query.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct UrlText(String);

impl UrlText {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the text, which may contain a password.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UrlText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redacted(&self.0))
    }
}

impl fmt::Debug for UrlText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&redacted(&self.0), f)
    }
}

/// Returns a URL, or an invalid text in its place, in a form that can be shown. The text before the last `@` may be a
/// password, wherever the slashes are; the text after a question mark may be a token.
pub(crate) fn redacted(text: &str) -> String {
    // Another line of a profile that is indented belongs to the value, and may be a secret.
    let text = text.lines().next().unwrap_or_default();
    let Some((before, after)) = text.rsplit_once('@') else {
        return without_query(text);
    };
    let mut schemes = ["https://", "http://"].into_iter();
    let scheme = schemes.find(|scheme| before.starts_with(scheme));
    let scheme = scheme.unwrap_or_default();
    // After a question mark, the `@` is in a password or in a query: what follows is a host or the rest of a token.
    match before.contains(['?', '#']) {
        true => [scheme, "…"].concat(),
        false => [scheme, "…@", &without_query(after)].concat(),
    }
}

fn without_query(text: &str) -> String {
    match text.split_once(['?', '#']) {
        Some((shown, _)) => [shown, "?…"].concat(),
        None => text.to_owned(),
    }
}
