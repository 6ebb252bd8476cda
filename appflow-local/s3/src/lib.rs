//! The operations of Amazon S3 that appflow-local uses: a client for any S3 endpoint, in path style.
//!
//! It is an implementation detail of `appflow-local`, and not a client for other programs.

#[allow(missing_docs, reason = "the model is imported without documentation")]
#[rustfmt::skip]
mod generated;

pub use config::Config;
pub use generated::client::{self, Client};
pub use generated::error::{self, Error, ErrorKind};
pub use generated::{operation, types};

pub use smithy_reqwest::credentials;
pub use smithy_reqwest::{config, http, paginator, presigning, primitives};
