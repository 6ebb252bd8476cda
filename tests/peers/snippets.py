"""What appflow-local's README tells its readers to run, run as it stands there against the program.

Arguments: the program, the README, a folder to install in. Only the port is another one. Prints one line for each
section; sections whose tools are missing are said to be skipped.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request

import yaml

LOCAL = "http://127.0.0.1:4577"
PATIENCE = 300
# Settings of whoever runs this have no say.
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
CLEAN |= {"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": os.devnull,
          "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_PAGER": ""}


def blocks(readme):
    """The code blocks: by section, a list of languages and texts."""
    with open(readme) as file:
        text = file.read()
    found = {}
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, body = section.split("\n", 1)
        found[title] = re.findall(r"^```(\w+)\n(.*?)^```$", body, flags=re.MULTILINE | re.DOTALL)
    return found


def start(program):
    process = subprocess.Popen([program, "--port", "0", "--quiet", "--run-duration", "600000"], stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    variables = {}
    for _ in range(3):
        words = process.stdout.readline().removeprefix("  export ").split()
        variables |= dict(word.split("=", 1) for word in words)
    return process, re.search(r"http://[^ ]+:\d+", line).group(0), variables


def reset(url):
    urllib.request.urlopen(urllib.request.Request(
        f"{url}/_appflow-local/reset", b"{}", {"Content-Type": "application/json"})).close()


def run(command, text="", folder=None, **environment):
    """What a program prints; it must succeed."""
    done = subprocess.run(command, input=text, env=CLEAN | environment, cwd=folder, text=True, timeout=PATIENCE,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode == 0, f"{command}: {done.returncode}\n{text}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def only(section, language):
    texts = [text for found, text in section if found == language]
    assert len(texts) == 1, f"{len(texts)} blocks of {language}"
    return texts[0]


class Snippets:
    def __init__(self, program, readme, folder):
        self.program, self.folder, self.sections = program, folder, blocks(readme)
        self.process, self.url, self.variables = start(program)
        self.path = os.pathsep.join([os.path.dirname(sys.executable), os.path.dirname(os.path.abspath(program)),
                                     CLEAN["PATH"]])

    def text(self, title, language):
        return only(self.sections[title], language).replace(LOCAL, self.url)

    def boto3(self):
        printed = run([sys.executable, "-"], self.text("From boto3", "python"))
        assert printed == "InProgress\n", printed
        bare = "import boto3; print(len(boto3.client('appflow').list_flows()['flows']))"
        assert run([sys.executable, "-c", bare], **self.variables) == "1\n"

    def aws_cli(self):
        printed = run(["bash", "-euo", "pipefail"], self.text("From the AWS CLI", "sh"), PATH=self.path)
        for expected in ["flow/accounts", "executionId", "InProgress", '"flowName": "accounts"']:
            assert expected in printed, f"{expected}\n{printed}"

    def javascript(self):
        if not shutil.which("npm"):
            return "npm is missing"
        told = re.search(r"`(npm install [^`]+)`", open(sys.argv[2]).read()).group(1)
        if not os.path.isdir(os.path.join(self.folder, "node_modules", "@aws-sdk", "client-appflow")):
            os.makedirs(self.folder, exist_ok=True)
            run(["npm", "init", "--yes"], folder=self.folder)
            run([*told.split(), "--no-fund", "--no-audit"], folder=self.folder)
        file = os.path.join(self.folder, "snippet.mjs")
        with open(file, "w") as program:
            program.write(self.text("From JavaScript", "js"))
        assert run(["node", file]) == "accounts is Active\n"
        bare = ('import { AppflowClient, ListFlowsCommand } from "@aws-sdk/client-appflow";'
                "console.log((await new AppflowClient().send(new ListFlowsCommand({}))).flows.length);")
        with open(file, "w") as program:
            program.write(bare)
        assert run(["node", file], **self.variables) == "1\n"

    def terraform(self):
        terraform = shutil.which("terraform")
        if not terraform:
            return "terraform is missing"
        run([terraform, "fmt", "-check", "-"], self.text("From Terraform", "hcl"))
        return None

    def github_actions(self):
        workflow = yaml.safe_load(self.text("In GitHub Actions", "yaml"))
        job = workflow["jobs"]["test"]
        steps = {step.get("name"): step for step in job["steps"]}
        # The step starts a program of its own on the port that the README names, which may be taken here.
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        begin = steps["Start appflow-local"]["run"].replace(self.url, f"http://127.0.0.1:{port}")
        begin = begin.replace("--port 4577", f"--port {port}")
        with tempfile.TemporaryDirectory() as folder:
            script = begin + "\necho; aws appflow list-flows --max-results 5; kill $!"
            environment = job["env"] | {"AWS_ENDPOINT_URL_APPFLOW": f"http://127.0.0.1:{port}", "PATH": self.path}
            printed = run(["bash", "-eo", "pipefail", "-c", script], folder=folder, **environment)
            assert '"status":"ready"' in printed and '"flows": []' in printed, printed
            with open(os.path.join(folder, "appflow-local.log")) as log:
                assert "200 ListFlows" in log.read()

    def control_api(self):
        printed = run(["bash", "-euo", "pipefail"], self.text("The control API", "sh"))
        assert '"operation":"StartFlow"' in printed, printed

    def run_all(self):
        cases = {"boto3": self.boto3, "the AWS CLI": self.aws_cli, "JavaScript": self.javascript,
                 "Terraform": self.terraform, "GitHub Actions": self.github_actions, "the control API": self.control_api}
        for name, case in cases.items():
            reset(self.url)
            skipped = case()
            print(f"{name}: SKIPPED, {skipped}" if skipped else f"{name}: as the README says", flush=True)


def main():
    program, readme, folder = sys.argv[1:]
    snippets = Snippets(program, readme, folder)
    try:
        snippets.run_all()
    finally:
        snippets.process.terminate()
        snippets.process.wait(timeout=10)


if __name__ == "__main__":
    main()
