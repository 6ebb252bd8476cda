//! Lowers elements of lists, and expressions for each of them.

use super::{Kind, Lowerer, Result, Typed, member, shape_kind};
use crate::ir::{List, Projection as Lowered, Query, Step};
use crate::jmespath::{Expr, Projection};
use smithy_model::ShapeKind;

impl Lowerer<'_, '_> {
    /// Lowers an element of a list.
    pub(super) fn index(&self, index: i64, current: &Typed) -> Result {
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

    /// Returns the form of a list and the kind of its elements.
    fn list(&self, of: &Typed) -> Result<(List, Kind)> {
        match &of.kind {
            Kind::List(element) => Ok((List::Collected, Kind::clone(element))),
            Kind::Shape(id, _) => {
                let shape = self.shape(id)?;
                if !matches!(shape.kind, ShapeKind::List) {
                    return Err(format!("a {} is not a list", shape.kind.name()));
                }
                let list = if shape.traits.has("smithy.api#sparse") {
                    List::Sparse
                } else {
                    List::Borrowed
                };
                Ok((list, shape_kind(&member(shape, "member")?.target)))
            }
            kind => Err(format!("{} is not a list", kind.name())),
        }
    }

    /// Lowers an expression for each element of a list.
    pub(super) fn project(&self, projection: &Projection, current: &Typed) -> Result {
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

    /// Returns the list of a projection. A multi-select list is allowed here if it is flattened, because nulls are
    /// dropped then.
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

    /// Lowers a multi-select list. Its elements must all be strings or all be values of one shape, because a list in
    /// Rust has one element type.
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
}
