//! Emits the pagination of an operation: access to tokens, page sizes and items.

use crate::emit::types;
use crate::ir::{Density, Items, Operation, PageSize, Pagination, PathField, Type};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(operation: &Operation, pagination: &Pagination) -> TokenStream {
    let ident = &operation.ident;
    let (input, output) = (&operation.input.ident, &operation.output.ident);
    let (token, token_type) = (
        &pagination.input_token,
        types::plain(&pagination.token_type),
    );
    let next_token = borrowed(&pagination.output_token);
    let end = pagination.more_results.as_deref().map(end);
    let page_size = page_size(pagination.page_size.as_ref(), input);
    let items = pagination
        .items
        .as_ref()
        .map(|items| emit_items(ident, output, items));
    let paginator = &operation.builders.paginator;
    quote! {
        impl smithy_reqwest::paginator::Paginated for #ident {
            type Token = #token_type;

            fn token(input: &#input) -> Option<&#token_type> {
                input.#token.as_ref()
            }

            fn set_token(input: &mut #input, token: Option<#token_type>) {
                input.#token = token;
            }

            fn next_token(output: &#output) -> Option<&#token_type> {
                #end
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

fn page_size(limit: Option<&PageSize>, input: &Ident) -> TokenStream {
    match limit {
        Some(PageSize { ident, ty }) => {
            let size = match ty {
                Type::Long => quote!(size.into()),
                // A size that the member cannot hold is replaced by the largest that it can hold.
                Type::Short => quote!(size.try_into().unwrap_or(i16::MAX)),
                Type::Byte => quote!(size.try_into().unwrap_or(i8::MAX)),
                _ => quote!(size),
            };
            quote! {
                fn set_page_size(input: &mut #input, size: i32) {
                    input.#ident = Some(#size);
                }
            }
        }
        // Without a page size member, the service chooses the size of pages.
        None => quote! {
            fn set_page_size(_: &mut #input, _: i32) {}
        },
    }
}

/// Emits the check of the boolean that marks the last page, whatever the token is.
fn end(path: &[PathField]) -> TokenStream {
    let Some((last, before)) = path.split_last() else {
        return quote!();
    };
    let name = &last.ident;
    let before = steps(
        before,
        |name| quote!(output.#name.as_ref()),
        |name| quote!(part.#name.as_ref()),
    );
    let is_last = match (path.len(), last.optional) {
        (1, true) => quote!(output.#name == Some(false)),
        (1, false) => quote!(!output.#name),
        (_, true) => quote!(#before.and_then(|part| part.#name) == Some(false)),
        (_, false) => quote!(#before.is_some_and(|part| !part.#name)),
    };
    quote! {
        if #is_last {
            return None;
        }
    }
}

/// Emits the expression that borrows the token at the end of a path.
fn borrowed(path: &[PathField]) -> TokenStream {
    let Some((last, before)) = path.split_last() else {
        return quote!(None);
    };
    let name = &last.ident;
    match (before.is_empty(), last.optional) {
        (true, true) => quote!(output.#name.as_ref()),
        (true, false) => quote!(Some(&output.#name)),
        (false, optional) => {
            let before = steps(
                before,
                |name| quote!(output.#name.as_ref()),
                |name| quote!(part.#name.as_ref()),
            );
            if optional {
                quote!(#before.and_then(|part| part.#name.as_ref()))
            } else {
                quote!(#before.map(|part| &part.#name))
            }
        }
    }
}

/// Emits the expression that takes the list or map at the end of a path.
fn taken(path: &[PathField]) -> TokenStream {
    let Some((last, before)) = path.split_last() else {
        return quote!(Vec::new());
    };
    let name = &last.ident;
    match (before.is_empty(), last.optional) {
        (true, true) => quote!(output.#name.unwrap_or_default()),
        (true, false) => quote!(output.#name),
        (false, optional) => {
            let before = steps(
                before,
                |name| quote!(output.#name),
                |name| quote!(part.#name),
            );
            if optional {
                quote!(#before.and_then(|part| part.#name).unwrap_or_default())
            } else {
                quote!(#before.map(|part| part.#name).unwrap_or_default())
            }
        }
    }
}

/// Emits the access to the structures along the path, as an `Option`. Required structures are always present.
fn steps(
    path: &[PathField],
    first: impl Fn(&Ident) -> TokenStream,
    next: impl Fn(&Ident) -> TokenStream,
) -> TokenStream {
    let mut fields = path.iter();
    let start = fields.next().map(|field| {
        let name = &field.ident;
        if field.optional {
            first(name)
        } else {
            quote!(Some(output.#name))
        }
    });
    let rest = fields.map(|field| {
        let (name, value) = (&field.ident, next(&field.ident));
        if field.optional {
            quote!(.and_then(|part| #value))
        } else {
            quote!(.map(|part| part.#name))
        }
    });
    quote!(#start #(#rest)*)
}

fn emit_items(ident: &Ident, output: &Ident, items: &Items) -> TokenStream {
    let taken = taken(&items.path);
    let (item, items) = match &items.item {
        // A list yields its elements, and a map its entries.
        Type::List(element, density) => (types::part(element, *density), taken),
        Type::Map(key, value, density) => {
            let (key, value) = (types::plain(key), types::part(value, *density));
            (quote!((#key, #value)), quote!(#taken.into_iter().collect()))
        }
        ty => (types::part(ty, Density::Dense), taken),
    };
    quote! {
        impl smithy_reqwest::paginator::PaginatedItems for #ident {
            type Item = #item;

            fn items(output: #output) -> Vec<#item> {
                #items
            }
        }
    }
}
