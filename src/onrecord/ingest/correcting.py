"""How a corrected document is linked again: as it was taken in, with the vectors kept of it."""

import dataclasses
from collections.abc import Callable, Sequence

from onrecord.claims import Entailment
from onrecord.encode.kept_vectors import KeptVectors
from onrecord.ingest.kept_vectors import vectors_in_store
from onrecord.ingest.linking import link_all, unlink_all
from onrecord.store import Arrival, Store
from onrecord.store.corrections import Linking


def linking_again(entailment: Callable[[], Entailment | None]) -> Linking:
    """What links documents again after a correction.

    Args:
        entailment: Gives the judge of pairs; asked when it is needed first.
    """
    aside: dict[int, KeptVectors] = {}

    def unlink(store: Store, numbers: Sequence[int]) -> None:
        for number in numbers:
            kept = vectors_in_store(store.connection, number, store.reading(number))
            if kept is not None:
                aside[number] = kept
        unlink_all(store, numbers, entailment=entailment())

    def link(store: Store, arrivals: Sequence[Arrival]) -> None:
        own = [
            dataclasses.replace(one, vectors=one.vectors or aside.pop(one.number, None))
            for one in arrivals
        ]
        link_all(store, own, entailment=entailment())

    return Linking(unlink=unlink, link=link)
