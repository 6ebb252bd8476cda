//! In: a model and a service. Out: the service's operations and every shape they reach, with who reaches it.

use crate::{Model, ModelErrors, ShapeId};
use std::collections::{BTreeMap, BTreeSet};

/// Everything one service needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Closure {
    /// The service.
    pub service: ShapeId,
    /// Its operations, those of its resources included, ordered by name.
    pub operations: Vec<ShapeId>,
    /// Errors common to all operations, in model order.
    pub service_errors: Vec<ShapeId>,
    /// Every shape below the operations, errors included, the prelude's too: structures, unions, lists, maps, enums and simple shapes.
    pub shapes: BTreeMap<ShapeId, Reach>,
    /// The structures that are some operation's input.
    pub inputs: BTreeSet<ShapeId>,
    /// The structures that are some operation's output.
    pub outputs: BTreeSet<ShapeId>,
    /// The structures that are some operation's or the service's error.
    pub errors: BTreeSet<ShapeId>,
    /// Structures, unions, enums and intEnums that a member targets. An input, output or error is among them only
    /// when a member targets it too.
    pub types: BTreeSet<ShapeId>,
}

/// From where a shape can be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// From an operation's input.
    pub input: bool,
    /// From an operation's output.
    pub output: bool,
    /// From an error.
    pub error: bool,
}

impl Closure {
    /// The closure of a whole service.
    pub fn of(_model: &Model, _service: &ShapeId) -> Result<Self, ModelErrors> {
        unimplemented!()
    }

    /// The closure of the named operations of a service; a name that is none of its operations is an error.
    pub fn of_operations(
        _model: &Model,
        _service: &ShapeId,
        _names: &[&str],
    ) -> Result<Self, ModelErrors> {
        unimplemented!()
    }
}
