"""In which language a page speaks to whoever reads it.

`?lang=` wins, then Accept-Language (RFC 9110 12.5.4, matched on the primary subtag as RFC 4647 3.4 looks up), then English.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atesto.web.pages.messages import DEFAULT_LANGUAGE, MESSAGES, message

if TYPE_CHECKING:
    from datetime import datetime

    from aiohttp import web

_MAX_ASKED: Final = 32
_OWN_ADDRESSES: Final = frozenset({"/", "/docs"})


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader's language; `chosen` when it was asked for by `?lang=`, so that links and forms keep it."""

    language: str = DEFAULT_LANGUAGE
    chosen: bool = False
    address: str = "/"
    """Where the same page stands in another language; the first page for answers to a form."""

    def words(self, key: str) -> str:
        """The catalogue's words for `key`."""
        return message(key, self.language)

    root: str = "./"
    """The way from the page to the node's first page: a proxy may put the node below a path of its own."""

    def file(self, path: str) -> str:
        """The way to `path` of this node."""
        return self.root + path.removeprefix("/")

    def link(self, path: str) -> str:
        """The same, in the language that was chosen."""
        return f"{self.file(path)}?lang={self.language}" if self.chosen else self.file(path)

    def day(self, at: datetime) -> str:
        """The date as people write it."""
        month = self.words("date.months").split()[at.month - 1]
        return self.words("date.day").format(day=at.day, month=month, year=at.year)

    def moment(self, at: datetime) -> str:
        """Date and time as people write them."""
        return self.words("date.moment").format(date=self.day(at), time=f"{at:%H:%M}")

    def number(self, value: float) -> str:
        """A number without needless digits."""
        return f"{value:g}".replace(".", self.words("number.decimal"))


def reader_of(request: web.BaseRequest) -> Reader:
    """Who asks, as far as the request tells."""
    address = request.path if request.path in _OWN_ADDRESSES else "/"
    root = "../" * (request.path.count("/") - 1) or "./"
    chosen = request.query.get("lang", "")
    if chosen in MESSAGES:
        return Reader(chosen, chosen=True, address=address, root=root)
    return Reader(_accepted(request.headers.get("Accept-Language", "")), address=address, root=root)


def _accepted(header: str) -> str:
    best, weight = DEFAULT_LANGUAGE, 0.0
    for entry in header.split(",")[:_MAX_ASKED]:
        tag, _, parameter = entry.partition(";")
        language = tag.strip().lower().split("-")[0]
        asked = _weight(parameter)
        if language in MESSAGES and asked > weight:
            best, weight = language, asked
    return best


def _weight(parameter: str) -> float:
    """The q-value; 1 when there is none, 0 when it is not one."""
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        found = float(value)
    except ValueError:
        return 0.0
    return found if name.strip().lower() == "q" and 0 <= found <= 1 else 0.0
