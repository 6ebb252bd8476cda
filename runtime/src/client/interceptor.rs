//! [`Interceptor`], a hook for each attempt before it is signed, and for each response.

use crate::http::BoxError;
use crate::value::schema::OperationSchema;
use std::fmt;
use std::sync::Arc;

/// A shared interceptor.
pub type SharedInterceptor = Arc<dyn Interceptor>;

/// A hook that reads and may change the requests of a client.
pub trait Interceptor: fmt::Debug + Send + Sync {
    /// Runs before each attempt is signed. An error ends the call.
    ///
    /// # Errors
    ///
    /// Returns an error to end the call.
    fn before_signing(
        &self,
        operation: &OperationSchema,
        request: &mut http::request::Parts,
    ) -> Result<(), BoxError> {
        let _ = (operation, request);
        Ok(())
    }

    /// Runs with the head of each response.
    fn after_response(&self, operation: &OperationSchema, response: &http::response::Parts) {
        let _ = (operation, response);
    }
}
