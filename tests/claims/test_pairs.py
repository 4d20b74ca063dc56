"""Pairs of articles of our own, read by the whole pipeline, each pair in a store of its own."""

import tomllib
from pathlib import Path

import pytest

from onrecord import claims, independence, registry, stories
from onrecord.claims.tables import TABLES
from onrecord.independence.tables import TABLES as COPY_TABLES
from onrecord.inputs.documents import document_from_text
from onrecord.registry.tables import TABLES as ACTOR_TABLES
from onrecord.store import Arrival, open_store
from onrecord.stories.tables import TABLES as STORY_TABLES
from tests.claims.made_stores import AT

FOLDER = Path(__file__).parent / "pairs"
ALL = (TABLES, COPY_TABLES, ACTOR_TABLES, STORY_TABLES)


def _pairs(name):
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["pair"]


def _found(tmp_path, reader, judge, pair):
    documents = [
        document_from_text(
            pair[side]["text"].strip() + "\n",
            title=pair[side]["title"],
            outlet=pair[side]["outlet"],
            published=pair[side]["published"],
        )
        for side in "ab"
    ]
    with open_store(tmp_path / f"{pair['name']}.db", create=True, tables=ALL) as store:
        for reading, vectors in reader.read_with_vectors(documents):
            with store.writing():
                number = store.add(reading, at=AT).number
                one = (Arrival(number=number, reading=store.reading(number), vectors=vectors),)
                for linker in (independence, stories, registry):
                    linker.link(store, one)
                claims.link(store, one, judge)
        rows = store.connection.execute("SELECT DISTINCT ground, is_own FROM disputes")
        return sorted((row[0], bool(row[1])) for row in rows)


@pytest.mark.weights
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "step", "least_precision", "least_recall"),
    [("pairs.toml", 5, 0.9, 0.8), ("loose.toml", 3, 0.95, 0.94)],
)
def test_pairs(tmp_path, name, step, least_precision, least_recall) -> None:
    from onrecord.encode.weights import packaged_weights
    from onrecord.entailment.loading import entailment_of
    from onrecord.pipeline import Reader

    reader, judge = Reader(), entailment_of(packaged_weights())
    hits = alarms = misses = 0
    for pair in _pairs(name)[::step]:
        wanted = sorted(
            (d["ground"], bool(d.get("is_own", False))) for d in pair.get("disputes", ())
        )
        found = _found(tmp_path, reader, judge, pair)
        hits += len([d for d in wanted if d in found])
        misses += len([d for d in wanted if d not in found])
        alarms += len([d for d in found if d not in wanted])
    assert hits / (hits + alarms) >= least_precision
    assert hits / (hits + misses) >= least_recall


def test_names_of_pairs_are_their_own() -> None:
    names = [pair["name"] for file in FOLDER.glob("*.toml") for pair in _pairs(file.name)]
    assert len(names) == len(set(names))
    assert len(names) >= 90
