//! Tests of the size of `send()` futures: large futures overflow the stack when they are nested.

use appflow_sdk::{Client, Config};

/// The maximum size of the future of a call.
const LIMIT: usize = 4096;

/// Returns the name of each operation, and the sizes of its `send()` futures without and with a configuration override.
macro_rules! sizes {
    ($client:ident, $($operation:ident)*) => {
        [$((
            stringify!($operation),
            size_of_val(&$client.$operation().send()),
            size_of_val(&$client.$operation().customize().send()),
        )),*]
    };
}

#[test]
fn the_futures_of_all_operations_stay_under_four_kibibytes() {
    let client = Client::from_conf(Config::builder().build());
    let sizes = sizes!(client,
        cancel_flow_executions create_connector_profile create_flow delete_connector_profile delete_flow
        describe_connector describe_connector_entity describe_connector_profiles describe_connectors describe_flow
        describe_flow_execution_records list_connector_entities list_connectors list_flows list_tags_for_resource
        register_connector reset_connector_metadata_cache start_flow stop_flow tag_resource unregister_connector
        untag_resource update_connector_profile update_connector_registration update_flow
    );
    for (operation, plain, customized) in sizes {
        println!("{operation}: {plain} and {customized} bytes");
        assert!(plain < LIMIT, "{operation}: {plain} bytes");
        assert!(
            customized < LIMIT,
            "{operation}, customized: {customized} bytes"
        );
    }
    let modules = include_str!("../src/generated/operation/mod.rs");
    let operations = modules.matches("pub mod ").count();
    assert_eq!(sizes.len(), operations, "an operation is not in the list");
}
