//! [`error_text`]: the message of an error in an event stream, which errors of all protocols have in a member.

use crate::protocol::Protocol;
use crate::value::schema::{MemberSchema, StructureSchema};
use crate::value::shape::{Shape, Slot, Structure, Value};
use aws_smithy_types::event_stream::Message;

/// The names of the member with the message.
static SCHEMA: StructureSchema = StructureSchema::new(
    "smithy.runtime#ErrorText",
    "ErrorText",
    &[
        MemberSchema::new("message", "message"),
        MemberSchema::new("Message", "message"),
    ],
)
.output();

/// An error of which only the message is read.
#[derive(Default)]
struct ErrorText([Option<String>; 2]);

impl Structure for ErrorText {
    fn schema(&self) -> &'static StructureSchema {
        &SCHEMA
    }

    fn member(&self, index: usize) -> Value<'_> {
        self.0.get(index).map_or(Value::Absent, Shape::value)
    }

    fn member_slot(&mut self, index: usize) -> Slot<'_> {
        self.0.get_mut(index).map_or(Slot::Ignored, Shape::slot)
    }
}

/// Returns the message of an error, if its payload is a document with one.
pub(crate) fn error_text(protocol: &dyn Protocol, message: &Message) -> Option<String> {
    let mut error = ErrorText::default();
    let slot = Slot::Structure(&mut error);
    protocol.read_event(message.payload(), None, slot).ok()?;
    error.0.into_iter().flatten().next()
}
