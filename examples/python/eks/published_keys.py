"""The public keys of a key pair, for whoever verifies its tokens: a parameter, read by its ARN."""

import json
import threading
import time
from typing import TYPE_CHECKING

import jwt

if TYPE_CHECKING:
    from types_boto3_ssm import SSMClient

# Those of the platform's key pairs, all of them for signatures by a private key.
ALGORITHMS = ("EdDSA", "ES256", "RS256")
MAX_AGE_SECONDS = 300
COOL_DOWN_SECONDS = 1


class UnknownKeyError(Exception):
    """No key of that id is published, or its tokens have all ended."""


class PublishedKeys:
    """Keeps a JWK set for five minutes, the longest that the platform lets verifiers do.

    It is read again for a key it does not have; but not for each such token, of which anybody can send many.

    AWS's caching library reads secrets alone, and Powertools knows nothing of keys within a parameter.
    """

    def __init__(self, ssm: "SSMClient", arn: str) -> None:
        self._ssm = ssm
        self._arn = arn
        self._lock = threading.Lock()
        self._keys: dict[str, jwt.PyJWK] = {}
        self._ends: dict[str, int] = {}
        self._read_at = float("-inf")

    def by_id(self, kid: str) -> jwt.PyJWK:
        with self._lock:
            age = time.monotonic() - self._read_at
            if age >= MAX_AGE_SECONDS or (kid not in self._keys and age >= COOL_DOWN_SECONDS):
                self._read()
            key = self._keys.get(kid)
            # A key that signs no more says when the last token by it ends.
            if key is None or self._ends.get(kid, time.time() + 1) <= time.time():
                raise UnknownKeyError
            return key

    def _read(self) -> None:
        text = self._ssm.get_parameter(Name=self._arn)["Parameter"]["Value"]
        published = [key for key in json.loads(text)["keys"] if key.get("alg") in ALGORITHMS]
        self._keys = {key["kid"]: jwt.PyJWK(key) for key in published}
        self._ends = {key["kid"]: key["exp"] for key in published if "exp" in key}
        self._read_at = time.monotonic()
