//! [`Subject`]: the operations of a measured client. Every method returns a number to check the response.

use std::future::Future;

/// The number of tasks of the created flow.
pub const TASKS: usize = 100;
/// The name of the created flow.
pub const FLOW_NAME: &str = "accounts-to-s3";
/// The connector of the described entity.
pub const ENTITY_TYPE: &str = "Salesforce";

/// A measured client.
pub trait Subject: Clone + Send + Sync + 'static {
    /// Creates the client from the environment, as its documentation recommends.
    fn construct() -> impl Future<Output = Self> + Send;

    /// Lists flows, and returns their number. The token tells the server the number of flows.
    fn list_flows(&self, token: String) -> impl Future<Output = usize> + Send;

    /// Creates a flow with [`TASKS`] tasks, and returns the number of created flows.
    fn create_flow(&self) -> impl Future<Output = usize> + Send;

    /// Describes an entity, and returns the number of its fields. The name tells the server the number of fields.
    fn describe_entity(&self, name: String) -> impl Future<Output = usize> + Send;

    /// Returns the size of the largest `send()` future, if there is one.
    fn largest_future(&self) -> Option<usize> {
        None
    }

    /// `true` if many calls can be in flight on one thread.
    const CONCURRENT: bool = true;
}

/// Returns the size of the largest future of all operations, which have the same names in both SDKs.
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
