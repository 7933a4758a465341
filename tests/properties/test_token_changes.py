"""Properties of tokens under change: whatever is done to the text of a good token is refused, with a report, never with an exception."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.parts import NOW, MemorySigner, credential, verifier
from tests.simulators.tokens import envelope, token

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue

SIGNERS: Final = (MemorySigner.numbered(1), MemorySigner.numbered(1, "P-256"))
GOOD: Final = [asyncio.run(token(credential(signer), signer)) for signer in SIGNERS]
ALPHABET: Final = 'ABCXYZabcxyz0189-_.=+/ ~\n\x00é{}"'
HEADER_VALUES: Final = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=6) | st.sampled_from(["EdDSA", "none", "HS256", "vc+jwt", "#0"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
MEMBERS: Final = (
    "alg",
    "kid",
    "typ",
    "cty",
    "crit",
    "b64",
    "jwk",
    "jku",
    "x5u",
    "x5c",
    "iss",
    "exp",
    "nbf",
    "iat",
    "aud",
    "nonce",
    "jti",
    "sub",
)


def verified(received: JsonObject | str) -> bool:
    return asyncio.run(verifier().verify_credential(received, now=NOW)).verified


@given(st.sampled_from(GOOD), st.data())
def test_one_changed_character_is_refused(good: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(good) - 1))
    changed = good[:place] + data.draw(st.sampled_from(ALPHABET)) + good[place + 1 :]
    assert verified(changed) == (changed == good)
    assert verified(envelope(changed)) == (changed == good)


@given(st.sampled_from(GOOD), st.data())
def test_a_cut_or_an_insertion_is_refused(good: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, len(good)))
    changed = good[:start] + data.draw(st.text(ALPHABET, max_size=4)) + good[end:]
    assert verified(changed) == (changed == good)


@given(st.dictionaries(st.sampled_from(MEMBERS), HEADER_VALUES, max_size=3))
def test_any_header_ends_in_a_report(members: dict[str, Any]) -> None:
    verified(asyncio.run(token(credential(SIGNERS[0]), SIGNERS[0], **members)))


@given(
    st.dictionaries(st.sampled_from([*MEMBERS, "vc", "vp", "proof", "issuer", "type", "@context"]), HEADER_VALUES, max_size=3),
    st.booleans(),
)
def test_any_payload_ends_in_a_report(members: dict[str, JsonValue], wrapped: bool) -> None:
    payload = {**credential(SIGNERS[0]), **members}
    whole = {"vc": payload, **members} if wrapped else payload
    text = asyncio.run(token(whole, SIGNERS[0], typ="JWT" if wrapped else "vc+jwt"))
    verified(text)
    verified({**envelope(text), **{name: value for name, value in members.items() if name == "type"}})
