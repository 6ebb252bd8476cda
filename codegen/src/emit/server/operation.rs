//! The table of operations: a name for each, and how it is bound to HTTP.

use crate::emit::docs;
use crate::emit::server::names::Names;
use crate::ir::Client;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(client: &Client, names: &Names) -> TokenStream {
    let Names {
        client: crate_,
        operation: name,
        ..
    } = names;
    let operations = &client.operations;
    let variants = operations.iter().map(|operation| {
        let doc = docs::outer(&names.linked(&docs::summary(&operation.docs)));
        let ident = &operation.ident;
        quote!(#doc #ident)
    });
    let all = operations.iter().map(|operation| &operation.ident);
    let schemas = operations.iter().map(|operation| {
        let (module, ident) = (&operation.module, &operation.ident);
        quote!(Self::#ident => <#crate_::operation::#module::#ident as Operation>::schema())
    });
    let title = docs::line(&format!("An operation of {}.", client.service.title));
    quote! {
        //! The operations, by name.
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

            /// How the operation is called.
            pub fn schema(self) -> &'static OperationSchema {
                match self {
                    #(#schemas,)*
                }
            }

            /// The operation's name in the model.
            pub fn name(self) -> &'static str {
                self.schema().name
            }

            /// The operation with this name in the model.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|operation| operation.name() == name)
            }
        }
    }
}
