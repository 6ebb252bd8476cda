//! [`Service`]: the generated trait, answered from the state.

use crate::caller::Caller;
use crate::client_tokens::{Mismatch, once};
use crate::clock::Clock;
use crate::entities::Seeds;
use crate::events::Events;
use crate::faults::Faults;
use crate::functions::{Failure, Functions, Inquiry, Question};
use crate::generated::AppFlow;
use crate::lifecycle::{self, World, advance};
use crate::operations::{
    connectors, entities, executions, flows, profiles, registrations, start_stop, tags, update_flow,
};
use crate::runs::{Engine, Launch, Report};
use crate::session::Session;
use crate::settings::Settings;
use crate::state::{Records, Scope, State};
use crate::store::{NotKept, Store};
use serde_json::Value;
use smithy_reqwest::http::BoxFuture;
use smithy_reqwest::server::ServiceError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a report of a run waits for room on the disk.
const PAUSE: Duration = Duration::from_secs(1);

/// A call that was run on the state.
struct Attempt<T> {
    result: Result<T, ServiceError>,
    /// Whether the call itself changed something.
    changed: bool,
    launches: Vec<Launch>,
    events: Vec<Value>,
    /// Resolves when the changes are on disk.
    kept: Option<BoxFuture<'static, Result<(), NotKept>>>,
}

/// What follows on a call that was run.
enum Next<T> {
    Return(Result<T, ServiceError>),
    Ask(Question),
    Keep(Attempt<T>),
}

/// The service: its state, its time, and what is to go wrong.
#[derive(Debug)]
pub(crate) struct Service {
    state: Mutex<State>,
    store: Option<Store>,
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) seeds: Seeds,
    pub(crate) events: Events,
    /// Moves data, where that was asked for.
    pub(crate) engine: Option<Engine>,
    /// Invokes the functions of custom connectors, where that was asked for.
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

    /// Runs a call on the state of its account and region, brought up to date; what changed is kept before the call is
    /// answered. A call that changes nothing may tell of what another one changed, so it waits for that too: the retry of
    /// a call whose answer was lost is one of those.
    ///
    /// What cannot be kept is undone: a call that changed something fails, and one that only looked is run again on what
    /// is on disk.
    async fn call<T>(
        &self,
        caller: &Caller,
        run: impl Fn(&mut Session<'_>) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        let mut undone = false;
        let inquiry = self.functions.as_ref().map(|_| Inquiry::default());
        loop {
            let attempt = match self.attempt(caller, &run, inquiry.as_ref(), undone) {
                Next::Return(result) => return result,
                Next::Ask(question) => {
                    // Nobody but this call waits for the function.
                    let answer = self.ask(&question).await;
                    inquiry
                        .iter()
                        .for_each(|it| it.add(question.clone(), answer.clone()));
                    continue;
                }
                Next::Keep(attempt) => attempt,
            };
            let not_kept = match attempt.kept {
                Some(kept) => kept.await.err(),
                None => None,
            };
            self.launch(attempt.launches, not_kept.is_none());
            if not_kept.is_none() {
                self.events.add(attempt.events);
            }
            let Some(not_kept) = not_kept else {
                return attempt.result;
            };
            let gone_back = self.undo(&not_kept);
            if attempt.changed {
                let error = crate::generated::error::internal_server_exception;
                return Err(error(not_kept.message));
            }
            if gone_back.is_err() {
                // There is nothing better to tell.
                return attempt.result;
            }
            undone = true;
        }
    }

    /// Runs a call once, alone on the state.
    fn attempt<T>(
        &self,
        caller: &Caller,
        run: impl Fn(&mut Session<'_>) -> Result<T, ServiceError>,
        inquiry: Option<&Inquiry>,
        undone: bool,
    ) -> Next<T> {
        let mut state = self.lock();
        let scope = state.scope(caller);
        let (now, world) = (self.clock.millis(), self.world());
        advance(scope, now, world);
        let by_itself = scope.take_dirty();
        let result = run(&mut Session {
            scope,
            now,
            caller,
            world,
            inquiry,
        });
        let changed = scope.is_dirty();
        by_itself.into_iter().for_each(|entity| scope.touch(entity));
        if let Some(question) = inquiry.and_then(Inquiry::take_open) {
            return Next::Ask(question);
        }
        if undone && !changed {
            // What was to begin by itself begins with the next call that is kept.
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
            // Handed over under the lock, so that changes are kept in the order in which they were made.
            kept: self
                .store
                .as_ref()
                .map(|store| -> BoxFuture<'static, _> { Box::pin(store.keep(changes)) }),
        })
    }

    async fn ask(&self, question: &Question) -> Result<Value, Failure> {
        match &self.functions {
            Some(functions) => functions.ask(question).await,
            None => Err(Failure::new(&question.function, "functions are not called")),
        }
    }

    /// Prepares the runs of a scope that are to begin to move data.
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

    /// Begins runs, now that they are kept, or forgets them.
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

    /// Takes down what came of a run that moved data. A disk that is full now may have room later.
    pub(crate) async fn report(&self, launch: &Launch, report: Report) {
        loop {
            let kept = {
                let mut state = self.lock();
                let Some(scope) = state.scopes.get_mut(&launch.scope) else {
                    return;
                };
                let (now, world) = (self.clock.millis(), self.world());
                lifecycle::report(scope, &launch.flow, &launch.id, report.clone(), now, world);
                advance(scope, now, world);
                let events = scope.take_events();
                let (account, region) = &launch.scope;
                let changes = scope.take_changes(account, region);
                let kept = self.store.as_ref().map(|store| store.keep(changes));
                (kept, events)
            };
            let (kept, events) = kept;
            let not_kept = match kept {
                Some(kept) => kept.await.err(),
                None => None,
            };
            let Some(not_kept) = not_kept else {
                self.events.add(events);
                return;
            };
            // Where this fails, too, the next call tries again.
            let _ = self.undo(&not_kept);
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Goes back to what is on disk, unless another call did that already.
    fn undo(&self, not_kept: &NotKept) -> Result<(), String> {
        let Some(store) = &self.store else {
            return Ok(());
        };
        let mut state = self.lock();
        if let Some(records) = store.recover(not_kept)? {
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

    fn world(&self) -> World<'_> {
        World {
            settings: &self.settings,
            faults: &self.faults,
            seeds: &self.seeds,
            engine: self.engine.as_ref(),
        }
    }

    /// What is doubtful about a flow.
    pub(crate) fn doubts(&self, caller: &Caller, flow: &str) -> Vec<String> {
        let now = self.clock.millis();
        let mut state = self.lock();
        let found = state.scope(caller).flows.get(flow);
        found.map_or_else(Vec::new, |flow| flow.doubts(now))
    }

    /// Brings everything up to date and shows it.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        let mut state = self.lock();
        let now = self.clock.millis();
        for ((account, region), scope) in &mut state.scopes {
            advance(scope, now, self.world());
            let store = self.store.as_ref();
            if store.is_some_and(Store::is_failing) {
                continue;
            }
            let launches = self.prepare(&(account.clone(), region.clone()), scope);
            if let Some(store) = store {
                let changes = scope.take_changes(account, region);
                if !changes.is_empty() {
                    // Nobody is promised that what happened by itself is kept already.
                    drop(store.keep(changes));
                }
            }
            self.launch(launches, true);
            self.events.add(scope.take_events());
        }
        look(&state)
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
        let Err(not_kept) = kept.await else {
            return Ok(());
        };
        // Where this fails, too, the next call tries again.
        let _ = self.undo(&not_kept);
        Err(not_kept.message)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An operation that answers from a session and its input.
macro_rules! answers {
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

answers! {
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

    /// A service that keeps what it is told when it is given an `Ok`.
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
