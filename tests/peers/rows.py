"""Files that flows of appflow-local write, read by pandas and pyarrow; the program to start is the argument."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import boto3
import pandas
import pyarrow.dataset
import pyarrow.parquet

ROWS = [
    {"id": number, "name": f"n{number} \u00e9\U0001f980, \"quoted\"\nline", "amount": number / 4, "country": "DE" if number % 3 else "FR",
     "active": number % 2 == 0, "note": None if number % 5 else f"note {number}", "at": f"2026-01-{number % 28 + 1:02}T10:00:00Z"}
    for number in range(12_000)
]


def task(kind, fields, to=None, operator="NO_OP", **properties):
    made = {"taskType": kind, "sourceFields": fields, "connectorOperator": {"S3": operator}, "taskProperties": properties}
    return made | ({"destinationField": to} if to else {})


def run(appflow, name, output, tasks):
    appflow.create_flow(
        flowName=name,
        triggerConfig={"triggerType": "OnDemand"},
        sourceFlowConfig={"connectorType": "S3", "sourceConnectorProperties": {
            "S3": {"bucketName": "source", "bucketPrefix": "rows", "s3InputFormatConfig": {"s3InputFileType": "JSON"}}}},
        destinationFlowConfigList=[{"connectorType": "S3", "destinationConnectorProperties": {
            "S3": {"bucketName": "target", "s3OutputFormatConfig": output}}}],
        tasks=tasks,
    )
    appflow.start_flow(flowName=name)
    while True:
        record = appflow.describe_flow_execution_records(flowName=name)["flowExecutions"][0]
        if record["executionStatus"] != "InProgress":
            assert record["executionStatus"] == "Successful", record
            assert record["executionResult"]["recordsProcessed"] == len(ROWS), record
            return
        time.sleep(0.05)


def files(folder, name):
    return sorted(path for path in (folder / "target" / name).rglob("*") if path.is_file())


def check_csv(folder, appflow):
    run(appflow, "as-csv", {"fileType": "CSV"}, [task("Map_all", [])])
    [file] = files(folder, "as-csv")
    found = pandas.read_csv(file, keep_default_na=False)
    assert list(found["name"]) == [row["name"] for row in ROWS]
    assert list(found["amount"]) == [row["amount"] for row in ROWS]
    assert list(found["note"]) == [row["note"] or "" for row in ROWS]


def check_json(folder, appflow):
    run(appflow, "as-json", {"fileType": "JSON"}, [task("Map_all", [])])
    [file] = files(folder, "as-json")
    assert [json.loads(line) for line in file.read_text().splitlines()] == ROWS
    found = pandas.read_json(file, lines=True, convert_dates=False)
    assert list(found["id"]) == [row["id"] for row in ROWS]


def check_parquet(folder, appflow):
    run(appflow, "as-text", {"fileType": "PARQUET"}, [task("Map_all", [])])
    [file] = files(folder, "as-text")
    table = pyarrow.parquet.read_table(file)
    assert {str(field.type) for field in table.schema} == {"string"}, table.schema
    assert table["amount"].to_pylist()[:2] == ["0.0", "0.25"]
    typed = [task("Map", ["at"], "when", SOURCE_DATA_TYPE="datetime"), task("Map_all", [])]
    run(appflow, "as-types", {"fileType": "PARQUET", "preserveSourceDataTyping": True}, typed)
    [file] = files(folder, "as-types")
    table = pyarrow.parquet.read_table(file)
    types = {field.name: str(field.type) for field in table.schema}
    assert types == {"id": "int64", "name": "string", "amount": "double", "country": "string", "active": "bool",
                     "note": "string", "at": "string", "when": "timestamp[ms, tz=UTC]"}, types
    rows = table.to_pylist()
    for found, row in zip(rows, ROWS, strict=True):
        assert {name: found[name] for name in row} == row, (found, row)
        assert found["when"].strftime("%Y-%m-%dT%H:%M:%SZ") == row["at"]
    assert len(pandas.read_parquet(file)) == len(ROWS)


def check_partitions(folder, appflow):
    tasks = [task("Map", ["id"], "id"), task("Partition", [], ORDERED_PARTITION_KEYS_LIST='["country"]')]
    run(appflow, "in-folders", {"fileType": "PARQUET", "preserveSourceDataTyping": True}, tasks)
    found = pyarrow.dataset.dataset(folder / "target" / "in-folders", partitioning="hive").to_table().to_pylist()
    expected = sorted((row["id"], row["country"]) for row in ROWS)
    assert sorted((row["id"], row["country"]) for row in found) == expected


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "source").mkdir()
        (folder / "source" / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
        process = subprocess.Popen([sys.argv[1], "--port", "0", "--run-duration", "0", "--buckets", name],
                                   stdout=subprocess.PIPE, text=True)
        try:
            url = re.search(r"http://\S+:\d+", process.stdout.readline()).group(0)
            appflow = boto3.client("appflow", endpoint_url=url, region_name="us-east-1", aws_access_key_id="test",
                                   aws_secret_access_key="test")
            for check in [check_csv, check_json, check_parquet, check_partitions]:
                check(folder, appflow)
                print(f"{check.__name__}: {len(ROWS)} rows")
        finally:
            process.kill()
            process.wait()


if __name__ == "__main__":
    main()
