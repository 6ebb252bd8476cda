//! The waiters of AppFlow and a service whose time the waiting itself moves, in; what each waiter comes to, and after how
//! many calls, out.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use appflow_local::AppFlowLocal;
use appflow_sdk::Client;
use appflow_sdk::config::{RetrySettings, TimeoutSettings};
use appflow_sdk::types::ConnectionMode;
use common::{every, flow, frozen, on_demand, salesforce};
use smithy_reqwest::http::BoxFuture;
use smithy_reqwest::time::Clock;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

const MINUTE: Duration = Duration::from_secs(60);

/// A clock whose waiting takes no time and moves the service's; what is to happen meanwhile happens at the first pause.
struct Moving {
    local: Arc<AppFlowLocal>,
    began: Instant,
    waited: Mutex<Duration>,
    meanwhile: Mutex<Option<BoxFuture<'static, ()>>>,
}

impl fmt::Debug for Moving {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Moving({:?})", self.waited)
    }
}

impl Clock for Moving {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn monotonic(&self) -> Instant {
        self.began + *self.waited.lock().unwrap()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        *self.waited.lock().unwrap() += duration;
        self.local.clock().advance(duration);
        let meanwhile = self.meanwhile.lock().unwrap().take();
        meanwhile.unwrap_or_else(|| Box::pin(std::future::ready(())))
    }
}

/// A client that waits by moving the service's time.
fn waiting(local: AppFlowLocal, meanwhile: impl Future<Output = ()> + Send + 'static) -> Client {
    let config = local.config().to_builder();
    let clock = Moving {
        local: Arc::new(local),
        began: Instant::now(),
        waited: Mutex::default(),
        meanwhile: Mutex::new(Some(Box::pin(meanwhile))),
    };
    let config = config
        .retry_config(RetrySettings::off())
        .timeout_config(TimeoutSettings::NONE)
        .clock(clock);
    Client::from_conf(config.build())
}

#[tokio::test]
async fn a_flow_is_active_once_it_is_started() {
    let (local, client) = frozen().await;
    let scheduled = flow(&client, "f1", every("rate(1hours)"));
    scheduled.send().await.unwrap();
    let start = async move {
        client.start_flow().flow_name("f1").send().await.unwrap();
    };
    let waiter = waiting(local, start).wait_until_flow_active();
    let poll = waiter.flow_name("f1").wait(MINUTE).await.unwrap();
    assert_eq!(poll.polls(), 2);
}

#[tokio::test]
async fn a_run_is_finished_when_its_time_is_over() {
    let (local, client) = frozen().await;
    flow(&client, "f1", on_demand()).send().await.unwrap();
    client.start_flow().flow_name("f1").send().await.unwrap();
    let waiter = waiting(local, async {}).wait_until_flow_run_finished();
    let poll = waiter.flow_name("f1").wait(MINUTE).await.unwrap();
    assert_eq!(poll.polls(), 2);
    let flow = poll.into_result().unwrap();
    let last = flow.last_run_execution_details.unwrap();
    assert_eq!(
        last.most_recent_execution_status().unwrap().as_str(),
        "Successful"
    );
}

#[tokio::test]
async fn a_flow_is_deleted_once_the_service_knows_it_no_more() {
    let (local, client) = frozen().await;
    flow(&client, "f1", on_demand()).send().await.unwrap();
    let delete = async move {
        client.delete_flow().flow_name("f1").send().await.unwrap();
    };
    let waiter = waiting(local, delete).wait_until_flow_deleted();
    let poll = waiter.flow_name("f1").wait(MINUTE).await.unwrap();
    assert_eq!(poll.polls(), 2);
    assert!(poll.into_result().unwrap_err().is_not_found());
}

#[tokio::test]
async fn a_private_connection_is_ready_when_it_is_provisioned() {
    let (local, client) = frozen().await;
    let profile = salesforce(&client, "p", ConnectionMode::Private, None);
    profile.send().await.unwrap();
    let client = waiting(local, async {});
    let waiter = client.wait_until_connector_profile_private_connection_ready();
    let poll = waiter
        .connector_profile_names("p")
        .wait(10 * MINUTE)
        .await
        .unwrap();
    assert_eq!(poll.polls(), 2);
    let profiles = poll
        .into_result()
        .unwrap()
        .connector_profile_details
        .unwrap();
    let state = profiles[0]
        .private_connection_provisioning_state
        .as_ref()
        .unwrap();
    assert_eq!(state.status().unwrap().as_str(), "CREATED");
}
