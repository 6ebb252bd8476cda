//! [`Subject`]: what a client under measurement can do; every method gives a number by which the answer is checked.

use std::future::Future;

/// Tasks of the flow that is created.
pub const TASKS: usize = 100;
/// The flow that is created.
pub const FLOW_NAME: &str = "accounts-to-s3";
/// The connector whose entity is described.
pub const ENTITY_TYPE: &str = "Salesforce";

/// A client.
pub trait Subject: Clone + Send + Sync + 'static {
    /// Makes the client from the environment, the way its documentation says.
    fn construct() -> impl Future<Output = Self> + Send;

    /// Lists flows, and gives how many there are. The token tells the server how many to answer with.
    fn list_flows(&self, token: String) -> impl Future<Output = usize> + Send;

    /// Creates a flow with [`TASKS`] tasks, and gives how many flows that makes.
    fn create_flow(&self) -> impl Future<Output = usize> + Send;

    /// Describes an entity, and gives how many fields it has. The name tells the server how many to answer with.
    fn describe_entity(&self, name: String) -> impl Future<Output = usize> + Send;

    /// The size of the largest future that a `send()` gives, where there is such a thing.
    fn largest_future(&self) -> Option<usize> {
        None
    }

    /// Whether many calls can be in flight at once on one thread.
    const CONCURRENT: bool = true;
}

/// The largest future of all operations: the SDKs name them alike.
#[macro_export]
macro_rules! largest_send {
    ($client:expr) => {
        $crate::largest_send!($client; cancel_flow_executions create_connector_profile create_flow
            delete_connector_profile delete_flow describe_connector describe_connector_entity
            describe_connector_profiles describe_connectors describe_flow describe_flow_execution_records
            list_connector_entities list_connectors list_flows list_tags_for_resource register_connector
            reset_connector_metadata_cache start_flow stop_flow tag_resource unregister_connector untag_resource
            update_connector_profile update_connector_registration update_flow)
    };
    ($client:expr; $($operation:ident)*) => {
        [$(size_of_val(&$client.$operation().send())),*].into_iter().max()
    };
}
