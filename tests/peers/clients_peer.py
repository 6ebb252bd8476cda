"""boto3 and the AWS CLI as a service: a call of an operation a line in, its output or its error a line out.

A call is a JSON object: `client` (`boto3` or `cli`), `endpoint`, `operation` and `params`.
"""

import datetime
import json
import os
import re
import subprocess
import sys

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-west-2",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_MAX_ATTEMPTS": "1",
    "AWS_EC2_METADATA_DISABLED": "true",
}
REFUSED = re.compile(r"An error occurred \((\w+)\) when calling the \w+ operation[^:]*: (.*)", re.DOTALL)


def with_boto3(call):
    """The call by boto3's own method."""
    client = boto3.client(
        "appflow",
        endpoint_url=call["endpoint"],
        region_name="us-west-2",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )
    try:
        output = getattr(client, xform_name(call["operation"]))(**call["params"])
    except ClientError as error:
        return {"code": error.response["Error"]["Code"], "message": error.response["Error"]["Message"]}
    output.pop("ResponseMetadata", None)
    return {"output": output}


def with_cli(call):
    """The call by the program `aws` that lies beside this python."""
    program = os.path.join(os.path.dirname(sys.executable), "aws")
    arguments = ["appflow", xform_name(call["operation"], "-"), "--cli-input-json", json.dumps(call["params"])]
    options = ["--no-paginate", "--output", "json", "--endpoint-url", call["endpoint"]]
    ended = subprocess.run(
        [sys.executable, program, *arguments, *options],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        timeout=120,
        check=False,
    )
    if ended.returncode == 0:
        return {"output": json.loads(ended.stdout) if ended.stdout.strip() else {}}
    refused = REFUSED.search(ended.stderr)
    if not refused:
        return {"failed": ended.stderr}
    return {"code": refused.group(1), "message": refused.group(2).strip()}


def plain(value):
    """Times as text: the suite does not compare them, since no two calls are made at one time."""
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no normal form")


def main():
    """Calls until the input ends."""
    for line in sys.stdin:
        call = json.loads(line)
        answer = with_cli(call) if call["client"] == "cli" else with_boto3(call)
        print(json.dumps(answer, default=plain), flush=True)


if __name__ == "__main__":
    main()
