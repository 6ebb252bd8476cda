//! Reads the members of an error shape independently, so that a member that cannot be read does not affect the others.

use crate::protocol::http_binding::read_head_member;
use crate::protocol::payload::payload;
use crate::protocol::rest_json::read_payload;
use crate::protocol::scan::Scan;
use crate::value::codec::member_from_json_leniently;
use crate::value::schema::Location;
use crate::value::shape::Structure;
use bytes::Bytes;
use http::response::Parts;

/// Reads the members that are bound to the head of an error response. A member that cannot be read is absent.
pub(in crate::protocol) fn read_head(head: &Parts, error: &mut dyn Structure) {
    for (index, member) in error.schema().members.iter().enumerate() {
        if read_head_member(head, member, error.member_slot(index)).is_err() {
            error.member_slot(index).clear();
        }
    }
}

/// Reads a JSON body into an error shape. A member that cannot be read is absent.
pub(in crate::protocol) fn read_body(body: &Bytes, error: &mut dyn Structure) {
    if let Some((index, _)) = payload(error) {
        if read_payload(body, error.member_slot(index)).is_err() {
            error.member_slot(index).clear();
        }
        return;
    }
    let schema = error.schema();
    for (name, json) in Scan::of(body).members() {
        let Some(index) = schema.position(name, 0) else {
            continue;
        };
        let member = schema.members.get(index);
        let Some(member) = member.filter(|member| member.location == Location::Body) else {
            continue;
        };
        if member_from_json_leniently(json, error.member_slot(index), member.target).is_err() {
            error.member_slot(index).clear();
        }
    }
}
