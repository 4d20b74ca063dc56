"""Who publishes a document: a family of outlets that pass texts on, or the outlet by itself."""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from onrecord.errors import InputError
from onrecord.independence.agencies import agency_hosts, agency_named
from onrecord.independence.tables import rows_in, rows_of, split_list
from onrecord.independence.words import plain_word
from onrecord.records.documents import Document

_COLUMNS = ("family", "outlets", "hosts")


@dataclass(frozen=True, slots=True)
class Families:
    """Families of outlets, by the names and the addresses of these.

    Attributes:
        names: The family of an outlet by its plain name.
        hosts: The family of an outlet by its host, without `www`.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)

    def with_others(self, others: "Families") -> "Families":
        """These and others; the others go first."""
        return Families({**self.names, **others.names}, {**self.hosts, **others.hosts})

    def publisher_of(self, document: Document) -> str | None:
        """The family of a document, else its outlet, else its host; None if nothing is known.

        An address tells more than a name: there are many papers called Observer.

        >>> from onrecord.records.documents import make_document
        >>> families().publisher_of(make_document(text="a", url="https://www.bbc.co.uk/news/1"))
        'BBC'
        """
        host = host_of(document.url)
        family = self._of_host(host)
        if family is None and document.outlet:
            name = plain_name(document.outlet)
            if not host or " " in name:
                family = self.names.get(name) or agency_named(document.outlet)
        return family or _own_name(document.outlet) or host or None

    def _of_host(self, host: str) -> str | None:
        """The family of the host, or of what it is a part of."""
        labels = host.split(".")
        for at in range(len(labels) - 1):
            name = ".".join(labels[at:])
            found = self.hosts.get(name) or agency_hosts().get(name)
            if found is not None:
                return found
        return None


@functools.cache
def families() -> Families:
    """The families of the package."""
    return _families(rows_of("families.tsv"))


def load_families(path: str | Path) -> Families:
    """The families of a user's file, beside those of the package.

    Args:
        path: A file with tabs between the columns family, outlets and hosts; several outlets
            or hosts of one cell have | between them.

    Raises:
        InputError: It cannot be read, lacks a column, or a line names no family.
    """
    source = str(path)
    try:
        text = Path(path).read_text("utf-8-sig")
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}"
        raise InputError(source=source, problem=problem) from error
    except UnicodeDecodeError as error:
        raise InputError(source=source, problem="is no text in UTF-8; save it as such") from error
    rows = list(rows_in(text))
    for number, row in enumerate(rows, 1):
        if not set(_COLUMNS) <= row.keys():
            problem = f"the first line names the columns {', '.join(_COLUMNS)}, with tabs between"
            raise InputError(source=source, problem=problem)
        if not row["family"].strip() or not (row["outlets"].strip() or row["hosts"].strip()):
            problem = f"row {number} needs a family, and an outlet or a host of it"
            raise InputError(source=source, problem=problem)
    return families().with_others(_families(rows))


def _families(rows: Iterable[Mapping[str, str]]) -> Families:
    names, hosts = {}, {}
    for row in rows:
        names.update({plain_name(name): row["family"] for name in split_list(row["outlets"])})
        hosts.update({host.lower(): row["family"] for host in split_list(row["hosts"])})
    return Families(names, hosts)


def plain_name(name: str) -> str:
    """The name of an outlet as it is compared.

    >>> plain_name("The Harbour  Herald")
    'harbor herald'
    """
    words = [plain_word(word.strip(".,")) for word in name.split()]
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def _own_name(outlet: str | None) -> str | None:
    words = (outlet or "").split()
    return " ".join(words[1:] if words[:1] == ["The"] and len(words) > 1 else words) or None


def host_of(url: str | None) -> str:
    """The host of an address, without `www`; empty if it has none."""
    try:
        host = (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return ""
    return host.removeprefix("www.")
