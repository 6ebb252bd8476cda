//! Connects to an account with the configured client, or starts a local AppFlow in this process.

use crate::arguments::Global;
use anyhow::{Context, Result, bail};
use appflow_local::AppFlowLocal;
use appflow_sdk::config::{Region, RetrySettings};
use appflow_sdk::flows::Account;
use appflow_sdk::{Client, Config};
use std::path::Path;

/// An account, and the local AppFlow that serves it, if there is one.
pub(crate) struct Connection {
    pub(crate) account: Account,
    local: Option<AppFlowLocal>,
}

impl Connection {
    pub(crate) async fn open(global: &Global) -> Result<Self> {
        let (config, local) = match &global.local {
            // A command that names an account must not silently change the local one.
            Some(_) if global.profile.is_some() || global.endpoint_url.is_some() => {
                bail!("--local cannot be used with --profile or --endpoint-url");
            }
            Some(folder) => {
                let local = start(folder).await?;
                (local.config(), Some(local))
            }
            None => (config(global.profile.as_deref()).await?, None),
        };
        // Concurrent calls are throttled: the adaptive mode slows them down instead of failing.
        let retry = RetrySettings::adaptive().with_max_attempts(6);
        let mut builder = config
            .to_builder()
            .retry_config(retry)
            .app_name("appflow-cli");
        if let Some(region) = &global.region {
            builder = builder.region(Region::new(region.clone()));
        }
        if let Some(url) = &global.endpoint_url {
            builder = builder.endpoint_url(url);
        }
        let client = Client::from_conf(builder.build());
        let account = Account::new(client).with_concurrency(global.concurrency.into());
        Ok(Self { account, local })
    }

    pub(crate) fn client(&self) -> &Client {
        self.account.client()
    }

    /// Returns whether the account is a local AppFlow in this process.
    pub(crate) fn is_local(&self) -> bool {
        self.local.is_some()
    }
}

/// Loads the configuration in the same order as the AWS CLI.
async fn config(profile: Option<&str>) -> Result<Config> {
    let found = match profile {
        Some(name) => Client::config_from_env().profile_name(name).await,
        None => Client::config_from_env().await,
    };
    Ok(found?)
}

async fn start(folder: &Path) -> Result<AppFlowLocal> {
    let start = AppFlowLocal::builder().data_dir(folder).start();
    start
        .await
        .with_context(|| format!("local AppFlow in {}", folder.display()))
}
