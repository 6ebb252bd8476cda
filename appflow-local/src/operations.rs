//! The operations: a session and an input in, an output or an error out. One file for each kind of resource.

pub(crate) mod connectors;
pub(crate) mod entities;
pub(crate) mod executions;
pub(crate) mod flows;
pub(crate) mod profiles;
pub(crate) mod registrations;
pub(crate) mod start_stop;
pub(crate) mod tags;
pub(crate) mod update_flow;
