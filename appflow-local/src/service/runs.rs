//! Starts data-moving runs, and records their results.

use super::Service;
use crate::lifecycle::{self, advance};
use crate::runs::{Launch, Report};
use crate::state::Scope;
use crate::store::WriteError;
use serde_json::Value;
use smithy_reqwest::http::BoxFuture;
use std::time::Duration;

/// The interval at which the result of a run is written again after a failed write.
const RETRY_INTERVAL: Duration = Duration::from_secs(1);

/// The changes, runs and events that are due in a scope.
struct Due {
    launches: Vec<Launch>,
    events: Vec<Value>,
    /// Resolves when the changes are on disk.
    kept: Option<BoxFuture<'static, Result<(), WriteError>>>,
}

impl Service {
    /// Prepares the data-moving runs of a scope.
    pub(super) fn prepare(&self, key: &(String, String), scope: &mut Scope) -> Vec<Launch> {
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
    pub(super) fn launch(&self, launches: Vec<Launch>, kept: bool) {
        let Some(engine) = &self.engine else { return };
        for launch in launches {
            if kept {
                engine.launch(launch);
            } else {
                engine.forget(&launch);
            }
        }
    }

    /// Fires the schedules that are due, and starts their runs once these are on disk. Returns `false` if they could not be
    /// written: nothing was started, and the schedules are due again.
    pub(crate) async fn fire_schedules(&self) -> bool {
        let mut all_kept = true;
        for due in self.take_due() {
            let write_error = match due.kept {
                Some(kept) => kept.await.err(),
                None => None,
            };
            self.launch(due.launches, write_error.is_none());
            match write_error {
                None => self.events.add(due.events),
                Some(write_error) => {
                    all_kept = false;
                    // If this fails too, the next call or check tries again.
                    let _ = self.undo(&write_error);
                }
            }
        }
        all_kept
    }

    /// Advances all scopes to the current time, and takes what is to be written and started.
    fn take_due(&self) -> Vec<Due> {
        let mut state = self.lock();
        let now = self.clock.millis();
        let mut due = Vec::new();
        for ((account, region), scope) in &mut state.scopes {
            advance(scope, now, self.lifecycle());
            let launches = self.prepare(&(account.clone(), region.clone()), scope);
            let changes = scope.take_changes(account, region);
            let store = self.store.as_ref();
            // A run whose changes another caller took starts only once these are on disk: without changes, `keep` waits for
            // earlier ones. After a failed write, the state is rolled back in any case, so that schedules go on.
            let waits = !changes.is_empty() || !launches.is_empty();
            let store = store.filter(|store| waits || store.is_failing());
            due.push(Due {
                launches,
                events: scope.take_events(),
                kept: store.map(|store| -> BoxFuture<'static, _> { Box::pin(store.keep(changes)) }),
            });
        }
        due
    }

    /// Records the result of a data-moving run. After a failed write, it tries again.
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
}

#[cfg(test)]
mod tests {
    use crate::caller::Caller;
    use crate::generated::AppFlow;
    use crate::runs::{Buckets, Ends, Engine, Folders, Launch, Report};
    use crate::service::Service;
    use crate::settings::Settings;
    use crate::state::State;
    use crate::store::Store;
    use crate::store::tests::failing;
    use appflow_sdk::operation::create_flow::CreateFlowInput;
    use appflow_sdk::operation::start_flow::StartFlowInput;
    use serde::Deserialize;
    use serde_json::json;
    use std::path::Path;
    use std::sync::Arc;
    use std::time::Duration;
    use tokio::sync::mpsc::UnboundedReceiver;

    fn scheduled(mode: &str) -> CreateFlowInput {
        let s3 = json!({"bucketName": "data", "bucketPrefix": ""});
        let flow = json!({
            "flowName": "flow",
            "triggerConfig": {"triggerType": "Scheduled",
                "triggerProperties": {"Scheduled": {"scheduleExpression": "rate(1hours)", "dataPullMode": mode}}},
            "sourceFlowConfig": {"connectorType": "S3", "sourceConnectorProperties": {"S3": s3}},
            "destinationFlowConfigList": [{"connectorType": "S3", "destinationConnectorProperties": {"S3": s3}}],
            "tasks": [{"taskType": "Map_all", "sourceFields": []}],
        });
        CreateFlowInput::deserialize(flow).unwrap()
    }

    /// Returns a service with an active schedule and a clock that stands still, and the runs to start. It writes twice.
    async fn scheduling(
        folder: &Path,
        store: Store,
        mode: &str,
    ) -> (Service, UnboundedReceiver<Launch>) {
        std::fs::create_dir(folder.join("data")).unwrap();
        std::fs::write(folder.join("data/in.csv"), "a\n1\n").unwrap();
        let mut service = Service::new(Settings::default(), State::default(), Some(store));
        let folders = Folders::open(folder).unwrap();
        let (engine, launches) = Engine::new(Ends {
            buckets: Some(Arc::new(Buckets::Folders(Arc::new(folders)))),
            ..Ends::default()
        });
        service.engine = Some(engine);
        service.clock.freeze();
        let caller = Caller {
            account: "000000000000".to_owned(),
            region: "us-east-1".to_owned(),
            arn: "arn:aws:iam::000000000000:user/test".to_owned(),
        };
        service.create_flow(&caller, scheduled(mode)).await.unwrap();
        let start = StartFlowInput::deserialize(json!({"flowName": "flow"})).unwrap();
        service.start_flow(&caller, start).await.unwrap();
        (service, launches)
    }

    #[tokio::test]
    async fn a_scheduled_run_starts_once_and_not_before_it_is_on_disk() {
        let folder = tempfile::tempdir().unwrap();
        let (store, outcomes, kept) = failing();
        for _ in 0..2 {
            outcomes.send(Ok(())).unwrap();
        }
        let (service, mut launches) = scheduling(folder.path(), store, "Complete").await;
        assert!(launches.try_recv().is_ok(), "it fires when it is activated");
        service.clock.advance(Duration::from_secs(3600));
        let is_run = |key: &&String| key.contains("/run/");
        for _ in 0..2 {
            outcomes.send(Err("the disk is full".into())).unwrap();
            assert!(!service.fire_schedules().await);
            assert!(launches.try_recv().is_err(), "the run is not on disk");
            service.with_state(|_| ());
            assert!(launches.try_recv().is_err(), "reading starts nothing");
        }
        outcomes.send(Ok(())).unwrap();
        assert!(service.fire_schedules().await);
        assert!(launches.try_recv().is_ok());
        assert_eq!(kept.lock().unwrap().keys().filter(is_run).count(), 2);
        assert!(service.fire_schedules().await);
        assert!(launches.try_recv().is_err(), "it is due once");
    }

    #[tokio::test]
    async fn a_run_that_a_report_fired_starts_only_once_the_report_is_on_disk() {
        let folder = tempfile::tempdir().unwrap();
        let (store, outcomes, _) = failing();
        for _ in 0..2 {
            outcomes.send(Ok(())).unwrap();
        }
        let (service, mut launches) = scheduling(folder.path(), store, "Complete").await;
        let (service, first) = (Arc::new(service), launches.try_recv().unwrap());
        service.clock.advance(Duration::from_secs(3600));
        let reporter = service.clone();
        let reported =
            tokio::spawn(async move { reporter.report(&first, Report::default()).await });
        tokio::task::yield_now().await;
        let firing = service.clone();
        let fired = tokio::spawn(async move { firing.fire_schedules().await });
        tokio::task::yield_now().await;
        assert!(launches.try_recv().is_err(), "the run is not on disk");
        outcomes.send(Ok(())).unwrap();
        reported.await.unwrap();
        assert!(fired.await.unwrap());
        assert!(launches.try_recv().is_ok());
    }

    #[tokio::test]
    async fn the_range_of_a_run_without_a_report_is_read_by_the_next_one() {
        let folder = tempfile::tempdir().unwrap();
        // Every write succeeds, since there is no sender.
        let (store, _, _) = failing();
        let (service, _launches) = scheduling(folder.path(), store, "Incremental").await;
        let hour = Duration::from_secs(3600);
        let last_pull = || {
            service.with_state(|state| {
                let flow = &state.scopes.values().next().unwrap().flows["flow"];
                flow.last_run().unwrap().pull.unwrap()
            })
        };
        let (from, until) = last_pull();
        // The program was killed: its jobs are gone, and what it kept is loaded again.
        let kept = service.with_state(State::records);
        service.replace(&kept).await.unwrap();
        service.clock.advance(hour);
        assert!(service.fire_schedules().await);
        assert_eq!(last_pull(), (from, until + 3_600_000));
        let kept = service.with_state(State::records);
        service.replace(&kept).await.unwrap();
        service.faults.next_runs(None, 1, "injected");
        service.clock.advance(hour);
        assert!(service.fire_schedules().await);
        service.clock.advance(hour);
        assert!(service.fire_schedules().await);
        assert_eq!(
            last_pull(),
            (from, until + 3 * 3_600_000),
            "after an injected fault"
        );
    }
}
