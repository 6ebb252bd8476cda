//! Implements the error traits of the AWS SDK for Rust, so that code that is generic over them accepts errors of this
//! client.

use crate::client::error::Error;
use crate::client::request_id::RequestId;
use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};

/// The name of the request ID in the metadata of the AWS SDK for Rust.
const REQUEST_ID: &str = "aws_request_id";

impl ProvideErrorMetadata for Error {
    fn meta(&self) -> &ErrorMetadata {
        self.0.metadata.get_or_init(|| {
            let mut metadata = ErrorMetadata::builder();
            if let Some(code) = self.code() {
                metadata = metadata.code(code);
            }
            if let Some(message) = self.message() {
                metadata = metadata.message(message);
            }
            if let Some(id) = self.request_id() {
                metadata = metadata.custom(REQUEST_ID, id);
            }
            metadata.build()
        })
    }
}

impl RequestId for Error {
    fn request_id(&self) -> Option<&str> {
        Self::request_id(self)
    }
}
