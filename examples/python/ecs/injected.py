"""A worker whose connection address ECS copies into its environment when it starts:

    secrets:
      database:
        description: Login of the orders database
        rotation: { method: postgres-alternating-users, every: 30 days, admin: database-admin, hosted: platform }
        database:
          host: { staging: db.orders.staging.example.com, prod: db.orders.prod.example.com }
          port: 5432
          name: orders
          username: orders
          url: sqlalchemy
    consumers:
      worker:
        kind: ecs
        image: 111111111111.dkr.ecr.eu-west-1.amazonaws.com/orders-worker:1.4.2
        command: [python, injected.py]
        port: 8080
        environment: { DATABASE_URL: database.url }
        rollout: { cluster: orders, service: worker }

A rotation does not reach a running task. With alternating users the login it started with stays good until the next
rotation but one, and `rollout` replaces the tasks long before. Should a login be refused all the same, the task ends,
and ECS starts another, which gets the address of that moment.
"""

import sys

from refusal import is_refused_login
from serving import log, read_environment, serve
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

CONNECT_SECONDS = 5


def main() -> None:
    engine = engine_of(*read_environment("DATABASE_URL"))

    def work() -> None:
        with engine.connect() as connection:
            connection.execute(text("SELECT count(*) FROM orders"))

    serve(work, ends=is_refused_login)


def engine_of(address: str) -> Engine:
    """A message about an address that cannot be read may hold parts of it: it is not passed on."""
    try:
        return create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS})
    except (ArgumentError, ImportError, NoSuchModuleError, ValueError):
        log(
            "error",
            "DATABASE_URL is no address of `url: sqlalchemy`; rotate its secret once that is deployed",
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
