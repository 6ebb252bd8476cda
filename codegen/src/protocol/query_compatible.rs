//! Services with `aws.protocols#awsQueryCompatible`, which once used awsQuery: their errors also have the codes of that
//! protocol.

use smithy_model::Shape;

/// The ID of the trait with the code that an error has in awsQuery.
pub(super) const QUERY_ERROR: &str = "aws.protocols#awsQueryError";

/// Returns whether the errors of the service also have their codes of awsQuery. Their statuses are those of the protocol
/// in use.
pub(super) fn is_query_compatible(service: &Shape) -> bool {
    service.traits.has("aws.protocols#awsQueryCompatible")
}
