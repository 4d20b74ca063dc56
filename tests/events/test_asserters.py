"""On whose word events stand, by the packaged program; see `asserters/`."""

import pytest

from onrecord.pipeline import Reader
from tests.events.asserters import FILES, load, read
from tests.events.made_readings import read_marks
from tests.events.phenomena.faults import compare

# Shares of events found whose asserter is right, in percent, below which the test fails.
FLOORS = {"first": 90.0, "blind": 82.0}


def test_passages_are_marked_well_and_none_stands_twice() -> None:
    cases = [case for name in FILES for case in load(name)]
    assert len({case.sentence.text for case in cases}) == len(cases) >= 140
    for case in cases:
        for with_optional in (True, False):
            reading = read_marks(case.sentence, with_optional=with_optional)
            faults = compare(case.sentence, reading, ["event"]).faults
            assert not [fault for fault in faults if fault.sort == "asserter"], case.line


@pytest.mark.weights
@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_share_of_events_with_the_right_asserter(reader: Reader, name: str) -> None:
    told = read(load(name), reader)
    assert told.n_found >= 0.6 * told.n_marked
    assert told.share_right >= FLOORS[name], "\n".join(told.faults)
