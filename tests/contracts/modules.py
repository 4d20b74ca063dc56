"""The modules of the package and what they import, read from their source."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "onrecord"


@functools.cache
def sources() -> dict[str, ast.Module]:
    """All modules by name, parsed."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text("utf-8"), filename=str(path))
    return found


def imports(module: str) -> Iterator[str]:
    """Full names that a module imports anywhere in it: inside functions and for types too."""
    path = PACKAGE.parent.joinpath(*module.split("."))
    package = module if path.is_dir() else module.rpartition(".")[0]
    for node in ast.walk(sources()[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield full if full in sources() else base


def layer(module: str) -> str:
    """The part of the package in which a module lies; the package itself is ``""``."""
    return module.split(".")[1] if "." in module else ""
