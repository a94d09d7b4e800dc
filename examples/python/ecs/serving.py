"""A server that does one piece of work for each request, until it is told to end or the work cannot go on."""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NoReturn


def read_environment(*names: str) -> list[str]:
    """All of these variables; or the end of the process, with the names of all that are missing."""
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        log("error", "variables are missing; name their items in the consumer's manifest", missing=missing)
        sys.exit(1)
    return [os.environ[name] for name in names]


def serve(work: Callable[[], object], ends: Callable[[Exception], bool] = lambda _: False) -> NoReturn:
    """Answers 200 where the work was done, else 503; ends the process with 1 after a failure that `ends` knows."""
    status = 0

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            nonlocal status
            try:
                work()
                self.answer(HTTPStatus.OK)
            except Exception as error:
                # Its kind and no more: what a driver's message holds is not ours to know.
                log("error", "the work failed", kind=type(error).__name__)
                self.answer(HTTPStatus.SERVICE_UNAVAILABLE)
                if ends(error):
                    log(
                        "error",
                        "the login was refused; ending, so that ECS starts a task with the present one",
                    )
                    status = 1
                    stop()

        def answer(self, code: HTTPStatus) -> None:
            self.send_response(code)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_request(self, *_: object) -> None:
            """Leaves out what the server would say of each request."""

    server = ThreadingHTTPServer(("", int(os.environ.get("PORT", "8080"))), Handler)

    def stop(*_: object) -> None:
        # Not in the thread that serves, which it waits for.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    log("info", "listening", port=server.server_address[1])
    server.serve_forever()
    server.server_close()
    sys.exit(status)


def log(level: str, message: str, **details: Any) -> None:
    print(json.dumps({"level": level, "message": message, **details}), flush=True)
