//! Formats calls of the runtime's macros, which the printer does not support, with one entry on each line.

use crate::files::printer::{indented, printed};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{File, Item, ItemMacro, MacroDelimiter};

/// The greatest width of a table on one line.
const WIDTH: usize = 100;

/// Returns the text of a call: with braces it contains items, and with parentheses a table such as
/// `STATIC: Type { 0: a, 1: b }`. Returns `None` for other calls. Items are formatted by `items_text`.
pub(super) fn text(call: &ItemMacro, items_text: fn(Vec<Item>) -> String) -> Option<String> {
    let path = call.mac.path.to_token_stream().to_string().replace(' ', "");
    match call.mac.delimiter {
        MacroDelimiter::Brace(_) => {
            let file: File = syn::parse2(call.mac.tokens.clone()).ok()?;
            Some(format!(
                "{path}! {{\n{}}}\n",
                indented(&items_text(file.items))
            ))
        }
        MacroDelimiter::Paren(_) => table(&path, call.mac.tokens.clone()),
        MacroDelimiter::Bracket(_) => None,
    }
}

fn table(path: &str, tokens: TokenStream) -> Option<String> {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let TokenTree::Group(group) = tokens.pop()? else {
        return None;
    };
    if group.delimiter() != Delimiter::Brace {
        return None;
    }
    let head: TokenStream = tokens.into_iter().collect();
    let head = head.to_string().replace(" :", ":");
    let entries = entries(group.stream());
    let joined = entries.join(" ");
    let line = match joined.trim_end_matches([',', ';']) {
        "" => format!("{path}!({head} {{}});\n"),
        entries => format!("{path}!({head} {{ {entries} }});\n"),
    };
    if line.len() <= WIDTH + 1 {
        return Some(line);
    }
    let mut text = format!("{path}!({head} {{\n");
    for entry in entries {
        text.push_str(&format!("    {entry}\n"));
    }
    text.push_str("});\n");
    Some(text)
}

/// Splits tokens at commas and semicolons. Each entry has the separator that follows it.
fn entries(tokens: TokenStream) -> Vec<String> {
    let mut entries = Vec::new();
    let mut entry = Vec::new();
    for token in tokens {
        match &token {
            TokenTree::Punct(mark) if matches!(mark.as_char(), ',' | ';') => {
                entries.push(entry_text(&entry, mark.as_char()));
                entry.clear();
            }
            _ => entry.push(token),
        }
    }
    if !entry.is_empty() {
        entries.push(entry_text(&entry, ','));
    }
    entries
}

/// Returns the text of `0: name` or `0: name = value`.
fn entry_text(entry: &[TokenTree], mark: char) -> String {
    let is_equal =
        |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == '=');
    let at = entry.iter().position(is_equal);
    let (name, value) = entry.split_at(at.unwrap_or(entry.len()));
    let name: TokenStream = name.iter().cloned().collect();
    let name = name.to_string().replace(" :", ":");
    let value = value.iter().skip(1).cloned().collect::<TokenStream>();
    match expression(value) {
        Some(value) => format!("{name} = {value}{mark}"),
        None => format!("{name}{mark}"),
    }
}

/// Returns the text of an expression, as the printer formats it.
fn expression(tokens: TokenStream) -> Option<String> {
    let value: syn::Expr = syn::parse2(tokens).ok()?;
    let item: Item = syn::parse_quote!(static X: X = #value;);
    let text = printed(item);
    let value = text.strip_prefix("static X: X = ")?.trim_end();
    Some(value.trim_end_matches(';').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    fn items_text(items: Vec<Item>) -> String {
        items.into_iter().map(printed).collect()
    }

    fn formatted(tokens: TokenStream) -> String {
        text(&syn::parse2(tokens).unwrap(), items_text).unwrap()
    }

    #[test]
    fn a_table_is_one_line_or_a_line_for_each_entry() {
        assert_eq!(
            formatted(quote!(a::b!(T: S { 0: a, 1: b = 5, 2: c = Vec::new(); _d });)),
            "a::b!(T: S { 0: a, 1: b = 5, 2: c = Vec::new(); _d });\n"
        );
        assert_eq!(formatted(quote!(a::b!(T: S {});)), "a::b!(T: S {});\n");
        let long = quote::format_ident!("a_name_that_is_so_long_that_few_of_them_fit");
        assert_eq!(
            formatted(quote!(a::b!(T: S { 0: #long, 1: #long = "x".into(), 2: r#type });)),
            "a::b!(T: S {\n    0: a_name_that_is_so_long_that_few_of_them_fit,\n    \
             1: a_name_that_is_so_long_that_few_of_them_fit = \"x\".into(),\n    2: r#type,\n});\n"
        );
    }

    #[test]
    fn items_in_a_macro_are_laid_out_as_items() {
        let tokens = quote!(a::b! {
            #[doc = " Doc."]
            pub enum E { #[doc = " A."] A = "a", B = "b" }
        });
        assert_eq!(
            formatted(tokens),
            "a::b! {\n    /// Doc.\n    pub enum E {\n        /// A.\n        A = \"a\",\n        B = \"b\",\n    }\n}\n"
        );
    }
}
