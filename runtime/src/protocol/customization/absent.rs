//! The replacement for customizations without the feature `customizations`: an operation that requires them fails with
//! an error that names the feature, and others have none.

use crate::aws::ConfigurationError;
use crate::aws::endpoint::Endpoint;
use crate::protocol::{RequestParts, WriteError};
use crate::value::schema::OperationSchema;
use crate::value::shape::Structure;
use http::{HeaderMap, Method};

pub(crate) fn change_input(
    operation: &OperationSchema,
    _: &mut dyn Structure,
) -> Result<(), WriteError> {
    match operation.customizations {
        [] => Ok(()),
        _ => Err(WriteError::Unwritable {
            member: "input",
            reason: "the operation has customizations: enable the feature `customizations` of smithy-reqwest"
                .to_owned(),
        }),
    }
}

pub(crate) fn change_request(_: &OperationSchema, _: &mut Method, _: &mut RequestParts) {}

pub(crate) fn endpoint(
    _: &OperationSchema,
    _: &dyn Structure,
) -> Result<Option<Endpoint>, ConfigurationError> {
    Ok(None)
}

/// A tree hash, which never exists.
#[derive(Debug)]
pub(crate) enum TreeHash {}

impl TreeHash {
    pub(crate) fn of(_: &OperationSchema) -> Option<Self> {
        None
    }

    pub(crate) fn update(&mut self, _: &[u8]) {
        match *self {}
    }

    pub(crate) fn put(self, _: &mut HeaderMap) -> String {
        match self {}
    }
}
