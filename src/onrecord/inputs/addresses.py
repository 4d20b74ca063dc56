"""Web addresses and the machines behind them: which may be asked, and which may not."""

import ipaddress
import queue
import socket
import threading
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from onrecord.records import RejectionReason

_SHOWN = 200
# Below this, ports other than the web's belong to mail, files, and other services.
_FIRST_FREE_PORT = 1024
_WEB_PORTS = {"http": 80, "https": 443}
_IN_PATH = "/%:@!$&'()*+,;=~-._"
_NOT_IN_HOSTS = "\x7f/\\?#<>^|"
_TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))


class FetchError(Exception):
    """A page that was not fetched; carries the reason for a rejection.

    Attributes:
        reason: Why, from the closed list.
        detail: Why, in words.
        may_pass: Whether the same may go well later.
        retry_after: When the server says to come again, as it says it.
        status: What the server answered, if it did.
    """

    def __init__(
        self,
        reason: RejectionReason,
        detail: str,
        *,
        may_pass: bool = False,
        retry_after: str | None = None,
        status: int | None = None,
    ) -> None:
        self.reason, self.detail = reason, detail
        self.may_pass, self.retry_after, self.status = may_pass, retry_after, status
        super().__init__(detail)


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in parts, as they go over the wire.

    Attributes:
        is_secure: Whether it is https.
        host: Name or number of the machine, in ASCII.
        port: Where it listens.
        target: Path and query.
    """

    is_secure: bool
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host as the header of that name has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        is_usual = self.port == _WEB_PORTS["https" if self.is_secure else "http"]
        return host if is_usual else f"{host}:{self.port}"


def parse_address(url: str) -> Address:
    """The parts of an http or https address.

    Raises:
        FetchError: It is none, names a user, or a port of another service.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii(parts.hostname or "")
    except ValueError as error:
        raise FetchError(RejectionReason.UNREACHABLE, f"this is no address: {error}") from error
    if parts.scheme not in _WEB_PORTS or not host:
        shown = url.partition("@")[2] or url
        raise FetchError(
            RejectionReason.UNREACHABLE,
            f"only http and https addresses can be fetched, not {shown[:_SHOWN]}",
        )
    if "@" in parts.netloc:
        raise FetchError(
            RejectionReason.BLOCKED_ADDRESS,
            "the address holds a user name; give it without, as it would stand in the record",
        )
    usual = _WEB_PORTS[parts.scheme]
    port = usual if port is None else port
    if port < _FIRST_FREE_PORT and port not in _WEB_PORTS.values():
        raise FetchError(
            RejectionReason.BLOCKED_ADDRESS, f"port {port} belongs to another service than the web"
        )
    query = f"?{quote(parts.query, safe=_IN_PATH + '?')}" if parts.query else ""
    return Address(
        parts.scheme == "https", host, port, (quote(parts.path, safe=_IN_PATH) or "/") + query
    )


def _ascii(host: str) -> str:
    """A name in any script as the name system has it.

    Raises:
        ValueError: It cannot be one.
    """
    plain = host if host.isascii() else host.encode("idna").decode("ascii")
    is_number = ":" in plain  # of which a part after % names the way out of this machine
    if any(c <= " " or c in _NOT_IN_HOSTS for c in plain) or ("%" in plain and not is_number):
        raise ValueError("its host has characters that no host has")
    return plain


def look_up(address: Address, timeout_s: float, *, allow_private: bool) -> list[str]:
    """The numbers of a host's machines; unless allowed, every one of them must be public.

    Raises:
        FetchError: There is none, one is private, or the name system takes too long.
    """
    answers: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
            answers.put([str(entry[4][0]) for entry in found])
        except (OSError, UnicodeError) as error:
            answers.put(error)

    # The system's own call cannot be told how long it may take.
    threading.Thread(target=ask, daemon=True, name="onrecord-look-up").start()
    try:
        found = answers.get(timeout=timeout_s)
    except queue.Empty:
        raise FetchError(
            RejectionReason.TIMED_OUT,
            f"the name {address.host} was not found in time",
            may_pass=True,
        ) from None
    if isinstance(found, Exception) or not found:
        raise FetchError(
            RejectionReason.UNREACHABLE,
            f"the name {address.host} is not known here",
            may_pass=True,
        )
    private = [number for number in found if not is_public(number)]
    if private and not allow_private:
        number = "" if address.host == private[0] else f" {private[0]},"
        raise FetchError(
            RejectionReason.BLOCKED_ADDRESS,
            f"{address.host} is{number} an address of this machine or of a private network",
        )
    return list(dict.fromkeys(found))


def is_public(number: str) -> bool:
    """Whether an IP address is one of the public internet.

    >>> is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("93.184.216.34")
    (False, False, True)
    """
    ip = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and any(ip in network for network in _TRANSLATED):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local or ip.teredo is not None:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
