//! What a model says, as static data: generated code holds these tables, and everything else in this crate reads them.

mod carried;
mod checksum;
mod error;
mod member;
mod operation;
mod target;

pub use carried::{CarriedTraits, CarriedValue};
pub use checksum::Checksum;
pub use error::{ErrorMeaning, ErrorSchema};
pub use member::{Location, MemberSchema};
pub use operation::{Auth, OperationSchema, Segment};
pub use target::{Length, Range, TargetSchema, TimestampFormat};

/// A structure, an error or a union.
#[derive(Debug)]
pub struct StructureSchema {
    /// The shape id, such as `com.example#Thing`.
    pub id: &'static str,
    /// The name of the Rust type.
    pub name: &'static str,
    /// The members, in the order of the model; positions in this list are what [`Structure`](crate::value::shape::Structure)
    /// calls an index.
    pub members: &'static [MemberSchema],
    /// Whether nothing in it, at any depth, is required or limited in length, range or pattern, so that a client need not
    /// check it.
    pub unconstrained: bool,
    /// Whether only services write it: it is no part of any input. What is unknown in it is then passed over when it is
    /// read, since services grow.
    pub output: bool,
    /// What only the protocol reads of the structure itself.
    pub carried: &'static CarriedTraits,
}

impl StructureSchema {
    /// Describes a structure.
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

    /// Describes a structure no value of which can break a rule of the model.
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

    /// Says that only services write it.
    pub const fn output(mut self) -> Self {
        self.output = true;
        self
    }

    /// Adds what only the protocol reads.
    pub const fn carries(mut self, traits: &'static CarriedTraits) -> Self {
        self.carried = traits;
        self
    }

    /// The position of the member with this wire name. `expected` is where it would be if members came in order,
    /// which they nearly always do.
    pub(crate) fn position(&self, wire_name: &str, expected: usize) -> Option<usize> {
        match self.members.get(expected) {
            Some(member) if member.wire_name == wire_name => Some(expected),
            _ => self
                .members
                .iter()
                .position(|member| member.wire_name == wire_name),
        }
    }

    /// The position of the member with this Smithy name.
    pub(crate) fn position_by_name(&self, name: &str, expected: usize) -> Option<usize> {
        match self.members.get(expected) {
            Some(member) if member.name == name => Some(expected),
            _ => self.members.iter().position(|member| member.name == name),
        }
    }
}
