//! Runs calls on the state, and writes their changes to disk before they return.

use super::Service;
use crate::caller::Caller;
use crate::functions::{Failure, Invocation, Invocations};
use crate::lifecycle::advance;
use crate::probes::Probes;
use crate::runs::{Launch, Probe};
use crate::session::Session;
use crate::store::WriteError;
use serde_json::Value;
use smithy_reqwest::http::BoxFuture;
use smithy_reqwest::server::ServiceError;

/// A call that was executed on the state.
struct Attempt<T> {
    result: Result<T, ServiceError>,
    /// `true` if the call itself changed the state.
    changed: bool,
    launches: Vec<Launch>,
    events: Vec<Value>,
    /// Resolves when the changes are on disk.
    kept: Option<BoxFuture<'static, Result<(), WriteError>>>,
}

/// The next step after an attempt of a call.
enum Next<T> {
    Return(Result<T, ServiceError>),
    Invoke(Invocation),
    Check(Probe),
    Keep(Attempt<T>),
}

impl Service {
    /// Runs a call on the state of its account and region, and writes the changes to disk before it returns.
    ///
    /// A call that changes nothing waits for earlier changes too, since its response may depend on them, as that of a retry
    /// does. If the write fails, the state is rolled back: a call with changes fails, and one without changes runs again.
    pub(super) async fn call<T>(
        &self,
        caller: &Caller,
        run: impl Fn(&mut Session<'_>) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        let mut undone = false;
        let invocations = self.functions.as_ref().map(|_| Invocations::default());
        let probes = Probes::default();
        loop {
            let attempt = match self.attempt(caller, &run, invocations.as_ref(), &probes, undone) {
                Next::Return(result) => return result,
                Next::Invoke(invocation) => {
                    // The state is not locked, so that other calls do not wait for the function.
                    let response = self.invoke(&invocation).await;
                    invocations
                        .iter()
                        .for_each(|it| it.add(invocation.clone(), response.clone()));
                    continue;
                }
                Next::Check(probe) => {
                    let fault = match &self.engine {
                        Some(engine) => engine.fault(&probe).await,
                        None => None,
                    };
                    probes.add(probe, fault);
                    continue;
                }
                Next::Keep(attempt) => attempt,
            };
            let write_error = match attempt.kept {
                Some(kept) => kept.await.err(),
                None => None,
            };
            self.launch(attempt.launches, write_error.is_none());
            if write_error.is_none() {
                self.events.add(attempt.events);
            }
            let Some(write_error) = write_error else {
                return attempt.result;
            };
            let gone_back = self.undo(&write_error);
            if attempt.changed {
                let error = crate::generated::error::internal_server_exception;
                return Err(error(write_error.message));
            }
            if gone_back.is_err() {
                // No better error is available.
                return attempt.result;
            }
            undone = true;
        }
    }

    /// Executes a call once, with exclusive access to the state.
    fn attempt<T>(
        &self,
        caller: &Caller,
        run: impl Fn(&mut Session<'_>) -> Result<T, ServiceError>,
        invocations: Option<&Invocations>,
        probes: &Probes,
        undone: bool,
    ) -> Next<T> {
        let mut state = self.lock();
        let scope = state.scope(caller);
        let (now, lifecycle) = (self.clock.millis(), self.lifecycle());
        advance(scope, now, lifecycle);
        let by_itself = scope.take_dirty();
        let result = run(&mut Session {
            scope,
            now,
            caller,
            lifecycle,
            invocations,
            probes,
        });
        let changed = scope.is_dirty();
        by_itself.into_iter().for_each(|entity| scope.touch(entity));
        if let Some(invocation) = invocations.and_then(Invocations::take_pending) {
            return Next::Invoke(invocation);
        }
        if let Some(probe) = probes.take_pending() {
            return Next::Check(probe);
        }
        if undone && !changed {
            // Scheduled runs start with the next call whose changes are written.
            return Next::Return(result);
        }
        let launches = self.prepare(&(caller.account.clone(), caller.region.clone()), scope);
        let events = scope.take_events();
        let changes = scope.take_changes(&caller.account, &caller.region);
        Next::Keep(Attempt {
            result,
            changed,
            launches,
            events,
            // Sent under the lock, so that changes are written in the order in which they were made.
            kept: self
                .store
                .as_ref()
                .map(|store| -> BoxFuture<'static, _> { Box::pin(store.keep(changes)) }),
        })
    }

    async fn invoke(&self, invocation: &Invocation) -> Result<Value, Failure> {
        match &self.functions {
            Some(functions) => functions.invoke(invocation).await,
            None => Err(Failure::new(
                &invocation.function,
                "no Lambda endpoint: set --lambda-endpoint",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::caller::Caller;
    use crate::generated::AppFlow;
    use crate::service::Service;
    use crate::settings::Settings;
    use crate::state::State;
    use crate::store::Failure;
    use crate::store::tests::failing;
    use appflow_sdk::operation::create_connector_profile::CreateConnectorProfileInput;
    use appflow_sdk::operation::describe_connector_profiles::DescribeConnectorProfilesInput;
    use appflow_sdk::types::{
        ConnectionMode, ConnectorProfileConfig, ConnectorProfileProperties, ConnectorType,
        SalesforceConnectorProfileProperties,
    };
    use std::sync::mpsc::Sender;
    use std::time::Duration;

    /// Returns a service whose writes have the outcomes that the test sends.
    fn service() -> (Service, Sender<Result<(), Failure>>) {
        let (store, outcomes, _) = failing();
        let service = Service::new(Settings::default(), State::default(), Some(store));
        (service, outcomes)
    }

    fn caller() -> Caller {
        Caller {
            account: "000000000000".to_owned(),
            region: "us-east-1".to_owned(),
            arn: "arn:aws:iam::000000000000:user/test".to_owned(),
        }
    }

    fn profile() -> CreateConnectorProfileInput {
        let properties = ConnectorProfileProperties::builder()
            .salesforce(SalesforceConnectorProfileProperties::builder().build());
        let config = ConnectorProfileConfig::builder()
            .connector_profile_properties(properties.build())
            .build();
        let mut input = CreateConnectorProfileInput::default();
        input.connector_profile_name = Some("crm".to_owned());
        input.connector_type = Some(ConnectorType::Salesforce);
        input.connection_mode = Some(ConnectionMode::Public);
        input.connector_profile_config = Some(config);
        input.client_token = Some("token".to_owned());
        input
    }

    #[tokio::test]
    async fn the_retry_of_a_call_that_was_not_kept_is_not_answered_before_it_is() {
        let (service, outcomes) = service();
        let caller = caller();
        for _ in 0..2 {
            outcomes.send(Err("the disk is full".into())).unwrap();
            let error = service.create_connector_profile(&caller, profile()).await;
            let error = error.expect_err("nothing was kept").to_string();
            assert!(error.contains("the disk is full"), "{error}");
            let listed = service
                .describe_connector_profiles(&caller, DescribeConnectorProfilesInput::default())
                .await
                .expect("a full disk can be read");
            assert!(listed.connector_profile_details().is_empty());
        }
        outcomes.send(Ok(())).unwrap();
        let created = service.create_connector_profile(&caller, profile()).await;
        assert!(created.is_ok(), "{created:?}");
    }

    #[tokio::test]
    async fn a_retry_waits_until_the_first_call_is_kept() {
        let (service, outcomes) = service();
        let caller = caller();
        let (first, retry) = (
            service.create_connector_profile(&caller, profile()),
            service.create_connector_profile(&caller, profile()),
        );
        let both = async { tokio::join!(first, retry) };
        let early = service.create_connector_profile(&caller, profile());
        tokio::pin!(both);
        tokio::select! {
            _ = &mut both => panic!("nothing is kept yet"),
            _ = early => panic!("nothing is kept yet"),
            () = tokio::time::sleep(Duration::from_millis(100)) => {}
        }
        outcomes.send(Ok(())).unwrap();
        let (first, retry) = both.await;
        assert!(first.is_ok() && retry.is_ok());
    }
}
