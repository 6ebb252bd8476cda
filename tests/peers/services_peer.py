"""What botocore does for any service, as a service: one question a line on standard input, one answer a line on
standard output.

A question is a JSON object with `do`, `service`, `operation` and `params`: `request` (the request that a real client
sends), `output` (an answer that carries the given members, and what a real client reads from it), `error` (the same
for an error of the model) or `stream_error` (the same for an error at the end of an event stream). Inputs stand as the
AWS CLI reads them.
"""

import base64
import binascii
import email.utils
import io
import json
import struct
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import botocore.handlers
import botocore.session
from botocore.awsrequest import AWSRequest, AWSResponse, HeadersDict
from botocore.config import Config
from botocore.eventstream import EventStream
from botocore.exceptions import ClientError, EventStreamError
from botocore.response import StreamingBody

import botocore_peer
import services_documents

# boto3 makes values of some texts: of policies, and of what a console has printed. Clients of other languages do not.
DECODERS = (
    ("after-call.iam", botocore.handlers.json_decode_policies),
    ("after-call.ec2.GetConsoleOutput", botocore.handlers.decode_console_output),
)
NO_ANSWER = (200, {}, b"{}")
# SigV4, and the endpoint of the region: by default, botocore presigns for the global endpoint.
PRESIGNED_S3 = {"signature_version": "s3v4", "s3": {"addressing_style": "virtual"}}


class Raw(io.BytesIO):
    """Bytes as they come from a connection."""

    def stream(self, *_, **__):
        """All at once."""
        yield self.read()


class Peer:
    """Real botocore clients whose requests end in `before-send` and whose answers come from there."""

    def __init__(self):
        self.session = botocore.session.get_session()
        self.clients = {}
        self.sent = None
        self.signed = None
        self.answer = NO_ANSWER

    def client(self, service, token=None):
        """The client of a service, made once for each session token."""
        if (service, token) not in self.clients:
            config = Config(
                parameter_validation=False,
                retries={"total_max_attempts": 1},
                **(PRESIGNED_S3 if service == "s3" else {}),
            )
            client = self.session.create_client(
                service,
                region_name="us-west-2",
                aws_access_key_id=botocore_peer.KEY,
                aws_secret_access_key=botocore_peer.SECRET,
                aws_session_token=token,
                config=config,
            )
            client.meta.events.register("before-sign", self._before_sign)
            client.meta.events.register("before-send", self._before_send)
            for event_name, handler in DECODERS:
                client.meta.events.unregister(event_name, handler)
            self.clients[service, token] = client
        return self.clients[service, token]

    def _before_sign(self, request, request_signer, operation_name, **_):
        self.signed = request_signer, operation_name, request.context

    def _before_send(self, request, **_):
        self.sent = request
        status, headers, body = self.answer
        response = AWSResponse(request.url, status, HeadersDict(headers), Raw(body))
        response._content = body
        return response

    def _call(self, question):
        client = self.client(question["service"], question.get("token"))
        operation = client.meta.service_model.operation_model(question["operation"])
        params = given(operation.input_shape, question["params"])
        return client._make_api_call(question["operation"], params)

    def request(self, question):
        """The request that is sent for `params`."""
        self.answer = NO_ANSWER
        self.sent = None
        try:
            self._call(question)
        except Exception:  # what is read from the answer is not asked here
            if self.sent is None:
                raise
        url = urlsplit(self.sent.url)
        body = self.sent.body or b""
        body = body.read() if hasattr(body, "read") else body
        return {
            "method": self.sent.method,
            "host": url.netloc,
            "path": url.path,
            "query": url.query,
            "headers": {
                name.lower(): botocore_peer.text(value) for name, value in self.sent.headers.items()
            },
            "body": (body.encode() if isinstance(body, str) else bytes(body)).hex(),
        }

    def sign(self, question):
        """The `Authorization` header of a given request, by the signer and the settings of the last request."""
        signer, operation, context = self.signed
        body = bytes.fromhex(question["body"])
        request = AWSRequest(question["method"], question["url"], question["headers"], body)
        # Ours has its checksum in a header, and whether its body is signed does not depend on what else the request has.
        is_signed = question["headers"].get("x-amz-content-sha256") != "UNSIGNED-PAYLOAD"
        config = Config(s3={"payload_signing_enabled": is_signed})
        request.context = {**context, "checksum": {}, "client_config": config}
        signer.sign(operation, request)
        return {"authorization": request.headers.get("Authorization")}

    def presign(self, question):
        """The presigned request for `params`."""
        client = self.client(question["service"], question["token"])
        operation = client.meta.service_model.operation_model(question["operation"])
        method = next(
            method
            for method, name in client.meta.method_to_api_mapping.items()
            if name == question["operation"]
        )
        params = given(operation.input_shape, question["params"])
        url = client.generate_presigned_url(method, params, question["seconds"], question["method"])
        return {"url": url}

    def output(self, question):
        """An answer with the members of `value`, and what is read from it."""
        client = self.client(question["service"])
        service = client.meta.service_model
        operation = service.operation_model(question["operation"])
        self.answer = written(service, operation, operation.output_shape, question["value"], 200)
        output = self._call(question)
        output.pop("ResponseMetadata", None)
        # Of S3, botocore has None as the first region.
        output = {name: value for name, value in output.items() if value is not None}
        return {"answer": raw(self.answer), "output": output}

    def error(self, question):
        """An answer with an error of the model, and what is read from it."""
        client = self.client(question["service"])
        service = client.meta.service_model
        shape = service.shape_for(question["error"])
        self.answer = failure(service, shape, question)
        try:
            output = self._call(question)
            return {"answer": raw(self.answer), "output": output}
        except ClientError as error:
            return {
                "answer": raw(self.answer),
                "code": error.response["Error"]["Code"],
                "message": error.response["Error"].get("Message"),
                "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
                "members": {
                    name: value
                    for name, value in error.response.items()
                    if name in shape.members
                },
            }


    def stream_error(self, question):
        """An event stream that ends with an error of the model, and what is read from it."""
        client = self.client(question["service"])
        service = client.meta.service_model
        operation = service.operation_model(question["operation"])
        shape = operation.output_shape
        member, union = question["member"], shape.members[shape.event_stream_name]
        status, headers, body = written(service, operation, shape, {}, 200)
        error = json.dumps(wire(union.members[member], question["value"])).encode()
        body += frame("exception", member, {}, error)
        self.answer = (status, headers, body)
        output = self._call(question)
        try:
            return {"answer": raw(self.answer), "output": list(output[shape.event_stream_name])}
        except EventStreamError as error:
            told = error.response["Error"]
            return {"answer": raw(self.answer), "code": told["Code"], "message": told["Message"]}


def given(shape, value):
    """Parameters as botocore takes them: bytes for blobs, values for JSON in headers."""
    if shape is None or value is None:
        return value
    if shape.type_name == "blob":
        return base64.b64decode(value)
    if shape.serialization.get("jsonvalue"):
        return json.loads(value)
    # A document is a structure without members.
    if shape.type_name == "structure" and not getattr(shape, "is_document_type", False):
        return {name: given(shape.members.get(name), inner) for name, inner in value.items()}
    if shape.type_name == "list":
        return [given(shape.member, inner) for inner in value]
    if shape.type_name == "map":
        return {name: given(shape.value, inner) for name, inner in value.items()}
    return value


def failure(service, shape, question):
    """Status, headers and body of an error of the model."""
    status, value = question["status"], question["value"]
    if service.resolved_protocol in (*services_documents.XML, services_documents.CBOR):
        message = next((value[name] for name in ("message", "Message") if name in value), None)
        # The code may be another than the name.
        body = services_documents.error(service, shape, shape.error_code or question["code"], value, message)
        return status, media_type(service), body
    status, headers, body = written(service, None, shape, value, status)
    if service.resolved_protocol == "rest-json":
        headers["x-amzn-errortype"] = question["code"]
    else:
        body = json.dumps({**json.loads(body), "__type": question["code"]}).encode()
        if service.is_query_compatible:
            headers["x-amzn-query-error"] = f"{shape.error_code};Sender"
    return status, headers, body


def media_type(service):
    """The headers of a document."""
    protocol = service.resolved_protocol
    if protocol == services_documents.CBOR:
        return {"content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor"}
    kind = "text/xml" if protocol in services_documents.XML else "application/json"
    return {"content-type": kind}


def written(service, operation, shape, value, status):
    """Status, headers and body that carry the members of a structure, written by what botocore's model says of them."""
    is_json = "json" in service.resolved_protocol
    headers = {}
    if shape is None:
        body = b"" if is_json else services_documents.body(service, operation, None, {})
        return status, media_type(service), body
    payload = shape.serialization.get("payload")
    rest = {}
    for name, inner in value.items():
        member = shape.members.get(name)
        location = member.serialization.get("location") if member else None
        wire_name = member.serialization.get("name", name) if member else name
        if name in (payload, shape.event_stream_name) or (location and inner is None):
            continue
        if location == "header":
            headers[wire_name.lower()] = header(member, inner)
        elif location == "headers":
            headers.update({wire_name + key: str(text) for key, text in inner.items()})
        elif location == "statusCode":
            status = 200 + abs(inner) % 7
        elif is_json:
            rest[wire_name] = wire(member, inner)
        else:
            rest[name] = inner
    types = media_type(service)
    if shape.event_stream_name:
        types = {"content-type": "application/vnd.amazon.eventstream"}
        # With HTTP bindings, the other members are in headers.
        first = b"" if payload else frame("event", "initial-response", {}, json.dumps(rest).encode())
        union = shape.members[shape.event_stream_name]
        events = value.get(shape.event_stream_name) or []
        body = first + b"".join(event(service, union, *pair) for one in events for pair in one.items())
    elif payload:
        body = payload_bytes(service, payload, shape.members[payload], value.get(payload))
    elif is_json:
        body = json.dumps(rest).encode()
    else:
        body = services_documents.body(service, operation, shape, rest)
    if payload and shape.members[payload].type_name == "blob":
        # Both clients compare the body with checksums, and these are drawn.
        drawn = [name for name in headers if name.startswith("x-amz-checksum-") and name != "x-amz-checksum-type"]
        for name in drawn:
            del headers[name]
    headers = {**types, **headers}
    if "content-length" in headers:
        headers["content-length"] = str(len(body))
    return status, headers, body


def event(service, union, name, value):
    """The message of an event, by what the model says of its members."""
    headers, payload, rest = {}, None, {}
    members = union.members[name].members
    for member, inner in value.items():
        serialization = members[member].serialization if member in members else {}
        if serialization.get("eventheader"):
            headers[member] = inner
        elif serialization.get("eventpayload"):
            payload = payload_bytes(service, member, members[member], inner)
        else:
            rest[member] = inner
    if payload is None and service.resolved_protocol == "rest-xml":
        payload = services_documents.document(services_documents.element(name, union.members[name], rest))
    elif payload is None:
        payload = json.dumps(wire(union.members[name], rest)).encode()
    return frame("event", name, headers, payload)


def frame(kind, name, headers, payload):
    """A message of an event stream, whose headers are texts."""
    headers = {":message-type": kind, f":{kind}-type": name, **headers}
    block = b""
    for key, text in headers.items():
        block += struct.pack("!B", len(key)) + key.encode()
        block += struct.pack("!BH", 7, len(text.encode())) + text.encode()
    message = struct.pack("!II", 16 + len(block) + len(payload), len(block))
    message += struct.pack("!I", binascii.crc32(message))
    message += block + payload
    return message + struct.pack("!I", binascii.crc32(message))


def payload_bytes(service, name, shape, value):
    """A payload as the body."""
    if value is None:
        return b""
    if shape.type_name == "blob":
        return base64.b64decode(value)
    if shape.type_name == "string":
        return value.encode()
    if service.resolved_protocol == "rest-xml":
        root = services_documents.element(shape.serialization.get("name", name), shape, value)
        return services_documents.document(root)
    return json.dumps(wire(shape, value)).encode()


def header(shape, value):
    """A header's text."""
    if shape.type_name == "timestamp":
        return email.utils.formatdate(1767323045, usegmt=True)
    if shape.type_name == "boolean":
        return str(value).lower()
    if shape.type_name == "list":
        return ", ".join(header(shape.member, element) for element in value)
    if shape.serialization.get("jsonvalue"):
        return base64.b64encode(value.encode()).decode()
    return str(value)


def wire(shape, value):
    """A value of a JSON body: members by their names on the wire."""
    if shape is None or value is None or getattr(shape, "is_document_type", False):
        return value
    if shape.type_name == "structure":
        members = shape.members
        return {
            members[name].serialization.get("name", name) if name in members else name: wire(
                members.get(name), inner
            )
            for name, inner in value.items()
        }
    if shape.type_name == "list":
        return [wire(shape.member, inner) for inner in value]
    if shape.type_name == "map":
        return {name: wire(shape.value, inner) for name, inner in value.items()}
    return value


def raw(answer):
    """An answer, for the other side to read."""
    status, headers, body = answer
    return {"status": status, "headers": headers, "body_hex": body.hex()}


def plain(value):
    """Bytes as base64, whether they stream or not; all else as for AppFlow."""
    if isinstance(value, StreamingBody):
        value = value.read()
    if isinstance(value, EventStream):
        return list(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    # Of several elements with the name of a text.
    if isinstance(value, Element):
        return value.text or ""
    return botocore_peer.plain(value)


def main():
    """Answers until the input ends."""
    peer = Peer()
    botocore_peer.serve(lambda question: getattr(peer, question["do"])(question), plain)


if __name__ == "__main__":
    main()
