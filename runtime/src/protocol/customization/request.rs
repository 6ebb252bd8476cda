//! Changes requests, and their endpoints.

use super::input::text;
use crate::aws::ConfigurationError;
use crate::aws::endpoint::Endpoint;
use crate::protocol::RequestParts;
use crate::value::schema::{Customization, OperationSchema};
use crate::value::shape::Structure;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Method};

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// Applies the customizations of headers and of the query.
pub(crate) fn change_request(
    operation: &OperationSchema,
    method: &mut Method,
    parts: &mut RequestParts,
) {
    for customization in operation.customizations {
        match *customization {
            Customization::Header(name, value) => {
                let name = HeaderName::from_bytes(name.as_bytes());
                if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
                    parts.headers.entry(name).or_insert(value);
                }
            }
            Customization::PostedQuery => post_query(method, parts),
            _ => {}
        }
    }
}

fn post_query(method: &mut Method, parts: &mut RequestParts) {
    let Some((path, query)) = parts.target.split_once('?') else {
        return;
    };
    parts.body = Bytes::copy_from_slice(query.as_bytes());
    parts.target = path.to_owned();
    parts.headers.insert(CONTENT_TYPE, FORM);
    *method = Method::POST;
}

/// Returns the endpoint that the input contains.
///
/// # Errors
///
/// Returns an error if it is not a URL.
pub(crate) fn endpoint(
    operation: &OperationSchema,
    input: &dyn Structure,
) -> Result<Option<Endpoint>, ConfigurationError> {
    let url = operation
        .customizations
        .iter()
        .find_map(|customization| match customization {
            Customization::EndpointUrl(member) => {
                Some((member, text(input, member).filter(|url| !url.is_empty())?))
            }
            _ => None,
        });
    let Some((member, url)) = url else {
        return Ok(None);
    };
    // The error of the URL would show the value of the member.
    let endpoint = Endpoint::custom(url).map_err(|_| {
        ConfigurationError::new(format!("{member}: it must be the URL of an endpoint"))
    });
    endpoint.map(Some)
}
