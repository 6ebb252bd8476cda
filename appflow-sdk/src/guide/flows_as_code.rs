//! Flows as code: manage flows in a repository with the command `appflow`.
//!
//! Install it with `cargo install appflow-cli`. It finds region and credentials as the AWS CLI does. Without an
//! account, run `appflow --local`, which uses a built-in AppFlow with its state in `.appflow-local`.
//!
//! # Export flows
//!
//! Export your flows, whether you made them with the console, Terraform, CloudFormation or a script:
//!
//! ```sh
//! appflow export --to flows
//! ```
//!
//! Each flow gets its own file, in YAML unless you pass `--format json`. The file contains the definition of the flow,
//! without dates, run results and defaults. The same flow always gives the same bytes, so that `git diff` shows real
//! changes. To export only some flows, pass their names after `export`.
//!
//! The plan now shows no changes:
//!
//! ```sh
//! appflow plan flows
//! ```
//!
//! # Change a flow
//!
//! Edit a file, and review the plan before you apply it:
//!
//! ```sh
//! sed --in-place 's/rate(1days)/rate(6hours)/' flows/orders-to-lake.yaml
//! appflow validate flows
//! appflow plan flows
//! appflow apply flows --yes
//! appflow plan flows --detailed-exitcode
//! ```
//!
//! `validate` makes no call. It checks the model, patterns of names and the rules of tasks, and reports file, line and
//! column:
//!
//! ```text
//! flows/orders-to-lake.yaml:19:5: error: tasks[0]: unknown member `taskTipe`, did you mean `taskType`?
//! ```
//!
//! It warns about definitions that AppFlow accepts without effect, such as a Map of a field that is not projected.
//! Editors check and complete files with the schema that `appflow schema` writes.
//!
//! `plan` compares by meaning: it ignores the order of tasks, defaults, absent members and values that the service
//! sets. [The module `flows`](crate::flows#differences-that-are-ignored) lists the rules. Before it changes anything,
//! `apply` checks for missing profiles, quotas, and objects that a connector does not have. You can interrupt it at any
//! point; run it again to continue.
//!
//! Changes that AppFlow does not support in place, such as another bucket or object, are an error unless you pass
//! `--replace`, which deletes the flow and creates it again. Flows without a file are not changed unless you pass
//! `--prune`, which deletes them. A folder without any flow is an error then, since it would delete all.
//!
//! # Activate schedules
//!
//! A flow with a schedule or an event trigger runs only if it is active. Set `active: true` in its file to activate it;
//! otherwise, it is deactivated. Run an on-demand flow with a command:
//!
//! ```sh
//! appflow run orders-on-demand --wait
//! appflow runs orders-on-demand
//! ```
//!
//! # Connector profiles
//!
//! Profiles are exported to `flows/profiles`. AppFlow does not return their secrets, so the files have placeholders:
//!
//! ```yaml
//! connectorProfileCredentials:
//!   Salesforce:
//!     accessToken: ${env:CRM_TOKEN}
//!     refreshToken: ${file:/run/secrets/crm-refresh}
//!     jwtToken: ${env:CRM_JWT?}
//! ```
//!
//! They are replaced when a profile is created or updated: from the environment, from lines `NAME=VALUE` of the file of
//! `--secrets`, or from a file of their own. With a `?`, the member is omitted if there is no secret. Secrets are never
//! printed. AppFlow does not show whether credentials differ, so a change of only a secret is not detected: change it
//! in the console, or with [`update_connector_profile`](crate::Client::update_connector_profile). The
//! `tokenUrlCustomProperties` of custom connectors are secrets as well.
//!
//! # Apply to another account
//!
//! Export from one account and apply to another. Map the names that differ in a file:
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
//! Pass it with `appflow apply flows --map production.yaml`. A key that is mapped to an empty text is chosen by
//! AppFlow.
//!
//! # In a pipeline
//!
//! The exit code is 0 on success, with or without changes, and 1 on failure; with `--detailed-exitcode`, it is 2 if
//! there are changes. `--output json` writes results for programs. This GitHub Actions workflow shows the plan on a
//! pull request, and applies it after the merge:
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
//! # Migrate from Terraform or CloudFormation
//!
//! Run `appflow export` to write the flows that they created. Then remove them from their state: with `terraform state
//! rm aws_appflow_flow.NAME`, or with a `DeletionPolicy` of `Retain` before you remove the resource from the template.
//! Tags of CloudFormation are not exported, since only CloudFormation can set them. To stay with the AWS CLI, export
//! its inputs:
//!
//! ```sh
//! appflow export --to inputs --as cli-input
//! ```
//!
//! # From a program
//!
//! Use [the module `flows`](crate::flows): definitions, `diff`, `plan` and `apply`.
