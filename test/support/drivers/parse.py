"""Reads addresses from standard input, one a line, and writes what SQLAlchemy makes of each."""

import json
import sys

from sqlalchemy.engine import make_url


def parsed(address):
    url = make_url(address)
    return {
        "driver": url.drivername,
        "host": url.host,
        "port": url.port,
        "database": url.database,
        "user": url.username,
        "password": url.password,
        "query": dict(url.query),
    }


json.dump([parsed(line.rstrip("\n")) for line in sys.stdin], sys.stdout)
