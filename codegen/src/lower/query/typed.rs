//! [`Typed`]: a query with the kind of its value, and the conversions that comparisons and functions need.

use crate::ir::List;
use crate::ir::{Countable, Projection, Query, Role, Step, Truth, View};
use crate::jmespath::Comparator;
use crate::lower::resolver::Resolver;
use smithy_model::{ShapeId, ShapeKind};

/// A query and the kind of its value.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Typed {
    pub(in crate::lower) query: Query,
    pub(in crate::lower) kind: Kind,
}

/// The kind of a query's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lower) enum Kind {
    /// The start of an expression over input and output.
    InputAndOutput,
    /// A reference to a value of a shape.
    Shape(ShapeId, Role),
    /// `&str`.
    Text,
    /// `bool`.
    Boolean,
    /// `i64`.
    Integer,
    /// `f64`.
    Float,
    /// `Vec`.
    List(Box<Kind>),
}

impl Kind {
    pub(in crate::lower) fn name(&self) -> String {
        match self {
            Self::InputAndOutput => "input and output cannot be combined".to_owned(),
            Self::Shape(id, _) => format!("a `{}`", id.name()),
            Self::Text => "a text".to_owned(),
            Self::Boolean => "a boolean".to_owned(),
            Self::Integer | Self::Float => "a number".to_owned(),
            Self::List(_) => "a list".to_owned(),
        }
    }
}

type Result<T = Typed> = std::result::Result<T, String>;

impl Typed {
    pub(in crate::lower) fn new(query: Query, kind: Kind) -> Self {
        Self { query, kind }
    }

    pub(in crate::lower) fn variable(name: &'static str, kind: Kind) -> Self {
        Self::new(non_optional(Step::Variable(name)), kind)
    }

    /// Returns the start of an expression over input and output.
    pub(in crate::lower) fn input_and_output() -> Self {
        Self::variable("output", Kind::InputAndOutput)
    }

    pub(in crate::lower) fn boolean(step: Step) -> Self {
        Self::new(non_optional(step), Kind::Boolean)
    }

    /// Converts a value of a simple shape to a Rust value. Other values stay as they are.
    pub(in crate::lower) fn into_scalar(self, resolver: &Resolver<'_>) -> Self {
        let Kind::Shape(id, _) = &self.kind else {
            return self;
        };
        let Ok(shape) = resolver.shape(id) else {
            return self;
        };
        let (view, kind) = match shape.kind {
            ShapeKind::String => (View::String, Kind::Text),
            ShapeKind::Enum => (View::Enum, Kind::Text),
            ShapeKind::Boolean => (View::Copied, Kind::Boolean),
            ShapeKind::Long => (View::Copied, Kind::Integer),
            ShapeKind::Double => (View::Copied, Kind::Float),
            ShapeKind::Byte | ShapeKind::Short | ShapeKind::Integer => {
                (View::Widened, Kind::Integer)
            }
            ShapeKind::Float => (View::WidenedFloat, Kind::Float),
            ShapeKind::IntEnum => (View::Number, Kind::Integer),
            _ => return self,
        };
        let optional = self.query.optional;
        let step = Step::View(Box::new(self.query), view);
        Self::new(Query { step, optional }, kind)
    }

    /// Converts the value to a list of strings.
    pub(in crate::lower) fn into_texts(self, resolver: &Resolver<'_>) -> Result<Query> {
        let optional = self.query.optional;
        let (list, element) = match self.kind {
            Kind::List(element) => (List::Collected, *element),
            Kind::Shape(id, _) => {
                let shape = resolver.shape(&id).map_err(|error| error.to_string())?;
                let member = shape
                    .member("member")
                    .filter(|_| matches!(shape.kind, ShapeKind::List));
                let member =
                    member.ok_or_else(|| format!("`{}` is not a list of strings", id.name()))?;
                let list = if shape.traits.has("smithy.api#sparse") {
                    List::Sparse
                } else {
                    List::Borrowed
                };
                (list, Kind::Shape(member.target.clone(), Role::Type))
            }
            kind => return Err(format!("{} is not a list of strings", kind.name())),
        };
        if element == Kind::Text {
            return Ok(self.query);
        }
        let item = Self::variable("item", element).into_scalar(resolver);
        if item.kind != Kind::Text {
            return Err(format!(
                "a list of {} is not a list of strings",
                item.kind.name()
            ));
        }
        // An existing projection yields the strings itself.
        if let (List::Collected, Step::Project(mut projection)) = (list, self.query.step.clone())
            && let Step::View(_, view) = item.query.step
        {
            let each = projection
                .each
                .take()
                .unwrap_or_else(|| non_optional(Step::Variable("item")));
            let optional = each.optional;
            projection.each = Some(Query {
                step: Step::View(Box::new(each), view),
                optional,
            });
            return Ok(Query {
                step: Step::Project(projection),
                optional: self.query.optional,
            });
        }
        let projection = Projection {
            of: self.query,
            list,
            flatten: None,
            filter: None,
            each: Some(item.query),
        };
        Ok(Query {
            step: Step::Project(Box::new(projection)),
            optional,
        })
    }

    /// Returns the query for whether the value counts as true.
    pub(in crate::lower) fn into_truth(self, resolver: &Resolver<'_>) -> Result<Query> {
        let scalar = self.into_scalar(resolver);
        let truth = match &scalar.kind {
            Kind::Boolean if !scalar.query.optional => return Ok(scalar.query),
            Kind::Boolean => Truth::Boolean,
            Kind::Text | Kind::List(_) => Truth::NotEmpty,
            Kind::Integer | Kind::Float => Truth::Present,
            Kind::InputAndOutput => return Err("`@` as input and output".into()),
            Kind::Shape(id, _) => {
                let shape = resolver.shape(id).map_err(|error| error.to_string())?;
                match shape.kind {
                    ShapeKind::List | ShapeKind::Map => Truth::NotEmpty,
                    _ => Truth::Present,
                }
            }
        };
        Ok(non_optional(Step::Truth(Box::new(scalar.query), truth)))
    }

    /// Returns the query for whether the value is this string.
    pub(in crate::lower) fn equals_text(
        self,
        text: &str,
        resolver: &Resolver<'_>,
    ) -> Result<Query> {
        let expected = Self::new(non_optional(Step::Text(text.to_owned())), Kind::Text);
        Ok(Self::compare(Comparator::Equal, self.into_scalar(resolver), expected)?.query)
    }

    /// Returns the query for whether the value is this boolean.
    pub(in crate::lower) fn equals_boolean(
        self,
        value: bool,
        resolver: &Resolver<'_>,
    ) -> Result<Query> {
        let expected = Self::new(non_optional(Step::Boolean(value)), Kind::Boolean);
        Ok(Self::compare(Comparator::Equal, self.into_scalar(resolver), expected)?.query)
    }

    /// Compares two values that were converted by [`into_scalar`](Self::into_scalar).
    pub(in crate::lower) fn compare(comparator: Comparator, left: Self, right: Self) -> Result {
        let (left, right) = match (&left.kind, &right.kind) {
            (Kind::Float, Kind::Integer) => (left, right.into_float()?),
            (Kind::Integer, Kind::Float) => (left.into_float()?, right),
            _ => (left, right),
        };
        if left.kind != right.kind {
            let (left, right) = (left.kind.name(), right.kind.name());
            return Err(format!("{left} cannot be compared with {right}"));
        }
        let is_order = !matches!(comparator, Comparator::Equal | Comparator::NotEqual);
        match left.kind {
            Kind::Integer | Kind::Float => {}
            Kind::Text | Kind::Boolean if !is_order => {}
            kind => return Err(format!("{} cannot be ordered", kind.name())),
        }
        if let (false, Step::Boolean(value)) = (left.query.optional, &right.query.step) {
            // The comparison is the value itself or its negation.
            let is_itself = *value == (comparator == Comparator::Equal);
            return Ok(match is_itself {
                true => left,
                false => Self::boolean(Step::Not(Box::new(left.query))),
            });
        }
        let (left, right) = counts(left.query, right.query);
        let (left, right) = (Box::new(left), Box::new(right));
        Ok(Self::boolean(Step::Compare(comparator, left, right)))
    }

    fn into_float(self) -> Result {
        match self.query.step {
            #[expect(
                clippy::cast_precision_loss,
                reason = "a literal in an expression is small"
            )]
            Step::Integer(value) => Ok(Self::new(
                non_optional(Step::Float(value as f64)),
                Kind::Float,
            )),
            _ => Err("an integer is compared with a fraction".into()),
        }
    }

    /// Returns the query for the number of characters, elements or entries.
    pub(in crate::lower) fn length(self, resolver: &Resolver<'_>) -> Result {
        let scalar = self.into_scalar(resolver);
        let countable = match &scalar.kind {
            Kind::Text => Countable::Text,
            Kind::List(_) => Countable::Collection,
            Kind::Shape(id, _) => {
                let shape = resolver.shape(id).map_err(|error| error.to_string())?;
                match shape.kind {
                    ShapeKind::List | ShapeKind::Map => Countable::Collection,
                    _ => return Err(format!("`length` of a {}", shape.kind.name())),
                }
            }
            kind => return Err(format!("`length` of {}", kind.name())),
        };
        let optional = scalar.query.optional;
        let step = Step::Length {
            of: Box::new(scalar.query),
            countable,
            wide: true,
        };
        Ok(Self::new(Query { step, optional }, Kind::Integer))
    }

    /// Returns the query for whether a list contains this string, boolean or number, or a string this substring.
    pub(in crate::lower) fn contains(self, part: Self, resolver: &Resolver<'_>) -> Result {
        let of = self.into_scalar(resolver);
        if of.kind == Kind::Text {
            return of.with_text(part, resolver, Step::Contains);
        }
        if let Kind::List(element) = &of.kind
            && matches!(**element, Kind::Boolean | Kind::Integer)
        {
            let part = part.into_scalar(resolver);
            if part.kind != **element {
                let (part, element) = (part.kind.name(), element.name());
                return Err(format!("{part} is looked for in a list of {element}"));
            }
            let (of, part) = (Box::new(of.query), Box::new(part.query));
            return Ok(Self::boolean(Step::Contains(of, part)));
        }
        let of = Self::new(of.into_texts(resolver)?, Kind::Text);
        of.with_text(part, resolver, Step::Contains)
    }

    /// Returns the query for a test of two strings.
    pub(in crate::lower) fn with_text(
        self,
        part: Self,
        resolver: &Resolver<'_>,
        step: fn(Box<Query>, Box<Query>) -> Step,
    ) -> Result {
        let (of, part) = (self.into_scalar(resolver), part.into_scalar(resolver));
        match (of.kind, part.kind) {
            (Kind::Text, Kind::Text) => Ok(Self::boolean(step(
                Box::new(of.query),
                Box::new(part.query),
            ))),
            (of, part) => Err(format!("`contains` of {} in {}", part.name(), of.name())),
        }
    }
}

/// Keeps lengths as `usize` if they are compared with lengths or non-negative integers.
fn counts(mut left: Query, mut right: Query) -> (Query, Query) {
    let is_count = |query: &Query| match query.step {
        Step::Length { .. } => true,
        Step::Integer(value) => value >= 0,
        _ => false,
    };
    if is_count(&left) && is_count(&right) {
        for query in [&mut left, &mut right] {
            if let Step::Length { wide, .. } = &mut query.step {
                *wide = false;
            }
        }
    }
    (left, right)
}

/// Returns a query that always has a value.
fn non_optional(step: Step) -> Query {
    Query {
        step,
        optional: false,
    }
}
