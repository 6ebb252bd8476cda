//! What outputs know beside their members: an output in; its fields that no member stands behind, and their accessors, out.

use crate::ir::{Role, Structure};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

/// A field without a member. It counts in no comparison: two outputs that say the same are equal.
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

    /// In the type's definition.
    pub(super) fn definition(&self) -> TokenStream {
        let Self { ident, ty } = self;
        quote!(#ident: #ty)
    }

    /// Where fields and their defaults are listed.
    pub(super) fn default(&self) -> TokenStream {
        let Self { ident, .. } = self;
        quote!(#ident = Default::default())
    }

    /// Where a value is put together.
    pub(super) fn value(&self) -> TokenStream {
        let Self { ident, .. } = self;
        quote!(#ident: Default::default())
    }
}

/// The fields: outputs know the id of their request, and what their body was validated by where it can be.
pub(super) fn fields(structure: &Structure) -> Vec<Hidden> {
    let request_id = (structure.role == Role::Output)
        .then(|| Hidden::new("_request_id", &quote!(Option<String>)));
    let checksums = structure.validated.then(|| {
        let algorithms = quote!(Vec<smithy_reqwest::primitives::ChecksumAlgorithm>);
        Hidden::new("_validated_checksums", &algorithms)
    });
    request_id.into_iter().chain(checksums).collect()
}

/// Their accessors.
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
