"""The reference page of the classes, profiles and lists of European Digital Credentials, made from the tables by which they are checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atesto.profiles.edc.application_profiles import GENERIC, PROFILES
from atesto.profiles.edc.check import NOT_CONFORMING
from atesto.profiles.edc.classes import CLASSES, LEFT_OUT
from atesto.profiles.edc.lists.schemes import BINDING_SCHEMES, LISTS
from atesto.profiles.edc.literals import EXPECTED
from atesto.profiles.edc.plan import ISSUER, plan
from atesto.profiles.edc.ranges import AT_MOST, NOT_STATABLE, ONE_A_LANGUAGE
from scripts.reference_page import MADE_BY, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atesto.profiles.edc.plan import Rule

_LEFT_OUT: Final = ", ".join(f"`{name}`" for name in LEFT_OUT)
_FAULTS: Final = ", ".join(f"[`{code}`](findings.md#{code.replace('.', '-').replace('_', '-')})" for code in sorted(NOT_CONFORMING))
_ONE_TEXT: Final = ", ".join(f"`{name}`" for name in sorted(ONE_A_LANGUAGE))
_NOT_STATABLE: Final = " and ".join(f"`{name}` ({what})" for name, what in NOT_STATABLE.items())

WORDS: Final = f"""What a European Digital Credential is checked by: the classes of the European Learning Model 3 as the EDC application
profile 1.1 uses them. The check sees every violation that the published SHACL shapes see, and more where those see nothing.

- A credential is judged by the profiles that `credentialProfiles` names; it is Generic whatever it names.
- {_LEFT_OUT} are left out first, and a finding says which: the published shapes want of them what no credential of VCDM 1.1 can state.
- A credential does not conform with a finding of {_FAULTS}. Anything else is worth knowing, and no more.
- Two objects with one id are one object, and should say the same. Whatever they say together has to conform.
- *Text by language* is an object: `{{"en": "Tides", "de": "Gezeiten"}}`. {_ONE_TEXT} have one text in each language.
- {_NOT_STATABLE} cannot be stated plainly: the published context makes identifiers of them.
- Beyond the shapes: the root is a VerifiableCredential and the only EuropeanDigitalCredential; date-times, durations and numbers are
  written as such; credit points are a number; values of binding lists are in them; the learner has a name, a national identification
  number or a DID.

How often: `1` once, `1..n` at least once, `0..1` at most once, `0..n` as often as one likes. A member that a class does not list may
stand all the same; whether its name means something is another check's question."""


def edc_page() -> str:
    """Classes, then profiles, then lists."""
    lines = ["# European Digital Credentials: classes, profiles, lists", "", MADE_BY, "", WORDS, ""]
    rules = plan(frozenset({GENERIC}))
    for name in [*CLASSES, ISSUER]:
        title = name if name in CLASSES else "The issuer, whatever its class"
        lines += [f"## {title}", ""]
        rows = [_row(rule) for rule in sorted(rules[name].of.values(), key=lambda rule: (not rule.at_least, rule.term.lower()))]
        lines += [*table("| Property | How often | Values | List |", rows), ""] if rows else ["Nothing is asked of it.", ""]
    lines += ["## Profiles", "", "What each profile asks for beyond Generic, and the files in which its own shapes are published.", ""]
    lines += [*table("| Profile | Code | Builds on | Asks for | Shapes |", list(_profiles())), ""]
    words = (
        "Lists that bind make a credential non-conforming when a value is missing from them; the others are worth a warning. *Open* lists"
    )
    lines += ["## Lists", "", f"{words} are not held here: only the form of their identifiers is looked at.", ""]
    lines += [*table("| List | Values | Binds | Scheme |", list(_lists())), ""]
    return "\n".join(lines)


def _row(rule: Rule) -> str:
    values = " or ".join(f"[{name}](#{name.lower()})" for name in sorted(rule.classes)) or EXPECTED.get(
        rule.kind, "anything with an identifier"
    )
    values = NOT_STATABLE.get(rule.term, values) + (f", at most {AT_MOST[rule.term]}" if rule.term in AT_MOST else "")
    found = rule.bound or rule.usual
    listed = "" if found is None else found.title if rule.bound else f"usually {found.title}"
    return f"| `{rule.term}` | {_often(rule)} | {values} | {listed} |"


def _often(rule: Rule) -> str:
    if rule.at_most is None:
        return f"{rule.at_least}..n"
    return "1" if rule.at_least else "0..1"


def _profiles() -> Iterator[str]:
    for code, profile in PROFILES.items():
        on = ", ".join(PROFILES[other].title for other in profile.includes) or ("" if code == GENERIC else PROFILES[GENERIC].title)
        asked = [
            f"{owner}: "
            + ", ".join(f"`{name}` ({often})" for often, names in (("1", row.one), ("1..n", row.some)) for name in names.split())
            for owner, row in profile.adds.items()
        ]
        yield f"| {profile.title} | `{code}` | {on} | {'; '.join(asked)} | {', '.join(f'`{name}`' for name in profile.shapes)} |"


def _lists() -> Iterator[str]:
    for found in sorted(LISTS.values(), key=lambda entry: entry.title):
        count = "open" if found.is_open else f"{len(found.others()) if found.others else len(found.labels):,}"
        binds = "yes" if found.scheme in BINDING_SCHEMES else ""
        yield f"| {found.title} | {count}{'' if found.complete else ' (as observed)'} | {binds} | `{found.scheme}` |"
