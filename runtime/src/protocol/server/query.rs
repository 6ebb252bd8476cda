//! Reads the members that are bound to the query string, as a service does.

use crate::protocol::server::text::read_exactly;
use crate::value::schema::{TargetSchema, TimestampFormat};
use crate::value::shape::Slot;
use percent_encoding::percent_decode_str;
use std::collections::BTreeMap;

/// The decoded names and values of a query, in order.
pub(crate) type Parameters = Vec<(String, String)>;

/// Returns the parameters of a query string. Invalid UTF-8 is replaced.
pub(crate) fn parameters(query: &str) -> Parameters {
    let pieces = query.split('&').filter(|piece| !piece.is_empty());
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    pieces
        .map(|piece| {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            (decode(name), decode(value))
        })
        .collect()
}

/// Fills a member from the parameters of its name: a list from all of them, and any other member from the last. Returns
/// `false` if a text is not valid for its type.
pub(crate) fn read_parameter(
    parameters: &Parameters,
    name: &str,
    target: Option<&'static TargetSchema>,
    slot: Slot<'_>,
) -> bool {
    let values = parameters.iter().filter(|(given, _)| given == name);
    let values: Vec<&str> = values.map(|(_, text)| text.as_str()).collect();
    values.is_empty() || read_values(&values, target, slot)
}

/// Fills a map of parameters, whose values are texts or lists of texts. Returns `false` if a text is not valid for its
/// type.
pub(crate) fn read_parameters<'a>(
    parameters: impl IntoIterator<Item = &'a (String, String)>,
    target: Option<&'static TargetSchema>,
    slot: Slot<'_>,
) -> bool {
    // A repeated parameter extends the list, and the slot of a map entry is created only once.
    let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, text) in parameters {
        values.entry(name).or_default().push(text);
    }
    if values.is_empty() {
        return true;
    }
    let Slot::Map(map) = slot.fill() else {
        return false;
    };
    map.clear();
    let element = target.and_then(|target| target.element);
    values
        .iter()
        .all(|(name, values)| read_values(values, element, map.insert(name)))
}

fn read_values(values: &[&str], target: Option<&'static TargetSchema>, slot: Slot<'_>) -> bool {
    let format = TimestampFormat::DateTime;
    match slot.fill() {
        Slot::List(list) => {
            list.clear();
            let element = target.and_then(|target| target.element);
            let mut values = values.iter();
            values.all(|text| read_exactly(list.push(), text, element, format))
        }
        slot => values
            .last()
            .is_none_or(|text| read_exactly(slot, text, target, format)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_repeat_and_are_decoded() {
        let found = parameters("k=a%2Fb&k=&flag&x=1+2");
        let expected = [("k", "a/b"), ("k", ""), ("flag", ""), ("x", "1+2")];
        assert_eq!(
            found,
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
    }
}
