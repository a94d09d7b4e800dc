"""How a program sees that a server of PostgreSQL refused its login."""

import psycopg
from sqlalchemy.exc import DBAPIError


def is_refused_login(error: BaseException | None) -> bool:
    """Whether the server asked for the password and then did not let the program in.

    libpq gives no SQLSTATE of a failed connection, and the server's message may be in any language. A server that is
    down, unreachable or full has not asked for the password.
    https://www.postgresql.org/docs/current/libpq-status.html#LIBPQ-PQCONNECTIONUSEDPASSWORD
    """
    if isinstance(error, DBAPIError):
        error = error.orig
    return isinstance(error, psycopg.OperationalError) and bool(error.pgconn and error.pgconn.used_password)
