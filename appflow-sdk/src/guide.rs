//! Guides: one page for each thing that people come to do, each with programs that compile and, where they send, run.
//!
//! | To | Read |
//! |---|---|
//! | create a flow, run it and see what it did | [`first_flow`] |
//! | sign in, take a role, choose a profile | [`credentials`] |
//! | find out what went wrong, and act on it | [`errors`] |
//! | test a program without an AWS account | [`testing`] |
//! | start runs, wait for them, stop them | [`runs`] |
//! | choose, rename, change and filter fields | [`tasks`] |
//! | connect to an application with its kind of credentials | [`profiles`] |
//! | keep flows in files | [`files`] |
//! | keep flows in a repository: export, plan, apply | [`flows_as_code`] |
//! | do without async | [`blocking`] |
//! | come from `aws-sdk-appflow` | [`migration`] |
//! | build and run fast, and know the features | [`performance`] |
//! | take in what AWS has added to AppFlow | [`regenerate`] |
//! | have a client like this for another service | [`other_services`] |

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
