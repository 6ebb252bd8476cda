//! The text of a file: tokens in; Rust as a person would lay it out, with a line between items, out.

use crate::error::CodegenError;
use proc_macro2::TokenStream;

/// Formats a file.
pub fn format(path: &str, tokens: TokenStream) -> Result<String, CodegenError> {
    let file = syn::parse2(tokens.clone()).map_err(|error| CodegenError::Syntax {
        file: path.to_owned(),
        reason: format!("{error}: {}", excerpt(&tokens)),
    })?;
    Ok(space_items(&sort_uses(&prettyplease::unparse(&file))))
}

fn excerpt(tokens: &TokenStream) -> String {
    tokens.to_string().chars().take(400).collect()
}

/// Sorts the `use` lines that stand together: of the standard library, of other crates, of this crate.
fn sort_uses(text: &str) -> String {
    let mut sorted = String::with_capacity(text.len());
    let mut uses: Vec<String> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("use ") {
            let mut item = format!("{line}\n");
            while !item.ends_with(";\n") {
                let Some(line) = lines.next() else { break };
                item.push_str(&format!("{line}\n"));
            }
            uses.push(item);
            continue;
        }
        flush(&mut uses, &mut sorted);
        sorted.push_str(line);
        sorted.push('\n');
    }
    flush(&mut uses, &mut sorted);
    sorted
}

fn flush(uses: &mut Vec<String>, sorted: &mut String) {
    uses.sort_by_key(|item| (group(item), item.clone()));
    uses.drain(..).for_each(|item| sorted.push_str(&item));
}

fn group(item: &str) -> u8 {
    match item {
        item if item.starts_with("use std::") => 0,
        item if item.starts_with("use crate::") => 2,
        _ => 1,
    }
}

/// Puts an empty line between items at the top and inside of `impl` and `mod` blocks, which the printer leaves out.
/// `use` and `mod` lines, fields, variants and statements stay together.
fn space_items(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 16);
    let mut previous: Option<&str> = None;
    for line in text.lines() {
        if previous.is_some_and(|previous| ends_item(previous, line) && begins_item(line)) {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
        previous = Some(line);
    }
    spaced
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether an item ends with `previous`, where `line` comes next.
fn ends_item(previous: &str, line: &str) -> bool {
    let text = previous.trim_start();
    // A declaration that was broken into lines ends deeper than it began.
    let broken = indent(line) == 0 && indent(previous) > 0 && text.ends_with(';');
    let is_doc = text.starts_with("///");
    if is_doc || (indent(previous) != indent(line) && !broken) || indent(line) > 4 {
        return false;
    }
    let together = |start: &str| text.starts_with(start) && line.trim_start().starts_with(start);
    let list_of_uses = text == "};" && line.starts_with("use ");
    let inner_doc = text.starts_with("//!") && !line.starts_with("//!");
    let ends = text == "}"
        || text.ends_with("};")
        || text.ends_with(';')
        || text.ends_with("{}")
        || text.ends_with(')');
    inner_doc
        || (ends
            && !list_of_uses
            && !["use ", "mod ", "pub mod ", "pub use ", "type "]
                .into_iter()
                .any(together))
}

/// Whether an item begins with `line`.
fn begins_item(line: &str) -> bool {
    const STARTS: &[&str] = &[
        "///",
        "#[",
        "pub ",
        "fn ",
        "impl",
        "static ",
        "const ",
        "type ",
        "mod ",
        "use ",
        "async ",
        "trait ",
        "struct ",
        "enum ",
        "smithy_reqwest::",
    ];
    STARTS
        .iter()
        .any(|start| line.trim_start().starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn items_are_spaced_and_what_belongs_together_is_not() {
        let tokens = quote! {
            #![doc = " Docs."]
            use crate::a::B;
            use c::D;
            use std::e::F;
            pub mod e;
            #[doc = " S."]
            pub struct S {
                #[doc = " x."]
                pub x: u8,
                #[doc = " y."]
                pub y: u8,
            }
            static T: u8 = 1;
            static U: Thing = Thing::new().with_a_name_that_is_long(1, 2, 3).is_broken_by_the_printer(4, 5, 6).really();
            #[doc = " ```json"]
            #[doc = " {}"]
            #[doc = " a: b"]
            #[doc = " ```"]
            impl S {
                const N: u8 = 1;
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
            smithy_reqwest::structure!(S { x });
        };
        let expected = "\
//! Docs.

use std::e::F;
use c::D;
use crate::a::B;

pub mod e;

/// S.
pub struct S {
    /// x.
    pub x: u8,
    /// y.
    pub y: u8,
}

static T: u8 = 1;

static U: Thing = Thing::new()
    .with_a_name_that_is_long(1, 2, 3)
    .is_broken_by_the_printer(4, 5, 6)
    .really();

/// ```json
/// {}
/// a: b
/// ```
impl S {
    const N: u8 = 1;

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

smithy_reqwest::structure!(S { x });
";
        assert_eq!(format("x.rs", tokens).unwrap(), expected);
    }

    #[test]
    fn what_is_no_rust_is_an_error_that_names_the_file() {
        let error = format("types/x.rs", quote! { pub struct })
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("types/x.rs: the generated code is no Rust"),
            "{error}"
        );
    }
}
