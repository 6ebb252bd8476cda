//! [`Server`]: the process that responds to all subjects.

use crate::extent::Profile;
use crate::process;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// The environment variables of every program.
const SETTINGS: [(&str, &str); 7] = [
    ("AWS_REGION", "eu-west-1"),
    ("AWS_DEFAULT_REGION", "eu-west-1"),
    ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
    (
        "AWS_SECRET_ACCESS_KEY",
        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    ),
    ("AWS_CONFIG_FILE", "/dev/null"),
    ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
    ("AWS_EC2_METADATA_DISABLED", "true"),
];

pub(crate) struct Server {
    process: Child,
    address: String,
}

impl Server {
    /// Builds and starts the server.
    pub(crate) fn start(workspace: &Workspace, profile: Profile) -> Result<Self> {
        let tools = workspace.target("tools");
        let mut build = workspace.cargo_into(&tools);
        build
            .args(["build", "--quiet", "--locked", "--package", "server"])
            .args(profile.arguments());
        process::run(&mut build)?;
        let mut command = Command::new(tools.join(profile.folder()).join("server"));
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = process.stdout.take().context("no output of the server")?;
        let mut address = String::new();
        BufReader::new(stdout).read_line(&mut address)?;
        Ok(Self {
            process,
            address: address.trim().to_owned(),
        })
    }

    /// Sets the environment of a measured program, without the user's variables.
    pub(crate) fn environment<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(|name| name.starts_with("AWS_")) {
                command.env_remove(name);
            }
        }
        command
            .env("AWS_ENDPOINT_URL", &self.address)
            .env("NO_PROXY", "127.0.0.1")
            .envs(SETTINGS)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends with its input; nothing can be done about a server that does not.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
