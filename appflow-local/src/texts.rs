//! The messages that the real service was seen to answer, in one place.

use crate::generated::error;
use smithy_reqwest::server::ServiceError;

pub(crate) fn invalid(message: impl Into<String>) -> ServiceError {
    error::validation_exception(message)
}

pub(crate) fn conflict(what: impl std::fmt::Display) -> ServiceError {
    error::conflict_exception(format!("Conflict executing request: {what}"))
}

pub(crate) fn no_flow(name: &str) -> ServiceError {
    error::resource_not_found_exception(format!("Flow with name {name} does not exist."))
}

pub(crate) fn no_profile(name: &str) -> ServiceError {
    error::resource_not_found_exception(format!(
        "Connector Profile with name {name} does not exist."
    ))
}

pub(crate) fn no_connector(label: &str) -> ServiceError {
    error::resource_not_found_exception(format!("Connector with label {label} does not exist."))
}

pub(crate) fn no_resource(arn: &str) -> ServiceError {
    error::resource_not_found_exception(format!("Resource {arn} does not exist."))
}

pub(crate) fn quota(what: &str, most: usize) -> ServiceError {
    error::service_quota_exceeded_exception(format!("The limit of {most} {what} is reached."))
}

/// The service writes lists of names in brackets.
pub(crate) fn bracketed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    format!("[{}]", names.join(", "))
}
