//! Smithy's HTTP bindings of requests: members that travel in the path, the query and headers, read as a service does.

use crate::protocol::http_binding::{joined, read_header, read_prefix_headers};
use crate::protocol::server::query::{parameters, read_parameter, read_parameters};
use crate::protocol::server::text::read_exactly;
use crate::protocol::server::{Request, ServiceError, serialization};
use crate::value::schema::{Location, MemberSchema, TimestampFormat};
use crate::value::shape::{Slot, Structure, Value};
use http::request::Parts;

/// Fills the members that travel in path, query and headers.
pub(crate) fn read_head(
    request: Request<'_>,
    input: &mut dyn Structure,
) -> Result<(), ServiceError> {
    let parameters = parameters(request.head.uri.query().unwrap_or_default());
    for (index, member) in input.schema().members.iter().enumerate() {
        let slot = input.member_slot(index);
        let read = match member.location {
            Location::Label => {
                let label = request.labels.iter().find(|(name, _)| *name == member.name);
                label.is_none_or(|(_, text)| {
                    read_exactly(slot, text, member.target, TimestampFormat::DateTime)
                })
            }
            Location::Query(name) => read_parameter(&parameters, name, member.target, slot),
            // By the specification of httpQueryParams, a service puts those that have a member of their own here too.
            Location::QueryParams => read_parameters(&parameters, member.target, slot),
            Location::Header(name) => read_bound_header(request.head, name, member, slot),
            Location::PrefixHeaders(prefix) => {
                read_prefix_headers(&request.head.headers, prefix, slot);
                true
            }
            _ => true,
        };
        if !read {
            let message = format!("Unexpected value at '{}'", member.name);
            return Err(serialization(message));
        }
    }
    Ok(())
}

fn read_bound_header(
    head: &Parts,
    name: &'static str,
    member: &'static MemberSchema,
    slot: Slot<'_>,
) -> bool {
    let text = joined(&head.headers, name);
    text.is_none_or(|text| read_header(name, &text, member, slot, read_exactly).is_ok())
}

/// The status of success: the member bound to it, if it is set, else the operation's.
pub(crate) fn status(output: &dyn Structure, otherwise: u16) -> u16 {
    let mut members = output.schema().members.iter().enumerate();
    let bound = members.find_map(|(index, member)| match output.member(index) {
        Value::Integer(status) if member.location == Location::ResponseCode => {
            // Below 100 it is no status: an output whose required status was not set has 0.
            u16::try_from(status).ok().filter(|status| *status >= 100)
        }
        _ => None,
    });
    bound.unwrap_or(otherwise)
}
