//! Writes error documents, as services do.

use super::{text_element, wrap, write_members};
use crate::protocol::server::ErrorAnswer;
use crate::value::schema::CarriedTraits;
use crate::value::shape::Value;

/// Returns the contents of `<Error>` in all XML protocols: the code, the message and the members of the error shape.
pub(in crate::protocol) fn error_content(error: &ErrorAnswer<'_>) -> String {
    let mut content = text_element("Code", error.code);
    if let Some(members) = error.members {
        content += &write_members(members);
    }
    if !has_message(error) {
        content += &text_element("Message", error.message);
    }
    content
}

/// Returns an `<ErrorResponse>`, which also contains whether the client or the server caused the error.
pub(in crate::protocol) fn error_response(error: &ErrorAnswer<'_>, request_id: &str) -> String {
    let error = text_element("Type", error.fault()) + &error_content(error);
    let content =
        wrap("Error", CarriedTraits::NONE, &error) + &text_element("RequestId", request_id);
    wrap("ErrorResponse", CarriedTraits::NONE, &content)
}

/// Returns `true` if a member of the error shape is the message.
fn has_message(error: &ErrorAnswer<'_>) -> bool {
    error.members.is_some_and(|members| {
        let names = members.schema().members.iter().enumerate();
        let mut messages = names.filter(|(_, member)| member.name.eq_ignore_ascii_case("message"));
        messages.any(|(index, _)| !matches!(members.member(index), Value::Absent))
    })
}
