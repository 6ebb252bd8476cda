//! `Debug` for errors, which prints the error that `main` returns.

use std::fmt;

/// Formats an error: `{:?}` writes the line of its `Display`, and `{:#?}` writes its structure.
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

/// Implements `Debug` with [`fmt_error`] for an error that is a struct.
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
