"""The one fetcher, against real listeners on the loopback with certificates of a test authority, and a canary that must see nothing."""

from __future__ import annotations

import asyncio
import gzip
import time
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import pytest

from atesto import limits
from atesto.adapters.fetch_rules import FetchRules
from atesto.adapters.http_fetcher import HttpFetcher, _guarded_socket, _NotPublicError
from atesto.errors import AtestoError, MalformedInput, ResolutionError
from atesto.fetch_budget import FetchBudget
from tests.simulators.tls_hosts import JSON, Authority, answer, host, says

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.simulators.tls_hosts import Host, Script

pytestmark = pytest.mark.loopback
NAME = "issuer.example"


class World:
    """Hosts, names and a fetcher, closed at the end of the test."""

    def __init__(self, stack: AsyncExitStack, authority: Authority) -> None:
        self.stack, self.authority = stack, authority
        self.names: dict[str, list[str]] = {NAME: ["127.0.0.1"]}
        self.lookups: list[str] = []
        self.now = 1000.0

    async def lookup(self, name: str) -> list[str]:
        self.lookups.append(name)
        if name not in self.names:
            raise ResolutionError("fetch.unresolvable", "no such name")
        return self.names[name]

    async def serve(self, script: Script | bytes, *names: str, days: float = 1) -> Host:
        tls = self.authority.context(*(names or (NAME,)), days=days)
        return await self.stack.enter_async_context(host(says(script) if isinstance(script, bytes) else script, tls))

    async def canary(self) -> Host:
        return await self.stack.enter_async_context(host(says(answer()), None))

    def fetcher(self, rules: FetchRules | None = None, **options: Any) -> HttpFetcher:
        made = HttpFetcher(
            rules or FetchRules(loopback=True), ca_file=self.authority.file, lookup=self.lookup, clock=lambda: self.now, **options
        )
        self.stack.push_async_callback(made.close)
        return made


@pytest.fixture(name="authority", scope="module")
def _authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(name="world")
async def _world(authority: Authority) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        yield World(stack, authority)


async def get(fetcher: HttpFetcher, url: str, *, max_bytes: int = 1000, budget: FetchBudget | None = None) -> Any:
    return await fetcher.fetch(url, media_types=(JSON, "application/did+json"), max_bytes=max_bytes, budget=budget or FetchBudget())


async def fault(fetcher: HttpFetcher, url: str, **options: Any) -> str:
    with pytest.raises(AtestoError) as caught:
        await get(fetcher, url, **options)
    assert caught.value.entry.undecided
    return caught.value.code


async def test_an_answer_and_what_the_host_sees_of_us(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    canary = await world.canary()
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{canary.port}")
    here = await world.serve(answer(b'{"a":1}', media_type="Application/JSON; charset=utf-8", more="Set-Cookie: a=b\r\n"))
    fetcher = world.fetcher(cache_seconds=0)
    for _ in range(2):
        found = await get(fetcher, f"https://{NAME}:{here.port}/%7Ea/did.json?x=%41")
        assert (found.body, found.media_type) == (b'{"a":1}', JSON)
    for head in here.heads:
        lines = head.strip().lower().split("\r\n")
        assert lines[0] == "get /%7ea/did.json?x=%41 http/1.1"
        assert {line.partition(":")[0] for line in lines[1:]} == {"host", "accept", "user-agent", "accept-encoding", "connection"}
        assert "accept-encoding: identity" in lines
    assert canary.connections == []


NAMES_THAT_LEAD_ELSEWHERE = {
    "loopback": ["127.0.0.1"],
    "IPv6 loopback": ["::1"],
    "mapped": ["::ffff:127.0.0.1"],
    "private": ["10.0.0.1"],
    "metadata": ["169.254.169.254"],
    "6to4": ["2002:7f00:1::1"],
    "NAT64": ["64:ff9b::7f00:1"],
    "one of two": ["1.1.1.1", "127.0.0.1"],
    "no address": ["localhost"],
}


@pytest.mark.parametrize("addresses", NAMES_THAT_LEAD_ELSEWHERE.values(), ids=NAMES_THAT_LEAD_ELSEWHERE)
async def test_names_that_lead_to_addresses_that_are_not_public(world: World, addresses: list[str]) -> None:
    canary = await world.canary()
    world.names[NAME] = addresses
    rules = FetchRules(ports=frozenset({canary.port}))
    assert await fault(world.fetcher(rules), f"https://{NAME}:{canary.port}/") == "fetch.address_refused"
    assert canary.connections == []


SPELLINGS = [
    "https://127.0.0.1:{port}/",
    "https://[::ffff:127.0.0.1]:{port}/",
    "https://[::1]:{port}/",
    "https://2130706433:{port}/",
    "https://0x7f.1:{port}/",
    "https://127.1:{port}/",
    "https://①②⑦.0.0.1:{port}/",
    "https://localhost:{port}/",
    "https://x@127.0.0.1:{port}/",
    "http://issuer.example:{port}/",
]


@pytest.mark.parametrize("url", SPELLINGS)
async def test_spellings_of_this_machine(world: World, url: str) -> None:
    canary = await world.canary()
    world.names["localhost"] = ["127.0.0.1"]
    rules = FetchRules(ports=frozenset({canary.port}))
    assert await fault(world.fetcher(rules), url.format(port=canary.port)) == "fetch.url_refused"
    assert (canary.connections, world.lookups) == ([], [])


async def test_a_name_is_looked_up_once_and_connected_to_as_checked(world: World) -> None:
    """DNS rebinding: a second look-up, which would lead elsewhere, never happens."""
    here = await world.serve(answer())
    assert (await get(world.fetcher(), f"https://{NAME}:{here.port}/")).body == b"{}"
    assert world.lookups == [NAME]


def test_no_socket_is_made_for_an_address_that_is_refused() -> None:
    """The choke point holds by itself, whatever was checked before."""
    for address in ("127.0.0.1", "::ffff:127.0.0.1", "169.254.169.254"):
        with pytest.raises(_NotPublicError):
            _guarded_socket(FetchRules(), [], (2, 1, 0, "", (address, 443)))


async def test_the_choke_point_stops_what_the_look_up_let_through(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    canary = await world.canary()
    fetcher = world.fetcher(FetchRules(ports=frozenset({canary.port})))

    async def careless(_: str, __: int) -> list[str]:
        return ["127.0.0.1"]

    monkeypatch.setattr(fetcher, "_checked_addresses", careless)
    assert await fault(fetcher, f"https://{NAME}:{canary.port}/") == "fetch.address_refused"
    assert canary.connections == []


def redirect(target: str, status: str = "302 Found") -> bytes:
    return answer(b"", status=status, more=f"Location: {target}\r\n")


@pytest.mark.parametrize(
    "status", ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
)
async def test_redirects_are_followed_and_checked_again(world: World, status: str) -> None:
    there = await world.serve(answer(b'{"there":1}'), "other.example")
    world.names["other.example"] = ["127.0.0.1"]
    here = await world.serve(redirect(f"https://other.example:{there.port}/x", status))
    found = await get(world.fetcher(), f"https://{NAME}:{here.port}/")
    assert (found.url, found.body) == (f"https://other.example:{there.port}/x", b'{"there":1}')
    assert world.lookups == [NAME, "other.example"]


async def test_redirects_to_where_nobody_may_go(world: World) -> None:
    canary = await world.canary()
    world.names["inside.example"] = ["169.254.169.254"]
    for target, code in [
        (f"http://127.0.0.1:{canary.port}/", "fetch.url_refused"),
        (f"https://127.1:{canary.port}/", "fetch.url_refused"),
        (f"//user@127.0.0.1:{canary.port}/", "fetch.url_refused"),
        ("file:///etc/passwd", "fetch.url_refused"),
        ("https://ä.example/", "fetch.url_refused"),
        (f"https://inside.example:{canary.port}/", "fetch.address_refused"),
    ]:
        here = await world.serve(redirect(target))
        assert await fault(world.fetcher(), f"https://{NAME}:{here.port}/") == code, target
    assert canary.connections == []


async def test_a_redirect_loop_ends(world: World) -> None:
    here = await world.serve(redirect("/again"))
    assert await fault(world.fetcher(), f"https://{NAME}:{here.port}/") == "fetch.redirected"
    assert len(here.heads) == 1 + limits.MAX_REDIRECTS


async def test_two_redirects_are_allowed(world: World) -> None:
    async def script(head: str, writer: asyncio.StreamWriter) -> None:
        steps = {"/": redirect("/1"), "/1": redirect("/2"), "/2": answer()}
        writer.write(steps[head.split()[1]])

    here = await world.serve(script)
    assert (await get(world.fetcher(), f"https://{NAME}:{here.port}/")).url.endswith("/2")


LYING_HOSTS: dict[str, tuple[bytes, str]] = {
    "cut off": (answer(b"{}", length=50), "fetch.malformed"),
    "cut off in a chunk": (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{}",
        "fetch.malformed",
    ),
    "two lengths": (answer(b"{}", more="Content-Length: 7\r\n"), "fetch.malformed"),
    "length and chunks": (answer(b"2\r\n{}\r\n0\r\n\r\n", length=2, more="Transfer-Encoding: chunked\r\n"), "fetch.malformed"),
    "HTML": (answer(b"<html>", media_type="text/html"), "fetch.malformed"),
    "text": (answer(media_type="text/plain"), "fetch.malformed"),
    "no type": (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "fetch.malformed"),
    "compressed": (answer(gzip.compress(b" " * 100_000), more="Content-Encoding: gzip\r\n"), "fetch.malformed"),
    "compressed twice": (answer(b"x", more="Content-Encoding: identity, br\r\n"), "fetch.malformed"),
    "not found": (answer(status="404 Not Found"), "fetch.status"),
    "no content": (answer(b"", status="204 No Content"), "fetch.status"),
    "part": (answer(status="206 Partial Content"), "fetch.status"),
    "error": (answer(status="500 Internal Server Error"), "fetch.status"),
    "large, announced": (answer(b"x" * 1001), "fetch.too_large"),
    "large, not announced": (b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + b"x" * 5000, "fetch.too_large"),
    "long header": (answer(more=f"X: {'x' * 9000}\r\n"), "fetch.malformed"),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.9\r\n\r\n", "fetch.malformed"),
    "nothing": (b"", "fetch.malformed"),
    "redirect without a target": (answer(b"", status="302 Found"), "fetch.redirected"),
}


@pytest.mark.parametrize(("data", "code"), LYING_HOSTS.values(), ids=LYING_HOSTS)
async def test_lying_hosts(world: World, data: bytes, code: str) -> None:
    here = await world.serve(data)
    assert await fault(world.fetcher(), f"https://{NAME}:{here.port}/") == code


async def test_the_largest_answer_is_read_whole(world: World) -> None:
    here = await world.serve(answer(b"x" * 1000))
    assert len((await get(world.fetcher(), f"https://{NAME}:{here.port}/")).body) == 1000


async def test_an_endless_answer_is_cut(world: World) -> None:
    async def endless(_: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" " * 65_536)
            await writer.drain()
            await asyncio.sleep(0)

    here = await world.serve(endless)
    started = asyncio.get_running_loop().time()
    assert await fault(world.fetcher(), f"https://{NAME}:{here.port}/", max_bytes=10**9) == "fetch.too_large"
    assert asyncio.get_running_loop().time() - started < 3


async def test_a_host_that_does_not_hang_up_is_hung_up_on(world: World) -> None:
    """A polite end of TLS waits for the other side; a host that never answers it would hold our connection."""
    ended = asyncio.Event()

    async def stays(_: str, writer: asyncio.StreamWriter) -> None:
        writer.write(answer())
        await writer.drain()
        await writer.wait_closed()
        ended.set()

    here = await world.serve(stays)
    await get(world.fetcher(), f"https://{NAME}:{here.port}/")
    await asyncio.wait_for(ended.wait(), 2)


async def test_slow_hosts_are_left_at_one_deadline(world: World) -> None:
    async def drip(_: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)

    async def silent(_: str, __: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    for script in (drip, silent):
        here = await world.serve(script)
        started = asyncio.get_running_loop().time()
        assert await fault(world.fetcher(seconds=0.4), f"https://{NAME}:{here.port}/") == "fetch.too_slow"
        assert asyncio.get_running_loop().time() - started < 3


async def test_slow_names_are_left_at_the_same_deadline(world: World) -> None:
    async def never(_: str) -> list[str]:
        await asyncio.sleep(60)
        return []

    fetcher = HttpFetcher(FetchRules(), lookup=never, seconds=0.1)
    assert await fault(fetcher, f"https://{NAME}/") == "fetch.too_slow"


async def test_names_that_lead_nowhere_and_ports_where_nobody_listens(world: World) -> None:
    here = await world.serve(answer())
    fetcher = world.fetcher()
    assert await fault(fetcher, f"https://nobody.example:{here.port}/") == "fetch.unresolvable"
    assert await fault(fetcher, f"https://{NAME}:1/") == "fetch.unconnected"


async def test_tls_names_dates_and_authorities(world: World, tmp_path: Path) -> None:
    fetcher = world.fetcher()
    other = await world.serve(answer(), "other.example")
    assert await fault(fetcher, f"https://{NAME}:{other.port}/") == "fetch.tls"
    expired = await world.serve(answer(), days=-1)
    assert await fault(fetcher, f"https://{NAME}:{expired.port}/") == "fetch.tls"
    stranger = await world.stack.enter_async_context(host(says(answer()), Authority(tmp_path).context(NAME)))
    assert await fault(fetcher, f"https://{NAME}:{stranger.port}/") == "fetch.tls"
    assert (other.heads, expired.heads, stranger.heads) == ([], [], [])
    silent = await world.canary()
    assert await fault(world.fetcher(seconds=0.3), f"https://{NAME}:{silent.port}/") == "fetch.too_slow"
    assert silent.heads == []


async def test_answers_and_failures_are_remembered_for_a_while(world: World) -> None:
    here = await world.serve(answer())
    gone = await world.serve(answer(status="404 Not Found"))
    fetcher = world.fetcher(cache_seconds=60)
    good, bad = f"https://{NAME}:{here.port}/", f"https://{NAME}:{gone.port}/"
    for later, (good_asked, bad_asked) in [(0.0, (1, 1)), (29.0, (1, 1)), (2.0, (1, 2)), (30.0, (2, 3))]:
        world.now += later
        await get(fetcher, good)
        assert await fault(fetcher, bad) == "fetch.status"
        assert (len(here.heads), len(gone.heads)) == (good_asked, bad_asked)
    await fetcher.fetch(good, media_types=(JSON,), max_bytes=1000, budget=FetchBudget())
    assert len(here.heads) == 3, "what was fetched for one purpose is not the answer for another"
    for later, asked in ((5.0, 3), (0.1, 4), (0.1, 4)):
        world.now += later
        await fetcher.fetch(good, media_types=(JSON,), max_bytes=1000, budget=FetchBudget(), max_age=5.0)
        assert len(here.heads) == asked, "a copy that is too old for one caller is fetched anew, for all"


async def test_many_who_ask_for_one_address_make_one_fetch(world: World) -> None:
    gate, entered = asyncio.Event(), asyncio.Event()

    async def wait(_: str, writer: asyncio.StreamWriter) -> None:
        entered.set()
        await gate.wait()
        writer.write(answer())

    here = await world.serve(wait)
    fetcher = world.fetcher()
    asking = [asyncio.create_task(get(fetcher, f"https://{NAME}:{here.port}/")) for _ in range(20)]
    await entered.wait()
    asking[0].cancel()
    gate.set()
    results = await asyncio.gather(*asking, return_exceptions=True)
    assert isinstance(results[0], asyncio.CancelledError)
    assert [found.body for found in results[1:]] == [b"{}"] * 19  # type: ignore[union-attr]
    assert len(here.connections) == 1


async def test_no_host_is_asked_more_than_four_things_at_once(world: World) -> None:
    running = most = 0

    async def count(_: str, writer: asyncio.StreamWriter) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.05)
        writer.write(answer())
        await writer.drain()
        running -= 1

    here = await world.serve(count)
    fetcher = world.fetcher()
    await asyncio.gather(*(get(fetcher, f"https://{NAME}:{here.port}/{number}") for number in range(12)))
    assert (len(here.heads), most) == (12, limits.MAX_FETCHES_A_HOST)


async def test_the_budget_is_asked_before_anything_else(world: World) -> None:
    here = await world.serve(answer())
    fetcher = world.fetcher()
    budget = FetchBudget(2)
    for path in ("a", "b", "a"):
        await get(fetcher, f"https://{NAME}:{here.port}/{path}", budget=budget)
    await get(fetcher, f"https://{NAME}:{here.port}/c")
    assert await fault(fetcher, f"https://{NAME}:{here.port}/c", budget=budget) == "fetch.too_many"


async def test_closing_ends_what_is_running(world: World) -> None:
    entered = asyncio.Event()

    async def silent(_: str, __: asyncio.StreamWriter) -> None:
        entered.set()
        await asyncio.sleep(60)

    here = await world.serve(silent)
    fetcher = world.fetcher()
    asking = asyncio.create_task(get(fetcher, f"https://{NAME}:{here.port}/"))
    await entered.wait()
    await fetcher.close()
    with pytest.raises(asyncio.CancelledError):
        await asking


async def test_literals_of_this_machine_and_the_system_s_names_in_development(world: World) -> None:
    here = await world.serve(answer(), "localhost", "127.0.0.1")
    fetcher = HttpFetcher(FetchRules(loopback=True), ca_file=world.authority.file)
    for name in ("127.0.0.1", "localhost"):
        assert (await get(fetcher, f"https://{name}:{here.port}/")).body == b"{}"
    await fetcher.close()


async def test_the_system_s_names_lead_nowhere() -> None:
    fetcher = HttpFetcher(FetchRules())
    assert await fault(fetcher, "https://nothing.invalid/") == "fetch.unresolvable"
    await fetcher.close()


def test_a_certificate_file_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("")
    for name in ("empty.pem", "missing.pem"):
        with pytest.raises(MalformedInput) as caught:
            HttpFetcher(FetchRules(), ca_file=tmp_path / name)
        assert caught.value.code == "settings.invalid"


async def test_a_request_waits_five_seconds_in_all(world: World) -> None:
    """Credentials that name silent hosts one after another: the second does not start a new clock."""
    asked: list[str] = []

    async def silent(name: str) -> list[str]:
        asked.append(name)
        await asyncio.sleep(60)
        return []

    fetcher = HttpFetcher(FetchRules(), lookup=silent)
    world.stack.push_async_callback(fetcher.close)
    budget = FetchBudget(seconds=0.2)
    started = time.perf_counter()
    for number in range(4):
        assert await fault(fetcher, f"https://n{number}.slow.example/", budget=budget.for_credential()) == "fetch.too_slow"
    assert time.perf_counter() - started < 2
    assert asked


async def test_only_so_many_requests_wait(world: World) -> None:
    gate = asyncio.Event()

    async def slow(name: str) -> list[str]:
        if "slow" in name:
            await gate.wait()
        return ["10.0.0.1"]

    fetcher = HttpFetcher(FetchRules(), lookup=slow, most_waiting=2)
    world.stack.push_async_callback(fetcher.close)
    waiting = [asyncio.create_task(fault(fetcher, f"https://n{number}.slow.example/")) for number in range(2)]
    await asyncio.sleep(0)
    assert await fault(fetcher, "https://good.example/") == "fetch.too_busy"
    gate.set()
    assert await asyncio.gather(*waiting) == ["fetch.address_refused"] * 2
    # Nothing of it is remembered.
    assert await fault(fetcher, "https://good.example/") == "fetch.address_refused"
