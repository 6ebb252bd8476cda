//! Formats tokens as the text of a file, with empty lines between items.
//!
//! The printer supports neither empty lines nor macros nor functions on one line, so items are printed one by one and
//! assembled here.

use crate::error::CodegenError;
use crate::files::printer::{indented, opened, printed};
use crate::files::{functions, macros, uses};
use proc_macro2::TokenStream;
use std::mem;
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
    Ok(file_text(file))
}

fn excerpt(tokens: &TokenStream) -> String {
    tokens.to_string().chars().take(400).collect()
}

fn file_text(mut file: File) -> String {
    let items = uses::sorted(mem::take(&mut file.items));
    let mut text = prettyplease::unparse(&file);
    let body = items_text(items);
    if !text.is_empty() && !body.is_empty() {
        text.push('\n');
    }
    text.push_str(&body);
    text
}

/// Returns the text of items with an empty line between them.
fn items_text(items: Vec<Item>) -> String {
    let pairs = items.windows(2);
    let mut follows: Vec<bool> = pairs
        .map(|pair| belong_together(&pair[0], &pair[1]))
        .collect();
    follows.insert(0, true);
    let mut text = String::new();
    for (item, follows) in items.into_iter().zip(follows) {
        if !follows {
            text.push('\n');
        }
        text.push_str(&item_text(item));
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

fn item_text(item: Item) -> String {
    match item {
        Item::Impl(mut block) if !block.items.is_empty() => {
            let members = mem::take(&mut block.items);
            block_text(Item::Impl(block), members.into_iter().map(impl_member))
        }
        Item::Trait(mut block) if !block.items.is_empty() => {
            let members = mem::take(&mut block.items);
            block_text(Item::Trait(block), members.into_iter().map(trait_member))
        }
        Item::Mod(mut block) => match &mut block.content {
            Some((_, items)) if !items.is_empty() => {
                let body = items_text(mem::take(items));
                format!("{}{}}}\n", opened(Item::Mod(block)), indented(&body))
            }
            _ => printed(Item::Mod(block)),
        },
        Item::Fn(_) => functions::compact(&printed(item)),
        Item::Macro(call) => {
            macros::text(&call, items_text).unwrap_or_else(|| printed(Item::Macro(call)))
        }
        _ => printed(item),
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

fn impl_member(member: ImplItem) -> Member {
    let is_line = matches!(member, ImplItem::Type(_));
    let mut block: syn::ItemImpl = syn::parse_quote!(impl X {});
    block.items.push(member);
    (member_text(Item::Impl(block)), is_line)
}

fn trait_member(member: TraitItem) -> Member {
    let is_line = matches!(&member, TraitItem::Type(member) if member.attrs.is_empty());
    let mut block: syn::ItemTrait = syn::parse_quote!(
        trait X {}
    );
    block.items.push(member);
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
