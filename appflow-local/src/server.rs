//! The HTTP server: routes each request to the service or to the control API.

pub(crate) mod answer;
mod connections;
mod handler;
mod hosts;
mod stream;

pub(crate) use answer::Answer;
pub(crate) use connections::listen;
pub(crate) use handler::Handler;
pub(crate) use hosts::Hosts;
