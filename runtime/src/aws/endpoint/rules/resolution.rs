//! [`Resolution`]: what rules end with: where to call and how to sign for it, or why there is no such place.

/// What rules end with.
pub type Resolution = Result<Resolved, RuleError>;

/// Where to call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resolved {
    /// The address.
    pub url: String,
    /// The region to sign for, where it is another than the client's.
    pub signing_region: Option<String>,
    /// The name to sign for, where it is another than the service's.
    pub signing_name: Option<String>,
    /// Whether only signatures by SigV4A are accepted, which this crate does not make.
    pub needs_sigv4a: bool,
    /// Headers to send.
    pub headers: Vec<(&'static str, String)>,
}

/// Why there is nowhere to call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RuleError(String);

/// Where to call.
pub fn endpoint(url: impl Into<String>) -> Resolved {
    Resolved {
        url: url.into(),
        ..Resolved::default()
    }
}

/// Nowhere to call.
pub fn error(text: impl Into<String>) -> Resolution {
    Err(RuleError(text.into()))
}

impl Resolved {
    /// Signs for this region.
    pub fn signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// Signs for this name.
    pub fn signing_name(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// Says that only SigV4A is accepted.
    pub fn needs_sigv4a(mut self) -> Self {
        self.needs_sigv4a = true;
        self
    }

    /// Sends a header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}
