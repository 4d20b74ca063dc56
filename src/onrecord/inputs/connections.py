"""One exchange with a web server in which every wait counts towards one deadline."""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from onrecord.inputs.addresses import Address

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


@contextmanager
def ask(
    address: Address, numbers: Iterable[str], headers: Mapping[str, str], deadline: float
) -> Iterator[http.client.HTTPResponse]:
    """The answer to a GET from the first of some machines that can be reached.

    The machines are given by number: a name could mean another one by now.

    Args:
        address: What is asked for.
        numbers: IP addresses of its host.
        headers: Of the request, without Host.
        deadline: By `time.monotonic`; later reads raise TimeoutError.

    Raises:
        OSError: No connection; TimeoutError, which is one, past the deadline.
        http.client.HTTPException: The answer is none.
    """
    with _connected(address, numbers, deadline) as line:
        connection = http.client.HTTPConnection(address.host, address.port)
        connection.sock = line
        connection.putrequest("GET", address.target, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", address.authority)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.putheader("Connection", "close")
        connection.endheaders()
        response = connection.getresponse()
        try:
            yield response
        finally:
            response.close()
            connection.close()


@contextmanager
def _connected(address: Address, numbers: Iterable[str], deadline: float) -> Iterator["_Line"]:
    plain = _first_reached(numbers, address.port, deadline)
    with plain:
        if not address.is_secure:
            yield _Line(plain, deadline)
            return
        context = ssl.create_default_context()
        plain.settimeout(left(deadline))
        with context.wrap_socket(plain, server_hostname=address.host) as secure:
            yield _Line(secure, deadline)


def _first_reached(numbers: Iterable[str], port: int, deadline: float) -> socket.socket:
    last: OSError = ConnectionError("no address")
    for number in numbers:
        try:
            return socket.create_connection((number, port), timeout=left(deadline))
        except OSError as error:
            last = error
    raise last


def left(deadline: float) -> float:
    """Seconds up to the deadline.

    Raises:
        TimeoutError: It has passed.
    """
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("the deadline has passed")
    return seconds


class _Line:
    """As much of a socket as an HTTP connection uses, with a deadline for each use."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self.sock, self.deadline = sock, deadline

    def sendall(self, content: bytes) -> None:
        self.sock.settimeout(left(self.deadline))
        self.sock.sendall(content)

    def makefile(self, _mode: str = "rb") -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self))

    def close(self) -> None:
        """Leave the socket open: it is closed after the answer has been read."""


class _Incoming(io.RawIOBase):
    """What comes in; a server that sends a byte now and then does not gain time by it."""

    def __init__(self, line: _Line) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        self._line.sock.settimeout(left(self._line.deadline))
        return self._line.sock.recv_into(buffer)
