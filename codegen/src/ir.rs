//! The plain data between the stages: everything `emit` needs, every name chosen, every decision made.
//!
//! Every node carries its name on the wire and its name in Rust. Lists are in the order in which they are emitted.

mod endpoint;
mod example;
mod operation;
mod pagination;
mod query;
mod target;
mod waiter;

pub use endpoint::{
    CaseExpected, EndpointCase, EndpointOutcome, EndpointRules, Outcome, ParameterDefault,
    ParameterSource, ParameterType, Rule, RuleCondition, RuleExpr, RuleParameter, RuleStep,
    TemplatePart,
};
pub use example::{Argument, Example, ExampleOutcome, Expression};
pub use operation::{
    Auth, Builders, Checksum, ErrorMeaning, Message, ModeledError, Operation, OperationError,
    Segment,
};
pub use pagination::{Items, PageSize, Pagination, PathField};
pub use query::{Countable, List, Projection, Query, Step, Truth, View};
pub use target::{Target, TimestampFormat};
pub use waiter::{Acceptor, Condition, ErrorCode, State, Waiter};

use crate::Warning;
use crate::names::Ident;

/// A client to be emitted.
#[derive(Debug, Clone)]
pub struct Client {
    /// The service.
    pub service: Service,
    /// Its operations, by name.
    pub operations: Vec<Operation>,
    /// The structures, unions and enums that members target, by name. An error is among them when a member targets it.
    pub types: Vec<TypeDefinition>,
    /// The errors that the model names, by name.
    pub errors: Vec<ModeledError>,
    /// Constraints and formats of simple shapes, lists and maps, by name.
    pub targets: Vec<Target>,
    /// The protocol tests of its model.
    pub protocol_tests: Vec<ProtocolTest>,
    /// Operations that are not emitted, with the reason.
    pub left_out: Vec<(String, String)>,
    /// What else of the model has no effect.
    pub warnings: Vec<Warning>,
}

/// A case of `smithy.test#httpRequestTests` or `smithy.test#httpResponseTests`.
#[derive(Debug, Clone)]
pub struct ProtocolTest {
    /// The function that runs it.
    pub ident: Ident,
    /// The operation's module.
    pub module: Ident,
    /// The operation.
    pub operation: Ident,
    /// What is tested.
    pub subject: TestSubject,
    /// The case, as JSON.
    pub case: String,
}

/// What a protocol test is of.
#[derive(Debug, Clone)]
pub enum TestSubject {
    /// How an input is written.
    Request,
    /// How an output is read.
    Response,
    /// How an error is read; with the code by which answers name it, where that is not the name of its shape.
    Error(Ident, Option<String>),
}

impl Client {
    /// How many structures, unions and enums there are.
    pub fn shape_count(&self) -> usize {
        let types = self.types.iter();
        let types = types.filter(|definition| !self.is_error(definition.ident()));
        types.count() + self.errors.len() + 2 * self.operations.len()
    }

    /// Whether the type of this name is an error, whose file lies with the errors.
    pub fn is_error(&self, ident: &Ident) -> bool {
        let mut errors = self.errors.iter();
        errors.any(|error| error.structure.ident == *ident)
    }

    /// The waiters of all operations.
    pub fn waiters(&self) -> impl Iterator<Item = (&Operation, &Waiter)> {
        self.operations.iter().flat_map(|operation| {
            operation
                .waiters
                .iter()
                .map(move |waiter| (operation, waiter))
        })
    }

    /// Whether there are any.
    pub fn has_waiters(&self) -> bool {
        self.waiters().next().is_some()
    }
}

/// The service.
#[derive(Debug, Clone)]
pub struct Service {
    /// Its shape's name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// `aws.api#service`'s `sdkId`.
    pub sdk_id: String,
    /// The API version.
    pub version: String,
    /// The first label of its endpoints.
    pub endpoint_prefix: String,
    /// Its name in signatures.
    pub signing_name: String,
    /// Its protocol.
    pub protocol: Protocol,
    /// What only the protocol reads.
    pub carried: Vec<CarriedTrait>,
    /// Its endpoint rules; without them it has the standard regional endpoints.
    pub endpoint_rules: Option<EndpointRules>,
    /// What the generated crate calls itself.
    pub user_agent: String,
    /// Documentation.
    pub docs: Docs,
}

/// What speaks the service's protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protocol {
    /// The path of the type.
    pub path: Vec<Ident>,
    /// The constant of that type that is it; `None` for a type of one value.
    pub constant: Option<Ident>,
    /// The feature of the runtime that it stands behind.
    pub feature: Option<&'static str>,
}

/// A trait that only the protocol reads.
#[derive(Debug, Clone, PartialEq)]
pub struct CarriedTrait {
    /// Its id.
    pub id: String,
    /// Its value.
    pub value: serde_json::Value,
}

/// Documentation: lines of Markdown, links resolved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docs(pub Vec<String>);

/// A type with a name.
#[derive(Debug, Clone)]
pub enum TypeDefinition {
    /// A structure.
    Structure(Structure),
    /// A union.
    Union(Union),
    /// An enum.
    Enum(Enum),
    /// An enum of integers.
    IntEnum(IntEnum),
}

impl TypeDefinition {
    /// Its name in Rust.
    pub fn ident(&self) -> &Ident {
        match self {
            Self::Structure(structure) => &structure.ident,
            Self::Union(union) => &union.ident,
            Self::Enum(definition) => &definition.ident,
            Self::IntEnum(definition) => &definition.ident,
        }
    }

    /// Its module.
    pub fn module(&self) -> &Ident {
        match self {
            Self::Structure(structure) => &structure.module,
            Self::Union(union) => &union.module,
            Self::Enum(definition) => &definition.module,
            Self::IntEnum(definition) => &definition.module,
        }
    }
}

/// A structure.
#[derive(Debug, Clone)]
pub struct Structure {
    /// Its shape id.
    pub id: String,
    /// Its name in Rust.
    pub ident: Ident,
    /// Its module.
    pub module: Ident,
    /// What it is for.
    pub role: Role,
    /// Documentation.
    pub docs: Docs,
    /// Its fields.
    pub fields: Vec<Field>,
    /// How its builder comes to it.
    pub building: Building,
    /// Whether no value of it can break a rule of the model, at any depth.
    pub unconstrained: bool,
    /// Whether no input reaches it: only services write it.
    pub output: bool,
    /// Whether it is an output that knows the checksums that its body was validated by.
    pub validated: bool,
    /// What only the protocol reads of it.
    pub carried: Vec<CarriedTrait>,
}

/// How a builder comes to its structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Building {
    /// It holds the structure itself: every field is an `Option`, so that nothing can be missing.
    Whole,
    /// It fills fields that were not set with their defaults.
    Filled,
    /// It fails when a required field was not set.
    Checked,
}

/// What a structure is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The input of an operation.
    Input,
    /// The output of an operation.
    Output,
    /// An error.
    Error,
    /// A part of others.
    Type,
}

/// A field of a structure.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name in the model.
    pub wire_name: String,
    /// Its name in the document body.
    pub document_name: String,
    /// Its name in Rust.
    pub ident: Ident,
    /// Documentation.
    pub docs: Docs,
    /// What is said of it where it is set: its first sentence and its limits.
    pub setter_docs: Docs,
    /// Its type, without `Option`.
    pub ty: Type,
    /// Whether it may be absent.
    pub presence: Presence,
    /// `smithy.api#required`, whatever the presence.
    pub required: bool,
    /// Where it travels.
    pub location: Location,
    /// Whether it must not be printed.
    pub sensitive: bool,
    /// Whether it is a structure as the payload, which is an empty document where it is absent.
    pub empty_document: bool,
    /// Whether it is the idempotency token.
    pub idempotency_token: bool,
    /// Constraints and formats.
    pub target: Option<Ident>,
    /// What only the protocol reads of it.
    pub carried: Vec<CarriedTrait>,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
}

/// Whether a field may be absent.
#[derive(Debug, Clone, PartialEq)]
pub enum Presence {
    /// It is an `Option`.
    Optional,
    /// It is always there, and builders insist on it.
    Required,
    /// It is always there; its default is zero, false or empty.
    Zero,
    /// It is always there; its default is this.
    Default(Default),
}

/// A default other than zero.
#[derive(Debug, Clone, PartialEq)]
pub enum Default {
    /// `true`.
    True,
    /// An integer.
    Integer(i64),
    /// A float or double.
    Float(f64),
    /// Text, of a string or enum.
    Text(String),
    /// A number of any size.
    Digits(String),
    /// Bytes.
    Blob(Vec<u8>),
    /// A point in time, from 1970 on.
    Timestamp {
        /// Its whole seconds.
        seconds: i64,
        /// The rest.
        nanoseconds: u32,
    },
    /// A document.
    Document(serde_json::Value),
}

/// Where a field travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// In the document body.
    Body,
    /// In the path or host.
    Label,
    /// In the query.
    Query(String),
    /// In the query, entry by entry.
    QueryParams,
    /// In a header.
    Header(String),
    /// In headers, entry by entry.
    PrefixHeaders(String),
    /// As the body.
    Payload,
    /// As the status.
    ResponseCode,
}

/// A type in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `String`.
    String,
    /// `bool`.
    Boolean,
    /// `i8`.
    Byte,
    /// `i16`.
    Short,
    /// `i32`.
    Integer,
    /// `i64`.
    Long,
    /// `f32`.
    Float,
    /// `f64`.
    Double,
    /// `BigInteger`.
    BigInteger,
    /// `BigDecimal`.
    BigDecimal,
    /// `Blob`.
    Blob,
    /// `ByteStream`.
    Stream,
    /// `DateTime`.
    Timestamp,
    /// `Document`.
    Document,
    /// An enum.
    Enum(Ident),
    /// An enum of integers.
    IntEnum(Ident),
    /// A structure.
    Structure(Ident),
    /// A union.
    Union(Ident),
    /// `Vec`; of `Option` when sparse.
    List(Box<Type>, Density),
    /// `HashMap`; to `Option` when sparse.
    Map(Box<Type>, Box<Type>, Density),
    /// Nothing: a member of a union that has no value of its own.
    Unit,
    /// `Box`, which breaks a cycle.
    Boxed(Box<Type>),
}

/// Whether elements may be null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Density {
    /// They may not.
    Dense,
    /// They may.
    Sparse,
}

/// A union.
#[derive(Debug, Clone)]
pub struct Union {
    /// Its shape id.
    pub id: String,
    /// Its name in Rust.
    pub ident: Ident,
    /// Its module.
    pub module: Ident,
    /// Documentation.
    pub docs: Docs,
    /// Its variants: fields whose `ident` is the variant's.
    pub variants: Vec<UnionVariant>,
    /// Whether no input reaches it: only services write it.
    pub output: bool,
    /// What only the protocol reads of it.
    pub carried: Vec<CarriedTrait>,
}

/// A variant of a union.
#[derive(Debug, Clone)]
pub struct UnionVariant {
    /// The variant.
    pub ident: Ident,
    /// The rest of its name: `is_x`, `as_x`.
    pub suffix: Ident,
    /// The member.
    pub field: Field,
}

/// An enum.
#[derive(Debug, Clone)]
pub struct Enum {
    /// Its shape id.
    pub id: String,
    /// Its name in Rust.
    pub ident: Ident,
    /// Its module.
    pub module: Ident,
    /// Documentation.
    pub docs: Docs,
    /// Whether its values must not be printed.
    pub sensitive: bool,
    /// Its variants.
    pub variants: Vec<Variant>,
}

/// A variant of an enum.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its value on the wire.
    pub wire_value: String,
    /// Whether the model tags it `internal`, so that messages do not name it.
    pub internal: bool,
    /// Its name in Rust.
    pub ident: Ident,
    /// Documentation.
    pub docs: Docs,
}

/// An enum of integers.
#[derive(Debug, Clone)]
pub struct IntEnum {
    /// Its shape id.
    pub id: String,
    /// Its name in Rust.
    pub ident: Ident,
    /// Its module.
    pub module: Ident,
    /// Documentation.
    pub docs: Docs,
    /// Its values.
    pub values: Vec<IntVariant>,
}

/// A value of an enum of integers.
#[derive(Debug, Clone)]
pub struct IntVariant {
    /// The value.
    pub value: i32,
    /// The constant.
    pub ident: Ident,
    /// Documentation.
    pub docs: Docs,
}
