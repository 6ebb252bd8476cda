//! [`Session`]: what one call works with: its account and region, the time, who is calling.

use crate::caller::Caller;
use crate::clock::Millis;
use crate::functions::{Inquiry, Question};
use crate::lifecycle::World;
use crate::settings::Settings;
use crate::state::{Flow, Profile, Registration, Scope};
use crate::texts;
use serde_json::Value;
use smithy_reqwest::server::ServiceError;

/// A call at work on the state, alone.
pub(crate) struct Session<'a> {
    pub(crate) scope: &'a mut Scope,
    pub(crate) now: Millis,
    pub(crate) caller: &'a Caller,
    pub(crate) world: World<'a>,
    /// What functions answer, where custom connectors are called.
    pub(crate) inquiry: Option<&'a Inquiry>,
}

impl Session<'_> {
    pub(crate) fn settings(&self) -> &Settings {
        self.world.settings
    }

    /// Whether the functions of custom connectors are called.
    pub(crate) fn calls_functions(&self) -> bool {
        self.inquiry.is_some()
    }

    /// Asks a function. Nothing may have been changed before.
    pub(crate) fn ask(&self, function: &str, request: Value) -> Result<Value, ServiceError> {
        let question = Question {
            function: function.to_owned(),
            request,
        };
        match self.inquiry {
            Some(inquiry) => inquiry.answer(question),
            None => Err(texts::invalid("functions are not called")),
        }
    }

    /// The connector of a profile, if its function is called.
    pub(crate) fn called_connector(&self, profile: &Profile) -> Option<&Registration> {
        let label = profile.connector_label.as_ref()?;
        let found = self.scope.registrations.get(label);
        found.filter(|_| self.calls_functions())
    }

    /// The flow with this name.
    pub(crate) fn flow(&self, name: &str) -> Result<&Flow, ServiceError> {
        self.scope
            .flows
            .get(name)
            .ok_or_else(|| texts::no_flow(name))
    }

    /// The flow with this name, to be changed.
    pub(crate) fn flow_mut(&mut self, name: &str) -> Result<&mut Flow, ServiceError> {
        self.scope
            .flows
            .get_mut(name)
            .ok_or_else(|| texts::no_flow(name))
    }
}

/// A required member: inputs come checked, so it is there.
pub(crate) fn given<T>(value: Option<T>, member: &str) -> Result<T, ServiceError> {
    value.ok_or_else(|| texts::invalid(format!("{member} must not be null")))
}
