"""A finder of disputes that does what users do: articles into a fresh store, its disputes out."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evaluation.disputes import FoundDispute, FoundSide
from onrecord.config import Config
from onrecord.encode.weights import Weights, load_weights, packaged_weights
from onrecord.records import Document, Ground, Spans, as_spans
from onrecord.store import Store, open_store

# When the articles are said to be taken in; what is found does not depend on it.
_TAKEN_IN = "2025-01-01T00:00:00Z"
_DISPUTES = """
SELECT ground, is_own, first.id, first_spans, second.id, second_spans
FROM disputes
JOIN documents AS first ON first.number = first_document
JOIN documents AS second ON second.number = second_document
ORDER BY disputes.number
"""
_POSSIBLE = """
SELECT ground, 0, first.id, first_spans, second.id, second_spans
FROM possible_disputes AS possible
JOIN documents AS first ON first.number = first_document
JOIN documents AS second ON second.number = second_document
ORDER BY possible.rowid
"""


class StoreFinder:
    """Finds disputes as `onrecord ingest` writes them; each call has a store of its own."""

    def __init__(
        self, *, weights: Path | None = None, n_threads: int = 1, with_possible: bool = False
    ) -> None:
        """Load the weights.

        Args:
            weights: A folder of weights; the packaged ones if None.
            n_threads: Passes of the model side by side.
            with_possible: Also give what the store keeps for somebody to look at.
        """
        from onrecord.entailment.loading import entailment_of
        from onrecord.pipeline import Reader

        own: Weights = packaged_weights() if weights is None else load_weights(weights)
        self._reader = Reader(Config(weights=weights, n_threads=n_threads))
        self._entailment = entailment_of(own)
        self._with_possible = with_possible
        self.name = f"{self._reader.run.model} {self._reader.run.model_digest[:12]}"

    def __call__(self, articles: Sequence[Document]) -> Sequence[FoundDispute]:
        """The disputes of a store that holds these articles, taken in in this order."""
        from onrecord.ingest.ingesting import Ingester
        from onrecord.ingest.linking import TABLES

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "articles.db"
            with open_store(path, create=True, tables=TABLES) as store:
                ingester = Ingester(
                    store, self._reader, now=lambda: _TAKEN_IN, entailment=self._entailment
                )
                ingester.take(articles)
                found = disputes_of(store)
                return (*found, *_asked(store, _POSSIBLE)) if self._with_possible else found


def disputes_of(store: Store) -> tuple[FoundDispute, ...]:
    """All disputes that a store holds."""
    return _asked(store, _DISPUTES)


def _asked(store: Store, query: str) -> tuple[FoundDispute, ...]:
    return tuple(
        FoundDispute(
            ground=Ground(ground),
            first=FoundSide(document=first, spans=_spans(first_spans)),
            second=FoundSide(document=second, spans=_spans(second_spans)),
            is_own=bool(is_own),
        )
        for ground, is_own, first, first_spans, second, second_spans in store.connection.execute(
            query
        )
    )


def _spans(text: str) -> Spans:
    return as_spans((span["start"], span["end"]) for span in json.loads(text))
