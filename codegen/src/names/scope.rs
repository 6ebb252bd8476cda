//! [`Scope`]: assigns names that are unique in one place, in a stable order.

use crate::names::Ident;
use crate::names::tables::{
    TAKEN_CLIENT_METHODS, TAKEN_METHODS, TAKEN_MODULES, TAKEN_TYPES, TAKEN_VARIANTS,
};
use std::collections::BTreeSet;

/// A set of names that must be unique.
#[derive(Debug, Clone)]
pub struct Scope {
    taken: BTreeSet<String>,
    /// The suffix of a name that would otherwise be taken.
    suffix: &'static str,
    /// The prefixes of names that must be free too.
    companions: &'static [&'static str],
}

impl Scope {
    /// Creates the scope of a client's types.
    pub fn types() -> Self {
        Self::new(TAKEN_TYPES, "Value", &[])
    }

    /// Creates the scope of a structure's fields, whose accessors and setters must be unique too.
    pub fn fields() -> Self {
        Self::new(TAKEN_METHODS, "_value", &["set_", "get_"])
    }

    /// Creates the scope of the variants of an enum or union.
    pub fn variants() -> Self {
        Self::new(TAKEN_VARIANTS, "Value", &[])
    }

    /// Creates the scope of the types that represent operations.
    pub fn operation_types() -> Self {
        Self::new(TAKEN_TYPES, "Operation", &[])
    }

    /// Creates the scope of operations: their modules, and their methods on the client.
    pub fn operations() -> Self {
        Self::new(TAKEN_CLIENT_METHODS, "_operation", &[])
    }

    /// Creates the scope of the modules in a folder.
    pub fn modules() -> Self {
        Self::new(TAKEN_MODULES, "_", &[])
    }

    /// Creates the scope of statics and other names that only conflict with each other.
    pub fn plain() -> Self {
        Self::new(&[], "_", &[])
    }

    fn new(taken: &[&str], suffix: &'static str, companions: &'static [&'static str]) -> Self {
        Self {
            taken: taken.iter().map(|name| (*name).to_owned()).collect(),
            suffix,
            companions,
        }
    }

    /// Marks a name as taken.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// Returns the name if it is free, and otherwise a variant of the name that is. The result is then taken.
    pub fn claim(&mut self, ident: Ident) -> Ident {
        let ident = if self.is_free(&ident) {
            ident
        } else {
            self.renamed(&ident)
        };
        for companion in self.companions {
            self.taken
                .insert(ident.prefixed(companion).text().to_owned());
        }
        self.taken.insert(ident.text().to_owned());
        ident
    }

    fn renamed(&self, ident: &Ident) -> Ident {
        let suffixed = ident.suffixed(self.suffix);
        if self.is_free(&suffixed) {
            return suffixed;
        }
        // Some number is free, because the number of taken names is finite.
        let numbered = (2..).map(|number| ident.suffixed(&format!("{}{number}", self.suffix)));
        numbered
            .into_iter()
            .find(|name| self.is_free(name))
            .unwrap_or(suffixed)
    }

    fn is_free(&self, ident: &Ident) -> bool {
        let mut names = self
            .companions
            .iter()
            .map(|companion| ident.prefixed(companion));
        !self.taken.contains(ident.text()) && names.all(|name| !self.taken.contains(name.text()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claimed(mut scope: Scope, make: fn(&str) -> Ident, names: &[&str]) -> Vec<String> {
        names
            .iter()
            .map(|name| scope.claim(make(name)).to_string())
            .collect()
    }

    #[test]
    fn clashing_names_are_made_unique_and_the_first_is_kept() {
        assert_eq!(
            claimed(
                Scope::types(),
                Ident::upper_camel,
                &["Option", "Flow", "flow"]
            ),
            ["OptionValue", "Flow", "FlowValue"]
        );
        assert_eq!(
            claimed(
                Scope::fields(),
                Ident::snake,
                &["fooBar", "foo_bar", "FooBar", "send", "type"]
            ),
            [
                "foo_bar",
                "foo_bar_value",
                "foo_bar_value2",
                "send_value",
                "r#type"
            ]
        );
        assert_eq!(
            claimed(
                Scope::variants(),
                Ident::upper_camel,
                &["UNKNOWN", "V1_0", "V10"]
            ),
            ["UnknownValue", "V10", "V10Value"]
        );
    }

    #[test]
    fn a_field_that_is_named_like_the_setter_of_another_is_renamed() {
        assert_eq!(
            claimed(
                Scope::fields(),
                Ident::snake,
                &["name", "setName", "getName"]
            ),
            ["name", "set_name_value", "get_name_value"]
        );
        assert_eq!(
            claimed(Scope::fields(), Ident::snake, &["setName", "name"]),
            ["set_name", "name_value"]
        );
    }
}
