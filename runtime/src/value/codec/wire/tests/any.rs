//! [`Any`]: a value whose type is known only at run time.

use crate::value::codec::document::DocumentView;
use crate::value::schema::{
    Location, MemberSchema, StructureSchema, TargetSchema, TimestampFormat,
};
use crate::value::shape::{
    Enumeration, ListSlot, MapSlot, OptionalSlot, Slot, Structure, Union, Value,
};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use std::collections::BTreeMap;

/// A type.
#[derive(Debug)]
pub(super) enum Kind {
    Ignored,
    Boolean,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    BigInteger,
    BigDecimal,
    String,
    Enum,
    Blob,
    Timestamp(Option<TimestampFormat>),
    Document,
    List(&'static Kind, bool),
    Map(&'static Kind, bool),
    Structure(Fields),
    Union(Fields),
}

/// Members with their types.
#[derive(Debug)]
pub(super) struct Fields {
    schema: &'static StructureSchema,
    pub(super) members: Vec<Field>,
}

#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: &'static Kind,
    pub(super) is_optional: bool,
    pub(super) is_sensitive: bool,
    pub(super) location: Location,
}

pub(super) const IGNORED: &Kind = &Kind::Ignored;
pub(super) const DOCUMENT: &Kind = &Kind::Document;

pub(super) fn simple_kinds() -> impl Iterator<Item = &'static Kind> {
    const KINDS: [Kind; 18] = [
        Kind::Ignored,
        Kind::Boolean,
        Kind::Byte,
        Kind::Short,
        Kind::Integer,
        Kind::Long,
        Kind::Float,
        Kind::Double,
        Kind::BigInteger,
        Kind::BigDecimal,
        Kind::String,
        Kind::Enum,
        Kind::Blob,
        Kind::Timestamp(None),
        Kind::Timestamp(Some(TimestampFormat::DateTime)),
        Kind::Timestamp(Some(TimestampFormat::HttpDate)),
        Kind::Timestamp(Some(TimestampFormat::EpochSeconds)),
        Kind::Document,
    ];
    static SIMPLE: [Kind; 18] = KINDS;
    SIMPLE.iter()
}

/// Leaks a value, because schemas are static.
pub(super) fn leaked<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

pub(super) fn list_of(kind: &'static Kind) -> &'static Kind {
    leaked(Kind::List(kind, false))
}

pub(super) fn map_of(kind: &'static Kind) -> &'static Kind {
    leaked(Kind::Map(kind, true))
}

pub(super) fn structure_of(kind: &'static Kind) -> &'static Kind {
    leaked(Kind::Structure(fields(vec![field(kind)])))
}

pub(super) fn union_of(kind: &'static Kind) -> &'static Kind {
    leaked(Kind::Union(fields(vec![field(kind)])))
}

fn field(kind: &'static Kind) -> Field {
    Field {
        name: "a",
        kind,
        is_optional: true,
        is_sensitive: false,
        location: Location::Body,
    }
}

pub(super) fn fields(members: Vec<Field>) -> Fields {
    let schemas = members.iter().map(|field| MemberSchema {
        required: !field.is_optional,
        sensitive: field.is_sensitive,
        location: field.location,
        target: field.kind.target(),
        // Paths contain the names of the model.
        ..MemberSchema::new(leaked(format!("{}-of-the-model", field.name)), "field")
            .wire_name(field.name)
    });
    let schemas: &[MemberSchema] = leaked(schemas.collect::<Vec<_>>());
    Fields {
        schema: leaked(StructureSchema::new("example#Any", "Any", schemas)),
        members,
    }
}

impl Kind {
    pub(super) fn target(&self) -> Option<&'static TargetSchema> {
        let target = TargetSchema::new();
        let target = match self {
            Kind::BigInteger | Kind::BigDecimal => target.keeps_digits(),
            Kind::Timestamp(Some(format)) => target.timestamp_format(*format),
            Kind::List(element, _) | Kind::Map(element, _) => target.element(element.target()?),
            _ => return None,
        };
        Some(leaked(target))
    }
}

/// A value.
#[derive(Debug)]
pub(super) enum Any {
    Ignored,
    Boolean(bool),
    Byte(i8),
    Short(i16),
    Integer(i32),
    Long(i64),
    Float(f32),
    Double(f64),
    BigInteger(BigInteger),
    BigDecimal(BigDecimal),
    String(String),
    Enum(AnyEnum),
    Blob(Blob),
    Timestamp(DateTime),
    Document(Document),
    List(AnyList),
    Map(AnyMap),
    Structure(AnyStructure),
    Union(AnyUnion),
}

impl Any {
    pub(super) fn empty(kind: &'static Kind) -> Self {
        match kind {
            Kind::Ignored => Self::Ignored,
            Kind::Boolean => Self::Boolean(false),
            Kind::Byte => Self::Byte(0),
            Kind::Short => Self::Short(0),
            Kind::Integer => Self::Integer(0),
            Kind::Long => Self::Long(0),
            Kind::Float => Self::Float(0.0),
            Kind::Double => Self::Double(0.0),
            Kind::BigInteger => Self::BigInteger(BigInteger::default()),
            Kind::BigDecimal => Self::BigDecimal(BigDecimal::default()),
            Kind::String => Self::String(String::new()),
            Kind::Enum => Self::Enum(AnyEnum(String::new())),
            Kind::Blob => Self::Blob(Blob::new(Vec::new())),
            Kind::Timestamp(_) => Self::Timestamp(DateTime::from_secs(0)),
            Kind::Document => Self::Document(Document::Null),
            Kind::List(kind, sparse) => Self::List(AnyList(kind, *sparse, Vec::new())),
            Kind::Map(kind, sparse) => Self::Map(AnyMap(kind, *sparse, BTreeMap::new())),
            Kind::Structure(fields) => Self::Structure(AnyStructure(
                fields,
                fields.members.iter().map(AnyMember::of).collect(),
            )),
            Kind::Union(fields) => Self::Union(AnyUnion(fields, None)),
        }
    }

    pub(super) fn slot(&mut self) -> Slot<'_> {
        match self {
            Self::Ignored => Slot::Ignored,
            Self::Boolean(value) => Slot::Boolean(value),
            Self::Byte(value) => Slot::Byte(value),
            Self::Short(value) => Slot::Short(value),
            Self::Integer(value) => Slot::Integer(value),
            Self::Long(value) => Slot::Long(value),
            Self::Float(value) => Slot::Float(value),
            Self::Double(value) => Slot::Double(value),
            Self::BigInteger(value) => Slot::BigInteger(value),
            Self::BigDecimal(value) => Slot::BigDecimal(value),
            Self::String(value) => Slot::String(value),
            Self::Enum(value) => Slot::Enum(value),
            Self::Blob(value) => Slot::Blob(value),
            Self::Timestamp(value) => Slot::Timestamp(value),
            Self::Document(value) => Slot::Document(value),
            Self::List(value) => Slot::List(value),
            Self::Map(value) => Slot::Map(value),
            Self::Structure(value) => Slot::Structure(value),
            Self::Union(value) => Slot::Union(value),
        }
    }

    /// Returns the value as text. The maps of documents are sorted.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Document(document) => {
                serde_json::to_string(&DocumentView(document)).unwrap_or_default()
            }
            Self::List(list) => shown(list.2.iter().map(|value| ("", value.as_ref()))),
            Self::Map(map) => shown(map.2.iter().map(|(key, value)| (&**key, value.as_ref()))),
            Self::Structure(of) => shown(of.1.iter().map(|member| ("", member.value.as_ref()))),
            Self::Union(AnyUnion(_, Some((index, value)))) => format!("{index}: {}", value.shown()),
            other => format!("{other:?}"),
        }
    }
}

fn shown<'a>(values: impl Iterator<Item = (&'a str, Option<&'a Any>)>) -> String {
    let shown = values.map(|(key, value)| format!("{key:?} {:?}", value.map(Any::shown)));
    shown.collect::<Vec<_>>().join("; ")
}

#[derive(Debug)]
pub(super) struct AnyEnum(String);

impl Enumeration for AnyEnum {
    fn wire_value(&self) -> &str {
        &self.0
    }

    fn set_wire_value(&mut self, value: &str) {
        self.0 = value.to_owned();
    }

    fn known_values(&self) -> &'static [&'static str] {
        &[]
    }
}

/// The type of the elements, `true` for a sparse list, and the elements.
#[derive(Debug)]
pub(super) struct AnyList(&'static Kind, bool, Vec<Option<Any>>);

impl ListSlot for AnyList {
    fn clear(&mut self) {
        self.2.clear();
    }

    fn push(&mut self) -> Slot<'_> {
        self.2.push(Some(Any::empty(self.0)));
        let last = self.2.last_mut().and_then(Option::as_mut);
        last.map_or(Slot::Ignored, Any::slot)
    }

    fn push_null(&mut self) -> bool {
        if self.1 {
            self.2.push(None);
        }
        self.1
    }
}

/// The type of the values, `true` for a sparse map, and the entries.
#[derive(Debug)]
pub(super) struct AnyMap(&'static Kind, bool, BTreeMap<String, Option<Any>>);

impl MapSlot for AnyMap {
    fn clear(&mut self) {
        self.2.clear();
    }

    fn insert(&mut self, key: &str) -> Slot<'_> {
        self.2.insert(key.to_owned(), Some(Any::empty(self.0)));
        let value = self.2.get_mut(key).and_then(Option::as_mut);
        value.map_or(Slot::Ignored, Any::slot)
    }

    fn insert_null(&mut self, key: &str) -> bool {
        if self.1 {
            self.2.insert(key.to_owned(), None);
        }
        self.1
    }
}

#[derive(Debug)]
pub(super) struct AnyStructure(&'static Fields, Vec<AnyMember>);

/// A member, which may be absent if it is optional.
#[derive(Debug)]
struct AnyMember {
    field: &'static Field,
    value: Option<Any>,
}

impl AnyMember {
    fn of(field: &'static Field) -> Self {
        Self {
            field,
            value: (!field.is_optional).then(|| Any::empty(field.kind)),
        }
    }
}

impl OptionalSlot for AnyMember {
    fn clear(&mut self) {
        self.value = None;
    }

    fn fill(&mut self) -> Slot<'_> {
        self.value.insert(Any::empty(self.field.kind)).slot()
    }
}

impl Structure for AnyStructure {
    fn schema(&self) -> &'static StructureSchema {
        self.0.schema
    }

    fn member(&self, _: usize) -> Value<'_> {
        Value::Absent
    }

    fn member_slot(&mut self, index: usize) -> Slot<'_> {
        match self.1.get_mut(index) {
            Some(member) if member.field.is_optional => Slot::Optional(member),
            Some(AnyMember {
                value: Some(value), ..
            }) => value.slot(),
            _ => Slot::Ignored,
        }
    }
}

#[derive(Debug)]
pub(super) struct AnyUnion(&'static Fields, Option<(usize, Box<Any>)>);

impl Union for AnyUnion {
    fn schema(&self) -> &'static StructureSchema {
        self.0.schema
    }

    fn variant(&self) -> Option<(usize, Value<'_>)> {
        self.1.as_ref().map(|(index, _)| (*index, Value::Absent))
    }

    fn set_variant(&mut self, index: usize) -> Slot<'_> {
        let field = self.0.members.get(index);
        self.1 = field.map(|field| (index, Box::new(Any::empty(field.kind))));
        self.1
            .as_mut()
            .map_or(Slot::Ignored, |(_, value)| value.slot())
    }
}
