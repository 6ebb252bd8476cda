//! [`Changes`]: what a caller asks of one call that the client does not do of itself.

use crate::client::config::Config;
use http::{HeaderName, HeaderValue};
use std::sync::{Arc, Mutex, PoisonError};

/// What is different for one call.
#[derive(Clone, Default)]
pub(crate) struct Changes {
    pub(crate) config: Option<Config>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) mutations: Vec<Mutation>,
}

/// A change to the request that a caller wrote. Clones of a call share it.
#[derive(Clone)]
pub(crate) struct Mutation(pub(super) Arc<Mutex<Change>>);

type Change = dyn FnMut(&mut http::request::Parts) + Send;

impl Mutation {
    /// Changes the request of one attempt.
    pub(crate) fn apply(&self, request: &mut http::request::Parts) {
        // A change that once panicked may still be asked for the next call's.
        let mut change = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(request);
    }
}
