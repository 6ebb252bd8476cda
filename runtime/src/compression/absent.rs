//! What stands for compression without the feature `compression`: a body in, the same out, which every service takes.

use crate::client::RequestBody;
use crate::compression::Compression;
use crate::error::ConfigurationError;
use crate::http::Body;
use crate::schema::OperationSchema;
use crate::shape::Structure;
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
