//! Collects the names that an example imports, each once.

use crate::ir::{Argument, Expression, Uses};
use crate::names::Ident;
use std::collections::BTreeSet;

/// Returns the names that the values of a call need.
pub(super) fn of(bindings: &[(Ident, Expression)], arguments: &[Argument]) -> Uses {
    let mut names = Names::default();
    for (_, value) in bindings {
        names.see_value(value);
    }
    for argument in arguments {
        names.see(argument);
    }
    Uses {
        types: names.types.into_iter().collect(),
        primitives: names.primitives.into_iter().collect(),
        hash_map: names.map,
    }
}

/// The names that have been collected.
#[derive(Default)]
struct Names {
    types: BTreeSet<Ident>,
    primitives: BTreeSet<Ident>,
    map: bool,
}

impl Names {
    fn see(&mut self, argument: &Argument) {
        argument
            .values
            .iter()
            .for_each(|value| self.see_value(value));
    }

    fn see_value(&mut self, value: &Expression) {
        match value {
            Expression::Variant(ident, _) | Expression::Unknown(ident, _) => {
                self.types.insert(ident.clone());
            }
            Expression::Union(ident, _, value) => {
                self.types.insert(ident.clone());
                self.see_value(value);
            }
            Expression::Structure(ident, arguments, _) => {
                self.types.insert(ident.clone());
                arguments.iter().for_each(|argument| self.see(argument));
            }
            Expression::List(elements) => elements.iter().for_each(|value| self.see_value(value)),
            Expression::Map(entries) => {
                self.map = true;
                for (key, value) in entries {
                    self.see_value(key);
                    self.see_value(value);
                }
            }
            Expression::Some(value) => self.see_value(value),
            Expression::Timestamp(_) => {
                self.primitives.insert(Ident::verbatim("DateTime"));
            }
            Expression::Blob(_) => {
                self.primitives.insert(Ident::verbatim("Blob"));
            }
            Expression::Local(_)
            | Expression::Text(_)
            | Expression::Boolean(_)
            | Expression::Integer(_)
            | Expression::Float(_)
            | Expression::None => {}
        }
    }
}
