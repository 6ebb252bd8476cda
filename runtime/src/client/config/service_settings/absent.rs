//! [`ServiceSettings`] of builds without the feature `sdk-config`: there are none.

use crate::client::config::Settings;
use crate::protocol::ServiceSchema;

/// The settings of shared settings for a service, which this build cannot have.
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
