"""The grammar of DIDs and of verification methods' URLs."""

from __future__ import annotations

import pytest

from atesto import limits
from atesto.dids.did_url import did_method, parse_did, split_verification_method
from atesto.errors import MalformedInput

GOOD = [
    "did:key:z6Mk",
    "did:web:example.org",
    "did:web:example.org%3A8443:path:to",
    "did:a1:x",
    "did:x:a::b",
    "did:x::b",
    "did:jwk:e30",
    "did:x:a.b-c_d",
]


@pytest.mark.parametrize("text", GOOD)
def test_good_did(text: str) -> None:
    assert parse_did(text) == text
    assert split_verification_method(text + "#key-1") == (text, "key-1")


def test_method_name() -> None:
    assert did_method(parse_did("did:web:example.org:user")) == "web"


BAD = {
    "empty": "",
    "scheme alone": "did:",
    "no identifier": "did:key:",
    "no method": "did::z6Mk",
    "upper-case method": "did:KEY:z6Mk",
    "mixed-case method": "did:Key:z6Mk",
    "upper-case scheme": "DID:key:z6Mk",
    "ends in a colon": "did:web:example.org:",
    "space": "did:key:z6 Mk",
    "space before": " did:key:z6Mk",
    "line feed after": "did:key:z6Mk\n",
    "NUL": "did:key:z6Mk\0",
    "non-ASCII": "did:web:exämple.org",
    "non-ASCII digit": "did:key:z6Mk٣",
    "character outside the grammar": "did:key:@",
    "half an escape": "did:web:a%3",
    "bad escape": "did:web:a%zz",
    "method with a hyphen": "did:my-method:a",
    "path": "did:web:example.org/a",
    "query": "did:web:example.org?a=b",
    "fragment": "did:web:example.org#a",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_bad_did(text: str) -> None:
    with pytest.raises(MalformedInput) as caught:
        parse_did(text)
    assert caught.value.code == "did.invalid"


BAD_METHODS = {
    "bare DID": ("did:key:z6Mk", "did.method_url_malformed"),
    "empty fragment": ("did:key:z6Mk#", "did.method_url_malformed"),
    "two fragments": ("did:key:z6Mk#a#b", "did.method_url_malformed"),
    "path": ("did:key:z6Mk/a#b", "did.method_url_malformed"),
    "query": ("did:key:z6Mk?versionId=1#b", "did.method_url_malformed"),
    "space in the fragment": ("did:key:z6Mk#a b", "did.method_url_malformed"),
    "line feed after": ("did:key:z6Mk#a\n", "did.method_url_malformed"),
    "NUL in the fragment": ("did:key:z6Mk#a\0", "did.method_url_malformed"),
    "non-ASCII fragment": ("did:key:z6Mk#ä", "did.method_url_malformed"),
    "half an escape in the fragment": ("did:key:z6Mk#%4", "did.method_url_malformed"),
    "http URL": ("http://example.org/keys#1", "did.method_url_malformed"),
    "https URL without a fragment": ("https://example.org/keys", "did.method_url_malformed"),
    "https URL with an empty fragment": ("https://example.org/keys#", "did.method_url_malformed"),
    "fragment alone": ("#key-1", "did.method_url_malformed"),
    "empty": ("", "did.method_url_malformed"),
    "upper-case method": ("did:KEY:z6Mk#a", "did.invalid"),
    "upper-case scheme": ("DID:key:z6Mk#a", "did.invalid"),
    "space in the DID": ("did:key:z6 Mk#a", "did.invalid"),
    "no identifier": ("did:key#a", "did.invalid"),
}


@pytest.mark.parametrize(("text", "code"), BAD_METHODS.values(), ids=BAD_METHODS)
def test_bad_verification_method(text: str, code: str) -> None:
    with pytest.raises(MalformedInput) as caught:
        split_verification_method(text)
    assert caught.value.code == code


@pytest.mark.parametrize("fragment", ["0", "a/b?c", "key-1", "%41", "!$&'()*+,;=:@._~-"])
def test_good_fragment(fragment: str) -> None:
    assert split_verification_method("did:key:z6Mk#" + fragment) == ("did:key:z6Mk", fragment)


def test_length_is_bounded() -> None:
    longest = "did:x:" + "a" * (limits.MAX_URL_CHARACTERS - 6)
    assert parse_did(longest) == longest
    with pytest.raises(MalformedInput) as caught:
        parse_did(longest + "a")
    assert caught.value.code == "did.invalid"
    longest_method = "did:x:a#" + "a" * (limits.MAX_URL_CHARACTERS - 8)
    assert split_verification_method(longest_method)[0] == "did:x:a"
    with pytest.raises(MalformedInput) as caught:
        split_verification_method(longest_method + "a")
    assert caught.value.code == "did.invalid"
    assert str(limits.MAX_URL_CHARACTERS + 1) in caught.value.detail


def test_method_of_an_https_controller() -> None:
    assert split_verification_method("https://example.org/keys?a=b#key-1") == ("https://example.org/keys?a=b", "key-1")
