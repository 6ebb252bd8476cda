//! Pagination of an operation: how tokens, limits and items are reached.

use crate::emit::types;
use crate::ir::{Density, Items, Operation, Pagination, PathField, Type};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(operation: &Operation, pagination: &Pagination) -> TokenStream {
    let ident = &operation.ident;
    let (input, output) = (&operation.input.ident, &operation.output.ident);
    let token = &pagination.input_token;
    let next_token = borrowed(&pagination.output_token);
    let page_size = page_size(pagination.page_size.as_ref(), input);
    let items = pagination.items.as_ref().map(|items| emit_items(ident, output, items));
    let paginator = ident.suffixed("Paginator");
    quote! {
        impl smithy_reqwest::paginator::Paginated for #ident {
            fn token(input: &#input) -> Option<&str> {
                input.#token.as_deref()
            }

            fn set_token(input: &mut #input, token: Option<String>) {
                input.#token = token;
            }

            fn next_token(output: &#output) -> Option<&str> {
                #next_token
            }

            #page_size
        }
        #items

        /// Reads all pages.
        pub mod paginator {
            /// Reads all pages, one after the other.
            pub type #paginator = smithy_reqwest::paginator::Paginator<super::#ident>;
        }
    }
}

fn page_size(field: Option<&Ident>, input: &Ident) -> TokenStream {
    match field {
        Some(field) => quote! {
            fn set_page_size(input: &mut #input, size: i32) {
                input.#field = Some(size);
            }
        },
        // An operation without a limit of its own has pages of the service's choice.
        None => quote! {
            fn set_page_size(_: &mut #input, _: i32) {}
        },
    }
}

/// A string at the end of a path, borrowed.
fn borrowed(path: &[PathField]) -> TokenStream {
    let mut fields = path.iter();
    let first = fields.next();
    let start = first.map(|field| {
        let name = &field.ident;
        if field.optional { quote!(output.#name.as_ref()) } else { quote!(Some(&output.#name)) }
    });
    let rest = fields.map(|field| {
        let name = &field.ident;
        if field.optional { quote!(.and_then(|part| part.#name.as_ref())) } else { quote!(.map(|part| &part.#name)) }
    });
    quote!(#start #(#rest)* .map(String::as_str))
}

fn emit_items(ident: &Ident, output: &Ident, items: &Items) -> TokenStream {
    let mut fields = items.path.iter();
    let start = fields.next().map(|field| {
        let name = &field.ident;
        if field.optional { quote!(output.#name) } else { quote!(Some(output.#name)) }
    });
    let rest = fields.map(|field| {
        let name = &field.ident;
        if field.optional { quote!(.and_then(|part| part.#name)) } else { quote!(.map(|part| part.#name)) }
    });
    let item = match &items.item {
        Type::List(element, density) => types::part(element, *density),
        Type::Map(key, value, density) => {
            let (key, value) = (types::plain(key), types::part(value, *density));
            quote!((#key, #value))
        }
        ty => types::part(ty, Density::Dense),
    };
    quote! {
        impl smithy_reqwest::paginator::PaginatedItems for #ident {
            type Item = #item;

            fn items(output: #output) -> Vec<#item> {
                #start #(#rest)* .unwrap_or_default().into_iter().collect()
            }
        }
    }
}
