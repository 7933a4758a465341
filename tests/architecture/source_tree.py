"""The source of the package as syntax trees: what the tests of the house rules read."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
SOURCE = REPOSITORY / "src" / "atesto"
ERROR_CLASSES = frozenset(
    {"MalformedInput", "UnsupportedFeature", "ResolutionError", "VerificationError", "PolicyDenied", "CustodyError", "StorageError"}
)


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    """A path as it is written in the repository."""
    return path.relative_to(REPOSITORY).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def tracked_files() -> list[Path]:
    """Every file under version control; outside of a clone, every file of the source, tests, scripts and docs."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return [REPOSITORY / name for name in listed.stdout.split("\0") if name]
    folders = [REPOSITORY / name for name in ("src", "tests", "scripts", "docs")]
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file() and "node_modules" not in path.parts]
