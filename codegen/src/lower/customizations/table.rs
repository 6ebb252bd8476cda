//! The table of what services require beyond their models. The facts are those of botocore's handlers and of the AWS SDK
//! for Rust; `docs/services.md` lists all of them, with the reason of those that are not here.

use super::{Entry, What};

/// The table, by the `sdkId` of the service.
pub(super) const TABLE: &[Entry] = &[
    // Without the header, API Gateway responds with HAL instead of the documents of the model.
    entry(
        "API Gateway",
        &[],
        What::Header("accept", "application/json"),
    ),
    // Copies between regions have a presigned request of the same operation in the other region. The extras of botocore add
    // that region, from which its handler makes the request: services do not know the member.
    entry(
        "DocDB",
        &["CopyDBClusterSnapshot", "CreateDBCluster"],
        What::Presigned,
    ),
    entry(
        "DocDB",
        &["CopyDBClusterSnapshot", "CreateDBCluster"],
        What::NotSent("SourceRegion"),
    ),
    entry("EC2", &["CopySnapshot"], What::Presigned),
    entry(
        "Neptune",
        &["CopyDBClusterSnapshot", "CreateDBCluster"],
        What::Presigned,
    ),
    entry(
        "Neptune",
        &["CopyDBClusterSnapshot", "CreateDBCluster"],
        What::NotSent("SourceRegion"),
    ),
    entry("Polly", &["SynthesizeSpeech"], What::PresignedQuery),
    entry("RDS", RDS_COPIES, What::Presigned),
    entry("RDS", RDS_COPIES, What::NotSent("SourceRegion")),
    entry("CloudSearch Domain", &["Search"], What::PostedQuery),
    entry("Glacier", &[], What::VersionHeader("x-amz-glacier-version")),
    // `-` is the account of the credentials.
    entry("Glacier", &[], What::Default("accountId", "-")),
    entry(
        "Glacier",
        &["UploadArchive", "UploadMultipartPart"],
        What::TreeHash,
    ),
    entry(
        "Machine Learning",
        &["Predict"],
        What::EndpointUrl("PredictEndpoint"),
    ),
    // Outputs contain ids such as `/hostedzone/Z1`, and paths of inputs require `Z1`.
    entry(
        "Route 53",
        &[],
        What::LastSegment(&["ResourceId", "DelegationSetId", "ChangeId"]),
    ),
    // The region of a bucket can be requested in any region, but not under the host of the bucket.
    entry(
        "S3",
        &["GetBucketLocation"],
        What::EndpointParameter("ForcePathStyle"),
    ),
    // Public buckets have callers without credentials.
    entry("S3", &[], What::OptionalAuth),
    entry("S3", &[], What::Presigned),
    entry("S3", &[], What::UrlText("CopySource")),
    entry("S3", &[], What::UrlText("RenameSource")),
    entry(
        "S3",
        &[],
        What::EncryptionKey("SSECustomerKey", "SSECustomerKeyMD5"),
    ),
    entry(
        "S3",
        &[],
        What::EncryptionKey("CopySourceSSECustomerKey", "CopySourceSSECustomerKeyMD5"),
    ),
    // Objects may have been stored with any text as this header.
    entry("S3", &[], What::TextOfHeader("Expires", "ExpiresString")),
    // Tokens of Amazon EKS are presigned requests.
    entry("STS", &["GetCallerIdentity"], What::Presigned),
    entry(
        "Timestream Query",
        &[],
        What::VersionHeader("x-amz-api-version"),
    ),
    entry(
        "Timestream Write",
        &[],
        What::VersionHeader("x-amz-api-version"),
    ),
];

const RDS_COPIES: &[&str] = &[
    "CopyDBClusterSnapshot",
    "CopyDBSnapshot",
    "CreateDBCluster",
    "CreateDBInstanceReadReplica",
    "StartDBInstanceAutomatedBackupsReplication",
];

const fn entry(service: &'static str, operations: &'static [&'static str], what: What) -> Entry {
    Entry {
        service,
        operations,
        what,
    }
}
