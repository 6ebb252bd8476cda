//! Generates the S3 client of `appflow-local`, and the server that its tests use.

use super::{COMMAND, GeneratedFolder};
use anyhow::Result;
use smithy_codegen::{Options, ServerOptions};
use smithy_model::{Closure, Model};
use std::path::Path;

/// The model: the operations that `appflow-local` uses, imported by
/// `cargo xtask model import S3/service-2.json --out model/s3/service.json --operations …`.
const MODEL: &str = "model/s3/service.json";

/// Generates the client and the server in memory.
pub(super) fn folders(root: &Path) -> Result<[GeneratedFolder; 2]> {
    let model = Model::load(&[root.join(MODEL)])?;
    let closure = Closure::of(&model, &model.service()?.id)?;
    let options = Options {
        user_agent: "appflow-local".to_owned(),
        origin: format!("`{COMMAND}` from model/s3; do not edit"),
        examples: None,
        html_documentation: false,
        protocols: Vec::new(),
    };
    let server = ServerOptions {
        client_crate: "appflow_local_s3".to_owned(),
        service_trait: "S3".to_owned(),
    };
    Ok([
        GeneratedFolder {
            folder: "appflow-local/s3/src/generated",
            generated: smithy_codegen::generate(&model, &closure, &options)?,
        },
        GeneratedFolder {
            folder: "appflow-local/tests/common/s3/generated",
            generated: smithy_codegen::generate_server(&model, &closure, &options, &server)?,
        },
    ])
}
