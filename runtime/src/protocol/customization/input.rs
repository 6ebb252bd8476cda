//! Changes inputs before they are validated.

use super::encryption_key;
use crate::protocol::WriteError;
use crate::value::schema::{Customization, OperationSchema};
use crate::value::shape::{Slot, Structure, Value};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The characters that no URL contains, besides those beyond ASCII.
const URL_TEXT: &AsciiSet = &CONTROLS.add(b' ');

/// Applies the customizations of members. Every change leaves its own result unchanged, since a call can be sent again.
///
/// # Errors
///
/// Returns an error if a member of the host is empty.
pub(crate) fn change_input(
    operation: &OperationSchema,
    input: &mut dyn Structure,
) -> Result<(), WriteError> {
    for customization in operation.customizations {
        match *customization {
            Customization::Default(member, default) if text(input, member).is_none() => {
                set(input, member, default);
            }
            Customization::LastSegment(member) => change(input, member, |text| {
                let (_, last) = text.rsplit_once('/')?;
                Some(last.to_owned())
            }),
            Customization::UrlText(member) => change(input, member, |text| {
                Some(utf8_percent_encode(text, URL_TEXT).to_string())
            }),
            Customization::NotEmpty(member) if text(input, member) == Some("") => {
                let place = "host";
                return Err(WriteError::EmptyLabel { member, place });
            }
            Customization::EncryptionKey(member, digest) => {
                if let (Some(key), None) = (text(input, member), text(input, digest)) {
                    let (key, md5) = encryption_key::encoded(member, key)?;
                    set(input, member, &key);
                    set(input, digest, &md5);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Returns the text of the member with this name in the model, if it is set.
pub(super) fn text<'a>(input: &'a dyn Structure, member: &str) -> Option<&'a str> {
    let index = input.schema().position_by_name(member, 0)?;
    match input.member(index) {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn change(input: &mut dyn Structure, member: &str, change: fn(&str) -> Option<String>) {
    if let Some(changed) = text(input, member).and_then(change) {
        set(input, member, &changed);
    }
}

fn set(input: &mut dyn Structure, member: &str, text: &str) {
    let index = input.schema().position_by_name(member, 0);
    if let Some(Slot::String(place)) = index.map(|index| input.member_slot(index).fill()) {
        text.clone_into(place);
    }
}
