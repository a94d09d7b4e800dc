"""A worker that reads its login itself, and sees each rotation without a new task:

    consumers:
      worker:
        kind: ecs
        image: 111111111111.dkr.ecr.eu-west-1.amazonaws.com/orders-worker:1.4.2
        command: [python, at_run_time.py]
        port: 8080
        reads: [database]

AWS's caching library keeps the login for five minutes at most, while Secrets Manager answers: where it does not, the
login that is kept serves on. https://github.com/aws/aws-secretsmanager-caching-python
"""

import json
import os
from typing import Any

import boto3
import psycopg
from aws_secretsmanager_caching import SecretCache, SecretCacheConfig
from refusal import is_refused_login
from serving import log, read_environment, serve
from sqlalchemy import Engine, create_engine, event, text

MAX_AGE_SECONDS = 300
CONNECT_SECONDS = 5


class Login:
    """The login of a database, as Secrets Manager has it."""

    def __init__(self, arn: str) -> None:
        self._arn = arn
        client = boto3.client("secretsmanager", region_name=arn.split(":")[3])
        self._cache = SecretCache(SecretCacheConfig(secret_refresh_interval=MAX_AGE_SECONDS), client)

    def connect(self) -> psycopg.Connection[Any]:
        """A new connection; a login that is refused is read again, once."""
        try:
            return psycopg.connect(**self._parameters())
        except psycopg.OperationalError as error:
            if not is_refused_login(error):
                raise
        log("info", "the login was refused; reading the present one")
        # Takes 3 to 5 seconds, so that many programs do not ask at once.
        self._cache.refresh_secret_now(self._arn)
        return psycopg.connect(**self._parameters())

    def _parameters(self) -> dict[str, Any]:
        """User and password of one version: with alternating users both change."""
        fields = json.loads(self._cache.get_secret_string(self._arn))
        return {
            "host": fields["host"],
            "port": fields["port"],
            "dbname": fields["dbname"],
            "user": fields["username"],
            "password": fields["password"],
            "connect_timeout": CONNECT_SECONDS,
            # What the driver does by default checks no certificate.
            "sslmode": os.environ.get("PGSSLMODE", "verify-full"),
        }


def engine_by(login: Login) -> Engine:
    engine = create_engine("postgresql+psycopg://", pool_pre_ping=True)

    @event.listens_for(engine, "do_connect")
    def connect(*_: object) -> psycopg.Connection[Any]:
        return login.connect()

    return engine


def main() -> None:
    engine = engine_by(Login(*read_environment("DATABASE_ARN")))

    def work() -> None:
        with engine.connect() as connection:
            connection.execute(text("SELECT count(*) FROM orders"))

    serve(work)


if __name__ == "__main__":
    main()
