"""A moto server for the time of a command, which finds it by the variables of AWS's tools.

Usage: with_moto.py COMMAND [ARGUMENT...]
"""

import json
import logging
import os
import subprocess
import sys
import urllib.request

from moto.server import ThreadedMotoServer

# A function is not run in Docker, and the policies of AWS are not loaded.
CONFIG = {"lambda": {"use_docker": False}}


def main(command):
    """Starts the server, runs the command, and returns its status."""
    # A line for each request otherwise.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    url = "http://%s:%s" % server.get_host_and_port()
    request = urllib.request.Request(url + "/moto-api/config", json.dumps(CONFIG).encode(), method="POST")
    request.add_header("content-type", "application/json")
    urllib.request.urlopen(request).close()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment.update(
        AWS_ENDPOINT_URL=url,
        AWS_REGION="eu-west-1",
        AWS_ACCESS_KEY_ID="AKIAIOSFODNN7EXAMPLE",
        AWS_SECRET_ACCESS_KEY="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        AWS_EC2_METADATA_DISABLED="true",
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
    )
    try:
        return subprocess.call(command, env=environment)
    finally:
        server.stop()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
