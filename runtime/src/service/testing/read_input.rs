//! Reads the input of a recorded request with the service side of the protocol.

use crate::client::operation::CalledOperation;
use crate::protocol::server::query::{parameters, read_parameters};
use crate::protocol::server::{Labels, Request, ServerProtocol, ServiceStyle};
use crate::value::schema::Location;
use crate::value::shape::Structure;
use bytes::Bytes;
use http::Uri;
use http::request::Parts;

/// Fills the input. Returns `false` if the request is not one of a client for this operation.
pub(super) fn read(
    called: CalledOperation,
    head: &Parts,
    body: &Bytes,
    input: &mut dyn Structure,
) -> bool {
    let Some(protocol) = called.service().protocol.server_side() else {
        return false;
    };
    let Some((head, labels)) = without_base(protocol, called, head, body) else {
        return false;
    };
    let request = Request {
        head: &head,
        body,
        labels: &labels,
        style: ServiceStyle::Smithy,
    };
    protocol.read_request(request, input).is_ok() && keep_rest_of_query(input, &head.uri)
}

/// Returns the request of the operation without the base path of the endpoint.
fn without_base(
    protocol: &dyn ServerProtocol,
    called: CalledOperation,
    head: &Parts,
    body: &Bytes,
) -> Option<(Parts, Labels)> {
    let target = head.uri.path_and_query()?.as_str();
    let path = head.uri.path().len();
    let starts = target.match_indices('/').map(|(at, _)| at);
    starts.take_while(|at| *at < path).find_map(|at| {
        let mut head = head.clone();
        head.uri = Uri::try_from(target.get(at..)?).ok()?;
        let labels = protocol.matches(called.service(), called.operation(), &head, body)?;
        Some((head, labels))
    })
}

/// Removes from the map of query parameters those that have a member of their own. The service side puts all parameters
/// into the map, but the input of the client had only the others in it.
fn keep_rest_of_query(input: &mut dyn Structure, uri: &Uri) -> bool {
    let members = input.schema().members;
    let is_taken = |name: &str| {
        let mut locations = members.iter().map(|member| member.location);
        locations.any(|location| matches!(location, Location::Query(taken) if taken == name))
    };
    let mut rest = members.iter().enumerate();
    let Some((index, member)) = rest.find(|(_, member)| member.location == Location::QueryParams)
    else {
        return true;
    };
    let parameters = parameters(uri.query().unwrap_or_default());
    let rest = parameters.iter().filter(|(name, _)| !is_taken(name));
    input.member_slot(index).fill_null();
    read_parameters(rest, member.target, input.member_slot(index))
}
