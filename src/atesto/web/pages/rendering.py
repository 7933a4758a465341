"""Templates to HTML. Everything that a template prints is escaped; there is no way around it in the templates (a test looks)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from atesto import __version__
from atesto.web.pages.document_text import readable
from atesto.web.pages.messages import MESSAGES

if TYPE_CHECKING:
    from atesto.web.pages.reader import Reader

_environment: Final = Environment(
    loader=PackageLoader("atesto.web.pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_environment.globals |= {"version": __version__, "languages": {tag: words["site.name"] for tag, words in MESSAGES.items()}}
_environment.filters["readable"] = readable


def page(template: str, reader: Reader, *, status: int = 200, **values: Any) -> web.Response:
    """The page of `template` with `values`, in the reader's language."""
    text = _environment.get_template(template).render(reader=reader, t=reader.words, link=reader.link, **values)
    headers = {"Content-Language": reader.language, "Vary": "Accept-Language"}
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8", headers=headers)
