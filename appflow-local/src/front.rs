//! The front: a listening socket in; every request answered, by the service or by the control API.

pub(crate) mod answer;
mod connections;
mod handle;
mod hosts;
mod stream;

pub(crate) use answer::Answer;
pub(crate) use connections::listen;
pub(crate) use handle::Front;
pub(crate) use hosts::Hosts;
