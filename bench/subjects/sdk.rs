// The program of both SDKs, which differ in `sdk` and in `construct`: this text is included in each.

use harness::{ENTITY_TYPE, FLOW_NAME, Subject, TASKS};
use sdk::types::{
    ConnectorOperator, ConnectorType, DestinationConnectorProperties, DestinationFlowConfig,
    S3DestinationProperties, SalesforceConnectorOperator, SalesforceSourceProperties,
    SourceConnectorProperties, SourceFlowConfig, Task, TaskType, TriggerConfig, TriggerType,
};
use std::sync::Arc;

#[derive(Clone)]
struct Program {
    client: sdk::Client,
    flow: Arc<Flow>,
}

/// The parts of the created flow; each call uses a copy.
struct Flow {
    trigger: TriggerConfig,
    source: SourceFlowConfig,
    destination: DestinationFlowConfig,
    tasks: Vec<Task>,
}

fn flow() -> Flow {
    let from = SalesforceSourceProperties::builder().object("Account").build();
    let to = S3DestinationProperties::builder().bucket_name("bench-bucket").build();
    let from = SourceConnectorProperties::builder().salesforce(from.expect("a source"));
    let to = DestinationConnectorProperties::builder().s3(to.expect("a destination"));
    let source = SourceFlowConfig::builder()
        .connector_type(ConnectorType::Salesforce)
        .connector_profile_name("bench")
        .source_connector_properties(from.build());
    let destination = DestinationFlowConfig::builder()
        .connector_type(ConnectorType::S3)
        .destination_connector_properties(to.build());
    let trigger = TriggerConfig::builder().trigger_type(TriggerType::Ondemand);
    Flow {
        trigger: trigger.build().expect("a trigger"),
        source: source.build().expect("a source"),
        destination: destination.build().expect("a destination"),
        tasks: (0..TASKS).map(task).collect(),
    }
}

fn task(number: usize) -> Task {
    let operator = ConnectorOperator::builder().salesforce(SalesforceConnectorOperator::NoOp);
    let task = Task::builder()
        .source_fields(format!("Field{number:03}"))
        .connector_operator(operator.build())
        .destination_field(format!("field_{number:03}"))
        .task_type(TaskType::Map);
    task.build().expect("a task")
}

impl Subject for Program {
    async fn construct() -> Self {
        Self {
            client: construct().await,
            flow: Arc::new(flow()),
        }
    }

    async fn list_flows(&self, token: String) -> usize {
        let listed = self.client.list_flows().next_token(token).send().await;
        listed.expect("flows").flows().len()
    }

    async fn create_flow(&self) -> usize {
        let call = self.client.create_flow().flow_name(FLOW_NAME);
        let call = call
            .trigger_config(self.flow.trigger.clone())
            .source_flow_config(self.flow.source.clone())
            .destination_flow_config_list(self.flow.destination.clone())
            .set_tasks(Some(self.flow.tasks.clone()));
        usize::from(call.send().await.expect("a flow").flow_arn().is_some())
    }

    async fn describe_entity(&self, name: String) -> usize {
        let call = self.client.describe_connector_entity().connector_entity_name(name);
        let described = call.connector_type(ENTITY_TYPE.into()).send().await;
        described.expect("an entity").connector_entity_fields().len()
    }

    fn largest_future(&self) -> Option<usize> {
        harness::largest_send!(self.client)
    }
}
