//! Moves nested values of a call to variables of their own, so that the call is readable.

use crate::ir::{Argument, Expression};
use crate::names::Ident;

/// The names that examples use themselves.
const TAKEN: &[&str] = &["client", "output", "items", "item", "element"];

/// Moves nested values out of the arguments.
pub(super) fn hoist(arguments: &mut [Argument]) -> Vec<(Ident, Expression)> {
    let names = names(arguments);
    let mut bindings = Vec::new();
    for (argument, name) in arguments.iter_mut().zip(names) {
        if let ([value], Some(name)) = (argument.values.as_mut_slice(), name) {
            let local = Expression::Local(name.clone());
            bindings.push((name, std::mem::replace(value, local)));
        }
    }
    bindings
}

/// Returns the variable of each argument that gets one. It is named after the setter, with a number if a setter is
/// called more than once.
fn names(arguments: &[Argument]) -> Vec<Option<Ident>> {
    let count = |arguments: &[Argument], setter: &Ident| {
        let same = |argument: &&Argument| argument.setter == *setter;
        arguments.iter().filter(same).count()
    };
    let name = |(index, argument): (usize, &Argument)| {
        let setter = &argument.setter;
        let is_hoisted = matches!(argument.values.as_slice(), [value] if is_deep(value))
            && !TAKEN.contains(&setter.text());
        is_hoisted.then(|| match count(arguments, setter) {
            1 => setter.clone(),
            _ => setter.suffixed(&format!("_{}", count(&arguments[..=index], setter))),
        })
    };
    arguments.iter().enumerate().map(name).collect()
}

/// Returns whether a structure contains a structure.
fn is_deep(value: &Expression) -> bool {
    let Expression::Structure(_, arguments, _) = value else {
        return false;
    };
    let mut values = arguments.iter().flat_map(|argument| &argument.values);
    values.any(|value| matches!(value, Expression::Structure(..)))
}
