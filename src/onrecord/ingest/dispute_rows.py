"""What people say of disputes, as objects to print, export and show; and how many held."""

from collections.abc import Iterator
from typing import Any

from onrecord.claims.reviews import Review, counts_of_reviews, reviews
from onrecord.store import Store
from onrecord.store.reviews import wilson_interval


def as_json(review: Review) -> dict[str, Any]:
    """A review as an object, beside corrections of rows."""
    return {
        "id": review.id,
        "kind": "accept" if review.is_dispute else "reject",
        "row_kind": "dispute",
        "ground": review.ground.value,
        **{
            f"{side}_{name}": value
            for side in ("first", "second")
            for name, value in (
                ("document", getattr(review, f"{side}_document")),
                (
                    "spans",
                    [{"start": s.start, "end": s.end} for s in getattr(review, f"{side}_spans")],
                ),
            )
        },
        "was_shown": review.was_shown,
        "probability": review.probability,
        "by": review.by,
        "at": review.at,
        "why": review.why,
        "undone_by": review.undone_by,
    }


def estimates(store: Store) -> list[dict[str, Any]]:
    """How many of the reviewed disputes are some, and of the possible ones, with intervals."""
    found = []
    for was_shown, n_reviewed, n_right in counts_of_reviews(store):
        low, high = wilson_interval(n_right, n_reviewed)
        found.append(
            {
                "row_kind": "dispute" if was_shown else "possible dispute",
                "value": None,
                "n_reviewed": n_reviewed,
                "n_accepted": n_right,
                "n_rejected": n_reviewed - n_right,
                "precision": n_right / n_reviewed,
                "low": low,
                "high": high,
            }
        )
    return found


def training_rows(store: Store) -> Iterator[dict[str, Any]]:
    """One object for each review that holds, with the words of both sides and their texts."""
    for review in reviews(store):
        if review.undone_by is None:
            yield as_json(review) | {
                side: _side(store, review, side) for side in ("first", "second")
            }


def _side(store: Store, review: Review, side: str) -> dict[str, Any]:
    document = store.document(store.number_of(getattr(review, f"{side}_document")))
    spans = getattr(review, f"{side}_spans")
    return {
        "words": " … ".join(document.text[span.start : span.end] for span in spans),
        "title": document.title,
        "outlet": document.outlet,
        "published": document.published,
        "text": document.text,
    }
