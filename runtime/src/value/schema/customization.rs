//! [`Customization`]: a part of an operation that the model does not express.

/// A part of an operation that its model does not express, but the service requires. The generator has a table of them
/// by service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Customization {
    /// Requests have a header with this name and value, unless it is set otherwise.
    Header(&'static str, &'static str),
    /// The member has this text if it is absent.
    Default(&'static str, &'static str),
    /// Only the text after the last slash of the member is sent.
    LastSegment(&'static str),
    /// The member is a part of the host, so that it must not be empty.
    NotEmpty(&'static str),
    /// Characters of the member that a URL cannot contain are percent-encoded. Existing escapes are kept.
    UrlText(&'static str),
    /// The first member is an encryption key, which is sent in base64, and the second is the MD5 of the key. Both are
    /// computed if the second is absent.
    EncryptionKey(&'static str, &'static str),
    /// The member is the URL of the endpoint of the call.
    EndpointUrl(&'static str),
    /// The parameters of the query are sent in the body of a POST request.
    PostedQuery,
    /// A presigned request is a GET request with the members of the body in its query.
    PresignedQuery,
    /// Requests have the SHA-256 of the body and the root of its SHA-256 tree in headers, as Amazon S3 Glacier requires
    /// them.
    TreeHash,
}
