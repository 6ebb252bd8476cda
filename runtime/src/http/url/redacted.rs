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
    let (user, rest) = match text.rsplit_once('@') {
        Some((user, rest)) => (Some(user), rest),
        None => (None, text),
    };
    let end = rest.find(['?', '#']);
    let shown = end.map_or(rest, |end| rest.get(..end).unwrap_or_default());
    let scheme = match user {
        Some(user) if user.starts_with("https://") => "https://…@",
        Some(user) if user.starts_with("http://") => "http://…@",
        Some(_) => "…@",
        None => "",
    };
    let query = if end.is_some() { "?…" } else { "" };
    [scheme, shown, query].concat()
}
