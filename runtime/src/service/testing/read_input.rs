//! A request in, the members of its input out: what the client wrote, read back by the service's half of the protocol.

use crate::client::operation::CalledOperation;
use crate::protocol::server::query::{parameters, read_parameters};
use crate::protocol::server::{Labels, Request, ServerProtocol, ServiceStyle};
use crate::value::schema::Location;
use crate::value::shape::Structure;
use bytes::Bytes;
use http::Uri;
use http::request::Parts;

/// Fills the input; `false` when the request is not one that a client wrote for this operation.
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

/// The request as the operation's own, without what an endpoint puts before its path.
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

/// A service puts all parameters into the map of parameters. Those that have a member of their own were not in what the
/// client was given.
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
