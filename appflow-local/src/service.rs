//! [`Service`]: implements the generated trait on the state.

use crate::caller::Caller;
use crate::client_tokens::{Mismatch, once};
use crate::clock::Clock;
use crate::entities::Seeds;
use crate::events::Events;
use crate::faults::Faults;
use crate::functions::{Failure, Functions, Invocation, Invocations};
use crate::generated::AppFlow;
use crate::lifecycle::{self, Lifecycle, advance};
use crate::operations::{
    connectors, entities, executions, flows, profiles, registrations, start_stop, tags, update_flow,
};
use crate::probes::Probes;
use crate::runs::{Engine, Launch, Probe, Report};
use crate::session::Session;
use crate::settings::Settings;
use crate::state::{Records, Scope, State};
use crate::store::{Store, WriteError};
use serde_json::Value;
use smithy_reqwest::http::BoxFuture;
use smithy_reqwest::server::ServiceError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The interval at which the result of a run is written again when the disk is full.
const RETRY_INTERVAL: Duration = Duration::from_secs(1);

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

/// The emulated service.
#[derive(Debug)]
pub(crate) struct Service {
    state: Mutex<State>,
    store: Option<Store>,
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) seeds: Seeds,
    pub(crate) events: Events,
    /// The engine that moves data, if it is enabled.
    pub(crate) engine: Option<Engine>,
    /// The functions of custom connectors, if they are called.
    pub(crate) functions: Option<Arc<Functions>>,
}

impl Service {
    pub(crate) fn new(settings: Settings, state: State, store: Option<Store>) -> Self {
        Self {
            state: Mutex::new(state),
            store,
            settings,
            clock: Clock::default(),
            faults: Faults::default(),
            seeds: Seeds::default(),
            events: Events::default(),
            engine: None,
            functions: None,
        }
    }

    /// Runs a call on the state of its account and region, and writes the changes to disk before it returns.
    ///
    /// A call that changes nothing waits for earlier changes too, since its response may depend on them, as that of a retry
    /// does. If the write fails, the state is rolled back: a call with changes fails, and one without changes runs again.
    async fn call<T>(
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

    /// Prepares the data-moving runs of a scope.
    fn prepare(&self, key: &(String, String), scope: &mut Scope) -> Vec<Launch> {
        let Some(engine) = &self.engine else {
            return Vec::new();
        };
        let started = scope.take_started().into_iter();
        let launches = started.filter_map(|(flow, number)| {
            let flow = scope.flows.get(&flow)?;
            engine.prepare(key, flow, flow.runs.get(&number)?, scope)
        });
        launches.collect()
    }

    /// Starts prepared runs if their changes were written, or drops them.
    fn launch(&self, launches: Vec<Launch>, kept: bool) {
        let Some(engine) = &self.engine else { return };
        for launch in launches {
            if kept {
                engine.launch(launch);
            } else {
                engine.forget(&launch);
            }
        }
    }

    /// Records the result of a data-moving run. While the disk is full, it tries again.
    pub(crate) async fn report(&self, launch: &Launch, report: Report) {
        loop {
            let kept = {
                let mut state = self.lock();
                let Some(scope) = state.scopes.get_mut(&launch.scope) else {
                    return;
                };
                let (now, lifecycle) = (self.clock.millis(), self.lifecycle());
                lifecycle::report(
                    scope,
                    &launch.flow,
                    &launch.id,
                    report.clone(),
                    now,
                    lifecycle,
                );
                advance(scope, now, lifecycle);
                let events = scope.take_events();
                let (account, region) = &launch.scope;
                let changes = scope.take_changes(account, region);
                let kept = self.store.as_ref().map(|store| store.keep(changes));
                (kept, events)
            };
            let (kept, events) = kept;
            let write_error = match kept {
                Some(kept) => kept.await.err(),
                None => None,
            };
            let Some(write_error) = write_error else {
                self.events.add(events);
                return;
            };
            // If this fails too, the next call tries again.
            let _ = self.undo(&write_error);
            tokio::time::sleep(RETRY_INTERVAL).await;
        }
    }

    /// Rolls the state back to what is on disk, unless another call did.
    fn undo(&self, write_error: &WriteError) -> Result<(), String> {
        let Some(store) = &self.store else {
            return Ok(());
        };
        let mut state = self.lock();
        if let Some(records) = store.recover(write_error)? {
            let mut old = State::from_records(&records).map_err(|error| error.to_string())?;
            old.interrupt(|run| {
                self.engine
                    .as_ref()
                    .is_some_and(|engine| engine.is_live(run))
            });
            *state = old;
        }
        Ok(())
    }

    fn lifecycle(&self) -> Lifecycle<'_> {
        Lifecycle {
            settings: &self.settings,
            faults: &self.faults,
            seeds: &self.seeds,
            engine: self.engine.as_ref(),
        }
    }

    /// Returns the warnings about a flow.
    pub(crate) fn warnings(&self, caller: &Caller, flow: &str) -> Vec<String> {
        let now = self.clock.millis();
        let mut state = self.lock();
        let found = state.scope(caller).flows.get(flow);
        found.map_or_else(Vec::new, |flow| flow.warnings(now))
    }

    /// Advances all scopes to the current time and passes the state to a function.
    pub(crate) fn with_state<T>(&self, with_state: impl FnOnce(&State) -> T) -> T {
        let mut state = self.lock();
        let now = self.clock.millis();
        for ((account, region), scope) in &mut state.scopes {
            advance(scope, now, self.lifecycle());
            let store = self.store.as_ref();
            if store.is_some_and(Store::is_failing) {
                continue;
            }
            let launches = self.prepare(&(account.clone(), region.clone()), scope);
            if let Some(store) = store {
                let changes = scope.take_changes(account, region);
                if !changes.is_empty() {
                    // No response depends on these changes, so this does not wait for the disk.
                    drop(store.keep(changes));
                }
            }
            self.launch(launches, true);
            self.events.add(scope.take_events());
        }
        with_state(&state)
    }

    /// Replaces the whole state.
    pub(crate) async fn replace(&self, records: &Records) -> Result<(), String> {
        let mut new = State::from_records(records).map_err(|error| error.to_string())?;
        if let Some(engine) = &self.engine {
            engine.abandon_all();
        }
        new.interrupt(|_| false);
        let kept = {
            let mut state = self.lock();
            *state = new;
            self.store.as_ref().map(|store| store.replace(records))
        };
        let Some(kept) = kept else { return Ok(()) };
        let Err(write_error) = kept.await else {
            return Ok(());
        };
        // If this fails too, the next call tries again.
        let _ = self.undo(&write_error);
        Err(write_error.message)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Implements an operation with a function of a session and an input.
macro_rules! operations {
    ($($method:ident($module:ident :: $input:ident) -> $output:ident, |$session:ident, $given:ident| $answer:expr;)*) => {
        impl AppFlow for Service {
            type Context = Caller;

            $(async fn $method(
                &self,
                caller: &Caller,
                $given: appflow_sdk::operation::$module::$input,
            ) -> Result<appflow_sdk::operation::$module::$output, ServiceError> {
                self.call(caller, |$session| {
                    let $given = $given.clone();
                    $answer
                })
                .await
            })*
        }
    };
}

operations! {
    cancel_flow_executions(cancel_flow_executions::CancelFlowExecutionsInput) -> CancelFlowExecutionsOutput,
        |session, input| executions::cancel(session, &input);
    create_connector_profile(create_connector_profile::CreateConnectorProfileInput) -> CreateConnectorProfileOutput,
        |session, input| once(session, "CreateConnectorProfile", input.client_token(), &input, Mismatch::Conflict,
            |session| profiles::create(session, input.clone()));
    create_flow(create_flow::CreateFlowInput) -> CreateFlowOutput,
        |session, input| once(session, "CreateFlow", input.client_token(), &input, Mismatch::Conflict,
            |session| flows::create(session, input.clone()));
    delete_connector_profile(delete_connector_profile::DeleteConnectorProfileInput) -> DeleteConnectorProfileOutput,
        |session, input| profiles::delete(session, &input);
    delete_flow(delete_flow::DeleteFlowInput) -> DeleteFlowOutput,
        |session, input| flows::delete(session, &input);
    describe_connector(describe_connector::DescribeConnectorInput) -> DescribeConnectorOutput,
        |session, input| connectors::describe(session, input);
    describe_connector_entity(describe_connector_entity::DescribeConnectorEntityInput) -> DescribeConnectorEntityOutput,
        |session, input| entities::describe(session, &input);
    describe_connector_profiles(describe_connector_profiles::DescribeConnectorProfilesInput) -> DescribeConnectorProfilesOutput,
        |session, input| profiles::describe(session, &input);
    describe_connectors(describe_connectors::DescribeConnectorsInput) -> DescribeConnectorsOutput,
        |session, input| connectors::describe_all(session, &input);
    describe_flow(describe_flow::DescribeFlowInput) -> DescribeFlowOutput,
        |session, input| flows::describe(session, &input);
    describe_flow_execution_records(describe_flow_execution_records::DescribeFlowExecutionRecordsInput) -> DescribeFlowExecutionRecordsOutput,
        |session, input| executions::records(session, &input);
    list_connector_entities(list_connector_entities::ListConnectorEntitiesInput) -> ListConnectorEntitiesOutput,
        |session, input| entities::list(session, &input);
    list_connectors(list_connectors::ListConnectorsInput) -> ListConnectorsOutput,
        |session, input| registrations::list(session, &input);
    list_flows(list_flows::ListFlowsInput) -> ListFlowsOutput,
        |session, input| flows::list(session, &input).map(|output| flows::with_labels(session, output));
    list_tags_for_resource(list_tags_for_resource::ListTagsForResourceInput) -> ListTagsForResourceOutput,
        |session, input| tags::list(session, &input);
    register_connector(register_connector::RegisterConnectorInput) -> RegisterConnectorOutput,
        |session, input| once(session, "RegisterConnector", input.client_token(), &input, Mismatch::Conflict,
            |session| registrations::register(session, input.clone()));
    reset_connector_metadata_cache(reset_connector_metadata_cache::ResetConnectorMetadataCacheInput) -> ResetConnectorMetadataCacheOutput,
        |session, input| connectors::reset_cache(session, &input);
    start_flow(start_flow::StartFlowInput) -> StartFlowOutput,
        |session, input| {
            let flow = session.scope.flows.get(input.flow_name().unwrap_or_default());
            let mismatch = match flow {
                Some(flow) if flow.is_on_demand() => Mismatch::NewCall,
                _ => Mismatch::Conflict,
            };
            once(session, "StartFlow", input.client_token(), &input, mismatch,
                |session| start_stop::start(session, &input))
        };
    stop_flow(stop_flow::StopFlowInput) -> StopFlowOutput,
        |session, input| start_stop::stop(session, &input);
    tag_resource(tag_resource::TagResourceInput) -> TagResourceOutput,
        |session, input| tags::tag(session, input);
    unregister_connector(unregister_connector::UnregisterConnectorInput) -> UnregisterConnectorOutput,
        |session, input| registrations::unregister(session, &input);
    untag_resource(untag_resource::UntagResourceInput) -> UntagResourceOutput,
        |session, input| tags::untag(session, input);
    update_connector_profile(update_connector_profile::UpdateConnectorProfileInput) -> UpdateConnectorProfileOutput,
        |session, input| once(session, "UpdateConnectorProfile", input.client_token(), &input, Mismatch::Conflict,
            |session| profiles::update(session, input.clone()));
    update_connector_registration(update_connector_registration::UpdateConnectorRegistrationInput) -> UpdateConnectorRegistrationOutput,
        |session, input| once(session, "UpdateConnectorRegistration", input.client_token(), &input, Mismatch::Conflict,
            |session| registrations::update(session, input.clone()));
    update_flow(update_flow::UpdateFlowInput) -> UpdateFlowOutput,
        |session, input| once(session, "UpdateFlow", input.client_token(), &input, Mismatch::Conflict,
            |session| update_flow::update(session, input.clone()));
}

#[cfg(test)]
mod tests {
    use super::Service;
    use crate::caller::Caller;
    use crate::generated::AppFlow;
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
