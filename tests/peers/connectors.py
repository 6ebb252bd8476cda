"""A connector on AWS's connector SDK, behind a loopback Lambda endpoint: registered, described, checked, listed, and at
both ends of runs of appflow-local. The program to start is the argument."""

import http.server
import json
import logging
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time
from urllib.parse import urlsplit

import boto3
from botocore.exceptions import ClientError
from custom_connector_queryfilter.queryfilter import parse_tree_builder
from custom_connector_sdk.connector import auth, configuration, context, fields, settings
from custom_connector_sdk.lambda_handler import handlers, lambda_handler, responses

ARN = "arn:aws:lambda:us-east-1:000000000000:function:tickets"
TICKETS = [{"id": number, "title": f"ticket {number} \u00e9", "open": number % 2 == 0} for number in range(2_500)]
# What the connector was given and what it was asked.
WRITTEN, FILTERS, SEEN = [], [], []


def failed(response, code, message):
    return response(is_success=False, error_details=responses.ErrorDetails(responses.ErrorCode[code], message))


class Configuration(handlers.ConfigurationHandler):
    def validate_connector_runtime_settings(self, request):
        faults = {"instance": "no such instance"} if (request.connector_runtime_settings or {}).get("instance") == "none" else None
        return responses.ValidateConnectorRuntimeSettingsResponse(is_success=not faults, errors_by_input_field=faults)

    def validate_credentials(self, request):
        if request.credentials.authentication_type is not auth.AuthenticationType.OAuth2:
            return failed(responses.ValidateCredentialsResponse, "InvalidCredentials", "OAuth 2 only")
        assert request.credentials.secret_arn.startswith("arn:aws:secretsmanager:")
        return responses.ValidateCredentialsResponse(is_success=True)

    def describe_connector_configuration(self, request):
        assert request.locale == "en-US"
        instance = settings.ConnectorRuntimeSetting(
            key="instance", data_type=settings.ConnectorRuntimeSettingDataType.String, required=True, label="Instance",
            description="Where the tickets are", scope=settings.ConnectorRuntimeSettingScope.CONNECTOR_PROFILE)
        defaults = auth.OAuth2Defaults(
            o_auth_scopes=["read"], token_url=["https://tickets.example/token"], auth_url=["https://tickets.example/auth"],
            o_auth_2_grant_types_supported=[auth.OAuth2GrantType.AUTHORIZATION_CODE],
            o_auth_2_content_type=auth.OAuth2ContentType.URL_ENCODED, o_auth_2_method_type=auth.OAuth2MethodType.HTTP_POST)
        return responses.DescribeConnectorConfigurationResponse(
            is_success=True, connector_owner="Peers", connector_name="Tickets", connector_version="1.7",
            connector_modes=[configuration.ConnectorModes.SOURCE, configuration.ConnectorModes.DESTINATION],
            supported_api_versions=["v3"], connector_runtime_setting=[instance],
            authentication_config=auth.AuthenticationConfig(is_oauth_2_supported=True, o_auth_2_defaults=defaults))


class Metadata(handlers.MetadataHandler):
    entity = context.Entity("Ticket", has_nested_entities=False, is_writable=True, label="Ticket")

    def list_entities(self, request):
        assert request.connector_context.api_version == "v3"
        names = ["Ticket", "User"] if request.next_token is None else ["Group"]
        entities = [context.Entity(name, False, True, name) for name in names]
        return responses.ListEntitiesResponse(is_success=True, entities=entities,
                                              next_token="2" if request.next_token is None else None)

    def describe_entity(self, request):
        if request.entity_identifier != "Ticket":
            return failed(responses.DescribeEntityResponse, "ResourceNotFoundError", "no such entity")
        kinds = {"id": "Long", "title": "String", "open": "Boolean"}
        described = [fields.FieldDefinition(
            name, fields.FieldDataType[kind], label=name, is_primary_key=name == "id",
            read_properties=fields.ReadOperationProperty(is_queryable=True, is_retrievable=True),
            write_properties=fields.WriteOperationProperty(
                is_creatable=True, supported_write_operations=[fields.WriteOperationType.INSERT]),
        ) for name, kind in kinds.items()]
        return responses.DescribeEntityResponse(
            is_success=True, entity_definition=context.EntityDefinition(self.entity, described))


class Records(handlers.RecordHandler):
    def retrieve_data(self, request):
        raise AssertionError("nobody asks for it")

    def query_data(self, request):
        definition = request.connector_context.entity_definition
        assert [field.field_name for field in definition.fields] == ["id", "title", "open"]
        if request.filter_expression:
            parse_tree_builder.parse(request.filter_expression)
            FILTERS.append(request.filter_expression)
        begin = int(request.next_token or 0)
        page = TICKETS[begin:begin + request.max_results]
        names = request.selected_field_names
        records = [json.dumps({name: ticket[name] for name in names}) for ticket in page]
        after = begin + request.max_results
        return responses.QueryDataResponse(is_success=True, records=records,
                                           next_token=str(after) if after < len(TICKETS) else None)

    def write_data(self, request):
        assert request.operation is fields.WriteOperationType.INSERT and not request.all_or_none
        results = []
        for record in map(json.loads, request.records):
            good = record["title"] != "bad"
            if good:
                WRITTEN.append(record)
            results.append(responses.WriteRecordResult(good, str(record["id"]), None if good else "a bad title"))
        if all(result.is_success for result in results):
            return responses.WriteDataResponse(is_success=True, write_record_results=results)
        details = responses.ErrorDetails(responses.ErrorCode.PartialWriteFailure, "some failed")
        return responses.WriteDataResponse(is_success=False, error_details=details, write_record_results=results)


CONNECTOR = lambda_handler.BaseLambdaConnectorHandler(Metadata(), Records(), Configuration())


class Invocations(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        assert urlsplit(self.path).path == "/2015-03-31/functions/tickets/invocations", self.path
        event = json.loads(self.rfile.read(int(self.headers["content-length"])))
        SEEN.append(event["type"])
        try:
            answer = CONNECTOR.lambda_handler(event, None)
        except RuntimeError as error:
            answer = {"errorMessage": str(error), "errorType": "RuntimeError"}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def profile(appflow, name, kind, credentials, instance="mine"):
    return appflow.create_connector_profile(
        connectorProfileName=name, connectorType="CustomConnector", connectorLabel="Tickets", connectionMode="Public",
        connectorProfileConfig={
            "connectorProfileProperties": {"CustomConnector": {"profileProperties": {"instance": instance}}},
            "connectorProfileCredentials": {"CustomConnector": {"authenticationType": kind, **credentials}}})


def refused(code, text, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code and text in str(error), error
        return
    raise AssertionError(f"{text}: it was not refused")


def check_metadata(appflow):
    appflow.register_connector(connectorLabel="Tickets", connectorProvisioningType="LAMBDA",
                               connectorProvisioningConfig={"lambda": {"lambdaArn": ARN}})
    told = appflow.describe_connector(connectorType="CustomConnector", connectorLabel="Tickets")["connectorConfiguration"]
    assert (told["connectorOwner"], told["connectorVersion"], told["supportedApiVersions"]) == ("Peers", "1.7", ["v3"]), told
    assert told["authenticationConfig"]["oAuth2Defaults"]["tokenUrls"] == ["https://tickets.example/token"], told
    assert told["connectorRuntimeSettings"][0]["isRequired"] and len(told["supportedOperators"]) > 15, told
    tokens = {"oauth2": {"clientId": "c", "clientSecret": "s", "accessToken": "t"}}
    refused("ConnectorAuthenticationException", "OAuth 2 only", profile, appflow, "basic", "BASIC",
            {"basic": {"username": "u", "password": "p"}})
    refused("ConnectorServerException", "instance: no such instance", profile, appflow, "none", "OAUTH2", tokens, "none")
    profile(appflow, "mine", "OAUTH2", tokens)
    first = appflow.list_connector_entities(connectorProfileName="mine", connectorType="CustomConnector")
    rest = appflow.list_connector_entities(connectorProfileName="mine", connectorType="CustomConnector", nextToken=first["nextToken"])
    names = [entity["name"] for page in (first, rest) for entity in page["connectorEntityMap"]["Objects"]]
    assert names == ["Ticket", "User", "Group"] and "nextToken" not in rest, names
    described = appflow.describe_connector_entity(connectorProfileName="mine", connectorEntityName="Ticket")
    kinds = [field["supportedFieldTypeDetails"]["v1"]["fieldType"] for field in described["connectorEntityFields"]]
    assert kinds == ["Long", "String", "Boolean"], kinds
    refused("ResourceNotFoundException", "no such entity", appflow.describe_connector_entity,
            connectorProfileName="mine", connectorEntityName="Nothing")


def run(appflow, name, source, destination, tasks):
    appflow.create_flow(flowName=name, triggerConfig={"triggerType": "OnDemand"}, sourceFlowConfig=source,
                        destinationFlowConfigList=[destination], tasks=tasks)
    appflow.start_flow(flowName=name)
    while True:
        record = appflow.describe_flow_execution_records(flowName=name)["flowExecutions"][0]
        if record["executionStatus"] != "InProgress":
            assert record["executionStatus"] == "Successful", record
            return record["executionResult"]
        time.sleep(0.05)


def task(kind, names, connector, operator="NO_OP", to=None, **properties):
    made = {"taskType": kind, "sourceFields": names, "connectorOperator": {connector: operator}, "taskProperties": properties}
    return made | ({"destinationField": to} if to else {})


def check_source(appflow, folder):
    names = ["id", "title", "open"]
    filters = [task("Filter", names, "CustomConnector", "PROJECTION"),
               task("Filter", ["open"], "CustomConnector", "EQUAL_TO", DATA_TYPE="boolean", VALUE="true"),
               task("Filter", ["id"], "CustomConnector", "BETWEEN", DATA_TYPE="long", LOWER_BOUND="10", UPPER_BOUND="2400")]
    result = run(appflow, "from-tickets",
                 {"connectorType": "CustomConnector", "connectorProfileName": "mine",
                  "sourceConnectorProperties": {"CustomConnector": {"entityName": "Ticket"}}},
                 {"connectorType": "S3", "destinationConnectorProperties": {"S3": {"bucketName": "target"}}},
                 filters + [task("Map", [name], "CustomConnector", to=name) for name in names])
    [file] = [path for path in (folder / "target").rglob("*") if path.is_file()]
    found = [json.loads(line) for line in file.read_text().splitlines()]
    assert found == [ticket for ticket in TICKETS if ticket["open"] and 10 <= ticket["id"] <= 2400]
    # The connector answers a query: a record that it leaves out is not read.
    assert result["recordsProcessed"] == len(found), result
    assert set(FILTERS) == {"open = true and id >= 10 and id <= 2400"}, FILTERS


def check_destination(appflow, folder):
    (folder / "source").mkdir()
    rows = [{"id": number, "title": "bad" if number == 7 else f"t{number}"} for number in range(1_200)]
    (folder / "source" / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    result = run(appflow, "to-tickets",
                 {"connectorType": "S3", "sourceConnectorProperties": {
                     "S3": {"bucketName": "source", "bucketPrefix": "rows", "s3InputFormatConfig": {"s3InputFileType": "JSON"}}}},
                 {"connectorType": "CustomConnector", "connectorProfileName": "mine", "destinationConnectorProperties": {
                     "CustomConnector": {"entityName": "Ticket", "writeOperationType": "INSERT",
                                         "errorHandlingConfig": {"bucketName": "failed"}}}},
                 [task("Map", [name], "S3", to=name) for name in ("id", "title")])
    assert WRITTEN == [row for row in rows if row["title"] != "bad"], len(WRITTEN)
    assert result["errorInfo"]["putFailuresCount"] == 1 and "a bad title" in result["errorInfo"]["executionMessage"], result
    [file] = [path for path in (folder / "failed").rglob("*") if path.is_file()]
    assert "a bad title" in file.read_text()


def main():
    logging.disable()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Invocations)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        process = subprocess.Popen(
            [sys.argv[1], "--port", "0", "--run-duration", "0", "--buckets", name,
             "--lambda-endpoint", f"http://127.0.0.1:{server.server_port}"], stdout=subprocess.PIPE, text=True)
        try:
            url = re.search(r"http://\S+:\d+", process.stdout.readline()).group(0)
            appflow = boto3.client("appflow", endpoint_url=url, region_name="us-east-1", aws_access_key_id="test",
                                   aws_secret_access_key="test")
            check_metadata(appflow)
            check_source(appflow, folder)
            check_destination(appflow, folder)
        finally:
            process.kill()
            process.wait()
    print(f"a connector on AWS's connector SDK: {len(SEEN)} requests of {len(set(SEEN))} kinds")
    assert len(set(SEEN)) == 7, set(SEEN)


if __name__ == "__main__":
    main()
