//! Emits the service side: the files of a crate that implements the service.
//!
//! The types are those of the client's crate. The files emitted here are the trait to implement, the table of
//! operations, the dispatcher and the constructors of errors.

mod defaults;
mod dispatch;
mod error;
mod operation;
mod service;

use crate::error::CodegenError;
use crate::files::format;
use crate::ir::Server;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// Emits all files of the service side, by their path below `src/generated`.
///
/// # Errors
///
/// Returns an error that names the file if emitted code is not valid Rust.
pub fn emit(server: &Server) -> Result<BTreeMap<String, String>, CodegenError> {
    let files = [
        ("mod.rs", root(server)),
        ("dispatch.rs", dispatch::emit(server)),
        ("error.rs", error::emit(server)),
        ("operation.rs", operation::emit(server)),
        ("service.rs", service::emit(server)),
    ];
    let nested = defaults::emit(server).map(|tokens| ("defaults.rs", tokens));
    let text = |(path, tokens): (&str, TokenStream)| Ok((path.to_owned(), format(path, tokens)?));
    files.into_iter().chain(nested).map(text).collect()
}

fn root(server: &Server) -> TokenStream {
    let (service, operation) = (&server.service_trait, &server.operation_enum);
    let defaults = (!server.nested.is_empty()).then(|| {
        quote!(
            mod defaults;
        )
    });
    quote! {
        #defaults
        mod dispatch;
        pub mod error;
        mod operation;
        mod service;

        pub use dispatch::dispatch;
        pub use operation::#operation;
        pub use service::#service;
    }
}
