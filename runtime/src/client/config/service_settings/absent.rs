//! [`ServiceSettings`] of builds without the feature `sdk-config`, which have none.

use crate::client::config::Settings;
use crate::protocol::ServiceSchema;

/// The settings of a service in shared settings. This build has none.
#[derive(Clone)]
pub(crate) enum ServiceSettings {}

impl ServiceSettings {
    pub(super) fn apply(&self, _: &ServiceSchema, _: &mut Settings) {
        match *self {}
    }

    pub(super) fn set_endpoint_in_code(&mut self) {
        match *self {}
    }

    pub(super) fn set_token_in_code(&mut self) {
        match *self {}
    }
}
