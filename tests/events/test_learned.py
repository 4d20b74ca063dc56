"""The network that judges events: its file, its signs, and what it may not do."""

import dataclasses
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

import onrecord
from onrecord.config import Config
from onrecord.encode.weights import load_weights, packaged_weights
from onrecord.errors import WeightsError
from onrecord.events.frames import FrameReader, triggers_in
from onrecord.events.learned import EVENTS_FILE, event_arrays_of, event_model_of, is_quoted
from onrecord.events.lexicon import load_lexicon
from onrecord.events.pair_signs import (
    N_GROUPS,
    N_SIGNS,
    PairSigns,
    by_rule_of,
    candidates_of,
)
from onrecord.events.states import EventStates, TextStates
from onrecord.events.texts import EventText
from onrecord.pipeline import Reader
from onrecord.records import Manner, Reading
from onrecord.syntax.trees import FoundTrees
from tests.events.made_texts import MadeText

ARTICLE = (
    "Soldiers of the Northern Front shelled the port of Ardal on Tuesday, killing two dockers.\n\n"
    "The mayor, Ana Velt, said that they had also planned to attack the court. She condemned the "
    "shelling and asked the army to send troops.\n\n"
    "A spokesman for the Front denied that its men had fired on the port. He called on Velt to "
    "resign. Dozens of residents protested outside the town hall against both sides."
)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged weights without the network."""
    folder = tmp_path_factory.mktemp("weights")
    for path in packaged_weights().folder.iterdir():
        if path.name != EVENTS_FILE and path.suffix != ".json":
            (folder / path.name).symlink_to(path)
    for name in ("tokenizer.json",):
        shutil.copy(packaged_weights().folder / name, folder / name)
    manifest = json.loads((packaged_weights().folder / "manifest.json").read_text())
    del manifest["files"][EVENTS_FILE]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def events_of(reading: Reading) -> list[str]:
    return [e.trigger.text_in(reading.document.text) for e in reading.events or ()]


def test_without_its_file_lexicon_and_rules_find_events(bare: Path) -> None:
    assert event_model_of(load_weights(bare)) is None
    found = Reader(Config(weights=bare)).read(onrecord.read(ARTICLE).document)
    assert "shelled" in events_of(found)


def test_rows_stay_what_rows_are() -> None:
    reading = onrecord.read(ARTICLE)
    entities = {e.id for e in reading.entities or ()}
    statements = {s.id: s for s in reading.statements or ()}
    assert {"shelled", "condemned", "protested"} <= set(events_of(reading))
    for event in reading.events or ():
        assert {*event.actors, *event.recipients} <= entities
        assert not set(event.actors) & set(event.recipients)
        assert 0 < event.probability <= 1
        if event.asserted_by is not None:
            content = statements[event.asserted_by].content
            start, end = event.trigger.start, event.trigger.end
            assert any(c.start <= start and end <= c.end for c in content)


def test_an_article_reads_the_same_in_any_company() -> None:
    reader = Reader(Config())
    one = onrecord.read(ARTICLE).document
    other = onrecord.read("Police arrested two men in Tarn on Monday. They were charged.").document
    together = reader.read_batch([other, one, other])
    assert together[1] == reader.read(one)
    assert together[0] == together[2] == reader.read(other)


def test_a_word_hears_what_stands_around_it(tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(packaged_weights().folder, folder)
    arrays = event_arrays_of(packaged_weights())
    assert arrays is not None
    arrays["near"] = np.zeros_like(arrays["near"])
    np.savez(folder / EVENTS_FILE, **arrays)  # type: ignore[arg-type]
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][EVENTS_FILE] = _digest(folder / EVENTS_FILE)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    document = onrecord.read(ARTICLE).document
    alone, heard = (
        {e.trigger: e.probability for e in reader.read(document).events or ()}
        for reader in (Reader(Config(weights=folder)), Reader(Config()))
    )
    assert any(alone[trigger] != heard[trigger] for trigger in alone.keys() & heard.keys())


@pytest.mark.parametrize("name", ["pair_signs", "near"])
def test_a_file_for_other_signs_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(packaged_weights().folder, folder)
    arrays = event_arrays_of(packaged_weights())
    assert arrays is not None
    arrays[name] = arrays[name][:-1]
    np.savez(folder / EVENTS_FILE, **arrays)  # type: ignore[arg-type]
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][EVENTS_FILE] = _digest(folder / EVENTS_FILE)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(WeightsError):
        event_model_of(load_weights(folder))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def text_of(words: str) -> EventText:
    """A text as the stage of events has it."""
    reader = Reader(Config())
    reading = Reading(document=onrecord.read(words).document, run=reader.run)
    for stage in reader.stages[:-1]:
        (reading,) = stage([reading])
    found = getattr(reading, "found", ())
    return EventText(reading, [one for one in found if isinstance(one, FoundTrees)])


def test_each_group_of_signs_gives_one() -> None:
    text = text_of(ARTICLE)
    found_triggers = list(triggers_in(text.sentences, FrameReader(load_lexicon())))
    assert found_triggers
    for own in found_triggers:
        found = PairSigns(text, own, ((), ()), None).of(candidates_of(text, own, {}))
        assert found.shape[1] == N_GROUPS
        assert (np.diff(found, axis=1) > 0).all()
        assert (found < N_SIGNS).all()


def test_what_the_rules_take_candidates_for_stands_in_their_signs() -> None:
    text = text_of(ARTICLE)
    for own in triggers_in(text.sentences, FrameReader(load_lexicon())):
        found = candidates_of(text, own, {})
        ids = [one.entity for one in found if one.entity]
        signs = PairSigns(text, own, (ids[:1], ids[1:2]), None)
        assert by_rule_of(signs.of(found)).tolist() == [signs.by_rule(one) for one in found]


def test_words_are_found_by_where_they_start() -> None:
    rows = np.arange(6, dtype=np.float16).reshape(3, 2)
    states = TextStates([EventStates(np.array([0, 4, 9]), rows), "of another stage"])
    assert [states.at(n) for n in (0, 4, 9, 5, 12)] == [0, 1, 2, None, None]
    assert states.first(1).tolist() == [[0], [2], [4]]
    assert states.last_of(np.array([2, -1]), 1).tolist() == [[5], [0]]
    assert not TextStates([]).is_known


@pytest.mark.weights
def test_weapons_and_what_enters_into_force_are_no_acts() -> None:
    from onrecord.inputs.documents import document_from_text
    from onrecord.pipeline import Reader

    text = (
        "Arland and Ondria signed the treaty in March. It entered into force on 5 May. "
        "It allows each of them 900 warheads on deployed missiles. Inspectors count the warheads."
    )
    reading = Reader().read(document_from_text(text))
    triggers = {event.trigger.text_in(text) for event in reading.events or ()}
    assert "signed" in triggers
    assert not triggers & {"force", "warheads", "missiles"}


@pytest.mark.parametrize(
    ("manner", "content", "expected"),
    [
        (Manner.INDIRECT, "“Rebels shelled Ardal”", False),
        (Manner.DIRECT, "shelled Ardal", True),
        (Manner.MIXED, "“Rebels shelled Ardal”", True),
        (Manner.MIXED, "shelled Ardal", False),
    ],
)
def test_what_is_quoted_is_not_the_outlet_s(manner: Manner, content: str, expected: bool) -> None:
    made = MadeText(
        "She/PRP/nsubj/2 wrote/VBD/root/0 “Rebels/NNS/nsubj/4 shelled/VBD/ccomp/2 Ardal”/NNP/obj/4"
    )
    (statement,) = made.said("She", "wrote", content).statements
    (own,) = triggers_in(made.made().sentences, FrameReader(load_lexicon()))
    assert is_quoted(own, [dataclasses.replace(statement, manner=manner)]) is expected
