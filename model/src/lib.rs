//! Reads service models in Smithy JSON AST (1.0, 2.0) or botocore's `service-2.json` format into a checked, typed
//! [`Model`]; [`import`] writes their facts in a normal form of Smithy JSON AST 2.0.
//!
//! [`Model::load`] merges files, applies `apply` statements, flattens mixins, and reports all problems that it finds.
//! [`Closure`] contains the shapes that a service, or some of its operations, use.

mod ast;
mod c2j;
mod closure;
mod companions;
mod enum_names;
mod error;
mod event_stream;
mod facts;
mod import;
mod known_traits;
mod load;
mod model;
mod near;
mod prelude;
mod shape;
mod shape_id;
mod source;
mod to_ast;
mod traits;
mod undocumented;
mod uri;
mod warning;

pub use closure::{Closure, Reach};
pub use error::{ModelError, ModelErrors};
pub use import::{
    Import, ImportOptions, ImportReport, Prose, import, import_text, import_text_with, import_with,
};
pub use model::Model;
pub use shape::{Lifecycle, Member, OperationShape, ResourceShape, ServiceShape, Shape, ShapeKind};
pub use shape_id::{PRELUDE_NAMESPACE, ShapeId, ShapeIdError};
pub use source::read_unpacked;
pub use traits::{Trait, Traits};
pub use undocumented::{documentable, undocumented};
pub use uri::{Segment, UriPattern};
pub use warning::ModelWarning;

/// The types of the traits whose values this project reads.
pub mod known {
    pub use crate::known_traits::*;
}

/// Compiles the program in the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
