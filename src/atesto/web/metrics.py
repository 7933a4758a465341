"""What the node counts. Labels are names of the route table and of the catalogue, never anything that a caller wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from collections.abc import Callable

_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """One registry a node, so that two nodes in one process (tests) do not share counts."""

    def __init__(self) -> None:
        """All counters at zero."""
        self._registry: Final = CollectorRegistry()
        self.requests: Final = Counter(
            "atesto_requests", "Requests answered, by method, route and status.", ["method", "route", "status"], registry=self._registry
        )
        self.seconds: Final = Histogram(
            "atesto_request_seconds",
            "Time from request to answer, by method and route.",
            ["method", "route"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self.refusals: Final = Counter("atesto_refusals", "Refusals, by error code.", ["code"], registry=self._registry)
        self.verdicts: Final = Counter(
            "atesto_verdicts", "Verdicts, by kind of document and verdict.", ["kind", "verdict"], registry=self._registry
        )
        self.issued: Final = Counter("atesto_issued", "Credentials issued, by issuer.", ["issuer"], registry=self._registry)
        self.running: Final = Gauge("atesto_requests_running", "Requests being worked on.", registry=self._registry)
        self._lag: Final = Gauge(
            "atesto_event_loop_lag_seconds",
            "How late the event loop was when it was last looked at, four times a second.",
            registry=self._registry,
        )
        self._waiting: Final = Gauge("atesto_worker_tasks", "JSON-LD tasks running or in line.", registry=self._registry)
        self._healthy: Final = Gauge("atesto_issuing_record_healthy", "1 while the issuing record can be written.", registry=self._registry)

    def watch(self, *, waiting: Callable[[], int], healthy: Callable[[], bool]) -> None:
        """Reads these two whenever somebody looks."""
        self._waiting.set_function(waiting)
        self._healthy.set_function(lambda: 1.0 if healthy() else 0.0)

    def saw_lag(self, seconds: float) -> None:
        """Notes how late the event loop was."""
        self._lag.set(seconds)

    def described(self) -> list[tuple[str, str]]:
        """Name and meaning of each metric, for the manual."""
        return [(metric.name + ("_total" if metric.type == "counter" else ""), metric.documentation) for metric in self._registry.collect()]

    def render(self) -> bytes:
        """The Prometheus text format."""
        return generate_latest(self._registry)
