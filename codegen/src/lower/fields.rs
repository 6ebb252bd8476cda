//! Lowers members to fields with names, types, presence and HTTP bindings.

use crate::error::CodegenError;
use crate::ir::{Field, Location, Presence, Role, Type};
use crate::lower::docs::{self, deprecation};
use crate::lower::member_names::MemberNames;
use crate::lower::resolver::Resolver;
use crate::lower::{carried, defaults, sensitivity};
use smithy_model::Member;
use smithy_model::known::{HttpHeader, HttpPrefixHeaders, HttpQuery};

pub(super) fn lower(
    resolver: &mut Resolver<'_>,
    member: &Member,
    role: Role,
) -> Result<Field, CodegenError> {
    let protocol = resolver.protocol;
    let ty = resolver.member_type(member)?;
    let target = resolver.target(member)?;
    let location = match event_location(member) {
        Some(location) => location,
        None if protocol.has_http_bindings() => location(member, role),
        None => Location::Body,
    };
    let presence = presence(resolver, member, role, &ty)?;
    let service_default = service_default(resolver, member, role, &ty, &presence)?;
    let has_value = has_value(resolver, member, &presence, service_default.as_ref());
    let required = is_required(member) && (!has_value || is_label(member, role, &location));
    let docs = docs::of_member(resolver, member, &ty, required)?;
    let ident = resolver.field_ident(member);
    Ok(Field {
        // Required members, and members with a default of their own, are sent even if they have that value. A zero that is
        // the default of the member's type is not sent: in Smithy 1.0 it was an absent value, and official clients omit it.
        omits_zero: presence == Presence::Zero
            && !is_required(member)
            && defaults::of_target(resolver.model, member).is_some(),
        service_default,
        presence,
        whole_setter: MemberNames::whole_setter(&ident),
        getter: MemberNames::getter(&ident),
        ident,
        docs: docs.field,
        setter_docs: docs.setter,
        document_name: protocol.document_name(member),
        empty_document: location == Location::Payload && is_structure(&ty),
        required,
        location,
        lenient: false,
        sensitive: sensitivity::is_sensitive(resolver.model, member),
        idempotency_token: role == Role::Input && member.traits.has("smithy.api#idempotencyToken"),
        deprecated: deprecation(&member.traits),
        carried: carried::of(protocol, &member.traits),
        wire_name: member.name.clone(),
        target,
        ty,
    })
}

fn is_required(member: &Member) -> bool {
    member.traits.has("smithy.api#required")
}

fn is_structure(ty: &Type) -> bool {
    match ty {
        Type::Boxed(inner) => is_structure(inner),
        ty => matches!(ty, Type::Structure(_)),
    }
}

/// Returns whether a member may be absent, by Smithy's rules for clients and, for inputs, by AWS's convention that
/// everything may.
pub(super) fn presence(
    resolver: &Resolver<'_>,
    member: &Member,
    role: Role,
    ty: &Type,
) -> Result<Presence, CodegenError> {
    // An empty stream is a stream, so an output does not need to distinguish a missing one.
    if matches!(ty, Type::Stream | Type::Events(_)) && role == Role::Output {
        return Ok(Presence::Zero);
    }
    if role == Role::Input || member.traits.has("smithy.api#clientOptional") {
        return Ok(Presence::Optional);
    }
    // A default takes precedence over `required`: it replaces a member that is missing in a response.
    if let Some(default) = defaults::of_member(resolver.model, member) {
        return defaults::presence(member, ty, &default);
    }
    // A structure has no zero value to replace one that a service left out, so it may be absent even if it is required.
    // Validation requires it nevertheless.
    let has_zero = !matches!(ty, Type::Boxed(_) | Type::Structure(_) | Type::Union(_));
    let is_there = role != Role::Error && is_required(member);
    Ok(match is_there && has_zero {
        true => Presence::Required,
        false => Presence::Optional,
    })
}

/// Returns whether a member is part of the URL, so that no request can be sent without it.
fn is_label(member: &Member, role: Role, location: &Location) -> bool {
    let is_in_host = role == Role::Input && member.traits.has("smithy.api#hostLabel");
    is_in_host || *location == Location::Label
}

/// Returns the default that a service fills in for a member that is optional for clients: any of an input, and one that is
/// `clientOptional` of an output, of an error or of a structure within. Responses do not disclose defaults of internal
/// members, so those of structures that responses contain too are not filled in.
fn service_default(
    resolver: &Resolver<'_>,
    member: &Member,
    role: Role,
    ty: &Type,
    presence: &Presence,
) -> Result<Option<Presence>, CodegenError> {
    let has = |name: &str| member.traits.has(&format!("smithy.api#{name}"));
    let in_responses = !resolver.is_only_sent(&member.id.without_member());
    let is_withheld = has("internal") && in_responses;
    let is_filled = role == Role::Input || (has("clientOptional") && !is_withheld);
    // Other members have a value: their default, or an empty stream.
    if !is_filled || *presence != Presence::Optional {
        return Ok(None);
    }
    let default = defaults::of_member(resolver.model, member);
    default
        .map(|default| defaults::presence(member, ty, &default))
        .transpose()
}

/// Returns whether a member that is absent has its default, because its type has a value for it or a service fills it in.
fn has_value(
    resolver: &Resolver<'_>,
    member: &Member,
    presence: &Presence,
    service_default: Option<&Presence>,
) -> bool {
    match presence {
        Presence::Optional => service_default.is_some(),
        _ => defaults::of_member(resolver.model, member).is_some(),
    }
}

/// Returns the location of a member in an event, if the member has one. It applies in every protocol.
fn event_location(member: &Member) -> Option<Location> {
    if member.traits.has("smithy.api#eventHeader") {
        Some(Location::EventHeader)
    } else if member.traits.has("smithy.api#eventPayload") {
        Some(Location::EventPayload)
    } else {
        None
    }
}

/// Returns the HTTP binding of a member, by the bindings that apply to the role of its structure: labels and queries
/// apply to inputs, the status applies to outputs and errors, and none applies to other structures. A member whose
/// binding does not apply is in the body.
fn location(member: &Member, role: Role) -> Location {
    let has = |name: &str| member.traits.has(&format!("smithy.api#{name}"));
    match role {
        Role::Type => return Location::Body,
        Role::Input if has("httpLabel") => return Location::Label,
        Role::Input if has("httpQueryParams") => return Location::QueryParams,
        Role::Input => {
            if let Some(HttpQuery(name)) = member.traits.get() {
                return Location::Query(name);
            }
        }
        Role::Output | Role::Error if has("httpResponseCode") => return Location::ResponseCode,
        Role::Output | Role::Error => {}
    }
    if let Some(HttpHeader(name)) = member.traits.get() {
        Location::Header(name.to_ascii_lowercase())
    } else if let Some(HttpPrefixHeaders(prefix)) = member.traits.get() {
        Location::PrefixHeaders(prefix.to_ascii_lowercase())
    } else if has("httpPayload") {
        Location::Payload
    } else {
        Location::Body
    }
}
