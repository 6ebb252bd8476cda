//! Fields: a member in; its name, type, presence and place out.

use crate::error::CodegenError;
use crate::ir::{Default, Field, Location, Presence, Role, Type};
use crate::lower::resolver::Resolver;
use crate::lower::{carried, docs, sensitivity};
use serde_json::Value;
use smithy_model::Member;
use smithy_model::known::{DefaultValue, HttpHeader, HttpPrefixHeaders, HttpQuery};

pub(super) fn lower(
    resolver: &mut Resolver<'_>,
    member: &Member,
    role: Role,
) -> Result<Field, CodegenError> {
    let protocol = resolver.protocol;
    let ty = resolver.member_type(member)?;
    let target = resolver.target(member)?;
    let required = member.traits.has("smithy.api#required");
    let location = if protocol.has_http_bindings() {
        location(member)
    } else {
        Location::Body
    };
    Ok(Field {
        presence: presence(resolver, member, role, &ty)?,
        ident: resolver.field_ident(member),
        docs: docs::of_member(resolver, member)?,
        document_name: protocol.document_name(member),
        empty_document: location == Location::Payload && is_structure(&ty),
        location,
        sensitive: sensitivity::is_sensitive(resolver.model, member),
        idempotency_token: role == Role::Input && member.traits.has("smithy.api#idempotencyToken"),
        deprecated: docs::deprecation(&member.traits),
        carried: carried::of(protocol, &member.traits),
        wire_name: member.name.clone(),
        required,
        target,
        ty,
    })
}

fn is_structure(ty: &Type) -> bool {
    match ty {
        Type::Boxed(inner) => is_structure(inner),
        ty => matches!(ty, Type::Structure(_)),
    }
}

/// Whether a member may be absent, by Smithy's rules for clients and, for inputs, by AWS's custom that everything may.
pub(super) fn presence(
    resolver: &Resolver<'_>,
    member: &Member,
    role: Role,
    ty: &Type,
) -> Result<Presence, CodegenError> {
    // A stream of nothing is a stream, so that an output need not say whether there is one.
    if *ty == Type::Stream && role == Role::Output {
        return Ok(Presence::Zero);
    }
    let may_be_absent = role == Role::Input || member.traits.has("smithy.api#clientOptional");
    if may_be_absent || role == Role::Error {
        return Ok(Presence::Optional);
    }
    if member.traits.has("smithy.api#required") {
        // A structure has no zero to stand for one that a service left out, so it may be absent even where it is
        // required; validation insists on it all the same.
        let may_be_absent = matches!(ty, Type::Boxed(_) | Type::Structure(_) | Type::Union(_));
        return Ok(if may_be_absent {
            Presence::Optional
        } else {
            Presence::Required
        });
    }
    let own = member.traits.get::<DefaultValue>();
    let of_target = || {
        resolver
            .model
            .shape(&member.target)
            .and_then(|shape| shape.traits.get::<DefaultValue>())
    };
    match own.or_else(of_target) {
        Some(DefaultValue(value)) => default(member, ty, &value),
        None => Ok(Presence::Optional),
    }
}

fn default(member: &Member, ty: &Type, value: &Value) -> Result<Presence, CodegenError> {
    let fits = || {
        CodegenError::unsupported(
            &member.id,
            format!("the default {value} does not fit its type"),
        )
    };
    Ok(match (ty, value) {
        (_, Value::Null) => Presence::Optional,
        (Type::Boolean, Value::Bool(false)) => Presence::Zero,
        (Type::Boolean, Value::Bool(true)) => Presence::Default(Default::True),
        (Type::Float | Type::Double, Value::Number(number)) => {
            match number.as_f64().ok_or_else(fits)? {
                0.0 => Presence::Zero,
                number => Presence::Default(Default::Float(number)),
            }
        }
        (
            Type::Byte | Type::Short | Type::Integer | Type::Long | Type::IntEnum(_),
            Value::Number(number),
        ) => match number.as_i64().ok_or_else(fits)? {
            0 => Presence::Zero,
            number => Presence::Default(Default::Integer(number)),
        },
        (Type::String, Value::String(text)) if text.is_empty() => Presence::Zero,
        (Type::String | Type::Enum(_), Value::String(text)) => {
            Presence::Default(Default::Text(text.clone()))
        }
        (Type::Blob, Value::String(text)) if text.is_empty() => Presence::Zero,
        (Type::List(..), Value::Array(elements)) if elements.is_empty() => Presence::Zero,
        (Type::Map(..), Value::Object(entries)) if entries.is_empty() => Presence::Zero,
        // What remains are defaults that only a service needs to know: a client leaves the member out.
        (
            Type::Timestamp | Type::Document | Type::Blob | Type::BigInteger | Type::BigDecimal,
            _,
        ) => Presence::Optional,
        _ => return Err(fits()),
    })
}

fn location(member: &Member) -> Location {
    let has = |name: &str| member.traits.has(&format!("smithy.api#{name}"));
    if has("httpLabel") {
        Location::Label
    } else if let Some(HttpQuery(name)) = member.traits.get() {
        Location::Query(name)
    } else if has("httpQueryParams") {
        Location::QueryParams
    } else if let Some(HttpHeader(name)) = member.traits.get() {
        Location::Header(name.to_ascii_lowercase())
    } else if let Some(HttpPrefixHeaders(prefix)) = member.traits.get() {
        Location::PrefixHeaders(prefix.to_ascii_lowercase())
    } else if has("httpPayload") {
        Location::Payload
    } else if has("httpResponseCode") {
        Location::ResponseCode
    } else {
        Location::Body
    }
}
