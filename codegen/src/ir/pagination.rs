//! [`Pagination`]: where tokens, items and the limit of a page are.

use crate::ir::Type;
use crate::names::Ident;

/// How an operation is paginated; paths are fields, from the outside in.
#[derive(Debug, Clone)]
pub struct Pagination {
    /// The input's token.
    pub input_token: Ident,
    /// The type of tokens: a string or a map.
    pub token_type: Type,
    /// Where the output's token is.
    pub output_token: Vec<PathField>,
    /// Where the output has a boolean that is `false` on the last page.
    pub more_results: Option<Vec<PathField>>,
    /// Where the items are.
    pub items: Option<Items>,
    /// The input's limit.
    pub page_size: Option<PageSize>,
}

/// The member of an input that limits pages.
#[derive(Debug, Clone)]
pub struct PageSize {
    /// The field.
    pub ident: Ident,
    /// Its type: an integer of some width.
    pub ty: Type,
}

/// A field on a path.
#[derive(Debug, Clone)]
pub struct PathField {
    /// The field.
    pub ident: Ident,
    /// Whether it is an `Option`.
    pub optional: bool,
}

/// The items of a page.
#[derive(Debug, Clone)]
pub struct Items {
    /// Where they are.
    pub path: Vec<PathField>,
    /// The type of one: an element of a list, or a key and a value of a map.
    pub item: Type,
}
