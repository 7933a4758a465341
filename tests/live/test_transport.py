"""What comes over a raw socket: whatever it is, the answer is the node's own, in its own words, and the connection's end is clean."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Final

import pytest

from atesto import limits

if TYPE_CHECKING:
    from tests.live.node_process import NodeProcess

pytestmark = [pytest.mark.hostile, pytest.mark.loopback]

BODY: Final = b'{"verifiableCredential":{}}'
OTHER_BODY: Final = b'{"verifiableCredential":{"x":1}}'


def head(
    *lines: str, method: str = "POST", target: str = "/credentials/verify", version: str = "HTTP/1.1", host: str = "127.0.0.1"
) -> bytes:
    return "\r\n".join([f"{method} {target} {version}", f"Host: {host}", "Content-Type: application/json", *lines, "", ""]).encode(
        "latin-1"
    )


def answers(data: bytes) -> list[tuple[int, dict[str, str], bytes]]:
    """The responses in `data`, one after the other."""
    found = []
    while data:
        top, _, rest = data.partition(b"\r\n\r\n")
        first, *lines = top.decode("latin-1").split("\r\n")
        assert first.startswith(("HTTP/1.1 ", "HTTP/1.0 ", "HTTP/0.9 ")), data[:200]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers["content-length"])
        found.append((int(first.split()[1]), headers, rest[:length]))
        data = rest[length:]
    return found


def check_own(status: int, headers: dict[str, str], body: bytes) -> Any:
    """An answer of the node itself: its headers, and problem details where it refuses."""
    assert status < 500
    assert headers["server"] == "atesto"
    assert len(headers["x-request-id"]) == 36
    assert headers["x-content-type-options"] == "nosniff"
    assert "aiohttp" not in str(headers).lower()
    for trace in (b"Traceback", b"aiohttp", b"<html", b".py"):
        assert trace not in body
    found = json.loads(body)
    if status >= 400 and "code" in found:
        assert headers["content-type"].startswith("application/problem+json")
        assert found["status"] == status
    return found


def only(data: bytes) -> tuple[int, dict[str, str], bytes]:
    found = answers(data)
    assert len(found) == 1, found
    return found[0]


UNREADABLE: Final = {
    "length and chunks": head("Content-Length: 27", "Transfer-Encoding: chunked") + b"0\r\n\r\n",
    "chunks and length": head("Transfer-Encoding: chunked", "Content-Length: 3") + b"1b\r\n" + BODY + b"\r\n0\r\n\r\n",
    "two lengths": head("Content-Length: 27", "Content-Length: 3") + BODY,
    "two equal lengths": head("Content-Length: 27", "Content-Length: 27") + BODY,
    "length with a sign": head("Content-Length: +27") + BODY,
    "negative length": head("Content-Length: -1") + BODY,
    "length in a list": head("Content-Length: 27, 27") + BODY,
    "length in hexadecimal": head("Content-Length: 0x1b") + BODY,
    "chunked twice": head("Transfer-Encoding: chunked, chunked") + b"0\r\n\r\n",
    "coding after chunked": head("Transfer-Encoding: chunked, identity") + b"0\r\n\r\n",
    "look-alike coding": head("Transfer-Encoding: xchunked") + b"0\r\n\r\n",
    "header field too long": head("X-Long: " + "a" * (limits.MAX_HEADER_BYTES + 100)),
    "request line too long": head(target="/" + "a" * (limits.MAX_HEADER_BYTES + 100), method="GET"),
    "too many headers": head(*[f"X-{number}: 1" for number in range(limits.MAX_HEADERS + 1)]),
    "folded header": head("X-Folded: a\r\n b", "Content-Length: 0"),
    "header without colon": head("Broken", "Content-Length: 0"),
    "space before the colon": head("Content-Length : 27") + BODY,
    "name with odd characters": head("Con\x00tent: 1"),
    "value with a line feed": head("X-Feed: a\nTransfer-Encoding: chunked", "Content-Length: 27") + BODY,
    "value with NUL": head("X-Nul: a\x00b"),
    "no method": b" / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "odd version": head(version="HTTP/9.9"),
    "no version": b"GET /health/live\r\nHost: 127.0.0.1\r\n\r\n",
    "TLS on a plain port": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64 + b"\r\n\r\n",
    "noise": bytes(range(1, 255)) * 4 + b"\r\n\r\n",
    "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_not_http_is_refused_in_our_own_words_and_the_connection_closed(live: NodeProcess, name: str) -> None:
    started = time.monotonic()
    status, headers, body = only(live.raw(UNREADABLE[name]))
    assert time.monotonic() - started < 2
    found = check_own(status, headers, body)
    assert (status, found["code"]) == (400, "transport.unreadable")
    # An answer in HTTP/1.0 needs no word about the connection; that nothing more came says that it was closed.
    assert headers.get("connection", "close") == "close"


def test_nothing_behind_an_ambiguous_length_is_taken_for_a_request(live: NodeProcess) -> None:
    smuggled = head("Content-Length: 0", method="GET", target="/smuggled-request")
    for lines in (("Content-Length: 0", "Transfer-Encoding: chunked"), ("Transfer-Encoding: chunked", f"Content-Length: {len(smuggled)}")):
        assert [row[0] for row in answers(live.raw(head(*lines) + b"0\r\n\r\n" + smuggled))] == [400]


CHUNKS: Final = {
    "chunk size that is no number": b"zz\r\n" + BODY + b"\r\n0\r\n\r\n",
    "chunk size with a sign": b"+1b\r\n" + BODY + b"\r\n0\r\n\r\n",
    "chunk longer than its size": b"3\r\n" + BODY + b"\r\n0\r\n\r\n",
    "negative chunk": b"-1\r\n" + BODY + b"\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("name", CHUNKS)
@pytest.mark.parametrize("pause", [0.0, 0.2])
def test_bad_chunks(live: NodeProcess, name: str, pause: float) -> None:
    # In one piece the fault is in the head's company; after a pause it meets a request that is already being read.
    started = time.monotonic()
    found = answers(live.raw(head("Transfer-Encoding: chunked"), CHUNKS[name], pause=pause))
    assert time.monotonic() - started < 2
    assert len(found) == 1
    assert found[0][0] == 400
    assert check_own(*found[0])["code"] == "transport.unreadable"


def test_good_chunks_are_read(live: NodeProcess) -> None:
    data = head("Transfer-Encoding: chunked", "Connection: close") + b"5\r\n" + BODY[:5] + b"\r\n16\r\n" + BODY[5:] + b"\r\n0\r\n\r\n"
    status, headers, body = only(live.raw(data))
    assert (status, check_own(status, headers, body)["problemDetails"][0]["code"]) == (400, "model.context_missing")


def test_a_body_without_length_is_empty(live: NodeProcess) -> None:
    status, headers, body = only(live.raw(head("Connection: close")))
    assert (status, check_own(status, headers, body)["code"]) == (400, "json.invalid")


@pytest.mark.parametrize("sent", [b"", BODY[:10]])
def test_a_body_that_breaks_off(live: NodeProcess, sent: bytes) -> None:
    data = live.raw(head(f"Content-Length: {len(BODY)}") + sent, half_close=True)
    # Whoever hung up may get no answer; the node has not noticed anything else.
    for status, headers, body in answers(data):
        assert check_own(status, headers, body)["code"] in {"transport.unreadable", "transport.timeout"}
        assert status in {400, 408}
    assert live.ask("GET", "/health/live").status == 200


@pytest.mark.parametrize("framing", ["Content-Length: 104857600", "Content-Length: 99999999999999999999"])
def test_a_huge_length_is_refused_before_the_body_is_read(live: NodeProcess, framing: str) -> None:
    started = time.monotonic()
    status, headers, body = answers(live.raw(head(framing)))[0]
    assert time.monotonic() - started < limits.LINGER_SECONDS + 1.5
    assert (status, check_own(status, headers, body)["code"]) in {(413, "transport.body_too_large"), (400, "transport.unreadable")}


def test_pipelined_requests_are_answered_in_their_order(live: NodeProcess) -> None:
    lines = [
        head(method="GET", target="/health/live"),
        head(f"Content-Length: {len(BODY)}") + BODY,
        head(method="GET", target="/nothing"),
        head("Connection: close", method="GET", target="/health/live"),
    ]
    found = answers(live.raw(b"".join(lines)))
    assert [status for status, _, _ in found] == [200, 400, 404, 200]
    for row in found:
        check_own(*row)


def test_http_1_0(live: NodeProcess) -> None:
    status, headers, body = only(live.raw(head(method="GET", target="/health/live", version="HTTP/1.0")))
    assert (status, check_own(status, headers, body)["status"]) == (200, "live")
    status, headers, body = only(live.raw(b"GET /health/live HTTP/1.0\r\n\r\n"))
    assert (status, check_own(status, headers, body)["code"]) == (421, "transport.unknown_host")


@pytest.mark.parametrize(
    ("target", "host", "status"),
    [
        ("http://127.0.0.1/health/live", "127.0.0.1", 200),
        ("http://evil.example/health/live", "evil.example", 421),
        ("/health/live?token=x#y", "127.0.0.1", 200),
        ("//evil.example/health/live", "127.0.0.1", 404),
        ("/../../etc/passwd", "127.0.0.1", 404),
        ("/assets/../../atesto/settings.py", "127.0.0.1", 404),
        ("/assets/%2e%2e%2f%2e%2e%2fsettings.py", "127.0.0.1", 404),
        ("/assets/..%5csettings.py", "127.0.0.1", 404),
        ("/assets/%00", "127.0.0.1", 404),
        ("/%ff%fe", "127.0.0.1", 404),
        ("/health/live/", "127.0.0.1", 404),
        ("/health%2flive", "127.0.0.1", 404),
    ],
)
def test_targets(live: NodeProcess, target: str, host: str, status: int) -> None:
    found = only(live.raw(head("Connection: close", method="GET", target=target, host=host)))
    assert found[0] == status, found
    check_own(*found)


@pytest.mark.parametrize("target", ["http://evil.example/health/live", "http://127.0.0.1.evil.example/health/live"])
def test_an_absolute_target_does_not_stand_in_for_the_host_header(live: NodeProcess, target: str) -> None:
    # The request's own address is the Host header's here; whatever the target says, nothing foreign is answered for.
    found = only(live.raw(head("Connection: close", method="GET", target=target)))
    assert found[0] in {200, 421}
    check_own(*found)


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "get", "G", "X" * 200])
def test_methods(live: NodeProcess, method: str) -> None:
    target = "127.0.0.1:1" if method == "CONNECT" else "/health/live"
    found = only(live.raw(head("Connection: close", method=method, target=target)))
    assert found[0] in {400, 404, 405}
    check_own(*found)


def test_expect_and_upgrade_change_nothing(live: NodeProcess) -> None:
    status, headers, body = only(live.raw(head("Connection: Upgrade, close", "Upgrade: websocket", method="GET", target="/health/live")))
    assert (status, check_own(status, headers, body)["status"]) == (200, "live")
    found = only(live.raw(head("Expect: something-else", "Content-Length: 0", "Connection: close")))
    assert found[0] in {400, 417}


@pytest.mark.parametrize("host", ["", "evil.example", "127.0.0.1@evil.example", "[::1", "127.0.0.1:80:80", "127.1", "2130706433"])
def test_hosts(live: NodeProcess, host: str) -> None:
    found = only(live.raw(head("Connection: close", method="GET", target="/health/live", host=host)))
    assert check_own(*found)["code"] in {"transport.unknown_host", "transport.unreadable"}


def test_two_host_headers(live: NodeProcess) -> None:
    for hosts in (("127.0.0.1", "evil.example"), ("evil.example", "127.0.0.1")):
        found = only(live.raw(head(f"Host: {hosts[1]}", "Connection: close", method="GET", target="/health/live", host=hosts[0])))
        assert found[0] in {400, 421}, hosts
        check_own(*found)
