"""boto3, measured: the arguments of the other programs in, lines of `name value` out.

Calls in flight at once are threads here, as boto3 knows nothing else.
"""

import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

TASKS = [
    {
        "sourceFields": [f"Field{number:03}"],
        "connectorOperator": {"Salesforce": "NO_OP"},
        "destinationField": f"field_{number:03}",
        "taskType": "Map",
    }
    for number in range(100)
]


def construct():
    return boto3.client("appflow", config=Config(max_pool_connections=64))


def call(client, name, size):
    if name == "list-flows":
        assert len(client.list_flows(nextToken=str(size))["flows"]) == size
    elif name == "create-flow":
        client.create_flow(
            flowName="accounts-to-s3",
            triggerConfig={"triggerType": "OnDemand"},
            sourceFlowConfig={
                "connectorType": "Salesforce",
                "connectorProfileName": "bench",
                "sourceConnectorProperties": {"Salesforce": {"object": "Account"}},
            },
            destinationFlowConfigList=[
                {
                    "connectorType": "S3",
                    "destinationConnectorProperties": {"S3": {"bucketName": "bench-bucket"}},
                }
            ],
            tasks=TASKS,
        )["flowArn"]
    else:
        described = client.describe_connector_entity(
            connectorEntityName=str(size), connectorType="Salesforce"
        )
        assert len(described["connectorEntityFields"]) == size


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def rounds(client, name, size, count, in_flight):
    if in_flight == 1:
        for _ in range(count):
            call(client, name, size)
    else:
        with ThreadPoolExecutor(in_flight) as pool:
            list(pool.map(lambda _: call(client, name, size), range(count)))


def calls(name, size, count, in_flight):
    client = construct()
    rounds(client, name, size, max(count // 10, in_flight), in_flight)
    used, started = cpu(), time.perf_counter()
    rounds(client, name, size, count, in_flight)
    print("wall", (time.perf_counter() - started) * 1e6 / count)
    print("cpu", (cpu() - used) * 1e6 / count)


def construction(count):
    started = time.perf_counter()
    for _ in range(count):
        construct()
    print("construct", (time.perf_counter() - started) * 1e6 / count)
    started = time.perf_counter()
    for _ in range(count):
        call(construct(), "list-flows", 0)
    print("first", (time.perf_counter() - started) * 1e6 / count)


if sys.argv[1] == "calls":
    calls(sys.argv[2], *map(int, sys.argv[3:6]))
else:
    construction(int(sys.argv[2]))
