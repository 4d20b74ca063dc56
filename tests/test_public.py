"""The functions for everyday use."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import InputError, RunError
from onrecord.export.records import dumps
from onrecord.pipeline import Reader, Stage
from onrecord.records import Document, Reading, Rejection, RejectionReason, make_run

TEXT = "The dam will hold, Ms Chen said. “We checked it twice,” she told the Ardal Herald."


class EmptyReader(Reader):
    """Reads nothing, needs no weights, and remembers what it was given."""

    def __init__(self) -> None:
        self.run = make_run(software="0", model="none", model_digest="", settings={})
        self.stages = ()
        self.taken: list[str] = []
        self.ahead = 0

    def read_batch(self, documents: Sequence[Document]) -> list[Reading]:
        self.taken += [document.text for document in documents]
        return super().read_batch(documents)

    def read_each(self, documents: Iterable[Document]) -> Iterator[Reading]:
        waiting: deque[Reading] = deque()
        for reading in super().read_each(documents):
            self.taken.append(reading.document.text)
            waiting.append(reading)
            if len(waiting) > self.ahead:
                yield waiting.popleft()
        yield from waiting


def test_names_of_the_package() -> None:
    assert set(onrecord.__all__) <= set(dir(onrecord))
    for name in onrecord.__all__:
        assert getattr(onrecord, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = onrecord.nothing


@pytest.mark.weights
def test_reading_a_text() -> None:
    reading = onrecord.read(TEXT)
    assert reading.document.text == TEXT
    found = {(reading.text_of(s.source), reading.text_of(s.content)) for s in reading.statements}
    assert ("Ms Chen", "The dam will hold") in found
    assert ("she", "“We checked it twice,”") in found


@pytest.mark.weights
def test_reading_twice_gives_the_same() -> None:
    assert onrecord.read(TEXT) == onrecord.read(TEXT)
    assert dumps(onrecord.read(TEXT)) == dumps(onrecord.read(TEXT))


@pytest.mark.weights
def test_one_reader_is_kept_between_calls() -> None:
    assert onrecord.read(TEXT).run is onrecord.read(TEXT + " ").run


def test_what_is_known_of_an_article_is_kept() -> None:
    reading = onrecord.read(
        TEXT,
        title="Dam holds",
        outlet="Kestrel News",
        url="https://example.org/dam",
        author="R. Abara",
        published="2022-08-02T10:15:00Z",
        reader=EmptyReader(),
    )
    document = reading.document
    assert (document.title, document.outlet, document.author) == (
        "Dam holds",
        "Kestrel News",
        "R. Abara",
    )
    assert document.url == "https://example.org/dam"
    assert document.published is not None
    assert document.published.startswith("2022-08-02T10:15:00")


def test_a_reader_of_ones_own_is_used() -> None:
    reader = EmptyReader()
    assert onrecord.read(TEXT, reader=reader).run is reader.run
    assert reader.taken == [TEXT]


@pytest.mark.parametrize("text", ["", "  \n\t", "\u2028"])
def test_nothing_to_read_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="empty"):
        onrecord.read(text, reader=EmptyReader())


def test_bytes_are_refused() -> None:
    with pytest.raises(InputError, match="bytes"):
        onrecord.read(b"The dam held.", reader=EmptyReader())  # type: ignore[arg-type]


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="published"):
        onrecord.read(TEXT, published="the day after", reader=EmptyReader())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for n in range(20):
        (tmp_path / f"{n:02}.txt").write_text(f"Ms Chen said dam {n} held.\n", encoding="utf-8")
    (tmp_path / "05.txt").write_bytes(b"\x00\x01\x02\xff" * 100)
    return tmp_path


@pytest.mark.parametrize("ahead", [0, 1, 7, 30])
def test_files_come_back_in_their_order(folder: Path, ahead: int) -> None:
    reader = EmptyReader()
    reader.ahead = ahead
    found = list(onrecord.read_files([folder], reader=reader))
    assert len(found) == 20
    for n, item in enumerate(found):
        if n == 5:
            assert isinstance(item, Rejection)
            assert item.reason is RejectionReason.BINARY
        else:
            assert isinstance(item, Reading)
            assert f"dam {n} held" in item.document.text


def test_what_is_turned_away_last_comes_out(folder: Path) -> None:
    found = list(onrecord.read_files([folder / "04.txt", folder / "05.txt"], reader=EmptyReader()))
    assert [type(item) for item in found] == [Reading, Rejection]
    found = list(onrecord.read_files([folder / "05.txt"] * 3, reader=EmptyReader()))
    assert [type(item) for item in found] == [Rejection] * 3


def test_files_are_read_as_they_are_asked_for(folder: Path) -> None:
    reader = EmptyReader()
    told: list[str] = []
    found = onrecord.read_files(
        [folder / "00.txt"] * 100, reader=reader, on_document=lambda d: told.append(d.text)
    )
    assert (reader.taken, told) == ([], [])
    next(found)
    assert len(reader.taken) == len(told) == 1


def test_what_cannot_be_read_does_not_stop_the_others(folder: Path) -> None:
    sources = [folder / "none.txt", str(folder / "01.txt"), folder / "05.txt", folder / "02.txt"]
    found = list(onrecord.read_files(sources, reader=EmptyReader()))
    assert [type(item) for item in found] == [Rejection, Reading, Rejection, Reading]
    assert isinstance(found[0], Rejection)
    assert found[0].reason is RejectionReason.NOT_FOUND


class FailingReader(EmptyReader):
    """Fails at some texts, as a fault of the program would."""

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words = words

    def _each(self, stages: Sequence[Stage], documents: Iterable[Document]) -> Iterator[Reading]:
        for reading in super()._each(stages, documents):
            if any(word in reading.document.text for word in self.words):
                raise IndexError("no such word")
            yield reading


@pytest.mark.parametrize("ahead", [0, 1, 7, 30])
@pytest.mark.parametrize("bad", [(0,), (8,), (8, 9), (19,), (0, 4, 6, 19)])
def test_a_text_at_which_the_program_fails_stops_no_other(
    folder: Path, ahead: int, bad: tuple[int, ...]
) -> None:
    reader = FailingReader(*(f"dam {n} held" for n in bad))
    reader.ahead = ahead
    found = list(onrecord.read_files([folder], reader=reader))
    assert len(found) == 20
    for n, item in enumerate(found):
        if n in bad:
            assert isinstance(item, Rejection)
            assert item.reason is RejectionReason.FAILED
            assert "fault of this program: IndexError: no such word (test_public.py" in item.detail
        elif n != 5:
            assert isinstance(item, Reading)
            assert f"dam {n} held" in item.document.text


def test_when_all_texts_fail_it_is_not_for_the_texts(folder: Path) -> None:
    with pytest.raises(RunError, match="no document can be read; the last one failed with Index"):
        list(onrecord.read_files([folder] * 2, reader=FailingReader("held")))


def test_what_gives_the_texts_may_fail_as_it_does(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def inputs(*_: object, **__: object) -> Iterator[Document]:
        yield onrecord.read(TEXT, reader=EmptyReader()).document
        raise LookupError("gone")

    monkeypatch.setattr("onrecord.public.read_inputs", inputs)
    reading = onrecord.read_files([folder], reader=EmptyReader())
    assert isinstance(next(reading), Reading)
    with pytest.raises(LookupError, match="gone"):
        next(reading)


def test_no_files_nothing() -> None:
    assert list(onrecord.read_files([], reader=EmptyReader())) == []


@pytest.mark.weights
def test_a_file_gives_what_its_text_gives(tmp_path: Path) -> None:
    path = tmp_path / "dam.txt"
    path.write_text(TEXT, encoding="utf-8")
    (reading,) = onrecord.read_files([path])
    assert isinstance(reading, Reading)
    assert dumps(reading) == dumps(onrecord.read(TEXT))
