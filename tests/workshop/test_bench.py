"""The benchmark computes its figures rightly and measures what it says; how fast anything is, no test asserts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from atesto.baking.carrier import CARRIERS
from atesto.baking.picture import bake, unbake
from scripts import bench
from scripts.bench import alternate, head, usable_node
from scripts.bench_baking import PICTURE, baking_operations, picture
from scripts.bench_documents import SIGNER, documents, weight
from scripts.bench_figures import OURS, PEER, PYLD, SHACL, Figure, Row, table
from scripts.bench_operations import JCS, RDFC, DisagreementError, Operation, agree, operations
from scripts.bench_profile import profile_operations
from scripts.bench_seals import seal_operations
from tests.required_tools import node
from tests.simulators.parts import NOW, issuer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from atesto.encoding.strict_json import JsonObject

ROW = Row("A badge", "verify", {OURS: [1.0, 2.0, 4.0], PEER: [3.0, 4.0, 40.0]})


def test_a_figure_is_the_median_with_its_quartiles() -> None:
    assert Figure.of([5.0, 1.0, 3.0, 2.0, 100.0]) == Figure(3.0, 2.0, 5.0)
    assert Figure.of([5.0, 1.0, 3.0, 2.0, 100.0]).spread == 1.0
    assert Figure.of([7.0]) == Figure(7.0, 7.0, 7.0)


def test_a_ratio_is_the_median_of_the_rounds_own_ratios() -> None:
    assert ROW.ratio(PEER) == Figure(3.0, 2.5, 6.5)
    assert ROW.ratio(PYLD) is None
    assert ROW.figure(PYLD) is None


def test_a_row_as_json() -> None:
    found = ROW.to_json()
    assert (found["document"], found["operation"]) == ("A badge", "verify")
    assert found["milliseconds"][OURS] == {"median": 2.0, "low": 1.5, "high": 3.0, "spread": 0.75, "rounds": [1.0, 2.0, 4.0]}
    assert found["ratio"] == {PEER: {"median": 3.0, "low": 2.5, "high": 6.5, "spread": 4.0 / 3.0}}


def test_the_table_names_every_side() -> None:
    shown = table([ROW, Row("A diploma", "sign", {OURS: [2.0], PYLD: [1.0]})])
    assert all(shown.count(f"{side} ms") == 2 for side in (OURS, PEER, PYLD))
    assert SHACL not in shown
    assert shown.count(f"{PEER} / {OURS}") == 2
    assert [line.split("  ")[0] for line in shown.splitlines() if line and not line.startswith("-")] == [
        "A badge", "verify", "A diploma", "sign",
    ]  # fmt: skip
    assert "3.00 (2.50-6.50)" in shown
    assert "0.50 (0.50-0.50)" in shown


def test_the_shapes_stand_in_a_block_of_their_own() -> None:
    shown = table([ROW, Row("A diploma, its profile", "profile", {OURS: [2.0], SHACL: [100.0]})])
    assert shown.count(f"{PYLD} ms") == shown.count(f"{SHACL} ms") == shown.count(f"{SHACL} / {OURS}") == 1
    assert "50.00 (50.00-50.00)" in shown


async def test_profiles_are_timed_beside_the_published_shapes() -> None:
    found = profile_operations(documents()[1].unsecured)
    assert [operation.document for operation in found][:1] == ["European Digital Credential, its profile"]
    for operation in found:
        assert set(operation.sides) <= {OURS, SHACL}
        for side in operation.sides.values():
            assert all(milliseconds > 0 for milliseconds in await side(1))


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "find_node", lambda: None)
    found, lack = usable_node()
    assert (found, lack) == (None, "Node.js 20 or newer was not found")
    assert f"Not compared with Node.js: {lack}." in head({"A badge": 4_000}, {"cores": 2, "python": "3.11.7", "node": None}, 3, lack)
    monkeypatch.setattr(bench, "find_node", lambda: "/usr/bin/node")
    monkeypatch.setattr(bench, "peers_are_installed", lambda: False)
    assert usable_node()[0] is None


async def test_the_documents_have_the_weight_that_is_told() -> None:
    found = {document.name: weight(await issuer(SIGNER).issue(document.unsecured, now=NOW)) for document in documents()}
    assert found["Open Badge 3.0"] == pytest.approx(4_000, rel=0.1)
    assert found["European Digital Credential"] == pytest.approx(110_000, rel=0.1)


async def test_what_is_measured_of_seals() -> None:
    found = await seal_operations(documents()[1], None)
    assert [operation.name for operation in found] == ["seal", "judge a seal, B-B", "judge a seal, B-LTA", "verify, sealed"]
    for operation in found:
        assert list(operation.sides) == [OURS]
        assert all(milliseconds > 0 for milliseconds in await operation.sides[OURS](2))


async def test_without_the_peer_our_own_operations_are_measured() -> None:
    found = await operations(documents()[0], None)
    assert [operation.name for operation in found[:3]] == ["sign", "issue", "verify"]
    for operation in found:
        assert PEER not in operation.sides
        assert OURS in operation.sides
        for side in operation.sides.values():
            assert all(milliseconds > 0 for milliseconds in await side(2))


def test_the_picture_that_is_baked_is_one_and_has_the_weight_that_is_told() -> None:
    assert len(picture()) == pytest.approx(500_000, rel=0.01)
    credential: JsonObject = {"type": ["OpenBadgeCredential"], "name": "Ναυσικά"}
    assert json.loads(unbake(bake(picture(), json.dumps(credential), CARRIERS[0])).text) == credential
    assert [operation.name for operation in baking_operations(credential)] == ["bake", "unbake", "bake + unbake (bar: 20 ms)"]


async def test_the_sides_take_turns() -> None:
    order: list[str] = []

    def side(name: str, milliseconds: float) -> Callable[[int], Awaitable[list[float]]]:
        async def run(calls: int) -> list[float]:
            order.append(name)
            return [milliseconds] * calls

        return run

    row = await alternate(Operation("A badge", "sign", 3, {OURS: side(OURS, 1.0), PEER: side(PEER, 2.0)}), 3)
    assert row.rounds == {OURS: [1.0] * 3, PEER: [2.0] * 3}
    assert order[2:] == [OURS, PEER, PEER, OURS, OURS, PEER]


class DeceitfulPeer:
    """Agrees with everything but gives one answer of its own."""

    def __init__(self, **answers: object) -> None:
        self.answers = answers

    def ask(self, op: str, **request: object) -> object:
        return self.answers[op]


@pytest.mark.parametrize(("op", "answer"), [("verify", {"verified": False}), ("issue", {}), ("canonize", "")])
async def test_what_the_sides_disagree_on_is_not_measured(op: str, answer: object) -> None:
    document = documents()[0]
    ours = await agree(document, RDFC, None)
    answers = {"issue": ours, "verify": {"verified": True}, op: answer}
    with pytest.raises(DisagreementError, match="nothing was measured"):
        await agree(document, RDFC, DeceitfulPeer(**{"canonize": "", **answers}))  # type: ignore[arg-type]


@pytest.mark.interop
def test_two_rounds_from_end_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    node()
    file = tmp_path / "figures.json"
    assert bench.main(["--rounds", "2", "--json", str(file)]) == 0
    found = json.loads(file.read_bytes())
    assert found["rounds"] == 2
    assert found["machine"]["node"].startswith("v")
    assert set(found["documents"]) == {"Open Badge 3.0", "European Digital Credential", PICTURE}
    measured = {(row["document"], row["operation"]) for row in found["rows"]}
    assert {name for document, name in measured if document == PICTURE} == {"bake", "unbake", "bake + unbake (bar: 20 ms)"}
    assert {
        (name, operation) for name in set(found["documents"]) - {PICTURE} for operation in ("sign", "issue", "verify", f"verify, {JCS}")
    } <= measured
    alone = {"profile and EU elements", "seal", "judge a seal, B-LTA", "verify, sealed"}
    for row in found["rows"]:
        if row["operation"] in alone:
            continue
        if row["document"] == PICTURE:
            assert set(row["milliseconds"]) == {OURS}
            continue
        assert len(row["milliseconds"][OURS]["rounds"]) == len(row["milliseconds"][PEER]["rounds"]) == 2
        assert row["ratio"][PEER]["median"] > 0
    shown = capsys.readouterr()
    assert f"{PEER} / {OURS}" in shown.out
    assert "Open Badge 3.0: verify" in shown.err
