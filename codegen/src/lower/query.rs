//! [`Lowerer`]: lowers the tree of a JMESPath expression to a typed [`Query`].
//!
//! The types of the model determine the code of each step, and whether its value may be absent. An expression that the
//! types do not allow, or that is not in the supported subset, is an error: a sentence without the name of the shape,
//! which the caller adds.

mod functions;
mod lists;
mod steps;
mod typed;
mod variables;

pub(super) use typed::{Kind, Typed};
pub(super) use variables::reads;

use crate::ir::{Query, Role, Step};
use crate::jmespath::{Comparator, Expr};
use crate::lower::resolver::Resolver;
use serde_json::Value;
use smithy_model::{Member, OperationShape, Shape, ShapeId};

/// Lowers expressions over the input and output of an operation.
pub(super) struct Lowerer<'a, 'r> {
    resolver: &'r Resolver<'a>,
    operation: Option<&'a OperationShape>,
}

/// The error of a multi-select list that is not flattened. Its nulls would have to be kept until then, and a list in
/// Rust cannot hold them.
const UNFLATTENED: &str = "a multi-select list must be flattened: write `[a, b][]`";

type Result<T = Typed> = std::result::Result<T, String>;

impl<'a, 'r> Lowerer<'a, 'r> {
    pub(super) fn new(resolver: &'r Resolver<'a>, operation: Option<&'a OperationShape>) -> Self {
        Self {
            resolver,
            operation,
        }
    }

    /// Returns the operation's input, as the variable `input`.
    pub(super) fn input(&self) -> Result {
        let id = self
            .operation
            .and_then(|operation| operation.input.as_ref());
        let id = id.ok_or("the operation has no input")?;
        Ok(Typed::variable(
            "input",
            Kind::Shape(id.clone(), Role::Input),
        ))
    }

    /// Returns the operation's output, as the variable `output`.
    pub(super) fn output(&self) -> Result {
        let id = self
            .operation
            .and_then(|operation| operation.output.as_ref());
        let id = id.ok_or("the operation has no output")?;
        Ok(Typed::variable(
            "output",
            Kind::Shape(id.clone(), Role::Output),
        ))
    }

    /// Lowers an expression that is applied to `current`.
    pub(super) fn lower(&self, expr: &Expr, current: &Typed) -> Result {
        match expr {
            Expr::Current => Ok(current.clone()),
            Expr::Field(name) => self.field(name, current),
            Expr::Literal(value) => literal(value),
            Expr::Then(left, right) => {
                let left = self.lower(left, current)?;
                self.lower(right, &left)
            }
            Expr::Index(index) => self.index(*index, current),
            Expr::Values => self.values(current),
            Expr::Several(_) => Err(UNFLATTENED.into()),
            Expr::Project(projection) if matches!(projection.each, Expr::Several(_)) => {
                Err(UNFLATTENED.into())
            }
            Expr::Project(projection) => self.project(projection, current),
            Expr::Compare(comparator, left, right) => {
                self.compare(*comparator, left, right, current)
            }
            Expr::And(left, right) => self.both(left, right, current, Step::And),
            Expr::Or(left, right) => self.both(left, right, current, Step::Or),
            Expr::Not(operand) => {
                let operand = self.lower(operand, current)?.into_truth(self.resolver)?;
                Ok(Typed::boolean(Step::Not(Box::new(operand))))
            }
            Expr::Call(name, arguments) => self.call(name, arguments, current),
        }
    }

    fn both(
        &self,
        left: &Expr,
        right: &Expr,
        current: &Typed,
        step: fn(Box<Query>, Box<Query>) -> Step,
    ) -> Result {
        let left = self.lower(left, current)?.into_truth(self.resolver)?;
        let right = self.lower(right, current)?.into_truth(self.resolver)?;
        Ok(Typed::boolean(step(Box::new(left), Box::new(right))))
    }

    fn compare(
        &self,
        comparator: Comparator,
        left: &Expr,
        right: &Expr,
        current: &Typed,
    ) -> Result {
        let null = Expr::Literal(Value::Null);
        if let Some(operand) = match (left, right) {
            (operand, literal) | (literal, operand) if *literal == null => Some(operand),
            _ => None,
        } {
            let absent = Step::IsAbsent(Box::new(self.lower(operand, current)?.query));
            return match comparator {
                Comparator::Equal => Ok(Typed::boolean(absent)),
                Comparator::NotEqual => {
                    let absent = Typed::boolean(absent).query;
                    Ok(Typed::boolean(Step::Not(Box::new(absent))))
                }
                _ => Err("null cannot be ordered".into()),
            };
        }
        let left = self.lower(left, current)?.into_scalar(self.resolver);
        let right = self.lower(right, current)?.into_scalar(self.resolver);
        Typed::compare(comparator, left, right)
    }

    fn shape(&self, id: &ShapeId) -> Result<&'a Shape> {
        self.resolver.shape(id).map_err(|error| error.to_string())
    }
}

fn literal(value: &Value) -> Result {
    let (step, kind) = match value {
        Value::String(text) => (Step::Text(text.clone()), Kind::Text),
        Value::Bool(value) => (Step::Boolean(*value), Kind::Boolean),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(integer), _) => (Step::Integer(integer), Kind::Integer),
            (None, Some(float)) => (Step::Float(float), Kind::Float),
            _ => return Err(format!("the number {number} is out of range")),
        },
        other => return Err(format!("unexpected literal {other}")),
    };
    Ok(Typed::new(
        Query {
            step,
            optional: false,
        },
        kind,
    ))
}

fn member<'s>(shape: &'s Shape, name: &str) -> Result<&'s Member> {
    shape
        .member(name)
        .ok_or_else(|| format!("{} has no member `{name}`", shape.id))
}

fn shape_kind(id: &ShapeId) -> Kind {
    Kind::Shape(id.clone(), Role::Type)
}
