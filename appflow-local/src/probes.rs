//! [`Probes`]: the faults of buckets during one call.
//!
//! A call has exclusive access to the state, and buckets may take long to respond. So a call that needs them ends, the buckets
//! are checked without access to the state, and the call is executed again with the result.

use crate::generated::error;
use crate::runs::Probe;
use smithy_reqwest::server::ServiceError;
use std::cell::RefCell;

/// The buckets that were checked for a call, and those that it waits for.
#[derive(Debug, Default)]
pub(crate) struct Probes {
    checked: RefCell<Vec<(Probe, Option<String>)>>,
    pending: RefCell<Option<Probe>>,
}

impl Probes {
    /// Checks the buckets of a flow.
    ///
    /// # Errors
    ///
    /// Returns an error if they have a fault, or if the check is pending. In that case, the result of the call is discarded.
    pub(crate) fn check(&self, probe: Probe) -> Result<(), ServiceError> {
        let checked = self.checked.borrow();
        match checked.iter().find(|(known, _)| *known == probe) {
            Some((_, None)) => Ok(()),
            Some((_, Some(fault))) => Err(error::connector_server_exception(format!("{fault}."))),
            None => {
                self.pending.replace(Some(probe));
                let message = "the buckets were not checked yet";
                Err(error::internal_server_exception(message))
            }
        }
    }

    /// Takes the pending check.
    pub(crate) fn take_pending(&self) -> Option<Probe> {
        self.pending.take()
    }

    /// Adds the result of a check.
    pub(crate) fn add(&self, probe: Probe, fault: Option<String>) {
        self.checked.borrow_mut().push((probe, fault));
    }
}
