//! [`Aside`], metadata of an output that does not count in comparisons.

/// Metadata of an output that is not a member, such as the request ID. It is ignored in comparisons.
#[derive(Debug, Clone, Default)]
pub struct Aside<T>(pub T);

impl<T> PartialEq for Aside<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for Aside<T> {}
