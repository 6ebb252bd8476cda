//! Documentation as attributes, one a line with a leading space: printed any other way, it comes out glued or as a
//! block comment.

use crate::ir::Docs;
use crate::markdown::wrapped;
use proc_macro2::TokenStream;
use quote::quote;

/// Outer documentation.
pub(super) fn outer(docs: &Docs) -> TokenStream {
    lines(docs.0.iter().map(String::as_str))
}

/// Inner documentation, of a file.
pub(super) fn inner(docs: &Docs) -> TokenStream {
    let lines = wrapped(docs.0.iter().map(String::as_str));
    let lines = lines.iter().map(|line| spaced(line));
    quote! { #( #![doc = #lines] )* }
}

/// Outer documentation of one line.
pub(super) fn line(text: &str) -> TokenStream {
    lines(std::iter::once(text))
}

/// Outer documentation of several lines.
pub(super) fn lines<'a>(lines: impl Iterator<Item = &'a str>) -> TokenStream {
    let lines = wrapped(lines);
    let lines = lines.iter().map(|line| spaced(line));
    quote! { #( #[doc = #lines] )* }
}

/// The attribute on what should not be used any more. It stands on methods that generated code does not call itself, so
/// that it warns users and not the crate.
pub(super) fn deprecated(deprecated: Option<&String>) -> Option<TokenStream> {
    deprecated.map(|note| match note.is_empty() {
        true => quote!(#[deprecated]),
        false => quote!(#[deprecated(note = #note)]),
    })
}

fn spaced(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}
