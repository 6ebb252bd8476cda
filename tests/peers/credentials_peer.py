"""What botocore makes of the home and the variables of this process: its keys, or its error, on standard output."""

import json

import botocore.session


def main():
    """Prints the keys."""
    session = botocore.session.get_session()
    try:
        credentials = session.get_credentials()
        frozen = credentials.get_frozen_credentials() if credentials else None
    except Exception as error:  # the answer to what botocore refuses is its refusal
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
        return
    if frozen is None:
        print(json.dumps({"error": "no credentials"}))
        return
    print(json.dumps({"keys": [frozen.access_key, frozen.secret_key, frozen.token], "account": frozen.account_id}))


if __name__ == "__main__":
    main()
