//! The parts of operations that models do not express: [`Customization`](crate::value::schema::Customization) of
//! inputs, requests and endpoints. The feature `customizations` enables them; generated crates enable it if their
//! service has any.

#[cfg(not(feature = "customizations"))]
mod absent;
#[cfg(feature = "customizations")]
mod encryption_key;
#[cfg(feature = "customizations")]
mod input;
#[cfg(feature = "customizations")]
mod request;
#[cfg(feature = "customizations")]
mod tree_hash;

#[cfg(not(feature = "customizations"))]
pub(crate) use absent::{TreeHash, change_input, change_request, endpoint};
#[cfg(feature = "customizations")]
pub(crate) use {
    input::change_input,
    request::{change_request, endpoint},
    tree_hash::TreeHash,
};

#[cfg(all(test, feature = "customizations"))]
mod tests;
