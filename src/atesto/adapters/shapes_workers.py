"""Worker processes for the published shapes: apart from the others, since reading the shapes takes longer than any document may."""

from __future__ import annotations

import functools
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from atesto import limits
from atesto.adapters.workers import WorkerPool
from atesto.errors import MalformedInput
from atesto.linked_data.processor import LinkedDataProcessor
from atesto.verification.published_shapes import PublishedShapes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from atesto.linked_data.contexts import ContextRegistry


@asynccontextmanager
async def open_shapes(folder: Path | None, contexts: ContextRegistry) -> AsyncIterator[PublishedShapes | None]:
    """The shapes in `folder` and a process for them, which starts when it is first asked; None without a folder.

    Raises MalformedInput `settings.invalid` when there is no such folder. That files are missing from it, or the extra from the
    installation, is a finding of each verification.
    """
    if folder is None:
        yield None
        return
    _check(folder)
    pool = WorkerPool(
        functools.partial(LinkedDataProcessor, contexts),
        processes=1,
        cpu_seconds=limits.SHAPES_CPU_SECONDS,
        seconds=limits.SHAPES_SECONDS,
    )
    try:
        yield PublishedShapes(folder, pool)
    finally:
        await pool.close()


def _check(folder: Path) -> None:
    if not folder.is_dir():
        raise MalformedInput("settings.invalid", f"There is no folder {folder} with published shapes.")
