import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.inputs.addresses import FetchError, is_public, look_up, parse_address
from onrecord.records import RejectionReason


@pytest.mark.parametrize(
    "number",
    [
        "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254",
        "172.16.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "203.0.113.7", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
        "::ffff:169.254.169.254", "::ffff:0a00:0001", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378::1",
        "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize(
    "number", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_addresses_that_are_public(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    ("url", "authority", "target"),
    [
        ("http://courier.example", "courier.example", "/"),
        ("HTTP://Courier.Example:80/", "courier.example", "/"),
        ("https://courier.example:443/a?b=c#d", "courier.example", "/a?b=c"),
        ("https://courier.example:8443/a", "courier.example:8443", "/a"),
        ("http://courier.example?b", "courier.example", "/?b"),
        ("http://courier.example/a b/é?q=ü x", "courier.example", "/a%20b/%C3%A9?q=%C3%BC%20x"),
        ("http://courier.example/a%20b%2Fc", "courier.example", "/a%20b%2Fc"),
        ("http://courier.example/a\r\nX-Evil: 1", "courier.example", "/aX-Evil:%201"),
        ("http://bücher.example/", "xn--bcher-kva.example", "/"),
        ("http://пример.example/", "xn--e1afmkfd.example", "/"),
        ("http://[2606:4700::1111]:8080/", "[2606:4700::1111]:8080", "/"),
    ],
)
def test_parts_of_addresses(url: str, authority: str, target: str) -> None:
    address = parse_address(url)
    assert (address.authority, address.target) == (authority, target)
    assert address.is_secure == url.lower().startswith("https")
    assert address.target.isascii()


@pytest.mark.parametrize(
    "url",
    [
        "", "courier.example", "file:///etc/passwd", "ftp://courier.example/", "gopher://a.example",
        "http://", "http:///a", "http://:80/", "http://[::1", "http://]", "http://a.example:x/",
        "http://a.example:99999/", "http://a b.example/", "http://a%00.example/",
        "http://" + "ü" * 70,
        "http://a..ü.example/", "javascript:alert(1)", "data:text/html,x", "http://a|b.example/",
        "http://a\tb .example/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        parse_address(url)
    assert caught.value.reason is RejectionReason.UNREACHABLE


@pytest.mark.parametrize("port", [0, 1, 21, 22, 25, 110, 143, 993])
def test_ports_of_other_services(port: int) -> None:
    with pytest.raises(FetchError) as caught:
        parse_address(f"http://courier.example:{port}/")
    assert caught.value.reason is RejectionReason.BLOCKED_ADDRESS


@pytest.mark.parametrize(
    "url", ["http://mara:secret@courier.example/", "http://secret@courier.example", "https://:secret@a.example/"]
)  # fmt: skip
def test_a_user_name_is_not_sent_and_not_repeated(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        parse_address(url)
    assert caught.value.reason is RejectionReason.BLOCKED_ADDRESS
    assert "secret" not in caught.value.detail


@given(st.text(max_size=60) | st.text(max_size=40).map(lambda rest: "http://" + rest))
def test_any_string_is_an_address_or_a_reason(url: str) -> None:
    try:
        address = parse_address(url)
    except FetchError:
        return
    assert address.target.startswith("/")
    assert not any(c <= " " for c in address.target + address.authority)


def numbers_of(url: str, *, allow_private: bool = False) -> list[str]:
    return look_up(parse_address(url), 10.0, allow_private=allow_private)


@pytest.mark.network
@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001",
    "0", "0.0.0.0",
     "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "169.254.169.254", "10.0.0.1", "[fe80::1]",
     "１２７.0.0.1"],
)  # fmt: skip
def test_this_machine_and_private_networks_are_blocked_in_every_spelling(host: str) -> None:
    with pytest.raises(FetchError) as caught:
        numbers_of(f"http://{host}:8080/")
    assert caught.value.reason in {RejectionReason.BLOCKED_ADDRESS, RejectionReason.UNREACHABLE}
    if host in {"127.0.0.1", "2130706433", "[::ffff:127.0.0.1]"}:
        assert caught.value.reason is RejectionReason.BLOCKED_ADDRESS


@pytest.mark.network
@pytest.mark.parametrize(
    ("host", "told"), [("127.0.0.1", "127.0.0.1 is an"), ("0x7f.1", "0x7f.1 is 127.0.0.1, an")]
)
def test_a_blocked_number_is_told_once(host: str, told: str) -> None:
    with pytest.raises(FetchError) as caught:
        numbers_of(f"http://{host}/")
    assert str(caught.value).endswith(f"{told} address of this machine or of a private network")


def test_they_are_not_when_that_is_allowed() -> None:
    assert numbers_of("http://127.0.0.1/", allow_private=True) == ["127.0.0.1"]


def entries(*numbers: str) -> list:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in numbers]


def test_one_private_address_among_public_ones_is_enough(monkeypatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: entries("1.1.1.1", "10.0.0.1"))
    with pytest.raises(FetchError) as caught:
        numbers_of("http://courier.example/")
    assert caught.value.reason is RejectionReason.BLOCKED_ADDRESS
    assert "10.0.0.1" in caught.value.detail


def test_every_public_address_is_given_once(monkeypatch) -> None:
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_a, **_k: entries("1.1.1.1", "1.0.0.1", "1.1.1.1")
    )
    assert numbers_of("http://courier.example/") == ["1.1.1.1", "1.0.0.1"]


@pytest.mark.parametrize("error", [socket.gaierror(-2, "unknown"), UnicodeError("label too long")])
def test_a_name_that_is_not_known(monkeypatch, error: Exception) -> None:
    def unknown(*_args, **_more):
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(FetchError, match="not known") as caught:
        numbers_of("http://courier.example/")
    assert caught.value.reason is RejectionReason.UNREACHABLE


@pytest.mark.network
def test_a_name_that_never_exists() -> None:
    with pytest.raises(FetchError) as caught:
        numbers_of("http://gate.invalid/")
    assert caught.value.reason in {RejectionReason.UNREACHABLE, RejectionReason.TIMED_OUT}


def test_a_name_system_that_does_not_answer(monkeypatch) -> None:
    def slow(*_args, **_more):
        time.sleep(3)
        return entries("1.1.1.1")

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    started = time.monotonic()
    with pytest.raises(FetchError) as caught:
        look_up(parse_address("http://courier.example/"), 0.2, allow_private=False)
    assert caught.value.reason is RejectionReason.TIMED_OUT
    assert time.monotonic() - started < 2
