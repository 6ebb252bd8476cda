//! [`Ends`]: the ends of flows that are local or called, and the jobs of flows between them.

use super::connector::{Connector, Reader, Writer};
use super::job::{Destination, Job, Source, Target};
use super::objects::{Buckets, Staging};
use super::pushdown;
use super::read::InputFormat;
use super::write::naming::Naming;
use super::write::{Layout, OutputFormat};
use crate::functions::Functions;
use crate::reflect;
use crate::rules::blocks;
use crate::rules::flow::object_of;
use crate::state::{Flow, Profile, Registration, Run, Scope};
use appflow_sdk::types::{
    AggregationType, ConnectorType, DestinationConnectorProperties, DestinationFlowConfig,
    FileType, S3InputFileType, S3OutputFormatConfig, S3SourceProperties, SourceFlowConfig,
};
use smithy_reqwest::shape::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The subfolder of the sample data for records of destinations other than S3.
const OUTPUT_FOLDER: &str = "_written";

/// The local and callable ends of flows.
#[derive(Debug, Default)]
pub(crate) struct Ends {
    pub(crate) buckets: Option<Arc<Buckets>>,
    pub(crate) sample_data: Option<Arc<Buckets>>,
    /// The functions of custom connectors.
    pub(crate) functions: Option<Arc<Functions>>,
    /// The folder for files that are sent elsewhere, if there are any.
    pub(crate) staging: Option<Arc<Staging>>,
}

impl Ends {
    /// Returns whether no end is configured.
    pub(crate) fn is_empty(&self) -> bool {
        self.buckets.is_none() && self.sample_data.is_none() && self.functions.is_none()
    }

    /// Returns whether both ends of a flow are available.
    pub(crate) fn can_run(&self, flow: &Flow, scope: &Scope) -> bool {
        let is_available = |connector: &ConnectorType, profile: Option<&str>| match connector {
            ConnectorType::S3 => self.buckets.is_some(),
            _ => self.sample_data.is_some() || self.registered(profile, scope).is_some(),
        };
        let source = flow.source.connector_profile_name.as_deref();
        is_available(&flow.source.connector_type, source)
            && flow.destination().is_some_and(|destination| {
                let profile = destination.connector_profile_name.as_deref();
                is_available(&destination.connector_type, profile)
            })
    }

    /// Returns the job of a run.
    pub(crate) fn job(&self, flow: &Flow, run: &Run, scope: &Scope) -> Option<Job> {
        Some(Job {
            source: self.source(flow, scope, run.pull)?,
            destination: self.destination(flow, scope)?,
            tasks: flow.tasks.clone(),
            naming: naming(flow, run, scope),
            pull: run.pull,
            time_field: flow
                .source
                .incremental_pull_config
                .as_ref()
                .and_then(|config| config.datetime_type_field_name.clone()),
        })
    }

    /// Returns the registered connector of a profile, if functions are called.
    fn registered<'a>(
        &self,
        profile: Option<&str>,
        scope: &'a Scope,
    ) -> Option<(Arc<Functions>, &'a Registration, &'a Profile)> {
        let functions = self.functions.clone()?;
        let profile = scope.profiles.get(profile?)?;
        Some((functions, scope.registration_of(profile)?, profile))
    }

    /// Returns an entity of the registered connector of a profile, if functions are called.
    fn connector(
        &self,
        profile: Option<&str>,
        scope: &Scope,
        api_version: Option<&str>,
        settings: Option<&HashMap<String, String>>,
        entity: &str,
    ) -> Option<Connector> {
        let (functions, registration, profile) = self.registered(profile, scope)?;
        Some(Connector {
            functions,
            context: registration.context(profile, api_version, settings),
            entity: entity.to_owned(),
        })
    }

    fn source(&self, flow: &Flow, scope: &Scope, pull: Option<(i64, i64)>) -> Option<Source> {
        if let Some(s3) = s3_source(&flow.source) {
            let format = s3.s3_input_format_config.as_ref();
            let format = format.and_then(|format| format.s3_input_file_type.as_ref());
            return Some(Source::Objects {
                buckets: self.buckets.clone()?,
                bucket: s3.bucket_name.clone(),
                prefix: s3.bucket_prefix.clone().unwrap_or_default(),
                format: match format {
                    Some(S3InputFileType::Csv) => InputFormat::Csv,
                    Some(S3InputFileType::Json) => InputFormat::Json,
                    _ => InputFormat::Guessed,
                },
            });
        }
        let source = &flow.source;
        let profile = source.connector_profile_name.as_deref();
        let properties = source.source_connector_properties.as_ref();
        let custom = properties.and_then(|properties| properties.custom_connector.as_ref());
        let connector = custom.and_then(|custom| {
            let version = source.api_version.as_deref();
            let settings = custom.custom_properties.as_ref();
            self.connector(profile, scope, version, settings, &custom.entity_name)
        });
        if let Some(connector) = connector {
            let time_field = source.incremental_pull_config.as_ref();
            let time_field = time_field.and_then(|it| it.datetime_type_field_name.as_deref());
            let range = time_field.zip(pull);
            return Some(Source::Connector(Box::new(Reader {
                connector,
                fields: pushdown::fields(&flow.tasks, range.map(|(field, _)| field)),
                filter: pushdown::expression(&flow.tasks, range),
            })));
        }
        let entity = object_of(&source.source_connector_properties, &source.connector_type);
        let entity = entity.into_iter().next().map(|(_, name)| name);
        let entity = entity.unwrap_or_default();
        Some(Source::Sample {
            folder: self.sample_data.clone()?,
            connector: connector_name(&source.connector_type, profile, scope),
            keys: ["jsonl", "json", "csv"]
                .map(|extension| format!("{entity}.{extension}"))
                .to_vec(),
        })
    }

    fn destination(&self, flow: &Flow, scope: &Scope) -> Option<Destination> {
        let config = flow.destination()?;
        let properties = config.destination_connector_properties.as_ref()?;
        let reads_csv = s3_source(&flow.source).is_some_and(|s3| {
            let format = s3.s3_input_format_config.as_ref();
            format.and_then(|it| it.s3_input_file_type.as_ref()) == Some(&S3InputFileType::Csv)
        });
        let mut layout = Layout {
            format: OutputFormat::Json,
            by_source: false,
            roll_at: None,
            columns: None,
            uniform: reads_csv,
            typed: false,
            types: BTreeMap::new(),
        };
        let is_s3 = config.connector_type == ConnectorType::S3;
        let s3 = properties.s3.as_ref().filter(|_| is_s3);
        let Some(s3) = s3 else {
            return self.other_destination(config, properties, layout, scope);
        };
        if let Some(format) = &s3.s3_output_format_config {
            apply_output_format(&mut layout, format);
        }
        let buckets = self.buckets.clone()?;
        Some(Destination {
            staging: buckets.staging(),
            target: Target::Bucket(buckets, s3.bucket_name.clone()),
            layout,
            failed_records: None,
            fails_on_first_error: false,
        })
    }

    /// Returns a destination other than S3: a custom connector that is called, or a folder of the sample data.
    fn other_destination(
        &self,
        config: &DestinationFlowConfig,
        properties: &DestinationConnectorProperties,
        layout: Layout,
        scope: &Scope,
    ) -> Option<Destination> {
        let profile = config.connector_profile_name.as_deref();
        let connector = properties.custom_connector.as_ref().and_then(|custom| {
            let version = config.api_version.as_deref();
            let settings = custom.custom_properties.as_ref();
            let connector =
                self.connector(profile, scope, version, settings, &custom.entity_name)?;
            Some((custom, connector))
        });
        let (staging, target) = match connector {
            Some((custom, connector)) => {
                let target = Target::Connector(Box::new(Writer {
                    connector,
                    operation: custom.write_operation_type.clone(),
                    id_fields: custom.id_field_names.clone().unwrap_or_default(),
                }));
                (self.staging.clone()?, target)
            }
            None => {
                let folder = self.sample_data.clone()?;
                let staging = folder.staging();
                (staging, Target::Bucket(folder, OUTPUT_FOLDER.to_owned()))
            }
        };
        let mut destination = Destination {
            staging,
            target,
            layout,
            failed_records: None,
            fails_on_first_error: false,
        };
        let block = blocks::block(properties, &config.connector_type);
        let handling = block.and_then(|block| reflect::part(block, "errorHandlingConfig"));
        if let Some(handling) = handling {
            let fails = reflect::member(handling, "failOnFirstDestinationError");
            destination.fails_on_first_error = matches!(fails, Some(Value::Boolean(true)));
            let bucket = reflect::text(handling, "bucketName").map(str::to_owned);
            let prefix = reflect::text(handling, "bucketPrefix").unwrap_or_default();
            let to = self.buckets.clone().zip(bucket);
            destination.failed_records =
                to.map(|(buckets, bucket)| (buckets, bucket, prefix.to_owned()));
        }
        Some(destination)
    }
}

/// Returns the parts of the keys of a run.
fn naming(flow: &Flow, run: &Run, scope: &Scope) -> Naming {
    let config = flow.destination();
    let s3 = config.and_then(|config| {
        let is_s3 = config.connector_type == ConnectorType::S3;
        let properties = config.destination_connector_properties.as_ref();
        properties?.s3.as_ref().filter(|_| is_s3)
    });
    let bucket_prefix = match (s3, config) {
        (Some(s3), _) => s3.bucket_prefix.clone(),
        (None, Some(config)) => {
            let profile = config.connector_profile_name.as_deref();
            let mut pieces = vec![connector_name(&config.connector_type, profile, scope)];
            let properties = &config.destination_connector_properties;
            let object = object_of(properties, &config.connector_type)
                .into_iter()
                .next();
            pieces.extend(object.map(|(_, name)| name));
            Some(pieces.join("/"))
        }
        (None, None) => None,
    };
    let format = s3.and_then(|s3| s3.s3_output_format_config.as_ref());
    Naming {
        bucket_prefix,
        flow: flow.name.clone(),
        execution: run.id.clone(),
        schema_version: flow.schema_version,
        started_at: run.started_at,
        prefix: format.and_then(|format| format.prefix_config.clone()),
    }
}

/// Sets the layout of files by the output format of an S3 destination.
fn apply_output_format(layout: &mut Layout, format: &S3OutputFormatConfig) {
    layout.format = match format.file_type {
        Some(FileType::Csv) => OutputFormat::Csv,
        Some(FileType::Parquet) => OutputFormat::Parquet,
        _ => OutputFormat::Json,
    };
    layout.typed = format.preserve_source_data_typing.unwrap_or(false);
    if let Some(aggregation) = &format.aggregation_config {
        let single = aggregation.aggregation_type == Some(AggregationType::SingleFile);
        let megabytes = aggregation.target_file_size;
        let megabytes = megabytes.and_then(|size| u64::try_from(size).ok());
        layout.roll_at = megabytes
            .filter(|size| *size > 0 && !single)
            .map(|size| size.saturating_mul(1 << 20));
        layout.by_source = aggregation.aggregation_type == Some(AggregationType::None);
    }
}

/// Returns the properties of a source that is S3.
pub(super) fn s3_source(source: &SourceFlowConfig) -> Option<&S3SourceProperties> {
    let is_s3 = source.connector_type == ConnectorType::S3;
    let properties = source.source_connector_properties.as_ref()?;
    properties.s3.as_ref().filter(|_| is_s3)
}

/// Returns the name of a connector, or the label of a custom one.
fn connector_name(connector: &ConnectorType, profile: Option<&str>, scope: &Scope) -> String {
    let label = profile.and_then(|name| scope.profiles.get(name)?.connector_label.clone());
    label.unwrap_or_else(|| connector.as_str().to_owned())
}
