//! [`Account`]: reads the flows and connector profiles of an account and Region, with a limited number of concurrent
//! calls.

use crate::flows::concurrent::Concurrent;
use crate::flows::definition::{DefinitionError, FlowDefinition};
use crate::types::{ConnectorProfile, FlowDefinition as FlowSummary, FlowStatus};
use crate::{Client, Error};
use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;

/// The number of times that a throttled call is repeated after the attempts of the client are used up.
const ROUNDS: u32 = 8;
/// The longest delay before such a repetition.
const MAX_DELAY: Duration = Duration::from_secs(20);
/// The largest page size of AppFlow.
const PAGE: i32 = 100;

/// An account and Region, accessed through a client.
#[derive(Debug, Clone)]
pub struct Account {
    pub(super) client: Client,
    pub(super) concurrency: usize,
}

/// An error of an operation on flows or connector profiles.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AccountError {
    /// A call failed.
    #[error(transparent)]
    Call(#[from] Error),
    /// A description or definition is invalid.
    #[error(transparent)]
    Definition(#[from] DefinitionError),
    /// A secret is missing.
    #[error("{0}")]
    Secret(String),
    /// No flows have the requested names.
    #[error("no flow named {}", names.join(", "))]
    NotFound {
        /// The names that were not found.
        names: Vec<String>,
    },
    /// The change was not started, because the plan has errors or a stop was requested.
    #[error("not started: {0}")]
    NotBegun(&'static str),
}

/// The current state of a flow.
#[derive(Debug)]
pub(super) struct Current {
    pub(super) definition: FlowDefinition,
    pub(super) arn: Option<String>,
    pub(super) status: Option<FlowStatus>,
}

impl Account {
    /// Creates an account from a client, with at most eight concurrent calls.
    pub fn new(client: Client) -> Self {
        Self {
            client,
            concurrency: 8,
        }
    }

    /// Sets the maximum number of concurrent calls.
    pub fn with_concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = concurrency.max(1);
        self
    }

    /// Returns the client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the summaries of all flows by name, from `ListFlows`. This takes one call for each hundred flows.
    ///
    /// # Errors
    ///
    /// Returns an error if a call fails.
    pub async fn flows(&self) -> Result<BTreeMap<String, FlowSummary>, AccountError> {
        let mut flows = BTreeMap::new();
        let mut token = None;
        loop {
            let request = || {
                let request = self.client.list_flows().max_results(PAGE);
                request.set_next_token(token.clone()).send()
            };
            let page = self.retry_throttled(request).await?;
            for flow in page.flows.unwrap_or_default() {
                flows.insert(flow.flow_name.clone().unwrap_or_default(), flow);
            }
            token = page.next_token.filter(|token| !token.is_empty());
            if token.is_none() {
                return Ok(flows);
            }
        }
    }

    /// Returns the descriptions of all connector profiles by name, from `DescribeConnectorProfiles`.
    ///
    /// # Errors
    ///
    /// Returns an error if a call fails.
    pub async fn profiles(&self) -> Result<BTreeMap<String, ConnectorProfile>, AccountError> {
        let mut profiles = BTreeMap::new();
        let mut token = None;
        loop {
            let request = || {
                let request = self.client.describe_connector_profiles().max_results(PAGE);
                request.set_next_token(token.clone()).send()
            };
            let page = self.retry_throttled(request).await?;
            for profile in page.connector_profile_details.unwrap_or_default() {
                let name = profile.connector_profile_name.clone().unwrap_or_default();
                profiles.insert(name, profile);
            }
            token = page.next_token.filter(|token| !token.is_empty());
            if token.is_none() {
                return Ok(profiles);
            }
        }
    }

    /// Describes a flow, or returns `None` if it does not exist.
    pub(super) async fn describe(&self, name: &str) -> Result<Option<Current>, AccountError> {
        let request = || self.client.describe_flow().flow_name(name).send();
        match self.retry_throttled(request).await {
            Ok(flow) => {
                let (arn, status) = (flow.flow_arn.clone(), flow.flow_status.clone());
                let definition = FlowDefinition::from_description(flow)?;
                Ok(Some(Current {
                    definition,
                    arn,
                    status,
                }))
            }
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Describes flows concurrently, and passes each on as soon as it arrives. Flows that do not exist are skipped.
    pub(super) async fn describe_each(
        &self,
        names: impl Iterator<Item = String>,
        mut each: impl FnMut(String, Option<Current>),
    ) -> Result<(), AccountError> {
        let describe = |name: String| async move {
            let described = self.describe(&name).await;
            (name, described)
        };
        let mut running = Concurrent::new(names.map(describe), self.concurrency);
        while let Some((name, described)) = running.next().await {
            each(name, described?);
        }
        Ok(())
    }

    /// Repeats a call that is still throttled after the attempts of the client, with increasing delays.
    pub(super) async fn retry_throttled<T, F>(&self, call: impl Fn() -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let mut wait = Duration::from_secs(1);
        let mut round = 0;
        loop {
            match call().await {
                Err(error) if error.is_throttling() && round < ROUNDS => {
                    self.client.config().clock().sleep(wait).await;
                    wait = (wait * 2).min(MAX_DELAY);
                    round += 1;
                }
                answered => return answered,
            }
        }
    }
}
