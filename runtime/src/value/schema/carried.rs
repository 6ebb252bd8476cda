//! [`CarriedTraits`]: what only the protocol of a service reads of its model, as static data that nothing else looks at.

/// Traits by their ids, with their values. Generated code carries those that the generator's side of the protocol names.
#[derive(Debug)]
pub struct CarriedTraits(pub &'static [(&'static str, CarriedValue)]);

/// The value of a trait: JSON, as static data.
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
    /// An object; traits without a value are empty ones.
    Object(&'static [(&'static str, CarriedValue)]),
}

impl CarriedTraits {
    /// Nothing.
    pub const NONE: &'static Self = &Self(&[]);

    /// The value of a trait, such as `smithy.api#xmlNamespace`.
    pub fn get(&self, id: &str) -> Option<CarriedValue> {
        find(self.0, id)
    }

    /// Whether a trait is there, whatever its value.
    pub fn has(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    /// The value of a trait that is a string, such as `smithy.api#xmlName`.
    pub fn text(&self, id: &str) -> Option<&'static str> {
        self.get(id)?.as_text()
    }
}

impl CarriedValue {
    /// The string, if it is one.
    pub fn as_text(self) -> Option<&'static str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A member, if it is an object that has it.
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
