"""Reports on orders, from an instance; reads its login in its start-up code and keeps it in memory alone:

    consumers:
      reports: { kind: ec2, instanceType: t4g.small, reads: [database] }

The launch template writes ARNs, and nothing else, to /etc/orders/references.json. The SDK reads with the role of the
instance: no credential and no value lies in a file, a variable or an argument.
"""

import contextlib
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import boto3
import psycopg
from botocore.exceptions import BotoCoreError, ClientError

REFERENCES = Path(os.environ.get("REFERENCES", "/etc/orders/references.json"))
EVERY_SECONDS = float(os.environ.get("EVERY_SECONDS", "60"))
CONNECT_SECONDS = 5
# "too many connections for role", "remaining connection slots are reserved", as PostgreSQL says it in English.
FULL = ("too many connections", "connection slots are reserved")


class Database:
    """A connection that is made anew when it was lost, by a login that is read anew when it was refused."""

    def __init__(self, arn: str) -> None:
        self._arn = arn
        self._secrets = boto3.client("secretsmanager", region_name=arn.split(":")[3])
        # AWS's caching library would add nothing: a login is read at the start, and again when it is refused.
        self._login = self._read()
        self._connection: psycopg.Connection[Any] | None = None

    def count(self) -> int:
        """Asked again on a new connection where the one that is kept was lost."""
        if self._connection is not None:
            with contextlib.suppress(psycopg.OperationalError):
                return orders_in(self._connection)
            self._connection.close()
        self._connection = self._connect()
        return orders_in(self._connection)

    def _connect(self) -> psycopg.Connection[Any]:
        try:
            return psycopg.connect(**self._login, autocommit=True)
        except psycopg.OperationalError as error:
            if not is_refused_login(error):
                raise
        log("the login was refused; reading the present one")
        self._login = self._read()
        return psycopg.connect(**self._login, autocommit=True)

    def _read(self) -> dict[str, Any]:
        fields = json.loads(self._secrets.get_secret_value(SecretId=self._arn)["SecretString"])
        return {
            "host": fields["host"],
            "port": fields["port"],
            "dbname": fields["dbname"],
            "user": fields["username"],
            "password": fields["password"],
            "connect_timeout": CONNECT_SECONDS,
            # What the driver does by default checks no certificate; the authorities are found by PGSSLROOTCERT.
            "sslmode": os.environ.get("PGSSLMODE", "verify-full"),
        }


def orders_in(connection: psycopg.Connection[Any]) -> int:
    row = connection.execute("SELECT count(*) FROM orders").fetchone()
    return int(row[0]) if row else 0


def is_refused_login(error: psycopg.OperationalError) -> bool:
    """Whether the server asked for the password and then did not let the program in; libpq gives no SQLSTATE of that.

    A server that is full may have asked for it too, and says so.
    https://www.postgresql.org/docs/current/libpq-status.html#LIBPQ-PQCONNECTIONUSEDPASSWORD
    """
    used_password = error.pgconn is not None and error.pgconn.used_password
    return used_password and not any(words in str(error) for words in FULL)


def main() -> int:
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    try:
        database = Database(json.loads(REFERENCES.read_text())["database"])
        while not ended.is_set():
            log(f"{database.count()} orders")
            ended.wait(EVERY_SECONDS)
    except (BotoCoreError, ClientError, psycopg.Error, OSError, ValueError, KeyError) as error:
        # Its kind and no more: what a driver's message holds is not ours to know. systemd starts the program again.
        log(f"ending after {type(error).__name__}")
        return 1
    return 0


def log(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
