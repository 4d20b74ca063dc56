"""The scorer of pairs out of the weights in the package; loaded by those who use it, not before."""

from typing import Final

from onrecord.encode.sessions import load_session, load_tokenizer
from onrecord.encode.weights import Weights
from onrecord.encode.word_tables import word_table_of
from onrecord.entailment.scoring import EntailmentScorer
from onrecord.errors import WeightsError

ENTAILMENT_FILE: Final = "entailment.onnx"


def entailment_of(weights: Weights) -> EntailmentScorer:
    """Compares pairs of texts as these weights do.

    Raises:
        WeightsError: A file is missing or another one, or these weights were made without
            this model.
    """
    settings = weights.manifest.get("entailment")
    if settings is None:
        path = str(weights.folder / ENTAILMENT_FILE)
        raise WeightsError(path=path, expected="a file that the manifest names", found="")
    return EntailmentScorer(
        load_session(weights.read(ENTAILMENT_FILE)),
        load_tokenizer(weights),
        word_table_of(weights),
        sharpness=float(settings["sharpness"]),
    )
