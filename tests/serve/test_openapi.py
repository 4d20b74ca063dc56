"""The description of the twins, and the twins against it."""

import pytest
from starlette.testclient import TestClient

from onrecord.serve.pages.listing import PAGES
from tests.serve.test_pages import address


def test_every_twin_is_described(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {page.json_path for page in PAGES} <= set(paths)
    for page in PAGES:
        named = {one["name"] for one in paths[page.json_path]["get"]["parameters"]}
        assert named == {one.name for one in page.parameters}


def test_every_field_says_what_it_is(client: TestClient) -> None:
    for name, schema in client.get("/openapi.json").json()["components"]["schemas"].items():
        assert schema["description"], name
        for field, inner in schema["properties"].items():
            assert inner["description"], f"{name}.{field}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_twins_are_as_described(client: TestClient, page) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    described = client.get("/openapi.json").json()
    schema = {
        "$ref": f"#/components/schemas/{page.model.__name__}",
        "components": described["components"],
    }
    twin = client.get(address(client, page.json_path)).json()
    jsonschema.Draft202012Validator(schema).validate(twin)
