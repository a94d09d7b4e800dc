"""Orders in a database whose login rotates: every new connection is made by the present one."""

import json
import os
from typing import TYPE_CHECKING, Any

import psycopg
from aws_secretsmanager_caching import SecretCache, SecretCacheConfig
from psycopg_pool import ConnectionPool

if TYPE_CHECKING:
    from types_boto3_secretsmanager import SecretsManagerClient

MAX_AGE_SECONDS = 300
CONNECT_SECONDS = 5
# "too many connections for role", "remaining connection slots are reserved", as PostgreSQL says it in English.
FULL = ("too many connections", "connection slots are reserved")
# Of a request for a connection; reading a login again takes up to five.
WAIT_SECONDS = 15


class Orders:
    def __init__(self, secrets: "SecretsManagerClient", arn: str) -> None:
        cache = SecretCache(SecretCacheConfig(secret_refresh_interval=MAX_AGE_SECONDS), secrets)

        class Connection(psycopg.Connection[Any]):
            """Has a login that is refused read again; the pool's next attempt then has the present one."""

            @classmethod
            def connect(cls, conninfo: str = "", **settings: Any) -> "Connection":
                try:
                    return super().connect(conninfo, **settings)
                except psycopg.OperationalError as error:
                    if is_refused_login(error):
                        # Takes 3 to 5 seconds, so that many programs do not ask at once.
                        cache.refresh_secret_now(arn)
                    raise

        self._pool = ConnectionPool(
            # Asked for each connection.
            kwargs=lambda: settings_of(cache.get_secret_string(arn)),
            connection_class=Connection,
            min_size=1,
            max_size=4,
            timeout=WAIT_SECONDS,
            # A connection that broke while idle is replaced before it is handed out.
            check=ConnectionPool.check_connection,
            open=True,
        )

    def count(self) -> int:
        with self._pool.connection() as connection:
            row = connection.execute("SELECT count(*) FROM orders").fetchone()
        return int(row[0]) if row else 0

    def close(self) -> None:
        self._pool.close()


def settings_of(text: str) -> dict[str, Any]:
    """User and password of one version: with alternating users both change."""
    fields = json.loads(text)
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


def is_refused_login(error: psycopg.OperationalError) -> bool:
    """Whether the server asked for the password and then did not let the program in; libpq gives no SQLSTATE of that.

    A server that is full may have asked for it too, and says so.
    https://www.postgresql.org/docs/current/libpq-status.html#LIBPQ-PQCONNECTIONUSEDPASSWORD
    """
    used_password = error.pgconn is not None and error.pgconn.used_password
    return used_password and not any(words in str(error) for words in FULL)
