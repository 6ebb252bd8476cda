//! Emits the static that describes the service.

use crate::emit::carried;
use crate::ir::Service;
use crate::names::Ident;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(service: &Service) -> TokenStream {
    let Service {
        name,
        namespace,
        sdk_id,
        version,
        endpoint_prefix,
        signing_name,
        user_agent,
        endpoint_rules,
        carried: traits,
        ..
    } = service;
    let path = &service.protocol.path;
    let protocol_type = path.last();
    let constant = service.protocol.constant.as_ref();
    let constant = constant.map(|constant| quote!(::#constant));
    let protocol = quote!(&#protocol_type #constant);
    let rules = endpoint_rules
        .as_ref()
        .map(|_| quote!(.endpoint_rules(&crate::generated::endpoint::RULES)));
    let namespace = namespace.iter();
    let carries = carried::emit(traits);
    let types = carried::TYPES.into_iter().filter(|_| carries.is_some());
    let types = types.chain(["ServiceSchema"]).map(Ident::verbatim);
    quote! {
        //! The data that all operations share.
        use #(#path)::*;
        use smithy_reqwest::schema::{#(#types),*};

        pub(crate) static SERVICE: ServiceSchema =
            ServiceSchema::new(#name, #sdk_id, #version, #endpoint_prefix, #signing_name, #protocol, #user_agent) #(.namespace(#namespace))* #rules #carries;
    }
}
