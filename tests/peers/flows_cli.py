"""`appflow` beside AWS's own tools: the AWS CLI takes what it exports, and what boto3 changes shows as exactly that.

Arguments: the programs appflow-local, appflow and aws, and the folder of definitions.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import boto3

LOCAL, APPFLOW, AWS, DEFINITIONS = sys.argv[1:5]
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
CLEAN |= {"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
          "AWS_PAGER": "", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1",
          "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


ACCOUNTS = []


class Account:
    """An appflow-local, a client of it, and the command against it."""

    def __init__(self):
        self.process = subprocess.Popen([LOCAL, "--port", "0", "--quiet"], stdout=subprocess.PIPE, text=True)
        ACCOUNTS.append(self)
        self.url = re.search(r"http://\S+:\d+", self.process.stdout.readline()).group(0)
        self.client = boto3.client("appflow", endpoint_url=self.url, region_name="us-east-1",
                                   aws_access_key_id="test", aws_secret_access_key="test")

    def run(self, program, *arguments, status=0):
        done = subprocess.run([program, *arguments], env=CLEAN | {"AWS_ENDPOINT_URL_APPFLOW": self.url}, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def plan(self, folder, status):
        return json.loads(self.run(APPFLOW, "--output", "json", "plan", str(folder), "--detailed-exitcode",
                                   "--skip-entities", status=status))


def profile_less(folder):
    """The definitions that need no connector profile."""
    for path in sorted(pathlib.Path(DEFINITIONS).glob("*.json")):
        definition = json.loads(path.read_text())
        ends = [definition["sourceFlowConfig"], *definition["destinationFlowConfigList"]]
        if not any("connectorProfileName" in end for end in ends):
            (folder / path.name).write_text(path.read_text())


def everything(folder):
    """All names and values of the exported files, to be compared across accounts."""
    return {path.name: path.read_text() for path in sorted(folder.glob("*.yaml"))}


def the_aws_cli_takes_what_is_exported(folder):
    first, second = Account(), Account()
    definitions = folder / "definitions"
    definitions.mkdir()
    profile_less(definitions)
    first.run(APPFLOW, "apply", str(definitions), "--yes")
    first.run(APPFLOW, "export", "--to", str(folder / "inputs"), "--as", "cli-input")
    inputs = sorted((folder / "inputs").glob("*.json"))
    assert len(inputs) == len(list(definitions.iterdir())) >= 5, inputs
    for path in inputs:
        second.run(AWS, "appflow", "create-flow", "--cli-input-json", f"file://{path}")
    for account, name in [(first, "one"), (second, "other")]:
        account.run(APPFLOW, "export", "--to", str(folder / name))
    assert everything(folder / "one") == everything(folder / "other")
    assert second.plan(definitions, 0)["empty"]
    print(f"the AWS CLI takes what is exported: {len(inputs)} flows")
    return first, definitions


def what_boto3_changes_shows_as_exactly_that(account, definitions):
    flow = account.client.describe_flow(flowName="masked-and-cut")
    members = ["flowName", "triggerConfig", "sourceFlowConfig", "destinationFlowConfigList", "tasks"]
    update = {name: flow[name] for name in members}
    for task in update["tasks"]:
        if task["taskType"] == "Truncate":
            task["taskProperties"]["TRUNCATE_LENGTH"] = "10"
    # The order of tasks is no change, and neither is what comes back beside what was asked for.
    update["tasks"].reverse()
    account.client.update_flow(**update)
    account.client.tag_resource(resourceArn=flow["flowArn"], tags={"by": "hand"})
    plan = account.plan(definitions, 2)
    changed = [entry for entry in plan["flows"] if entry["action"] != "leave"]
    assert [entry["name"] for entry in changed] == ["masked-and-cut"], changed
    changes = {change["path"]: (change["before"], change["after"]) for change in changed[0]["changes"]}
    assert changes == {
        "tasks[Truncate comment].taskProperties.TRUNCATE_LENGTH": ("10", "80"),
        "tags": ({"by": "hand"}, None),
    }, changes
    account.run(APPFLOW, "apply", str(definitions), "--yes")
    assert account.plan(definitions, 0)["empty"]
    print("what boto3 changes shows as exactly that")


try:
    with tempfile.TemporaryDirectory() as folder:
        account, definitions = the_aws_cli_takes_what_is_exported(pathlib.Path(folder))
        what_boto3_changes_shows_as_exactly_that(account, definitions)
finally:
    for account in ACCOUNTS:
        account.process.kill()
