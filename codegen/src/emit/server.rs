//! The service side: the same data in, the files of a crate that stands in for the service out.
//!
//! The types are those of the client's crate; what is emitted here is what calls of them need: a trait to implement, a
//! table of operations, a dispatcher, and constructors of errors.

use crate::emit::{server_dispatch, server_error, server_operation, server_service};
use crate::error::CodegenError;
use crate::files::format;
use crate::ir::{Client, Docs};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// What the service side has to know of its surroundings.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// The crate of the client, by its name in Rust, such as `appflow_sdk`.
    pub client_crate: String,
    /// The name of the trait that a service implements.
    pub service_trait: String,
}

/// Names that the files share.
pub(super) struct Names {
    pub(super) client: Ident,
    pub(super) service: Ident,
    pub(super) operation: Ident,
}

/// Emits all files of the service side, by their path below `src/generated`.
pub fn emit(
    client: &Client,
    options: &ServerOptions,
) -> Result<BTreeMap<String, String>, CodegenError> {
    let service = Ident::upper_camel(&options.service_trait);
    let names = Names {
        client: Ident::snake(&options.client_crate),
        operation: service.suffixed("Operation"),
        service,
    };
    let files = [
        ("mod.rs", root(&names)),
        ("dispatch.rs", server_dispatch::emit(client, &names)),
        ("error.rs", server_error::emit(client, &names)),
        ("operation.rs", server_operation::emit(client, &names)),
        ("service.rs", server_service::emit(client, &names)),
    ];
    let text = |(path, tokens): (&str, TokenStream)| Ok((path.to_owned(), format(path, tokens)?));
    files.into_iter().map(text).collect()
}

fn root(names: &Names) -> TokenStream {
    let (service, operation) = (&names.service, &names.operation);
    quote! {
        mod dispatch;
        pub mod error;
        mod operation;
        mod service;

        pub use dispatch::dispatch;
        pub use operation::#operation;
        pub use service::#service;
    }
}

/// Documentation whose links lead into the client's crate.
pub(super) fn linked(docs: &Docs, names: &Names) -> Docs {
    let target = format!("({}::", names.client);
    let lines = docs.0.iter().map(|line| line.replace("(crate::", &target));
    Docs(lines.collect())
}
