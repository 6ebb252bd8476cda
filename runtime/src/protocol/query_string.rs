//! Labels and query parameters in, percent-encoded text out, by Smithy's HTTP binding rules: everything but unreserved
//! characters is encoded. And back: query strings in, the members that travel in them out.

use crate::http::percent::{COMPONENT, PATH};
use crate::protocol::text::from_text;
use crate::value::shape::Slot;
use percent_encoding::{percent_decode_str, utf8_percent_encode};

/// Names and values of a query, decoded, in order.
pub(crate) type Parameters = Vec<(String, String)>;

/// Appends a path segment; slashes are encoded too.
pub(super) fn push_label(target: &mut String, value: &str) {
    target.extend(utf8_percent_encode(value, COMPONENT));
}

/// Appends a greedy label; slashes stay.
pub(super) fn push_greedy_label(target: &mut String, value: &str) {
    target.extend(utf8_percent_encode(value, PATH));
}

/// Appends a query parameter, after `?` or `&` as it fits.
pub(super) fn push_parameter(
    target: &mut String,
    has_query: &mut bool,
    name: &str,
    value: Option<&str>,
) {
    target.push(if *has_query { '&' } else { '?' });
    *has_query = true;
    target.extend(utf8_percent_encode(name, COMPONENT));
    if let Some(value) = value {
        target.push('=');
        target.extend(utf8_percent_encode(value, COMPONENT));
    }
}

/// The parameters of a query string. What is no UTF-8 is replaced.
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

/// Fills a member from the parameters of its name: a list with all of them, anything else with the last. `false` when a
/// text is none of its type.
pub(crate) fn read_parameter(parameters: &Parameters, name: &str, slot: Slot<'_>) -> bool {
    let mut values = parameters
        .iter()
        .filter(|(given, _)| given == name)
        .map(|(_, text)| text)
        .peekable();
    if values.peek().is_none() {
        return true;
    }
    match slot.fill() {
        Slot::List(list) => {
            list.clear();
            values.all(|text| from_text(list.push(), text))
        }
        slot => values.last().is_none_or(|text| from_text(slot, text)),
    }
}

/// Fills a map of parameters, whose values are texts or lists of them. `false` when a text is none of their type.
pub(crate) fn read_parameters<'a>(
    parameters: impl IntoIterator<Item = &'a (String, String)>,
    slot: Slot<'_>,
) -> bool {
    let mut parameters = parameters.into_iter().peekable();
    if parameters.peek().is_none() {
        return true;
    }
    let Slot::Map(map) = slot.fill() else {
        return false;
    };
    parameters.all(|(name, text)| match map.insert(name).fill() {
        Slot::List(list) => from_text(list.push(), text),
        slot => from_text(slot, text),
    })
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
