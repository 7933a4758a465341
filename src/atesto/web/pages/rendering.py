"""Templates to HTML. Everything that a template prints is escaped; there is no way around it in the templates (a test looks)."""

from __future__ import annotations

import json
from typing import Any, Final

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from atesto import __version__
from atesto.web.pages.messages import DEFAULT_LANGUAGE, message

_environment: Final = Environment(
    loader=PackageLoader("atesto.web.pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_environment.globals |= {"t": message, "language": DEFAULT_LANGUAGE, "version": __version__}
_environment.filters["pretty"] = lambda value: json.dumps(value, ensure_ascii=False, indent=2)


def page(template: str, *, status: int = 200, **values: Any) -> web.Response:
    """The page of `template` with `values`."""
    text = _environment.get_template(template).render(**values)
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8")
