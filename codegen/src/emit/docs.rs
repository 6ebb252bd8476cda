//! Emits documentation as `#[doc]` attributes, one for each line, with a leading space. The printer glues any other
//! form together or prints it as a block comment.

use crate::ir::Docs;
use crate::markdown::{fits, wrapped};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits outer documentation.
pub(super) fn outer(docs: &Docs) -> TokenStream {
    lines(docs.0.iter().map(String::as_str))
}

/// Emits inner documentation, of a file.
pub(super) fn inner(docs: &Docs) -> TokenStream {
    let lines = wrapped(docs.0.iter().map(String::as_str));
    let lines = lines.iter().map(|line| spaced(line));
    quote! { #( #![doc = #lines] )* }
}

/// Emits outer documentation of one line.
pub(super) fn line(text: &str) -> TokenStream {
    lines(std::iter::once(text))
}

/// Emits outer documentation of several lines.
pub(super) fn lines<'a>(lines: impl Iterator<Item = &'a str>) -> TokenStream {
    let lines = wrapped(lines);
    let lines = lines.iter().map(|line| spaced(line));
    quote! { #( #[doc = #lines] )* }
}

/// Returns the name as a link, or without one if the link does not fit on a line.
pub(super) fn link(name: &str, target: &str) -> String {
    let link = format!("[`{name}`]({target})");
    match fits(&link) {
        true => link,
        false => format!("`{name}`"),
    }
}

/// Emits the `deprecated` attribute. Only methods that generated code does not call have it, so that users get the
/// warning and the generated crate does not.
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

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn a_link_that_is_longer_than_a_line_is_the_name_alone() {
        assert_eq!(link("name", "Self::name()"), "[`name`](Self::name())");
        let long = "a_name_of_a_member_with_very_many_words_in_it_too";
        assert_eq!(
            link(long, &format!("field@Self::{long}")),
            format!("`{long}`")
        );
    }
}
