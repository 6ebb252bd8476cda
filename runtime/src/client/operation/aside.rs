//! [`Aside`]: what is known of an output beside its members, which two outputs that say the same need not share.

/// What is known of an output beside its members, such as the id of its request. It counts in no comparison.
#[derive(Debug, Clone, Default)]
pub struct Aside<T>(pub T);

impl<T> PartialEq for Aside<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for Aside<T> {}
