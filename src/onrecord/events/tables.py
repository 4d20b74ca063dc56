"""The tables of the package, as rows; their first lines say where they come from."""

import importlib.resources

# Tables of triggers by part of speech.
VERBS = ("verbs_conflict", "verbs_verbal")
NOUNS = ("nouns_conflict", "nouns_verbal")


def read_rows(name: str) -> list[dict[str, str]]:
    """Rows of `tables/<name>.tsv` by column; cells that a line leaves out are empty."""
    path = importlib.resources.files("onrecord.events") / "tables" / f"{name}.tsv"
    lines = [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    columns = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        cells = line.split("\t")
        cells += [""] * (len(columns) - len(cells))
        rows.append(dict(zip(columns, cells, strict=True)))
    return rows
