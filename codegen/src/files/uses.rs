//! Sorts adjacent `use` lines by their paths, those of this crate first.

use quote::ToTokens;
use syn::{Item, ItemUse};

/// Returns the items with their `use` lines sorted.
pub(super) fn sorted(mut items: Vec<Item>) -> Vec<Item> {
    for run in items.chunk_by_mut(|a, b| is_use(a) && is_use(b)) {
        run.sort_by_cached_key(key);
    }
    items
}

fn is_use(item: &Item) -> bool {
    matches!(item, Item::Use(_))
}

/// Returns the sort key of a `use` line, or `None` for other items.
fn key(item: &Item) -> Option<(bool, String)> {
    let Item::Use(ItemUse { vis, tree, .. }) = item else {
        return None;
    };
    let is_public = matches!(vis, syn::Visibility::Public(_));
    Some((
        is_public,
        tree.to_token_stream().to_string().replace(' ', ""),
    ))
}
