//! Guides by task. The examples compile, and those that send requests run as tests.
//!
//! | To | Read |
//! |---|---|
//! | create a flow, run it and see the result | [`first_flow`] |
//! | sign in, assume a role, choose a profile | [`credentials`] |
//! | handle errors | [`errors`] |
//! | test a program without an AWS account | [`testing`] |
//! | start runs, wait for them, stop them | [`runs`] |
//! | choose, rename, change and filter fields | [`tasks`] |
//! | connect to an application with its kind of credentials | [`profiles`] |
//! | keep flows in files | [`files`] |
//! | keep flows in a repository: export, plan, apply | [`flows_as_code`] |
//! | write a program without async | [`blocking`] |
//! | migrate from `aws-sdk-appflow` | [`migration`] |
//! | improve performance, choose features | [`performance`] |
//! | update to a new version of AppFlow's model | [`regenerate`] |
//! | generate a client for another service | [`other_services`] |

pub mod blocking;
pub mod credentials;
pub mod errors;
pub mod files;
pub mod first_flow;
pub mod flows_as_code;
pub mod migration;
pub mod other_services;
pub mod performance;
pub mod profiles;
pub mod regenerate;
pub mod runs;
pub mod tasks;
pub mod testing;
