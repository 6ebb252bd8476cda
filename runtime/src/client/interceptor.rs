//! [`Interceptor`]: a hook that sees every attempt before it is signed, and every response.

use crate::http::BoxError;
use crate::value::schema::OperationSchema;
use std::fmt;
use std::sync::Arc;

/// An interceptor that calls share.
pub type SharedInterceptor = Arc<dyn Interceptor>;

/// Sees, and may change, what a client sends.
pub trait Interceptor: fmt::Debug + Send + Sync {
    /// Called before each attempt is signed. An error ends the call.
    fn before_signing(
        &self,
        operation: &OperationSchema,
        request: &mut http::request::Parts,
    ) -> Result<(), BoxError> {
        let _ = (operation, request);
        Ok(())
    }

    /// Called with the head of each response.
    fn after_response(&self, operation: &OperationSchema, response: &http::response::Parts) {
        let _ = (operation, response);
    }
}
