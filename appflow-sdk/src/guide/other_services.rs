//! Generate a client for another AWS service. Generator and runtime are not specific to AppFlow.
//!
//! They support the protocols `restJson1`, `awsJson1_0`, `awsJson1_1`, `restXml`, `awsQuery`, `ec2Query`, `rpcv2Cbor`
//! and `rpcv2Json`, with SigV4, SigV4A, a bearer token or no authentication.
//!
//! From a checkout, one command writes a crate that is ready to build:
//!
//! ```text
//! cargo xtask codegen --model polly-2016-06-10.json --crate ../polly-sdk --operations SynthesizeSpeech,DescribeVoices
//! ```
//!
//! # Models
//!
//! Use the model in Smithy's JSON AST, which AWS publishes for each service in
//! [api-models-aws](https://github.com/aws/api-models-aws), such as
//! `models/polly/service/2016-06-10/polly-2016-06-10.json`. With it, types, fields, methods and variants have the names that
//! they have in the official crate.
//!
//! botocore's `service-2.json` is supported too, and states less:
//!
//! - Variants of enums have no names. They are derived from the values, which gives the official names for 93 of 100 values.
//! - Defaults are missing, so a number or a boolean without `required` is an `Option`, where the official crate may have a
//!   plain one.
//! - Which of several result lists has the items of a page is not stated. Such paginators read pages only.
//!
//! # Options
//!
//! - `--model` is one or several files of a model; the format is detected. Endpoint rules, paginators and waiters beside a
//!   botocore model are used too, as far as Smithy traits can express them, and `sdk-extras` of all of these files.
//! - `--operations` selects operations, with the shapes that they need.
//! - `--name` is the name of the crate; by default, the name of the service with `-sdk`, such as `polly-sdk`.
//! - `--check` writes nothing, and fails if the crate differs from what the model gives.
//!
//! Generated code is in `src/generated`. `Cargo.toml`, `README.md` and `src/lib.rs` are written too; to maintain one of them
//! yourself, remove its first line, which marks it as generated.
//!
//! The crate can be in any folder. Inside the checkout, it is a workspace of its own unless it is a member of the checkout's.
//! It depends on the runtime, `smithy-reqwest`, by path to the checkout, or as one of these flags states:
//!
//! | flag | dependency |
//! |---|---|
//! | `--runtime-version VERSION` | a published version |
//! | `--runtime-git URL`, with `--runtime-rev REV` | a git repository, at a commit, tag or branch |
//! | `--runtime-path DIR` | a folder, as a path relative to the crate |
//!
//! # Many services
//!
//! To generate and compile clients of all models in a folder, use:
//!
//! ```text
//! cargo xtask services --from api-models-aws/models --compile all
//! ```
//!
//! The folder is the folder `models` of a checkout of api-models-aws, botocore's `data`, or any folder with files of Smithy JSON AST.
//! The command prints the number of services and operations, the operations that are left out with the reasons, and the errors and
//! warnings of the compiler. With `--compile sqs,kms`, it compiles only these.
//!
//! # Beyond the model
//!
//! Clients do what their services require beyond the model, such as the tree hash of Glacier and the ids of Route 53.
//! `docs/services.md` in the checkout lists it, and what is not supported.
//!
//! Calls that a URL can express are presigned: `client.get_object().bucket("b").key("k").presigned(config).await?` of a
//! client of S3 returns a `PresignedRequest`. The feature `presigning` of
//! the crate does the same for every operation, with `customize().presigned(config)`.
//!
//! The feature `sigv4a` signs for endpoints in several regions, such as multi-region access points of S3.
//!
//! # From a program
//!
//! Use the library for a build of your own:
//!
//! ```
//! use smithy_codegen::{Examples, Options};
//! use smithy_model::{Closure, Model};
//! # use std::path::{Path, PathBuf};
//!
//! # fn example(downloaded: PathBuf, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
//! // The model, and the extras, endpoint rules, paginators and waiters beside it.
//! let model = Model::load_with_companions(&[downloaded])?;
//! let closure = Closure::of(&model, &model.service()?.id)?;
//!
//! let options = Options {
//!     user_agent: "my-service-sdk/0.1.0".to_owned(),
//!     origin: "my own generator".to_owned(),
//!     examples: Some(Examples::compiled("my_service_sdk")),
//!     // The documentation of AWS's models is HTML, and is converted to Markdown.
//!     html_documentation: true,
//!     // Custom protocols, for a service that supports none of those above.
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
//! Unsupported operations, such as those with an event stream in the input, which needs HTTP/2, are left out with a reason. An
//! invalid model is an error that names the file and the shape, and nothing is written.
//!
//! # Event streams
//!
//! An output can have an event stream, such as those of Bedrock's `ConverseStream` and of CloudWatch Logs' `StartLiveTail`. Its
//! field is an `EventReceiver`, as in the official crate:
//!
//! ```text
//! let mut output = client.converse_stream().model_id("…").messages(message).send().await?;
//! while let Some(event) = output.stream.recv().await? {
//!     match event {
//!         ConverseStreamOutput::ContentBlockDelta(event) => …,
//!         ConverseStreamOutput::Unknown => …, // an event that the model does not define
//!         _ => …,
//!     }
//! }
//! ```
//!
//! - An error that ends the stream is the error of the client, with the kind of the model: `error.kind()`, `error.is_throttling()` and
//!   so on apply. Its status is that of the model. Unlike in the official crate, it is not another type.
//! - The timeouts of the client apply until `send` returns, not to events. To limit the wait for an event, use
//!   `tokio::time::timeout` around `recv`, which loses no event.
//! - A call is repeated only before its response begins. After an error, call the operation again.
//! - Only one event is in memory at a time. Dropping the receiver closes the connection.
//! - A receiver is a `futures_core::Stream` too. With the feature `blocking`, it has `recv_blocking`.
//! - In tests, `TestTransport::answer` sends the events of `EventReceiver::from_events`, and `answer_then_error` ends them with an error
//!   of the model. Recordings of `RecordingTransport` do not contain events.
//!
//! The manifest of the generated crate enables the feature `event-stream` of the runtime, which adds one crate, `crc32fast`.
