"""What `onrecord correct` and `quality` do about disputes, which are rows of no document."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from onrecord.claims.reviews import Review
    from onrecord.store import Store
    from onrecord.store.corrections import Signature

_GROUNDS = ("denial", "figure", "holder", "actor")


def review_dispute(
    store: "Store", row_id: str, signed: "Signature", *, is_dispute: bool, ground: str | None = None
) -> str | None:
    """Say of a dispute, shown or possible, what it is; None if no dispute has this id."""
    from onrecord.claims.linking import follow_review
    from onrecord.claims.reviews import find_dispute, keep_review
    from onrecord.cli.stores import packaged_entailment

    dispute = find_dispute(store, row_id)
    if dispute is None:
        return None
    named = None if ground is None else ground_named(ground)
    with store.writing():
        review = keep_review(store, dispute, signed, is_dispute=is_dispute, ground=named)
        follow_review(store, review, packaged_entailment())
    return review.id


def undo_review(store: "Store", review_id: str, signed: "Signature") -> str | None:
    """Take a review back; None if none has this id."""
    from onrecord.claims.linking import follow_review
    from onrecord.claims.reviews import find_review, take_back
    from onrecord.cli.stores import packaged_entailment

    found = find_review(store, review_id)
    if found is None:
        return None
    with store.writing():
        review = take_back(store, found, signed)
        follow_review(store, review, packaged_entailment())
    return review.id


def ground_named(name: str) -> Any:
    """A ground by the name that commands give it.

    Raises:
        click.BadParameter: There is none.
    """
    from onrecord.records import Ground

    if name not in _GROUNDS:
        raise click.BadParameter(f"{name!r} is no ground; it is one of {', '.join(_GROUNDS)}")
    return Ground(name if name == "denial" else f"incompatible {name}")


def as_json(review: "Review") -> dict[str, Any]:
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


def estimates(store: "Store") -> list[dict[str, Any]]:
    """How many of the reviewed disputes are some, and of the possible ones, with intervals."""
    from onrecord.claims.reviews import counts_of_reviews
    from onrecord.store.reviews import wilson_interval

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


def estimate_line(row: dict[str, Any]) -> str:
    """The same in words."""
    what = "disputes that were shown" if row["row_kind"] == "dispute" else "possible disputes"
    share = f"{row['precision']:.0%}, 95 %: {row['low']:.0%} to {row['high']:.0%}"
    return f"{what}: {row['n_reviewed']:,} reviewed, {row['n_accepted']:,} are some ({share})"


def line_of(review: "Review") -> str:
    """A review on one line, as corrections of rows are listed."""
    kind = "accept" if review.is_dispute else "reject"
    both = " and ".join(
        f"{document} [{spans[0].start}-{spans[-1].end}]"
        for document, spans in (
            (review.first_document, review.first_spans),
            (review.second_document, review.second_spans),
        )
    )
    facts = [review.id, review.at, review.by, f"{kind} dispute ({review.ground}) {both}"]
    facts += [review.why] if review.why else []
    facts += [f"undone by {review.undone_by}"] if review.undone_by else []
    return "  ".join(facts)


def training_rows(store: "Store") -> Iterator[dict[str, Any]]:
    """One object for each review that holds, with the words of both sides and their texts."""
    from onrecord.claims.reviews import reviews

    for review in reviews(store):
        if review.undone_by is None:
            yield as_json(review) | {
                side: _side(store, review, side) for side in ("first", "second")
            }


def _side(store: "Store", review: "Review", side: str) -> dict[str, Any]:
    document = store.document(store.number_of(getattr(review, f"{side}_document")))
    spans = getattr(review, f"{side}_spans")
    return {
        "words": " … ".join(document.text[span.start : span.end] for span in spans),
        "title": document.title,
        "outlet": document.outlet,
        "published": document.published,
        "text": document.text,
    }
