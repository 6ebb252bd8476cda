"""Flows of appflow-local between buckets of moto's S3; the program to start is the argument."""

import concurrent.futures
import io
import json
import os
import pathlib
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import boto3
import botocore.config
import pyarrow.parquet

KEYS = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
ONCE = botocore.config.Config(retries={"total_max_attempts": 1})
ROWS = [
    {"id": number, "name": f"n{number} \u00e9\U0001f980, \"quoted\"\nline", "country": "DE" if number % 3 else "FR", "active": number % 2 == 0}
    for number in range(9_000)
]


def task(kind, fields, to=None, operator="NO_OP", **properties):
    made = {"taskType": kind, "sourceFields": fields, "connectorOperator": {"S3": operator}, "taskProperties": properties}
    return made | ({"destinationField": to} if to else {})


def flow(name, prefix, output, tasks, source="source", target="target", **changes):
    return {
        "flowName": name,
        "triggerConfig": {"triggerType": "OnDemand"},
        "sourceFlowConfig": {"connectorType": "S3", "sourceConnectorProperties": {
            "S3": {"bucketName": source, "bucketPrefix": prefix}}},
        "destinationFlowConfigList": [{"connectorType": "S3", "destinationConnectorProperties": {
            "S3": {"bucketName": target, "s3OutputFormatConfig": output}}}],
        "tasks": tasks,
    } | changes


class World:
    """moto's server and appflow-local, each a process of its own."""

    def __init__(self, program, folder):
        self.program, self.folder, self.local = program, folder, None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        server = pathlib.Path(sys.executable).with_name("moto_server")
        self.moto = subprocess.Popen([server, "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.url}/moto-api/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        self.s3 = boto3.client("s3", endpoint_url=self.url, **KEYS)
        for bucket in ["source", "target", "failed"]:
            self.s3.create_bucket(Bucket=bucket)
        self.start()

    def start(self):
        settings = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        settings |= {"HOME": str(self.folder), "TMPDIR": str(self.folder)}
        self.local = subprocess.Popen(
            [self.program, "--port", "0", "--run-duration", "0", "--s3-endpoint", self.url, "--sample-data", self.folder / "sample",
             "--data-dir", self.folder / "state", "--quiet"],
            stdout=subprocess.PIPE, text=True, env=settings)
        url = re.search(r"http://\S+:\d+", self.local.stdout.readline()).group(0)
        self.control_url = f"{url}/_appflow-local"
        self.appflow = boto3.client("appflow", endpoint_url=url, config=ONCE, **KEYS)

    def kill(self):
        self.local.kill()
        self.local.wait()

    def stop(self):
        self.kill()
        self.moto.kill()
        self.moto.wait()

    def control(self, path, body):
        request = urllib.request.Request(f"{self.control_url}/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
        urllib.request.urlopen(request).close()

    def put(self, key, text, bucket="source"):
        self.s3.put_object(Bucket=bucket, Key=key, Body=text)

    def read(self, key, bucket="target"):
        return self.s3.get_object(Bucket=bucket, Key=key)["Body"].read()

    def keys(self, prefix, bucket="target"):
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        return [found["Key"] for page in pages for found in page.get("Contents", [])]

    def wait(self, name):
        while True:
            record = self.appflow.describe_flow_execution_records(flowName=name)["flowExecutions"][0]
            if record["executionStatus"] not in ("InProgress", "CancelStarted"):
                return record
            time.sleep(0.02)

    def run(self, **definition):
        self.appflow.create_flow(**definition)
        self.appflow.start_flow(flowName=definition["flowName"])
        record = self.wait(definition["flowName"])
        assert record["executionStatus"] == "Successful", record
        return record["executionResult"]


def check_formats(world):
    text = "".join(json.dumps(row) + "\n" for row in ROWS)
    world.put("rows.jsonl", text)
    result = world.run(**flow("json", "rows", {"fileType": "JSON"}, [task("Map_all", [])]))
    [key] = world.keys("json/")
    assert [json.loads(line) for line in world.read(key).splitlines()] == ROWS
    assert (result["recordsProcessed"], result["bytesProcessed"]) == (len(ROWS), len(text)), result
    assert result["bytesWritten"] == len(world.read(key)), result

    world.run(**flow("csv", "json/", {"fileType": "CSV"}, [task("Map", ["id"], "number")], source="target"))
    [key] = world.keys("csv/")
    assert world.read(key).decode().split() == ["number", *(str(row["id"]) for row in ROWS)]

    typed = {"fileType": "PARQUET", "preserveSourceDataTyping": True}
    world.run(**flow("parquet", "rows", typed, [task("Map_all", [])]))
    [key] = world.keys("parquet/")
    assert pyarrow.parquet.read_table(io.BytesIO(world.read(key))).to_pylist() == ROWS


def check_filters_and_partitions(world):
    tasks = [
        task("Filter", ["id"], operator="LESS_THAN", DATA_TYPE="int", VALUE="100"),
        task("Map", ["id"], "id"),
        task("Partition", [], ORDERED_PARTITION_KEYS_LIST='["country"]'),
    ]
    world.run(**flow("parts", "rows", {"fileType": "CSV"}, tasks))
    for country in ["DE", "FR"]:
        [key] = world.keys(f"parts/country={country}/")
        expected = [str(row["id"]) for row in ROWS[:100] if row["country"] == country]
        assert world.read(key).decode().split() == ["id", *expected]


def check_failed_records(world):
    world.put("broken.jsonl", '{"Name": "a"}\n{"Name": \n{"Name": "c"}\n')
    world.appflow.create_connector_profile(
        connectorProfileName="crm", connectorType="Salesforce", connectionMode="Public",
        connectorProfileConfig={"connectorProfileProperties": {"Salesforce": {}},
                                "connectorProfileCredentials": {"Salesforce": {"accessToken": "x"}}})
    handling = {"bucketName": "failed", "bucketPrefix": "bad"}
    destination = {"connectorType": "Salesforce", "connectorProfileName": "crm", "destinationConnectorProperties": {
        "Salesforce": {"object": "Account", "errorHandlingConfig": handling}}}
    result = world.run(**flow("broken", "broken", {}, [task("Map", ["Name"], "Name")], destinationFlowConfigList=[destination]))
    assert (result["recordsProcessed"], result["errorInfo"]["putFailuresCount"]) == (3, 1), result
    [key] = world.keys("bad/broken/", "failed")
    assert json.loads(world.read(key, "failed"))["record"].startswith('{"Name":')


def check_many_objects(world):
    count = int(os.environ.get("S3_OBJECTS", "2500"))
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: world.put(f"many/{number:05}.csv", f"n\n{number}\n"), range(count)))
    world.run(**flow("many", "many/", {"fileType": "CSV"}, [task("Map", ["n"], "n")]))
    [key] = world.keys("many/")
    assert world.read(key).decode().split() == ["n", *(str(number) for number in range(count))]
    return f"{count} objects"


def check_incremental_pulls(world):
    def processed(at):
        world.control("clock", {"set": at})
        record = world.wait("pulls")
        assert record["executionStatus"] == "Successful", record
        return record["executionResult"]["recordsProcessed"]

    world.put("pulls/1.csv", "n\n1\n")
    now = int(time.time()) + 10
    trigger = {"triggerType": "Scheduled", "triggerProperties": {"Scheduled": {
        "scheduleExpression": "rate(1hours)", "dataPullMode": "Incremental"}}}
    world.control("clock", {"freeze": True})
    world.control("clock", {"set": now})
    world.appflow.create_flow(**flow("pulls", "pulls/", {"fileType": "CSV"}, [task("Map", ["n"], "n")], triggerConfig=trigger))
    world.appflow.start_flow(flowName="pulls")
    assert world.wait("pulls")["executionResult"]["recordsProcessed"] == 1
    # It is modified after the second of that run.
    while time.time() < now + 1:
        time.sleep(0.1)
    world.put("pulls/2.csv", "n\n2\n3\n")
    assert processed(now + 3600) == 2
    assert processed(now + 7200) == 0
    world.control("clock", {"reset": True})


def check_large_object(world):
    rows = "".join(f"{number},{'x' * 100}\n" for number in range(300_000))
    world.put("large.csv", "n,text\n" + rows)
    result = world.run(**flow("large", "large", {"fileType": "CSV"}, [task("Map_all", [])]))
    [key] = world.keys("large/")
    assert world.read(key).decode() == "n,text\n" + rows
    assert result["bytesWritten"] == len(rows) + 7
    assert "Uploads" not in world.s3.list_multipart_uploads(Bucket="target")


def check_missing_buckets(world):
    for name, definition in {
        "source": flow("absent", "rows", {}, [task("Map_all", [])], source="absent"),
        "target": flow("absent", "rows", {}, [task("Map_all", [])], target="absent"),
    }.items():
        try:
            world.appflow.create_flow(**definition)
            raise AssertionError(f"a {name} that does not exist was accepted")
        except world.appflow.exceptions.ConnectorServerException as error:
            assert "The bucket absent does not exist." in str(error), error


def check_kills(world):
    """Kills the program during uploads. Objects are whole, and no run is lost."""
    lines = world.read(world.keys("large/")[0]).count(b"\n")
    world.appflow.create_flow(**flow("killed", "large", {"fileType": "CSV"}, [task("Map_all", [])]))
    for _ in range(int(os.environ.get("APPFLOW_KILLS", "8"))):
        world.appflow.start_flow(flowName="killed")
        time.sleep(random.uniform(0, 4))
        world.kill()
        world.start()
    runs = world.appflow.describe_flow_execution_records(flowName="killed", maxResults=100)["flowExecutions"]
    found = world.keys("killed/")
    for key in found:
        assert world.read(key).count(b"\n") == lines, f"{key} is not whole"
    done = {f"killed/{run['executionId']}" for run in runs if run["executionStatus"] == "Successful"}
    assert done <= set(found), (done, found)
    assert {run["executionStatus"] for run in runs} <= {"Successful", "Error"}, runs
    return f"{len(runs)} kills, {len(found)} whole objects, {len(done)} runs successful"


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "sample").mkdir()
        world = World(pathlib.Path(sys.argv[1]).resolve(), folder)
        try:
            for check in [check_formats, check_filters_and_partitions, check_failed_records, check_incremental_pulls,
                          check_missing_buckets, check_large_object, check_kills, check_many_objects]:
                started = time.monotonic()
                told = check(world)
                print(f"{check.__name__}: {told or 'as expected'}, {time.monotonic() - started:.1f} s", flush=True)
        finally:
            world.stop()


if __name__ == "__main__":
    main()
