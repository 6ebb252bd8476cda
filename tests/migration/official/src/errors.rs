//! Predicates on errors for the programs. With aws-sdk-appflow: an error type for each operation, inside an `SdkError`.

use aws_sdk_appflow::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_appflow::operation::RequestId;
use aws_sdk_appflow::operation::delete_flow::DeleteFlowError;
use aws_sdk_appflow::operation::describe_connector_entity::DescribeConnectorEntityError;
use aws_sdk_appflow::operation::describe_flow::DescribeFlowError;
use aws_sdk_appflow::operation::stop_flow::StopFlowError;

pub fn no_such_flow(error: &SdkError<DescribeFlowError>) -> bool {
    error
        .as_service_error()
        .is_some_and(DescribeFlowError::is_resource_not_found_exception)
}

pub fn cannot_be_stopped(error: &SdkError<StopFlowError>) -> Option<&str> {
    match error.as_service_error() {
        Some(StopFlowError::UnsupportedOperationException(unsupported)) => unsupported.message(),
        _ => None,
    }
}

pub fn nothing_to_delete(error: &SdkError<DeleteFlowError>) -> bool {
    matches!(
        error.as_service_error(),
        Some(DeleteFlowError::ResourceNotFoundException(_))
    )
}

pub fn asks_for_patience(error: &SdkError<DescribeConnectorEntityError>) -> bool {
    matches!(error, SdkError::TimeoutError(_)) || error.code() == Some("ThrottlingException")
}

pub fn request_id(error: &SdkError<DescribeConnectorEntityError>) -> Option<&str> {
    error.request_id()
}
