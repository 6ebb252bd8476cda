//! The text of single items, as the printer lays them out.

use syn::{File, Item};

/// The first lines of a block without content, up to its brace.
pub(super) fn opened(head: Item) -> String {
    let text = printed(head);
    let start = text.trim_end().trim_end_matches('}').trim_end();
    format!("{start}\n")
}

/// The text of one item.
pub(super) fn printed(item: Item) -> String {
    let mut file: File = syn::parse_quote!();
    file.items.push(item);
    prettyplease::unparse(&file)
}

/// Text one level deeper.
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
