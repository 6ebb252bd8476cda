//! The state of the service: flows with their runs, connector profiles, registered connectors and client tokens, for
//! each account and region.

mod flow;
mod profile;
mod record;
mod registration;
mod run;
mod scope;
mod token;

pub(crate) use flow::Flow;
pub(crate) use profile::Profile;
pub(crate) use record::{Change, Entity, Records};
pub(crate) use registration::Registration;
pub(crate) use run::{Phase, Run};
pub(crate) use scope::Scope;
pub(crate) use token::TokenEntry;

use crate::caller::Caller;
use std::collections::BTreeMap;

/// The state of all accounts and regions.
#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    /// The state by account and region.
    pub(crate) scopes: BTreeMap<(String, String), Scope>,
}

impl State {
    /// Fails the data-moving runs that have no job any more.
    pub(crate) fn interrupt(&mut self, is_live: impl Fn(&str) -> bool) {
        for scope in self.scopes.values_mut() {
            scope.interrupt(&is_live);
        }
    }

    /// Returns the state for the account and region of a caller.
    pub(crate) fn scope(&mut self, caller: &Caller) -> &mut Scope {
        let key = (caller.account.clone(), caller.region.clone());
        self.scopes.entry(key).or_default()
    }
}
