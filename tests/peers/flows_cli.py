"""`appflow` beside tools of others: the AWS CLI takes what it exports, what boto3 changes shows as exactly that, and a validator of
JSON Schema takes what it exports and nothing that is broken. A thousand flows, with the memory that they take.

Arguments: the programs appflow-local, appflow and aws, and the folder of definitions.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import boto3
import yaml
from jsonschema import Draft202012Validator

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


def validator(account, kind):
    schema = json.loads(account.run(APPFLOW, "schema", kind))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def exported(account, folder):
    """The definitions that are exported, in both formats, flows and profiles."""
    for form, read in [("yaml", yaml.safe_load), ("json", json.loads)]:
        account.run(APPFLOW, "export", "--to", str(folder / form), "--format", form)
        for path in sorted((folder / form).rglob(f"*.{form}")):
            yield path, read(path.read_text())


def what_is_exported_validates(folder):
    account = Account()
    profiles = pathlib.Path(DEFINITIONS).parent / "profiles"
    for path in profiles.glob("*.json"):
        if label := json.loads(path.read_text()).get("connectorLabel"):
            account.client.register_connector(
                connectorLabel=label, connectorProvisioningType="LAMBDA", connectorProvisioningConfig={
                    "lambda": {"lambdaArn": "arn:aws:lambda:us-east-1:000000000000:function:connector"}})
    definitions = folder / "mine"
    definitions.mkdir()
    profile_less(definitions)
    for place in [profiles, definitions]:
        account.run(APPFLOW, "apply", str(place), "--yes")
    of = {"flow": validator(account, "flow"), "profile": validator(account, "profile")}
    counts = {"flow": 0, "profile": 0}
    for path, definition in exported(account, folder / "validated"):
        kind = "profile" if path.parent.name == "profiles" else "flow"
        of[kind].validate(definition)
        counts[kind] += 1
    # The command's own check agrees.
    account.run(APPFLOW, "validate", str(folder / "validated"))
    assert counts["flow"] >= 20 and counts["profile"] >= 18, counts
    for path in pathlib.Path(DEFINITIONS).glob("*.json"):
        of["flow"].validate(json.loads(path.read_text()))
    print(f"what is exported validates: {counts['flow']} files of flows, {counts['profile']} of profiles")
    return of["flow"], of["profile"]


def what_is_broken_does_not_validate(flow, profile):
    definition = json.loads((pathlib.Path(DEFINITIONS) / "masked-into-crm.json").read_text())
    credentials = json.loads((pathlib.Path(DEFINITIONS).parent / "profiles" / "chat.json").read_text())
    flow.validate(definition)
    profile.validate(credentials)
    broken = [
        (flow, "an unknown member", lambda it: it.update(flowArn="arn")),
        (flow, "a misspelled member", lambda it: it["tasks"][0].update(sourceFeilds=[])),
        (flow, "a missing member", lambda it: it.pop("tasks")),
        (flow, "a missing member of a part", lambda it: it["tasks"][0].pop("taskType")),
        (flow, "a text for a list", lambda it: it["tasks"][0].update(sourceFields="passport")),
        (flow, "a text for a truth", lambda it: it.update(active="yes")),
        (flow, "an unknown value", lambda it: it["triggerConfig"].update(triggerType="OnDemnd")),
        (flow, "an unknown key", lambda it: it["tasks"][2]["taskProperties"].update(MASK_LENGHT="4")),
        (flow, "a name that breaks its pattern", lambda it: it.update(flowName="-")),
        (flow, "a name that is too long", lambda it: it.update(flowName="a" * 300)),
        (flow, "two blocks of one source", lambda it: it["sourceFlowConfig"]["sourceConnectorProperties"].update(
            Slack={"object": "conversations/C1"})),
        (profile, "an unknown member", lambda it: it.update(secret="x")),
        (profile, "a missing member", lambda it: it.pop("connectionMode")),
        (profile, "an unknown value", lambda it: it.update(connectionMode="Publik")),
    ]
    for schema, name, damage in broken:
        copy = json.loads(json.dumps(definition if schema is flow else credentials))
        damage(copy)
        assert not schema.is_valid(copy), name
    print(f"what is broken does not validate: {len(broken)} kinds")


def a_thousand_flows_take_little_memory(folder):
    account = Account()
    flow = json.loads((pathlib.Path(DEFINITIONS) / "plain-copy.json").read_text())

    def measured(*arguments):
        """Seconds, and the most megabytes that the command held. What `wait4` tells has this interpreter in it, which forked."""
        started, most = time.monotonic(), 0
        process = subprocess.Popen([APPFLOW, *arguments], env=CLEAN | {"AWS_ENDPOINT_URL_APPFLOW": account.url},
                                   stdout=subprocess.DEVNULL)
        while process.poll() is None:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            most = int((re.search(r"VmHWM:\s*(\d+) kB", status) or [0, most])[1])
            time.sleep(0.005)
        assert process.returncode == 0, arguments
        return time.monotonic() - started, most / 1000

    figures = {}
    for count in [10, 1000]:
        for number in range(count):
            name = f"copy-{number:04}"
            (folder / f"{name}.json").write_text(json.dumps(flow | {"flowName": name}))
        figures["apply", count] = measured("apply", str(folder), "--yes")
        figures["plan", count] = measured("plan", str(folder), "--detailed-exitcode")
        figures["export", count] = measured("export", "--to", str(folder.parent / f"out-{count}"))
    for (command, count), (seconds, megabytes) in figures.items():
        print(f"{command} of {count} flows: {seconds:.1f} s, {megabytes:.0f} MB at most")
    for command in ["apply", "plan", "export"]:
        more = figures[command, 1000][1] - figures[command, 10][1]
        assert figures[command, 1000][1] > 5 and more < 60, f"{command}: {more:.0f} MB for 990 flows"


try:
    with tempfile.TemporaryDirectory() as folder:
        account, definitions = the_aws_cli_takes_what_is_exported(pathlib.Path(folder))
        what_boto3_changes_shows_as_exactly_that(account, definitions)
    with tempfile.TemporaryDirectory() as folder:
        what_is_broken_does_not_validate(*what_is_exported_validates(pathlib.Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "flows").mkdir()
        a_thousand_flows_take_little_memory(pathlib.Path(folder) / "flows")
finally:
    for account in ACCOUNTS:
        account.process.kill()
