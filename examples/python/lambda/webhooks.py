"""Signs webhooks and checks signatures, by Powertools for AWS Lambda, which its layer brings along:

    consumers:
      api:
        kind: lambda
        code: examples/python/lambda
        handler: webhooks.handler
        runtime: python3.13
        layers: ["arn:aws:lambda:eu-west-1:017000801446:layer:AWSLambdaPowertoolsPythonV3-python313-arm64:18"]
        reads: [webhook-signing-key]

The layer's versions: https://docs.aws.amazon.com/powertools/python/latest/getting-started/install/
How it keeps values: https://docs.aws.amazon.com/powertools/python/latest/utilities/parameters/
"""

import time
from collections.abc import Iterator
from typing import cast

from aws_lambda_powertools.utilities.parameters import SecretsProvider
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError
from botocore.exceptions import ClientError
from references import arn_of
from signatures import Answer, Request, is_by_one_of, signature

ITEM = "webhook-signing-key"
MAX_AGE_SECONDS = 300
COOL_DOWN_SECONDS = 1


class Keys:
    """The key that signs, and the one before its last rotation."""

    def __init__(self) -> None:
        # Powertools keeps a value by its name, whatever version was asked for: the versions of before need a provider
        # of their own.
        self._current = SecretsProvider()
        self._previous = SecretsProvider()
        self._read_again_at = float("-inf")

    def current(self, *, fresh: bool = False) -> str:
        return cast(str, self._current.get(arn_of(ITEM), max_age=MAX_AGE_SECONDS, force_fetch=fresh))

    def previous(self, *, fresh: bool = False) -> str | None:
        """None before the first rotation."""
        try:
            value = self._previous.get(
                arn_of(ITEM), max_age=MAX_AGE_SECONDS, force_fetch=fresh, VersionStage="AWSPREVIOUS"
            )
        except GetParameterError as error:
            if is_absent(error.__context__):
                return None
            raise
        return cast(str, value)

    def verify(self, body: str, given: str) -> bool:
        """Whether one of the keys made the signature.

        Those that are kept may be older than the signature, so keys that do not match are read again; but not for each
        wrong signature, of which anybody can send many.
        """
        if is_by_one_of(self._both(), body, given):
            return True
        if time.monotonic() - self._read_again_at < COOL_DOWN_SECONDS:
            return False
        self._read_again_at = time.monotonic()
        # Both of them, whichever matches: they change together.
        return is_by_one_of(tuple(self._both(fresh=True)), body, given)

    def _both(self, *, fresh: bool = False) -> Iterator[str]:
        yield self.current(fresh=fresh)
        before = self.previous(fresh=fresh)
        if before is not None:
            yield before


# Outside the handler, so that invocations of one execution environment share what was read.
keys = Keys()


def handler(request: Request, _context: object) -> Answer:
    if "signature" not in request:
        return {"signature": signature(request["body"], keys.current())}
    return {"valid": keys.verify(request["body"], request["signature"])}


def is_absent(cause: BaseException | None) -> bool:
    return isinstance(cause, ClientError) and cause.response["Error"]["Code"] == "ResourceNotFoundException"
