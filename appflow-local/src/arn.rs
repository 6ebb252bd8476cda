//! Formats and parses ARNs of AppFlow resources.

use crate::caller::Caller;
use sha2::{Digest, Sha256};

/// Returns the ARN of an AppFlow resource, such as `flow` or `connectorprofile`.
pub(crate) fn of(caller: &Caller, kind: &str, name: &str) -> String {
    let Caller {
        account, region, ..
    } = caller;
    format!("arn:aws:appflow:{region}:{account}:{kind}/{name}")
}

/// Returns the ARN of the secret with the credentials of a profile. Secrets Manager appends six characters to the name. Here,
/// they are derived from the name, so that a repeated call gets the same ARN.
pub(crate) fn of_credentials(caller: &Caller, label: Option<&str>, profile: &str) -> String {
    let Caller {
        account, region, ..
    } = caller;
    let label = label.map(|label| format!("{label}-")).unwrap_or_default();
    let name = format!(
        "arn:aws:secretsmanager:{region}:{account}:secret:appflow!{account}-{label}{profile}"
    );
    let digest = Sha256::digest(name.as_bytes());
    let suffix: String = digest
        .iter()
        .take(3)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{name}-{suffix}")
}

/// Parses an ARN.
pub(crate) fn resource<'a>(caller: &Caller, arn: &'a str) -> Resource<'a> {
    let pieces: Vec<&str> = arn.splitn(6, ':').collect();
    let &["arn", "aws", "appflow", region, account, resource] = pieces.as_slice() else {
        return Resource::Malformed;
    };
    let Some((kind, name)) = resource
        .split_once('/')
        .filter(|(_, name)| !name.is_empty())
    else {
        return Resource::Malformed;
    };
    if region != caller.region || account != caller.account {
        return Resource::Elsewhere;
    }
    match kind {
        "flow" => Resource::Flow(name),
        "connector" => Resource::Connector(name),
        _ => Resource::Malformed,
    }
}

/// The resource of an ARN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resource<'a> {
    /// A flow.
    Flow(&'a str),
    /// A registered connector.
    Connector(&'a str),
    /// A resource of another account or region.
    Elsewhere,
    /// Not a resource that can have tags.
    Malformed,
}
