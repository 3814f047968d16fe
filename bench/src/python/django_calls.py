"""Runs one contestant's view over and over through Django's WSGI handler, and says what a call costs.

Argument: `limit` (a plain JSON view, which checks nothing), `ninja`, `mizan` or `mizan-mutation`; then
milliseconds that a batch shall take. The cost is processor time.
"""

from __future__ import annotations

import json
import sys
import time
from io import BytesIO
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from answers import ARGS
from django_site import configure

REQUESTS = {
    "mizan": ("/api/mizan/call/", {"fn": "updateProfile", "args": ARGS}),
    "mizan-mutation": ("/api/mizan/call/", {"fn": "saveProfile", "args": ARGS}),
}


def caller(application: WSGIHandler, address: str, body: bytes) -> Any:
    """What sends one request and takes the answer's body."""
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": address,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": "bench.test",
        "SERVER_NAME": "bench.test",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
    }
    seen: list[str] = []

    def start_response(status: str, _headers: Any, _error: Any = None) -> None:
        seen[:] = [status]

    def call() -> bytes:
        response = application({**environ, "wsgi.input": BytesIO(body)}, start_response)
        content = b"".join(response)
        response.close()
        if seen != ["200 OK"]:
            raise SystemExit(f"{address} answered {seen}: {content!r}")
        return content

    return call


def main() -> None:
    """Grows a batch until it can be timed, then one more for each line that comes in."""
    name, milliseconds = sys.argv[1], float(sys.argv[2])
    configure(name)
    address, body = REQUESTS.get(name, ("/update", ARGS))
    call = caller(get_wsgi_application(), address, json.dumps(body).encode())
    answer = json.loads(call())
    profile = answer.get("result", answer)
    if profile != {"id": 5, "name": "Ada Lovelace", "nickname": "ada", "version": 12}:
        raise SystemExit(f"{name} does not answer as it should: {answer}")

    def run(times: int) -> float:
        before = time.process_time_ns()
        for _ in range(times):
            call()
        return time.process_time_ns() - before

    times = 1
    while run(times) < milliseconds * 1e6:
        times *= 2
    print("{}", flush=True)
    for _line in sys.stdin:
        print(json.dumps({"value": run(times) / times}), flush=True)


if __name__ == "__main__":
    main()
