"""How a program sees that a server of PostgreSQL refused its login."""

import psycopg
from sqlalchemy.exc import DBAPIError

# "too many connections for role", "remaining connection slots are reserved", as PostgreSQL says it in English.
FULL = ("too many connections", "connection slots are reserved")


def is_refused_login(error: BaseException | None) -> bool:
    """Whether the server asked for the password and then did not let the program in.

    libpq gives no SQLSTATE of a failed connection, and the server's message may be in any language. One that is down or
    unreachable has not asked for the password; one that is full may have, and says so.
    https://www.postgresql.org/docs/current/libpq-status.html#LIBPQ-PQCONNECTIONUSEDPASSWORD
    """
    if isinstance(error, DBAPIError):
        error = error.orig
    if not isinstance(error, psycopg.OperationalError) or error.pgconn is None:
        return False
    return error.pgconn.used_password and not any(words in str(error) for words in FULL)
