"""`python -m tests.events.phenomena`: print the shares and write the page."""

import sys

from onrecord.pipeline import Reader
from tests.events.phenomena.cases import (
    FOLDER,
    FRESH,
    LONGER,
    by_phenomenon,
    load_cases,
    read_cases,
    share_right,
)
from tests.events.phenomena.pages import page

PAGE = FOLDER.parent.parent.parent / "docs" / "models" / "event_phenomena.md"


def main() -> None:
    """Read all sentences, print the shares, write the page."""
    reader = Reader()
    outcomes = read_cases(load_cases(), reader)
    for phenomenon, own in by_phenomenon(outcomes).items():
        n_right = sum(outcome.is_right for outcome in own)
        sys.stdout.write(f"{n_right:3} of {len(own):3} {phenomenon}\n")
    fresh = read_cases(load_cases(FRESH), reader)
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(outcomes, reader.run.model, fresh), encoding="utf-8")
    sys.stdout.write(f"{PAGE}: {share_right(outcomes):.1f} % of {len(outcomes)} right\n")
    longer = read_cases(load_cases(LONGER), reader)
    sys.stdout.write(f"longer ones: {share_right(longer):.1f} % of {len(longer)} right\n")
    sys.stdout.write(f"fresh ones: {share_right(fresh):.1f} % of {len(fresh)} right\n")


if __name__ == "__main__":
    main()
