"""Options that commands of `python -m evaluation` share: they mean the same in all of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

FILE = click.Path(dir_okay=False, path_type=Path)
weights_option = click.option(
    "--weights",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of weights; the packaged ones if not given.",
)
save_option = click.option("--save", type=FILE, help="Also write the readings, one a line.")
json_option = click.option("--json", "json_path", type=FILE, help="Also write the numbers as JSON.")
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def predictions_option(what: str = "readings") -> Decorator:
    """`--predictions FILE`, of readings or of what else is scored."""
    return click.option(
        "--predictions",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help=f"Score this file of {what} instead of reading now.",
    )


def bootstrap_option(units: str) -> Decorator:
    """`--bootstrap N`, over texts, articles or sentences."""
    return click.option(
        "--bootstrap",
        "n_rounds",
        type=click.IntRange(min=0),
        default=0,
        metavar="N",
        help=f"95 % intervals from N sets of {units}.",
    )
