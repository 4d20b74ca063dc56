"""What a text says of another: entails, leaves open, contradicts; is in dispute with, and why.

One pass for each pair.

Each pair passes alone, so that no other pair changes what it gets. The vectors of words at
the input are those of the shared encoder, out of its own file; nothing else of it is used.

Shapes: T pieces of a pair, N pairs, G grounds and none.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.word_tables import WordTable
from onrecord.entailment.pairs import pair_pieces

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

# The order of the probabilities of a pair.
LABELS: Final = ("entails", "neutral", "contradicts")
ENTAILS, NEUTRAL, CONTRADICTS = range(3)
# The order of the probabilities of a dispute.
GROUNDS: Final = ("none", "denial", "figure", "holder", "actor")


class EntailmentScorer:
    """Scores pairs of a premise and a hypothesis; see `LABELS` and `GROUNDS` for the order."""

    def __init__(
        self,
        session: "InferenceSession",
        tokenizer: "Tokenizer",
        table: WordTable,
        *,
        sharpness: float = 1.0,
    ) -> None:
        """Prepare.

        Args:
            session: The graph of pairs.
            tokenizer: That of the encoder.
            table: Its vectors of words.
            sharpness: Scores are multiplied by it; makes them probabilities.
        """
        self._session, self._tokenizer, self._table = session, tokenizer, table
        self.sharpness = sharpness

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Probabilities (N, 3) that each premise entails, leaves open, contradicts the other.

        Of a text without any word nothing follows, and nothing follows it: neutral.
        """
        out = np.zeros((len(pairs), len(LABELS)), dtype=np.float32)
        for number, (premise, hypothesis) in enumerate(pairs):
            if _is_empty(premise) or _is_empty(hypothesis):
                out[number, NEUTRAL] = 1
            else:
                out[number] = _softmax(self.sharpness * self._scores(premise, hypothesis))
        return out

    def grounds(self, accounts: Sequence[tuple[str, str, int | None]]) -> NDArray[np.float32]:
        """Probabilities (N, G) that two accounts are in no dispute, or in one, and why.

        Args:
            accounts: Two sentences, the earlier one first, and the days between them.
        """
        out = np.zeros((len(accounts), len(GROUNDS)), dtype=np.float32)
        for number, (first, second, days) in enumerate(accounts):
            if _is_empty(first) or _is_empty(second):
                out[number, 0] = 1
            else:
                out[number] = _softmax(self._scores(first, second, days=days, of="grounds"))
        return out

    def _scores(
        self, premise: str, hypothesis: str, *, days: int | None = None, of: str = "scores"
    ) -> NDArray[np.float32]:
        pieces = pair_pieces(premise, hypothesis, self._tokenizer, days=days)
        (scores,) = self._session.run(
            [of],
            {
                "words": self._table.of_pieces(pieces.ids_T),
                "kinds": pieces.kind_T,
                "hypothesis": pieces.hypothesis_T,
            },
        )
        found: NDArray[np.float32] = np.asarray(scores)
        return found


def _is_empty(text: str) -> bool:
    return not any(letter.isalnum() for letter in text)


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(scores - scores.max())
    found: NDArray[np.float32] = powers / powers.sum()
    return found
