"""Where log lines go and what they look like: standard error, a JSON object a line, or text for a terminal.

What is logged is decided where it happens; no line holds a claim, a token or a key. Lines of the libraries below are taken in too, from
`warning` upwards, with the name of the library.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Final

import structlog

if TYPE_CHECKING:
    from structlog.typing import Processor

_LEVELS: Final = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def set_up_logging(level: str, form: str) -> None:
    """Sets the process's log output. `form` is "json", "text", or "auto": text on a terminal."""
    is_text = form == "text" or (form == "auto" and sys.stderr.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: Processor = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()) if is_text else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[_bare, renderer]))
    logging.basicConfig(level=max(logging.WARNING, _LEVELS[level]), handlers=[handler], force=True)


def _bare(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A library's line without what a traceback or its arguments could repeat of a request."""
    record = event.pop("_record", None)
    for name in ("_from_structlog", "exc_info", "exception", "stack_info"):
        event.pop(name, None)
    event["logger"] = getattr(record, "name", "?")
    return event
