//! The operations on connector profiles. Credentials and secret properties are validated and never stored.

use crate::arn;
use crate::functions::{self, SettingScope};
use crate::messages;
use crate::operations::flows::time;
use crate::pagination::PageRequest;
use crate::reflect;
use crate::rules::blocks;
use crate::session::{Session, required};
use crate::settings::millis;
use crate::state::{Entity, Profile};
use crate::vended;
use appflow_sdk::operation::create_connector_profile::{
    CreateConnectorProfileInput, CreateConnectorProfileOutput,
};
use appflow_sdk::operation::delete_connector_profile::{
    DeleteConnectorProfileInput, DeleteConnectorProfileOutput,
};
use appflow_sdk::operation::describe_connector_profiles::{
    DescribeConnectorProfilesInput, DescribeConnectorProfilesOutput,
};
use appflow_sdk::operation::update_connector_profile::{
    UpdateConnectorProfileInput, UpdateConnectorProfileOutput,
};
use appflow_sdk::types::{
    AuthenticationType, ConnectionMode, ConnectorProfile, ConnectorProfileConfig,
    ConnectorProfileCredentials, ConnectorType, OAuth2GrantType,
    PrivateConnectionProvisioningState, PrivateConnectionProvisioningStatus,
};
use smithy_reqwest::server::ServiceError;
use smithy_reqwest::shape::Structure;

/// The connectors with required profile properties.
const NEED_PROPERTIES: [ConnectorType; 11] = [
    ConnectorType::Datadog,
    ConnectorType::Dynatrace,
    ConnectorType::Infornexus,
    ConnectorType::Marketo,
    ConnectorType::Redshift,
    ConnectorType::Servicenow,
    ConnectorType::Slack,
    ConnectorType::Snowflake,
    ConnectorType::Veeva,
    ConnectorType::Zendesk,
    ConnectorType::Sapodata,
];

pub(crate) fn create(
    session: &mut Session<'_>,
    input: CreateConnectorProfileInput,
) -> Result<CreateConnectorProfileOutput, ServiceError> {
    let name = required(input.connector_profile_name, "connectorProfileName")?;
    let connector_type = required(input.connector_type, "connectorType")?;
    let mode = required(input.connection_mode, "connectionMode")?;
    let config = required(input.connector_profile_config, "connectorProfileConfig")?;
    check_label(session, &connector_type, input.connector_label.as_deref())?;
    check_config(&config, &connector_type)?;
    if session.scope.profiles.contains_key(&name) {
        return Err(messages::conflict(format_args!(
            "Connector Profile with name {name} already exists."
        )));
    }
    let most = session.settings().max_profiles;
    if session.scope.profiles.len() >= most {
        return Err(messages::quota("connector profiles", most));
    }
    let custom_label = input
        .connector_label
        .filter(|_| connector_type == ConnectorType::Customconnector);
    let profile = Profile {
        authentication_type: authentication_type(&config),
        arn: arn::of(session.caller, "connectorprofile", &name),
        credentials_arn: arn::of_credentials(session.caller, custom_label.as_deref(), &name),
        provisioned_at: provisioned_at(session, &mode),
        name,
        connector_type,
        connector_label: custom_label,
        mode,
        properties: config.connector_profile_properties.unwrap_or_default(),
        created_at: session.now,
        updated_at: session.now,
    };
    check_with_function(session, &profile)?;
    let mut output = CreateConnectorProfileOutput::default();
    output.connector_profile_arn = Some(profile.arn.clone());
    keep(session, profile);
    Ok(output)
}

fn authentication_type(config: &ConnectorProfileConfig) -> Option<AuthenticationType> {
    let credentials = config.connector_profile_credentials.as_ref()?;
    let custom = credentials.custom_connector.as_ref()?;
    Some(custom.authentication_type.clone())
}

/// Validates the settings and credentials of a profile with the function of its connector.
fn check_with_function(session: &Session<'_>, profile: &Profile) -> Result<(), ServiceError> {
    let Some(registration) = session.called_connector(profile) else {
        return Ok(());
    };
    let context = registration.context(profile, None, None);
    let settings = functions::validate_settings(SettingScope::Profile, &context.settings);
    session.invoke(&context.function, settings)?;
    if !context.credentials().is_null() {
        session.invoke(&context.function, functions::validate_credentials(&context))?;
    }
    Ok(())
}

fn keep(session: &mut Session<'_>, mut profile: Profile) {
    profile.remove_secrets();
    session.scope.touch(Entity::Profile(profile.name.clone()));
    session.scope.profiles.insert(profile.name.clone(), profile);
}

fn provisioned_at(session: &Session<'_>, mode: &ConnectionMode) -> Option<i64> {
    let ready = session
        .now
        .saturating_add(millis(session.settings().provisioning_duration));
    (*mode == ConnectionMode::Private).then_some(ready)
}

/// Checks that a custom connector is registered under its label, or provided by AWS.
fn check_label(
    session: &Session<'_>,
    connector: &ConnectorType,
    label: Option<&str>,
) -> Result<(), ServiceError> {
    if *connector != ConnectorType::Customconnector {
        return Ok(());
    }
    let label = label
        .ok_or_else(|| messages::invalid("connectorLabel must be given for a CustomConnector."))?;
    if session.scope.registrations.contains_key(label) || vended::find(label).is_some() {
        Ok(())
    } else {
        Err(messages::no_connector(label))
    }
}

/// Checks that properties and credentials are those of the connector.
fn check_config(
    config: &ConnectorProfileConfig,
    connector: &ConnectorType,
) -> Result<(), ServiceError> {
    let properties = &config
        .connector_profile_properties
        .clone()
        .unwrap_or_default();
    if !blocks::has_place(properties, connector) {
        return Err(messages::invalid(format!(
            "{connector} takes no connector profile."
        )));
    }
    let check = |blocks: &dyn Structure, what: &str, required: bool| match blocks::objection(
        blocks, connector, what, required,
    ) {
        Some(objection) => Err(messages::invalid(format!("{objection}."))),
        None => Ok(()),
    };
    let required = NEED_PROPERTIES.contains(connector);
    check(properties, "The connector profile properties", required)?;
    let Some(credentials) = &config.connector_profile_credentials else {
        return Ok(());
    };
    check(credentials, "The connector profile credentials", false)?;
    if let Some(objection) = objection(credentials) {
        return Err(messages::invalid(objection));
    }
    let oauth = blocks::block(credentials, connector)
        .and_then(|block| reflect::part(block, "oAuthRequest"));
    if oauth.is_some_and(|request| reflect::text(request, "authCode").is_none_or(str::is_empty)) {
        return Err(messages::invalid(format!(
            "Validation exception: AuthCode cannot be blank for connector: {}",
            connector.as_str().to_uppercase()
        )));
    }
    Ok(())
}

/// Returns the fault of credentials whose type selects one of several forms.
fn objection(credentials: &ConnectorProfileCredentials) -> Option<String> {
    let salesforce = credentials.salesforce.as_ref();
    let grant = salesforce.and_then(|salesforce| salesforce.o_auth2_grant_type.as_ref());
    if grant == Some(&OAuth2GrantType::ClientCredentials) {
        return Some(
            "The grant type CLIENT_CREDENTIALS is not supported for Salesforce.".to_owned(),
        );
    }
    let custom = credentials.custom_connector.as_ref()?;
    let (is_there, name) = match custom.authentication_type {
        AuthenticationType::Apikey => (custom.api_key.is_some(), "apiKey"),
        AuthenticationType::Basic => (custom.basic.is_some(), "basic"),
        AuthenticationType::Custom => (custom.custom.is_some(), "custom"),
        AuthenticationType::Oauth2 => (custom.oauth2.is_some(), "oauth2"),
        _ => return None,
    };
    let kind = &custom.authentication_type;
    (!is_there).then(|| format!("The authentication type {kind} needs {name} credentials."))
}

pub(crate) fn describe(
    session: &Session<'_>,
    input: &DescribeConnectorProfilesInput,
) -> Result<DescribeConnectorProfilesOutput, ServiceError> {
    let names = input
        .connector_profile_names
        .as_deref()
        .filter(|names| !names.is_empty());
    let wanted = |profile: &&Profile| {
        names.is_none_or(|names| names.contains(&profile.name))
            && input
                .connector_type
                .as_ref()
                .is_none_or(|wanted| *wanted == profile.connector_type)
            && input
                .connector_label
                .as_ref()
                .is_none_or(|wanted| Some(wanted) == profile.connector_label.as_ref())
    };
    let filters = format!(
        "{:?} {:?} {:?}",
        names, input.connector_type, input.connector_label
    );
    let request = PageRequest {
        listing: &format!("DescribeConnectorProfiles {filters}"),
        max_results: input.max_results,
        next_token: input.next_token(),
    };
    let profiles = session.scope.profiles.values().filter(wanted);
    let page = request.page(profiles, |profile| profile.name.clone())?;
    let mut output = DescribeConnectorProfilesOutput::default();
    let details = page
        .items
        .into_iter()
        .map(|profile| detail(profile, session.now));
    output.connector_profile_details = Some(details.collect());
    output.next_token = page.next_token;
    Ok(output)
}

fn detail(profile: &Profile, now: i64) -> ConnectorProfile {
    let mut detail = ConnectorProfile::default();
    detail.connector_profile_arn = Some(profile.arn.clone());
    detail.connector_profile_name = Some(profile.name.clone());
    detail.connector_type = Some(profile.connector_type.clone());
    detail.connector_label = profile.connector_label.clone();
    detail.connection_mode = Some(profile.mode.clone());
    detail.credentials_arn = Some(profile.credentials_arn.clone());
    detail.connector_profile_properties = Some(profile.properties.clone());
    detail.created_at = Some(time(profile.created_at));
    detail.last_updated_at = Some(time(profile.updated_at));
    detail.private_connection_provisioning_state = profile.provisioned_at.map(|at| {
        let mut state = PrivateConnectionProvisioningState::default();
        state.status = Some(if at <= now {
            PrivateConnectionProvisioningStatus::Created
        } else {
            PrivateConnectionProvisioningStatus::Pending
        });
        state
    });
    detail
}

pub(crate) fn update(
    session: &mut Session<'_>,
    input: UpdateConnectorProfileInput,
) -> Result<UpdateConnectorProfileOutput, ServiceError> {
    let name = required(input.connector_profile_name, "connectorProfileName")?;
    let mode = required(input.connection_mode, "connectionMode")?;
    let config = required(input.connector_profile_config, "connectorProfileConfig")?;
    let profile = session
        .scope
        .profiles
        .get(&name)
        .ok_or_else(|| messages::no_profile(&name))?;
    check_config(&config, &profile.connector_type)?;
    let kind = authentication_type(&config);
    let unchanged = profile.mode == mode;
    let mut profile = profile.clone();
    if !unchanged {
        profile.provisioned_at = provisioned_at(session, &mode);
    }
    profile.mode = mode;
    profile.properties = config.connector_profile_properties.unwrap_or_default();
    profile.updated_at = session.now;
    profile.authentication_type = kind.or(profile.authentication_type);
    check_with_function(session, &profile)?;
    let mut output = UpdateConnectorProfileOutput::default();
    output.connector_profile_arn = Some(profile.arn.clone());
    keep(session, profile);
    Ok(output)
}

pub(crate) fn delete(
    session: &mut Session<'_>,
    input: &DeleteConnectorProfileInput,
) -> Result<DeleteConnectorProfileOutput, ServiceError> {
    let name = input.connector_profile_name().unwrap_or_default();
    if !session.scope.profiles.contains_key(name) {
        return Err(messages::no_profile(name));
    }
    let flows = session
        .scope
        .flows
        .values()
        .filter(|flow| flow.profiles().any(|used| used == name));
    let flows: Vec<&str> = flows.map(|flow| flow.name.as_str()).collect();
    if !flows.is_empty() && !input.force_delete.unwrap_or(false) {
        return Err(messages::conflict(format_args!(
            "Connector profile: {name} is associated with one or more flows. If you still want to delete it, then make \
             delete request with forceDelete flag as true. Some of the associated flows are: {}",
            messages::bracketed(flows)
        )));
    }
    session.scope.profiles.remove(name);
    session.scope.touch(Entity::Profile(name.to_owned()));
    Ok(DeleteConnectorProfileOutput::default())
}
