"""A refusal as a page: what happened, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atesto.web.pages.reader import reader_of
from atesto.web.pages.rendering import page
from atesto.web.problems import CODE

if TYPE_CHECKING:
    from aiohttp import web

    from atesto.errors import AtestoError


def problem_page(error: AtestoError, request: web.BaseRequest, request_id: str) -> web.Response:
    """The page for `error`."""
    response = page("problem.html", reader_of(request), status=error.entry.http_status, error=error, request_id=request_id)
    response[CODE] = error.code
    if error.entry.http_status in {408, 413}:
        response.force_close()
    return response
