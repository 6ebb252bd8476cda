//! Emits the table of operations: the name of each and its HTTP binding.

use crate::emit::docs;
use crate::ir::Server;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(server: &Server) -> TokenStream {
    let Server {
        client_crate: crate_,
        operation_enum: name,
        operations,
        title,
        ..
    } = server;
    let variants = operations.iter().map(|operation| {
        let doc = docs::outer(&operation.docs);
        let ident = &operation.ident;
        quote!(#doc #ident)
    });
    let all = operations.iter().map(|operation| &operation.ident);
    let schemas = operations.iter().map(|operation| {
        let (module, ident) = (&operation.module, &operation.ident);
        quote!(Self::#ident => <operation::#module::#ident as Operation>::schema())
    });
    let title = docs::line(&format!("An operation of {title}."));
    quote! {
        //! The operations, by name.
        use #crate_::operation;
        use smithy_reqwest::operation::Operation;
        use smithy_reqwest::schema::OperationSchema;

        #title
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum #name {
            #(#variants,)*
        }

        impl #name {
            /// All operations.
            pub const ALL: &'static [Self] = &[#(Self::#all),*];

            /// Returns the schema of the operation.
            pub fn schema(self) -> &'static OperationSchema {
                match self {
                    #(#schemas,)*
                }
            }

            /// Returns the operation's name in the model.
            pub fn name(self) -> &'static str {
                self.schema().name
            }

            /// Returns the operation with this name in the model.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|operation| operation.name() == name)
            }
        }
    }
}
