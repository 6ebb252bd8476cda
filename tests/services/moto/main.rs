//! Programs that call a moto server with generated clients of other services, one service a file. `tests/peers/moto.sh` runs
//! them.
#![allow(missing_docs, reason = "these are tests")]

mod autoscaling;
mod cloudformation;
mod dynamodb;
mod ec2;
mod iam;
mod kms;
mod lambda;
mod rds;
mod route53;
mod s3;
mod ses;
mod sns;
mod sqs;
mod sts;

use std::time::Duration;

/// Text in several scripts, with characters that XML, JSON and forms escape.
const TEXT: &str = "Grüße & <世界> \"✓\" + 100% 🦀";

/// The same in the letters that the services allow in names.
const WORDS: &str = "Grüße 世界 ✓";

/// The time that waiters wait at most. moto reaches each state at once.
const SOON: Duration = Duration::from_secs(5);

type Result = std::result::Result<(), Box<dyn std::error::Error>>;
