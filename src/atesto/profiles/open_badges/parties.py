"""Whom an Open Badge names: organisations as Profiles, the learner as identity objects. Both ways."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from atesto.errors import MalformedInput
from atesto.profiles.edc.lists.countries import COUNTRIES
from atesto.profiles.open_badges.criteria import in_language
from atesto.profiles.open_badges.identity import EMAIL, NAME, NATIONAL_ID, hashed_identity, plain_identity

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue
    from atesto.profiles.award.part import LegalIdentifier
    from atesto.profiles.award.parties import AwardingBody, Learner

GIVEN_NAME: Final = "ext:givenName"
FAMILY_NAME: Final = "ext:familyName"
STUDENT_NUMBER: Final = "ext:studentNumber"
BIRTH_DATE: Final = "ext:dateOfBirth"
NUMBERS: Final = {
    "eidas": "ext:eIDASIdentifier",
    "registration": "ext:registration",
    "vat": "ext:vatIdentifier",
    "tax": "ext:taxIdentifier",
}
"""Member of an organisation in the award record -> type of its identifier; with `.CC` behind it where another country gave the number."""

_ALPHA_2: Final[dict[str, str]] = {}
for _short, _code in COUNTRIES.names.items():
    _ALPHA_2.setdefault(_code, _short.upper())
_NATIONAL: Final = re.compile(r"PNO([A-Z]{2})-(.+)\Z", re.DOTALL)
"""Semantics identifier of a natural person (ETSI EN 319 412-1 section 5.1.3): the country that gave the number stands before it."""


def profile(body: AwardingBody, identifier: str, language: str, pointer: str) -> JsonObject:
    """An organisation. Raises MalformedInput `award.badge_incomplete`, `award.code_unknown`, with a pointer into the award."""
    if body.name is None:
        raise MalformedInput("award.badge_incomplete", "The organisation must state its legal name.", pointer=f"{pointer}/name")
    found: JsonObject = {"id": identifier, "type": ["Profile"], "name": in_language(body.name, language)}
    if body.homepage is not None:
        found["url"] = body.homepage
    if body.email is not None:
        found["email"] = body.email
    address: JsonObject = {"type": ["Address"]}
    if body.country is not None:
        address["addressCountryCode"] = alpha_2(body.country, f"{pointer}/country")
        address["addressCountry"] = COUNTRIES.labels[COUNTRIES.find(body.country) or body.country]
    if body.region is not None:
        address["addressRegion"] = body.region
    if body.address is not None:
        address["streetAddress"] = in_language(body.address, language)
    if len(address) > 1:
        found["address"] = address
    numbers = {name: getattr(body, name) for name in NUMBERS}
    entries: list[JsonValue] = [
        _entry(NUMBERS[name], number, f"{pointer}/{name}") for name, number in numbers.items() if number is not None
    ]
    return {**found, "otherIdentifier": entries} if entries else found


def _entry(kind: str, number: LegalIdentifier, pointer: str) -> JsonObject:
    country = "" if number.country is None else "." + alpha_2(number.country, f"{pointer}/country")
    return {"type": "IdentifierEntry", "identifier": number.number, "identifierType": kind + country}


def alpha_2(country: str, pointer: str) -> str:
    """The ISO 3166-1 code of a country, or the Publications Office's where it has none. Raises MalformedInput `award.code_unknown`."""
    code = COUNTRIES.find(country)
    if code is None:
        raise MalformedInput("award.code_unknown", f'"{country[:80]}" is not in the list of {COUNTRIES.title}.', pointer=pointer)
    return _ALPHA_2.get(code, code)


def identities(learner: Learner, credential_id: str, *, plain: bool) -> list[JsonValue]:
    """The learner's identity objects: names in clear, so that people can read whose badge it is; what reaches or numbers a person hashed.

    In clear when `plain`. A birth date has too few values to be hidden by a hash: it is left out unless `plain`.
    """
    number = learner.national_id
    country = None if number is None or number.country is None else alpha_2(number.country, "/learner/national_id/country")
    national = None if number is None else f"PNO{country}-{number.number}" if country else number.number
    joined = " ".join(part for part in (learner.given_name, learner.family_name) if part)
    names = ((NAME, learner.full_name or joined), (GIVEN_NAME, learner.given_name), (FAMILY_NAME, learner.family_name))
    found: list[JsonValue] = [plain_identity(kind, value) for kind, value in names if value]
    for kind, value in ((EMAIL, learner.email), (NATIONAL_ID, national), (STUDENT_NUMBER, learner.student_number)):
        if value is not None:
            # Published beside the hash: it keeps the hashes of one address in two badges apart, and need not be secret.
            salt = uuid5(NAMESPACE_URL, f"{credential_id}#{kind}").hex
            found.append(plain_identity(kind, value) if plain else hashed_identity(kind, value, salt=salt))
    if plain and learner.date_of_birth is not None:
        found.append(plain_identity(BIRTH_DATE, learner.date_of_birth.isoformat()))
    return found


def country_of(address: JsonValue) -> str | None:
    """The country of an Address, as the award record has it."""
    if not isinstance(address, dict):
        return None
    for member in ("addressCountryCode", "addressCountry"):
        told = address.get(member)
        if isinstance(told, str) and told.strip():
            return COUNTRIES.find(told) or told
    return None


def numbers_of(entries: list[JsonObject]) -> dict[str, JsonValue]:
    """The official numbers among the identifiers of an organisation, by member of the award record."""
    found: dict[str, JsonValue] = {}
    for name, kind in NUMBERS.items():
        for entry in entries:
            base, _, country = str(entry.get("identifierType")).partition(".")
            number = entry.get("identifier")
            if base == kind and isinstance(number, str) and name not in found:
                found[name] = {"number": number, **({"country": COUNTRIES.find(country) or country} if country else {})}
    return found


def learner_of(identifier: str | None, entries: list[JsonObject]) -> dict[str, JsonValue]:
    """The learner, as far as identity objects tell it in clear."""
    told: dict[str, str] = {}
    for entry in entries:
        kind, value = entry.get("identityType"), entry.get("identityHash")
        if entry.get("hashed") is False and isinstance(kind, str) and isinstance(value, str) and value.strip():
            told.setdefault(kind, value)
    joined = " ".join(told[kind] for kind in (GIVEN_NAME, FAMILY_NAME) if kind in told)
    found: dict[str, JsonValue] = {
        "id": identifier,
        "given_name": told.get(GIVEN_NAME),
        "family_name": told.get(FAMILY_NAME),
        "full_name": None if told.get(NAME) == joined else told.get(NAME),
        "date_of_birth": told.get(BIRTH_DATE),
        "email": told.get(EMAIL),
        "student_number": told.get(STUDENT_NUMBER),
    }
    if (number := told.get(NATIONAL_ID)) is not None:
        match = _NATIONAL.match(number)
        country = COUNTRIES.find(match[1]) if match else None
        found["national_id"] = {"number": match[2], "country": country} if match and country else {"number": number}
    return found
