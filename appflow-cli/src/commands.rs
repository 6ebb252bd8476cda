//! The commands, one in each file.

pub(crate) mod apply;
pub(crate) mod cancel;
pub(crate) mod completions;
pub(crate) mod diff;
pub(crate) mod entities;
pub(crate) mod export;
pub(crate) mod list;
pub(crate) mod plan;
pub(crate) mod profiles;
pub(crate) mod run;
pub(crate) mod runs;
pub(crate) mod schema;
pub(crate) mod show;
pub(crate) mod validate;
