//! A service with all forms of values in XML, written by hand in the form of generated code.

use aws_smithy_types::{Blob, DateTime};
use bytes::Bytes;
use http::response::Parts;
use smithy_reqwest::protocol::{AwsQuery, Ec2Query, Protocol, ReadError, RestXml};
use smithy_reqwest::schema::{
    CarriedTraits, CarriedValue, MemberSchema, OperationSchema, Segment, ServiceSchema,
    StructureSchema, TargetSchema,
};
use smithy_reqwest::shape::{Shape, Slot, Structure, Union, Value};
use std::collections::HashMap;

pub(crate) const PROTOCOLS: [&dyn Protocol; 3] = [&AwsQuery, &Ec2Query, &RestXml::WRAPPED_ERRORS];

/// Returns all protocols that keep these shapes unchanged in a round trip.
pub(crate) fn documents() -> Vec<&'static dyn Protocol> {
    let cbor: &[&'static dyn Protocol] = &[
        #[cfg(feature = "cbor")]
        &smithy_reqwest::protocol::RpcV2Cbor::PLAIN,
    ];
    [&PROTOCOLS[..], cbor].concat()
}

pub(crate) static OPERATION: OperationSchema =
    OperationSchema::new("Put", "POST", &[Segment::Literal("/")]);

/// Returns the service with a protocol.
pub(crate) fn service(protocol: &'static dyn Protocol) -> ServiceSchema {
    ServiceSchema::new(
        "Depot",
        "Depot",
        "2026-03-01",
        "depot",
        "depot",
        protocol,
        "x/1",
    )
}

/// Implements the reflection of a structure, as generated code does.
macro_rules! reflect {
    ($type:ident, $schema:ident, { $($index:literal => $field:ident),* $(,)? }) => {
        impl Structure for $type {
            fn schema(&self) -> &'static StructureSchema {
                &$schema
            }

            fn member(&self, index: usize) -> Value<'_> {
                match index {
                    $($index => Shape::value(&self.$field),)*
                    _ => Value::Absent,
                }
            }

            fn member_slot(&mut self, index: usize) -> Slot<'_> {
                match index {
                    $($index => Shape::slot(&mut self.$field),)*
                    _ => Slot::Ignored,
                }
            }
        }

        impl Shape for $type {
            fn value(&self) -> Value<'_> {
                Value::Structure(self)
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::Structure(self)
            }

            fn empty() -> Self {
                Self::default()
            }
        }
    };
}

const fn named(name: &'static [(&'static str, CarriedValue)]) -> CarriedTraits {
    CarriedTraits(name)
}

const FLAG: CarriedValue = CarriedValue::Object(&[]);
static FLAT: CarriedTraits = named(&[("smithy.api#xmlFlattened", FLAG)]);
static FLAT_ITEM: CarriedTraits = named(&[
    ("smithy.api#xmlName", CarriedValue::Text("Item")),
    ("smithy.api#xmlFlattened", FLAG),
]);
static RENAMED: CarriedTraits = named(&[("smithy.api#xmlName", CarriedValue::Text("Other"))]);
static ATTRIBUTE: CarriedTraits = named(&[
    ("smithy.api#xmlName", CarriedValue::Text("xsi:type")),
    ("smithy.api#xmlAttribute", FLAG),
]);
static NAMESPACE: CarriedTraits = named(&[(
    "smithy.api#xmlNamespace",
    CarriedValue::Object(&[
        ("prefix", CarriedValue::Text("xsi")),
        ("uri", CarriedValue::Text("urn:\"xsi\"")),
    ]),
)]);
static KEY: TargetSchema = TargetSchema::new().carries(&KEY_NAME);
static KEY_NAME: CarriedTraits = named(&[("smithy.api#xmlName", CarriedValue::Text("Name"))]);
static PARTS: TargetSchema = TargetSchema::new().element(&PART);
static PART: TargetSchema = TargetSchema::new().carries(&PART_NAME);
static PART_NAME: CarriedTraits = named(&[("smithy.api#xmlName", CarriedValue::Text("part"))]);
static MAP: TargetSchema = TargetSchema::new().key(&KEY);

static THING: StructureSchema = StructureSchema::new(
    "x#Thing",
    "Thing",
    &[
        MemberSchema::new("text", "text"),
        MemberSchema::new("number", "number").carries(&RENAMED),
        MemberSchema::new("flag", "flag"),
        MemberSchema::new("double", "double"),
        MemberSchema::new("blob", "blob"),
        MemberSchema::new("time", "time"),
        MemberSchema::new("list", "list").target(&PARTS),
        MemberSchema::new("flat", "flat").carries(&FLAT_ITEM),
        MemberSchema::new("map", "map").target(&MAP),
        MemberSchema::new("flatMap", "flat_map").carries(&FLAT),
        MemberSchema::new("things", "things"),
        MemberSchema::new("inner", "inner").carries(&NAMESPACE),
        MemberSchema::new("choice", "choice"),
        MemberSchema::new("matrix", "matrix"),
    ],
);

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Thing {
    pub(crate) text: Option<String>,
    pub(crate) number: Option<i32>,
    pub(crate) flag: Option<bool>,
    pub(crate) double: Option<f64>,
    pub(crate) blob: Option<Blob>,
    pub(crate) time: Option<DateTime>,
    pub(crate) list: Option<Vec<String>>,
    pub(crate) flat: Option<Vec<String>>,
    pub(crate) map: Option<HashMap<String, String>>,
    pub(crate) flat_map: Option<HashMap<String, Vec<i64>>>,
    pub(crate) things: Option<Vec<Thing>>,
    pub(crate) inner: Option<Inner>,
    pub(crate) choice: Option<Choice>,
    pub(crate) matrix: Option<Vec<Vec<i64>>>,
}

reflect!(Thing, THING, {
    0 => text, 1 => number, 2 => flag, 3 => double, 4 => blob, 5 => time, 6 => list, 7 => flat, 8 => map,
    9 => flat_map, 10 => things, 11 => inner, 12 => choice, 13 => matrix,
});

static INNER: StructureSchema = StructureSchema::new(
    "x#Inner",
    "Inner",
    &[
        MemberSchema::new("kind", "kind").carries(&ATTRIBUTE),
        MemberSchema::new("name", "name"),
    ],
);

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Inner {
    pub(crate) kind: Option<String>,
    pub(crate) name: Option<String>,
}

reflect!(Inner, INNER, { 0 => kind, 1 => name });

static CHOICE: StructureSchema = StructureSchema::new(
    "x#Choice",
    "Choice",
    &[
        MemberSchema::new("text", "text"),
        MemberSchema::new("flat", "flat").carries(&FLAT),
    ],
);

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Choice {
    Text(String),
    Flat(Vec<String>),
    #[default]
    Unknown,
}

impl Union for Choice {
    fn schema(&self) -> &'static StructureSchema {
        &CHOICE
    }

    fn variant(&self) -> Option<(usize, Value<'_>)> {
        match self {
            Self::Text(value) => Some((0, value.value())),
            Self::Flat(value) => Some((1, value.value())),
            Self::Unknown => None,
        }
    }

    fn set_variant(&mut self, index: usize) -> Slot<'_> {
        *self = match index {
            0 => Self::Text(String::new()),
            1 => Self::Flat(Vec::new()),
            _ => Self::Unknown,
        };
        match self {
            Self::Text(value) => value.slot(),
            Self::Flat(value) => value.slot(),
            Self::Unknown => Slot::Ignored,
        }
    }
}

impl Shape for Choice {
    fn value(&self) -> Value<'_> {
        Value::Union(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Union(self)
    }

    fn empty() -> Self {
        Self::default()
    }
}

/// Returns the head of a response.
pub(crate) fn head(status: u16) -> Parts {
    let response = http::Response::builder().status(status).body(());
    response.unwrap().into_parts().0
}

/// Reads a response of restXml.
pub(crate) fn read(body: &str) -> Result<Thing, ReadError> {
    read_bytes(body.as_bytes())
}

pub(crate) fn read_bytes(body: &[u8]) -> Result<Thing, ReadError> {
    let mut thing = Thing::default();
    let body = Bytes::copy_from_slice(body);
    RestXml::WRAPPED_ERRORS
        .read_response(&OPERATION, &head(200), &body, &mut thing)
        .map(|()| thing)
}
