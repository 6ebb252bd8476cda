"""What botocore does, as a service: one question a line on standard input, one answer a line on standard output.

A question is a JSON object with `do`: `request` (the request that a real client sends for given parameters), `sign`
(the Authorization header for a given request) or `response` (what a real client reads from a given answer).
"""

import datetime
import json
import sys
import uuid
from urllib.parse import urlsplit

import botocore.auth
import botocore.crt.auth
import botocore.handlers
import botocore.session
from botocore.awsrequest import AWSRequest, AWSResponse, HeadersDict
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

KEY = "AKIDEXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TOKEN = uuid.UUID("00000000-0000-4000-8000-000000000000")
NOW = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)


class Peer:
    """A real botocore client whose requests end in `before-send` and whose answers come from there."""

    def __init__(self):
        session = botocore.session.get_session()
        config = Config(parameter_validation=False, retries={"total_max_attempts": 1})
        self.client = session.create_client(
            "appflow",
            region_name="us-west-2",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
            config=config,
        )
        self.client.meta.events.register("before-send.appflow", self._before_send)
        self.sent = None
        self.answer = (200, {}, b"{}")

    def _before_send(self, request, **_):
        self.sent = request
        status, headers, body = self.answer
        response = AWSResponse(request.url, status, HeadersDict(headers), None)
        response._content = body
        return response

    def _call(self, question):
        return self.client._make_api_call(question["operation"], question["params"])

    def request(self, question):
        """The request that is sent for `params`."""
        self.answer = (200, {}, b"{}")
        self._call(question)
        url = urlsplit(self.sent.url)
        headers = {name.lower(): text(value) for name, value in self.sent.headers.items()}
        body = self.sent.body
        return {
            "method": self.sent.method,
            "path": url.path,
            "query": url.query,
            "content_type": headers.get("content-type"),
            "body": text(body) if body else "",
        }

    def response(self, question):
        """What is read from an answer: an output, or an error's code, message and status."""
        self.answer = (question["status"], question["headers"], question["body"].encode())
        try:
            output = self._call(question)
        except ClientError as error:
            response = error.response
            return {
                "code": response["Error"].get("Code"),
                "message": response["Error"].get("Message"),
                "status": response["ResponseMetadata"]["HTTPStatusCode"],
                "exception": type(error).__name__,
            }
        output.pop("ResponseMetadata", None)
        return {"output": output}


def sign(question):
    """The Authorization header of a request whose headers are given."""
    credentials = Credentials(KEY, SECRET, question["token"])
    headers = dict(question["headers"])
    request = AWSRequest(question["method"], question["url"], headers, question["body"].encode())
    botocore.auth.SigV4Auth(credentials, "appflow", "us-west-2").add_auth(request)
    return {"authorization": request.headers["Authorization"]}


def text(value):
    """Header values and bodies as text, whatever botocore holds them as."""
    return value.decode() if isinstance(value, (bytes, bytearray)) else value


def plain(value):
    """Timestamps in one normal form: UTC, without zeros at the end of the fraction."""
    if not isinstance(value, datetime.datetime):
        raise TypeError(f"{type(value)} has no normal form")
    if value.tzinfo is None:
        raise TypeError("a timestamp without a time zone")
    value = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    whole = value.replace(microsecond=0).isoformat()
    fraction = f".{value.microsecond:06}".rstrip("0").rstrip(".")
    return f"{whole}{fraction}Z"


def serve(reply, default):
    """Answers until the input ends, at a moment and with a token that are always the same."""
    botocore.auth.get_current_datetime = lambda *_, **__: NOW.replace(tzinfo=None)
    # With awscrt, queries are signed there.
    botocore.crt.auth.get_current_datetime = lambda *_, **__: NOW
    botocore.handlers.uuid.uuid4 = lambda: TOKEN
    for line in sys.stdin:
        question = json.loads(line)
        try:
            answer = json.dumps(reply(question), default=default)
        except Exception as error:  # the answer to a question that botocore refuses is its refusal
            answer = json.dumps({"refused": f"{type(error).__name__}: {error}"})
        print(answer, flush=True)


def main():
    """Answers until the input ends."""
    peer = Peer()
    serve(
        lambda question: sign(question) if question["do"] == "sign" else getattr(peer, question["do"])(question),
        plain,
    )


if __name__ == "__main__":
    main()
