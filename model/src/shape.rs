//! In: nothing. Out: the typed shapes of a checked model, in Smithy's own terms.

use crate::{ShapeId, Traits};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// One shape of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Its absolute ID.
    pub id: ShapeId,
    /// What kind of shape it is.
    pub kind: ShapeKind,
    /// The traits applied to it.
    pub traits: Traits,
    /// Its members in model order: of structures, unions, enums and intEnums the named ones, of a list `member`,
    /// of a map `key` and `value`. Empty for every other kind.
    pub members: IndexMap<String, Member>,
}

/// One member of a shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its absolute ID, `namespace#Shape$member`.
    pub id: ShapeId,
    /// Its name in the model.
    pub name: String,
    /// The shape it targets; `smithy.api#Unit` for members of enums.
    pub target: ShapeId,
    /// The traits applied to it.
    pub traits: Traits,
}

/// What kind of shape a shape is. A `set` of Smithy 1.0 is a [`ShapeKind::List`] with `uniqueItems`.
#[derive(Clone, Debug, PartialEq)]
pub enum ShapeKind {
    /// Bytes.
    Blob,
    /// True or false.
    Boolean,
    /// Text.
    String,
    /// A string with a list of known values; every member has `smithy.api#enumValue`.
    Enum,
    /// An integer of 8 bits.
    Byte,
    /// An integer of 16 bits.
    Short,
    /// An integer of 32 bits.
    Integer,
    /// An integer with a list of known values; every member has `smithy.api#enumValue`.
    IntEnum,
    /// An integer of 64 bits.
    Long,
    /// A float of 32 bits.
    Float,
    /// A float of 64 bits.
    Double,
    /// An integer of any size.
    BigInteger,
    /// A decimal number of any precision.
    BigDecimal,
    /// A point in time.
    Timestamp,
    /// A value of any JSON type.
    Document,
    /// Elements of one shape.
    List,
    /// Keys that are strings, and values of one shape.
    Map,
    /// Members with names, each of which may be there.
    Structure,
    /// Members with names, of which exactly one is there.
    Union,
    /// Something a service can be asked to do.
    Operation(OperationShape),
    /// A kind of thing that a service keeps.
    Resource(ResourceShape),
    /// The entry to an API.
    Service(ServiceShape),
}

/// What an operation refers to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperationShape {
    /// The input structure; `None` when the model says `smithy.api#Unit` or nothing.
    pub input: Option<ShapeId>,
    /// The output structure; `None` when the model says `smithy.api#Unit` or nothing.
    pub output: Option<ShapeId>,
    /// The error structures, in model order, without those common to the service.
    pub errors: Vec<ShapeId>,
}

/// What a resource refers to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourceShape {
    /// Identifier name to the string shape that holds it.
    pub identifiers: BTreeMap<String, ShapeId>,
    /// Property name to its shape.
    pub properties: BTreeMap<String, ShapeId>,
    /// Lifecycle name (`create`, `put`, `read`, `update`, `delete`, `list`) to its operation.
    pub lifecycle: BTreeMap<Lifecycle, ShapeId>,
    /// Operations on one instance of the resource, outside its lifecycle.
    pub operations: Vec<ShapeId>,
    /// Operations on the collection of resources, outside its lifecycle.
    pub collection_operations: Vec<ShapeId>,
    /// Child resources.
    pub resources: Vec<ShapeId>,
}

/// The lifecycle operations of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lifecycle {
    /// Makes an instance, whose identifier the service chooses.
    Create,
    /// Makes or replaces an instance under an identifier that the caller chooses.
    Put,
    /// Reads an instance.
    Read,
    /// Changes an instance.
    Update,
    /// Takes an instance away.
    Delete,
    /// Lists the instances.
    List,
}

/// What a service refers to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceShape {
    /// The version of the API.
    pub version: String,
    /// Operations bound directly to the service.
    pub operations: Vec<ShapeId>,
    /// Resources bound to the service.
    pub resources: Vec<ShapeId>,
    /// Errors every operation of the service may return.
    pub errors: Vec<ShapeId>,
    /// Shapes that go by another name in this service.
    pub rename: BTreeMap<ShapeId, String>,
}

impl Shape {
    /// The member called `name`.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.get(name)
    }

    /// The operation, when the shape is one.
    pub fn as_operation(&self) -> Option<&OperationShape> {
        match &self.kind {
            ShapeKind::Operation(operation) => Some(operation),
            _ => None,
        }
    }

    /// The resource, when the shape is one.
    pub fn as_resource(&self) -> Option<&ResourceShape> {
        match &self.kind {
            ShapeKind::Resource(resource) => Some(resource),
            _ => None,
        }
    }

    /// The service, when the shape is one.
    pub fn as_service(&self) -> Option<&ServiceShape> {
        match &self.kind {
            ShapeKind::Service(service) => Some(service),
            _ => None,
        }
    }
}

impl ShapeKind {
    /// The kind's name in the JSON AST, for example `intEnum`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Blob => "blob",
            Self::Boolean => "boolean",
            Self::String => "string",
            Self::Enum => "enum",
            Self::Byte => "byte",
            Self::Short => "short",
            Self::Integer => "integer",
            Self::IntEnum => "intEnum",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::BigInteger => "bigInteger",
            Self::BigDecimal => "bigDecimal",
            Self::Timestamp => "timestamp",
            Self::Document => "document",
            Self::List => "list",
            Self::Map => "map",
            Self::Structure => "structure",
            Self::Union => "union",
            Self::Operation(_) => "operation",
            Self::Resource(_) => "resource",
            Self::Service(_) => "service",
        }
    }

    /// Whether the shape becomes a type with a name of its own: structure, union, enum, intEnum.
    pub fn is_named_type(&self) -> bool {
        matches!(
            self,
            Self::Structure | Self::Union | Self::Enum | Self::IntEnum
        )
    }

    /// Whether values are numbers, intEnums included.
    pub fn is_number(&self) -> bool {
        matches!(
            self,
            Self::Byte
                | Self::Short
                | Self::Integer
                | Self::IntEnum
                | Self::Long
                | Self::Float
                | Self::Double
                | Self::BigInteger
                | Self::BigDecimal
        )
    }
}

impl OperationShape {
    /// Input, output and errors in this order.
    pub fn targets(&self) -> impl Iterator<Item = &ShapeId> {
        self.input.iter().chain(&self.output).chain(&self.errors)
    }
}

impl ResourceShape {
    /// Every operation bound to the resource itself: lifecycle, then instance, then collection operations.
    pub fn all_operations(&self) -> impl Iterator<Item = &ShapeId> {
        self.lifecycle
            .values()
            .chain(&self.operations)
            .chain(&self.collection_operations)
    }
}

impl Lifecycle {
    /// All of them, in the order the specification lists them.
    pub const ALL: [Self; 6] = [
        Self::Create,
        Self::Put,
        Self::Read,
        Self::Update,
        Self::Delete,
        Self::List,
    ];
}
