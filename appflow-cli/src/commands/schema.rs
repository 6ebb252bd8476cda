//! `appflow schema`: prints the JSON Schema of a kind of definition, which `cargo xtask codegen` generates.

use crate::Done;
use crate::arguments::{Schema, SchemaOf};
use crate::output;
use anyhow::Result;

const FLOW: &str = include_str!("../../schema/flow.json");
const PROFILE: &str = include_str!("../../schema/profile.json");

pub(crate) fn run(arguments: &Schema) -> Result<Done> {
    let schema = match arguments.of {
        SchemaOf::Flow => FLOW,
        SchemaOf::Profile => PROFILE,
    };
    output::line(schema.trim_end())?;
    Ok(Done::Complete)
}
