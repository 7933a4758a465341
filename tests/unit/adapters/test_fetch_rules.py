"""Which URLs and which addresses the fetcher goes to."""

from __future__ import annotations

import ipaddress

import pytest

from atesto import limits
from atesto.adapters.fetch_rules import FetchRules, is_public
from atesto.errors import ResolutionError

RULES = FetchRules()
DEVELOPMENT = FetchRules(loopback=True)

GOOD = [
    "https://issuer.example",
    "https://issuer.example/",
    "https://issuer.example:443/a/b.json",
    "https://xn--bcher-kva.example/did.json",
    "https://Issuer.Example/status/1?list=2",
    "https://issuer.example/a%20b/%7Euser/..a/a..",
]


@pytest.mark.parametrize("url", GOOD)
def test_good_urls(url: str) -> None:
    assert RULES.checked_url(url).hostname in {"issuer.example", "xn--bcher-kva.example"}


BAD = {
    "http": "http://issuer.example/",
    "file": "file:///etc/passwd",
    "data": "data:application/json,{}",
    "upper-case scheme": "HTTPS://issuer.example/",
    "no host": "https:///did.json",
    "decimal IP": "https://2130706433/",
    "hexadecimal IP": "https://0x7f000001/",
    "hexadecimal last part": "https://127.0.0.0x1/",
    "octal IP": "https://0177.0.0.1/",
    "short IP": "https://127.1/",
    "dotted IP": "https://127.0.0.1/",
    "public IP": "https://93.184.216.34/",
    "IPv6": "https://[::1]/",
    "mapped IP": "https://[::ffff:127.0.0.1]/",
    "mapped IP, in hexadecimal": "https://[::ffff:7f00:1]/",
    "IPv6 with a zone": "https://[fe80::1%25eth0]/",
    "user": "https://user@issuer.example/",
    "user and password": "https://issuer.example:pw@127.0.0.1/",
    "empty user": "https://@issuer.example/",
    "encoded host": "https://issuer%2eexample/",
    "encoded slash": "https://issuer.example/a%2fb",
    "encoded backslash": "https://issuer.example/a%5Cb",
    "encoded NUL": "https://issuer.example/a%00",
    "encoded line feed": "https://issuer.example/a%0aHost:%20x",
    "half an escape": "https://issuer.example/%4",
    "dot segment": "https://issuer.example/a/../b",
    "single dot": "https://issuer.example/./b",
    "encoded dot segment": "https://issuer.example/a/%2e%2e/b",
    "backslash": "https://issuer.example\\@127.0.0.1/",
    "NUL": "https://issuer.example/\0",
    "line feed": "https://issuer.example/\r\nHost: x",
    "tab": "https://issuer.example/\t",
    "space": "https://issuer.example/ a",
    "full-width dots and digits": "https://①②⑦.0.0.1/",
    "ideographic full stop": "https://127。0。0。1/",
    "IDN": "https://bücher.example/",
    "dot at the end": "https://issuer.example./",
    "underscore": "https://a_b.example/",
    "one label": "https://intranet/",
    "localhost": "https://localhost/",
    "below localhost": "https://a.localhost/",
    "multicast DNS": "https://printer.local/",
    "internal": "https://metadata.google.internal/",
    "other port": "https://issuer.example:8443/",
    "port 22": "https://issuer.example:22/",
    "port 0": "https://issuer.example:0/",
    "port with a zero before": "https://issuer.example:0443/",
    "empty port": "https://issuer.example:/",
    "port too large": "https://issuer.example:65979/",
    "fragment": "https://issuer.example/#a",
    "empty fragment": "https://issuer.example/#",
    "too long": "https://issuer.example/" + "a" * limits.MAX_URL_CHARACTERS,
    "bracket": "https://[issuer.example/",
    "empty": "",
}


@pytest.mark.parametrize("url", BAD.values(), ids=BAD)
def test_bad_urls(url: str) -> None:
    with pytest.raises(ResolutionError) as caught:
        RULES.checked_url(url)
    assert caught.value.code == "fetch.url_refused"


def test_further_ports_and_development() -> None:
    assert FetchRules(ports=frozenset({8443})).checked_url("https://issuer.example:8443/").port == 8443
    for url in ("https://localhost:8443/", "https://127.0.0.1:8443/", "https://[::1]:8443/", "https://peer:8443/"):
        assert DEVELOPMENT.checked_url(url).port == 8443
    for url in ("http://localhost:8443/", "https://127.1:8443/", "https://[::ffff:127.0.0.1]:8443/", "https://169.254.169.254/"):
        with pytest.raises(ResolutionError):
            DEVELOPMENT.checked_url(url)


PUBLIC = ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "2a00:1450::1", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1", "2002:0101:0101::1"]
NOT_PUBLIC = {
    "loopback": "127.0.0.1",
    "loopback, another": "127.8.8.8",
    "this network": "0.0.0.0",
    "private 10": "10.0.0.1",
    "private 172": "172.16.0.1",
    "private 192": "192.168.1.1",
    "carrier": "100.64.0.1",
    "link-local, metadata": "169.254.169.254",
    "documentation": "192.0.2.1",
    "benchmark": "198.18.0.1",
    "6to4 relay": "192.88.99.1",
    "multicast": "224.0.0.1",
    "multicast, wide": "239.255.255.250",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "IPv6 loopback": "::1",
    "IPv6 unspecified": "::",
    "IPv4-compatible": "::7f00:1",
    "mapped loopback": "::ffff:127.0.0.1",
    "mapped private": "::ffff:10.0.0.1",
    "mapped multicast": "::ffff:224.0.0.1",
    "6to4 of loopback": "2002:7f00:1::",
    "6to4 of private": "2002:0a00:1::1",
    "NAT64 of loopback": "64:ff9b::127.0.0.1",
    "NAT64 of private": "64:ff9b::10.0.0.1",
    "NAT64 within a network": "64:ff9b:1::1.1.1.1",
    "Teredo": "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "site-local": "fec0::1",
    "unique local": "fd00::1",
    "link-local": "fe80::1",
    "link-local with a zone": "fe80::1%1",
    "global with a zone": "2606:4700::1111%1",
    "multicast IPv6": "ff02::1",
    "multicast IPv6, global scope": "ff0e::1",
    "documentation IPv6": "2001:db8::1",
    "discard": "100::1",
    "segment routing": "5f00::1",
    "unassigned": "4000::1",
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
    assert RULES.may_connect(address, 443)
    assert DEVELOPMENT.may_connect(address, 443)
    assert not RULES.may_connect(address, 22)
    assert not DEVELOPMENT.may_connect(address, 22)


@pytest.mark.parametrize("address", NOT_PUBLIC.values(), ids=NOT_PUBLIC)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not RULES.may_connect(address, 443)


def test_what_is_no_address_is_refused() -> None:
    assert not DEVELOPMENT.may_connect("localhost", 443)
    assert not DEVELOPMENT.may_connect("", 443)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.1.2.3", "172.31.0.1", "192.168.0.1", "fd00::1"])
def test_development_reaches_this_machine_and_its_network(address: str) -> None:
    assert DEVELOPMENT.may_connect(address, 8443)


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "::ffff:127.0.0.1", "64:ff9b::127.0.0.1"])
def test_development_reaches_no_further(address: str) -> None:
    assert not DEVELOPMENT.may_connect(address, 8443)
    assert not DEVELOPMENT.may_connect(address, 443)
