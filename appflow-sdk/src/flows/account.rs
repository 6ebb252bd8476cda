//! [`Account`]: the flows and profiles of one account and region, read with few calls, as many at once as are allowed.

use crate::flows::concurrent::Concurrent;
use crate::flows::definition::{DefinitionError, FlowDefinition};
use crate::types::{ConnectorProfile, FlowDefinition as FlowSummary, FlowStatus};
use crate::{Client, Error};
use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;

/// How often a call that is throttled is repeated after the client's own attempts are used up.
const ROUNDS: u32 = 8;
/// The longest wait before such a repetition.
const LONGEST_WAIT: Duration = Duration::from_secs(20);
/// The most that AppFlow puts on a page.
const PAGE: i32 = 100;

/// An account and region, through a client.
#[derive(Debug, Clone)]
pub struct Account {
    pub(super) client: Client,
    pub(super) concurrency: usize,
}

/// What went wrong with a flow or profile.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AccountError {
    /// A call failed.
    #[error(transparent)]
    Call(#[from] Error),
    /// A description or definition makes no sense.
    #[error(transparent)]
    Definition(#[from] DefinitionError),
    /// A secret is missing.
    #[error("{0}")]
    Secret(String),
    /// Flows that were asked for are not there.
    #[error("no flow is named {}", names.join(", "))]
    NotFound {
        /// Their names.
        names: Vec<String>,
    },
    /// It was not begun, since the plan has errors or a stop was asked for.
    #[error("not begun: {0}")]
    NotBegun(&'static str),
}

/// A flow as it is now.
#[derive(Debug)]
pub(super) struct Current {
    pub(super) definition: FlowDefinition,
    pub(super) arn: Option<String>,
    pub(super) status: Option<FlowStatus>,
}

impl Account {
    /// Works on the account and region of a client, with at most eight calls at once.
    pub fn new(client: Client) -> Self {
        Self {
            client,
            concurrency: 8,
        }
    }

    /// Sets how many calls there are at once, at most.
    pub fn with_concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = concurrency.max(1);
        self
    }

    /// The client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns what `ListFlows` tells of all flows, by their names. It takes one call for each hundred flows.
    ///
    /// # Errors
    ///
    /// A call failed.
    pub async fn flows(&self) -> Result<BTreeMap<String, FlowSummary>, AccountError> {
        let mut flows = BTreeMap::new();
        let mut token = None;
        loop {
            let request = || {
                let request = self.client.list_flows().max_results(PAGE);
                request.set_next_token(token.clone()).send()
            };
            let page = self.patiently(request).await?;
            for flow in page.flows.unwrap_or_default() {
                flows.insert(flow.flow_name.clone().unwrap_or_default(), flow);
            }
            token = page.next_token.filter(|token| !token.is_empty());
            if token.is_none() {
                return Ok(flows);
            }
        }
    }

    /// Returns what `DescribeConnectorProfiles` tells of all connector profiles, by their names.
    ///
    /// # Errors
    ///
    /// A call failed.
    pub async fn profiles(&self) -> Result<BTreeMap<String, ConnectorProfile>, AccountError> {
        let mut profiles = BTreeMap::new();
        let mut token = None;
        loop {
            let request = || {
                let request = self.client.describe_connector_profiles().max_results(PAGE);
                request.set_next_token(token.clone()).send()
            };
            let page = self.patiently(request).await?;
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

    /// Describes a flow; nothing if it is not there.
    pub(super) async fn describe(&self, name: &str) -> Result<Option<Current>, AccountError> {
        let request = || self.client.describe_flow().flow_name(name).send();
        match self.patiently(request).await {
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

    /// Describes flows, some at once, and passes each on when it comes. Those that are not there are passed over.
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

    /// Repeats a call that is throttled after the client itself has given up, with longer and longer waits.
    pub(super) async fn patiently<T, F>(&self, call: impl Fn() -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let mut wait = Duration::from_secs(1);
        let mut round = 0;
        loop {
            match call().await {
                Err(error) if error.is_throttling() && round < ROUNDS => {
                    self.client.config().clock().sleep(wait).await;
                    wait = (wait * 2).min(LONGEST_WAIT);
                    round += 1;
                }
                answered => return answered,
            }
        }
    }
}
