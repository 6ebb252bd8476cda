//! The macros of the feature `blocking` where it is off: they stand for nothing.

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
