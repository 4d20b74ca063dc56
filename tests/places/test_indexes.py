import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.places.indexes import (
    MAIN,
    OTHER,
    SETTLEMENT,
    Entry,
    GazetteerError,
    IndexWriter,
    PlaceIndex,
    keys_of,
    open_index,
)
from tests.places.made import index_of


def town(number: int, name: str) -> Entry:
    return Entry(number=number, name=name, lat=1.5, lon=-2.5, kind=SETTLEMENT, country="XX")


@given(st.lists(st.sampled_from(["oak", "elm", "ash", "yew"]), max_size=12))
def test_every_place_is_found_by_its_name_and_no_other(names: list[str]) -> None:
    index = index_of(*(town(n + 1, name) for n, name in enumerate(names)))
    owner, posting = index.find(keys_of(["oak", "elm", "ash", "yew", "fir"]))
    found = {(int(o), int(index["place_N"][p])) for o, p in zip(owner, posting, strict=True)}
    asked = {"oak": 0, "elm": 1, "ash": 2, "yew": 3}
    assert found == {(asked[name], place) for place, name in enumerate(names)}
    assert [index.name_of(place) for place in range(len(names))] == names


def test_a_name_is_kept_once_in_its_best_form() -> None:
    writer = IndexWriter()
    writer.add(town(1, "Oak"), [("oak", OTHER), ("oak", MAIN), ("", MAIN)])
    index = PlaceIndex(np.frombuffer(writer.to_bytes(made_of=""), np.uint8), path="")
    assert index["form_N"].tolist() == [MAIN]


def test_the_same_places_make_the_same_file() -> None:
    one, other = (index_of(town(1, "Oak"), town(2, "Elm")) for _ in range(2))
    assert one.digest == other.digest != index_of(town(1, "Oak")).digest


@pytest.mark.parametrize("keep", [0, 5, 30, 200, -64])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, keep: int) -> None:
    writer = IndexWriter()
    writer.add(town(1, "Oak"), [("oak", MAIN)])
    path = tmp_path / "cut.places"
    path.write_bytes(writer.to_bytes(made_of="")[:keep])
    with pytest.raises(GazetteerError, match=r"cut\.places"):
        open_index(path)


def test_an_error_survives_the_way_to_another_process() -> None:
    error = GazetteerError(path="a.txt", line=3, problem="it is empty")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.line) == ("a.txt line 3: it is empty", 3)
