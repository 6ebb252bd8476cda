//! [`Rules`]: the variables that a rule can read, with their types, and the lowering of values and conditions.

use super::Result;
use super::expressions::{
    self, Kind, Typed, boolean, is_function, is_none, is_some, negated, plain,
};
use super::variables::PARAMETERS;
use crate::ir::{ParameterType, RuleCondition, RuleExpr, RuleParameter, RuleStep, TemplatePart};
use crate::names::{Ident, Scope};
use serde_json::Value;

/// The variables that a rule can read.
#[derive(Clone)]
pub(super) struct Rules {
    names: Vec<(String, Ident, Kind, bool)>,
    idents: Scope,
}

impl Rules {
    /// Creates a scope with the parameters, and assigns a variable to each.
    pub(super) fn new(parameters: &mut [RuleParameter]) -> Self {
        let mut scope = Self {
            names: Vec::new(),
            idents: Scope::plain(),
        };
        // The names that the emitted function uses itself.
        for taken in [PARAMETERS, "rules", "value"] {
            scope.idents.reserve(taken);
        }
        for parameter in parameters {
            let kind = match parameter.ty {
                ParameterType::Text => Kind::Text,
                ParameterType::Boolean => Kind::Boolean,
                ParameterType::List => Kind::List,
            };
            let optional = !parameter.certain;
            parameter.ident = Some(scope.name(&parameter.wire_name, kind, optional));
        }
        scope
    }

    fn name(&mut self, name: &str, kind: Kind, optional: bool) -> Ident {
        let ident = self.idents.claim(Ident::snake(name));
        self.names
            .push((name.to_owned(), ident.clone(), kind, optional));
        ident
    }

    /// Lowers a condition to those that must hold in its place. A condition that always or never holds is a boolean.
    pub(super) fn condition(
        &mut self,
        function: &str,
        argv: &[Value],
        assign: Option<&str>,
    ) -> Result<Vec<RuleCondition>> {
        if let ("isSet", [of], None) = (function, argv, assign) {
            return Ok(vec![self.is_set(of)?]);
        }
        let found = self.call(function, argv)?;
        let Some(name) = assign else {
            return Ok(vec![RuleCondition::Holds(match found.kind {
                Kind::Boolean if !found.expr.optional => found.expr,
                Kind::Boolean => equal(found.expr, boolean(true)),
                _ => is_some(found.expr),
            })]);
        };
        let ident = self.name(name, found.kind, false);
        let variable = plain(RuleStep::Variable(ident.clone()));
        let mut conditions = vec![RuleCondition::Is(ident, found.expr)];
        // A condition whose value is false does not hold, whether or not the value is assigned.
        if found.kind == Kind::Boolean {
            conditions.push(RuleCondition::Holds(variable));
        }
        Ok(conditions)
    }

    /// Returns the condition that the first argument of a function is present. A function of an absent value returns no
    /// value, so some rules do not test for it.
    pub(super) fn presence_of_argument(
        &mut self,
        function: &str,
        argv: &[Value],
    ) -> Result<Option<RuleCondition>> {
        let reference = argv.first().filter(|of| of.get("ref").is_some());
        match reference {
            Some(of) if is_function(function) && self.value(of)?.expr.optional => {
                self.is_set(of).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Lowers `isSet`. A variable is present from here on.
    fn is_set(&mut self, of: &Value) -> Result<RuleCondition> {
        let found = self.value(of)?;
        if !found.expr.optional {
            return Ok(RuleCondition::Holds(boolean(true)));
        }
        let RuleStep::Variable(ident) = &found.expr.step else {
            return Ok(RuleCondition::Holds(is_some(found.expr)));
        };
        let ident = ident.clone();
        for (_, known, _, optional) in &mut self.names {
            if *known == ident {
                *optional = false;
            }
        }
        Ok(RuleCondition::Is(ident, found.expr))
    }

    /// Lowers any value: a string with inserted values, a constant, a reference or a call.
    pub(super) fn value(&self, value: &Value) -> Result<Typed> {
        match value {
            Value::String(text) => self.template(text),
            Value::Bool(value) => Ok(Typed::new(boolean(*value), Kind::Boolean)),
            Value::Number(number) => {
                let number = number
                    .as_u64()
                    .and_then(|number| usize::try_from(number).ok());
                let number = number.ok_or("invalid position")?;
                Ok(Typed::new(plain(RuleStep::Integer(number)), Kind::Integer))
            }
            Value::Object(object) => {
                match (object.get("ref"), object.get("fn"), object.get("argv")) {
                    (Some(Value::String(name)), ..) => self.reference(name),
                    (_, Some(Value::String(function)), Some(Value::Array(argv))) => {
                        self.call(function, argv)
                    }
                    _ => Err(format!("{value} is neither a reference nor a call")),
                }
            }
            other => Err(format!("unexpected {other}")),
        }
    }

    /// Lowers a string that is always present.
    pub(super) fn text(&self, value: &Value) -> Result<RuleExpr> {
        let found = self.value(value)?;
        match found.kind {
            Kind::Text | Kind::OwnedText if !found.expr.optional => Ok(found.expr),
            Kind::Text | Kind::OwnedText => {
                Err(format!("{value} is optional: test it with `isSet` first"))
            }
            _ => Err(format!("{value} is not a string")),
        }
    }

    /// Returns the most recent variable with the name.
    pub(super) fn reference(&self, name: &str) -> Result<Typed> {
        let mut names = self.names.iter().rev();
        let (_, ident, kind, optional) = names
            .find(|(known, ..)| known == name)
            .ok_or_else(|| format!("unknown name `{name}`"))?;
        let expr = RuleExpr {
            step: RuleStep::Variable(ident.clone()),
            optional: *optional,
            owned: kind.is_owned(),
        };
        Ok(Typed::new(expr, *kind))
    }

    fn template(&self, text: &str) -> Result<Typed> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, after) = rest.split_at(at);
            literal.push_str(before);
            if after.starts_with("{{") || after.starts_with("}}") {
                literal.push_str(&after[..1]);
                rest = &after[2..];
                continue;
            }
            let (name, behind) = after[1..]
                .split_once('}')
                .filter(|_| after.starts_with('{'))
                .ok_or_else(|| format!("unmatched braces in `{text}`"))?;
            if !literal.is_empty() {
                parts.push(TemplatePart::Literal(std::mem::take(&mut literal)));
            }
            let inserted = self.inserted(name)?;
            if parts.is_empty() && behind.is_empty() {
                return Ok(inserted);
            }
            parts.push(TemplatePart::Value(inserted.expr));
            rest = behind;
        }
        literal.push_str(rest);
        if parts.is_empty() {
            return Ok(Typed::new(plain(RuleStep::Text(literal)), Kind::Text));
        }
        if !literal.is_empty() {
            parts.push(TemplatePart::Literal(literal));
        }
        let mut expr = plain(RuleStep::Template(parts));
        expr.owned = true;
        Ok(Typed::new(expr, Kind::OwnedText))
    }

    /// Lowers `name` or `name#attribute`.
    fn inserted(&self, name: &str) -> Result<Typed> {
        let found = match name.split_once('#') {
            Some((name, path)) => self.reference(name)?.attribute(path)?,
            None => self.reference(name)?,
        };
        match found.kind {
            Kind::Text | Kind::OwnedText if !found.expr.optional => Ok(found),
            _ => Err(format!(
                "`{{{name}}}` must be a string that is not optional"
            )),
        }
    }

    /// Lowers a call of a function of the rules language.
    fn call(&self, function: &str, argv: &[Value]) -> Result<Typed> {
        if let ("getAttr", [of, Value::String(path)]) = (function, argv) {
            return self.value(of)?.attribute(path);
        }
        let arguments: Vec<Typed> = argv
            .iter()
            .map(|argument| self.value(argument))
            .collect::<Result<_>>()?;
        let of = |place: String| format!("`{function}` in {place}");
        match (function, arguments.as_slice()) {
            ("isSet", [of]) if of.expr.optional => {
                Ok(Typed::new(is_some(of.expr.clone()), Kind::Boolean))
            }
            ("isSet", [_]) => Ok(Typed::new(boolean(true), Kind::Boolean)),
            ("not", [of]) => Ok(Typed::new(not(of)?, Kind::Boolean)),
            ("booleanEquals" | "stringEquals", [left, right]) if left.kind.is_like(right.kind) => {
                let (left, right) = (left.expr.clone(), right.expr.clone());
                Ok(Typed::new(equal(left, right), Kind::Boolean))
            }
            ("coalesce", values) => expressions::first_of(values).map_err(of),
            ("ite", [condition, values @ ..]) if values.len() == 2 => {
                expressions::choice(condition, values).map_err(of)
            }
            _ => expressions::call(function, &arguments).map_err(of),
        }
    }
}

/// Lowers `not`, of a boolean or of the presence of a value.
fn not(of: &Typed) -> Result<RuleExpr> {
    match &of.expr.step {
        RuleStep::Boolean(value) => Ok(boolean(!value)),
        RuleStep::IsSome(inner) => Ok(is_none(RuleExpr::clone(inner))),
        _ if of.kind == Kind::Boolean && !of.expr.optional => Ok(negated(of.expr.clone())),
        _ => Err("`not` of a value that is not a boolean, or is optional".into()),
    }
}

/// Returns the comparison of two values. A comparison with a constant boolean is the value itself or its negation.
fn equal(left: RuleExpr, right: RuleExpr) -> RuleExpr {
    match (&left.step, &right.step) {
        (RuleStep::Boolean(left), RuleStep::Boolean(right)) => boolean(left == right),
        (_, RuleStep::Boolean(true)) if !left.optional => left,
        (_, RuleStep::Boolean(false)) if !left.optional => negated(left),
        _ => plain(RuleStep::Equal(Box::new(left), Box::new(right))),
    }
}
