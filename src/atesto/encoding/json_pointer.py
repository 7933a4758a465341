"""JSON pointers (RFC 6901): how every error says where."""

from __future__ import annotations


def json_pointer(*segments: str | int) -> str:
    """The pointer through `segments`; `json_pointer()` is the whole document."""
    return "".join("/" + str(segment).replace("~", "~0").replace("/", "~1") for segment in segments)
