"""Issuing and verifying timed beside Node.js in one run. What `./scripts/bench` starts; docs/how-to/benchmarks.md explains the figures.

The sides take turns round by round, so that a machine that slows down slows both. A time is the median of the rounds, followed by half the
distance of their quartiles; a ratio is the median of the rounds' own ratios, followed by their quartiles. More than 1 means: we are faster.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from scripts.bench_baking import PICTURE, baking_operations, picture
from scripts.bench_documents import EUROPEAN, documents, known_contexts, weight
from scripts.bench_figures import OURS, PEER, Row, table
from scripts.bench_operations import RDFC, DisagreementError, agree, operations
from scripts.bench_profile import profile_operations
from scripts.bench_seals import seal_operations
from scripts.node_runtime import OLDEST_NODE, find_node, peers_are_installed
from tests.interop.node_peer import NodePeer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atesto.encoding.strict_json import JsonObject
    from scripts.bench_operations import Operation

WARM_UP_CALLS = {OURS: 3, PEER: 150}
"""Node.js compiles what it runs often; it is at its pace after about eighty calls. We are at ours once the contexts are processed."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=_positive, default=15, help="how often the sides take turns (default: 15)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="writes the figures of every round there too")
    options = parser.parse_args(arguments)

    node, lack = usable_node()
    peer = NodePeer(node, known_contexts()) if node else None
    try:
        report = asyncio.run(measure(options.rounds, peer))
    except DisagreementError as error:
        sys.exit(f"bench: {error}")
    finally:
        if peer:
            peer.close()
    rows, weights = report
    machine = machine_of(node)
    print("\n" + head(weights, machine, options.rounds, lack) + "\n\n" + table(rows))
    if options.json:
        found = {"rounds": options.rounds, "machine": machine, "documents": weights, "rows": [row.to_json() for row in rows]}
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 0


def usable_node() -> tuple[str | None, str]:
    """A Node.js with the peer's packages, or None and what is missing."""
    node = find_node()
    if node is None:
        return None, f"Node.js {OLDEST_NODE} or newer was not found"
    if not peers_are_installed():
        return None, "the packages of tests/interop/node are not installed (./scripts/test installs them)"
    return node, ""


async def measure(rounds: int, peer: NodePeer | None) -> tuple[list[Row], dict[str, int]]:
    """The rows, and the bytes of each secured document. Raises DisagreementError."""
    say("Making the documents, and checking that the sides agree on them ...")
    rows, weights = [], {}
    secured: JsonObject = {}
    for document in documents():
        agreed = await agree(document, RDFC, peer)
        weights[document.name], secured = weight(agreed), secured or agreed
        sealing = await seal_operations(document, peer) if document.name == EUROPEAN else []
        for operation in (*await operations(document, peer), *sealing):
            say(f"  {operation.document}: {operation.name}")
            rows.append(await alternate(operation, rounds))
    weights[PICTURE] = len(picture())
    for operation in [*profile_operations(documents()[1].unsecured), *baking_operations(secured)]:
        say(f"  {operation.document}: {operation.name}")
        rows.append(await alternate(operation, rounds))
    return rows, weights


async def alternate(operation: Operation, rounds: int) -> Row:
    """Round by round, each side once; the order turns, so that no side always follows the same one."""
    for side, run in operation.sides.items():
        await run(WARM_UP_CALLS.get(side, WARM_UP_CALLS[OURS]))
    found: dict[str, list[float]] = {side: [] for side in operation.sides}
    for number in range(rounds):
        turn = list(operation.sides.items())
        for side, run in reversed(turn) if number % 2 else turn:
            found[side].append(median(await run(operation.calls)))
    return Row(operation.document, operation.name, found)


def machine_of(node: str | None) -> dict[str, Any]:
    """What the figures depend on."""
    version = None
    if node:
        done = subprocess.run([node, "--version"], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True)
        version = done.stdout.strip()
    return {"cores": os.cpu_count(), "python": platform.python_version(), "node": version}


def head(weights: dict[str, int], machine: dict[str, Any], rounds: int, lack: str) -> str:
    """What was measured, on what, and what was not."""
    sizes = ", ".join(f"{name} {size / 1_000:.1f} KB" for name, size in weights.items())
    versions = f"Python {machine['python']}" + (f", Node.js {machine['node']}" if machine["node"] else "")
    lines = [
        f"{sizes}. {RDFC} where nothing else is said. {rounds} round{'' if rounds == 1 else 's'}, {machine['cores']} cores, {versions}."
    ]
    if lack:
        lines.append(f"Not compared with Node.js: {lack}.")
    return "\n".join(lines)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one round")
    return number


if __name__ == "__main__":
    sys.exit(main())
