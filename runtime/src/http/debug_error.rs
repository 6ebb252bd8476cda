//! `Debug` for errors, by which they are printed when `main` returns one.

use std::fmt;

/// Prints an error: by `{:?}` the one line of its `Display`, and by `{:#?}` its structure.
pub(crate) fn fmt_error(
    error: &dyn fmt::Display,
    f: &mut fmt::Formatter<'_>,
    structure: impl FnOnce(&mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    if f.alternate() {
        structure(f)
    } else {
        error.fmt(f)
    }
}

/// Gives an error that is a structure its `Debug`, by [`fmt_error`].
macro_rules! debug_error {
    ($type:ident { $($field:ident),* $(,)? }) => {
        impl ::std::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::http::debug_error::fmt_error(self, f, |f| {
                    f.debug_struct(stringify!($type))
                        $(.field(stringify!($field), &self.$field))*
                        .finish()
                })
            }
        }
    };
}
pub(crate) use debug_error;
