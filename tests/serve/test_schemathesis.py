"""Schemathesis asks all that the OpenAPI description allows, and much that it does not."""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.serve.rooms import serve

pytestmark = [pytest.mark.slow, pytest.mark.network]
_N_EXAMPLES = 12
_CHECKS = (
    *("not_a_server_error", "response_schema_conformance", "content_type_conformance"),
    "status_code_conformance",
)


def test_nothing_that_can_be_asked_fails(
    made_path: Path, tmp_path: Path, found: dict[str, str], client: TestClient
) -> None:
    if find_spec("schemathesis") is None:
        pytest.skip("no schemathesis: pip install schemathesis to test the description")
    # Ids that are there, so that it comes further than to "no such article".
    settings = tmp_path / "schemathesis.toml"
    settings.write_text(
        "".join(
            f'[[operations]]\ninclude-path = "/{name}/{{id}}.json"\n'
            f'parameters = {{ "path.id" = "{row_id}" }}\n'
            for name, row_id in found.items()
        )
    )
    for base in serve(Path(shutil.copy(made_path, tmp_path / "own.db"))):
        asked = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "run", f"{base}/openapi.json"),
                *("--max-examples", str(_N_EXAMPLES), "--seed", "1", "--workers", "1"),
                *("--checks", ",".join(_CHECKS)),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert asked.returncode == 0, asked.stdout[-4000:] + asked.stderr[-2000:]
        n_operations = len(client.get("/openapi.json").json()["paths"])
        assert f"Tested: {n_operations}" in asked.stdout, asked.stdout[-4000:]
