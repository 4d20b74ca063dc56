"""What stands before every page: who may ask, under which name, and what a browser may do.

A room without a token listens on loopback alone; the names it may be asked for are checked,
so that no page of the web can reach it under a name of its own.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, quote, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.serve.answers import failure_answer
from onrecord.serve.errors import Failure
from onrecord.serve.settings import RoomSettings

COOKIE = "onrecord_token"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    # Forms tell the room where they come from; pages elsewhere are told nothing.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(), camera=(), microphone=()"),
)


class Guard:
    """Lets a request through to the room, or answers it itself."""

    def __init__(self, app: ASGIApp, settings: RoomSettings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check one request, and add what browsers are told."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                more = [one for one in _HEADERS if one[0] not in own]
                if b"cache-control" not in own:
                    more.append((b"cache-control", b"no-store"))
                message["headers"] = [*message["headers"], *more]
            await send(message)

        failure = self._failure(headers)
        if failure is not None:
            await failure_answer(failure, is_json=scope["path"].endswith(".json"))(
                scope, receive, with_headers
            )
            return
        if self._settings.token is not None:
            await self._with_token(scope, receive, with_headers, headers)
            return
        await self._app(scope, receive, with_headers)

    def _failure(self, headers: Mapping[str, str]) -> Failure | None:
        host = host_name(headers.get("host", ""))
        if host in self._settings.hosts:
            return None
        # Where a token is needed, the bare addresses of the machine will do too: no page of
        # the web can have one of them for its name.
        if self._settings.token is not None and is_bare_address(host):
            return None
        detail = "this room does not go by that name; use the address that it printed at its start"
        return Failure(status=421, error="wrong host", detail=detail)

    async def _with_token(
        self, scope: Scope, receive: Receive, send: Send, headers: Mapping[str, str]
    ) -> None:
        """Let a reader through who shows the token; one in the address moves into a cookie."""
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        in_address = next((value for name, value in pairs if name == "token"), None)
        if in_address is not None and self._is_token(in_address):
            rest = urlencode([pair for pair in pairs if pair[0] != "token"])
            path = "/" + quote(scope["path"].lstrip("/"))
            await _redirect(f"{path}?{rest}" if rest else path, self._settings.token or "")(
                scope, receive, send
            )
            return
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if self._is_token(bearer) or self._is_token(_cookie(headers.get("cookie", ""))):
            await self._app(scope, receive, send)
            return
        failure = Failure(
            status=401,
            error="token needed",
            detail="open the address with the token that the room printed at its start",
        )
        is_json = scope["path"].endswith(".json")
        await failure_answer(failure, is_json=is_json)(scope, receive, send)

    def _is_token(self, given: str) -> bool:
        token = self._settings.token or ""
        return bool(token) and hmac.compare_digest(given.encode(), token.encode())


def _redirect(path: str, token: str) -> ASGIApp:
    from starlette.responses import RedirectResponse

    answer = RedirectResponse(path, status_code=303)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="strict")
    return answer


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return "" if found is None else found.value


def host_name(host: str) -> str:
    """The name in a Host header, without its port, in lower case.

    >>> host_name("LOCALHOST:8000"), host_name("[::1]:80")
    ('localhost', '[::1]')
    """
    name = host.strip().lower()
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.partition(":")[0]


def is_bare_address(host: str) -> bool:
    """Whether the name in a Host header is an address of IPv4 or IPv6.

    >>> is_bare_address("192.0.2.7"), is_bare_address("[2001:db8::1]"), is_bare_address("a.example")
    (True, True, False)
    """
    try:
        ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def form_key(settings: RoomSettings) -> str:
    """What a form of this room holds, and no other page of the web can know."""
    return hmac.new(settings.secret.encode(), b"forms", hashlib.sha256).hexdigest()


def is_own_form(settings: RoomSettings, headers: Mapping[str, str], key: str) -> bool:
    """Whether a form came from a page of this room."""
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    if origin is not None and origin.partition("//")[2] != headers.get("host"):
        return False
    return hmac.compare_digest(key.encode(), form_key(settings).encode())
