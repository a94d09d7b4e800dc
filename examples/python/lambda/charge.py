"""Sends charges to the card network, by a session that a rotation may end at any moment:

    consumers:
      charge:
        kind: lambda
        code: examples/python/lambda
        handler: charge.handler
        runtime: python3.13
        layers: ["arn:aws:lambda:eu-west-1:017000801446:layer:AWSLambdaPowertoolsPythonV3-python313-arm64:18"]
        reads: [provider-session, card-network-url, charge-limit]

The layer is Powertools for AWS Lambda, which reads and keeps values.
https://docs.aws.amazon.com/powertools/python/latest/utilities/parameters/
"""

import json
from http import HTTPStatus
from typing import TypedDict, cast
from urllib.parse import urljoin

import urllib3
from aws_lambda_powertools.utilities.parameters import SecretsProvider, SSMProvider
from references import arn_of

MAX_AGE_SECONDS = 300
TIMEOUT_SECONDS = 10

# Outside the handler, so that invocations of one execution environment share what was read.
secrets = SecretsProvider()
parameters = SSMProvider()
# Follows no redirection, which would take the session to another host.
http = urllib3.PoolManager(retries=False, timeout=TIMEOUT_SECONDS)


class Charge(TypedDict):
    """`amount` in euros."""

    amount: float
    reference: str


class Answer(TypedDict, total=False):
    accepted: bool
    reason: str


def handler(charge: Charge, _context: object) -> Answer:
    limit = float(parameter("charge-limit"))
    if not 0 < charge["amount"] <= limit:
        return {"accepted": False, "reason": f"the amount must be above 0 and at most {limit:g}"}
    status = send(charge)
    if status == HTTPStatus.UNAUTHORIZED:
        # The session was rotated since this function last read it.
        status = send(charge, fresh=True)
    if status >= HTTPStatus.MULTIPLE_CHOICES:
        raise RuntimeError(f"the card network answered {status:d}")
    return {"accepted": True}


def send(charge: Charge, *, fresh: bool = False) -> int:
    """The status that the card network answers with."""
    session_id, token = session(fresh=fresh)
    response = http.request(
        "POST",
        urljoin(parameter("card-network-url"), "/charges"),
        body=json.dumps(charge),
        headers={
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": charge["reference"],
            "X-Session-Id": session_id,
        },
    )
    return response.status


def session(*, fresh: bool) -> tuple[str, str]:
    """A secret of several fields is one JSON object, whose fields belong together."""
    text = secrets.get(arn_of("provider-session"), max_age=MAX_AGE_SECONDS, force_fetch=fresh)
    fields = json.loads(cast(str, text))
    return fields["session_id"], fields["token"]


def parameter(item: str) -> str:
    return cast(str, parameters.get(arn_of(item), max_age=MAX_AGE_SECONDS))
