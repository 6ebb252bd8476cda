//! The macro of the feature `sdk-config` where it is off: it stands for nothing.

#[doc(hidden)]
#[macro_export]
macro_rules! from_sdk_config {
    ($config:ty) => {};
}
