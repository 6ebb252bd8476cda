//! [`RequestId`], of aws-types where the build has it.

#[cfg(feature = "sdk-config")]
pub use aws_types::request_id::RequestId;

/// A type that has the id of a request.
#[cfg(not(feature = "sdk-config"))]
pub trait RequestId {
    /// Returns the id of the request; `None` if no response came.
    fn request_id(&self) -> Option<&str>;
}
