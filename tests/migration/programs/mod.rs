//! Twenty typical programs of users of an AppFlow SDK. The crate that contains this module selects the SDK.

pub mod p01_list_flows;
pub mod p02_collect;
pub mod p03_pages;
pub mod p04_create_flow;
pub mod p05_describe_flow;
pub mod p06_start_flow;
pub mod p07_stop_flow;
pub mod p08_delete_flow;
pub mod p09_salesforce_profile;
pub mod p10_custom_profile;
pub mod p11_profiles;
pub mod p12_entities;
pub mod p13_fields;
pub mod p14_register_connector;
pub mod p15_tags;
pub mod p16_reschedule;
pub mod p17_runs;
pub mod p18_own_settings;
pub mod p19_patience;
pub mod p20_inputs;
