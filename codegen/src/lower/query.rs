//! [`Lowerer`]: the tree of a JMESPath expression and the shape it begins at in, a typed [`Query`] out.
//!
//! The types of the model decide how each step is laid out, and whether it may be absent. What the types do not
//! allow, and what goes beyond the subset, is an error: a sentence without the shape's name, which the caller adds.

mod typed;
mod variables;

pub(super) use typed::{Kind, Typed};
pub(super) use variables::reads;

use crate::ir::{List, Projection as Lowered, Query, Role, Step};
use crate::jmespath::{Comparator, Expr, Projection};
use crate::lower::fields;
use crate::lower::resolver::Resolver;
use serde_json::Value;
use smithy_model::{Member, OperationShape, Shape, ShapeId, ShapeKind};

/// Lowers expressions over the input and output of an operation.
pub(super) struct Lowerer<'a, 'r> {
    resolver: &'r Resolver<'a>,
    operation: Option<&'a OperationShape>,
}

/// Nulls stay in a multi-select list until it is flattened, and a list in Rust has no place for them.
const UNFLATTENED: &str = "a multi-select list must be flattened: write `[a, b][]`";

type Result<T = Typed> = std::result::Result<T, String>;

impl<'a, 'r> Lowerer<'a, 'r> {
    pub(super) fn new(resolver: &'r Resolver<'a>, operation: Option<&'a OperationShape>) -> Self {
        Self {
            resolver,
            operation,
        }
    }

    /// The operation's input, as the variable `input`.
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

    /// The operation's output, as the variable `output`.
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

    fn field(&self, name: &str, current: &Typed) -> Result {
        if matches!(current.kind, Kind::InputAndOutput) {
            return match name {
                "input" => self.input(),
                "output" => self.output(),
                _ => Err(format!("`{name}` is neither `input` nor `output`")),
            };
        }
        let Kind::Shape(id, role) = &current.kind else {
            return Err(format!("`{name}` is asked of {}", current.kind.name()));
        };
        let shape = self.shape(id)?;
        match &shape.kind {
            ShapeKind::Structure => {
                let role = match role {
                    Role::Type => self.resolver.role(&shape.id),
                    role => *role,
                };
                self.structure_field(shape, role, name, current)
            }
            ShapeKind::Union => self.variant(shape, name, current),
            ShapeKind::Map => self.entry(shape, name, current),
            kind => Err(format!("`{name}` is asked of a {}", kind.name())),
        }
    }

    fn structure_field(&self, shape: &Shape, role: Role, name: &str, current: &Typed) -> Result {
        let member = member(shape, name)?;
        let ty = self
            .resolver
            .member_type(member)
            .map_err(|error| error.to_string())?;
        let presence = fields::presence(self.resolver, member, role, &ty)
            .map_err(|error| error.to_string())?;
        let optional = presence == crate::ir::Presence::Optional;
        let query = Query {
            optional: optional || current.query.optional,
            step: Step::Field {
                of: Box::new(current.query.clone()),
                field: self.resolver.field_ident(member),
                optional,
                boxed: matches!(ty, crate::ir::Type::Boxed(_)),
            },
        };
        Ok(Typed::new(query, shape_kind(&member.target)))
    }

    fn variant(&self, shape: &Shape, name: &str, current: &Typed) -> Result {
        let member = member(shape, name)?;
        if member.target.is_unit() {
            return Err(format!("`{name}` is a variant without a value"));
        }
        let suffix = self.resolver.variant_names(member).suffix;
        let step = Step::Variant {
            of: Box::new(current.query.clone()),
            method: suffix.prefixed("as_"),
        };
        Ok(Typed::new(
            Query {
                step,
                optional: true,
            },
            shape_kind(&member.target),
        ))
    }

    fn entry(&self, shape: &Shape, name: &str, current: &Typed) -> Result {
        let (key, value) = (member(shape, "key")?, member(shape, "value")?);
        let is_text = matches!(self.shape(&key.target)?.kind, ShapeKind::String);
        if !is_text || shape.traits.has("smithy.api#sparse") {
            return Err(format!(
                "`{name}` is asked of a map that is sparse or has no strings as keys"
            ));
        }
        let step = Step::Entry {
            of: Box::new(current.query.clone()),
            key: name.to_owned(),
        };
        Ok(Typed::new(
            Query {
                step,
                optional: true,
            },
            shape_kind(&value.target),
        ))
    }

    fn index(&self, index: i64, current: &Typed) -> Result {
        let (list, element) = self.list(current)?;
        let step = Step::Element {
            of: Box::new(current.query.clone()),
            index,
            list,
        };
        Ok(Typed::new(
            Query {
                step,
                optional: true,
            },
            element,
        ))
    }

    /// How a list is held, and what its elements are.
    fn list(&self, of: &Typed) -> Result<(List, Kind)> {
        match &of.kind {
            Kind::List(element) => Ok((List::Collected, Kind::clone(element))),
            Kind::Shape(id, _) => {
                let shape = self.shape(id)?;
                if !matches!(shape.kind, ShapeKind::List) {
                    return Err(format!("a {} is no list", shape.kind.name()));
                }
                let list = if shape.traits.has("smithy.api#sparse") {
                    List::Sparse
                } else {
                    List::Borrowed
                };
                Ok((list, shape_kind(&member(shape, "member")?.target)))
            }
            kind => Err(format!("{} is no list", kind.name())),
        }
    }

    fn project(&self, projection: &Projection, current: &Typed) -> Result {
        let source = self.source(projection, current)?;
        let (list, mut item) = self.list(&source)?;
        let mut flatten = None;
        if projection.flatten
            && let Ok((inner, inner_item)) = self.list(&Typed::variable("item", item.clone()))
        {
            (flatten, item) = (Some(inner), inner_item);
        }
        let item = Typed::variable("item", item);
        let filter = match &projection.filter {
            Some(_) if matches!(item.kind, Kind::List(_)) => {
                return Err("lists of lists cannot be filtered".into());
            }
            Some(filter) => Some(self.lower(filter, &item)?.into_truth(self.resolver)?),
            None => None,
        };
        let (each, kind) = match &projection.each {
            Expr::Current => (None, item.kind),
            each => {
                let each = self.each(each, &item)?;
                (Some(each.query), each.kind)
            }
        };
        let optional = source.query.optional;
        let projection = Lowered {
            of: source.query,
            list,
            flatten,
            filter,
            each,
        };
        Ok(Typed::new(
            Query {
                step: Step::Project(Box::new(projection)),
                optional,
            },
            Kind::List(Box::new(kind)),
        ))
    }

    /// The list of a projection. A multi-select list may stand here when it is flattened, since nulls fall out then.
    fn source(&self, projection: &Projection, current: &Typed) -> Result {
        match &projection.source {
            Expr::Several(several) if projection.flatten => self.several(several, current),
            Expr::Project(inner) if projection.flatten => self.project(inner, current),
            source => self.lower(source, current),
        }
    }

    fn each(&self, each: &Expr, item: &Typed) -> Result {
        match each {
            Expr::Several(several) => self.several(several, item),
            each => self.lower(each, item),
        }
    }

    /// Texts alone, or values of one shape alone, since a list in Rust has one type of element.
    fn several(&self, expressions: &[Expr], current: &Typed) -> Result {
        let mut kinds = Vec::new();
        let mut queries = Vec::new();
        for expr in expressions {
            let lowered = self.lower(expr, current)?.into_scalar(self.resolver);
            kinds.push(lowered.kind);
            queries.push(lowered.query);
        }
        kinds.dedup();
        let [kind] = kinds.as_slice() else {
            return Err("a multi-select list of different types".into());
        };
        Ok(Typed::new(
            Query {
                step: Step::Several(queries),
                optional: false,
            },
            Kind::List(Box::new(kind.clone())),
        ))
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
                _ => Err("null has no order".into()),
            };
        }
        let left = self.lower(left, current)?.into_scalar(self.resolver);
        let right = self.lower(right, current)?.into_scalar(self.resolver);
        Typed::compare(comparator, left, right)
    }

    fn call(&self, name: &str, arguments: &[Expr], current: &Typed) -> Result {
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
            return Err("`keys` of what is no map with strings as keys".into());
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
        other => return Err(format!("the literal {other} cannot stand here")),
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
