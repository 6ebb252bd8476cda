//! The macro of the feature `sdk-config` for builds without it: it expands to nothing.

#[doc(hidden)]
#[macro_export]
macro_rules! from_sdk_config {
    ($config:ty) => {};
}
