//! [`Session`]: what one call works with: its account and region, the time, who is calling.

use crate::caller::Caller;
use crate::clock::Millis;
use crate::lifecycle::World;
use crate::settings::Settings;
use crate::state::{Flow, Scope};
use crate::texts;
use smithy_reqwest::server::ServiceError;

/// A call at work on the state, alone.
pub(crate) struct Session<'a> {
    pub(crate) scope: &'a mut Scope,
    pub(crate) now: Millis,
    pub(crate) caller: &'a Caller,
    pub(crate) world: World<'a>,
}

impl Session<'_> {
    pub(crate) fn settings(&self) -> &Settings {
        self.world.settings
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
