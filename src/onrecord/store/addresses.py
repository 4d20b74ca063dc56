"""Addresses of articles made plain, so that two texts of one article are known as such."""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

_PORTS = {"http": "80", "https": "443"}
# Parts of a query that tell where a reader came from, not what is read.
_TRACKING = frozenset(
    "fbclid gclid dclid msclkid yclid igshid mc_cid mc_eid cmpid ocid smid ref_src".split()
)
_TRACKING_PREFIXES = ("utm_", "at_", "pk_", "mtm_")


def plain_address(url: str | None) -> str | None:
    """An address without what does not change the article; None if it is no web address.

    Left out: upper case of scheme and host, the default port, user and password, the
    fragment, tracking parameters, the order of the others, and a slash at the end. http
    and https, and hosts with and without ``www.``, are one.

    >>> plain_address("HTTPS://News.Example:443/a/?utm_source=x&id=2#top")
    '//news.example/a?id=2'
    """
    try:
        parts = urlsplit((url or "").strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host:
        return None
    host = host.rstrip(".")
    while host.startswith("www."):
        host = host.removeprefix("www.")
    if not host or host == "www":
        return None
    shown = f"[{host}]" if ":" in host else host
    if port is not None and str(port) != _PORTS[scheme]:
        shown += f":{port}"
    path = quote(parts.path.rstrip("/"), safe="/%:@!$&'()*+,;=~-._", errors="replace")
    kept = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if _stays(pair))
    return urlunsplit(("", shown, path, urlencode(kept, errors="replace"), ""))


def _stays(pair: tuple[str, str]) -> bool:
    name = pair[0].lower()
    return name not in _TRACKING and not name.startswith(_TRACKING_PREFIXES)
