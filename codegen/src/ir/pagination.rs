//! [`Pagination`]: the paths of tokens, items and page sizes.

use crate::ir::Type;
use crate::names::Ident;

/// The pagination of an operation. Paths are lists of fields, from the outermost to the innermost.
#[derive(Debug, Clone)]
pub struct Pagination {
    /// The token of the input.
    pub input_token: Ident,
    /// The type of the tokens: a string or a map.
    pub token_type: Type,
    /// The path of the output's token.
    pub output_token: Vec<PathField>,
    /// The path of the output's boolean that is `false` on the last page.
    pub more_results: Option<Vec<PathField>>,
    /// The items of a page, if the model defines them.
    pub items: Option<Items>,
    /// The page size member of the input.
    pub page_size: Option<PageSize>,
}

/// The member of an input that limits the size of pages.
#[derive(Debug, Clone)]
pub struct PageSize {
    /// The field.
    pub ident: Ident,
    /// The type: an integer of some width.
    pub ty: Type,
}

/// A field on a path.
#[derive(Debug, Clone)]
pub struct PathField {
    /// The field.
    pub ident: Ident,
    /// `true` if the field is an `Option`.
    pub optional: bool,
}

/// The items of a page.
#[derive(Debug, Clone)]
pub struct Items {
    /// The path of the items.
    pub path: Vec<PathField>,
    /// The type of an item: an element of a list, or a key and a value of a map.
    pub item: Type,
}
