//! [`Operation`]: what generated code says of an operation, so that one call path serves all of them.

mod aside;
mod called;

pub use crate::client::request_id::RequestId;
pub use aside::Aside;
pub use called::CalledOperation;

use crate::aws::endpoint::rules::Parameters;
use crate::client::error::Error;
use crate::http::ChecksumAlgorithm;
use crate::protocol::ServiceSchema;
use crate::value::schema::OperationSchema;
use crate::value::shape::{Shape, Structure};

/// An operation of a generated client, as a type.
pub trait Operation: Send + Sync + 'static {
    /// The input.
    type Input: Structure + Shape + Clone + std::fmt::Debug + 'static;
    /// The output.
    type Output: Structure + Shape + 'static;
    /// The error type of the client.
    type Error: From<Error> + Send;

    /// The service it belongs to.
    fn service() -> &'static ServiceSchema;

    /// How it is called.
    fn schema() -> &'static OperationSchema;

    /// What an input gives the endpoint rules of the service; nothing, unless its model says otherwise.
    fn endpoint_parameters(input: &Self::Input) -> Parameters {
        let _ = input;
        Parameters::new()
    }

    /// Notes the id of the request in the output.
    fn set_request_id(output: &mut Self::Output, request_id: Option<String>);

    /// Notes in the output by which checksums its body was validated; outputs of operations whose model has none do not
    /// care.
    fn set_validated_checksums(output: &mut Self::Output, algorithms: Vec<ChecksumAlgorithm>) {
        let _ = (output, algorithms);
    }
}
