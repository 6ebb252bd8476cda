//! The changes of one call to settings, headers and the request.

use crate::client::config::Config;
use http::{HeaderName, HeaderValue};
use std::sync::{Arc, Mutex, PoisonError};

/// The differences of one call from the defaults of its client.
#[derive(Clone, Default)]
pub(crate) struct Changes {
    pub(crate) config: Option<Config>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) mutations: Vec<Mutation>,
    /// `true` if the request is not sent but presigned.
    pub(crate) presigns: bool,
}

/// A change of the caller to the request. Clones of a call share it.
#[derive(Clone)]
pub(crate) struct Mutation(pub(super) Arc<Mutex<Change>>);

type Change = dyn FnMut(&mut http::request::Parts) + Send;

impl Mutation {
    /// Changes the request of one attempt.
    pub(crate) fn apply(&self, request: &mut http::request::Parts) {
        // The next call still applies a change that panicked before.
        let mut change = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(request);
    }
}
