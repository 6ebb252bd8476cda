//! Implements the generated trait: each operation is a function of a session and an input.

use super::Service;
use crate::caller::Caller;
use crate::client_tokens::{Mismatch, once};
use crate::generated::AppFlow;
use crate::operations::{
    connectors, entities, executions, flows, profiles, registrations, start_stop, tags, update_flow,
};
use smithy_reqwest::server::ServiceError;

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
