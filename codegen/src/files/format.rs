//! Formats tokens as the text of a file, with empty lines between items.
//!
//! The printer supports neither empty lines nor macros nor functions on one line, so items are printed one by one and
//! assembled here.

use crate::error::CodegenError;
use crate::files::printer::{indented, opened, printed};
use crate::files::{functions, macros, uses};
use proc_macro2::TokenStream;
use syn::{File, ImplItem, Item, TraitItem};

/// Formats a file.
///
/// # Errors
///
/// Returns an error that names the file if the tokens are not valid Rust.
pub fn format(path: &str, tokens: TokenStream) -> Result<String, CodegenError> {
    let file: File = syn::parse2(tokens.clone()).map_err(|error| CodegenError::Syntax {
        file: path.to_owned(),
        reason: format!("{error}: {}", excerpt(&tokens)),
    })?;
    Ok(file_text(&file))
}

fn excerpt(tokens: &TokenStream) -> String {
    tokens.to_string().chars().take(400).collect()
}

fn file_text(file: &File) -> String {
    let mut head = file.clone();
    head.items.clear();
    let mut text = prettyplease::unparse(&head);
    let body = items_text(&uses::sorted(&file.items));
    if !text.is_empty() && !body.is_empty() {
        text.push('\n');
    }
    text.push_str(&body);
    text
}

/// Returns the text of items with an empty line between them.
fn items_text(items: &[Item]) -> String {
    let mut text = String::new();
    let mut previous: Option<&Item> = None;
    for item in items {
        if previous.is_some_and(|previous| !belong_together(previous, item)) {
            text.push('\n');
        }
        text.push_str(&item_text(item));
        previous = Some(item);
    }
    text
}

/// Returns whether no empty line separates two items: `use` and `mod` lines form lists.
fn belong_together(previous: &Item, item: &Item) -> bool {
    let is_public = |item: &syn::ItemUse| matches!(item.vis, syn::Visibility::Public(_));
    match (previous, item) {
        (Item::Use(previous), Item::Use(item)) => is_public(previous) == is_public(item),
        (Item::Mod(previous), Item::Mod(item)) => {
            previous.content.is_none() && item.content.is_none() && item.attrs.is_empty()
        }
        _ => false,
    }
}

fn item_text(item: &Item) -> String {
    match item {
        Item::Impl(block) if !block.items.is_empty() => {
            let mut head = block.clone();
            head.items.clear();
            let members = block.items.iter().map(impl_member);
            block_text(Item::Impl(head), members)
        }
        Item::Trait(block) if !block.items.is_empty() => {
            let mut head = block.clone();
            head.items.clear();
            let members = block.items.iter().map(trait_member);
            block_text(Item::Trait(head), members)
        }
        Item::Mod(block) => match &block.content {
            Some((_, items)) if !items.is_empty() => {
                let mut head = block.clone();
                head.content = head.content.map(|(brace, _)| (brace, Vec::new()));
                let body = items_text(items);
                format!("{}{}}}\n", opened(Item::Mod(head)), indented(&body))
            }
            _ => printed(item.clone()),
        },
        Item::Fn(_) => functions::compact(&printed(item.clone())),
        Item::Macro(call) => {
            macros::text(call, items_text).unwrap_or_else(|| printed(item.clone()))
        }
        _ => printed(item.clone()),
    }
}

/// A member of a block, and whether it forms a list with members of its kind.
type Member = (String, bool);

fn block_text(head: Item, members: impl Iterator<Item = Member>) -> String {
    let mut text = opened(head);
    let mut previous: Option<bool> = None;
    for (member, is_line) in members {
        if previous.is_some_and(|previous| !(previous && is_line)) {
            text.push('\n');
        }
        text.push_str(&member);
        previous = Some(is_line);
    }
    text.push_str("}\n");
    text
}

fn impl_member(member: &ImplItem) -> Member {
    let mut block: syn::ItemImpl = syn::parse_quote!(impl X {});
    block.items.push(member.clone());
    let is_line = matches!(member, ImplItem::Type(_));
    (member_text(Item::Impl(block)), is_line)
}

fn trait_member(member: &TraitItem) -> Member {
    let mut block: syn::ItemTrait = syn::parse_quote!(
        trait X {}
    );
    block.items.push(member.clone());
    let is_line = matches!(member, TraitItem::Type(member) if member.attrs.is_empty());
    (member_text(Item::Trait(block)), is_line)
}

/// Returns the text between the first line and the last.
fn member_text(block: Item) -> String {
    let text = printed(block);
    let lines: Vec<&str> = text.lines().collect();
    let inner = lines.get(1..lines.len().saturating_sub(1));
    let mut body = inner.unwrap_or_default().join("\n");
    body.push('\n');
    functions::compact(&body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    fn formatted(tokens: TokenStream) -> String {
        format("x.rs", tokens).unwrap()
    }

    #[test]
    fn items_are_spaced_and_what_belongs_together_is_not() {
        let tokens = quote! {
            #![doc = " Docs."]
            use std::e::F;
            use crate::a::B;
            use c::D;
            pub mod e;
            pub mod f;
            #[doc = " S."]
            pub struct S {
                #[doc = " x."]
                pub x: u8,
                #[doc = " y."]
                pub y: u8,
            }
            static T: u8 = 1;
            static U: u8 = 1;
            impl S {
                const N: u8 = 1;
                type A = u8;
                type B = u8;
                #[doc = " One."]
                pub fn one(&self) -> u8 {
                    let x = 1;
                    let y = { 2 };
                    if x == y {
                        f();
                    }
                    x
                }
                pub fn two(&self) {}
            }
            pub mod g {
                pub use a::B;
                pub use b::C;
                fn f() {}
            }
        };
        let expected = "\
//! Docs.

use c::D;
use crate::a::B;
use std::e::F;

pub mod e;
pub mod f;

/// S.
pub struct S {
    /// x.
    pub x: u8,
    /// y.
    pub y: u8,
}

static T: u8 = 1;

static U: u8 = 1;

impl S {
    const N: u8 = 1;

    type A = u8;
    type B = u8;

    /// One.
    pub fn one(&self) -> u8 {
        let x = 1;
        let y = { 2 };
        if x == y {
            f();
        }
        x
    }

    pub fn two(&self) {}
}

pub mod g {
    pub use a::B;
    pub use b::C;

    fn f() {}
}
";
        assert_eq!(formatted(tokens), expected);
    }

    #[test]
    fn invalid_rust_is_an_error_that_names_the_file() {
        let error = format("types/x.rs", quote! { pub struct })
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("types/x.rs: invalid generated code"),
            "{error}"
        );
    }
}
