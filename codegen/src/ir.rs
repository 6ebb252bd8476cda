//! The plain data between `lower` and `emit`, with every name chosen and every decision made.
//!
//! Every node has its name on the wire and its name in Rust. Lists are in the order in which they are emitted.

mod endpoint;
mod enumeration;
mod example;
mod operation;
mod pagination;
mod protocol_test;
mod query;
mod server;
mod service;
mod structure;
mod target;
mod ty;
mod union;
mod waiter;

pub use endpoint::{
    CaseExpected, EndpointCase, EndpointOutcome, EndpointRules, Outcome, ParameterDefault,
    ParameterSource, ParameterType, Rule, RuleCondition, RuleExpr, RuleParameter, RuleStep,
    SigningScheme, TemplatePart,
};
pub use enumeration::{Enum, IntEnum, IntVariant, Variant};
pub use example::{Argument, Example, ExampleOutcome, Expression, Uses};
pub use operation::{
    Auth, Builders, Checksum, Customization, ErrorMeaning, EventStream, Message, ModeledError,
    Operation, OperationError, Segment,
};
pub use pagination::{Items, PageSize, Pagination, PathField};
pub use protocol_test::{ProtocolTest, TestSubject};
pub use query::{Countable, List, Projection, Query, Step, Truth, View};
pub use server::{
    Defaults, NestedDefaults, NestedPart, ServedDefault, ServedError, ServedOperation, Server,
};
pub use service::{CarriedTrait, Protocol, Service};
pub use structure::{Building, Default, Field, Location, Presence, Role, Structure};
pub use target::{Target, TimestampFormat};
pub use ty::{Density, Type};
pub use union::{Union, UnionVariant};
pub use waiter::{Acceptor, Condition, ErrorCode, State, Waiter};

use crate::Warning;
use crate::names::Ident;

/// A client.
#[derive(Debug, Clone)]
pub struct Client {
    /// The service.
    pub service: Service,
    /// The operations, by name.
    pub operations: Vec<Operation>,
    /// The structures, unions and enums that members target, by name. They include the errors that members target.
    pub types: Vec<TypeDefinition>,
    /// The errors that the model names, by name.
    pub errors: Vec<ModeledError>,
    /// Constraints and formats of simple shapes, lists and maps, by name.
    pub targets: Vec<Target>,
    /// The protocol tests of the model.
    pub protocol_tests: Vec<ProtocolTest>,
    /// The operations that are not emitted, with the reason.
    pub left_out: Vec<(String, String)>,
    /// The other parts of the model that have no effect.
    pub warnings: Vec<Warning>,
}

impl Client {
    /// Returns the number of structures, unions and enums.
    pub fn shape_count(&self) -> usize {
        self.plain_types().count() + self.errors.len() + 2 * self.operations.len()
    }

    /// Returns the types that are not errors.
    pub fn plain_types(&self) -> impl Iterator<Item = &TypeDefinition> {
        let types = self.types.iter();
        types.filter(|definition| !self.is_error(definition.ident()))
    }

    /// Returns the errors that members target. Their files are with those of the errors, and the module of types
    /// re-exports them.
    pub fn targeted_errors(&self) -> impl Iterator<Item = &TypeDefinition> {
        let types = self.types.iter();
        types.filter(|definition| self.is_error(definition.ident()))
    }

    fn is_error(&self, ident: &Ident) -> bool {
        let mut errors = self.errors.iter();
        errors.any(|error| error.structure.ident == *ident)
    }

    /// Returns the waiters of all operations.
    pub fn waiters(&self) -> impl Iterator<Item = (&Operation, &Waiter)> {
        self.operations.iter().flat_map(|operation| {
            operation
                .waiters
                .iter()
                .map(move |waiter| (operation, waiter))
        })
    }

    /// Returns the modules of all waiters, by name.
    pub fn waiter_modules(&self) -> Vec<&Ident> {
        let mut modules: Vec<_> = self.waiters().map(|(_, waiter)| &waiter.module).collect();
        modules.sort();
        modules
    }

    /// Returns whether the client has waiters.
    pub fn has_waiters(&self) -> bool {
        self.waiters().next().is_some()
    }
}

/// Documentation as lines of Markdown with resolved links.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docs(pub Vec<String>);

impl Docs {
    /// Returns the first paragraph.
    pub fn summary(&self) -> Self {
        let first = self.0.iter().take_while(|line| !line.is_empty());
        Self(first.cloned().collect())
    }
}

/// A named type.
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
    /// Returns the name in Rust.
    pub fn ident(&self) -> &Ident {
        match self {
            Self::Structure(structure) => &structure.ident,
            Self::Union(union) => &union.ident,
            Self::Enum(definition) => &definition.ident,
            Self::IntEnum(definition) => &definition.ident,
        }
    }

    /// Returns the module.
    pub fn module(&self) -> &Ident {
        match self {
            Self::Structure(structure) => &structure.module,
            Self::Union(union) => &union.module,
            Self::Enum(definition) => &definition.module,
            Self::IntEnum(definition) => &definition.module,
        }
    }
}
