//! Operators of source connectors.

use super::TasksError;
use crate::types;
use crate::types::{ConnectorOperator, ConnectorType};

/// The operator of tasks that need none.
pub(super) const NO_OP: &str = "NO_OP";

/// The operator of the task that lists the fields to read.
pub(super) const PROJECTION: &str = "PROJECTION";

/// Defines, for each source, its member of [`ConnectorOperator`] and its operators.
macro_rules! by_source {
    ($source:expr, $operator:expr, { $($variant:ident => $member:ident: $operators:ident,)* }) => {
        match $source {
            $(ConnectorType::$variant if types::$operators::values().contains(&$operator) => {
                let operator = types::$operators::from($operator);
                Some(ConnectorOperator::builder().$member(operator).build())
            })*
            _ => None,
        }
    };
}

/// Returns the operator in the member of the source. A source without `NO_OP` gets none.
pub(super) fn of(
    source: &ConnectorType,
    operator: &str,
) -> Result<Option<ConnectorOperator>, TasksError> {
    let found = by_source!(source, operator, {
        Amplitude => amplitude: AmplitudeConnectorOperator,
        Customconnector => custom_connector: Operator,
        Datadog => datadog: DatadogConnectorOperator,
        Dynatrace => dynatrace: DynatraceConnectorOperator,
        Googleanalytics => google_analytics: GoogleAnalyticsConnectorOperator,
        Infornexus => infor_nexus: InforNexusConnectorOperator,
        Marketo => marketo: MarketoConnectorOperator,
        Pardot => pardot: PardotConnectorOperator,
        S3 => s3: S3ConnectorOperator,
        Salesforce => salesforce: SalesforceConnectorOperator,
        Sapodata => sapo_data: SapoDataConnectorOperator,
        Servicenow => service_now: ServiceNowConnectorOperator,
        Singular => singular: SingularConnectorOperator,
        Slack => slack: SlackConnectorOperator,
        Trendmicro => trendmicro: TrendmicroConnectorOperator,
        Veeva => veeva: VeevaConnectorOperator,
        Zendesk => zendesk: ZendeskConnectorOperator,
    });
    if found.is_none() && operator != NO_OP {
        return Err(TasksError::NoOperator {
            source_connector: source.clone(),
            operator: operator.to_owned(),
        });
    }
    Ok(found)
}
