"""Signs webhooks and checks signatures, by AWS's Parameters and Secrets extension, which reads and keeps values:

    consumers:
      api:
        kind: lambda
        code: examples/python/lambda
        handler: webhooks_by_extension.handler
        runtime: python3.13
        extension: true
        reads: [webhook-signing-key]

It keeps each answer for 300 seconds, or `SECRETS_MANAGER_TTL` of the function's variables.
https://docs.aws.amazon.com/lambda/latest/dg/with-secrets-manager.html
"""

import json
import os
import time
from collections.abc import Iterator
from http import HTTPStatus
from typing import cast

import boto3
import urllib3
from botocore.exceptions import ClientError
from references import arn_of
from signatures import Answer, Request, is_by_one_of, signature

ITEM = "webhook-signing-key"
MAX_AGE_SECONDS = 300
COOL_DOWN_SECONDS = 1
TIMEOUT_SECONDS = 5


class Keys:
    """The key that signs, and the one before its last rotation."""

    def __init__(self) -> None:
        self._http = urllib3.PoolManager(retries=False, timeout=TIMEOUT_SECONDS)
        self._secrets = boto3.client("secretsmanager")
        self._read_again: tuple[str, ...] = ()
        self._read_again_at = float("-inf")

    def current(self) -> str:
        key = self._by_extension("AWSCURRENT")
        if key is None:
            raise RuntimeError(f"{ITEM} could not be read; the extension's log says why")
        return key

    def verify(self, body: str, given: str) -> bool:
        """Whether one of the keys made the signature.

        No request makes this release of the extension read again. So keys that do not match are read by the SDK, and
        kept for as long as the extension may keep older ones; not for each wrong signature, of which anybody can send
        many.
        """
        if is_by_one_of(self._kept(), body, given):
            return True
        if time.monotonic() - self._read_again_at >= COOL_DOWN_SECONDS:
            self._read_again_at = time.monotonic()
            self._read_again = self._fresh()
            return is_by_one_of(self._read_again, body, given)
        return False

    def _kept(self) -> Iterator[str]:
        yield self.current()
        # Absent before the first rotation.
        before = self._by_extension("AWSPREVIOUS")
        if before is not None:
            yield before
        if time.monotonic() - self._read_again_at < MAX_AGE_SECONDS:
            yield from self._read_again

    def _by_extension(self, stage: str) -> str | None:
        """Within the handler only: the extension answers from the first invocation on, not before."""
        port = os.environ.get("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", "2773")
        response = self._http.request(
            "GET",
            f"http://localhost:{port}/secretsmanager/get",
            fields={"secretId": arn_of(ITEM), "versionStage": stage},
            headers={"X-Aws-Parameters-Secrets-Token": os.environ["AWS_SESSION_TOKEN"]},
        )
        return (
            cast(str, json.loads(response.data)["SecretString"]) if response.status == HTTPStatus.OK else None
        )

    def _fresh(self) -> tuple[str, ...]:
        newest = self._secrets.get_secret_value(SecretId=arn_of(ITEM))["SecretString"]
        try:
            before = self._secrets.get_secret_value(SecretId=arn_of(ITEM), VersionStage="AWSPREVIOUS")
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
            return (newest,)
        return (newest, before["SecretString"])


# Outside the handler, so that invocations of one execution environment share what was read.
keys = Keys()


def handler(request: Request, _context: object) -> Answer:
    if "signature" not in request:
        return {"signature": signature(request["body"], keys.current())}
    return {"valid": keys.verify(request["body"], request["signature"])}
