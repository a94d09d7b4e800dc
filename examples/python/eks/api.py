"""An API for whoever has a token, in pods that have their role by EKS Pod Identity:

    consumers:
      api:
        kind: eks
        cluster: main
        namespace: orders
        serviceAccount: api
        reads: [database, token-key.jwks]

The SDK finds the role by itself: EKS puts AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE
into the pods of the service account. The ARNs stand in deployment.yaml.
https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
"""

import json
import os
import signal
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NoReturn

import boto3
import jwt
from botocore.exceptions import BotoCoreError
from orders import Orders
from published_keys import PublishedKeys, UnknownKeyError


def bearer(authorization: str | None, keys: PublishedKeys) -> str:
    """Who a token is for; jwt.InvalidTokenError or UnknownKeyError where it is not to be trusted.

    By the key of its `kid` and that key's own algorithm, whatever the token says of it.
    """
    scheme, _, token = (authorization or "").partition(" ")
    if scheme != "Bearer":
        raise jwt.InvalidTokenError
    key = keys.by_id(str(jwt.get_unverified_header(token).get("kid")))
    claims = jwt.decode(token, key, algorithms=[key.algorithm_name], options={"require": ["exp", "sub"]})
    return str(claims["sub"])


class Handler(BaseHTTPRequestHandler):
    keys: PublishedKeys
    orders: Orders

    def do_GET(self) -> None:
        try:
            subject = bearer(self.headers["Authorization"], self.keys)
            self._answer(HTTPStatus.OK, {"subject": subject, "orders": self.orders.count()})
        except (jwt.InvalidTokenError, UnknownKeyError) as error:
            log("a token was refused", kind=type(error).__name__)
            self._answer(HTTPStatus.UNAUTHORIZED, {})
        except Exception as error:
            # Its kind and no more: what a driver's message holds is not ours to know.
            log("the request failed", kind=type(error).__name__)
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE, {})

    def _answer(self, code: HTTPStatus, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_request(self, *_: object) -> None:
        """Leaves out what the server would say of each request."""


def log(message: str, **details: Any) -> None:
    print(json.dumps({"message": message, **details}), flush=True)


def region_of(arn: str) -> str:
    return arn.split(":")[3]


def main() -> NoReturn:
    missing = [name for name in ("DATABASE_ARN", "TOKEN_KEY_JWKS_ARN") if not os.environ.get(name)]
    if missing:
        log("variables are missing; `npx platform refs` prints them", missing=missing)
        sys.exit(1)
    database, key_set = os.environ["DATABASE_ARN"], os.environ["TOKEN_KEY_JWKS_ARN"]
    try:
        Handler.keys = PublishedKeys(boto3.client("ssm", region_name=region_of(key_set)), key_set)
        Handler.orders = Orders(boto3.client("secretsmanager", region_name=region_of(database)), database)
    except BotoCoreError as error:
        log("the pod has no role; it needs the service account of the manifest", kind=type(error).__name__)
        sys.exit(1)
    server = ThreadingHTTPServer(("", int(os.environ.get("PORT", "8080"))), Handler)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    log("listening", port=server.server_address[1])
    server.serve_forever()
    server.server_close()
    Handler.orders.close()
    sys.exit(0)


if __name__ == "__main__":
    main()
