//! Parses the `Authorization` header into scope, signed headers and signature.

use crate::service::server::ServiceError;
use http::HeaderMap;
use http::header::AUTHORIZATION;

/// The scope of a signature, and the ID of its access key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialScope {
    /// The ID of the access key.
    pub access_key_id: String,
    /// The date, as `YYYYMMDD`.
    pub date: String,
    /// The region.
    pub region: String,
    /// The signing name of the service.
    pub service: String,
}

/// The parts of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Authorization {
    pub(super) scope: CredentialScope,
    pub(super) signed_headers: Vec<String>,
    pub(super) signature: String,
}

impl CredentialScope {
    /// Returns the scope that a request claims, without verification.
    ///
    /// # Errors
    ///
    /// Returns an error if the `Authorization` header is missing or malformed.
    pub fn claimed(headers: &HeaderMap) -> Result<Self, ServiceError> {
        Ok(Authorization::of(headers)?.scope)
    }

    fn parse(text: &str) -> Option<Self> {
        // An access key ID may contain slashes, the other parts cannot: they are read from the end.
        let mut pieces = text.rsplitn(5, '/');
        let terminator = pieces.next()?;
        let service = pieces.next()?.to_owned();
        let region = pieces.next()?.to_owned();
        let date = pieces.next()?.to_owned();
        let access_key_id = pieces.next()?.to_owned();
        let whole = terminator == "aws4_request"
            && [&service, &region, &date, &access_key_id]
                .iter()
                .all(|piece| !piece.is_empty());
        whole.then_some(Self {
            access_key_id,
            date,
            region,
            service,
        })
    }
}

impl Authorization {
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, ServiceError> {
        let Some(header) = headers.get(AUTHORIZATION) else {
            return Err(ServiceError::new(
                "MissingAuthenticationTokenException",
                403,
                "Missing Authentication Token",
            ));
        };
        let text = header.to_str().unwrap_or_default();
        let Some(parameters) = text.strip_prefix("AWS4-HMAC-SHA256 ") else {
            return Err(incomplete(
                "Unsupported authorization scheme; AWS4-HMAC-SHA256 is expected.",
            ));
        };
        let parameter = |name: &str| {
            let pieces = parameters.split(',').map(str::trim);
            let mut values = pieces.filter_map(|piece| piece.strip_prefix(name)?.strip_prefix('='));
            values
                .next()
                .filter(|value| !value.is_empty())
                .ok_or_else(|| {
                    incomplete(&format!(
                        "Authorization header requires '{name}' parameter."
                    ))
                })
        };
        let credential = parameter("Credential")?;
        let signed_headers = parameter("SignedHeaders")?;
        let signature = parameter("Signature")?;
        let scope = CredentialScope::parse(credential).ok_or_else(|| {
            incomplete("Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.")
        })?;
        Ok(Self {
            scope,
            signed_headers: signed_headers.split(';').map(str::to_owned).collect(),
            signature: signature.to_owned(),
        })
    }
}

pub(super) fn incomplete(message: &str) -> ServiceError {
    ServiceError::new("IncompleteSignatureException", 403, message)
}
