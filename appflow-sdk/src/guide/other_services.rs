//! A client for another service: nothing in the generator or in the runtime names AppFlow.
//!
//! The protocols `restJson1`, `awsJson1_0` and `awsJson1_1` are spoken, over SigV4 or without a signature. Models come as
//! Smithy JSON AST or as botocore's `service-2.json`.
//!
//! ```
//! use smithy_codegen::{Examples, Options};
//! use smithy_model::{Closure, ImportOptions, Model, Prose};
//! # use std::path::Path;
//!
//! # fn example(downloaded: &Path, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
//! // Facts, the prose of the model, which becomes Markdown, and the endpoint rules that lie beside it.
//! let take = ImportOptions { prose: Prose::Keep, endpoint_rules: true };
//! let import = smithy_model::import_with(downloaded, take)?;
//! let model = Model::from_sources(&[("service.json", import.text.as_str())])?;
//! let closure = Closure::of(&model, &model.service()?.id)?;
//!
//! let options = Options {
//!     user_agent: "my-service-sdk/0.1.0".to_owned(),
//!     origin: "my own generator".to_owned(),
//!     examples: Some(Examples::compiled("my_service_sdk")),
//!     html_documentation: true,
//! };
//! let generated = smithy_codegen::generate(&model, &closure, &options)?;
//! for (operation, reason) in &generated.left_out {
//!     println!("{operation} is left out: {reason}");
//! }
//! generated.files.compare(&folder.join("src/generated"))?.apply()?;
//! # Ok(())
//! # }
//! ```
//!
//! Around `src/generated`, the crate needs a `lib.rs` like this, and `smithy-reqwest` among its dependencies:
//!
//! ```ignore
//! //! A client of my service.
//!
//! #[rustfmt::skip]
//! mod generated;
//!
//! pub use generated::client::Client;
//! pub use generated::error::{Error, ErrorKind};
//! pub use generated::{client, error, operation, types};
//! pub use smithy_reqwest::primitives;
//!
//! /// Settings of a client.
//! pub mod config {
//!     pub use smithy_reqwest::config::*;
//! }
//! ```
//!
//! Operations with event streams and the like are left out, each with its reason. A fault of the model is an error that
//! names the file and the shape, and nothing is written then.
