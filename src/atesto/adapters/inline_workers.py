"""JSON-LD work done here and now: for one-shot commands, where there is nobody else to keep waiting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from atesto.linked_data.processor import LinkedDataProcessor

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class InlineWorkers:
    """`LinkedDataWorkers` in this process. No deadline: the work budgets inside the processor are what stops a document."""

    processor: LinkedDataProcessor

    async def run(self, task: Callable[Concatenate[LinkedDataProcessor, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`task(processor, *args, **kwargs)`. Raises what it raises."""
        return task(self.processor, *args, **kwargs)
