//! [`Server`]: the service that answers all subjects, as a process of its own.

use crate::process;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

pub(crate) struct Server {
    process: Child,
    address: String,
}

impl Server {
    pub(crate) fn start(workspace: &Workspace, arguments: &[&str]) -> Result<Self> {
        let tools = workspace.target("tools");
        let mut build = workspace.cargo_into(&tools);
        process::run(
            build
                .args(["build", "--quiet", "--package", "server"])
                .args(arguments),
        )?;
        let profile = if arguments.is_empty() {
            "debug"
        } else {
            "release"
        };
        let mut command = Command::new(tools.join(profile).join("server"));
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = process.stdout.take().context("the server's output")?;
        let mut address = String::new();
        BufReader::new(stdout).read_line(&mut address)?;
        Ok(Self {
            process,
            address: address.trim().to_owned(),
        })
    }

    /// Sets what a program that is measured finds in its environment: settings, and nothing of the user's.
    pub(crate) fn environment<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("AWS_ENDPOINT_URL", &self.address)
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_DEFAULT_REGION", "eu-west-1")
            .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            .env(
                "AWS_SECRET_ACCESS_KEY",
                "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            )
            .env("AWS_CONFIG_FILE", "/dev/null")
            .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("NO_PROXY", "127.0.0.1")
            .env_remove("AWS_CA_BUNDLE")
            .env_remove("AWS_PROFILE")
            .env_remove("AWS_SESSION_TOKEN")
            .env_remove("AWS_ENDPOINT_URL_APPFLOW")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends with its input; nothing can be done about a server that does not.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
