//! The typed shapes of a checked model, in the terms of Smithy.

use crate::{ShapeId, Traits};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// A shape of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Absolute ID.
    pub id: ShapeId,
    /// Type of the shape.
    pub kind: ShapeKind,
    /// Applied traits.
    pub traits: Traits,
    /// Members in model order: the named members of structures, unions, enums and intEnums, `member` of a list, `key`
    /// and `value` of a map. Empty for all other types.
    pub members: IndexMap<String, Member>,
}

/// A member of a shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Absolute ID, `namespace#Shape$member`.
    pub id: ShapeId,
    /// Name in the model.
    pub name: String,
    /// Target shape; `smithy.api#Unit` for members of enums.
    pub target: ShapeId,
    /// Applied traits.
    pub traits: Traits,
}

/// The type of a shape. A `set` of Smithy 1.0 is a [`ShapeKind::List`] with `uniqueItems`.
#[derive(Clone, Debug, PartialEq)]
pub enum ShapeKind {
    /// Bytes.
    Blob,
    /// A boolean.
    Boolean,
    /// A string.
    String,
    /// A string with known values. Every member has `smithy.api#enumValue`.
    Enum,
    /// An integer of 8 bits.
    Byte,
    /// An integer of 16 bits.
    Short,
    /// An integer of 32 bits.
    Integer,
    /// An integer with known values. Every member has `smithy.api#enumValue`.
    IntEnum,
    /// An integer of 64 bits.
    Long,
    /// A floating-point number of 32 bits.
    Float,
    /// A floating-point number of 64 bits.
    Double,
    /// An integer of any size.
    BigInteger,
    /// A decimal number of any precision.
    BigDecimal,
    /// A point in time.
    Timestamp,
    /// A value of any JSON type.
    Document,
    /// A list of elements with one shape.
    List,
    /// A map from strings to values with one shape.
    Map,
    /// Named members, each of which may be set.
    Structure,
    /// Named members, exactly one of which is set.
    Union,
    /// An operation of a service.
    Operation(OperationShape),
    /// A resource of a service.
    Resource(ResourceShape),
    /// A service.
    Service(ServiceShape),
}

/// The references of an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperationShape {
    /// Input structure, or `None` if the model has `smithy.api#Unit` or none.
    pub input: Option<ShapeId>,
    /// Output structure, or `None` if the model has `smithy.api#Unit` or none.
    pub output: Option<ShapeId>,
    /// Error structures in model order, without those common to the service.
    pub errors: Vec<ShapeId>,
}

/// The references of a resource.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourceShape {
    /// String shapes of identifiers, by name.
    pub identifiers: BTreeMap<String, ShapeId>,
    /// Shapes of properties, by name.
    pub properties: BTreeMap<String, ShapeId>,
    /// Operations by lifecycle name (`create`, `put`, `read`, `update`, `delete`, `list`).
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
    /// Creates an instance with an identifier that the service chooses.
    Create,
    /// Creates or replaces an instance with an identifier that the caller chooses.
    Put,
    /// Reads an instance.
    Read,
    /// Updates an instance.
    Update,
    /// Deletes an instance.
    Delete,
    /// Lists instances.
    List,
}

/// The references of a service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceShape {
    /// Version of the API.
    pub version: String,
    /// Operations bound directly to the service.
    pub operations: Vec<ShapeId>,
    /// Resources bound to the service.
    pub resources: Vec<ShapeId>,
    /// Errors that every operation of the service may return.
    pub errors: Vec<ShapeId>,
    /// Names of shapes that differ in this service.
    pub rename: BTreeMap<ShapeId, String>,
}

impl Shape {
    /// Returns the member with this name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.get(name)
    }

    /// Returns the operation, or `None` if the shape has another type.
    pub fn as_operation(&self) -> Option<&OperationShape> {
        match &self.kind {
            ShapeKind::Operation(operation) => Some(operation),
            _ => None,
        }
    }

    /// Returns the resource, or `None` if the shape has another type.
    pub fn as_resource(&self) -> Option<&ResourceShape> {
        match &self.kind {
            ShapeKind::Resource(resource) => Some(resource),
            _ => None,
        }
    }

    /// Returns the service, or `None` if the shape has another type.
    pub fn as_service(&self) -> Option<&ServiceShape> {
        match &self.kind {
            ShapeKind::Service(service) => Some(service),
            _ => None,
        }
    }
}

impl ShapeKind {
    /// Returns the name of the type in the JSON AST, for example `intEnum`.
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

    /// Returns whether the shape corresponds to a named type: a structure, union, enum or intEnum.
    pub fn is_named_type(&self) -> bool {
        matches!(
            self,
            Self::Structure | Self::Union | Self::Enum | Self::IntEnum
        )
    }

    /// Returns whether values are numbers, including intEnums.
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
    /// Returns the input, output and errors in this order.
    pub fn targets(&self) -> impl Iterator<Item = &ShapeId> {
        self.input.iter().chain(&self.output).chain(&self.errors)
    }
}

impl ResourceShape {
    /// Returns all operations that are bound to the resource itself: lifecycle, then instance, then collection
    /// operations.
    pub fn all_operations(&self) -> impl Iterator<Item = &ShapeId> {
        self.lifecycle
            .values()
            .chain(&self.operations)
            .chain(&self.collection_operations)
    }
}

impl Lifecycle {
    /// All lifecycle operations, in the order of the specification.
    pub const ALL: [Self; 6] = [
        Self::Create,
        Self::Put,
        Self::Read,
        Self::Update,
        Self::Delete,
        Self::List,
    ];
}
