//! [`Service`]: the state, and what calls and runs use beside it.

mod call;
mod operations;
mod runs;

use crate::caller::Caller;
use crate::clock::Clock;
use crate::entities::Seeds;
use crate::events::Events;
use crate::faults::Faults;
use crate::functions::Functions;
use crate::lifecycle::{Lifecycle, advance};
use crate::runs::Engine;
use crate::settings::Settings;
use crate::state::{Records, State};
use crate::store::{Store, WriteError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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
            // With an engine, the check of schedules takes the changes: it starts the runs, once they are written.
            if self.engine.is_some() || store.is_some_and(Store::is_failing) {
                continue;
            }
            if let Some(store) = store {
                let changes = scope.take_changes(account, region);
                if !changes.is_empty() {
                    // No response depends on these changes, so this does not wait for the disk.
                    drop(store.keep(changes));
                }
            }
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
