//! [`Engine`]: runs the jobs of flows whose source and destination are local.

use super::ends::Ends;
use super::job::Job;
use super::probe::Probe;
use super::report::{End, Report};
use super::signal::Signal;
use super::work::run;
use crate::service::Service;
use crate::state::{Flow, Run, Scope};
use appflow_sdk::types::{DestinationFlowConfig, SourceFlowConfig};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// The maximum number of concurrent jobs; others wait.
const MAX_CONCURRENT_JOBS: usize = 4;
/// The number of runs whose sample records are kept.
const MAX_SAMPLES: usize = 50;
/// The interval at which schedules are checked, so that they fire without calls.
const SCHEDULE_INTERVAL: Duration = Duration::from_millis(500);
/// The time until schedules are checked again after a failed write.
const RETRY_INTERVAL: Duration = Duration::from_secs(5);
/// The interval at which the end of runs is checked when the service ends.
const END_INTERVAL: Duration = Duration::from_millis(10);
/// The time that runs get to end when the service ends.
const MAX_END: Duration = Duration::from_secs(5);

/// Runs flows whose source and destination are local folders.
#[derive(Debug)]
pub(crate) struct Engine {
    ends: Ends,
    launches: UnboundedSender<Launch>,
    live: Mutex<HashMap<String, Arc<Signal>>>,
    shown: Mutex<VecDeque<(String, Shown)>>,
}

/// The queue of runs to start.
type Launches = UnboundedReceiver<Launch>;

/// Sample records of a run, before and after its tasks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shown {
    pub(crate) before: Vec<String>,
    pub(crate) after: Vec<String>,
}

/// A run to start.
#[derive(Debug)]
pub(crate) struct Launch {
    /// Account and region.
    pub(crate) scope: (String, String),
    pub(crate) flow: String,
    pub(crate) id: String,
    job: Job,
    signal: Arc<Signal>,
}

impl Engine {
    /// Creates an engine for the ends, and the queue of its runs.
    pub(crate) fn new(ends: Ends) -> (Self, Launches) {
        let (launches, waiting) = unbounded_channel();
        let engine = Self {
            ends,
            launches,
            live: Mutex::default(),
            shown: Mutex::default(),
        };
        (engine, waiting)
    }

    /// Returns whether both ends of a flow are available.
    pub(crate) fn can_run(&self, flow: &Flow, scope: &Scope) -> bool {
        self.ends.can_run(flow, scope)
    }

    /// Prepares a run and marks it as live.
    pub(crate) fn prepare(
        &self,
        key: &(String, String),
        flow: &Flow,
        run: &Run,
        scope: &Scope,
    ) -> Option<Launch> {
        let job = self.ends.job(flow, run, scope)?;
        let signal = Arc::new(Signal::default());
        lock(&self.live).insert(run.id.clone(), signal.clone());
        Some(Launch {
            scope: key.clone(),
            flow: flow.name.clone(),
            id: run.id.clone(),
            job,
            signal,
        })
    }

    /// Starts a prepared run.
    pub(crate) fn launch(&self, launch: Launch) {
        // The receiver is gone when the service ends.
        let _ = self.launches.send(launch);
    }

    /// Drops a prepared run.
    pub(crate) fn forget(&self, launch: &Launch) {
        lock(&self.live).remove(&launch.id);
    }

    pub(crate) fn is_live(&self, run: &str) -> bool {
        lock(&self.live).contains_key(run)
    }

    /// Cancels a run; the records that it has processed stay.
    pub(crate) fn cancel(&self, run: &str) {
        if let Some(signal) = lock(&self.live).get(run) {
            signal.cancel();
        }
    }

    /// Abandons all runs; they write nothing.
    pub(crate) fn abandon_all(&self) {
        for signal in lock(&self.live).values() {
            signal.abandon();
        }
    }

    /// Abandons all runs, and waits until they have ended, for a short time.
    pub(crate) async fn end_all(&self) {
        self.abandon_all();
        let ended = async {
            while !lock(&self.live).is_empty() {
                tokio::time::sleep(END_INTERVAL).await;
            }
        };
        // Whatever is left of a run is not visible.
        let _ = tokio::time::timeout(MAX_END, ended).await;
    }

    /// Returns the sample records of a run, if they are still kept.
    pub(crate) fn shown(&self, run: &str) -> Option<Shown> {
        let shown = lock(&self.shown);
        let found = shown.iter().find(|(id, _)| id == run);
        found.map(|(_, shown)| shown.clone())
    }

    fn show(&self, run: &str, report: &Report) {
        let mut shown = lock(&self.shown);
        let (before, after) = report.shown.clone();
        shown.push_front((run.to_owned(), Shown { before, after }));
        shown.truncate(MAX_SAMPLES);
    }

    /// Returns the buckets of a flow that are to be checked when it is defined, if there are buckets.
    pub(crate) fn probe(
        &self,
        source: &SourceFlowConfig,
        destinations: &[DestinationFlowConfig],
    ) -> Option<Probe> {
        self.ends.buckets.as_ref()?;
        Probe::of(source, destinations)
    }

    /// Returns the fault of the buckets of a flow.
    pub(crate) async fn fault(&self, probe: &Probe) -> Option<String> {
        let buckets = self.ends.buckets.as_ref()?;
        probe.fault(buckets).await
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.abandon_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs jobs and fires schedules until the service is dropped.
pub(crate) async fn serve(service: Weak<Service>, launches: Launches) {
    tokio::join!(start_runs(&service, launches), fire_schedules(&service));
}

async fn start_runs(service: &Weak<Service>, mut launches: Launches) {
    let places = Arc::new(Semaphore::new(MAX_CONCURRENT_JOBS));
    while let Some(launch) = launches.recv().await {
        tokio::spawn(work(service.clone(), places.clone(), launch));
    }
}

async fn fire_schedules(service: &Weak<Service>) {
    let mut tick = tokio::time::interval(SCHEDULE_INTERVAL);
    loop {
        tick.tick().await;
        let Some(service) = service.upgrade() else {
            return;
        };
        if !service.fire_schedules().await {
            // A write failed.
            tick.reset_after(RETRY_INTERVAL);
        }
    }
}

async fn work(service: Weak<Service>, places: Arc<Semaphore>, launch: Launch) {
    let _place = places.acquire().await;
    let (job, signal) = (launch.job.clone(), launch.signal.clone());
    let report = tokio::task::spawn_blocking(move || run(&job, &signal)).await;
    let report = report.unwrap_or_else(|_| Report {
        end: End::Failed("The run panicked.".to_owned()),
        ..Report::default()
    });
    let Some(service) = service.upgrade() else {
        return;
    };
    if let Some(engine) = &service.engine {
        engine.show(&launch.id, &report);
    }
    service.report(&launch, report).await;
    if let Some(engine) = &service.engine {
        engine.forget(&launch);
    }
}
