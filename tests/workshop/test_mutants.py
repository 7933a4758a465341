"""The mutator changes what a test can notice, and leaves alone what it cannot."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from scripts.mutants import mutants_of

if TYPE_CHECKING:
    from pathlib import Path

LEFT_ALONE = '''
"""A docstring."""
from __future__ import annotations
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast
if TYPE_CHECKING:
    from pathlib import Path
Value: TypeAlias = "int"

@dataclass(frozen=True, slots=True)
class Record:
    """A docstring."""
    name: str

class Port(Protocol):
    def sign(self, data: bytes, n: int = 1) -> bytes: ...

def function(a: Literal["x"], *, b: int | None = None) -> Literal["y"]:
    """A docstring."""
    cast("Any", a)
    sentence = "a sentence for a person"
    shown = f"{a}-shown"
    return None
'''


def changed(tmp_path: Path, source: str) -> set[str]:
    module = tmp_path / "module.py"
    module.write_text(source)
    results = {mutant.source() for mutant in mutants_of(module)}
    assert ast.unparse(ast.parse(source)) not in results
    return results


def test_what_no_test_can_notice_is_left_alone(tmp_path: Path) -> None:
    # The one change: the call of `cast`, a statement here, may be removed.
    assert len(changed(tmp_path, LEFT_ALONE)) == 1


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", {"a <= b"}),
        ("a == b != c", {"a != b != c", "a == b == c"}),
        ("a in b", {"a not in b"}),
        ("a is None", {"a is not None"}),
        ("a and b", {"a or b"}),
        ("not a", {"a"}),
        ("-a", {"a"}),
        ("a + b", {"a - b"}),
        ("a += b", {"a -= b"}),
        ("x = True", {"x = False"}),
        ("x = 7", {"x = 8"}),
        ("x = 'json.invalid'", {"x = 'XXjson.invalid'"}),
        ("x = b'z'", {"x = b'XXz'"}),
        ("raise a", {"pass"}),
        ("f(a)", {"pass"}),
        ("[a for a in b if c]", {"[a for a in b]"}),
        ("a if b else c", {"a if not b else c"}),
        ("if a:\n    b", {"if not a:\n    b"}),
        ("def f(a, b=1):\n    return a", {"def f(a, b=2):\n    return a", "def f(a, b=1):\n    return None"}),
        ("async def f():\n    await g()", {"async def f():\n    pass"}),
        ("while a:\n    break", {"while a:\n    continue"}),
    ],
)
def test_changes(tmp_path: Path, source: str, expected: set[str]) -> None:
    assert changed(tmp_path, source) == expected


def test_a_mutant_says_where_it_is(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("a = b\n\n\nif a > b:\n    pass\n")
    negated, compared = mutants_of(module)
    assert (negated.line, negated.change) == (4, "condition negated")
    assert compared.diff() == "-if a > b:\n+if a >= b:"
