//! Prints single items.

use syn::{File, Item};

/// Returns the first lines of an empty block, up to the opening brace.
pub(super) fn opened(head: Item) -> String {
    let text = printed(head);
    let start = text.trim_end().trim_end_matches('}').trim_end();
    format!("{start}\n")
}

/// Returns the text of an item.
pub(super) fn printed(item: Item) -> String {
    let mut file: File = syn::parse_quote!();
    file.items.push(item);
    prettyplease::unparse(&file)
}

/// Indents text by one level.
pub(super) fn indented(text: &str) -> String {
    let mut deeper = String::with_capacity(text.len() + text.len() / 8);
    for line in text.lines() {
        if !line.is_empty() {
            deeper.push_str("    ");
            deeper.push_str(line);
        }
        deeper.push('\n');
    }
    deeper
}
