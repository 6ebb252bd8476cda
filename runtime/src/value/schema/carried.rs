//! [`CarriedTraits`]: the traits that only the protocol of a service reads, as static data.

/// A list of traits by their ids, with their values. Generated code contains those that the protocol in the generator
/// requests.
#[derive(Debug)]
pub struct CarriedTraits(pub &'static [(&'static str, CarriedValue)]);

/// The value of a trait: static JSON data.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CarriedValue {
    /// `null`.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A number without a fraction.
    Integer(i64),
    /// Any other number.
    Double(f64),
    /// A string.
    Text(&'static str),
    /// An array.
    List(&'static [CarriedValue]),
    /// An object; a trait without a value is an empty one.
    Object(&'static [(&'static str, CarriedValue)]),
}

impl CarriedTraits {
    /// An empty list of traits.
    pub const NONE: &'static Self = &Self(&[]);

    /// Returns the value of a trait, such as `smithy.api#xmlNamespace`.
    pub fn get(&self, id: &str) -> Option<CarriedValue> {
        find(self.0, id)
    }

    /// Returns whether a trait is present, regardless of its value.
    pub fn has(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    /// Returns the value of a trait that is a string, such as `smithy.api#xmlName`.
    pub fn text(&self, id: &str) -> Option<&'static str> {
        self.get(id)?.as_text()
    }
}

impl CarriedValue {
    /// Returns the value if it is a string.
    pub fn as_text(self) -> Option<&'static str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns a member if the value is an object that contains it.
    pub fn member(self, name: &str) -> Option<CarriedValue> {
        match self {
            Self::Object(members) => find(members, name),
            _ => None,
        }
    }
}

fn find(entries: &'static [(&'static str, CarriedValue)], name: &str) -> Option<CarriedValue> {
    let found = entries.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    static TRAITS: CarriedTraits = CarriedTraits(&[
        ("x#name", CarriedValue::Text("Name")),
        ("x#flag", CarriedValue::Object(&[])),
        (
            "x#namespace",
            CarriedValue::Object(&[("uri", CarriedValue::Text("urn:x"))]),
        ),
    ]);

    #[test]
    fn traits_are_found_by_their_ids_and_read_as_what_they_are() {
        assert_eq!(TRAITS.text("x#name"), Some("Name"));
        assert_eq!(TRAITS.text("x#flag"), None);
        assert!(TRAITS.has("x#flag") && !TRAITS.has("x#other"));
        let uri = |id| TRAITS.get(id)?.member("uri")?.as_text();
        assert_eq!(uri("x#namespace"), Some("urn:x"));
        assert_eq!(uri("x#name"), None);
        assert_eq!(uri("x#flag"), None);
        assert!(!CarriedTraits::NONE.has("x#name"));
    }
}
