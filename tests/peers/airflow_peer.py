"""Airflow's operators of AppFlow, in DAGs that run against appflow-local; the program to start is the argument."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ACCOUNTS = [
    {"Id": f"{day:02}", "Name": f"n{day}", "LastModifiedDate": f"2026-01-{day:02}T12:00:00Z"}
    for day in range(1, 11)
]


def settle(home, url):
    """Sets Airflow up in a folder, with a connection to appflow-local. Its modules read this when they are imported."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "AIRFLOW_"))]:
        del os.environ[name]
    os.environ |= {
        "HOME": str(home),
        "AIRFLOW_HOME": str(home / "airflow"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(home / "dags"),
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "ERROR",
        "AIRFLOW_CONN_AWS_DEFAULT": json.dumps({
            "conn_type": "aws", "login": "test", "password": "test",
            "extra": {"region_name": "us-east-1", "endpoint_url": url},
        }),
    }
    (home / "dags").mkdir()
    shutil.copy(pathlib.Path(__file__).with_name("airflow_dags.py"), home / "dags")
    subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def define(appflow, name, source, tasks):
    appflow.create_flow(
        flowName=name,
        description="Accounts",
        triggerConfig={"triggerType": "OnDemand"},
        sourceFlowConfig=source,
        destinationFlowConfigList=[{"connectorType": "S3", "destinationConnectorProperties": {"S3": {"bucketName": "lake"}}}],
        tasks=tasks,
    )


def define_flows(appflow):
    appflow.create_connector_profile(
        connectorProfileName="crm", connectorType="Salesforce", connectionMode="Public",
        connectorProfileConfig={"connectorProfileProperties": {"Salesforce": {}},
                                "connectorProfileCredentials": {"Salesforce": {"accessToken": "x"}}})
    fields = list(ACCOUNTS[0])
    salesforce = {"connectorType": "Salesforce", "connectorProfileName": "crm",
                  "sourceConnectorProperties": {"Salesforce": {"object": "Account"}}}
    maps = [{"taskType": "Map", "sourceFields": [field], "destinationField": field,
             "connectorOperator": {"Salesforce": "NO_OP"}} for field in fields]
    projection = {"taskType": "Filter", "sourceFields": fields, "connectorOperator": {"Salesforce": "PROJECTION"}}
    define(appflow, "accounts", salesforce, [projection, *maps])
    s3 = {"connectorType": "S3", "sourceConnectorProperties": {"S3": {"bucketName": "exports", "bucketPrefix": "accounts"}}}
    define(appflow, "copy", s3, [{"taskType": "Map_all", "sourceFields": [], "connectorOperator": {"S3": "NO_OP"}}])


def written(folder, flow, execution):
    """Returns the ids of the records that a run wrote."""
    file = folder / "buckets" / "lake" / flow / execution
    return [json.loads(line)["Id"] for line in file.read_text().splitlines()] if file.exists() else []


def run_dags(folder, appflow):
    import airflow_dags as dags

    ids = [account["Id"] for account in ACCOUNTS]
    cases = [
        (dags.as_is, "copy", ids),
        (dags.full, "accounts", ids),
        (dags.before, "accounts", ids[:4]),
        (dags.after, "accounts", ids[4:]),
        (dags.daily, "accounts", ids[4:5]),
        (dags.no_day, "accounts", []),
        (dags.full_again, "accounts", ids),
    ]
    for dag, flow, expected in cases:
        states = {instance.task_id: str(instance.state) for instance in dag.test().get_task_instances()}
        after = "success" if expected else "skipped"
        assert states == {"run": "success", "is_any": "success", "after": after}, (dag.dag_id, states)
        record = appflow.describe_flow_execution_records(flowName=flow)["flowExecutions"][0]
        assert record["executionStatus"] == "Successful", record
        found = written(folder, flow, record["executionId"])
        assert found == expected, (dag.dag_id, found)
        operator = type(dag.get_task("run")).__name__
        print(f"{dag.dag_id}: {operator}, {len(found)} records, the task after it: {after}", flush=True)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        lines = "".join(json.dumps(account) + "\n" for account in ACCOUNTS)
        for file in ["buckets/exports/accounts.jsonl", "sample/Salesforce/Account.jsonl"]:
            (folder / file).parent.mkdir(parents=True)
            (folder / file).write_text(lines)
        process = subprocess.Popen(
            [sys.argv[1], "--port", "0", "--run-duration", "0", "--quiet", "--buckets", folder / "buckets",
             "--sample-data", folder / "sample"], stdout=subprocess.PIPE, text=True)
        try:
            url = re.search(r"http://\S+:\d+", process.stdout.readline()).group(0)
            settle(folder, url)
            import boto3

            appflow = boto3.client("appflow", endpoint_url=url, region_name="us-east-1", aws_access_key_id="test",
                                   aws_secret_access_key="test")
            define_flows(appflow)
            run_dags(folder, appflow)
        finally:
            process.kill()
            process.wait()


if __name__ == "__main__":
    main()
