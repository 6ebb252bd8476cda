//! [`RequestId`], which is the trait of aws-types in builds that have it.

#[cfg(feature = "sdk-config")]
pub use aws_types::request_id::RequestId;

/// A type that has a request ID.
#[cfg(not(feature = "sdk-config"))]
pub trait RequestId {
    /// Returns the request ID; `None` if no response was received.
    fn request_id(&self) -> Option<&str>;
}
