//! [`serve`], which runs an operation for a request and writes the response.

use crate::client::operation::Operation;
use crate::service::output::write;
use crate::service::server::{Request, ServerProtocol, ServiceError, ServiceStyle, validate};
use crate::value::shape::Shape;
use bytes::Bytes;
use http::Response;

/// Reads the input of an operation, validates it against the model, runs the operation and writes its output.
///
/// # Errors
///
/// Returns an error if the request is invalid, the operation fails, or its output cannot be serialized.
pub async fn serve<O: Operation, F>(
    protocol: &dyn ServerProtocol,
    request: Request<'_>,
    run: impl FnOnce(O::Input) -> F,
) -> Result<Response<Bytes>, ServiceError>
where
    F: Future<Output = Result<O::Output, ServiceError>>,
{
    let mut input = O::Input::empty();
    if request.style == ServiceStyle::Smithy {
        protocol.check_media_types(request, &mut input, &mut O::Output::empty())?;
    }
    let missing = protocol.read_request(request, &mut input)?;
    validate(&input, &missing, request.style)
        .map_err(|violations| violations.into_error(request.style))?;
    if request.style == ServiceStyle::Smithy {
        protocol.check_no_body(request, &input)?;
    }
    let output = run(input).await?;
    write::<O>(protocol, &output)
        .map_err(|error| ServiceError::new("InternalFailure", 500, error.to_string()))
}
