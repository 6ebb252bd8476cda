//! The static data that describes a model: generated code contains these tables, and the rest of this crate reads them.

mod carried;
mod checksum;
mod customization;
mod error;
mod event_stream;
mod member;
mod operation;
mod target;

pub use carried::{CarriedTraits, CarriedValue};
pub use checksum::Checksum;
pub use customization::Customization;
pub use error::{ErrorMeaning, ErrorSchema};
pub use event_stream::EventStreamSchema;
pub use member::{Location, MemberSchema};
pub use operation::{Auth, OperationSchema, Segment};
pub use target::{Length, Range, TargetSchema, TimestampFormat};

/// The schema of a structure, an error or a union.
#[derive(Debug)]
pub struct StructureSchema {
    /// The shape id, such as `com.example#Thing`.
    pub id: &'static str,
    /// The name of the Rust type.
    pub name: &'static str,
    /// The members, in the order of the model. The index of a member in [`Structure`](crate::value::shape::Structure)
    /// is its position in this list.
    pub members: &'static [MemberSchema],
    /// `true` if no part of the structure, at any depth, is required or limited in length, range or pattern, so that a
    /// client need not validate it.
    pub unconstrained: bool,
    /// `true` if only services write the structure, and it is not part of any input. Unknown members of it are ignored
    /// when it is read, because services add members.
    pub output: bool,
    /// The traits of the structure that only the protocol reads.
    pub carried: &'static CarriedTraits,
}

impl StructureSchema {
    /// Creates the schema of a structure.
    pub const fn new(
        id: &'static str,
        name: &'static str,
        members: &'static [MemberSchema],
    ) -> Self {
        Self {
            id,
            name,
            members,
            unconstrained: false,
            output: false,
            carried: CarriedTraits::NONE,
        }
    }

    /// Creates the schema of a structure whose values cannot violate a constraint of the model.
    pub const fn unconstrained(
        id: &'static str,
        name: &'static str,
        members: &'static [MemberSchema],
    ) -> Self {
        Self {
            unconstrained: true,
            ..Self::new(id, name, members)
        }
    }

    /// Returns whether it stands for no input or no output, rather than for one without members.
    pub(crate) fn is_unit(&self) -> bool {
        self.id == "smithy.api#Unit"
    }

    /// Marks the structure as one that only services write.
    pub const fn output(mut self) -> Self {
        self.output = true;
        self
    }

    /// Adds the traits that only the protocol reads.
    pub const fn carries(mut self, traits: &'static CarriedTraits) -> Self {
        self.carried = traits;
        self
    }

    /// Returns the index of the member with this wire name. `expected` is its index if the members are in order, which
    /// is nearly always the case.
    pub(crate) fn position(&self, wire_name: &str, expected: usize) -> Option<usize> {
        match self.members.get(expected) {
            Some(member) if member.wire_name == wire_name => Some(expected),
            _ => self
                .members
                .iter()
                .position(|member| member.wire_name == wire_name),
        }
    }

    /// Returns the index of the member with this Smithy name.
    pub(crate) fn position_by_name(&self, name: &str, expected: usize) -> Option<usize> {
        match self.members.get(expected) {
            Some(member) if member.name == name => Some(expected),
            _ => self.members.iter().position(|member| member.name == name),
        }
    }
}
