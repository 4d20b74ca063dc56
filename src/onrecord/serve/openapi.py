"""The OpenAPI description of the twins, derived from the pages and their dataclasses."""

import collections.abc
import dataclasses
import functools
import types
import typing
from collections.abc import Mapping
from typing import Any

from onrecord.queries import Table
from onrecord.serve.answers import told_fields
from onrecord.serve.decisions import DECISIONS, FIELDS
from onrecord.serve.errors import Failure
from onrecord.serve.pages.base import LEAST_ID, MOST_CHARACTERS, MOST_ID, Page, Parameter
from onrecord.serve.pages.listing import PAGES
from onrecord.versions import software_version

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}
_DOWNLOADS = {
    "/search.csv": "text/csv",
    "/search.parquet": "application/vnd.apache.parquet",
    "/review/export.jsonl": "application/jsonl",
}
_ANY_OBJECT = {"type": "object", "additionalProperties": True}


@functools.cache
def description() -> Mapping[str, Any]:
    """The whole description, in OpenAPI 3.1."""
    schemas: dict[str, Any] = {}
    paths = {page.json_path: {"get": _page(page, schemas)} for page in PAGES}
    paths["/review/decide.json"] = {"post": _decide()}
    search = next(page for page in PAGES if page.name == "search")
    for path, media in _DOWNLOADS.items():
        paths[path] = {"get": _download(path, media, search)}
    _schema(Failure, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "OnRecord reading room",
            "version": software_version(),
            "description": (
                "Who says what happened, and who disputes it; no verdicts. Each page has a JSON"
                " twin at its address with `.json` behind it (`/` has `/index.json`)."
                " Positions count code points."
            ),
        },
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _page(page: Page, schemas: dict[str, Any]) -> dict[str, Any]:
    answer = {
        "description": page.about,
        "content": {"application/json": {"schema": _schema(page.model, schemas)}},
    }
    return {
        "operationId": page.name,
        "summary": page.about,
        "parameters": [_parameter(one) for one in page.parameters],
        "responses": {
            "200": answer,
            "304": {"description": "It is as it was when it had the ETag that was sent."},
            "4XX": _failure("It was not answered."),
            "503": _failure("Busy."),
        },
    }


def _download(path: str, media: str, search: Page) -> dict[str, Any]:
    """A file: what the table shows, or what reviewers decided."""
    is_table = path.startswith("/search")
    what = "The rows of the table." if is_table else "Decisions that hold, a JSON object a line."
    schema = {"type": "string", "contentMediaType": media}
    return {
        "operationId": path.strip("/").replace("/", "_").replace(".", "_"),
        "summary": what,
        "parameters": [_parameter(one) for one in search.parameters] if is_table else [],
        "responses": {
            "200": {"description": what, "content": {media: {"schema": schema}}},
            "4XX": _failure("It was not answered."),
            "5XX": _failure("Busy, or something is not installed."),
        },
    }


def _failure(what: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Failure"}
    return {"description": what, "content": {"application/json": {"schema": schema}}}


def _parameter(one: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "maxLength": MOST_CHARACTERS}
    if one.is_in_path:
        schema = {"type": "string", "minLength": LEAST_ID, "maxLength": MOST_ID}
    if one.values:
        schema = {"type": "string", "enum": list(one.values)}
    elif one.least is not None:
        schema = {"type": "integer", "minimum": one.least, "maximum": one.most}
    if one.default is not None:
        schema["default"] = one.default if one.least is None else int(one.default)
    return {
        "name": one.name,
        "in": "path" if one.is_in_path else "query",
        "required": one.is_in_path,
        "description": one.about,
        "schema": schema,
    }


def _schema(hint: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    """The schema of a type; dataclasses stand once, under their names."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        inner = [one for one in arguments if one is not types.NoneType]
        return {"anyOf": [*(_schema(one, schemas) for one in inner), {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _schema(arguments[0], schemas)}
    if hint is Table:
        return {"type": "array", "items": _ANY_OBJECT}
    if origin is collections.abc.Mapping:
        return _ANY_OBJECT
    return _record(hint, schemas) if dataclasses.is_dataclass(hint) else {"type": _PLAIN[hint]}


def _record(model: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    name = model.__name__
    if name not in schemas:
        schemas[name] = {}
        fields = told_fields(model)
        schemas[name] = {
            "type": "object",
            "description": (model.__doc__ or "").split("\n")[0],
            "required": list(fields),
            "properties": {
                own: {**_schema(hint, schemas), "description": column.description}
                for own, (hint, column) in fields.items()
            },
        }
    return {"$ref": f"#/components/schemas/{name}"}


def _decide() -> dict[str, Any]:
    properties: dict[str, Any] = {name: {"type": "string"} for name in FIELDS if name != "back"}
    properties["decision"] = {"type": "string", "enum": list(DECISIONS)}
    schema = {"type": "object", "required": ["decision", "form_key"], "properties": properties}
    answer = {
        "description": "The correction that was kept.",
        "content": {"application/json": {"schema": _ANY_OBJECT}},
    }
    return {
        "operationId": "decide",
        "summary": "Keep a decision of a reviewer. `form_key` is in the forms of `/review`.",
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"200": answer, "4XX": _failure("It was not kept."), "503": _failure("Busy.")},
    }
