//! The service side: the same data in, the files of a crate that stands in for the service out.
//!
//! The types are those of the client's crate; what is emitted here is what calls of them need: a trait to implement, a
//! table of operations, a dispatcher, and constructors of errors.

mod dispatch;
mod error;
mod names;
mod operation;
mod service;

use crate::emit::server::names::Names;
use crate::error::CodegenError;
use crate::files::format;
use crate::ir::Client;
use crate::options::ServerOptions;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// Emits all files of the service side, by their path below `src/generated`.
pub fn emit(
    client: &Client,
    options: &ServerOptions,
) -> Result<BTreeMap<String, String>, CodegenError> {
    let names = Names::new(options);
    let files = [
        ("mod.rs", root(&names)),
        ("dispatch.rs", dispatch::emit(client, &names)),
        ("error.rs", error::emit(client, &names)),
        ("operation.rs", operation::emit(client, &names)),
        ("service.rs", service::emit(client, &names)),
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
