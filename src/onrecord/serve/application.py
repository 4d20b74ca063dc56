"""The application: each page as HTML and JSON, downloads, decisions of reviewers, files."""

import itertools
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Lifespan

from onrecord.errors import OnRecordError
from onrecord.queries.room_counts import has_table
from onrecord.records import RowKind
from onrecord.serve.answers import failure_answer, html_answer, json_answer
from onrecord.serve.decisions import Decided, decide
from onrecord.serve.errors import Failure, RoomError, failure_of
from onrecord.serve.guards import Guard, form_key, is_own_form
from onrecord.serve.memories import Memory
from onrecord.serve.openapi import description
from onrecord.serve.pages.base import Given, Page, Room
from onrecord.serve.pages.listing import PAGES
from onrecord.serve.settings import RoomSettings
from onrecord.serve.stamps import Stamps, marked
from onrecord.serve.stores import reading, writing
from onrecord.serve.timings import Timed, clocked
from onrecord.serve.turns import short_turns
from onrecord.serve.warming import warmed

_MOST_FORM_BYTES = 64 * 1024
_STATIC = Path(__file__).parent / "static"
_FOREVER = "public, max-age=31536000, immutable"
_BY_COOKIE = "onrecord_by"
# Pages that keep what they worked out for some seconds, so that they do not follow from the
# store as it is.
_REMEMBERING = frozenset({"commitments", "review"})
_Endpoint = Callable[[Request], Response]
# How addresses of rows begin on the page of an article.
_MARKS = {
    RowKind.STATEMENT: "s",
    RowKind.EVENT: "e",
    RowKind.CONTROL_CLAIM: "k",
    RowKind.COMMITMENT: "c",
    RowKind.PLACE: "p",
    RowKind.TIME: "t",
    RowKind.QUANTITY: "q",
}


def room(settings: RoomSettings) -> Starlette:
    """The application over one store.

    Args:
        settings: Which store, and for whom.
    """
    memory, stamps = Memory(), Stamps(settings.path)
    routes: list[BaseRoute] = [
        route for page in PAGES for route in _page_routes(page, settings, memory, stamps)
    ]
    routes += [
        Route("/search.csv", clocked(_download(settings, memory, "csv"))),
        Route("/search.parquet", clocked(_download(settings, memory, "parquet"))),
        Route("/review/export.jsonl", clocked(_export(settings))),
        Route("/review/decide", _decide(settings, is_json=False), methods=["POST"]),
        Route("/review/decide.json", _decide(settings, is_json=True), methods=["POST"]),
        Route("/openapi.json", lambda _: json_answer(description()), methods=["GET"]),
        Mount("/static", _Built(directory=_STATIC)),
    ]
    return Starlette(
        routes=routes,
        lifespan=_opened(settings),
        middleware=[
            Middleware(Timed),
            Middleware(Guard, settings=settings),
            Middleware(GZipMiddleware, minimum_size=2000, compresslevel=5),
        ],
        exception_handlers={
            OnRecordError: _on_failure,
            HTTPException: _on_failure,
            Exception: _on_failure,
        },
    )


def _opened(settings: RoomSettings) -> Lifespan[Starlette]:
    @asynccontextmanager
    async def opened(_: Starlette) -> AsyncIterator[None]:
        with short_turns(), warmed(settings.path):
            yield

    return opened


class _Built(StaticFiles):
    """Built files; their addresses change with what is in them, so they stay for good."""

    def file_response(self, *args: Any, **named: Any) -> Response:
        answer = super().file_response(*args, **named)
        answer.headers["cache-control"] = _FOREVER
        return answer


def _page_routes(page: Page, settings: RoomSettings, memory: Memory, stamps: Stamps) -> list[Route]:
    def html(request: Request) -> Response:
        answer = _built(page, settings, memory, request)
        return html_answer(
            f"{page.name}.html",
            page=answer,
            here=page.path,
            form_key=form_key(settings),
            is_writable=settings.is_writable,
            by=request.cookies.get(_BY_COOKIE, ""),
            twin=page.json_path,
        )

    def twin(request: Request) -> Response:
        return json_answer(_built(page, settings, memory, request))

    def answered(build: _Endpoint) -> _Endpoint:
        @clocked
        def answer(request: Request) -> Response:
            stamp = None if page.name in _REMEMBERING else stamps.now()
            return marked(request, stamp, lambda: build(request), is_kept=settings.token is None)

        return answer

    # The twin first: `/article/{id}` would take `.json` for a part of the id.
    return [
        Route(page.json_path, answered(twin), methods=["GET"], name=f"{page.name}_json"),
        Route(page.path, answered(html), methods=["GET"], name=page.name),
    ]


def _built(page: Page, settings: RoomSettings, memory: Memory, request: Request) -> Any:
    given = Given(page.parameters, {**request.query_params, **request.path_params})
    with reading(settings) as store:
        return page.build(Room(store=store, given=given, settings=settings, memory=memory))


def _download(settings: RoomSettings, memory: Memory, form: str) -> Any:
    page = next(page for page in PAGES if page.name == "search")

    def download(request: Request) -> Response:
        table = _built(page, settings, memory, request).rows
        if form == "csv":
            body, kind = table.to_csv().encode("utf-8", "replace"), "text/csv; charset=utf-8"
        else:
            body, kind = _parquet(table), "application/vnd.apache.parquet"
        name = f'attachment; filename="onrecord.{form}"'
        return Response(body, media_type=kind, headers={"content-disposition": name})

    return download


def _parquet(table: Any) -> bytes:
    try:
        return bytes(table.to_parquet())
    except ImportError as error:
        detail = "Parquet needs pyarrow; pip install 'onrecord[arrow]' and start again"
        raise RoomError(HTTPStatus.NOT_IMPLEMENTED, "not installed", detail) from error


def _export(settings: RoomSettings) -> Any:
    def export(request: Request) -> Response:
        del request
        from onrecord.ingest import dispute_rows
        from onrecord.store.training import training_rows

        with reading(settings) as store:
            is_new = has_table(store, "dispute_reviews")
            of_disputes = dispute_rows.training_rows(store) if is_new else ()
            rows = itertools.chain(training_rows(store), of_disputes)
            lines = [json.dumps(row) + "\n" for row in rows]
        name = 'attachment; filename="corrections.jsonl"'
        return Response(
            "".join(lines),
            media_type="application/jsonl",
            headers={"content-disposition": name},
        )

    return export


def _decide(settings: RoomSettings, *, is_json: bool) -> Any:
    async def handle(request: Request) -> Response:
        form = await _form(request)
        if not is_own_form(settings, request.headers, form.get("form_key", "")):
            detail = "the form is not one of this room, or of an earlier start; load its page again"
            raise RoomError(HTTPStatus.FORBIDDEN, "not our form", detail)
        made = await run_in_threadpool(_decided, settings, form)
        if is_json:
            return json_answer({"correction": made.id, "kind": made.kind, "row": made.row})
        answer = RedirectResponse(_after(made, form.get("back", "")), status_code=303)
        answer.set_cookie(_BY_COOKIE, _cookie_value(made.by), httponly=True, samesite="strict")
        return answer

    return handle


def _decided(settings: RoomSettings, form: Mapping[str, str]) -> Decided:
    with writing(settings) as store:
        return decide(store, settings, form)


def _cookie_value(name: str) -> str:
    """A name as a cookie can hold it; others are typed again."""
    return name if name.isascii() and name.isprintable() and not set(name) & set('";\\,') else ""


def _after(made: Decided, back: str) -> str:
    """Where a form leads to; from an article to what was added to it, which can be undone."""
    address = _own_address(back)
    if address != f"/article/{made.document}" or made.kind != "add":
        return address
    mark = _MARKS.get(RowKind(made.row_kind))
    return f"{address}?decided={made.id}" + (f"#{mark}-{made.row}" if mark else "")


def _own_address(given: str) -> str:
    """Where to go back to: a path of this room, never an address elsewhere."""
    is_path = given.startswith("/") and not given.startswith(("//", "/\\"))
    return given if is_path and given.isprintable() and "\\" not in given else "/review"


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form, sent as a browser sends it, or as one JSON object of texts."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_FORM_BYTES:
            detail = f"a form may have up to {_MOST_FORM_BYTES:,} bytes"
            raise RoomError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too long", detail)
    try:
        if request.headers.get("content-type", "").startswith("application/json"):
            given = json.loads(body)
            pairs = list(given.items()) if isinstance(given, dict) else []
        else:
            pairs = parse_qsl(body.decode(), max_num_fields=64)
    except (ValueError, RecursionError) as error:
        detail = "it is no form, and no JSON object"
        raise RoomError(HTTPStatus.BAD_REQUEST, "not understood", detail) from error
    # Half of a surrogate pair, which JSON can bring in, is no sign that anybody types.
    return {
        str(name): value.encode("utf-8", "replace").decode()
        for name, value in pairs
        if isinstance(value, str)
    }


def _on_failure(request: Request, error: Exception) -> Response:
    if isinstance(error, OnRecordError):
        failure = failure_of(error)
    elif isinstance(error, HTTPException):
        what = HTTPStatus(error.status_code).phrase.lower()
        detail = f"there is nothing to {request.method} at this address"
        failure = Failure(status=error.status_code, error=what, detail=detail)
    else:
        detail = "the program failed; what it wrote in its log says more"
        failure = Failure(status=500, error="failed", detail=detail)
    return failure_answer(failure, is_json=_wants_json(request))


def _wants_json(request: Request) -> bool:
    return request.url.path.endswith((".json", ".jsonl", ".csv", ".parquet"))
