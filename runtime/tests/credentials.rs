//! Tests of all credential providers, their chain and the cache. No test needs a network beyond this machine or an AWS
//! account, and only those of hanging processes take time.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "credentials/cache.rs"]
mod cache;
#[path = "credentials/chain.rs"]
mod chain;
#[path = "credentials/container.rs"]
mod container;
#[path = "credentials/imds.rs"]
mod imds;
#[path = "credentials/keys.rs"]
mod keys;
#[path = "credentials/login.rs"]
mod login;
#[path = "credentials/mfa.rs"]
mod mfa;
#[path = "credentials/plan.rs"]
mod plan;
#[cfg(unix)]
#[path = "credentials/process.rs"]
mod process;
#[path = "credentials/proxy.rs"]
mod proxy;
#[path = "credentials/roles.rs"]
mod roles;
#[path = "credentials/sso.rs"]
mod sso;
#[path = "credentials/support.rs"]
mod support;
#[path = "credentials/web_identity.rs"]
mod web_identity;
