//! The state of the service: for each account and region, flows with their runs, connector profiles, registered
//! connectors and client tokens.

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

/// All accounts and regions.
#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    /// By account and region.
    pub(crate) scopes: BTreeMap<(String, String), Scope>,
}

impl State {
    /// Ends the runs that moved data and that nobody works at any more.
    pub(crate) fn interrupt(&mut self, is_live: impl Fn(&str) -> bool) {
        for scope in self.scopes.values_mut() {
            scope.interrupt(&is_live);
        }
    }

    /// The account and region of a caller.
    pub(crate) fn scope(&mut self, caller: &Caller) -> &mut Scope {
        let key = (caller.account.clone(), caller.region.clone());
        self.scopes.entry(key).or_default()
    }
}
