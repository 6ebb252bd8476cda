//! Twenty programs as users of aws-sdk-appflow write them. What differs here from `../ours` is what moving takes.

/// The SDK: the `use` lines of the programs begin here.
pub mod sdk {
    pub use aws_sdk_appflow::*;
}

pub mod errors;
pub mod settings;

#[path = "../../programs/p01_list_flows.rs"]
pub mod p01_list_flows;
#[path = "../../programs/p02_collect.rs"]
pub mod p02_collect;
#[path = "../../programs/p03_pages.rs"]
pub mod p03_pages;
#[path = "../../programs/p04_create_flow.rs"]
pub mod p04_create_flow;
#[path = "../../programs/p05_describe_flow.rs"]
pub mod p05_describe_flow;
#[path = "../../programs/p06_start_flow.rs"]
pub mod p06_start_flow;
#[path = "../../programs/p07_stop_flow.rs"]
pub mod p07_stop_flow;
#[path = "../../programs/p08_delete_flow.rs"]
pub mod p08_delete_flow;
#[path = "../../programs/p09_salesforce_profile.rs"]
pub mod p09_salesforce_profile;
#[path = "../../programs/p10_custom_profile.rs"]
pub mod p10_custom_profile;
#[path = "../../programs/p11_profiles.rs"]
pub mod p11_profiles;
#[path = "../../programs/p12_entities.rs"]
pub mod p12_entities;
#[path = "../../programs/p13_fields.rs"]
pub mod p13_fields;
#[path = "../../programs/p14_register_connector.rs"]
pub mod p14_register_connector;
#[path = "../../programs/p15_tags.rs"]
pub mod p15_tags;
#[path = "../../programs/p16_reschedule.rs"]
pub mod p16_reschedule;
#[path = "../../programs/p17_runs.rs"]
pub mod p17_runs;
#[path = "../../programs/p18_own_settings.rs"]
pub mod p18_own_settings;
#[path = "../../programs/p19_patience.rs"]
pub mod p19_patience;
#[path = "../../programs/p20_inputs.rs"]
pub mod p20_inputs;
