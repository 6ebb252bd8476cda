//! Flows as code: from the console's flow to a repository in five minutes, with the command `appflow`.
//!
//! Install it: `cargo install appflow-cli`. Region and credentials are found as AWS's own tools find them. Without an
//! account, `--local` after `appflow` uses an AppFlow inside of the command, which keeps its state in `.appflow-local`.
//!
//! # Take what is there
//!
//! Whatever made your flows, the console, Terraform, CloudFormation or a script, they are exported as they are:
//!
//! ```sh
//! appflow export --to flows
//! ```
//!
//! Each flow is a file of its own, in YAML unless `--format json` is given. It holds what a flow *is*: no dates, no run
//! results, no defaults. The same flow gives the same bytes each time, so that `git diff` shows what has changed. Names that
//! are given after `export` limit it to those flows.
//!
//! Now nothing is to be done, and the plan says so:
//!
//! ```sh
//! appflow plan flows
//! ```
//!
//! # Change it
//!
//! Edit a file, and look at what it means before you apply it:
//!
//! ```sh
//! sed --in-place 's/rate(1days)/rate(6hours)/' flows/orders-to-lake.yaml
//! appflow validate flows
//! appflow plan flows
//! appflow apply flows --yes
//! appflow plan flows --detailed-exitcode
//! ```
//!
//! `validate` makes no call. It knows the model, patterns of names, and the rules of tasks, and tells file, line and column:
//!
//! ```text
//! flows/orders-to-lake.yaml:19:5: error: tasks[0]: unknown member `taskTipe`, did you mean `taskType`?
//! ```
//!
//! Warnings are about what AppFlow would take and that would do nothing, such as a mapped field that the projection does not
//! list. Editors check and complete files by the schema that `appflow schema` writes.
//!
//! `plan` compares by meaning. Order of tasks, absent members and defaults, and what the service fills in are no difference;
//! [the module `flows`](crate::flows#what-is-no-difference) lists the rules. Before it begins, `apply` looks for profiles that
//! are missing, quotas, and objects that a connector does not know. It may be stopped at any point: run it again, and it goes
//! on.
//!
//! What AppFlow cannot change in place, such as a bucket or an object, is an error unless `--replace` allows it to delete the
//! flow and create it anew. Flows that no file defines are left alone unless `--prune` is given.
//!
//! # Activate schedules
//!
//! A flow with a schedule or an event trigger runs only if it is active. `active: true` in its file activates it; without,
//! it is deactivated. On-demand flows need nothing:
//!
//! ```sh
//! appflow run orders-on-demand --wait
//! appflow runs orders-on-demand
//! ```
//!
//! # Connector profiles
//!
//! Profiles are exported into `flows/profiles`. AppFlow tells nobody their secrets, so that placeholders stand in their place:
//!
//! ```yaml
//! connectorProfileCredentials:
//!   Salesforce:
//!     accessToken: ${env:CRM_TOKEN}
//!     refreshToken: ${file:/run/secrets/crm-refresh}
//!     jwtToken: ${env:CRM_JWT?}
//! ```
//!
//! They are filled when a profile is created or updated: from the environment, from lines `NAME=VALUE` of a file that
//! `--secrets` names, or from a file of their own. With a `?`, the member is left out where there is no secret. A secret is never printed. AppFlow
//! does not tell whether credentials are the same, so that a change of nothing but a secret is none: change it in the console,
//! or by [`update_connector_profile`](crate::Client::update_connector_profile).
//!
//! # To another account
//!
//! Export here, apply there. What is called otherwise there stands in a small file:
//!
//! ```yaml
//! buckets:
//!   acme-data-lake: acme-production-lake
//! profiles:
//!   crm: crm-production
//! keys:
//!   arn:aws:kms:us-east-1:111122223333:key/1: arn:aws:kms:us-east-1:444455556666:key/2
//! ```
//!
//! `appflow apply flows --map production.yaml` takes it. A key that is mapped to an empty text is left to AppFlow.
//!
//! # In a pipeline
//!
//! Exit statuses are 0 when it is done or there is nothing to do, 1 when it failed, and with `--detailed-exitcode` 2 when there
//! are changes. `--output json` writes results for programs. A workflow of GitHub Actions that says on a pull request what
//! would change, and applies what is merged:
//!
//! ```yaml
//! on:
//!   pull_request:
//!   push: { branches: [main] }
//! permissions: { id-token: write, contents: read }
//! jobs:
//!   flows:
//!     runs-on: ubuntu-latest
//!     env: { AWS_REGION: us-east-1, CRM_TOKEN: "${{ secrets.CRM_TOKEN }}" }
//!     steps:
//!       - uses: actions/checkout@v4
//!       - uses: aws-actions/configure-aws-credentials@v4
//!         with: { role-to-assume: "${{ vars.APPFLOW_ROLE }}", aws-region: us-east-1 }
//!       - run: cargo install appflow-cli
//!       - run: appflow validate flows
//!       - run: appflow plan flows
//!       - if: github.ref == 'refs/heads/main'
//!         run: appflow apply flows --yes
//! ```
//!
//! # Coming from Terraform or CloudFormation
//!
//! What they made is in the account, so `appflow export` writes it. Then take it out of their state: `terraform state rm
//! aws_appflow_flow.NAME`, or a `DeletionPolicy` of `Retain` before the resource leaves the template. Tags of CloudFormation are
//! left out, since nobody else can set them. Whoever stays with the AWS CLI gets its inputs by `--as cli-input`:
//!
//! ```sh
//! appflow export --to inputs --as cli-input
//! ```
//!
//! # From a program
//!
//! All of it is in [the module `flows`](crate::flows): definitions, `diff`, `plan` and `apply`.
