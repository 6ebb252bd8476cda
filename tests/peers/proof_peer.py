"""Judges DPoP proofs (RFC 9449) by PyJWT: a proof and its address a line in, whether it is valid a line out."""

import json
import sys
import time
import uuid

import jwt


def check(proof, url):
    """Fails unless the proof is for a POST to this address, now, by the key that it names."""
    header = jwt.get_unverified_header(proof)
    if header["typ"] != "dpop+jwt" or header["alg"] != "ES256" or "d" in header["jwk"]:
        raise ValueError(f"header {header}")
    key = jwt.PyJWK(header["jwk"]).key
    claims = jwt.decode(proof, key, algorithms=["ES256"], options={"verify_iat": True})
    if claims["htm"] != "POST" or claims["htu"] != url:
        raise ValueError(f"claims {claims}")
    if abs(claims["iat"] - time.time()) > 300:
        raise ValueError("not of now")
    uuid.UUID(claims["jti"])


def main():
    """Answers until the input ends."""
    for line in sys.stdin:
        question = json.loads(line)
        try:
            check(question["proof"], question["url"])
            answer = {"valid": True}
        except Exception as error:  # a proof that is refused is the answer
            answer = {"valid": False, "why": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
