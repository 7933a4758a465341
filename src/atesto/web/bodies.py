"""The shapes of request bodies: envelopes around documents. The documents inside are never touched by a model.

Names follow VCALM (W3C) and its predecessor VC-API. Members that are not named here are ignored, except options of issuing doors: an
issuer that ignored one would issue something else than it was asked for.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError

from atesto import limits
from atesto.encoding.json_pointer import json_pointer
from atesto.encoding.strict_json import json_type
from atesto.errors import MalformedInput, UnsupportedFeature

if TYPE_CHECKING:
    from atesto.encoding.strict_json import JsonObject, JsonValue


def _without_default(schema: dict[str, Any]) -> None:
    """An option that is not given has no value that a caller could send."""
    schema.pop("default", None)


def _picture(schema: dict[str, Any]) -> None:
    schema.pop("default", None)
    schema["contentEncoding"] = "base64"


_Option = Annotated[str, Field(min_length=1, max_length=limits.MAX_OPTION_CHARACTERS, json_schema_extra=_without_default)]
_Colour = Annotated[str, Field(pattern="^#[0-9A-Fa-f]{6}$", json_schema_extra=_without_default)]
_TokenForm = Annotated[Literal["jwt"], Field(json_schema_extra=_without_default)]
_Document = dict[str, Any]
_Received = _Document | Annotated[str, Field(min_length=1)]
"""An object, or a compact token as a text."""


class _Envelope(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class NoOptions(_Envelope):
    """Options of an issuing door: there are none."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class OccasionOptions(_Envelope):
    """The occasion for which a proof is made. A challenge or domain that is given must be in the proof, exactly."""

    challenge: _Option = Field(default="", description="The challenge that the proof must carry.")
    domain: _Option = Field(default="", description="The domain that the proof must carry.")
    checks: list[str] = Field(default_factory=list, description="Accepted and without effect: everything is always checked.")


class VerifyOptions(OccasionOptions):
    """Options of a verifying door."""

    recipient: _Option = Field(
        default="", description="Whom a credential must have been awarded to: an e-mail address, a DID or another identifier."
    )


class ProveOptions(OccasionOptions):
    """Options of the door that proves presentations: what the proof will carry."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    envelope: _TokenForm = Field(
        default="",  # type: ignore[arg-type] # as above: what is not given is nothing that a caller could send
        description="`jwt`: the answer is a token in an EnvelopedVerifiablePresentation, and carries no proof.",
    )


class IssueBody(_Envelope):
    """A credential to be secured."""

    credential: _Document = Field(description="The credential, without proof; its issuer is the DID of the named issuer.")
    options: NoOptions = Field(default_factory=NoOptions, description="An empty object, or nothing.")


class VerifyCredentialBody(_Envelope):
    """A credential to be verified."""

    verifiableCredential: _Received = Field(description="The secured credential: an object, or a compact token.")  # noqa: N815 - the specification's name
    options: VerifyOptions = VerifyOptions()


class BakeOptions(_Envelope):
    """Options of the door that bakes."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    replace: bool = Field(default=False, description="Whether a credential that the picture holds already is replaced.")
    colour: _Colour = Field(default="", description="The institution's colour, for a picture that is drawn.")


class BakeBody(_Envelope):
    """A secured credential and the picture that it goes into."""

    credential: _Received = Field(
        description="The secured credential: an object; or a text, which is kept to the letter: a compact token, or JSON."
    )
    image: Annotated[str, Field(min_length=1, json_schema_extra=_picture)] = Field(
        default="", description="The PNG or SVG in base64; without it a picture is drawn."
    )
    options: BakeOptions = BakeOptions()


class CompareBody(_Envelope):
    """Two credentials to be compared."""

    verifiableCredentials: Annotated[list[_Received], Field(min_length=2, max_length=2)] = Field(  # noqa: N815 - beside the specification's name
        description="Two secured credentials: objects, or compact tokens."
    )


class VerifyPresentationBody(_Envelope):
    """A presentation to be verified."""

    verifiablePresentation: _Received = Field(description="The secured presentation: an object, or a compact token.")  # noqa: N815 - the specification's name
    options: VerifyOptions = VerifyOptions()


class ProveBody(_Envelope):
    """A presentation to be secured with a key of this node."""

    presentation: _Document = Field(description="The presentation, without proof.")
    options: ProveOptions = ProveOptions()


class AwardBody(_Envelope):
    """An award record, in an envelope that may name a form, or several; the bare record is taken too."""

    award: _Document = Field(description="The award record.")
    form: _Option = Field(default="", description="The form of credential to make; `edc` otherwise.")
    forms: list[_Option] = Field(default_factory=list, description="Several forms, which share id, dates and issuer. Not beside form.")


class AssociationBody(_Envelope):
    """How two achievements belong together: `source` and `target` are their identifiers."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    type: _Option = Field(description="One of CLR's eight, such as isChildOf or precedes.")
    source: _Option = Field(description="Identifier of the achievement of which it is said.")
    target: _Option = Field(description="Identifier of the other achievement.")


class LearnerRecordBody(_Envelope):
    """Credentials to be bundled into a learner record (CLR 2.0)."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    verifiableCredentials: list[_Received] = Field(description="Badges and learner records with proofs, as they are.")  # noqa: N815 - beside the specification's name
    name: _Option = Field(description="What the record is called.")
    issuerName: _Option = Field(default="", description="The name of who issues the record.")  # noqa: N815 - as the other members
    subject: _Option = Field(
        default="", description="Whose record it is; needed where the credentials name different subjects, which the issuer says are one."
    )
    associations: list[AssociationBody] = Field(default_factory=list, description="How its achievements belong together.")
    achievements: list[_Document] = Field(default_factory=list, description="Further achievements, which associations may join.")
    partial: bool = Field(default=False, description="Whether credentials that the issuer knows of were left out.")


class AwardRequest(RootModel[AwardBody | dict[str, Any]]):
    """Either of the two; the award record's own page says what it holds."""


_EXPECTED: Final = {
    "dict_type": "an object", "model_type": "an object", "model_attributes_type": "an object", "string_type": "a string",
    "list_type": "an array", "bool_type": "true or false", "too_short": "an array of two", "too_long": "an array of two",
    "string_pattern_mismatch": "six hexadecimal digits after #",
    "string_too_short": "a string that is not empty",
    "string_too_long": f"a string of at most {limits.MAX_OPTION_CHARACTERS} characters",
}  # fmt: skip
_TRIED: Final = frozenset({"dict[str,any]", "constrained-str"})


def check_envelope(body: JsonObject, model: type[BaseModel]) -> None:
    """Returns when `body` has the shape of `model`.

    Raises MalformedInput `request.malformed`, UnsupportedFeature `request.option_unsupported`, with the pointer of the first fault.
    """
    try:
        model.model_validate(body)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        # Of a member that may be one of two types, the place ends with the type that was tried.
        place, kind = tuple(part for part in fault["loc"] if part not in _TRIED), fault["type"]
        name, pointer = str(place[-1]) if place else "body", json_pointer(*place)
        if kind == "missing":
            raise MalformedInput("request.malformed", f"The member {name} is missing.", pointer=pointer) from None
        if kind == "extra_forbidden":
            raise UnsupportedFeature(
                "request.option_unsupported", f"The option {name[:64]!r} is not known here.", pointer=pointer
            ) from None
        expected = _EXPECTED.get(kind) or fault.get("ctx", {}).get("expected", "something else")
        found = json_type(fault["input"])
        raise MalformedInput("request.malformed", f"{name[:64]} is {found}; {expected} was expected.", pointer=pointer) from None


def received_of(body: JsonObject, member: str) -> JsonObject | str:
    """The document or token in a checked envelope: the very value that was parsed."""
    value = body.get(member)
    return value if isinstance(value, str) else document_of(body, member)


def pair_of(body: JsonObject, member: str) -> tuple[JsonObject | str, JsonObject | str]:
    """The two documents or tokens in a checked envelope: the very values that were parsed."""
    match body.get(member):
        case [dict() | str() as first, dict() | str() as second]:
            return first, second
    raise MalformedInput("request.malformed", f"The member {member} is not an array of two credentials.", pointer=json_pointer(member))


def base64_of(body: JsonObject, member: str) -> bytes | None:
    """The bytes of a checked envelope's member in base64 (RFC 4648 section 4, padded); None where it was not given.

    Raises MalformedInput `request.malformed`.
    """
    value = body.get(member)
    if not isinstance(value, str):
        return None
    try:
        return base64.b64decode(value, validate=True)
    except ValueError:
        raise MalformedInput("request.malformed", f"The member {member} is not base64.", pointer=json_pointer(member)) from None


def document_of(body: JsonObject, member: str) -> JsonObject:
    """The document in a checked envelope: the very object that was parsed."""
    value = body.get(member)
    if not isinstance(value, dict):
        raise MalformedInput("request.malformed", f"The member {member} is missing.", pointer=json_pointer(member))
    return value


def forms_of(body: JsonObject) -> tuple[str, ...]:
    """The forms that a checked award envelope names. Raises MalformedInput `request.malformed` for both members, or a form twice."""
    form, forms = body.get("form"), body.get("forms")
    listed = tuple(name for name in forms if isinstance(name, str)) if isinstance(forms, list) else ()
    if form and listed:
        raise MalformedInput("request.malformed", "The members form and forms stand side by side.", pointer="/forms")
    if len(listed) > limits.MAX_LISTED or len(set(listed)) != len(listed):
        raise MalformedInput("request.malformed", "A form is named twice, or there are too many.", pointer="/forms")
    return listed or ((form,) if isinstance(form, str) and form else ())


def option_of(body: JsonObject, name: str) -> str | None:
    """One option of a checked envelope, None when it was not given."""
    options: JsonValue = body.get("options")
    value = options.get(name) if isinstance(options, dict) else None
    return value if isinstance(value, str) else None
