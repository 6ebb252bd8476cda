//! [`Session`]: the context of one call: the state of its account and region, the time and the caller.

use crate::caller::Caller;
use crate::clock::Millis;
use crate::functions::{Invocation, Invocations};
use crate::lifecycle::Lifecycle;
use crate::messages;
use crate::probes::Probes;
use crate::settings::Settings;
use crate::state::{Flow, Profile, Registration, Scope};
use serde_json::Value;
use smithy_reqwest::server::ServiceError;

/// The context of one call, with exclusive access to the state.
pub(crate) struct Session<'a> {
    pub(crate) scope: &'a mut Scope,
    pub(crate) now: Millis,
    pub(crate) caller: &'a Caller,
    pub(crate) lifecycle: Lifecycle<'a>,
    /// The responses of functions, if custom connectors are called.
    pub(crate) invocations: Option<&'a Invocations>,
    pub(crate) probes: &'a Probes,
}

impl Session<'_> {
    pub(crate) fn settings(&self) -> &Settings {
        self.lifecycle.settings
    }

    /// Returns whether the functions of custom connectors are called.
    pub(crate) fn calls_functions(&self) -> bool {
        self.invocations.is_some()
    }

    /// Calls a function. The caller must not have changed the state before.
    pub(crate) fn invoke(&self, function: &str, request: Value) -> Result<Value, ServiceError> {
        let invocation = Invocation {
            function: function.to_owned(),
            request,
        };
        match self.invocations {
            Some(invocations) => invocations.response(invocation),
            None => Err(messages::invalid(
                "no Lambda endpoint: set --lambda-endpoint",
            )),
        }
    }

    /// Returns the connector of a profile, if its function is called.
    pub(crate) fn called_connector(&self, profile: &Profile) -> Option<&Registration> {
        let found = self.scope.registration_of(profile);
        found.filter(|_| self.calls_functions())
    }

    /// Returns the flow with this name.
    pub(crate) fn flow(&self, name: &str) -> Result<&Flow, ServiceError> {
        self.scope
            .flows
            .get(name)
            .ok_or_else(|| messages::no_flow(name))
    }

    /// Returns the flow with this name, to change it.
    pub(crate) fn flow_mut(&mut self, name: &str) -> Result<&mut Flow, ServiceError> {
        self.scope
            .flows
            .get_mut(name)
            .ok_or_else(|| messages::no_flow(name))
    }
}

/// Returns a required member. Inputs are validated before, so it is set.
pub(crate) fn required<T>(value: Option<T>, member: &str) -> Result<T, ServiceError> {
    value.ok_or_else(|| messages::invalid(format!("{member} must not be null")))
}
