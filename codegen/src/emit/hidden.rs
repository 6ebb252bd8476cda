//! Emits the fields of outputs that are not members, such as the request id, and their accessors.

use crate::ir::{Role, Structure};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

/// A field that is not a member. Comparisons ignore it: two outputs with equal members are equal.
pub(super) struct Hidden {
    ident: Ident,
    ty: TokenStream,
}

impl Hidden {
    fn new(name: &'static str, ty: &TokenStream) -> Self {
        Self {
            ident: Ident::verbatim(name),
            ty: quote!(smithy_reqwest::operation::Aside<#ty>),
        }
    }

    /// Emits the field for the definition of the type.
    pub(super) fn definition(&self) -> TokenStream {
        let Self { ident, ty } = self;
        quote!(#ident: #ty)
    }

    /// Emits the field with its default for the list of fields.
    pub(super) fn default(&self) -> TokenStream {
        let Self { ident, .. } = self;
        quote!(#ident = Default::default())
    }

    /// Emits the field for a struct expression.
    pub(super) fn value(&self) -> TokenStream {
        let Self { ident, .. } = self;
        quote!(#ident: Default::default())
    }
}

/// Returns the hidden fields: outputs have the id of their request and, if their body can be validated, the algorithms
/// that it was validated by.
pub(super) fn fields(structure: &Structure) -> Vec<Hidden> {
    let request_id = (structure.role == Role::Output)
        .then(|| Hidden::new("_request_id", &quote!(Option<String>)));
    let checksums = structure.validated.then(|| {
        let algorithms = quote!(Vec<smithy_reqwest::primitives::ChecksumAlgorithm>);
        Hidden::new("_validated_checksums", &algorithms)
    });
    request_id.into_iter().chain(checksums).collect()
}

/// Emits the accessors of the hidden fields.
pub(super) fn accessors(structure: &Structure) -> TokenStream {
    let request_id = (structure.role == Role::Output).then(|| {
        quote! {
            /// Returns the id that the service gave the request, which its support asks for.
            pub fn request_id(&self) -> Option<&str> {
                self._request_id.0.as_deref()
            }
        }
    });
    let checksums = structure.validated.then(|| {
        quote! {
            /// Returns the algorithms of the checksums that the service sent and that the body matches; empty if it sent
            /// none. Of a streaming body this is known at its end: the last read fails if a checksum does not match.
            pub fn validated_checksums(&self) -> &[smithy_reqwest::primitives::ChecksumAlgorithm] {
                &self._validated_checksums.0
            }
        }
    });
    quote!(#request_id #checksums)
}
