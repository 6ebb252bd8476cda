//! The trait of operations, by which one implementation of calls serves all of them.

mod aside;
mod called;

pub use crate::client::request_id::RequestId;
pub use aside::Aside;
pub use called::CalledOperation;

use crate::aws::endpoint::rules::Parameters;
use crate::client::error::Error;
#[cfg(feature = "event-stream")]
use crate::client::event_stream::Events;
use crate::http::ChecksumAlgorithm;
use crate::protocol::ServiceSchema;
use crate::value::schema::OperationSchema;
use crate::value::shape::{Shape, Structure};

/// An operation of a generated client.
pub trait Operation: Send + Sync + 'static {
    /// The input.
    type Input: Structure + Shape + Clone + std::fmt::Debug + 'static;
    /// The output.
    type Output: Structure + Shape + 'static;
    /// The error type of the client.
    type Error: From<Error> + Send;

    /// Returns the service of the operation.
    fn service() -> &'static ServiceSchema;

    /// Returns the description of the operation.
    fn schema() -> &'static OperationSchema;

    /// Returns the endpoint parameters that an input binds; none, unless the model binds some.
    fn endpoint_parameters(input: &Self::Input) -> Parameters {
        let _ = input;
        Parameters::new()
    }

    /// Stores the request ID in the output.
    fn set_request_id(output: &mut Self::Output, request_id: Option<String>);

    /// Stores in the output the checksum algorithms that validated its body. Outputs of operations without response
    /// checksums ignore them.
    fn set_validated_checksums(output: &mut Self::Output, algorithms: Vec<ChecksumAlgorithm>) {
        let _ = (output, algorithms);
    }

    /// Returns the event stream of an output, if the operation has one.
    #[cfg(feature = "event-stream")]
    fn events(output: &Self::Output) -> Option<&dyn Events> {
        let _ = output;
        None
    }
}
