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
    /// The signing scheme.
    pub scheme: SigningScheme,
    /// The headers of requests.
    pub headers: Vec<(&'static str, String)>,
}

/// The scheme of the signatures that an endpoint accepts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SigningScheme {
    /// SigV4.
    #[default]
    SigV4,
    /// SigV4A.
    SigV4A {
        /// The regions in which a signature is valid, such as `*`, separated by commas.
        regions: String,
    },
    /// SigV4A in builds with the feature `sigv4a`, and SigV4 in others.
    SigV4AOrSigV4 {
        /// The regions in which a signature by SigV4A is valid, such as `*`, separated by commas.
        regions: String,
        /// The signing name for SigV4A, if it differs from that of the service. The region and the name of the endpoint are
        /// for SigV4.
        name: Option<String>,
    },
    /// A scheme with this name, which this crate does not support.
    Unsupported(&'static str),
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

    /// Marks the endpoint as one that accepts only SigV4A, with signatures that are valid in these regions.
    pub fn sigv4a(mut self, regions: impl Into<String>) -> Self {
        self.scheme = SigningScheme::SigV4A {
            regions: regions.into(),
        };
        self
    }

    /// Prefers SigV4A to SigV4, with signatures that are valid in these regions, and this signing name.
    pub fn sigv4a_first(mut self, regions: impl Into<String>, name: Option<String>) -> Self {
        self.scheme = SigningScheme::SigV4AOrSigV4 {
            regions: regions.into(),
            name,
        };
        self
    }

    /// Marks the endpoint as one that accepts only signatures by a scheme that is not supported.
    pub fn unsupported_scheme(mut self, name: &'static str) -> Self {
        self.scheme = SigningScheme::Unsupported(name);
        self
    }

    /// Adds a header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}
