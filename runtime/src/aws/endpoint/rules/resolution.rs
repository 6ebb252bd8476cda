//! [`Resolution`]: the result of rules: an endpoint with its signing settings, or an error.

/// The result of rules.
pub type Resolution = Result<Resolved, RuleError>;

/// The endpoint that rules resolve to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resolved {
    /// The URL.
    pub url: String,
    /// The signing region, if it differs from the region of the client.
    pub signing_region: Option<String>,
    /// The signing name, if it differs from that of the service.
    pub signing_name: Option<String>,
    /// `true` if only SigV4A signatures are accepted, which this crate does not support.
    pub needs_sigv4a: bool,
    /// The headers of requests.
    pub headers: Vec<(&'static str, String)>,
}

/// The error that rules return.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RuleError(String);

/// Creates a resolved endpoint.
pub fn endpoint(url: impl Into<String>) -> Resolved {
    Resolved {
        url: url.into(),
        ..Resolved::default()
    }
}

/// Creates a resolution that is an error.
///
/// # Errors
///
/// Always returns an error with this text.
pub fn error(text: impl Into<String>) -> Resolution {
    Err(RuleError(text.into()))
}

impl Resolved {
    /// Sets the signing region.
    pub fn signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// Sets the signing name.
    pub fn signing_name(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// Marks the endpoint as one that accepts only SigV4A.
    pub fn needs_sigv4a(mut self) -> Self {
        self.needs_sigv4a = true;
        self
    }

    /// Adds a header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}
