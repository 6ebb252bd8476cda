//! What outputs know beside their members: an output in; its fields that no member stands behind, and their accessors, out.

use crate::ir::{Role, Structure};
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

/// A field without a member.
pub(super) struct Hidden {
    ident: Ident,
    ty: TokenStream,
    /// What stands in it before a call has ended.
    empty: TokenStream,
    /// Whether the runtime knows that by itself.
    is_shape: bool,
}

impl Hidden {
    /// In the type's definition.
    pub(super) fn definition(&self) -> TokenStream {
        let Self { ident, ty, .. } = self;
        quote!(#ident: #ty)
    }

    /// Where fields and their defaults are listed.
    pub(super) fn default(&self) -> TokenStream {
        let (ident, empty) = (&self.ident, &self.empty);
        match self.is_shape {
            true => quote!(#ident),
            false => quote!(#ident = #empty),
        }
    }

    /// Where a value is put together.
    pub(super) fn value(&self) -> TokenStream {
        let Self { ident, empty, .. } = self;
        quote!(#ident: #empty)
    }
}

/// The fields: outputs know the id of their request, and what their body was validated by where it can be.
pub(super) fn fields(structure: &Structure) -> Vec<Hidden> {
    let request_id = (structure.role == Role::Output).then(|| Hidden {
        ident: Ident::verbatim("_request_id"),
        ty: quote!(Option<String>),
        empty: quote!(None),
        is_shape: true,
    });
    let checksums = structure.validated.then(|| Hidden {
        ident: Ident::verbatim("_validated_checksums"),
        ty: quote!(Vec<smithy_reqwest::primitives::ChecksumAlgorithm>),
        empty: quote!(Vec::new()),
        is_shape: false,
    });
    request_id.into_iter().chain(checksums).collect()
}

/// Their accessors.
pub(super) fn accessors(structure: &Structure) -> TokenStream {
    let request_id = (structure.role == Role::Output).then(|| {
        quote! {
            /// Returns the id that the service gave the request, which its support asks for.
            pub fn request_id(&self) -> Option<&str> {
                self._request_id.as_deref()
            }
        }
    });
    let checksums = structure.validated.then(|| {
        quote! {
            /// Returns the algorithms of the checksums that the service sent and that the body matches; empty if it sent
            /// none. Of a streaming body this is known at its end: the last read fails if a checksum does not match.
            pub fn validated_checksums(&self) -> &[smithy_reqwest::primitives::ChecksumAlgorithm] {
                &self._validated_checksums
            }
        }
    });
    quote!(#request_id #checksums)
}
