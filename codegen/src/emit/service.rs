//! The static that describes the service.

use crate::ir::Service;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit(service: &Service) -> TokenStream {
    let Service {
        name,
        sdk_id,
        version,
        endpoint_prefix,
        signing_name,
        user_agent,
        endpoint_rules,
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
    quote! {
        //! What all operations share.
        use #(#path)::*;
        use smithy_reqwest::schema::ServiceSchema;

        pub(crate) static SERVICE: ServiceSchema =
            ServiceSchema::new(#name, #sdk_id, #version, #endpoint_prefix, #signing_name, #protocol, #user_agent) #rules;
    }
}
