"""Put a file beside the weights of the package and name it in their manifest.

    python -m training.export_extra src/onrecord/weights [vectors.npz]

The manifest also says where in the encoder's file its table of words lies.
"""

import argparse
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import onnx
from onnx import numpy_helper

from training.export_statements import digest

TABLE = "encoder.words.weight"


def word_table(path: Path) -> dict[str, Any]:
    """Where an encoder's graph keeps the vectors of its vocabulary, and how to read them."""
    own = {i.name: i for i in onnx.load(str(path)).graph.initializer}
    codes = own[next(name for name in own if name.endswith(f"{TABLE}_quantized"))]
    base = codes.name.removesuffix("_quantized")
    offset = path.read_bytes().find(codes.raw_data)
    if codes.data_type != onnx.TensorProto.UINT8 or offset < 0:
        raise ValueError(f"{path} holds no table of words in bytes")
    return {
        "offset": offset,
        "rows": codes.dims[0],
        "width": codes.dims[1],
        "scale": float(numpy_helper.to_array(own[f"{base}_scale"])),
        "zero": int(numpy_helper.to_array(own[f"{base}_zero_point"])),
    }


def add_file(folder: Path, name: str, settings: Mapping[str, Any] | None = None) -> None:
    """Write the digest of a file of a folder into its manifest, and settings beside it."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["files"][name] = digest(folder / name)
    manifest |= settings or {}
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Copy the files and name them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("file", type=Path, nargs="*")
    args = parser.parse_args()
    words = {"words": word_table(args.folder / "encoder.onnx")}
    add_file(args.folder, "encoder.onnx", words)
    for file in args.file:
        shutil.copy(file, args.folder / file.name)
        add_file(args.folder, file.name)


if __name__ == "__main__":
    main()
