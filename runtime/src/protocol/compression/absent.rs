//! The replacement for compression without the feature `compression`: bodies are not compressed, which every service
//! accepts.

use crate::aws::ConfigurationError;
use crate::http::Body;
use crate::http::RequestBody;
use crate::protocol::compression::Compression;
use crate::value::schema::OperationSchema;
use crate::value::shape::Structure;
use http::HeaderMap;

pub(crate) fn compress(
    body: RequestBody,
    _: &dyn Structure,
    _: &OperationSchema,
    _: Compression,
    _: &mut HeaderMap,
) -> Result<RequestBody, ConfigurationError> {
    Ok(body)
}

pub(crate) fn gzipped(body: Body) -> Body {
    body
}
