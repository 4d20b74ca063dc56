"""Encoders that add columns to what another one gives.

The pass of the innermost leaves the interpreter to other threads; what is added to it is many
small steps, each of which would have to wait for the interpreter there.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.pieces import Window
from onrecord.encode.sessions import Encoded, Encoder


class AddingEncoder:
    """An encoder around another one, whose columns stand behind all others."""

    encoder: Encoder

    def encode(self, window: Window) -> Encoded:
        """What the heads make of the words of a window, and what is added."""
        return self.added(window, self.encoder.encode(window))

    def added(self, window: Window, encoded: Encoded) -> Encoded:
        """What the encoder inside makes of a window, with the columns behind it."""
        words, cues, parts = encoded
        rows = self.columns(window, encoded)
        return Encoded(words, cues, np.concatenate([parts, rows], axis=1))

    def columns(self, window: Window, encoded: Encoded) -> NDArray[np.float32]:
        """The columns (W, C) of the words of a window."""
        raise NotImplementedError

    def score_roles(self, *given: Any) -> NDArray[np.float32]:
        """As the encoder inside does."""
        return self.encoder.score_roles(*given)


def innermost(encoder: Encoder) -> Encoder:
    """The encoder to which all others around it add."""
    while isinstance(encoder, AddingEncoder):
        encoder = encoder.encoder
    return encoder


def completed(encoder: Encoder, window: Window, encoded: Encoded) -> Encoded:
    """What the innermost made of a window, with all that those around it add."""
    if not isinstance(encoder, AddingEncoder):
        return encoded
    return encoder.added(window, completed(encoder.encoder, window, encoded))
