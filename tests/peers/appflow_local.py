"""Drives all 25 operations of appflow-local with boto3; the program to start is the argument."""

import json
import re
import subprocess
import sys
import time
import unittest
import urllib.request

import boto3
import botocore
from botocore.config import Config
from botocore.exceptions import ClientError

SECRET = "planted-secret-value"


def start(*options):
    """Starts the program on a free port; gives the process and its URL."""
    process = subprocess.Popen(
        [sys.argv[-1], "--port", "0", "--run-duration", "400", "--cancel-duration", "200", *options],
        stdout=subprocess.PIPE,
        text=True,
    )
    line = process.stdout.readline()
    return process, re.search(r"http://\S+:\d+", line).group(0)


def client(url, **changes):
    settings = {
        "endpoint_url": url,
        "region_name": "us-east-1",
        "aws_access_key_id": "test",
        "aws_secret_access_key": "test",
        "config": Config(retries={"total_max_attempts": 1, "mode": "standard"}),
    }
    return boto3.client("appflow", **(settings | changes))


def control(url, path, body):
    request = urllib.request.Request(
        f"{url}/_appflow-local/{path}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


S3_SOURCE = {
    "connectorType": "S3",
    "sourceConnectorProperties": {"S3": {"bucketName": "source", "bucketPrefix": "in"}},
}
MAP = {
    "taskType": "Map",
    "sourceFields": ["name"],
    "destinationField": "Name",
    "connectorOperator": {"S3": "NO_OP"},
}
PROJECTION = {
    "taskType": "Filter",
    "sourceFields": ["Id"],
    "connectorOperator": {"Salesforce": "PROJECTION"},
    "taskProperties": {},
}


def s3_destination(bucket="target", prefix="out", file_type="JSON"):
    properties = {"bucketName": bucket, "bucketPrefix": prefix, "s3OutputFormatConfig": {"fileType": file_type}}
    return [{"connectorType": "S3", "destinationConnectorProperties": {"S3": properties}}]


def flow(name, **changes):
    plan = {
        "flowName": name,
        "triggerConfig": {"triggerType": "OnDemand"},
        "sourceFlowConfig": S3_SOURCE,
        "destinationFlowConfigList": s3_destination(),
        "tasks": [MAP],
    }
    return plan | changes


def every(expression, **properties):
    scheduled = {"scheduleExpression": expression, "dataPullMode": "Incremental"} | properties
    return {"triggerType": "Scheduled", "triggerProperties": {"Scheduled": scheduled}}


def salesforce_config(url="https://example.my.salesforce.com"):
    return {
        "connectorProfileProperties": {"Salesforce": {"instanceUrl": url}},
        "connectorProfileCredentials": {"Salesforce": {"accessToken": SECRET, "refreshToken": SECRET}},
    }


class AllOperations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.process, cls.url = start()
        cls.appflow = client(cls.url)
        cls.called = set()
        cls.appflow.meta.events.register("before-call.appflow.*", lambda model, **_: cls.called.add(model.name))

    @classmethod
    def tearDownClass(cls):
        cls.process.terminate()
        code = cls.process.wait(timeout=10)
        output = cls.process.stdout.read()
        cls.process.stdout.close()
        assert code == 0, f"SIGTERM ended it with {code}"
        assert SECRET not in output, "a secret was logged"

    def setUp(self):
        control(self.url, "reset", {})

    def refused(self, code, status, call, **arguments):
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        response = caught.exception.response
        self.assertEqual(response["Error"]["Code"], code)
        self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], status)
        self.assertTrue(response["ResponseMetadata"]["RequestId"])
        return response["Error"]["Message"]

    def wait(self, name, status):
        for _ in range(100):
            newest = self.appflow.describe_flow_execution_records(flowName=name)["flowExecutions"][0]
            if newest["executionStatus"] == status:
                return newest
            time.sleep(0.05)
        self.fail(f"the run of {name} is {newest['executionStatus']}, not {status}")

    def test_on_demand_flow(self):
        created = self.appflow.create_flow(**flow("accounts", tags={"team": "sales"}))
        self.assertEqual(created["flowArn"], "arn:aws:appflow:us-east-1:000000000000:flow/accounts")
        self.assertEqual(created["flowStatus"], "Active")
        message = self.refused("ConflictException", 409, self.appflow.create_flow, **flow("accounts"))
        self.assertEqual(message, "Conflict executing request: Flow with name accounts already exists.")

        started = self.appflow.start_flow(flowName="accounts")
        self.assertEqual(started["flowStatus"], "Active")
        newest = self.appflow.describe_flow_execution_records(flowName="accounts")["flowExecutions"][0]
        self.assertEqual(newest["executionId"], started["executionId"])
        self.assertEqual(newest["executionStatus"], "InProgress")
        self.assertNotIn("executionResult", newest)
        done = self.wait("accounts", "Successful")
        self.assertEqual(done["executionResult"]["recordsProcessed"], 100)
        details = self.appflow.describe_flow(flowName="accounts")["lastRunExecutionDetails"]
        self.assertEqual(details["mostRecentExecutionMessage"], "Successfully ran the flow")

        self.refused("UnsupportedOperationException", 400, self.appflow.stop_flow, flowName="accounts")
        self.appflow.delete_flow(flowName="accounts")
        self.refused("ResourceNotFoundException", 404, self.appflow.describe_flow, flowName="accounts")
        self.refused("ResourceNotFoundException", 404, self.appflow.delete_flow, flowName="accounts")

    def test_cancel(self):
        self.appflow.create_flow(**flow("canceled"))
        first = self.appflow.start_flow(flowName="canceled")["executionId"]
        answer = self.appflow.cancel_flow_executions(flowName="canceled", executionIds=[first, "unknown"])
        self.assertEqual(answer["invalidExecutions"], ["unknown"])
        newest = self.appflow.describe_flow_execution_records(flowName="canceled")["flowExecutions"][0]
        self.assertEqual(newest["executionStatus"], "CancelStarted")
        self.wait("canceled", "Canceled")

    def test_scheduled_flow(self):
        created = self.appflow.create_flow(**flow("nightly", triggerConfig=every("rate(1hours)")))
        self.assertEqual(created["flowStatus"], "Draft")
        started = self.appflow.start_flow(flowName="nightly")
        self.assertEqual(started["flowStatus"], "Active")
        self.assertNotIn("executionId", started)
        message = self.refused("ConflictException", 409, self.appflow.delete_flow, flowName="nightly")
        self.assertEqual(
            message,
            "Conflict executing request: Flow is in active state, please set forceDelete to true or deactivate the "
            "flow: nightly",
        )
        control(self.url, "clock", {"advanceSeconds": 3 * 3600})
        runs = self.appflow.describe_flow_execution_records(flowName="nightly")["flowExecutions"]
        self.assertEqual(len(runs), 4)
        self.assertEqual(runs[0]["dataPullStartTime"], runs[1]["dataPullEndTime"])
        self.assertEqual(self.appflow.stop_flow(flowName="nightly")["flowStatus"], "Suspended")
        self.assertEqual(self.appflow.start_flow(flowName="nightly")["flowStatus"], "Active")
        self.appflow.delete_flow(flowName="nightly", forceDelete=True)

    def test_update(self):
        self.appflow.create_flow(**flow("changing", description="before"))
        described = self.appflow.describe_flow(flowName="changing")
        self.assertEqual(described["triggerConfig"], {"triggerType": "OnDemand", "triggerProperties": {}})
        self.assertEqual(described["tasks"][0]["taskProperties"], {})
        self.assertEqual(described["tags"], {})
        self.assertEqual(described["createdAt"], described["lastUpdatedAt"])
        same = {key: described[key] for key in ("flowName", "triggerConfig", "sourceFlowConfig", "tasks")}
        same["destinationFlowConfigList"] = described["destinationFlowConfigList"]
        self.assertEqual(self.appflow.update_flow(**same)["flowStatus"], "Active")
        self.assertEqual(self.appflow.describe_flow(flowName="changing")["schemaVersion"], 1)
        moved = same | {"destinationFlowConfigList": s3_destination(bucket="elsewhere")}
        message = self.refused("ValidationException", 400, self.appflow.update_flow, **moved)
        self.assertEqual(message, "Destination object for the destination connector can not be updated")
        source = {"connectorType": "S3", "sourceConnectorProperties": {"S3": {"bucketName": "elsewhere"}}}
        message = self.refused(
            "ValidationException", 400, self.appflow.update_flow, **(same | {"sourceFlowConfig": source})
        )
        self.assertEqual(message, "Do not update the object for the flow.")
        self.appflow.update_flow(**(same | {"destinationFlowConfigList": s3_destination(file_type="CSV")}))
        self.appflow.update_flow(**(same | {"tasks": [MAP, MAP | {"sourceFields": ["city"]}]}))
        self.assertEqual(self.appflow.describe_flow(flowName="changing")["schemaVersion"], 2)
        scheduled = same | {"triggerConfig": every("rate(5minutes)")}
        self.assertEqual(self.appflow.update_flow(**scheduled)["flowStatus"], "Draft")

    def test_profiles(self):
        create = self.appflow.create_connector_profile
        created = create(
            connectorProfileName="crm",
            connectorType="Salesforce",
            connectionMode="Public",
            connectorProfileConfig=salesforce_config(),
        )
        self.assertTrue(created["connectorProfileArn"].endswith(":connectorprofile/crm"))
        wrong = {"connectorProfileProperties": {"Slack": {"instanceUrl": "https://x.slack.com"}}}
        self.refused(
            "ValidationException",
            400,
            create,
            connectorProfileName="wrong",
            connectorType="Salesforce",
            connectionMode="Public",
            connectorProfileConfig=wrong,
        )
        oauth = {
            "connectorProfileProperties": {"Salesforce": {}},
            "connectorProfileCredentials": {"Salesforce": {"oAuthRequest": {"redirectUri": "https://x"}}},
        }
        message = self.refused(
            "ValidationException",
            400,
            create,
            connectorProfileName="oauth",
            connectorType="Salesforce",
            connectionMode="Public",
            connectorProfileConfig=oauth,
        )
        self.assertEqual(message, "Validation exception: AuthCode cannot be blank for connector: SALESFORCE")
        profiles = self.appflow.describe_connector_profiles(connectorProfileNames=["crm", "nobody"])
        (profile,) = profiles["connectorProfileDetails"]
        self.assertNotIn(SECRET, json.dumps(profiles, default=str))
        self.assertIn(":secret:appflow!000000000000-crm-", profile["credentialsArn"])
        self.appflow.update_connector_profile(
            connectorProfileName="crm",
            connectionMode="Private",
            connectorProfileConfig=salesforce_config("https://other.my.salesforce.com"),
        )
        (profile,) = self.appflow.describe_connector_profiles(connectorType="Salesforce")["connectorProfileDetails"]
        self.assertEqual(profile["privateConnectionProvisioningState"]["status"], "PENDING")
        source = {
            "connectorType": "Salesforce",
            "connectorProfileName": "crm",
            "sourceConnectorProperties": {"Salesforce": {"object": "Account"}},
        }
        message = self.refused(
            "ValidationException", 400, self.appflow.create_flow, **flow("pull", sourceFlowConfig=source)
        )
        self.assertIn("You must specify a projection task or a MAP_ALL task", message)
        pull = flow("pull", sourceFlowConfig=source, tasks=[PROJECTION])
        missing = pull | {"sourceFlowConfig": source | {"connectorProfileName": "nobody"}}
        message = self.refused("ResourceNotFoundException", 404, self.appflow.create_flow, **missing)
        self.assertEqual(message, "Connector Profile with name nobody does not exist.")
        self.appflow.create_flow(**pull)
        delete = self.appflow.delete_connector_profile
        message = self.refused("ConflictException", 409, delete, connectorProfileName="crm")
        self.assertTrue(message.endswith("Some of the associated flows are: [pull]"), message)
        delete(connectorProfileName="crm", forceDelete=True)
        self.appflow.start_flow(flowName="pull")
        failed = self.wait("pull", "Error")
        self.assertIn("crm", failed["executionResult"]["errorInfo"]["executionMessage"])

    def test_custom_connectors(self):
        lambda_config = {"lambda": {"lambdaArn": "arn:aws:lambda:us-east-1:000000000000:function:memory"}}
        register = {
            "connectorLabel": "memory",
            "connectorProvisioningType": "LAMBDA",
            "connectorProvisioningConfig": lambda_config,
        }
        arn = self.appflow.register_connector(**register)["connectorArn"]
        self.assertTrue(arn.endswith(":connector/memory"))
        self.refused("ConflictException", 409, self.appflow.register_connector, **register)
        self.appflow.update_connector_registration(connectorLabel="memory", description="in memory")
        (listed,) = self.appflow.list_connectors()["connectors"]
        self.assertEqual(listed["connectorLabel"], "memory")
        described = self.appflow.describe_connector(connectorType="CustomConnector", connectorLabel="memory")
        self.assertEqual(described["connectorConfiguration"]["connectorArn"], arn)
        self.appflow.create_connector_profile(
            connectorProfileName="memory-profile",
            connectorType="CustomConnector",
            connectorLabel="memory",
            connectionMode="Public",
            connectorProfileConfig={
                "connectorProfileProperties": {"CustomConnector": {}},
                "connectorProfileCredentials": {
                    "CustomConnector": {"authenticationType": "APIKEY", "apiKey": {"apiKey": SECRET}}
                },
            },
        )
        message = self.refused("ConflictException", 409, self.appflow.unregister_connector, connectorLabel="memory")
        self.assertTrue(message.endswith("[memory-profile]"), message)
        self.appflow.unregister_connector(connectorLabel="memory", forceDelete=True)

    def test_catalogue_and_entities(self):
        seen, token = {}, None
        while True:
            page = self.appflow.describe_connectors(**({"nextToken": token} if token else {}))
            seen |= page["connectorConfigurations"]
            token = page.get("nextToken")
            if not token:
                break
        self.assertEqual(len(seen), 23)
        salesforce = self.appflow.describe_connector(connectorType="Salesforce")["connectorConfiguration"]
        self.assertIn("Event", salesforce["supportedTriggerTypes"])
        self.appflow.create_connector_profile(
            connectorProfileName="crm",
            connectorType="Salesforce",
            connectionMode="Public",
            connectorProfileConfig=salesforce_config(),
        )
        entities = self.appflow.list_connector_entities(connectorProfileName="crm")["connectorEntityMap"]
        self.assertIn("Account", [entity["name"] for entity in entities["Objects"]])
        fields = self.appflow.describe_connector_entity(connectorEntityName="Account", connectorProfileName="crm")
        self.assertIn("Id", [field["identifier"] for field in fields["connectorEntityFields"]])
        self.appflow.reset_connector_metadata_cache(connectorProfileName="crm")

    def test_tags(self):
        arn = self.appflow.create_flow(**flow("tagged", tags={"team": "sales"}))["flowArn"]
        self.appflow.tag_resource(resourceArn=arn, tags={"stage": "test", "alchemy::id": "x y@z"})
        self.appflow.untag_resource(resourceArn=arn, tagKeys=["team", "absent"])
        tags = self.appflow.list_tags_for_resource(resourceArn=arn)["tags"]
        self.assertEqual(tags, {"stage": "test", "alchemy::id": "x y@z"})
        message = self.refused(
            "ValidationException", 400, self.appflow.tag_resource, resourceArn=arn, tags={"aws:x": "y"}
        )
        self.assertIn("regular expression pattern", message)
        many = {f"k{number}": "v" for number in range(49)}
        self.refused("ValidationException", 400, self.appflow.tag_resource, resourceArn=arn, tags=many)
        self.refused("ResourceNotFoundException", 404, self.appflow.list_tags_for_resource, resourceArn=arn + "x")

    def test_pages_and_client_tokens(self):
        for number in range(5):
            self.appflow.create_flow(**flow(f"flow-{number}"))
        first = self.appflow.list_flows(maxResults=2)
        self.appflow.delete_flow(flowName="flow-0")
        second = self.appflow.list_flows(maxResults=2, nextToken=first["nextToken"])
        self.assertEqual([found["flowName"] for found in second["flows"]], ["flow-2", "flow-3"])
        self.refused("ValidationException", 400, self.appflow.list_flows, nextToken="made-up")
        self.refused("ValidationException", 400, self.appflow.list_flows, maxResults=101)
        start = self.appflow.start_flow
        once = start(flowName="flow-1", clientToken="once")["executionId"]
        self.assertEqual(start(flowName="flow-1", clientToken="once")["executionId"], once)
        self.appflow.create_flow(**flow("replayed", clientToken="create"))
        self.appflow.create_flow(**flow("replayed", clientToken="create"))
        self.refused("ConflictException", 409, self.appflow.create_flow, **flow("other-name", clientToken="create"))

    def test_signatures(self):
        cases = [
            ({"aws_access_key_id": "nobody"}, "UnrecognizedClientException"),
            ({"aws_secret_access_key": "wrong"}, "InvalidSignatureException"),
            ({"aws_session_token": "unknown"}, "UnrecognizedClientException"),
            ({"config": Config(signature_version=botocore.UNSIGNED)}, "MissingAuthenticationTokenException"),
        ]
        for changes, code in cases:
            with self.subTest(code=code, changes=list(changes)):
                self.refused(code, 403, client(self.url, **changes).list_flows)

    def test_regions_are_apart(self):
        self.appflow.create_flow(**flow("here"))
        self.assertEqual(client(self.url, region_name="eu-west-1").list_flows()["flows"], [])

    def test_faults(self):
        control(self.url, "faults", {"operation": "ListFlows", "kind": "throttle"})
        self.refused("ThrottlingException", 429, self.appflow.list_flows)
        self.appflow.list_flows()
        self.appflow.create_flow(**flow("failing"))
        control(self.url, "run-faults", {"flowName": "failing", "message": "The vendor is away."})
        self.appflow.start_flow(flowName="failing")
        failed = self.wait("failing", "Error")
        self.assertEqual(failed["executionResult"]["errorInfo"]["executionMessage"], "The vendor is away.")

    def test_zz_every_operation_was_called(self):
        self.assertEqual(self.called, set(self.appflow.meta.service_model.operation_names))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
