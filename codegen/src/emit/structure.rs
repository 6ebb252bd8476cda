//! Emits structures: the type, its schema, its reflection, its accessors and its builder.

use crate::emit::hidden::{self, Hidden};
use crate::emit::imports::Imports;
use crate::emit::{accessors, builder, carried, docs, types, values};
use crate::ir::{Field, Location, Presence, Role, Structure};
use crate::names::Ident;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

/// Emits the file of a structure that is a member of others, or of an error.
pub(super) fn emit_file(structure: &Structure) -> TokenStream {
    let imports = Imports::of(&structure.fields)
        .without(&structure.ident)
        .emit();
    let runtime = runtime_imports([structure], &[]);
    let body = emit(structure, &Ident::shouty("schema"));
    let builder = builder::emit(structure);
    quote! { #imports #runtime #body #builder }
}

/// Returns the names that structures use from the runtime. `schema` lists further names that the file uses from the
/// runtime's `schema` module.
pub(super) fn runtime_imports<'a>(
    structures: impl IntoIterator<Item = &'a Structure> + Clone,
    schema: &[&str],
) -> TokenStream {
    let fields = || {
        structures
            .clone()
            .into_iter()
            .flat_map(|structure| &structure.fields)
    };
    let builders = structures
        .clone()
        .into_iter()
        .any(|structure| structure.role != Role::Input && structure.role != Role::Output);
    let mut schemas: BTreeSet<&str> = schema.iter().copied().chain(["StructureSchema"]).collect();
    if fields().next().is_some() {
        schemas.insert("MemberSchema");
    }
    let mut structures_of = structures.clone().into_iter();
    if structures_of.any(|structure| !structure.carried.is_empty())
        || fields().any(|field| !field.carried.is_empty())
    {
        schemas.extend(carried::TYPES);
    }
    if fields().any(|field| field.location != Location::Body) {
        schemas.insert("Location");
    }
    let schemas = schemas.into_iter().map(Ident::upper_camel);
    let build = builders.then(|| builder::runtime_imports(structures.clone()));
    quote! {
        #build
        use smithy_reqwest::schema::{#(#schemas),*};
    }
}

/// Emits the type, its schema, its reflection and its accessors.
pub(super) fn emit(structure: &Structure, schema: &Ident) -> TokenStream {
    let ident = &structure.ident;
    let definition = definition(structure);
    let table = table(structure, schema);
    let reflection = reflection(structure, schema);
    let accessors = structure.fields.iter().map(accessors::emit);
    let builder = &structure.builder;
    let builder_doc = docs::line(&format!("Creates a builder of [`{ident}`]."));
    let builder_path = builder::path(structure);
    let hidden = hidden::accessors(structure);
    quote! {
        #definition
        impl #ident {
            #builder_doc
            pub fn builder() -> #builder_path #builder {
                #builder_path #builder::default()
            }

            #(#accessors)*
            #hidden
        }
        #table
        #reflection
    }
}

fn definition(structure: &Structure) -> TokenStream {
    let ident = &structure.ident;
    let doc = docs::outer(&structure.docs);
    let default = structure.derives_default.then(|| quote!(, Default));
    let fields = structure.fields.iter().map(|field| {
        let (doc, name, ty) = (
            docs::outer(&field.docs),
            &field.ident,
            types::of_field(field),
        );
        quote! { #doc pub #name: #ty }
    });
    let hidden = hidden::fields(structure);
    let fields = fields.chain(hidden.iter().map(Hidden::definition));
    quote! {
        #doc
        #[non_exhaustive]
        #[derive(Clone, PartialEq #default)]
        pub struct #ident {
            #(#fields,)*
        }
    }
}

/// Emits the static with the schema of the structure.
fn table(structure: &Structure, schema: &Ident) -> TokenStream {
    let (id, name) = (&structure.id, structure.ident.text());
    let members = structure.fields.iter().map(member);
    let new = match structure.unconstrained {
        true => quote!(unconstrained),
        false => quote!(new),
    };
    let output = structure.output.then(|| quote!(.output()));
    let carries = carried::emit(&structure.carried);
    quote! {
        static #schema: StructureSchema = StructureSchema::#new(#id, #name, &[#(#members),*]) #output #carries;
    }
}

/// Emits the line of a member in the schema.
pub(super) fn member(field: &Field) -> TokenStream {
    let (name, ident) = (&field.wire_name, field.ident.text());
    let document_name = &field.document_name;
    let wire_name = (document_name != name).then(|| quote!(.wire_name(#document_name)));
    let at = location(&field.location);
    let required = field.required.then(|| quote!(.required()));
    let sensitive = field.sensitive.then(|| quote!(.sensitive()));
    let token = field
        .idempotency_token
        .then(|| quote!(.idempotency_token()));
    let zero = field.omits_zero.then(|| quote!(.zero_default()));
    let empty_document = field.empty_document.then(|| quote!(.empty_document()));
    let lenient = field.lenient.then(|| quote!(.lenient()));
    let target = field
        .target
        .as_ref()
        .map(|target| quote!(.target(&targets::#target)));
    let carries = carried::emit(&field.carried);
    quote! {
        MemberSchema::new(#name, #ident) #wire_name #at #required #sensitive #token #zero #empty_document #lenient #target
            #carries
    }
}

fn location(location: &Location) -> Option<TokenStream> {
    Some(match location {
        Location::Body => return None,
        Location::Label => quote!(.at(Location::Label)),
        Location::Query(name) => quote!(.at(Location::Query(#name))),
        Location::QueryParams => quote!(.at(Location::QueryParams)),
        Location::Header(name) => quote!(.at(Location::Header(#name))),
        Location::PrefixHeaders(prefix) => quote!(.at(Location::PrefixHeaders(#prefix))),
        Location::Payload => quote!(.at(Location::Payload)),
        Location::ResponseCode => quote!(.at(Location::ResponseCode)),
        Location::EventHeader => quote!(.at(Location::EventHeader)),
        Location::EventPayload => quote!(.at(Location::EventPayload)),
    })
}

/// Emits the access to members by index, and the methods that all structures have.
fn reflection(structure: &Structure, schema: &Ident) -> TokenStream {
    let ident = &structure.ident;
    let fields = structure.fields.iter().enumerate().map(|(index, field)| {
        let (index, name) = (Literal::usize_unsuffixed(index), &field.ident);
        match &field.presence {
            Presence::Default(default) => {
                let value = values::default(default, &field.ty);
                quote!(#index: #name = #value)
            }
            _ => quote!(#index: #name),
        }
    });
    let hidden = hidden::fields(structure);
    let hidden: Vec<_> = hidden.iter().map(Hidden::default).collect();
    let hidden = (!hidden.is_empty()).then(|| quote!(; #(#hidden),*));
    quote! { smithy_reqwest::structure!(#schema: #ident { #(#fields),* #hidden }); }
}
