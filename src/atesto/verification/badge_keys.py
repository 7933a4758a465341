"""Station 6 for the tokens of badges (Open Badges 3.0 section 8.2.4 and implementation guide, key provenance).

Where the key is sought, and who vouches for it:
1. `kid` is a DID URL, or `#fragment` of the issuer, or a method of the issuer's own controller document: that document;
2. the issuer is an https URL: the JWK Set at the well-known address of its host, by `kid`, or else by the key in `jwk`; an entry with `iss`
   speaks for that issuer alone;
3. `jwk`: the keys that the issuer's own document, of a DID or of an https URL, lists under assertionMethod.
A `jwk` beside a `kid` has to be the key that was found. A key that nobody vouches for belongs to nobody: station 7 judges that, by the
policy; where the JWK Set or the document was there and does not have it, the token is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.dids.controller_document import NOT_ASKED_LONG_ENOUGH
from atesto.dids.document import VerificationMethod, did_document
from atesto.errors import AtestoError, MalformedInput, ResolutionError, UnsupportedFeature, VerificationError
from atesto.keys.jwk import jwk_thumbprint, parse_public_jwk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atesto.encoding.strict_json import JsonObject
    from atesto.fetch_budget import FetchBudget
    from atesto.keys.public_key import PublicKey
    from atesto.ports import KeyResolver
    from atesto.proofs.jose.token import SignedToken

_THUMBPRINT: Final = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:"
_ASSERTION: Final = "assertionMethod"


async def badge_key(token: SignedToken, issuer: str, resolver: KeyResolver, budget: FetchBudget) -> VerificationMethod:
    """The key, with the issuer as its controller where somebody vouches for that, or with a name that is nobody's.

    Raises VerificationError `token.kid`, `binding.issuer_mismatch`; UnsupportedFeature `token.foreign_key`; MalformedInput `key.*`;
    what the resolver raises.
    """
    brought = _parse(token.jwk) if token.jwk is not None else None
    if token.key_id is None and brought is None:
        raise VerificationError("token.kid", "The token's header has neither kid nor jwk.")
    found = await _BadgeKey(issuer, resolver, budget).find(token.key_id, brought)
    if brought is not None and found.public_key != brought:
        raise UnsupportedFeature("token.foreign_key", "The token's header brings another key (jwk) than the one that it names (kid).")
    return found


class _BadgeKey:
    def __init__(self, issuer: str, resolver: KeyResolver, budget: FetchBudget) -> None:
        self._issuer, self._resolver, self._budget = issuer, resolver, budget

    async def find(self, key_id: str | None, brought: PublicKey | None) -> VerificationMethod:
        if key_id is not None:
            named = self._issuer + key_id if key_id.startswith("#") else key_id
            if named.startswith(("did:", self._issuer + "#")):
                return await self._resolver.resolve(named, budget=self._budget)
        if not self._issuer.startswith("https://"):
            return await self._in_document(_brought(brought), none_in_set=False) or _nobodys(_brought(brought))
        try:
            entries = await self._resolver.resolve_jwk_set(self._issuer, budget=self._budget)
        except ResolutionError as error:
            # Without the set, a kid leads nowhere; a key that the token brought may still be found with the issuer.
            if error.code in NOT_ASKED_LONG_ENOUGH or brought is None:
                raise
            return await self._in_document(brought, none_in_set=False) or _nobodys(brought)
        listed = self._among(entries, key_id, brought)
        if listed is not None:
            return listed
        return await self._in_document(_brought(brought), none_in_set=True) or _nobodys(_brought(brought))

    def _among(self, entries: Sequence[JsonObject], key_id: str | None, brought: PublicKey | None) -> VerificationMethod | None:
        for entry in entries:
            if entry.get("iss", self._issuer) != self._issuer or (key_id is not None and entry.get("kid") != key_id):
                continue
            key = _readable(entry)
            if key is not None and (key_id is not None or key == brought):
                return VerificationMethod(f"{self._issuer}#{jwk_thumbprint(key)}", self._issuer, key, frozenset({_ASSERTION}))
        return None

    async def _in_document(self, brought: PublicKey, *, none_in_set: bool) -> VerificationMethod | None:
        try:
            document = did_document(await self._resolver.resolve_document(self._issuer, budget=self._budget), self._issuer)
            methods = document.methods_under(_ASSERTION)
        except AtestoError as error:
            # A DID that cannot be resolved leaves the question open; a URL need not have a document.
            if self._issuer.startswith("did:") or error.code in NOT_ASKED_LONG_ENOUGH:
                raise
            if none_in_set:
                raise _foreign() from None
            return None
        for method in methods:
            if method.public_key == brought:
                return method
        raise _foreign()


def _brought(key: PublicKey | None) -> PublicKey:
    """The key in the header: what is left to look for when `kid` was found nowhere."""
    if key is None:
        raise _foreign()
    return key


def _nobodys(key: PublicKey) -> VerificationMethod:
    name = _THUMBPRINT + jwk_thumbprint(key)
    return VerificationMethod(f"{name}#{name}", name, key, frozenset({_ASSERTION}))


def _foreign() -> VerificationError:
    return VerificationError("binding.issuer_mismatch", "The token's key is not among those that the issuer publishes.")


def _parse(jwk: JsonObject) -> PublicKey:
    try:
        return parse_public_jwk(jwk)
    except AtestoError as error:
        # Pointers lead into the payload, and this stands in the header.
        raise type(error)(error.code, f"The jwk in the token's header: {error.detail}") from None


def _readable(entry: JsonObject) -> PublicKey | None:
    try:
        return parse_public_jwk(entry)
    except (MalformedInput, UnsupportedFeature):
        return None
