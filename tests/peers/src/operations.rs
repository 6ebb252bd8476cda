//! Calls operations of the AppFlow SDK by name.

use crate::exchange::{Answer, Exchange, Refused, Setting, exchange};
use appflow_sdk::Error;
use serde_json::Value;

macro_rules! operations {
    ($($module:ident::$operation:ident),* $(,)?) => {
        /// The names of the operations, in the order of the model.
        pub(crate) const NAMES: &[&str] = &[$(stringify!($operation)),*];

        /// Calls an operation of the AppFlow SDK.
        pub(crate) fn call(
            operation: &str,
            input: &Value,
            setting: &Setting,
            answer: Answer,
        ) -> Result<Exchange<Error>, Refused> {
            match operation {
                $(stringify!($operation) => exchange::<appflow_sdk::operation::$module::$operation>(input, setting, answer),)*
                _ => Err(Refused(format!("the SDK has no operation {operation}"))),
            }
        }
    };
}

operations! {
    cancel_flow_executions::CancelFlowExecutions,
    create_connector_profile::CreateConnectorProfile,
    create_flow::CreateFlow,
    delete_connector_profile::DeleteConnectorProfile,
    delete_flow::DeleteFlow,
    describe_connector::DescribeConnector,
    describe_connector_entity::DescribeConnectorEntity,
    describe_connector_profiles::DescribeConnectorProfiles,
    describe_connectors::DescribeConnectors,
    describe_flow::DescribeFlow,
    describe_flow_execution_records::DescribeFlowExecutionRecords,
    list_connector_entities::ListConnectorEntities,
    list_connectors::ListConnectors,
    list_flows::ListFlows,
    list_tags_for_resource::ListTagsForResource,
    register_connector::RegisterConnector,
    reset_connector_metadata_cache::ResetConnectorMetadataCache,
    start_flow::StartFlow,
    stop_flow::StopFlow,
    tag_resource::TagResource,
    unregister_connector::UnregisterConnector,
    untag_resource::UntagResource,
    update_connector_profile::UpdateConnectorProfile,
    update_connector_registration::UpdateConnectorRegistration,
    update_flow::UpdateFlow,
}
