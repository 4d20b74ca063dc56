"""What `onrecord correct` and `quality` do about disputes, which are rows of no document."""

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from onrecord.claims.reviews import Review
    from onrecord.store import Store
    from onrecord.store.corrections import Signature

_GROUNDS = ("denial", "figure", "holder", "actor")


def review_dispute(
    store: "Store",
    dispute: str,
    signed: "Signature",
    *,
    is_dispute: bool,
    ground: str | None = None,
) -> str:
    """Say of the dispute with an id, shown or possible, what it is; gives the id of the review."""
    from onrecord.cli.stores import packaged_entailment
    from onrecord.ingest.dispute_decisions import decide_on

    named = None if ground is None else ground_named(ground)
    review = decide_on(
        store, dispute, signed, packaged_entailment, is_dispute=is_dispute, ground=named
    )
    return review.id


def undo_review(store: "Store", review_id: str, signed: "Signature") -> str | None:
    """Take a review back; None if none has this id."""
    from onrecord.claims.reviews import find_review
    from onrecord.cli.stores import packaged_entailment
    from onrecord.ingest.dispute_decisions import take_decision_back

    found = find_review(store, review_id)
    if found is None:
        return None
    return take_decision_back(store, found, signed, packaged_entailment).id


def ground_named(name: str) -> Any:
    """A ground by the name that commands give it.

    Raises:
        click.BadParameter: There is none.
    """
    from onrecord.records import Ground

    if name not in _GROUNDS:
        raise click.BadParameter(f"{name!r} is no ground; it is one of {', '.join(_GROUNDS)}")
    return Ground(name if name == "denial" else f"incompatible {name}")


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
