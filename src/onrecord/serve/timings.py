"""How long the room took for an answer, told in the answer itself: `Server-Timing`.

`total` is the time from a request to the head of its answer, with all waiting; `cpu` is
what the processor worked on the page, which other programs on the machine disturb less.
"""

import functools
import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CPU = "onrecord.cpu_s"


class Timed:
    """Writes on each answer how long it took."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()

        async def with_times(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = _told(time.perf_counter() - began, scope.get(_CPU))
                message["headers"] = [*message["headers"], (b"server-timing", told.encode())]
            await send(message)

        await self._app(scope, receive, with_times)


def clocked(endpoint: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """An endpoint that notes the processor's time of its thread, for `Timed` to tell."""

    @functools.wraps(endpoint)
    def run(request: Request) -> Response:
        began = time.thread_time()
        try:
            return endpoint(request)
        finally:
            request.scope[_CPU] = time.thread_time() - began

    return run


def _told(total_s: float, cpu_s: float | None) -> str:
    """The value of the header, in milliseconds.

    >>> _told(0.0123, 0.0081)
    'total;dur=12.3, cpu;dur=8.1'
    """
    total = f"total;dur={1000 * total_s:.1f}"
    return total if cpu_s is None else f"{total}, cpu;dur={1000 * cpu_s:.1f}"
