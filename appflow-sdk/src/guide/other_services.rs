//! A client for another service: nothing in the generator or in the runtime names AppFlow.
//!
//! The protocols `restJson1`, `awsJson1_0` and `awsJson1_1` are spoken, with SigV4, a bearer token or no signature. Models come as
//! Smithy JSON AST or as botocore's `service-2.json`.
//!
//! From a checkout, one command writes a crate that is ready to build:
//!
//! ```text
//! cargo xtask codegen --model polly/2016-06-10/service-2.json --crate ../polly-sdk --operations SynthesizeSpeech,DescribeVoices
//! ```
//!
//! - `--model` takes files, one or several that belong together; what they are is seen by what is in them. Endpoint rules,
//!   paginators and waiters that lie beside a botocore model are taken along, as far as Smithy's traits can say them.
//! - `--operations` keeps what those operations need and nothing else.
//! - `--name` names the crate; by default it is the service's own name with `-sdk` behind it, such as `polly-sdk`.
//! - `--check` writes nothing, and fails when the crate is not what the model says.
//!
//! What is generated lies in `src/generated`. `Cargo.toml`, `README.md` and `src/lib.rs` are written too, and are yours as soon as
//! you take the first line off that says they are generated.
//!
//! The crate may lie anywhere. In the checkout it is a workspace of its own, unless it is a member of the checkout's. It gets the
//! runtime, `smithy-reqwest`, from the checkout by path, or as one of these says:
//!
//! | flag | dependency |
//! |---|---|
//! | `--runtime-version VERSION` | a published version |
//! | `--runtime-git URL`, with `--runtime-rev REV` | a git repository, at a commit, tag or branch |
//! | `--runtime-path DIR` | a folder, which is written relative to the crate |
//!
//! # From a program
//!
//! The same without the command, for a build of your own:
//!
//! ```
//! use smithy_codegen::{Examples, Options};
//! use smithy_model::{Closure, Model};
//! # use std::path::{Path, PathBuf};
//!
//! # fn example(downloaded: PathBuf, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
//! // The model, and the endpoint rules, paginators and waiters that lie beside it.
//! let model = Model::load_with_companions(&[downloaded])?;
//! let closure = Closure::of(&model, &model.service()?.id)?;
//!
//! let options = Options {
//!     user_agent: "my-service-sdk/0.1.0".to_owned(),
//!     origin: "my own generator".to_owned(),
//!     examples: Some(Examples::compiled("my_service_sdk")),
//!     // The prose of AWS's models is HTML, and becomes Markdown.
//!     html_documentation: true,
//!     // Protocols of your own, for a service that speaks none of those above.
//!     protocols: Vec::new(),
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
//! Operations with event streams and the like are left out, each with its reason. A fault of the model is an error that
//! names the file and the shape, and nothing is written then.
