//! [`Unit`]: the value of a union member without data.

use crate::value::schema::StructureSchema;
use crate::value::shape::{Slot, Structure, Value};

/// The shape `smithy.api#Unit`: a structure without members.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unit;

static SCHEMA: StructureSchema = StructureSchema::new("smithy.api#Unit", "Unit", &[]);

impl Structure for Unit {
    fn schema(&self) -> &'static StructureSchema {
        &SCHEMA
    }

    fn member(&self, _: usize) -> Value<'_> {
        Value::Absent
    }

    fn member_slot(&mut self, _: usize) -> Slot<'_> {
        Slot::Ignored
    }
}
