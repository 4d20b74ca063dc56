"""Weights are read only when they are the ones that the manifest names."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from onrecord.encode.labels import CUE_ROLES, PARTY_ROLES, allowed_steps
from onrecord.encode.weights import Weights, load_weights, packaged_weights
from onrecord.errors import WeightsError

CONTENT = b"some weights"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_manifest(tmp_path)
    (tmp_path / "encoder.onnx").write_bytes(CONTENT)
    return tmp_path


def write_manifest(folder: Path, **changes: Any) -> None:
    manifest = {
        "name": "statements",
        "version": "9",
        "files": {"encoder.onnx": hashlib.sha256(CONTENT).hexdigest()},
        "cue_steps": [[0.5, -1e4], [-1e4, 0.25]],
        "role_steps": [[0.0]],
        "max_pieces": 200,
    } | changes
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_a_file_with_the_digest_is_read(folder: Path) -> None:
    weights = load_weights(folder)
    assert weights.read("encoder.onnx") == CONTENT
    assert weights.name == "statements-9"
    assert weights.cue_steps.dtype == np.float32
    assert weights.cue_steps.tolist() == [[0.5, -1e4], [-1e4, 0.25]]
    assert weights.role_steps.tolist() == [[0.0]]


def test_a_file_that_was_changed_is_refused(folder: Path) -> None:
    (folder / "encoder.onnx").write_bytes(CONTENT + b"!")
    with pytest.raises(WeightsError, match="have digest") as caught:
        load_weights(folder).read("encoder.onnx")
    assert caught.value.path == str(folder / "encoder.onnx")
    assert caught.value.expected == hashlib.sha256(CONTENT).hexdigest()
    assert caught.value.found == hashlib.sha256(CONTENT + b"!").hexdigest()


def test_a_file_that_is_missing_is_refused(folder: Path) -> None:
    (folder / "encoder.onnx").unlink()
    with pytest.raises(WeightsError, match="cannot be read") as caught:
        load_weights(folder).read("encoder.onnx")
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.found == ""


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"manifest\.json cannot be read"):
        load_weights(tmp_path)
    with pytest.raises(WeightsError, match="install onrecord again"):
        load_weights(tmp_path / "nowhere")


@pytest.mark.parametrize("content", [b"", b"{", b"no json", b"\xff\xfe\x00", b"\x80"])
def test_a_manifest_that_is_no_json_is_refused(folder: Path, content: bytes) -> None:
    (folder / "manifest.json").write_bytes(content)
    with pytest.raises(WeightsError, match="cannot be read"):
        load_weights(folder)


def test_the_digest_depends_on_every_file(folder: Path) -> None:
    first = load_weights(folder).digest
    assert load_weights(folder).digest == first
    write_manifest(folder, files={"encoder.onnx": "0" * 64})
    assert load_weights(folder).digest != first
    write_manifest(folder, files={"encoder.onnx": "0" * 64, "roles.onnx": "1" * 64})
    second = load_weights(folder).digest
    write_manifest(folder, files={"roles.onnx": "1" * 64, "encoder.onnx": "0" * 64})
    assert load_weights(folder).digest == second, "the order of the files does not matter"


def test_the_digest_is_that_of_lines_of_names_and_digests() -> None:
    weights = Weights(Path(), {"files": {"b": "2", "a": "1"}})
    assert weights.digest == hashlib.sha256(b"a 1\nb 2\n").hexdigest()


@pytest.mark.weights
def test_the_packaged_weights_are_whole() -> None:
    weights = packaged_weights()
    assert set(weights.manifest["files"]) == {
        "contents.onnx",
        "encoder.onnx",
        "entailment.onnx",
        "events.npz",
        "pairs.npz",
        "roles.onnx",
        "tokenizer.json",
        "vectors.npz",
    }
    for name in weights.manifest["files"]:
        assert weights.read(name)
    assert weights.manifest["max_pieces"] > 0


@pytest.mark.weights
@pytest.mark.parametrize(("name", "roles"), [("cue_steps", CUE_ROLES), ("role_steps", PARTY_ROLES)])
def test_the_packaged_steps_forbid_what_may_not_follow(name: str, roles: tuple[str, ...]) -> None:
    steps = getattr(packaged_weights(), name)
    allowed = allowed_steps(roles)
    assert steps.shape == allowed.shape
    assert (steps[~allowed] <= -1e4).all()
    assert (np.abs(steps[allowed]) < 100).all()


@pytest.mark.parametrize("manifest", ["[]", "null", '"files"', "{}", '{"files": {}}'])
def test_a_manifest_that_lacks_something_is_refused(folder: Path, manifest: str) -> None:
    (folder / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(WeightsError, match="manifest"):
        load_weights(folder)
