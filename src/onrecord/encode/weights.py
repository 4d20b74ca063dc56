"""The weights in the package: where they are, what they should be, what they were made with."""

import hashlib
import importlib.resources
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import WeightsError

_NEEDED = frozenset({"name", "version", "files", "max_pieces", "cue_steps", "role_steps"})


@dataclass(frozen=True)
class Weights:
    """A folder with a manifest and the files that it names.

    Attributes:
        folder: Where they are.
        manifest: Names, digests and the settings that belong to these weights.
    """

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Name and version, as a run gives them."""
        return f"{self.manifest['name']}-{self.manifest['version']}"

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all digests that the manifest names."""
        lines = "".join(f"{k} {v}\n" for k, v in sorted(self.manifest["files"].items()))
        return hashlib.sha256(lines.encode()).hexdigest()

    @cached_property
    def cue_steps(self) -> NDArray[np.float32]:
        """Step scores of cue labels, (L + 1, L + 1)."""
        return np.array(self.manifest["cue_steps"], dtype=np.float32)

    @cached_property
    def role_steps(self) -> NDArray[np.float32]:
        """Step scores of source and content labels, (L + 1, L + 1)."""
        return np.array(self.manifest["role_steps"], dtype=np.float32)

    def read(self, file_name: str) -> bytes:
        """The bytes of a file, which must have the digest that the manifest names.

        Raises:
            WeightsError: The file is missing or is another one.
        """
        path = self.folder / file_name
        expected = str(self.manifest["files"].get(file_name, "a file that the manifest names"))
        try:
            content = path.read_bytes()
        except OSError as error:
            raise WeightsError(path=str(path), expected=expected, found="") from error
        found = hashlib.sha256(content).hexdigest()
        if found != expected:
            raise WeightsError(path=str(path), expected=expected, found=found)
        return content


def packaged_weights() -> Weights:
    """The weights that came with the package."""
    return load_weights(Path(str(importlib.resources.files("onrecord") / "weights")))


def load_weights(folder: Path) -> Weights:
    """The weights in a folder.

    Raises:
        WeightsError: There is no manifest that can be read.
    """
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WeightsError(path=str(path), expected="a manifest", found="") from error
    if not isinstance(manifest, dict) or not manifest.keys() >= _NEEDED:
        raise WeightsError(path=str(path), expected="a manifest", found="")
    return Weights(folder, manifest)
