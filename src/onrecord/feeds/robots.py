"""What sites ask of programs (robots.txt, RFC 9309), as protego reads it.

A site without the file allows all. One that cannot be asked allows nothing for now.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from onrecord.inputs.addresses import Address, FetchError
from onrecord.inputs.fetching import PAGE, Page, Request
from onrecord.records import RejectionReason

AGENT = "onrecord"
_MAX_BYTES = 500_000
_KEPT_S = 86_400.0
_KEPT_AFTER_FAILURE_S = 900.0
_LONGEST_DELAY_S = 60.0
_REQUEST = Request(accept="text/plain,*/*;q=0.5", types=PAGE.types)
# Answers that leave open what the site asks.
_UNKNOWN = frozenset({429, *range(500, 600)})

Fetch = Callable[[str, Request], Page]


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site asks.

    Attributes:
        parsed: As protego has it; None for a site that allows all.
        error: Why it could not be asked; then nothing is allowed.
    """

    parsed: Any = None
    error: FetchError | None = None

    def check(self, url: str) -> None:
        """Whether a page may be read.

        Raises:
            FetchError: It may not, or the site could not be asked.
        """
        if self.error is not None:
            raise FetchError(
                self.error.reason,
                f"its site's robots.txt cannot be read: {self.error.detail}",
                may_pass=self.error.may_pass,
                retry_after=self.error.retry_after,
            )
        if self.parsed is not None and not self.parsed.can_fetch(url, AGENT):
            raise FetchError(
                RejectionReason.DISALLOWED,
                "the site asks programs not to read it (robots.txt); save the page and give it",
            )

    @property
    def delay_s(self) -> float:
        """Seconds that the site wants between two requests, at most a minute."""
        given = self.parsed.crawl_delay(AGENT) if self.parsed is not None else None
        return min(_LONGEST_DELAY_S, max(0.0, given or 0.0))


class Robots:
    """The rules of sites, asked for once a day."""

    def __init__(self, fetch: Fetch, now_s: Callable[[], float]) -> None:
        """Keep what is needed.

        Args:
            fetch: Gets a page, or raises FetchError.
            now_s: A clock in seconds.
        """
        self._fetch, self._now_s = fetch, now_s
        self._known: dict[str, tuple[float, Rules]] = {}

    def known(self, address: Address) -> Rules | None:
        """The rules of a page's site if they have been asked for lately."""
        until, rules = self._known.get(_site(address), (0.0, None))
        return rules if self._now_s() < until else None

    def ask(self, address: Address) -> Rules:
        """Ask a page's site for its rules."""
        rules = _ask(f"{_site(address)}/robots.txt", self._fetch)
        kept_s = _KEPT_S if rules.error is None else _KEPT_AFTER_FAILURE_S
        self._known[_site(address)] = (self._now_s() + kept_s, rules)
        return rules


def parse_rules(content: bytes) -> Rules:
    """The rules in a file; what is no rule in it is passed over."""
    import protego

    text = content[:_MAX_BYTES].decode("utf-8", "replace").lstrip("\ufeff")
    return Rules(parsed=protego.Protego.parse(text))


def _ask(url: str, fetch: Fetch) -> Rules:
    try:
        page = fetch(url, _REQUEST)
    except FetchError as error:
        if error.status is not None and error.status not in _UNKNOWN:
            return Rules()
        passed_over = {RejectionReason.UNSUPPORTED_TYPE, RejectionReason.TOO_MANY_REDIRECTS}
        return Rules() if error.reason in passed_over else Rules(error=error)
    return parse_rules(page.content)


def _site(address: Address) -> str:
    return f"{'https' if address.is_secure else 'http'}://{address.authority}"
