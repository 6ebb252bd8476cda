//! [`ValidationException`] (`smithy.framework#ValidationException`), the error of services that list each field.

use crate::service::server::Violation;
use crate::value::schema::{MemberSchema, StructureSchema};
use crate::value::shape::{Shape, Slot, Structure, Value};

/// The error, with its list of fields.
#[derive(Clone)]
pub(super) struct ValidationException {
    message: String,
    fields: Vec<Field>,
}

#[derive(Clone)]
struct Field {
    path: String,
    message: String,
}

static EXCEPTION: StructureSchema = StructureSchema::new(
    "smithy.framework#ValidationException",
    "ValidationException",
    &[
        MemberSchema::new("message", "message").required(),
        MemberSchema::new("fieldList", "field_list"),
    ],
);
static FIELD: StructureSchema = StructureSchema::new(
    "smithy.framework#ValidationExceptionField",
    "ValidationExceptionField",
    &[
        MemberSchema::new("path", "path").required(),
        MemberSchema::new("message", "message").required(),
    ],
);

impl ValidationException {
    pub(super) fn new(message: String, violations: Vec<Violation>) -> Self {
        let fields = violations.into_iter().map(|violation| Field {
            path: violation.path,
            message: violation.message,
        });
        Self {
            message,
            fields: fields.collect(),
        }
    }
}

impl Structure for ValidationException {
    fn schema(&self) -> &'static StructureSchema {
        &EXCEPTION
    }

    fn member(&self, index: usize) -> Value<'_> {
        match index {
            0 => self.message.value(),
            1 => self.fields.value(),
            _ => Value::Absent,
        }
    }

    fn member_slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => self.message.slot(),
            1 => self.fields.slot(),
            _ => Slot::Ignored,
        }
    }
}

impl Structure for Field {
    fn schema(&self) -> &'static StructureSchema {
        &FIELD
    }

    fn member(&self, index: usize) -> Value<'_> {
        match index {
            0 => self.path.value(),
            1 => self.message.value(),
            _ => Value::Absent,
        }
    }

    fn member_slot(&mut self, index: usize) -> Slot<'_> {
        match index {
            0 => self.path.slot(),
            1 => self.message.slot(),
            _ => Slot::Ignored,
        }
    }
}

crate::structure!(Field { path, message });
