//! The macros of the feature `blocking` for builds without it: they expand to nothing.

#[doc(hidden)]
#[macro_export]
macro_rules! send_blocking {
    ($output:ty, $error:ty) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! wait_blocking {
    ($poll:ty, $error:ty) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! from_env_blocking {
    ($config:ty, $error:ty) => {};
}
