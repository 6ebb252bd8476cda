"""The status page of appflow-local in a browser: what it shows, and that it moves while it stays open.

Arguments: the program, the browser, the file for the screenshot. The browser is told what to do by its debugging
protocol over a pipe: file descriptors 3 and 4, documents that end with a null byte.
"""

import base64
import json
import os
import re
import select
import subprocess
import sys
import tempfile
import time
import urllib.request
from itertools import count

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

MORNING = 1_767_259_800  # 2026-01-01 09:30 UTC
PATIENCE = 60


class Browser:
    """A page of a browser without a screen."""

    def __init__(self, program, profile):
        read_commands, self.commands = os.pipe()
        self.answers, write_answers = os.pipe()
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                   "--hide-scrollbars", "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"]
        shell = f'exec "$@" 3<&{read_commands} 4>&{write_answers}'
        self.process = subprocess.Popen(["bash", "-c", shell, "bash", program, *options],
                                        pass_fds=(read_commands, write_answers), stderr=subprocess.DEVNULL)
        os.close(read_commands)
        os.close(write_answers)
        self.numbers, self.waiting, self.session, self.complaints = count(1), b"", None, []

    def call(self, method, **parameters):
        number = next(self.numbers)
        command = {"id": number, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        os.write(self.commands, json.dumps(command).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        while True:
            message = self.message(until, method)
            if message.get("method") == "Runtime.exceptionThrown":
                self.complaints.append(message["params"])
            if message.get("id") == number:
                assert "error" not in message, f"{method}: {message}"
                return message["result"]

    def message(self, until, method):
        while b"\0" not in self.waiting:
            ready, _, _ = select.select([self.answers], [], [], max(0, until - time.monotonic()))
            assert ready, f"{method}: the browser does not answer"
            piece = os.read(self.answers, 1 << 16)
            assert piece, f"{method}: the browser has ended"
            self.waiting += piece
        text, self.waiting = self.waiting.split(b"\0", 1)
        return json.loads(text)

    def open(self, url):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Runtime.enable")
        self.size(900)
        self.call("Page.navigate", url=url)

    def size(self, height):
        self.call("Emulation.setDeviceMetricsOverride", width=1100, height=height, deviceScaleFactor=1, mobile=False)

    def ask(self, expression):
        """The value of an expression of JavaScript."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def wait(self, expression, why):
        until = time.monotonic() + PATIENCE
        while not self.ask(expression):
            assert time.monotonic() < until, f"{why}\n{self.ask('document.body.innerText')}"
            time.sleep(0.1)

    def end(self):
        self.process.kill()
        self.process.wait()


def start(program, *options):
    options = options or ["--run-duration", "10000", "--cancel-duration", "5000"]
    process = subprocess.Popen([program, "--port", "0", *options],
                               stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    return process, re.search(r"http://[^ ]+:\d+", line).group(0)


def control(url, path, body):
    request = urllib.request.Request(f"{url}/_appflow-local/{path}", json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


S3_SOURCE = {"connectorType": "S3",
             "sourceConnectorProperties": {"S3": {"bucketName": "crm-exports", "bucketPrefix": "accounts"}}}
SALESFORCE_SOURCE = {"connectorType": "Salesforce", "connectorProfileName": "salesforce-production",
                     "sourceConnectorProperties": {"Salesforce": {"object": "Opportunity"}}}
SALESFORCE_TARGET = {"connectorType": "Salesforce", "connectorProfileName": "salesforce-production",
                     "destinationConnectorProperties": {"Salesforce": {"object": "Account"}}}
S3_TARGET = {"connectorType": "S3",
             "destinationConnectorProperties": {"S3": {"bucketName": "data-lake", "bucketPrefix": "raw"}}}


def task(connector, field):
    return {"taskType": "Map", "sourceFields": [field], "destinationField": field,
            "connectorOperator": {connector: "NO_OP"}}


def projection(*fields):
    return {"taskType": "Filter", "sourceFields": list(fields), "connectorOperator": {"Salesforce": "PROJECTION"}}


def hourly():
    scheduled = {"scheduleExpression": "rate(1hours)", "dataPullMode": "Incremental"}
    return {"triggerType": "Scheduled", "triggerProperties": {"Scheduled": scheduled}}


def furnish(appflow, url):
    """Three flows with some history, at half past nine in the morning."""
    control(url, "clock", {"set": MORNING, "freeze": True})
    appflow.create_connector_profile(
        connectorProfileName="salesforce-production", connectorType="Salesforce", connectionMode="Public",
        connectorProfileConfig={"connectorProfileProperties": {"Salesforce": {}}})
    on_demand = {"triggerType": "OnDemand"}
    appflow.create_flow(
        flowName="accounts-to-salesforce", triggerConfig=on_demand, sourceFlowConfig=S3_SOURCE,
        destinationFlowConfigList=[SALESFORCE_TARGET], tasks=[task("S3", "Name"), task("S3", "City")])
    appflow.create_flow(
        flowName="opportunities-to-lake", triggerConfig=hourly(), sourceFlowConfig=SALESFORCE_SOURCE,
        destinationFlowConfigList=[S3_TARGET], tasks=[projection("Id", "Name"), task("Salesforce", "Name")])
    appflow.create_flow(
        flowName="nightly-copy", triggerConfig=hourly(), sourceFlowConfig=S3_SOURCE,
        destinationFlowConfigList=[S3_TARGET], tasks=[task("S3", "Name")])
    appflow.start_flow(flowName="opportunities-to-lake")
    control(url, "clock", {"advanceSeconds": 7100})
    control(url, "run-faults", {"flowName": "accounts-to-salesforce", "message": "The vendor is away."})
    appflow.start_flow(flowName="accounts-to-salesforce")
    control(url, "clock", {"advanceSeconds": 60})
    canceled = appflow.start_flow(flowName="accounts-to-salesforce")["executionId"]
    appflow.cancel_flow_executions(flowName="accounts-to-salesforce", executionIds=[canceled])
    control(url, "clock", {"advanceSeconds": 30})
    try:
        appflow.start_flow(flowName="no-such-flow")
    except ClientError:
        pass
    return appflow.start_flow(flowName="accounts-to-salesforce")["executionId"]


def check_what_is_shown(browser):
    browser.wait("document.querySelectorAll('.flow').length === 3", "three flows are shown")
    text = browser.ask("document.body.innerText")
    for expected in ["accounts-to-salesforce", "opportunities-to-lake", "nightly-copy", "on demand", "rate(1hours)",
                     "Draft", "Active", "InProgress", "Error", "Canceled", "Successful", "The vendor is away.",
                     "account 000000000000", "us-east-1", "salesforce-production", "frozen", "Recent requests",
                     "CreateFlow", "StartFlow", "flowName=no-such-flow", "ResourceNotFoundException"]:
        assert expected in text, f"{expected} is not in\n{text}"
    flow = "document.querySelector('[data-flow=accounts-to-salesforce]')"
    picture = browser.ask(f"{flow}.querySelector('svg.picture').getAttribute('aria-label')")
    assert picture == "S3 to Salesforce", picture
    for end, expected in {"source": ["S3", "crm-exports/accounts"],
                          "destination": ["Salesforce", "Account \u00b7 salesforce-production"]}.items():
        shown = browser.ask(f"[...{flow}.querySelectorAll('svg .{end} text')].map(text => text.textContent)")
        assert shown == expected, shown
    left, right = (browser.ask(f"{flow}.querySelector('svg .{end} rect').getBoundingClientRect().left")
                   for end in ("source", "destination"))
    assert left < right, "the source stands left of the destination"
    assert browser.ask(f"{flow}.querySelector('svg .arrow.moving') !== null"), "the arrow of a run moves"


def check_that_it_moves(browser, appflow, url, run):
    """The same document, without being loaded again, shows what happens meanwhile."""
    browser.ask("window.sameDocument = true")
    status = f"document.querySelector('[data-run=\"{run}\"] .status').textContent"
    assert browser.ask(status) == "InProgress"
    control(url, "clock", {"advanceSeconds": 2})
    browser.wait(f"document.querySelector('[data-run=\"{run}\"] progress').value === 60", "the run is at 60 %")
    control(url, "clock", {"advanceSeconds": 6})
    browser.wait(f"{status} === 'Successful'", "the run is over")
    again = appflow.start_flow(flowName="accounts-to-salesforce")["executionId"]
    browser.wait(f"document.querySelector('[data-run=\"{again}\"]') !== null", "a new run is shown")
    control(url, "run-faults", {"message": "<img src=x onerror=alert(1)>"})
    appflow.start_flow(flowName="accounts-to-salesforce")
    control(url, "clock", {"advanceSeconds": 11})
    browser.wait("document.body.innerText.includes('<img src=x onerror=alert(1)>')", "a message is shown as it is")
    assert browser.ask("document.images.length") == 0, "a message was taken for HTML"
    appflow.delete_flow(flowName="nightly-copy", forceDelete=True)
    browser.wait("document.querySelectorAll('.flow').length === 2", "a flow that is deleted goes")
    browser.wait("document.querySelector('.requests').innerText.includes('DeleteFlow')", "the last request is shown")
    assert browser.ask("window.sameDocument"), "the page was loaded again"


def check_rows(program, chromium, folder):
    """A run that moved data shows rows before and after, and its files, and details stay open; doubts are shown."""
    os.makedirs(f"{folder}/buckets/crm-exports")
    with open(f"{folder}/buckets/crm-exports/accounts.csv", "w") as source:
        source.write("Name,City\nAda,<b>London</b>\nBob,Paris\n")
    process, url = start(program, "--buckets", f"{folder}/buckets", "--run-duration", "0")
    browser = Browser(chromium, f"{folder}/profile")
    try:
        appflow = boto3.client("appflow", endpoint_url=url, region_name="us-east-1", aws_access_key_id="test",
                               aws_secret_access_key="test")
        drop = {"taskType": "Mask", "sourceFields": ["Name"], "connectorOperator": {"S3": "MASK_ALL"},
                "taskProperties": {"MASK_VALUE": "*"}}
        appflow.create_flow(
            flowName="masked", triggerConfig={"triggerType": "OnDemand"}, sourceFlowConfig=S3_SOURCE,
            destinationFlowConfigList=[S3_TARGET], tasks=[task("S3", "Name"), task("S3", "City"), drop, task("S3", "City")])
        run = appflow.start_flow(flowName="masked")["executionId"]
        browser.open(f"{url}/_appflow-local/")
        rows = f"document.querySelector('[data-rows=\"{run}\"]')"
        browser.wait(f"{rows} !== null", "the run shows its rows")
        browser.ask(f"{rows}.open = true")
        text = browser.ask(f"{rows}.innerText")
        for expected in ["2 records read, 2 written", '{"Name":"Ada","City":"<b>London</b>"}', '"Name":"***"',
                         f"raw/masked/{run}"]:
            assert expected in text, f"{expected} is not in\n{text}"
        assert "a later Map to `City` replaces it" in browser.ask("document.querySelector('.doubt').innerText")
        appflow.start_flow(flowName="masked")
        browser.wait("document.querySelectorAll('details.rows').length === 2", "the next run is shown")
        opened = browser.ask("[...document.querySelectorAll('details[open]')].map(rows => rows.dataset.rows)")
        assert opened == [run], f"the details of {run} were shut by the next run: {opened}"
        assert not browser.complaints, browser.complaints
    finally:
        browser.end()
        process.kill()
        process.wait()


def check_that_it_tells_when_the_program_is_gone(browser, process):
    process.terminate()
    assert process.wait(timeout=10) == 0
    browser.wait("document.body.classList.contains('away')", "the page says that the program is gone")


def take_picture(browser, appflow, url, file):
    """Of a moment with a run in progress."""
    control(url, "clock", {"advanceSeconds": 4})
    browser.wait("[...document.querySelectorAll('progress')].some(bar => bar.value === 40)", "a run is at 40 %")
    browser.size(860)
    data = base64.b64decode(browser.call("Page.captureScreenshot", format="png")["data"])
    with open(file, "wb") as image:
        image.write(data)
    print(f"{file}: {len(data) // 1024} KB")


def main():
    program, chromium, screenshot = sys.argv[1:]
    process, url = start(program)
    appflow = boto3.client("appflow", endpoint_url=url, region_name="us-east-1", aws_access_key_id="test",
                           aws_secret_access_key="test", config=Config(retries={"total_max_attempts": 1}))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(chromium, profile)
        try:
            run = furnish(appflow, url)
            browser.open(f"{url}/_appflow-local/")
            check_what_is_shown(browser)
            take_picture(browser, appflow, url, screenshot)
            check_that_it_moves(browser, appflow, url, run)
            check_that_it_tells_when_the_program_is_gone(browser, process)
            assert not browser.complaints, browser.complaints
        finally:
            browser.end()
            process.kill()
            process.wait()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        check_rows(program, chromium, folder)
    print("the page shows flows, pictures, runs, rows and requests, and moves with them")


if __name__ == "__main__":
    main()
