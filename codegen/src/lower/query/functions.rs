//! Lowers the functions of JMESPath.

use super::{Kind, Lowerer, Result, Typed};
use crate::ir::{Query, Step};
use crate::jmespath::Expr;
use smithy_model::ShapeKind;

impl Lowerer<'_, '_> {
    /// Lowers a call of a function by its name.
    pub(super) fn call(&self, name: &str, arguments: &[Expr], current: &Typed) -> Result {
        let arguments: Vec<Typed> = arguments
            .iter()
            .map(|argument| self.lower(argument, current))
            .collect::<Result<_>>()?;
        let count = arguments.len();
        match (
            name,
            <[Typed; 1]>::try_from(arguments.clone()),
            <[Typed; 2]>::try_from(arguments),
        ) {
            ("length", Ok([of]), _) => of.length(self.resolver),
            ("keys", Ok([of]), _) => self.keys(of),
            ("contains", _, Ok([of, part])) => of.contains(part, self.resolver),
            ("starts_with", _, Ok([of, part])) => {
                of.with_text(part, self.resolver, Step::StartsWith)
            }
            ("ends_with", _, Ok([of, part])) => of.with_text(part, self.resolver, Step::EndsWith),
            _ => Err(format!(
                "the function `{name}` with {count} arguments is not supported; supported are length, keys, contains, starts_with and ends_with"
            )),
        }
    }

    fn keys(&self, of: Typed) -> Result {
        let Kind::Shape(id, _) = &of.kind else {
            return Err(format!("`keys` of {}", of.kind.name()));
        };
        let shape = self.shape(id)?;
        let key = shape
            .member("key")
            .map(|key| self.shape(&key.target))
            .transpose()?;
        if !key.is_some_and(|key| matches!(key.kind, ShapeKind::String)) {
            return Err("`keys` of a value that is not a map with strings as keys".into());
        }
        let optional = of.query.optional;
        Ok(Typed::new(
            Query {
                step: Step::Keys(Box::new(of.query)),
                optional,
            },
            Kind::List(Box::new(Kind::Text)),
        ))
    }
}
